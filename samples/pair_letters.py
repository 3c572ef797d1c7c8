"""The faultless letters that the pairs start from. All people, places and events in them are invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from samples.content import Due, Enclosure, Letter, Para, Receipt, Reference, Signer, Table
from samples.thai import long_date, weekday_date

D, T = dt.date, dt.time

_DUE = D(2024, 7, 10)  # a Wednesday

PROVINCE = Letter(
    kind="external",
    layout="external",
    number="นน 0017.2/ว2846",
    agency="ศาลากลางจังหวัดน่าน",
    address=("ถนนสุริยพงษ์ นน 55000",),
    date=D(2024, 6, 12),
    subject="ขอรายชื่อผู้ดูแลแปลงผักสวนครัวต้นแบบ",
    addressee="นายอำเภอทุกอำเภอ",
    body=(
        Para(
            "ด้วยจังหวัดน่านจะจัดทำทะเบียนแปลงผักสวนครัวต้นแบบในหมู่บ้าน เพื่อใช้วางแผนแจกเมล็ดพันธุ์และจัดระบบน้ำหยด "
            "ให้ทันก่อนฤดูปลูกถัดไป"
        ),
        Para(f"จึงขอให้อำเภอส่งรายชื่อผู้ดูแลแปลงให้จังหวัด ภายใน{weekday_date(_DUE)} เพื่อรวบรวมต่อไป"),
        Para("จึงเรียนมาเพื่อโปรดพิจารณา"),
    ),
    signer=Signer("นายกฤตภาส ธารน้ำใส", "รองผู้ว่าราชการจังหวัด", "ผู้ว่าราชการจังหวัดน่าน"),
    owner=("สำนักงานจังหวัด",),
    phone="0 5470 0112",
    deadlines=(Due(f"ภายใน{weekday_date(_DUE)}", _DUE),),
    receipts=(
        Receipt("ที่ทำการปกครองอำเภอเวียงสา", "1382", D(2024, 6, 14), T(10, 20), at=(392, 34), angle=1.4),
    ),
)

MUNICIPALITY = Letter(
    kind="external",
    layout="external",
    number="ชม 52901/418",
    agency="เทศบาลตำบลดอนตะแบก",
    address=("ถนนเลียบคลอง จังหวัดเชียงใหม่ 50300",),
    date=D(2023, 8, 9),
    subject="ขอความอนุเคราะห์วิทยากรอบรมการคัดแยกขยะ",
    addressee="ผู้อำนวยการโรงเรียนบ้านห้วยหินขาว",
    enclosures=(Enclosure("กำหนดการอบรม", "1 ฉบับ"), Enclosure("แบบตอบรับ", "1 แผ่น")),
    body=(
        Para(
            "ด้วยเทศบาลตำบลดอนตะแบกจะจัดอบรมการคัดแยกขยะในครัวเรือนให้แก่ผู้แทนชุมชน จำนวน 40 คน "
            "โดยเน้นการทำปุ๋ยจากเศษอาหารและการลดถุงพลาสติก"
        ),
        Para("จึงขอความอนุเคราะห์วิทยากร จำนวน 2 คน รายละเอียดตามสิ่งที่ส่งมาด้วย 1 และ 2"),
        Para("จึงเรียนมาเพื่อโปรดพิจารณาให้ความอนุเคราะห์"),
    ),
    signer=Signer("นางสายพิณ ฟ้าประทาน", "นายกเทศมนตรีตำบลดอนตะแบก"),
    owner=("กองสาธารณสุขและสิ่งแวดล้อม",),
    phone="0 5388 4410",
    email="saraban@dontabaek.example.go.th",
    receipts=(
        Receipt(
            "โรงเรียนบ้านห้วยหินขาว", "215", D(2023, 8, 15), T(9, 5), at=(372, 30), angle=-1.2, colour="purple"
        ),
    ),
)

DEPARTMENT = Letter(
    kind="external",
    layout="external",
    urgency="ด่วนมาก",
    number="กษ 0610.4/ว874",
    agency="กรมปศุสัตว์",
    address=("ถนนพญาไท กทม. 10400",),
    date=D(2023, 8, 7),
    subject="ขอรายงานจำนวนวัคซีนคงเหลือ",
    addressee="ปศุสัตว์จังหวัดทุกจังหวัด",
    references=(
        Reference(
            f"หนังสือกรมปศุสัตว์ ที่ กษ 0610.4/ว702 ลงวันที่ {long_date(D(2023, 6, 19))}",
            "กษ 0610.4/ว702",
            D(2023, 6, 19),
        ),
    ),
    body=(
        Para(
            "ตามหนังสือที่อ้างถึง กรมปศุสัตว์ได้แจ้งแนวทางเก็บรักษาวัคซีนในตู้เย็นระหว่างฤดูฝน ความแจ้งแล้ว นั้น "
            "เพื่อปรับแผนกระจายวัคซีนให้พอดีกับจำนวนสัตว์ในพื้นที่"
        ),
        Para(f"จึงขอให้จังหวัดรายงานจำนวนวัคซีนคงเหลือ ภายใน{weekday_date(D(2023, 8, 25))}"),
        Para("จึงเรียนมาเพื่อโปรดดำเนินการ"),
    ),
    signer=Signer("นายชัยวัฒน์ ทุ่งกุลา", "รองอธิบดี", "อธิบดีกรมปศุสัตว์"),
    owner=("สำนักควบคุมโรคสัตว์",),
    phone="0 2653 4444",
    email="vaccine@dld.example.go.th",
    deadlines=(Due(f"ภายใน{weekday_date(D(2023, 8, 25))}", D(2023, 8, 25)),),
    receipts=(Receipt("สำนักงานปศุสัตว์จังหวัดสุรินทร์", "1816", D(2023, 8, 9), T(8, 40), at=(398, 44), angle=-1.6),),
)

BODY = Letter(
    kind="external",
    layout="external",
    number="สนช 2567/ว418",
    logo="IN",
    date=D(2024, 5, 8),
    subject="ขอเชิญร่วมงานแสดงนวัตกรรมเพื่อเมือง",
    addressee="นายกเทศมนตรีเมืองทุกแห่ง",
    body=(
        Para(
            "ด้วยสำนักงานนวัตกรรมแห่งชาติ กำหนดจัดงานแสดงนวัตกรรมเพื่อเมือง ระหว่างวันที่ 12 มิถุนายน 2567 "
            "ถึงวันที่ 14 มิถุนายน 2567 เวลา 09.00 - 16.00 น. ณ หอประชุมริมน้ำ โดยไม่มีค่าใช้จ่าย"
        ),
        Para("จึงขอเชิญท่านหรือผู้แทนเข้าร่วมงานตามวันและเวลาดังกล่าว"),
        Para("จึงเรียนมาเพื่อโปรดพิจารณา"),
    ),
    signer=Signer("นางสาวมินตรา ศิลาเพชร", "ผู้อำนวยการสำนักงานนวัตกรรมแห่งชาติ"),
    owner=("ฝ่ายพัฒนาเมืองนวัตกรรม",),
    phone="0 2017 5555",
    email="saraban@inno.example.or.th",
    receipts=(Receipt("เทศบาลเมืองปากพูนทอง", "2044", D(2024, 5, 15), T(13, 25), at=(386, 28), angle=0.9),),
)

CONTEST = Letter(
    kind="external",
    layout="external",
    number="ลป 0017.2/ว1655",
    agency="ศาลากลางจังหวัดลำปาง",
    address=("ถนนวชิราวุธดำเนิน ลป 52000",),
    date=D(2025, 1, 14),
    subject="ขอเชิญส่งผลงานเข้าประกวดบริการดิจิทัลของท้องถิ่น",
    addressee="นายกองค์การบริหารส่วนตำบลทุกแห่ง",
    body=(
        Para("ด้วยจังหวัดลำปางจะจัดประกวดบริการดิจิทัลของท้องถิ่น ประจำปี 2568 โดยมีเกณฑ์การพิจารณาและน้ำหนักคะแนน ดังนี้"),
        Table(
            (
                ("เกณฑ์การพิจารณา", "คะแนน"),
                ("ประโยชน์ต่อประชาชน", "40"),
                ("ความคิดสร้างสรรค์", "30"),
                ("ความยั่งยืนของบริการ", "30"),
                ("รวม", "100"),
            ),
            (0.7, 0.3),
            heading=True,
        ),
        Para("เปิดรับผลงานระหว่างวันที่ 3 กุมภาพันธ์ 2568 ถึงวันที่ 31 มีนาคม 2568 ทางไปรษณีย์อิเล็กทรอนิกส์ที่ปรากฏท้ายหนังสือนี้"),
        Para("จึงเรียนมาเพื่อโปรดพิจารณาส่งผลงาน"),
    ),
    signer=Signer("นายปฐมพร วงศ์สายรุ้ง", "รองผู้ว่าราชการจังหวัด", "ผู้ว่าราชการจังหวัดลำปาง"),
    owner=("สำนักงานจังหวัด",),
    phone="0 5426 5999",
    email="digital@lampang.example.go.th",
    receipts=(
        Receipt("อบต.โคกมะกอก", "88", D(2025, 1, 17), T(11, 15), at=(396, 36), angle=-0.7, colour="red"),
    ),
)

SCHOOL = Letter(
    kind="external",
    layout="external",
    thai=False,
    number="ศธ 04047/512",
    agency="โรงเรียนบ้านดงพะยอม",
    address=("จังหวัดมุกดาหาร 49110",),
    date=D(2024, 2, 14),
    subject="ขอเชิญร่วมพิธีเปิดห้องสมุดมีชีวิต",
    addressee="เกษตรอำเภอคำชะอี",
    body=(
        Para(
            "ด้วยโรงเรียนบ้านดงพะยอมกำหนดจัดพิธีเปิดห้องสมุดมีชีวิต ในวันพุธที่ 28 กุมภาพันธ์ 2567 เวลา 13.00 - 15.30 น. "
            "ณ อาคารอเนกประสงค์ของโรงเรียน เพื่อให้ชุมชนได้ใช้เป็นที่อ่านหนังสือร่วมกัน"
        ),
        Para("จึงขอเชิญท่านร่วมพิธีตามวันและเวลาดังกล่าว"),
        Para("จึงเรียนมาเพื่อโปรดทราบ"),
    ),
    signer=Signer("นางกชกร พะยอมหอม", "ผู้อำนวยการโรงเรียนบ้านดงพะยอม"),
    owner=("ฝ่ายบริหารงานวิชาการ",),
    phone="0 4269 1020",
    receipts=(Receipt("สำนักงานเกษตรอำเภอคำชะอี", "148", D(2024, 2, 16), T(10, 0), at=(378, 36), angle=1.1),),
)


def with_text(letter: Letter, old: str, new: str) -> Letter:
    """A letter with some words of its text changed; ValueError when they are not there."""
    body = tuple(
        replace(block, text=block.text.replace(old, new)) if isinstance(block, Para) else block
        for block in letter.body
    )
    if body == letter.body:
        raise ValueError(f"{old!r} is not in the letter")
    return replace(letter, body=body)


def with_cell(letter: Letter, old: str, new: str) -> Letter:
    """A letter with one cell of its table changed, the first that says `old`."""
    blocks = []
    for block in letter.body:
        if isinstance(block, Table):
            rows = [list(row) for row in block.rows]
            row = next(row for row in rows if old in row)
            row[row.index(old)] = new
            block = replace(block, rows=tuple(map(tuple, rows)))
        blocks.append(block)
    return replace(letter, body=tuple(blocks))


def with_receipts(letter: Letter, *receipts: Receipt) -> Letter:
    """A letter with other stamps."""
    return replace(letter, receipts=receipts)


def due(letter: Letter, old: dt.date, new: dt.date, weekday: int | None = None) -> Letter:
    """A letter whose deadline is another day, named with its weekday or a wrong one."""
    said, says = weekday_date(old), weekday_date(new, weekday)
    changed = with_text(letter, said, says)
    return replace(changed, deadlines=(Due(f"ภายใน{says}", new),))
