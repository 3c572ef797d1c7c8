"""Statistics: charts as pictures that need no script, each with its figures beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline.experience import Band, experience
from pipeline.paths import label
from pipeline.say import Lang
from pipeline.show import KINDS
from pipeline.show_reliability import band_name, verdict
from pipeline.store import Statistics, Tally
from pipeline.web import charts
from pipeline.web.charts import Bar
from pipeline.web.gate import house, lang_of
from pipeline.web.render import page

router = APIRouter(include_in_schema=False)
_MONTHS, _SENDERS, _DAYS = 24, 12, 30


@router.get("/statistics")
def statistics(request: Request) -> Response:
    """All charts."""
    found, lang = house(request).store.statistics(), lang_of(request)
    kinds = [Bar(KINDS[c.label].say(lang) if c.label in KINDS else c.label, c.count) for c in found.by_kind]
    counted = charts.whole_months([(c.label, c.count) for c in found.by_month], _MONTHS)
    months = [Bar(charts.month_label(month, lang), count) for month, count in counted]
    fields = [Bar(label(c.label, lang), c.count) for c in found.doubtful_fields[:_SENDERS]]
    days = receipt_days(found)
    return page(
        request,
        "statistics.html",
        found=found,
        months=charts.columns(months),
        senders=charts.rows([Bar(c.label, c.count) for c in found.by_agency[:_SENDERS]]),
        kinds=charts.rows(kinds),
        days=charts.columns(days),
        median=median(found),
        timed=sum(c.count for c in found.receipt_days),
        doubtful=charts.rows(fields),
        reliability=reliability(house(request).store.proofs(), house(request).settings.sure, lang),
        sure_percent=round(100 * (found.letters - found.needs_person) / found.letters)
        if found.letters
        else 0,
    )


class Reliability(NamedTuple):
    """How right the values were that people confirmed, as the page shows it."""

    chart: charts.Chart  # of each band of confidence, the per cent that was right
    bands: tuple[tuple[str, Band], ...]  # what a band is called, and its figures
    verdict: tuple[str, ...]


def reliability(tallies: Sequence[Tally], setting: float, lang: Lang) -> Reliability:
    """The figures of `saraban reliability`; nothing is drawn where nobody confirmed a letter."""
    found = experience(tallies, setting)
    bands = tuple((band_name(band, lang), band) for band in found.bands)
    shares = [Bar(name, math.floor(100 * band.right / band.count)) for name, band in bands]
    return Reliability(charts.rows(shares), bands, tuple(verdict(found, lang)) if bands else ())


def receipt_days(found: Statistics) -> list[Bar]:
    """How many letters took how many days; those of more than a month in one bar, those below none in one."""
    counts: dict[int, int] = {}
    for one in found.receipt_days:
        day = max(-1, min(int(one.label), _DAYS))
        counts[day] = counts.get(day, 0) + one.count
    if not counts:
        return []
    names = {-1: "< 0", _DAYS: f"≥ {_DAYS}"}
    return [Bar(names.get(day, str(day)), counts.get(day, 0)) for day in range(min(counts), max(counts) + 1)]


def median(found: Statistics) -> int | None:
    """The middle of the days from letter to receipt; None without any."""
    days: Sequence[int] = sorted(
        day for one in found.receipt_days for day in [int(one.label)] * min(one.count, 100_000)
    )
    return days[len(days) // 2] if days else None
