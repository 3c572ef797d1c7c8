"""The words that open the name of an office, wherever a parser asks whether a text names one."""

from __future__ import annotations

OFFICE = (
    r"สำ?น[ัี]?ก|กระทรวง|กรม|กอง(?!ทุน)|มหาวิทยาลัย|วิทยาลัย|สถาบัน|เทศบาล|องค์การ|องค์กร|ศาลากลาง|ที่ว่าการ|ที่ทำการ|เมืองพัทยา|"
    r"กรุงเทพมหานคร|โรงเรียน|โรงพยาบาล|ศูนย์|สภา|ธนาคาร|การ(?:ไฟฟ้า|ประปา|ท่า|ทาง|รถไฟ|เคหะ|กีฬา|นิคม|ยาง|ยาสูบ|ปิโตร)|"
    r"บริษัท|ห้างหุ้นส่วน|สมาคม|มูลนิธิ|สหกรณ์|ชมรม|คณะ|จังหวัด|อำเภอ|ศาล|กองทัพ|มณฑลทหาร|ตำรวจ|สถานี|วัด|บัณฑิต|เรือนจำ|ทัณฑสถาน|"
    r"ด่าน|อุทยาน|เขตพื้นที่|พิพิธภัณฑ์|หอ(?:สมุด|จดหมายเหตุ)|โครงการ|นิคม|ไปรษณีย์"
)
"""A pattern without anchors: the openings of the names of offices that stand for themselves."""
PART_OF_OFFICE = "ส่วน(?!ราชการ)|หน่วย|กลุ่ม|ฝ่าย|แผนก"
"""The openings of the names of an office's parts."""
