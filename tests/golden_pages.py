"""The pages of the golden tests: letters of each kind, set by hand, with invented people."""

from __future__ import annotations

from collections.abc import Callable

from schemas.ink import Page
from tests.layout import line, page

LEFT, TAB, PARA, MID, RIGHT = 85.0, 127.0, 156.0, 300.0, 345.0


def external() -> tuple[Page, ...]:
    """A circular with a coloured receipt stamp over its head, two pages, a catchword, delegation."""
    one = page(
        [
            line(LEFT, 60, "ด่วนที่สุด", size=30),
            line(270, 70, "ขศ", confidence=0.31),  # rubbish from the emblem
            line(430, 40, "สำนักงานเทศบาลเมืองบ้านดอน", size=12, ink="colour", confidence=0.8),
            line(430, 56, "เลขที่รับ ........", size=12, ink="colour", confidence=0.8),
            line(500, 54, "1482", size=14, ink="colour", confidence=0.93),
            line(430, 72, "วันที่ 25 ส.ค. 2565", size=12, ink="colour", confidence=0.85),
            line(430, 88, "เวลา 09.45 น.", size=12, ink="colour", confidence=0.82),
            line(LEFT, 130, "ที่ มท ๐๘๐๘.๒/ว ๒๖๐๑"),
            line(RIGHT, 130, "กรมส่งเสริมการปกครองท้องถิ่น"),
            line(RIGHT, 150, "ถนนนครราชสีมา เขตดุสิต กทม. ๑๐๓๐๐"),
            line(MID, 185, "๑๙ สิงหาคม ๒๕๖๕"),
            line(LEFT, 220, "เรื่อง   ขอเชิญร่วมส่งผลงานประกวดนวัตกรรมการบริหารจัดการขยะมูลฝอยชุมชนขององค์กรปกครอง"),
            line(TAB, 240, "ส่วนท้องถิ่น ประจำปี ๒๕๖๕"),
            line(LEFT, 265, "เรียน   ผู้ว่าราชการจังหวัด ทุกจังหวัด"),
            line(LEFT, 290, "อ้างถึง   หนังสือกรมส่งเสริมการปกครองท้องถิ่น ที่ มท ๐๘๐๘.๒/ว ๑๑๒๒ ลงวันที่ ๒ พฤษภาคม ๒๕๖๕"),
            line(LEFT, 315, "สิ่งที่ส่งมาด้วย   ๑. หลักเกณฑ์การประกวด"),
            line(460, 315, "จำนวน ๑ ชุด"),
            line(177, 335, "๒. แบบส่งผลงาน"),
            line(460, 335, "จำนวน ๒ แผ่น"),
            line(PARA, 375, "ตามหนังสือที่อ้างถึง กรมส่งเสริมการปกครองท้องถิ่นได้กำหนดจัดการประกวดนวัตกรรมการบริหาร"),
            line(LEFT, 395, "จัดการขยะมูลฝอยชุมชนขององค์กรปกครองส่วนท้องถิ่น ความละเอียดแจ้งแล้ว นั้น"),
            line(PARA, 420, "ในการนี้ ขอให้จังหวัดแจ้งองค์กรปกครองส่วนท้องถิ่นส่งผลงานภายในวันศุกร์ที่ ๓๐ กันยายน"),
            line(LEFT, 440, "๒๕๖๕ รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วย"),
            line(430, 780, "/จึงเรียนมา..."),
        ]
    )
    two = page(
        [
            line(285, 60, "- ๒ -", page=2),
            line(PARA, 100, "จึงเรียนมาเพื่อโปรดพิจารณา", page=2),
            line(MID, 140, "ขอแสดงความนับถือ", page=2),
            line(330, 170, "สมศักดิ์", page=2, ink="colour", confidence=0.35),
            line(310, 210, "(นายสมศักดิ์ ใจดีงาม)", page=2),
            line(270, 230, "รองอธิบดี ปฏิบัติราชการแทน", page=2),
            line(255, 250, "อธิบดีกรมส่งเสริมการปกครองท้องถิ่น", page=2),
            line(LEFT, 300, "กองสิ่งแวดล้อมท้องถิ่น", page=2),
            line(LEFT, 320, "กลุ่มงานสิ่งแวดล้อม", page=2),
            line(LEFT, 340, "โทร. ๐ ๒๒๔๑ ๙๐๐๐ ต่อ ๒๑๑๒", page=2),
            line(LEFT, 360, "โทรสาร ๐ ๒๒๔๑ ๒๐๖๖", page=2),
            line(LEFT, 380, "ไปรษณีย์อิเล็กทรอนิกส์ saraban@ dla.go.th", page=2),
            line(LEFT, 430, "- ทราบ แจ้งกองสาธารณสุขฯ", page=2, ink="colour", confidence=0.5),
            line(120, 470, "(นายวิชัย พร้อมเพรียง)", page=2),
            line(120, 490, "ปลัดเทศบาล", page=2),
            line(120, 510, "๒๖ ส.ค. ๒๕๖๕", page=2, ink="colour"),
        ],
        2,
    )
    return one, two


