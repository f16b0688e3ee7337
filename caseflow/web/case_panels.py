"""The case page is put together from parts: each feature brings what it knows of a case, `app.py` says which.

So the page can show remedies, readiness and deadlines though the feature that owns the page stands below them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import current_app

from caseflow.models import Case
from caseflow.unit_of_work import UnitOfWork

Data = Mapping[str, Any]
Build = Callable[[UnitOfWork, Case, Mapping[str, Data]], Data]
"""Takes the case and what the parts before it found; gives what the part's templates show."""


@dataclass(frozen=True, slots=True)
class CasePanel:
    """What one feature shows on the case page: its data, and its templates by their place on the page (ux.md)."""

    name: str
    build: Build
    templates: Mapping[int, str]


def build_parts(uow: UnitOfWork, case: Case, *, may_edit: bool) -> tuple[dict[str, Data], list[str]]:
    """Return the data of all parts by name (`page` is the page's own), and their templates in the order of the page."""
    parts = cast("Sequence[CasePanel]", current_app.extensions["caseflow.case_panels"])
    found: dict[str, Data] = {"page": {"may_edit": may_edit}}
    for part in parts:
        found[part.name] = part.build(uow, case, found)
    places = sorted(place for part in parts for place in part.templates.items())
    return found, [template for _, template in places]
