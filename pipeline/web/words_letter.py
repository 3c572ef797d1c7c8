"""What the letter's page says, in Thai and English."""

from __future__ import annotations

from pipeline.say import Words

LETTER: dict[str, Words] = {
    "letter": Words("หนังสือ", "Letter"),
    "letter_of": Words("ฉบับที่ {n} จาก {total} ในไฟล์นี้", "letter {n} of {total} in this file"),
    "scan": Words("ภาพสแกน", "The scan"),
    "scan_page": Words("ภาพหน้า {n} ของเอกสาร", "Picture of page {n} of the document"),
    "no_scan": Words(
        "เอกสารนี้เป็นข้อความที่ถอดไว้ ไม่มีภาพหน้า", "This document is a transcript; it has no page pictures."
    ),
    "fields": Words("ค่าที่อ่านได้", "Values read"),
    "findings": Words("สิ่งที่พบ", "Findings"),
    "ink": Words("หมึกบนหน้า", "ink on the page"),
    "ink_raw": Words("อ่านจากหมึกว่า", "the ink as read"),
    "pick": Words("อาจเป็น", "may be"),
    "edit": Words("แก้", "Edit"),
    "accept": Words("ถูกต้อง", "Right"),
    "undo": Words("เลิกทำ", "Undo"),
    "confirm": Words("ยืนยันทั้งฉบับ", "Confirm the letter"),
    "confirm_next": Words("ยืนยันแล้วไปฉบับถัดไป", "Confirm and go to the next"),
    "confirmed_by": Words("ยืนยันโดย {who} เมื่อ {when}", "confirmed by {who}, {when}"),
    "left_n": Words("เหลือช่องที่ต้องตรวจ {n} ช่อง", "{n} values left to check"),
    "left_none": Words("ตรวจครบทุกช่องสำคัญแล้ว", "All that matters is checked."),
    "next_letter": Words("ฉบับถัดไป", "Next letter"),
    "waiting_n": Words("รอตรวจอีก {n} ฉบับ", "{n} more waiting"),
    "absent": Words("ไม่พบบนหน้า", "not found on the page"),
    "add": Words("เติม", "Add"),
    "c.person": Words("คนตรวจแล้ว", "by a person"),
    "c.sure": Words("แน่ใจ", "sure"),
    "c.check": Words("ควรตรวจ", "check it"),
    "c.doubt": Words("ไม่แน่ใจ", "doubtful"),
    "c.unread": Words("อ่านไม่ออก", "not understood"),
    "c.absent": Words("ไม่พบ", "not found"),
    "unread_value": Words("มีหมึกแต่อ่านไม่ออก", "ink is there, but was not understood"),
    "keys": Words("ปุ่มลัด", "Keys"),
    "keys_hint": Words("กด ? เพื่อดูปุ่มลัด", "press ? for the keys"),
    "close": Words("ปิด", "Close"),
    "key.next": Words("ช่องที่ต้องตรวจถัดไป / ก่อนหน้า", "next / previous value to check"),
    "key.accept": Words("ค่านี้ถูกต้อง (เมื่ออยู่ที่ช่อง)", "this value is right (on a value)"),
    "key.pick": Words("เลือกค่าที่เสนอ", "choose a candidate"),
    "key.edit": Words("แก้ไขค่า", "edit the value"),
    "key.undo": Words("เลิกทำครั้งล่าสุด", "undo the last change"),
    "key.confirm": Words("ยืนยันทั้งฉบับแล้วไปฉบับถัดไป", "confirm the letter, go to the next"),
    "key.nextletter": Words("ไปฉบับถัดไปโดยไม่ยืนยัน", "next letter, without confirming"),
    "key.zoom": Words("ขยาย / ย่อ / พอดีหน้า", "zoom in / out / fit"),
    "key.pages": Words("หน้าก่อน / หน้าถัดไป", "page before / after"),
    "key.search": Words("ไปช่องค้นหา", "go to the search box"),
    "key.help": Words("แสดงหรือซ่อนปุ่มลัดนี้", "show or hide these keys"),
    "zoom_in": Words("ขยาย", "Zoom in"),
    "zoom_out": Words("ย่อ", "Zoom out"),
    "zoom_fit": Words("พอดีหน้า", "Fit"),
    "severity.error": Words("ผิด", "error"),
    "severity.warning": Words("เตือน", "warning"),
    "severity.note": Words("ข้อสังเกต", "note"),
    "fault.document": Words("หนังสืออาจผิด", "the letter may be wrong"),
    "fault.reading": Words("เราอาจอ่านผิด เทียบกับภาพ", "we may have misread: compare"),
    "basis": Words("อ้างอิง", "basis"),
    "evidence": Words("หลักฐาน", "evidence"),
    "original": Words("ไฟล์ต้นฉบับ", "Original file"),
    "kin": Words("หนังสือที่เกี่ยวข้อง", "Letters beside it"),
    "names": Words("กล่าวถึง", "It names"),
    "named_by": Words("ฉบับที่กล่าวถึงฉบับนี้:", "Named by"),
    "same_signer": Words("ผู้ลงนามอาจเป็นคนเดียวกัน:", "May have the same signer:"),
    "other_day": Words("วันที่ไม่ตรงหรือไม่ทราบ", "its day differs or is not known"),
    "history": Words("ประวัติการแก้ไข", "History"),
    "history_accept": Words(
        "{who} รับรองว่า {field} “{value}” ถูกต้อง", "{who} accepted {field} “{value}” as right"
    ),
    "history_confirm": Words("{who} ยืนยันทั้งฉบับ", "{who} confirmed the whole letter"),
    "history_undo": Words(
        "{who} เลิกทำ {field} กลับเป็น “{value}”", "{who} took it back: {field} is “{value}” again"
    ),
    "history_none": Words("ยังไม่มีการแก้ไข", "Nothing was changed yet."),
    "history_row": Words(
        "{who} แก้ {field} จาก “{before}” เป็น “{after}”", "{who} changed {field} from “{before}” to “{after}”"
    ),
    "bundle": Words("แยก/รวมฉบับ", "Split or merge"),
    "bundle_lead": Words(
        "ติ๊กหน้าที่หนังสือฉบับใหม่เริ่มต้น หน้าที่ไม่ติ๊กจะรวมกับฉบับก่อนหน้า แล้วระบบจะอ่านค่าใหม่จากข้อความเดิม "
        "ค่าที่คนแก้ไว้ในฉบับที่ถูกรวมเข้ากับฉบับอื่นจะไม่แสดงอีก แต่เก็บไว้ในบันทึกเดิมของเอกสาร",
        "Tick the pages on which a new letter begins; other pages join the letter before. "
        "Values are then taken anew from the text that was read. What people corrected in a letter that joins another "
        "is no longer shown; it is kept in the document's record before.",
    ),
    "starts_here": Words("หนังสือฉบับใหม่เริ่มที่หน้า {n}", "a new letter begins on page {n}"),
    "bundle_save": Words("บันทึกการแยก/รวม", "Save"),
    "bundle_done": Words("แยก/รวมแล้ว ได้ {n} ฉบับ", "Done: {n} letters."),
    "again": Words("อ่านหน้านี้ใหม่", "Read this page again"),
    "again_sent": Words(
        "ส่งหน้า {n} ไปอ่านใหม่แล้ว รอสักครู่ ดูความคืบหน้าได้ที่ “นำเข้าไฟล์”",
        "Page {n} is being read again; “Add files” shows when it is done.",
    ),
    "bad_value": Words("ไม่เข้าใจ “{text}” สำหรับ {field}", "“{text}” cannot be understood as {field}."),
    "value_of": Words("ค่าของ {field}", "value of {field}"),
    "saved": Words("บันทึก {field} แล้ว", "{field} is saved."),
    "undone": Words("เลิกทำแล้ว", "Undone."),
    "problems": Words("ปัญหาของไฟล์", "Trouble with the file"),
    "not_letter": Words("ไม่พบหนังสือในไฟล์นี้", "No letter was found in this file."),
    "document": Words("เอกสาร", "Document"),
    "letters_in": Words("หนังสือในไฟล์นี้", "Letters in this file"),
    "more_fields": Words("ค่าอื่น", "Other values"),
}
