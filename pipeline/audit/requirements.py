"""All requirements, registered by importing the modules that hold them, in the order in which they are told."""

from __future__ import annotations

from pipeline.audit import on_entrant, on_files, on_form, repeats
from pipeline.audit.registry import REQUIREMENTS, Requirement

FAMILIES = (on_files, on_form, on_entrant, repeats)
ORDER = (
    "file_name", "file_type", "fields", "acceptance", "signature", "seal", "date",
    "eligible", "in_use", "on_time", "new_work", "not_copied", "works_per_agency", "presentation",
)  # fmt: skip


def in_order() -> tuple[Requirement, ...]:
    """All requirements as they are told; one that has no place in the order comes last."""
    return tuple(
        sorted(REQUIREMENTS.values(), key=lambda one: ORDER.index(one.id) if one.id in ORDER else len(ORDER))
    )
