"""What a contest asks of the files: their names, their types, and that a presentation is among them."""

from __future__ import annotations

from parsers.entrants import agency_name, same_agency
from pipeline.audit.folder import PRESENTATIONS
from pipeline.audit.names import read_name
from pipeline.audit.registry import SURE, Case, not_asked, requirement, verdict
from schemas.audit import Verdict

_SAME, _OTHER = 0.8, 0.55  # likeness of two agencies' names: surely the same, surely others
_SUFFIXES = {"pdf": (".pdf",), "jpeg": (".jpg", ".jpeg"), "png": (".png",), "tiff": (".tif", ".tiff")}


@requirement("file_name", "ชื่อไฟล์แบบฟอร์ม", "form's file name")
def file_name(case: Case) -> Verdict:
    """The form's file is named as the announcement asks, by the right agency."""
    if not case.conditions.naming:
        return not_asked()
    name = case.entry.form or _only_document(case)
    if name is None:
        return verdict("unclear", "ไม่แน่ใจว่าไฟล์ใดเป็นแบบฟอร์ม", "It is not clear which file is the form.")
    read = read_name(name, case.conditions.naming)
    mend = f"ตั้งชื่อไฟล์แบบฟอร์มใหม่เป็น {read.expected}"
    if read.faults:
        th, en = "; ".join(f.th for f in read.faults), "; ".join(f.en for f in read.faults)
        return verdict("not_met", f"“{name}”: {th}", f"“{name}”: {en}.", mend)
    fit, sure = _fits_agency(case, read.agency or "")
    if fit is None or fit >= _SAME:
        return verdict("met", f"“{name}” ถูกต้อง", f"“{name}” is right.")
    if fit < _OTHER and sure:
        told = f"“{name}” ใช้ชื่อ “{read.agency}” แต่หน่วยงานคือ “{case.entry.agency}”"
        return verdict("not_met", told, f"“{name}” names another agency than {case.entry.agency}.", mend)
    return verdict(
        "unclear", f"ชื่อหน่วยงานใน “{name}” กับในแบบฟอร์มไม่ตรงกันชัดเจน โปรดเทียบดู",
        f"The agency in “{name}” and that on the form may differ: compare them.",
    )  # fmt: skip


def _only_document(case: Case) -> str | None:
    """The form's name where it could not be opened: the one document, or the one called form."""
    documents = [f.name for f in case.entry.files if f.kind not in PRESENTATIONS]
    named = [name for name in documents if "form" in name.casefold()]
    return named[0] if len(named) == 1 else documents[0] if len(documents) == 1 else None


def _fits_agency(case: Case, told: str) -> tuple[float | None, bool]:
    """How well a name fits the submission's agency, and whether that agency is known for sure."""
    place = case.filled("agency")
    others = [place.text] if place is not None and place.text else []
    known = [case.entry.agency] if case.entry.agency else []
    if not others and not known:
        return None, False
    if not agency_name(told).local and not any(char > "\u0e00" for char in told):
        return (0.6, False)  # in Latin letters: nobody but a person can compare it
    fit = max(same_agency(told, each) for each in [*others, *known])
    if place is None or not place.text or place.confidence < SURE:
        return fit, False
    name = agency_name(place.text)  # what tells no kind of agency was read wrong, however sure the reader is
    return fit, name.local is not None and name.exact


@requirement("file_type", "ชนิดไฟล์", "type of file")
def file_type(case: Case) -> Verdict:
    """The form is a document of an allowed type that can be opened, and its content is what its name says."""
    broken = [f for f in case.entry.files if f.trouble]
    form = next((f for f in case.entry.files if f.name == case.entry.form), None)
    if form is None and broken:
        told = "; ".join(f"“{f.name}”: {f.trouble}" for f in broken)
        machine = any(f.code == "file.unreadable" for f in broken)
        english = "; ".join(f"“{f.name}”: {f.trouble_en}" for f in broken)
        return verdict("unclear" if machine else "not_met", told, english, "ส่งไฟล์แบบฟอร์มใหม่ที่เปิดอ่านได้")
    if form is None:
        strange = [f for f in case.entry.files if f.kind in ("docx", "doc", "xlsx", "xls")]
        if strange:
            told = f"“{strange[0].name}” เป็นไฟล์ {strange[0].kind} ไม่ใช่ไฟล์สแกน"
            return verdict(
                "not_met", told, f"“{strange[0].name}” is {strange[0].kind}, not a scan.", _scan_again(case)
            )
        return verdict("not_met", "ไม่มีไฟล์แบบฟอร์ม", "There is no file with the form.", "ส่งไฟล์แบบฟอร์ม")
    suffix = "." + form.name.rpartition(".")[2] if "." in form.name else ""
    if suffix.lower() not in _SUFFIXES.get(form.kind, ()):
        told = f"“{form.name}” มีเนื้อหาเป็น {form.kind} ไม่ตรงกับนามสกุล"
        return verdict("not_met", told, f"“{form.name}” is {form.kind} inside.", _scan_again(case))
    allowed = {pattern.rpartition(".")[2].lower() for pattern in case.conditions.naming if "." in pattern}
    if allowed and not {s.strip(".") for s in _SUFFIXES.get(form.kind, ())} & allowed:
        told = f"ส่งเป็น {form.kind} แต่กำหนดให้เป็น {' หรือ '.join(sorted(allowed))}"
        return verdict(
            "not_met",
            told,
            f"It is {form.kind}; asked for is {' or '.join(sorted(allowed))}.",
            _scan_again(case),
        )
    return verdict("met", f"เป็น {form.kind} เปิดอ่านได้", f"It is {form.kind} and opens.")


def _scan_again(case: Case) -> str:
    types = dict.fromkeys(p.rpartition(".")[2] for p in case.conditions.naming if "." in p)
    return f"สแกนแบบฟอร์มแล้วส่งเป็น {' หรือ '.join(types) or 'pdf หรือ jpg'}"


@requirement("presentation", "มีไฟล์นำเสนอ", "presentation sent")
def presentation(case: Case) -> Verdict:
    """A presentation or video came with the form."""
    if not case.conditions.presentation:
        return not_asked()
    good = [f for f in case.entry.files if f.kind in PRESENTATIONS]
    if good:
        return verdict("met", f"“{good[0].name}”", f"“{good[0].name}”.")
    broken = [f for f in case.entry.files if f.trouble and f.name.rpartition(".")[2].lower() in PRESENTATIONS]
    if broken:
        told = f"“{broken[0].name}”: {broken[0].trouble}"
        return verdict("not_met", told, f"“{broken[0].name}”: {broken[0].trouble_en}", "ส่งไฟล์นำเสนอใหม่ที่เปิดได้")
    others = [f for f in case.entry.files if f.name != case.entry.form and f.kind == "pdf"]
    if others:
        return verdict(
            "unclear", f"“{others[0].name}” อาจเป็นไฟล์นำเสนอ โปรดเปิดดู", f"“{others[0].name}” may be it."
        )
    return verdict(
        "not_met", "ไม่มีไฟล์นำเสนอ", "There is no presentation.", "ส่งไฟล์นำเสนอ (PowerPoint หรือคลิปวิดีโอ)"
    )