def memo() -> tuple[Page, ...]:
    """A memo with dotted leaders, number and date joined on one line, a telephone behind ส่วนราชการ."""
    return (
        page(
            [
                line(230, 60, "บันทึกข้อความ", size=29),
                line(LEFT, 105, "ส่วนราชการ  สำนักปลัดเทศบาล ฝ่ายอำนวยการ โทร. ๐ ๗๗๒๐ ๓๖๐๐ ต่อ ๑๐๑"),
                line(LEFT, 130, "ที่  สฎ ๕๒๐๐๑/ ๓๔๕                 วันที่  ๑๒ กรกฎาคม ๒๕๖๖"),
                line(LEFT, 155, "เรื่อง  ขออนุมัติเดินทางไปราชการ.........................."),
                line(LEFT, 190, "เรียน  นายกเทศมนตรีเมืองบ้านดอน"),
                line(PARA, 220, "ด้วยสำนักปลัดเทศบาลมีความประสงค์จะส่งเจ้าหน้าที่เข้าร่วมประชุมเชิงปฏิบัติการ"),
                line(LEFT, 240, "ระหว่างวันที่ ๒๐ - ๒๑ กรกฎาคม ๒๕๖๖ ณ จังหวัดขอนแก่น"),
                line(PARA, 265, "จึงเรียนมาเพื่อโปรดพิจารณาอนุมัติ"),
                line(330, 320, "(นางสาวพิมพ์ใจ แสงทอง)"),
                line(325, 340, "นักทรัพยากรบุคคลชำนาญการ"),
                line(LEFT, 400, "ความเห็นหัวหน้าสำนักปลัด"),
                line(100, 450, "(นายธงชัย มั่นคง)"),
                line(100, 470, "หัวหน้าสำนักปลัดเทศบาล"),
            ]
        ),
    )


def stamped() -> tuple[Page, ...]:
    """A letter sealed instead of signed: ถึง, no subject, the date at its end."""
    return (
        page(
            [
                line(LEFT, 130, "ที่ ศธ ๐๔๐๐๙/ว๑๒๓"),
                line(LEFT, 170, "ถึง   สำนักงานเขตพื้นที่การศึกษาทุกเขต"),
                line(PARA, 210, "ด้วยสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐานขอส่งคู่มือการปฏิบัติงาน จำนวน ๒ เล่ม มาเพื่อ"),
                line(LEFT, 230, "ใช้เป็นแนวทางในการปฏิบัติราชการต่อไป"),
                line(MID, 300, "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน"),
                line(340, 325, "๗ มิถุนายน ๒๕๖๔"),
                line(LEFT, 380, "สำนักพัฒนาระบบบริหารงานบุคคล"),
                line(LEFT, 400, "โทร. ๐ ๒๒๘๘ ๕๖๓๗"),
            ]
        ),
    )


def order() -> tuple[Page, ...]:
    """An order: centred head, subject over two lines, no salutation, the date after สั่ง ณ วันที่."""
    return (
        page(
            [
                line(240, 130, "คำสั่งจังหวัดลำปาง"),
                line(260, 150, "ที่ ๑๒๓/๒๕๖๕"),
                line(175, 170, "เรื่อง แต่งตั้งคณะกรรมการขับเคลื่อนการพัฒนาเมือง"),
                line(250, 190, "จังหวัดลำปาง"),
                line(250, 206, "-----------------", confidence=0.4),
                line(PARA, 230, "ด้วยจังหวัดลำปางได้กำหนดแนวทางการพัฒนาเมืองให้เป็นไปอย่างมีประสิทธิภาพและเกิดผลดี"),
                line(LEFT, 250, "ต่อประชาชน จึงแต่งตั้งคณะกรรมการ ดังต่อไปนี้"),
                line(PARA, 275, "๑. ผู้ว่าราชการจังหวัดลำปาง                    ประธานกรรมการ"),
                line(PARA, 295, "๒. ท้องถิ่นจังหวัดลำปาง                    กรรมการและเลขานุการ"),
                line(PARA, 320, "ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป"),
                line(220, 360, "สั่ง ณ วันที่ ๕ มกราคม พ.ศ. ๒๕๖๕"),
                line(320, 420, "(นายประเสริฐ งามวงศ์)"),
                line(310, 440, "ผู้ว่าราชการจังหวัดลำปาง"),
            ]
        ),
    )


