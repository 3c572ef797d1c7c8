"""Papers that are no letters in the narrow sense, and one with a secrecy mark. All is invented."""

from __future__ import annotations

from datetime import date, time

from samples.content import Damage, Letter, Look, Para, Receipt, Sample, Signer, Table, TickBoxes

CERTIFICATE = Sample(
    name="certificate-school",
    title="certificate (หนังสือรับรอง) of a school: number with year, day by pen",
    look=Look(face="Umpush", setting="ragged"),
    damage=Damage(skew=-0.4, orientation=3),
    inbox=("IMG_20250530_1402.jpg", "photo"),
    pen_style=14,
    letters=(
        Letter(
            kind="other",
            layout="certificate",
            number="35/2568",
            agency="โรงเรียนบ้านท่าช้างน้อย",
            address=("อำเภอเวียงสา นน 55110",),
            date=date(2025, 5, 26),
            salutation=None,
            body=(
                Para(
                    "หนังสือฉบับนี้ให้ไว้เพื่อรับรองว่า เด็กหญิงใบข้าว ทุ่งเขียวขจี เป็นนักเรียนชั้นประถมศึกษาปีที่ 4 "
                    "ของโรงเรียนบ้านท่าช้างน้อย ปีการศึกษา 2568 มีความประพฤติเรียบร้อย "
                    "และเข้าร่วมกิจกรรมอ่านออกเสียงของโรงเรียน "
                    "อย่างสม่ำเสมอ"
                ),
                Para("จึงออกหนังสือรับรองฉบับนี้ไว้เป็นหลักฐาน"),
            ),
            closing=None,
            signer=Signer("นายธนบดี ปัญญาดี", "ผู้อำนวยการโรงเรียนบ้านท่าช้างน้อย"),
            pen=("date",),
        ),
    ),
)

MINUTES = Sample(
    name="minutes-library",
    title="minutes of a meeting (รายงานการประชุม)",
    look=Look(face="Garuda", setting="ragged"),
    damage=Damage(skew=0.3, turned=180),
    pen_style=15,
    letters=(
        Letter(
            kind="other",
            layout="plain",
            heading="รายงานการประชุมคณะกรรมการห้องสมุดประชาชน\nครั้งที่ 3/2567\n"
            "เมื่อวันพุธที่ 17 กรกฎาคม 2567\nณ ห้องประชุมชั้น 2 ห้องสมุดประชาชน",
            salutation=None,
            body=(
                Para("ผู้มาประชุม", "left", bold=True),
                Para("1. นายสายชล บัวงาม   ประธานกรรมการ", "left"),
                Para("2. นางเพ็ญแข ดาวเหนือ   กรรมการ", "left"),
                Para("3. นางสาวกันยา ลมเย็น   กรรมการและเลขานุการ", "left"),
                Para("เริ่มประชุมเวลา 09.30 น.", "left", bold=True),
                Para("ระเบียบวาระที่ 1 เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ", "left", bold=True),
                Para("ประธานแจ้งว่าห้องสมุดได้รับบริจาคหนังสือเด็กจำนวน 214 เล่ม และอยู่ระหว่างลงทะเบียน"),
                Para("มติที่ประชุม   รับทราบ", "left"),
                Para("ระเบียบวาระที่ 2 เรื่องเสนอเพื่อพิจารณา", "left", bold=True),
                Para(
                    "เลขานุการเสนอให้ขยายเวลาเปิดบริการในวันเสาร์ถึงเวลา 18.00 น. เป็นเวลา 3 เดือน เพื่อทดลองดูจำนวนผู้ใช้"
                ),
                Para("มติที่ประชุม   เห็นชอบ", "left"),
                Para("เลิกประชุมเวลา 11.10 น.", "left", bold=True),
            ),
            closing=None,
            signer=Signer("นางสาวกันยา ลมเย็น", "ผู้จดรายงานการประชุม"),
        ),
    ),
)

