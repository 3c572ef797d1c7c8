"""External letters, each with a fault sown on purpose; `faults` names it. All content is invented."""

from __future__ import annotations

from datetime import date, time

from samples.content import Damage, Due, Enclosure, Letter, Look, Para, Receipt, Sample, Signer

WEEKDAY = Sample(
    name="fault-weekday",
    title="fault: the deadline's weekday does not match its date (5 March 2568 is a Wednesday)",
    damage=Damage(skew=0.5, holes=True),
    inbox=("scan_0008.pdf", "scan"),
    pen_style=19,
    letters=(
        Letter(
            kind="external",
            layout="external",
            number="ชร 0023.3/ว1498",
            number_as="ชร 0023.3/ว 1498",
            agency="ศาลากลางจังหวัดเชียงราย",
            address=("ถนนแม่ฟ้าหลวง ชร 57100",),
            date=date(2025, 2, 18),
            subject="ขอรายชื่อผู้เข้าอบรมการจัดทำแผนที่ความเสี่ยงไฟป่าระดับตำบล",
            addressee="นายอำเภอทุกอำเภอ",
            body=(
                Para(
                    "ด้วยจังหวัดเชียงรายกำหนดจัดอบรมการจัดทำแผนที่ความเสี่ยงไฟป่าระดับตำบลให้แก่เจ้าหน้าที่ของ"
                    "องค์กรปกครองส่วนท้องถิ่น "
                    "โดยฝึกใช้ภาพถ่ายทางอากาศและการบันทึกพิกัดแนวกันไฟด้วยโทรศัพท์เคลื่อนที่ ณ ห้องประชุมธรรมลังกา "
                    "ศาลากลางจังหวัดเชียงราย"
                ),
                Para(
                    "จึงขอให้อำเภอแจ้งองค์กรปกครองส่วนท้องถิ่นในพื้นที่ส่งรายชื่อผู้เข้าอบรม แห่งละ 1 คน "
                    "ให้จังหวัดภายในวันศุกร์ที่ 5 มีนาคม 2568 ทั้งนี้ ค่าใช้จ่ายในการเดินทางให้เบิกจากต้นสังกัด"
                ),
                Para("จึงเรียนมาเพื่อพิจารณาดำเนินการ"),
            ),
            signer=Signer("นายภาณุพงศ์ ดอยช้างเผือก", "รองผู้ว่าราชการจังหวัด", "ผู้ว่าราชการจังหวัดเชียงราย"),
            owner=("สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด", "กลุ่มงานบริการสาธารณะท้องถิ่น"),
            phone="0 5317 7300",
            deadlines=(Due("ภายในวันศุกร์ที่ 5 มีนาคม 2568", date(2025, 3, 5)),),
            receipts=(
                Receipt(
                    "ที่ทำการปกครองอำเภอแม่จัน",
                    "903",
                    date(2025, 2, 20),
                    time(14, 10),
                    at=(394, 34),
                    angle=-1.7,
                    colour="blue",
                    labels=("เลขที่รับ", "วันที่", "เวลา"),
                ),
            ),
            pen=("number",),
            faults=("weekday",),
        ),
    ),
)

RECEIVED = Sample(
    name="fault-received",
    title="fault: received five days before it was written",
    look=Look(setting="spaces"),
    damage=Damage(skew=-1.2, edges=True),
    inbox=("scan_0009.pdf", "scan"),
    pen_style=20,
    letters=(
        Letter(
            kind="external",
            layout="external",
            number="ศธ 04047/512",
            agency="โรงเรียนบ้านดงพะยอม",
            address=("อำเภอคำชะอี มห 49110",),
            date=date(2024, 2, 14),
            subject="ขอความอนุเคราะห์วิทยากรสอนปลูกผักสวนครัว",
            addressee="เกษตรอำเภอคำชะอี",
            enclosures=(Enclosure("กำหนดการกิจกรรม", "1 แผ่น"),),
            body=(
                Para(
                    "ด้วยโรงเรียนบ้านดงพะยอมจัดกิจกรรมลดเวลาเรียนเพิ่มเวลารู้ให้นักเรียนชั้นประถมศึกษาปีที่ 5 และ 6 จำนวน 38 คน "
                    "ได้ฝึกเพาะกล้าและปลูกผักสวนครัวเพื่อใช้ในโครงการอาหารกลางวัน ในวันพุธที่ 28 กุมภาพันธ์ 2567 "
                    "เวลา 13.00 - 15.30 น. ณ แปลงเกษตรของโรงเรียน"
                ),
                Para(
                    "โรงเรียนเห็นว่าหน่วยงานของท่านมีบุคลากรที่มีความรู้ความสามารถ จึงขอความอนุเคราะห์วิทยากร จำนวน 2 คน "
                    "รายละเอียดตามสิ่งที่ส่งมาด้วย"
                ),
                Para("จึงเรียนมาเพื่อโปรดพิจารณาให้ความอนุเคราะห์"),
            ),
            signer=Signer("นางกชกร พะยอมหอม", "ผู้อำนวยการโรงเรียนบ้านดงพะยอม"),
            owner=("ฝ่ายบริหารงานวิชาการ",),
            phone="0 4269 1020",
            receipts=(
                Receipt(
                    "สำนักงานเกษตรอำเภอคำชะอี",
                    "148",
                    date(2024, 2, 9),
                    time(10, 0),
                    at=(88, 36),
                    angle=2.0,
                    colour="red",
                    labels=("รับที่", "วันที่", "เวลา"),
                ),
            ),
            pen=("number", "date"),
            faults=("received-before-written",),
        ),
    ),
)

