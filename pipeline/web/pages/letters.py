"""One letter: the scan on one side, its values on the other, all of it from the keyboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from pipeline import desk
from pipeline.errors import BadInputError, ConflictError
from pipeline.paths import label, reading_at
from pipeline.say import say_basis
from pipeline.store import RowFilter, Store, StoredLetter
from pipeline.web import view
from pipeline.web.gate import Refusal, house, lang_of, person
from pipeline.web.render import page, say

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=20_000)]
Number = Annotated[int, Form()]
PANEL, WHOLE = "letter_panel.html", "letter.html"


@router.get("/letters/next")
def next_letter(request: Request, after: int | None = None) -> Response:
    """Go to the next letter that needs a person; after the last one, to the first page."""
    store = house(request).store
    found = store.letter(after) if after is not None else None
    if found is not None and found.next is not None:
        return RedirectResponse(f"/letters/{found.next}", status_code=303)
    rows = [
        row.id
        for row in store.page(RowFilter(needs_person=True), "received", limit=5).rows
        if row.id is not None and row.id != after
    ]
    return RedirectResponse(f"/letters/{rows[0]}" if rows else "/", status_code=303)


@router.get("/letters/{letter_id}")
def letter(request: Request, letter_id: int) -> Response:
    """The page."""
    return _show(request, _found(request, letter_id), WHOLE)


def _found(request: Request, letter_id: int) -> StoredLetter:
    if not 0 < letter_id < 2**31:
        raise Refusal(404, "not_found")
    found = house(request).store.letter(letter_id)
    if found is None:
        raise Refusal(404, "not_found")
    return found


def _show(
    request: Request,
    found: StoredLetter,
    template: str,
    *,
    error: str = "",
    saved: str = "",
    status: int = 200,
) -> Response:
    home, lang = house(request), lang_of(request)
    fields = view.fields(found.letter, home.settings.sure, lang)
    scans = view.page_views(found.result, found.letter.pages)
    return page(
        request,
        template,
        status=status,
        found=found,
        row=found.row,
        fields=[field for field in fields if field.certainty != "absent"],
        absent=[field for field in fields if field.certainty == "absent"],
        left=sum(field.must for field in fields),
        kin=home.store.kin(found),
        findings=list(view.findings_of(found.result, found.position)),
        basis=lambda text: say_basis(text, lang),
        label=lambda path: label(path, lang),
        scans=scans,
        told=[] if scans else _lines(home.store, found),
        may_edit=person(request).role in ("clerk", "admin"),
        error=error,
        saved=saved,
    )


def _lines(store: Store, found: StoredLetter) -> list[str]:
    """The lines of a letter that is a transcript, to be compared with its fields as a scan would be."""
    document = store.document(found.row.sha256)
    pages = () if document is None else document.pages
    only = found.letter.pages
    return [line.text for page in pages if not only or page.number in only for line in page.lines]


def _changed(
    request: Request,
    letter_id: int,
    said: str,
    change: Callable[[], int],
    error_of: Callable[[BadInputError], str],
) -> Response:
    """Make a change and show the letter as it is then; what came between is told, and nothing is lost."""
    lang = lang_of(request)
    try:
        change()
    except ConflictError as error:
        message = error.message if lang == "th" else error.message_en
        return _show(request, _found(request, letter_id), _template(request), error=message, status=409)
    except BadInputError as error:
        if error.code == "id.unknown":
            raise Refusal(404, "not_found") from error
        return _show(
            request, _found(request, letter_id), _template(request), error=error_of(error), status=422
        )
    return _show(request, _found(request, letter_id), _template(request), saved=said)


def _by_person(request: Request, act: Callable[..., int], *what: Any, version: int) -> Callable[[], int]:
    """A change at the desk, still to be made, by whoever asks for it."""
    home, who = house(request), person(request).name
    return lambda: act(home.store, home.settings, *what, who=who, version=version, today=dt.date.today())


def _template(request: Request) -> str:
    return PANEL if request.headers.get("hx-request") else WHOLE


def _told(request: Request) -> Callable[[BadInputError], str]:
    lang = lang_of(request)
    return lambda error: error.message if lang == "th" else error.message_en


@router.post("/letters/{letter_id}/fields")
def correct(
    request: Request, letter_id: int, path: Text, version: Number, value: Text = "", as_read: Text = ""
) -> Response:
    """Set one value as a person reads it; `as_read`: what stands there is right, whatever the confidence."""
    lang = lang_of(request)
    found = _found(request, letter_id)
    given: Any = value.strip() or None
    if as_read:
        ink = reading_at(found.letter, path)
        given = None if ink is None else ink.value

    change = _by_person(request, desk.correct, letter_id, path, given, version=version)

    def wrong(error: BadInputError) -> str:
        if error.code == "value.invalid":
            return say(lang, "bad_value", text=value[:80], field=label(path, lang))
        return _told(request)(error)

    return _changed(request, letter_id, say(lang, "saved", field=label(path, lang)), change, wrong)


@router.post("/letters/{letter_id}/undo")
def undo(request: Request, letter_id: int, version: Number) -> Response:
    """Take back the newest change."""
    return _changed(
        request,
        letter_id,
        say(lang_of(request), "undone"),
        _by_person(request, desk.undo, letter_id, version=version),
        _told(request),
    )


@router.post("/letters/{letter_id}/confirm")
def confirm(request: Request, letter_id: int, version: Number) -> Response:
    """A person has looked at all of it; on to the next one."""
    following = _found(request, letter_id).next
    answer = _changed(
        request,
        letter_id,
        "",
        _by_person(request, desk.confirm, letter_id, version=version),
        _told(request),
    )
    if answer.status_code != 200:
        return answer
    target = f"/letters/{following}" if following is not None else f"/letters/next?after={letter_id}"
    if request.headers.get("hx-request"):
        return Response(status_code=204, headers={"hx-redirect": target})
    return RedirectResponse(target, status_code=303)


@router.get("/letters/{letter_id}/history")
def history(request: Request, letter_id: int) -> Response:
    """Who changed what, the newest first."""
    found = _found(request, letter_id)
    lang = lang_of(request)
    changes = reversed(house(request).store.history(letter_id))
    return page(
        request,
        "history.html",
        row=found.row,
        changes=list(changes),
        label=lambda path: label(path, lang),
        written=lambda path, text: view.kept_value(path, text, lang),
    )
