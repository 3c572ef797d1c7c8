"""The whole audit: read every submission side by side, then judge each with all others in view."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from parsers.entrants import agency_name, same_agency
from pipeline.audit import folder as sent
from pipeline.audit.conditions import Conditions
from pipeline.audit.copies import twins
from pipeline.audit.folder import BANGKOK, Arrival
from pipeline.audit.form import Form, learn
from pipeline.audit.names import read_name
from pipeline.audit.registry import Case, judge_all
from pipeline.audit.requirements import in_order
from pipeline.errors import BadInputError, PipelineError
from pipeline.settings import Settings
from schemas.audit import Audit, Entry, SentFile, SheetRead
from schemas.contest import Award

Progress = Callable[[int, int], None]
_DOCUMENTS = ("pdf", "jpeg", "png", "tiff")
_FITS = 0.75


@dataclass(frozen=True)
class Task:
    """What the audit is to do; made once and sent to every worker."""

    folder: Path
    out: Path
    conditions: Conditions
    settings: Settings
    form: Form | None = None


def audit(
    task: Task,
    winners: Sequence[Award] | None = None,
    arrivals: Mapping[str, Arrival] | None = None,
    progress: Progress | None = None,
) -> Audit:
    """Read and judge all submissions of a folder; crops go to `task.out`/crops.

    Raises BadInputError where the folder holds no submission. A single bad file stops nothing.
    """
    found = sent.submissions(task.folder)
    if not found:
        raise BadInputError(
            "audit.empty_folder",
            f"ไม่พบไฟล์ที่ส่งเข้าประกวดใน {task.folder}",
            f"There are no submissions in {task.folder}.",
        )
    (task.out / "crops").mkdir(parents=True, exist_ok=True)
    entries = _read_all(task, found, progress)
    entries = [_arrived(entry, found[entry.id], arrivals) for entry in entries]
    return finish(entries, task, winners, manifest=arrivals is not None)


def finish(entries: Sequence[Entry], task: Task, winners: Sequence[Award] | None, *, manifest: bool) -> Audit:
    """Judge submissions that were read, each with all others in view."""
    asked = in_order()
    same = twins(entries)
    judged = [
        judge_all(Case(entry, task.conditions, entries, winners, task.form is not None, same), asked)
        for entry in entries
    ]
    notes, notes_en = _notes(task, winners, manifest)
    return Audit(
        title=task.conditions.title,
        made_at=dt.datetime.now(BANGKOK),
        requirements=tuple((one.id, one.title.th, one.title.en) for one in asked),
        entries=tuple(judged),
        notes=tuple(notes),
        notes_en=tuple(notes_en),
    )


def _notes(task: Task, winners: Sequence[Award] | None, manifest: bool) -> tuple[list[str], list[str]]:
    told = []
    if not manifest:
        told.append(
            (
                "ไม่มีบัญชีเวลาที่ส่ง จึงใช้เวลาของไฟล์ ซึ่งอาจเปลี่ยนเมื่อคัดลอก",
                "No manifest: the files' own times were used; copying may change them.",
            )
        )
    if task.form is None:
        told.append(
            (
                "ไม่ได้ให้แบบฟอร์มเปล่า จึงไม่ได้ตรวจสิ่งที่กรอกบนแบบฟอร์ม",
                "No blank form was given: what is on the forms was not checked.",
            )
        )
    if winners is None and task.conditions.not_won_in:
        told.append(
            (
                "ไม่ได้ให้รายชื่อผู้ได้รับรางวัล จึงไม่ได้ตรวจผลงานเดิม",
                "No list of winners was given: former winners were not checked.",
            )
        )
    return [th for th, _ in told], [en for _, en in told]


# -- reading -----------------------------------------------------------------------------------------------

_TASK: Task | None = None


def _begin(task: Task) -> None:
    global _TASK
    os.environ["OMP_THREAD_LIMIT"] = "1"
    _TASK = task


def _in_worker(id_: str, paths: tuple[Path, ...]) -> Entry:
    assert _TASK is not None
    return read_entry(_TASK, id_, paths)


def _read_all(task: Task, found: Mapping[str, tuple[Path, ...]], progress: Progress | None) -> list[Entry]:
    """Submissions in the order of their names, read by as many processes as there are workers."""
    done: dict[str, Entry] = {}
    if progress is not None:
        progress(0, len(found))
    with ProcessPoolExecutor(
        min(task.settings.workers, len(found)), initializer=_begin, initargs=(task,)
    ) as pool:
        waiting = {pool.submit(_in_worker, id_, paths): id_ for id_, paths in found.items()}
        for finished in as_completed(waiting):
            id_ = waiting[finished]
            try:
                done[id_] = finished.result()
            except Exception as error:  # a worker that died, too: a person looks at this submission
                done[id_] = _broken(id_, found[id_], error)
            if progress is not None:
                progress(len(done), len(found))
    return [done[id_] for id_ in found]


def _broken(id_: str, paths: tuple[Path, ...], error: Exception) -> Entry:
    kind = type(error).__name__
    files = tuple(
        SentFile(
            name=path.name, trouble=f"เครื่องอ่านไฟล์ไม่สำเร็จ ({kind})",
            trouble_en=f"The machine failed ({kind}).", code="file.unreadable",
        )
        for path in paths
    )  # fmt: skip
    return Entry(id=id_, files=files)


def read_entry(task: Task, id_: str, paths: tuple[Path, ...]) -> Entry:
    """One submission: what its files are, which is the form, and what that says."""
    root = task.folder / id_ if (task.folder / id_).is_dir() else task.folder
    files = tuple(sent.look_at(path, root, task.settings) for path in paths)
    at = dict(zip((file.name for file in files), paths, strict=True))
    form, sheet = _form_of(task, id_, files, at)
    entry = Entry(id=id_, files=files, form=form, sheet=sheet)
    return entry.model_copy(update=_identity(entry, task.conditions, None))


def _form_of(
    task: Task, id_: str, files: Sequence[SentFile], at: Mapping[str, Path]
) -> tuple[str | None, SheetRead | None]:
    """The file that is the form: the first, the likeliest by name first, that the blank is found in."""
    documents = [file for file in files if file.kind in _DOCUMENTS]
    documents.sort(key=lambda file: (not _called_form(file.name, task.conditions), file.name))
    if not documents:
        return None, None
    if task.form is None:
        return documents[0].name, None
    first: SheetRead | None = None
    for file in documents[:4]:
        try:
            sheet = _read_sheet(task, id_, at[file.name], file.kind)
        except PipelineError as error:
            sheet = SheetRead(file=file.name, recognised=False, note=str(error))
        if sheet.recognised:
            return file.name, sheet
        first = first or sheet
    return documents[0].name, first


def _called_form(name: str, conditions: Conditions) -> bool:
    words = {
        re.sub(r"\d+$", "", p.rpartition(".")[0].rpartition(">")[2]).strip("_-").lower()
        for p in conditions.naming
    }
    return any(word and word in name.lower() for word in {*words, "form", "แบบ", "ใบสมัคร", "ใบส่ง"})


def _read_sheet(task: Task, id_: str, path: Path, kind: str) -> SheetRead:
    import cv2

    from pipeline.audit.filled import read_form

    assert task.form is not None
    sheet, crops = read_form(path, kind, task.form, task.settings)  # type: ignore[arg-type]
    names = {}
    for key, picture in crops.items():
        name = f"{_safe(id_)}-{key}.png"
        done, data = cv2.imencode(".png", picture)
        if done:
            (task.out / "crops" / name).write_bytes(data.tobytes())
            names[key] = f"crops/{name}"
    fields = tuple(one.model_copy(update={"crop": names.get(one.key)}) for one in sheet.fields)
    return sheet.model_copy(update={"fields": fields})


def _safe(name: str) -> str:
    """A file name that every system takes, and that no other submission has."""
    import zlib

    bare = re.sub(r"[^\w\u0e00-\u0e7f]+", "-", name).strip("-")[:40] or "entry"
    return f"{bare}-{zlib.crc32(name.encode()):08x}"


# -- whose it is -------------------------------------------------------------------------------------------


def _identity(entry: Entry, conditions: Conditions, arrival: Arrival | None) -> dict[str, object]:
    """Agency, its kind, province and work: the organiser's own word first, then names and form together."""
    places = {one.key: one for one in (entry.sheet.fields if entry.sheet else ())}
    on_form = places["agency"].text if "agency" in places else None
    agency = (arrival.agency if arrival else None) or _agency(entry, conditions, on_form)
    work = (arrival.work if arrival else None) or (places["work"].text if "work" in places else None)
    province = places["province"].text if "province" in places else None
    return {
        "agency": agency,
        "agency_kind": agency_name(agency).kind if agency else None,
        "province": province,
        "work": work,
    }


