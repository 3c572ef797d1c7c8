"""Templates to pages: what every template may use, and nothing that runs unescaped."""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.say import Lang, say_day
from pipeline.web import access
from pipeline.web.gate import Person, lang_of
from pipeline.web.words import WORDS

_TEMPLATES = Path(__file__).parent / "templates"
MENU = (
    ("today", "/"),
    ("register", "/register"),
    ("search", "/search"),
    ("deadlines", "/deadlines"),
    ("statistics", "/statistics"),
    ("audits", "/audits"),
    ("upload", "/upload"),
    ("protected", "/protected"),
    ("users", "/users"),
)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,  # what OCR read is text, never HTML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["marked"] = marked
    environment.filters["json"] = lambda value: json.dumps(value, ensure_ascii=False)
    return environment


def marked(text: str, spans: tuple[tuple[int, int], ...]) -> Markup:
    """Text with parts of it marked; everything is escaped.

    >>> marked("<b> ขอเชิญ", ((4, 6),))
    Markup('&lt;b&gt; <mark>ขอ</mark>เชิญ')
    """
    out, last = Markup(""), 0
    for start, end in sorted(spans):
        if start < last or end <= start:
            continue
        out += Markup("{}<mark>{}</mark>").format(text[last:start], text[start:end])
        last = end
    return out + text[last:]


def say(lang: Lang, key: str, **values: object) -> str:
    """One of the pages' words in one language."""
    text = WORDS[key].say(lang)
    return text.format(**values) if values else text


def moment(at: dt.datetime, lang: Lang) -> str:
    """A moment in this machine's zone."""
    here = at.astimezone()
    return f"{say_day(here.date(), lang)} {here:%H:%M}" + (" น." if lang == "th" else "")


def ago(at: dt.datetime, lang: Lang, now: dt.datetime) -> str:
    """How long ago, while that is short; else the moment."""
    minutes = int((now - at).total_seconds() // 60)
    if minutes < 1:
        return say(lang, "ago_now")
    return say(lang, "ago_minutes", n=minutes) if minutes < 60 else moment(at, lang)


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """A page from its template, in the language of whoever asks."""
    lang = lang_of(request)
    who: Person | None = getattr(request.state, "person", None)
    shown = frozenset() if who is None else access.links(who.role, who.sees_protected)
    given = {
        "lang": lang,
        "t": lambda key, **values: say(lang, key, **values),
        "day": lambda value: say_day(value, lang),
        "moment": lambda value: moment(value, lang),
        "person": who,
        "csrf": "" if who is None else who.csrf,
        "menu": [(key, path) for key, path in MENU if key in shown],
        "pages": shown,
        "path": request.url.path,
        "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        "q": "",
        "saved": "",
    }
    html = _environment().get_template(template).render(given | context)
    return HTMLResponse(html, status_code=status)
