"""The contest audit as a Prefect flow: wiring only; the work is done by `pipeline.audit`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.audit import report
from pipeline.audit.conditions import Conditions
from pipeline.audit.folder import read_manifest
from pipeline.audit.run import Task, audit, learn_form
from pipeline.audit.winners import read_winners
from pipeline.settings import Settings
from schemas.audit import Audit

Sources = tuple[Path | None, tuple[Path, ...], Path | None]  # blank form, winners, manifest
Tell = Callable[[int, int], None]


def run_audit(
    folder: Path,
    conditions: Conditions,
    sources: Sources,
    out: Path,
    settings: Settings,
    tell: Tell | None = None,
) -> tuple[Audit, dict[str, Path]]:
    """Audit a folder and write the report; the audit, and the report's files by what they are."""
    blank, winners, manifest = sources
    former = read_winners(winners, settings) if winners else None
    arrivals = read_manifest(manifest) if manifest else None
    task = Task(folder, out, conditions, settings, learn_form(blank, conditions, settings))
    made = audit(task, former, arrivals, tell)
    return made, report.write(made, conditions, out)


def flow_audit(
    folder: Path, conditions: Conditions, sources: Sources, out: Path, settings: Settings
) -> dict[str, Path]:
    """The same as a Prefect flow run, for schedules and deployments: one task, whose workers are processes."""
    from flows._prefect import server  # before Prefect: it sets Prefect up  # isort: skip

    from prefect import flow, task
    from prefect.cache_policies import NO_CACHE

    work = task(name="audit-folder", cache_policy=NO_CACHE, persist_result=False)(run_audit)

    @flow(name="audit-contest", persist_result=False, validate_parameters=False)
    def contest(where: Path, target: Path) -> dict[str, Path]:
        """Audit a contest's folder and write its report."""
        _, paths = work(where, conditions, sources, target, settings)
        return paths

    with server(settings):
        made: dict[str, Path] = contest(folder, out)
    return made