DEADLINE = Sample(
    name="fault-deadline",
    title="fault: the deadline lies before the letter's own date",
    damage=Damage(skew=0.2, highlight=True),
    inbox=("fax_0702.tif", "fax"),
    pen_style=21,
    letters=(
        Letter(
            kind="external",
            layout="external",
            number="สข 0017.3/2207",
            agency="ศาลากลางจังหวัดสงขลา",
            address=("ถนนราชดำเนิน สข 90000",),
            date=date(2024, 6, 20),
            subject="ขอข้อมูลจำนวนเรือประมงพื้นบ้านเพื่อจัดทำแผนที่ท่าเทียบเรือ",
            addressee="ประมงจังหวัดสงขลา",
            body=(
                Para(
                    "ด้วยจังหวัดสงขลาอยู่ระหว่างจัดทำแผนที่ท่าเทียบเรือชุมชนเพื่อวางแผนขุดลอกร่องน้ำและติดตั้งไฟนำทาง "
                    "จำเป็นต้องใช้ข้อมูลจำนวนเรือประมงพื้นบ้านแยกรายหมู่บ้านและชนิดเครื่องมือประมงที่เป็นปัจจุบัน"
                ),
                Para(
                    "จึงขอความร่วมมือหน่วยงานของท่านส่งข้อมูลดังกล่าวให้จังหวัด ภายในวันที่ 10 มิถุนายน 2567 "
                    "ทางไปรษณีย์อิเล็กทรอนิกส์ที่ปรากฏท้ายหนังสือนี้"
                ),
                Para("จึงเรียนมาเพื่อโปรดพิจารณา"),
            ),
            signer=Signer("นายฟารุก แหลมทอง", "รองผู้ว่าราชการจังหวัด", "ผู้ว่าราชการจังหวัดสงขลา"),
            owner=("สำนักงานจังหวัด", "กลุ่มงานยุทธศาสตร์และข้อมูลเพื่อการพัฒนาจังหวัด"),
            phone="0 7431 0300",
            email="plan@songkhla.example.go.th",
            deadlines=(Due("ภายในวันที่ 10 มิถุนายน 2567", date(2024, 6, 10)),),
            receipts=(
                Receipt(
                    "สำนักงานประมงจังหวัดสงขลา",
                    "771",
                    date(2024, 6, 24),
                    time(15, 5),
                    at=(388, 40),
                    angle=1.0,
                    colour="blue",
                ),
            ),
            faults=("deadline-before-date", "received-after-deadline"),
        ),
    ),
)

LATE = Sample(
    name="fault-late",
    title="fault: received six days after the deadline had passed",
    look=Look(face="Norasi", setting="spaces"),
    damage=Damage(skew=1.4, holes=True),
    inbox=("scan_0010.pdf", "scan"),
    pen_style=22,
    letters=(
        Letter(
            kind="external",
            layout="external",
            urgency="ด่วนมาก",
            number="กษ 0610.4/ว874",
            number_as="กษ 0610.4/ว 874",
            agency="กรมปศุสัตว์",
            address=("ถนนพญาไท กทม. 10400",),
            date=date(2023, 8, 7),
            subject="ขอรายงานจำนวนวัคซีนคงเหลือสำหรับโคกระบือ",
            addressee="ปศุสัตว์จังหวัดทุกจังหวัด",
            body=(
                Para(
                    "ด้วยกรมปศุสัตว์จะปรับแผนกระจายวัคซีนสำหรับโคกระบือในฤดูฝนให้สอดคล้องกับจำนวนสัตว์ในพื้นที่ "
                    "จึงขอให้จังหวัดสำรวจจำนวนวัคซีนคงเหลือในตู้เย็นทุกจุด พร้อมวันหมดอายุของแต่ละรุ่นการผลิต "
                    "และรายงานกรมปศุสัตว์ภายในวันศุกร์ที่ 18 สิงหาคม 2566"
                ),
                Para("จึงเรียนมาเพื่อโปรดดำเนินการ"),
            ),
            signer=Signer("นายสัตวแพทย์ชัยวัฒน์ ทุ่งกุลา", "รองอธิบดี", "อธิบดีกรมปศุสัตว์"),
            owner=("สำนักควบคุม ป้องกัน และบำบัดโรคสัตว์",),
            phone="0 2653 4444",
            email="vaccine@dld.example.go.th",
            deadlines=(Due("ภายในวันศุกร์ที่ 18 สิงหาคม 2566", date(2023, 8, 18)),),
            receipts=(
                Receipt(
                    "สำนักงานปศุสัตว์จังหวัดสุรินทร์",
                    "1816",
                    date(2023, 8, 24),
                    time(8, 40),
                    at=(404, 52),
                    angle=-2.6,
                    colour="purple",
                ),
            ),
            faults=("received-after-deadline",),
        ),
    ),
)