def _agency(entry: Entry, conditions: Conditions, on_form: str | None) -> str | None:
    """Names of files and folders are typed, so their letters are right; the form says which of them is true."""
    named = read_name(entry.form, conditions.naming).agency if entry.form and conditions.naming else None
    typed = [_without_number(name) for name in (named, entry.id) if name]
    typed = [name for name in typed if agency_name(name).kind is not None]
    if on_form is None:
        return typed[0] if typed else None
    best = max(typed, key=lambda name: same_agency(name, on_form), default=None)
    return best if best is not None and same_agency(best, on_form) >= _FITS else on_form


def _without_number(name: str) -> str:
    """A folder's name without the number that keeps it apart: 012_ before it, or (2) after it."""
    return re.sub(r"^\d+[\s_\-.]+|[\s_\-]*\(?\d+\)?$", "", name).strip()


def _arrived(entry: Entry, paths: tuple[Path, ...], arrivals: Mapping[str, Arrival] | None) -> Entry:
    """When a submission came: the latest of its files in the manifest, else the files' own times."""
    if arrivals is None:
        moment = sent.when(paths)
        return entry.model_copy(update={"arrived": moment, "arrived_by": "file" if moment else "unknown"})
    names = {
        entry.id,
        *(file.name for file in entry.files),
        *(f"{entry.id}/{file.name}" for file in entry.files),
    }
    told = [arrivals[name] for name in sorted(names) if name in arrivals]
    if not told:
        return entry
    times = [one.arrived for one in told if one.arrived is not None]
    update: dict[str, object] = {
        "arrived": max(times, default=None),
        "arrived_by": "manifest" if times else "unknown",
    }
    who = next((one for one in told if one.agency), None)
    what = next((one for one in told if one.work), None)
    if who or what:
        arrival = Arrival(agency=who.agency if who else None, work=what.work if what else None)
        places = {one.key: one for one in (entry.sheet.fields if entry.sheet else ())}
        if arrival.agency:
            update |= {"agency": arrival.agency, "agency_kind": agency_name(arrival.agency).kind}
        if arrival.work and not ("work" in places and places["work"].text):
            update["work"] = arrival.work
    return entry.model_copy(update=update)


def learn_form(blank: Path | None, conditions: Conditions, settings: Settings) -> Form | None:
    """The form by its blank, with the organiser's own zones; None without a blank."""
    return None if blank is None else learn(blank, settings, conditions.zones)


__all__ = ["Task", "audit", "finish", "learn_form", "read_entry"]