PRESS = Sample(
    name="press-article",
    title="press article about a prize: none of the six kinds, and no letter fields in it",
    look=Look(face="Loma", setting="ragged"),
    damage=Damage(skew=-0.6),
    scan="png",
    pen_style=16,
    letters=(
        Letter(
            kind="other",
            layout="plain",
            thai=False,
            heading="สามตำบลริมโขงคว้ารางวัล “เมืองฟังเสียง”\nระบบแจ้งเหตุที่ใช้แค่ปุ่มเดียว",
            salutation=None,
            body=(
                Para(
                    "บึงกาฬ – คณะกรรมการรางวัลเมืองฟังเสียง ประจำปี 2567 ประกาศผลเมื่อวันที่ 3 ธันวาคม 2567 "
                    "ให้สามตำบลริมแม่น้ำโขงได้รับรางวัลร่วมกัน จากผลงานปุ่มแจ้งเหตุสำหรับผู้สูงอายุที่อยู่บ้านตามลำพัง "
                    "ซึ่งส่งสัญญาณถึงอาสาสมัครที่อยู่ใกล้ที่สุดภายในเวลาไม่ถึง 1 นาที"
                ),
                Para(
                    "“เราไม่ได้เริ่มจากเทคโนโลยี เราเริ่มจากคำถามว่ากลางคืนใครดูแลใคร” ผู้แทนคณะทำงานกล่าวบนเวที "
                    "ก่อนเล่าว่าช่วงทดลอง 6 เดือนแรก มีการกดปุ่มทั้งสิ้น 97 ครั้ง เป็นเหตุจริง 31 ครั้ง"
                ),
                Para(
                    "ผู้จัดระบุว่าปีนี้มีผลงานส่งเข้าประกวด 118 ผลงาน มากกว่าปีก่อนเกือบเท่าตัว "
                    "และจะรวบรวมบทเรียนเป็นหนังสือแจกฟรีแก่ท้องถิ่นทั่วประเทศในปีหน้า"
                ),
            ),
            closing=None,
        ),
    ),
)

FORM = Sample(
    name="entry-form",
    title="a contest's entry form, filled in: table, ticked boxes, signature",
    look=Look(face="Laksaman", setting="ragged"),
    damage=Damage(skew=0.8),
    scan="tif",
    pen_style=17,
    letters=(
        Letter(
            kind="other",
            layout="plain",
            heading="ใบสมัครเข้าร่วมประกวดสื่อเล่าเรื่องท้องถิ่น\nประจำปี 2567",
            salutation=None,
            body=(
                Table(
                    (
                        ("หน่วยงาน", "องค์การบริหารส่วนตำบลสวนดอกคำ"),
                        ("ชื่อผลงาน", "เสียงระฆังริมน้ำ"),
                        ("ความยาว", "4 นาที 30 วินาที"),
                        ("ผู้ประสานงาน", "นางสาวพลอยชมพู ใจกว้าง   โทรศัพท์ 0 5478 9012"),
                    ),
                    (0.28, 0.72),
                ),
                Para("ประเภทหน่วยงาน", "left", bold=True),
                TickBoxes(("เทศบาล", "องค์การบริหารส่วนตำบล", "องค์การบริหารส่วนจังหวัด"), (1,)),
                Para("คำรับรอง", "left", bold=True),
                TickBoxes(("ผลงานไม่เคยได้รับรางวัลมาก่อน",), (0,)),
                TickBoxes(("ยอมรับเงื่อนไขการประกวดทุกประการ",), (0,)),
            ),
            closing=None,
            signer=Signer("นายบุญเลิศ สวนดอกคำ", "นายกองค์การบริหารส่วนตำบลสวนดอกคำ"),
        ),
    ),
)

SECRET = Sample(
    name="secret-drill",
    title="a harmless invented letter that carries the mark ลับ, so that the protection can be tried",
    damage=Damage(skew=0.9, holes=True),
    inbox=("scan_0007.pdf", "scan"),
    pen_style=18,
    letters=(
        Letter(
            kind="external",
            layout="external",
            secrecy="ลับ",
            number="นบ 0017.1/61",
            agency="ศาลากลางจังหวัดนนทบุรี",
            address=("ถนนรัตนาธิเบศร์ นบ 11000",),
            date=date(2024, 7, 3),
            subject="ซักซ้อมการรับส่งหนังสือที่มีชั้นความลับ",
            addressee="หัวหน้าสำนักงานจังหวัดนนทบุรี",
            body=(
                Para(
                    "หนังสือฉบับนี้แต่งขึ้นเพื่อซักซ้อมวิธีรับส่งหนังสือที่มีชั้นความลับเท่านั้น ไม่มีข้อมูลของทางราชการอยู่ในหนังสือนี้ "
                    "ขอให้ผู้รับตรวจว่าระบบหยุดการอ่านและเก็บหนังสือไว้ในที่ที่กำหนดหรือไม่"
                ),
                Para("จึงเรียนมาเพื่อโปรดทราบ"),
            ),
            signer=Signer("นางสาวอัญชัน สวนทุเรียน", "นายทะเบียนข้อมูลข่าวสาร"),
            owner=("สำนักงานจังหวัด",),
            phone="0 2580 0700",
            receipts=(
                Receipt(
                    "สำนักงานจังหวัดนนทบุรี",
                    "12",
                    date(2024, 7, 4),
                    time(9, 0),
                    at=(390, 44),
                    angle=1.2,
                    colour="red",
                ),
            ),
        ),
    ),
)

OTHERS = (CERTIFICATE, MINUTES, PRESS, FORM, SECRET)
