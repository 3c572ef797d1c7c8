"""The register as clerks know it (ทะเบียนหนังสือรับ, form 13): filtered, sorted, printed, taken along."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from pipeline.choose import parse_day
from pipeline.export.csv import BOM, write_csv
from pipeline.paths import bare, labels
from pipeline.say import Lang
from pipeline.show import KINDS
from pipeline.store import RegisterRow, RowFilter, Sort, Store
from pipeline.web.gate import house, lang_of, person
from pipeline.web.render import page
from pipeline.web.view import CHOICES

router = APIRouter(include_in_schema=False)
_ON_PAGE, _PRINTED, _BATCH = 50, 1000, 500
SORTS: dict[str, Sort] = {
    "arrived": "-received",
    "date": "-date",
    "agency": "agency",
    "number": "number",
    "deadline": "due",
}
_SHOWN = frozenset(
    (
        "number",
        "date",
        "agency",
        "addressee",
        "subject",
        "urgency",
        "receipts.number",
        "receipts.date",
        "deadlines.date",
    )
)


class Wanted(NamedTuple):
    """The filters as they stand in the address; kept as typed, so that they can be shown again."""

    q: str = ""
    since: str = ""
    until: str = ""
    kind: str = ""
    urgency: str = ""
    only: str = ""  # person, due, overdue, error
    sort: str = "arrived"

    def address(self, **changed: str) -> str:
        """These filters as a query, some changed."""
        return urlencode({key: value for key, value in self._replace(**changed)._asdict().items() if value})

    @property
    def any(self) -> bool:
        """Whether anything is left out."""
        return any(self[:6])


def wanted(request: Request) -> Wanted:
    """The filters of an address; what makes no sense is left out."""
    given = {name: request.query_params.get(name, "")[:200].strip() for name in Wanted._fields}
    if given["sort"] not in SORTS:
        given["sort"] = "arrived"
    if given["kind"] not in KINDS:
        given["kind"] = ""
    if given["urgency"] not in CHOICES["urgency"]:
        given["urgency"] = ""
    return Wanted(**given)


def filters_of(asked: Wanted, today: dt.date) -> RowFilter:
    """The filters as the store knows them."""
    given: dict[str, object] = {
        "date_from": parse_day(asked.since, today) if asked.since else None,
        "date_to": parse_day(asked.until, today) if asked.until else None,
        "kind": asked.kind or None,
        "urgency": asked.urgency or None,
    }
    if asked.q:
        given["number" if any(char.isdigit() for char in asked.q) else "agency"] = asked.q
    if asked.only == "person":
        given["needs_person"] = True
    elif asked.only == "error":
        given["has_error"] = True
    elif asked.only == "due":
        given |= {"due_from": today, "due_to": today + dt.timedelta(days=7), "open_deadline": True}
    elif asked.only == "overdue":
        given |= {"due_to": today - dt.timedelta(days=1), "open_deadline": True}
    return RowFilter.model_validate(given)


@router.get("/register")
def register(request: Request, after: str | None = None) -> Response:
    """The list; with HTMX only its rows."""
    asked, day = wanted(request), dt.date.today()
    found = house(request).store.page(filters_of(asked, day), SORTS[asked.sort], limit=_ON_PAGE, after=after)
    template = "register_rows.html" if request.headers.get("hx-request") else "register.html"
    return page(
        request,
        template,
        asked=asked,
        found=found,
        after=after,
        on_page=_ON_PAGE,
        sorts=tuple(SORTS),
        kinds={key: words.say(lang_of(request)) for key, words in KINDS.items()},
        urgencies=CHOICES["urgency"],
        today=day,
        remarks=lambda row: remarks(row, lang_of(request)),
    )


@router.get("/register/print")
def print_view(request: Request) -> Response:
    """The same rows as paper: form 13's columns, up to a thousand."""
    asked, day = wanted(request), dt.date.today()
    batches = _rows(house(request).store, filters_of(asked, day), SORTS[asked.sort])
    rows = list(islice(chain.from_iterable(batches), _PRINTED + 1))
    return page(
        request,
        "register_print.html",
        asked=asked,
        rows=rows[:_PRINTED],
        more=len(rows) > _PRINTED,
        today=day,
        remarks=lambda row: remarks(row, lang_of(request)),
    )


def remarks(row: RegisterRow, lang: Lang) -> str:
    """What a clerk must know of a row: which of its values to compare with the page."""
    doubts = [path for path in row.doubtful if bare(path) in _SHOWN]
    if not doubts:
        return ""
    return f"{'ควรตรวจ' if lang == 'th' else 'check'}: {labels(doubts, lang)}"


@router.get("/register.csv")
def export(request: Request) -> Response:
    """The chosen rows as CSV, a batch at a time: a register of a million rows needs no more memory."""
    home, lang = house(request), lang_of(request)
    asked = wanted(request)
    home.store.log("export.csv", person(request).name)
    rows = _rows(home.store, filters_of(asked, dt.date.today()), SORTS[asked.sort])
    name = f"register-{dt.date.today().isoformat()}.csv"
    return StreamingResponse(
        _csv(rows, lang),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def _rows(store: Store, filters: RowFilter, sort: Sort) -> Iterator[list[RegisterRow]]:
    after: str | None = None
    while True:
        found = store.page(filters, sort, limit=_BATCH, after=after)
        yield list(found.rows)
        after = found.next
        if after is None:
            return


def _csv(batches: Iterator[list[RegisterRow]], lang: Lang) -> Iterator[bytes]:
    for place, batch in enumerate(batches):
        out = io.StringIO(newline="")
        write_csv(batch, out, lang)
        text = out.getvalue()
        yield (BOM + text if place == 0 else text.partition("\r\n")[2]).encode()
