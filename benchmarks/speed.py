"""Pages a minute and memory: ours beside stock Tesseract and OCRmyPDF, in one run, on the same two cores.

  python -m benchmarks.speed               12 office scans of the samples, three rounds, medians
  python -m benchmarks.speed --files 24 --rounds 5 --workers 2

Each row does the whole way from file to record (peers: from file to text), with as many documents at a time
as workers. Machines are shared and noisy: look at the ratios.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.stages import BARE, cpu_seconds, measure
from samples.truth import documents

Run = Callable[[list[Path], int], tuple[float, float]]  # wall and CPU seconds


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = _options(arguments)
    if options.child and options.by_stage:
        print(json.dumps(measure([Path(name) for name in options.child])))
        return
    if options.child:
        _child([Path(name) for name in options.child], options.workers)
        return
    files = [d.path("scan") for d in documents() if d.secrecy is None and d.path("scan").suffix == ".pdf"]
    files = (files * 3)[: options.files]
    pages = sum(_pages(file) for file in files)
    console = Console()
    console.print(
        f"{len(files)} office scans, {pages} pages, {options.workers} workers, {options.rounds} rounds"
    )
    runs: dict[str, Run] = {
        "saraban (file to record)": _ours,
        "tesseract -l tha": _stock,
        "ocrmypdf -l tha --force-ocr": _ocrmypdf,
    }
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
    for _ in range(options.rounds):  # rounds in turn, so that a busy minute hurts all alike
        for name, run in runs.items():
            times[name].append(run(files, options.workers))
    medians = {
        name: [statistics.median(column) for column in zip(*taken, strict=True)]
        for name, taken in times.items()
    }
    base = medians["ocrmypdf -l tha --force-ocr"]
    table = Table("what", "wall s", "CPU s", "pages/min", "CPU s/page", "times ocrmypdf", "by CPU")
    for name, (wall, cpu) in medians.items():
        table.add_row(
            name,
            f"{wall:.1f}",
            f"{cpu:.1f}",
            f"{60 * pages / wall:.0f}",
            f"{cpu / pages:.2f}",
            f"{base[0] / wall:.2f}",
            f"{base[1] / cpu:.2f}",
        )
    console.print(table)
    console.print(
        f"peak memory of one worker of ours (one document at a time, Tesseract apart): {_memory(files):.0f} MB"
    )
    console.print(_by_stage(files))


def _by_stage(files: list[Path]) -> Table:
    """Where our time goes, one document at a time."""
    command = [sys.executable, "-m", "benchmarks.speed", "--by-stage", "--child", *map(str, files)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    taken: dict[str, float] = json.loads(said.splitlines()[-1])
    whole, bare = taken.pop("whole"), taken.get(BARE, 0.0)
    times = f"{whole / bare:.1f} times bare recognition" if bare else ""
    table = Table(
        "stage", "CPU ms a page", "share", title=f"where the time goes: {whole:.2f} s a page, {times}"
    )
    for stage, seconds in sorted(taken.items(), key=lambda one: -one[1]):
        table.add_row(stage, f"{1000 * seconds:.0f}", f"{100 * seconds / whole:.0f} %")
    return table


def _pages(file: Path) -> int:
    from pipeline import pdf

    return pdf.page_count(file)


def _timed(work: Callable[[], None]) -> tuple[float, float]:
    start, before = time.perf_counter(), cpu_seconds()
    work()
    return time.perf_counter() - start, cpu_seconds() - before


def _ours(files: list[Path], workers: int) -> tuple[float, float]:
    """The real stages in one process, documents in threads, as the flow runs them; imports are not counted."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.speed",
        "--workers",
        str(workers),
        "--child",
        *map(str, files),
    ]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    facts = json.loads(said.splitlines()[-1])
    return float(facts["wall"]), float(facts["cpu"])


def _child(files: list[Path], workers: int) -> None:
    import datetime as dt
    from concurrent.futures import ThreadPoolExecutor

    from pipeline import stages
    from pipeline.settings import Settings

    settings = Settings()
    today = dt.date(2026, 1, 1)
    stages.process(files[0], settings, today)  # dictionaries are loaded once a process, not once a letter

    def work() -> None:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(lambda file: stages.process(file, settings, today), files))

    wall, cpu = _timed(work)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    engine = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak, "engine": engine}))


def _memory(files: list[Path]) -> float:
    command = [sys.executable, "-m", "benchmarks.speed", "--workers", "1", "--child", *map(str, files[:4])]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(json.loads(said.splitlines()[-1])["peak"])


def _stock(files: list[Path], workers: int) -> tuple[float, float]:
    """Rendering at 300 dpi and one Tesseract process a page."""
    from concurrent.futures import ThreadPoolExecutor

    from pipeline.settings import Settings

    def one(file: Path) -> None:
        script = (
            "import sys,os;os.environ['OMP_THREAD_LIMIT']='1';from pathlib import Path;"
            "from benchmarks.readers import _pictures;"
            "import pytesseract;[pytesseract.image_to_data(p,lang='tha') for p in _pictures(Path(sys.argv[1]))]"
        )
        subprocess.run([sys.executable, "-c", script, str(file)], check=True)

    Settings()

    def work() -> None:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(one, files))

    return _timed(work)


def _ocrmypdf(files: list[Path], workers: int) -> tuple[float, float]:
    """All files as one PDF, so that its own workers share the pages."""
    import pikepdf

    from benchmarks.readers import run_ocrmypdf

    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "all.pdf"
        with pikepdf.new() as joined:
            for file in files:
                with pikepdf.open(file) as source:
                    joined.pages.extend(source.pages)
            joined.save(whole)
        return _timed(lambda: run_ocrmypdf(whole, Path(folder) / "out.pdf", "--jobs", str(workers)))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=12, help="how many scans")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is run")
    parser.add_argument("--workers", type=int, default=2, help="documents at a time")
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    parser.add_argument("--by-stage", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