def announcement() -> tuple[Page, ...]:
    """An announcement with a registration period."""
    return (
        page(
            [
                line(215, 130, "ประกาศมหาวิทยาลัยแม่น้ำ"),
                line(165, 150, "เรื่อง รับสมัครบุคคลเพื่อคัดเลือกเป็นพนักงานมหาวิทยาลัย"),
                line(PARA, 200, "ด้วยมหาวิทยาลัยแม่น้ำมีความประสงค์จะรับสมัครบุคคลเพื่อคัดเลือกเป็นพนักงาน โดยเปิดรับสมัคร"),
                line(LEFT, 220, "ระหว่างวันที่ ๑ - ๑๕ มีนาคม ๒๕๖๗ ในวันและเวลาราชการ"),
                line(PARA, 245, "จึงประกาศมาเพื่อทราบโดยทั่วกัน"),
                line(210, 290, "ประกาศ ณ วันที่ ๒๐ กุมภาพันธ์ พ.ศ. ๒๕๖๗"),
                line(290, 350, "(ศาสตราจารย์ ดร.อารีย์ รุ่งเรืองกิจ)"),
                line(320, 370, "อธิการบดีมหาวิทยาลัยแม่น้ำ"),
            ]
        ),
    )


def damaged() -> tuple[Page, ...]:
    """A poor scan: labels without marks, the running number and the day by pen and unread, a leaning page."""
    return (
        page(
            [
                line(230, 40, "%ๆ ฯ", confidence=0.2),
                line(LEFT, 130, "ที ศธ ๐๔๐๐๕/", confidence=0.82),
                line(RIGHT, 130, "สำนักงานคณะกรรมการการศึกษาขั้นพืนฐาน", confidence=0.86),
                line(RIGHT, 150, "กระทรวงศึกษาธิการ กทม. ๑๐๓๐๐", confidence=0.86),
                line(330, 185, "กรกฎาคม ๒๕๕๘", confidence=0.9),
                line(LEFT, 220, "เรือง  การรายงานผลการดำเนินงานตามโครงการโรงเรียนดีประจำตำบล", confidence=0.88),
                line(LEFT, 245, "เรียม  ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาประถมศึกษาทุกเขต", confidence=0.88),
                line(LEFT, 270, "สิงทีส่งมาดวย  แบบรายงาน จำนวน ๑ ฉบับ", confidence=0.8),
                line(PARA, 305, "ด้วยสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐานขอให้ท่านรายงานผลการดำเนินงานให้ทราบ"),
                line(LEFT, 325, "ภายในวันที่ ๓๑ กรกฎาคม ๒๕๕๘"),
                line(PARA, 350, "จึงเรียนมาเพื่อดำเนินการ"),
                line(MID, 390, "ขอแสดงความนับถิอ", confidence=0.85),
                line(310, 450, "(นายกมล สุขสบาย", confidence=0.85),
                line(270, 470, "เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน", confidence=0.88),
                line(LEFT, 540, "สำนักบริหารงานการมัธยมศึกษาตอนปลาย", confidence=0.88),
                line(LEFT, 560, "โทร. ๐ ๒๒๘๘ ๕๗๗๗", confidence=0.88),
            ],
            skew=0.8,
        ),
    )


def certificate() -> tuple[Page, ...]:
    """A certificate: number and year, the date after ให้ไว้ ณ วันที่, of kind `other`."""
    return (
        page(
            [
                line(240, 130, "หนังสือรับรอง", size=20),
                line(LEFT, 170, "เลขที่ ๔๕/๒๕๖๖"),
                line(RIGHT, 170, "โรงเรียนบ้านสวนป่า"),
                line(PARA, 220, "หนังสือฉบับนี้ให้ไว้เพื่อรับรองว่า นางสาวมาลี ดอกไม้ เป็นครูอัตราจ้างของโรงเรียนบ้านสวนป่า"),
                line(200, 280, "ให้ไว้ ณ วันที่ ๓ เมษายน พ.ศ. ๒๕๖๖"),
                line(320, 340, "(นายชาติชาย ใจกล้า)"),
                line(310, 360, "ผู้อำนวยการโรงเรียนบ้านสวนป่า"),
            ]
        ),
    )


def english() -> tuple[Page, ...]:
    """A letter in English: of kind `other`, with the fields that such letters have."""
    return (
        page(
            [
                line(LEFT, 130, "No. 1234/2566"),
                line(RIGHT, 130, "Ministry of Foreign Affairs"),
                line(RIGHT, 170, "5 July B.E. 2566"),
                line(LEFT, 210, "Dear Sir,"),
                line(
                    PARA,
                    240,
                    "I have the honour to invite you to the opening of the exhibition on 20 July 2023.",
                ),
                line(RIGHT, 300, "Yours sincerely,"),
                line(RIGHT, 350, "(John Smith)"),
            ]
        ),
    )


PAGES: dict[str, Callable[[], tuple[Page, ...]]] = {
    "external": external,
    "memo": memo,
    "stamped": stamped,
    "order": order,
    "announcement": announcement,
    "damaged": damaged,
    "certificate": certificate,
    "english": english,
}
