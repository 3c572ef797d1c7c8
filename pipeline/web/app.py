"""The application: pages and API behind one gate."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from parsers.segment import repaired
from pipeline.errors import BadInputError, PipelineError
from pipeline.experience import seasoned
from pipeline.settings import Settings
from pipeline.store import open_store
from pipeline.web import access
from pipeline.web.api import problems, routes
from pipeline.web.gate import API, House, Refusal, authorize, lang_of
from pipeline.web.pages import ROUTERS
from pipeline.web.queue import Queue
from pipeline.web.render import page, say
from pipeline.web.security import HEADERS, Shield, TooLargeError

_STATIC = Path(__file__).parent / "static"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
LOOPBACK = frozenset(("localhost", "127.0.0.1", "[::1]"))
_TURN_S = 0.0005
"""How long one thread may hold up the others: a request goes to and fro between threads several times."""
_ROUTERS = (*ROUTERS, routes.router)


def create_app(
    settings: Settings, *, hosts: frozenset[str] | None = LOOPBACK, queue: Queue | None = None
) -> FastAPI:
    """The application for one house. `hosts`: names under which it may be asked for; None: any."""
    settings = seasoned(settings)
    queue = queue or Queue(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        sys.setswitchinterval(_TURN_S)
        threading.Thread(target=settle, daemon=True).start()
        queue.resume()
        yield
        queue.close()

    app = FastAPI(
        title="Saraban",
        version="1",
        lifespan=lifespan,
        docs_url=None,  # the viewer would ask another site for its scripts
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(authorize)],
    )
    app.state.house = House(settings, open_store(settings), queue)
    app.add_api_route("/static/{name}", static, include_in_schema=False)
    app.add_api_route("/healthz", healthz, include_in_schema=False)
    for router in _ROUTERS:
        app.include_router(router)
    _handle_errors(app)
    _check_table(app)
    app.add_middleware(Shield, hosts=hosts, upload_bytes=settings.max_bytes + 1_000_000)
    return app


def every_route(app: FastAPI) -> set[tuple[str, str]]:
    """Method and path of everything that the application answers."""
    routes_ = [*app.routes, *(route for router in _ROUTERS for route in router.routes)]
    return {
        (method, str(getattr(route, "path", "")))
        for route in routes_
        for method in getattr(route, "methods", None) or ()
        if method != "HEAD"
    }


def _check_table(app: FastAPI) -> None:
    """Refuse to start with a route that the access table does not know, or a row without a route."""
    table = {(right.method, right.path) for right in access.MATRIX}
    odd = every_route(app) ^ table
    if odd:
        raise RuntimeError(f"Routes and access table differ: {sorted(odd)}")


@cache
def settle() -> None:
    """Load the dictionary before somebody searches, and have what stays for good left out of looking for garbage.

    That look took an eighth of a second, again and again, and no page was answered meanwhile.
    """
    repaired("ประขุม")
    gc.collect()
    gc.freeze()


async def static(name: str) -> Response:
    """A file of ours: style, scripts. Only names that lie in the folder itself."""
    known = {path.name: path for path in _STATIC.iterdir() if path.suffix in _TYPES}
    if name not in known:
        raise Refusal(404, "not_found")
    return FileResponse(
        known[name], media_type=_TYPES[known[name].suffix], headers={"cache-control": "no-cache"}
    )


async def healthz() -> Response:
    """Whether the process answers; tells nothing else."""
    return PlainTextResponse("ok")


def _handle_errors(app: FastAPI) -> None:
    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refusal)
        return _answer(request, error.status, error.key, **error.values)

    async def http(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        keys = {404: "not_found", 405: "no_method", 400: "unfit"}
        answer = _answer(request, status, keys.get(status, "trouble"))
        if isinstance(error, HTTPException):  # of 405: what can be done
            answer.headers.update(error.headers or {})
        return answer

    async def unfit(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        if request.url.path.startswith(API):
            return problems.invalid(error)
        in_path = any(each["loc"][0] == "path" for each in error.errors())
        return _answer(request, 404 if in_path else 422, "not_found" if in_path else "unfit")

    async def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, PipelineError)
        return _ours(request, error)

    async def too_large(request: Request, _: Exception) -> Response:
        return _answer(request, 413, "too_large")

    async def any_other(request: Request, _: Exception) -> Response:
        answer = _answer(request, 500, "trouble")
        answer.headers.update(HEADERS)  # this one is given outside of the shield
        return answer

    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, unfit)
    app.add_exception_handler(PipelineError, ours)
    app.add_exception_handler(TooLargeError, too_large)
    app.add_exception_handler(Exception, any_other)


def _ours(request: Request, error: PipelineError) -> Response:
    """One of our own errors: the file's or the asker's fault, or the machine's."""
    status, code, said = 503, "tool.failed", say(lang_of(request), "trouble")
    if isinstance(error, BadInputError):
        status, code = 404 if error.code == "id.unknown" else 422, error.code
        said = error.message if lang_of(request) == "th" else error.message_en
    if request.url.path.startswith(API):
        return problems.problem(status, code, str(error))
    return page(request, "message.html", status=status, message=said)


def _answer(request: Request, status: int, key: str, **values: object) -> Response:
    """A refusal as whoever asked can take it: a problem, a redirect to the login page, or a page of words."""
    lang = lang_of(request)
    if request.url.path.startswith(API):
        answer = problems.problem(status, key, say("en", key, **values))
        if status == 401:
            answer.headers["www-authenticate"] = "Bearer"
        return answer
    if status == 401:
        if request.headers.get("hx-request"):
            return Response(status_code=401, headers={"hx-redirect": "/login"})
        if request.method == "GET":
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"/login?to={quote(request.url.path + query)}", status_code=303)
    return page(request, "message.html", status=status, message=say(lang, key, **values))
