"""Make the sample documents.

  python samples/make.py               the clerk's folder, samples/inbox, and truth that is missing
  python samples/make.py --all         every document in all four qualities too, under samples/pages
  python samples/make.py --only NAME   only documents of this name (may be given again)
  python samples/make.py --force       make again what is there
  python samples/make.py --all --clean pages at 300 dpi that nothing has worn as well, for benchmarks
  python samples/make.py --count 40 --seed 7 --out DIR
                                       40 further letters drawn at random, for benchmarks

What is there already is left alone. The same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any

if __package__ in (None, ""):  # run as a file: let `samples` be found, and nothing inside it by mistake
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from pipeline.errors import PipelineError
from samples import inbox as clerk
from samples.build import make_all, make_file, truth_of, whole
from samples.content import MEASURED, QUALITIES, Quality, Sample
from samples.heldout import heldout
from samples.letters import SAMPLES
from samples.truth import HERE, INBOX, as_json

Job = tuple[Callable[..., None], tuple[Any, ...]]


def make_inbox_file(sample: Sample) -> None:
    """Write a document's file in the clerk's folder."""
    if sample.inbox is not None:
        name, quality = sample.inbox
        with whole(INBOX / name) as path:
            make_file(sample, quality, path)


def make_truth(sample: Sample, folder: Path) -> None:
    """Write a document's truth."""
    with whole(folder / "truth" / f"{sample.name}.json") as path:
        path.write_text(as_json(truth_of(sample)), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except PipelineError as error:
        print(f"samples: {error}", file=sys.stderr)
        return error.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="samples/make.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--all", action="store_true", help="all documents in all qualities, not the inbox alone"
    )
    parser.add_argument(
        "--only", metavar="NAME", action="append", help="only this document; implies --all for it"
    )
    parser.add_argument("--force", action="store_true", help="make again what is there")
    parser.add_argument("--clean", action="store_true", help="unworn pages at 300 dpi as well")
    parser.add_argument("--count", type=int, default=0, help="make this many random letters instead")
    parser.add_argument("--seed", type=int, default=7, help="seed of the random letters (default 7)")
    parser.add_argument("--out", type=Path, help="folder of the random letters")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="processes (default: all cores)"
    )
    return parser


def _run(options: argparse.Namespace) -> int:
    if options.count:
        if options.out is None:
            print("samples: --count needs --out DIR, the folder to write to.", file=sys.stderr)
            return 2
        chosen, folder = heldout(options.count, options.seed), options.out
    else:
        chosen, folder = _chosen(options.only), HERE
    if not chosen:
        names = ", ".join(sample.name for sample in SAMPLES)
        print(f"samples: no document of this name. There are: {names}", file=sys.stderr)
        return 2
    if not options.count:
        jobs = [(make_inbox_file, (s,)) for s in chosen if _wanted(s, options.force)]
        _do(jobs, options.workers, "inbox")
        extras = 0 if options.only else clerk.make_extras(INBOX, options.force)
        _tell(len(jobs) + extras, "inbox", "file")
    truths = [s for s in chosen if options.force or not (folder / "truth" / f"{s.name}.json").exists()]
    _do([(make_truth, (s, folder)) for s in truths], options.workers, "truth")
    _tell(len(truths), "truth", "file")
    if options.all or options.only or options.count:
        pages = _page_jobs(chosen, folder, MEASURED if options.clean else QUALITIES, options.force)
        _do(pages, options.workers, "pages")
        _tell(len(pages), "pages", "document")
    return 0


def _chosen(names: list[str] | None) -> tuple[Sample, ...]:
    return tuple(sample for sample in SAMPLES if not names or sample.name in names)


def _wanted(sample: Sample, force: bool) -> bool:
    return sample.inbox is not None and (force or not (INBOX / sample.inbox[0]).exists())


def _page_jobs(
    chosen: Sequence[Sample], folder: Path, qualities: Sequence[Quality], force: bool
) -> list[Job]:
    return [
        (make_all, (sample, folder, quality))
        for sample in chosen
        for quality in qualities
        if force or not (folder / "pages" / quality / sample.file(quality)).exists()
    ]


def _do(jobs: Sequence[Job], workers: int, what: str) -> None:
    """Run jobs side by side, with a count on the terminal."""
    if not jobs:
        return
    with ProcessPoolExecutor(max_workers=min(workers, len(jobs))) as pool:
        waiting = [pool.submit(function, *given) for function, given in jobs]
        for done, finished in enumerate(as_completed(waiting), 1):
            finished.result()
            if sys.stderr.isatty():
                print(f"\rsamples: {what} {done}/{len(jobs)}", end="", file=sys.stderr)
    if sys.stderr.isatty():
        print(file=sys.stderr)


def _tell(count: int, what: str, one: str) -> None:
    if count:
        print(f"samples: {what}: {count} {one}{'' if count == 1 else 's'} made")


if __name__ == "__main__":
    sys.exit(main())
