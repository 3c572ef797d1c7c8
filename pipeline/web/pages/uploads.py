"""Files handed over in the browser: dragged, sent with progress, read one after the other."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile

from pipeline.web.gate import Refusal, house, person
from pipeline.web.queue import Job, Queue
from pipeline.web.render import page

router = APIRouter(include_in_schema=False)
_MOST_FILES = 50
_BLOCK_BYTES = 1 << 20


@router.get("/upload")
def form(request: Request) -> Response:
    """The place to drop files."""
    home = house(request)
    jobs = home.queue.jobs(person(request).name)
    return page(request, "upload.html", jobs=jobs, megabytes=home.settings.max_bytes // 1_000_000)


@router.get("/upload/jobs")
def jobs(request: Request) -> Response:
    """What became of the files of this person; asked for every two seconds while something waits."""
    return page(request, "upload_jobs.html", jobs=house(request).queue.jobs(person(request).name))


@router.post("/upload")
async def upload(request: Request) -> Response:
    """Take files in. They are written down first, then read; the answer does not wait for that."""
    home, who = house(request), person(request)
    given = await request.form(max_files=_MOST_FILES, max_fields=10)
    files = [one for one in given.getlist("files") if isinstance(one, UploadFile) and one.filename]
    if any((one.size or 0) > home.settings.max_bytes for one in files):
        raise Refusal(413, "too_large")
    for one in files:
        job = await run_in_threadpool(take, home.queue, one, who.name)
        home.store.log("upload", who.name, detail={"job": job.id})
    if request.headers.get("hx-request"):
        return await run_in_threadpool(jobs, request)
    return RedirectResponse("/upload", status_code=303)


def take(queue: Queue, file: UploadFile, who: str) -> Job:
    """Write one sent file down whole, and have it read."""
    path = queue.new_file(file.filename or "")
    try:
        with path.open("xb") as out:
            path.chmod(0o600)
            while block := file.file.read(_BLOCK_BYTES):
                out.write(block)
    except BaseException:
        queue.drop(path)
        raise
    return queue.add(path, who)