YEAR = Sample(
    name="fault-year",
    title="fault: the year inside the number (2566) is not the year of the date (2567)",
    look=Look(setting="words"),
    damage=Damage(skew=-0.6),
    pen_style=23,
    letters=(
        Letter(
            kind="external",
            layout="external",
            number="สนช 2566/ว418",
            logo="IN",
            date=date(2024, 5, 8),
            subject="ขอเชิญเสนอโจทย์ปัญหาของเมืองเพื่อพัฒนานวัตกรรมร่วมกับผู้ประกอบการรายย่อย",
            addressee="นายกเทศมนตรีเมืองทุกแห่ง",
            enclosures=(Enclosure("แบบเสนอโจทย์ปัญหา", "1 ฉบับ"),),
            body=(
                Para(
                    "ด้วยสำนักงานนวัตกรรมแห่งชาติ (องค์การมหาชน) จะคัดเลือกโจทย์ปัญหาของเมืองจำนวน 20 โจทย์ "
                    "เพื่อจับคู่กับผู้ประกอบการรายย่อยที่มีต้นแบบพร้อมทดสอบในพื้นที่จริง "
                    "โดยสนับสนุนค่าใช้จ่ายในการทดสอบไม่เกินโจทย์ละ 300,000 บาท"
                ),
                Para(
                    "จึงขอเชิญหน่วยงานของท่านเสนอโจทย์ปัญหาตามแบบที่ส่งมาด้วย ส่งถึงฝ่ายพัฒนาเมืองนวัตกรรม "
                    "ไม่เกินวันศุกร์ที่ 14 มิถุนายน 2567"
                ),
                Para("จึงเรียนมาเพื่อโปรดพิจารณา"),
            ),
            signer=Signer("นางสาวมินตรา ศิลาเพชร", "ผู้อำนวยการสำนักงานนวัตกรรมแห่งชาติ"),
            owner=("ฝ่ายพัฒนาเมืองนวัตกรรม",),
            phone="0 2017 5555",
            email="saraban@inno.example.or.th",
            deadlines=(Due("ไม่เกินวันศุกร์ที่ 14 มิถุนายน 2567", date(2024, 6, 14)),),
            receipts=(
                Receipt(
                    "เทศบาลเมืองปากพูนทอง",
                    "2044",
                    date(2024, 5, 15),
                    time(13, 25),
                    at=(386, 28),
                    angle=0.9,
                    colour="blue",
                    labels=("เลขรับที่", "วันที่", "เวลา"),
                    thai_pen=True,
                ),
            ),
            faults=("number-year",),
        ),
    ),
)

SUBJECT = Sample(
    name="fault-subject",
    title="fault: no subject line; notice is short as well",
    look=Look(setting="spaces"),
    damage=Damage(skew=0.7, holes=True),
    pen_style=24,
    letters=(
        Letter(
            kind="external",
            layout="external",
            number="ตง 0032.2/905",
            agency="สำนักงานสาธารณสุขจังหวัดตรัง",
            address=("ถนนเวียงคะพัง ตง 92000",),
            date=date(2025, 6, 9),
            addressee="สาธารณสุขอำเภอทุกอำเภอ",
            body=(
                Para(
                    "ด้วยสำนักงานสาธารณสุขจังหวัดตรังจะตรวจนับเครื่องวัดความดันโลหิตที่ใช้ในหน่วยบริการทุกแห่ง "
                    "เพื่อวางแผนสอบเทียบเครื่องมือประจำปี จึงขอให้ส่งบัญชีเครื่องวัดความดันโลหิตพร้อมหมายเลขประจำเครื่อง "
                    "ภายในวันศุกร์ที่ 13 มิถุนายน 2568"
                ),
                Para("จึงเรียนมาเพื่อดำเนินการ"),
            ),
            signer=Signer("นายแพทย์ปกรณ์ เขาช่องงาม", "นายแพทย์สาธารณสุขจังหวัดตรัง"),
            owner=("กลุ่มงานพัฒนาคุณภาพ",),
            phone="0 7520 5600",
            deadlines=(Due("ภายในวันศุกร์ที่ 13 มิถุนายน 2568", date(2025, 6, 13)),),
            receipts=(
                Receipt(
                    "สำนักงานสาธารณสุขอำเภอปะเหลียน",
                    "377",
                    date(2025, 6, 12),
                    time(16, 0),
                    at=(382, 32),
                    angle=-0.8,
                    colour="red",
                ),
            ),
            pen=("number", "date"),
            faults=("missing-subject", "short-notice"),
        ),
    ),
)

FAULTY = (WEEKDAY, RECEIVED, DEADLINE, LATE, YEAR, SUBJECT)
