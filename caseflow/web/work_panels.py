"""What features above deadlines show in "my work": each brings its block, `app.py` says which."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import current_app

from caseflow.unit_of_work import UnitOfWork

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WorkPanel:
    """One block of "my work": its data for the acting person, and its template."""

    name: str
    build: Callable[[UnitOfWork], Data]
    template: str


def build_work(uow: UnitOfWork) -> tuple[dict[str, Data], list[str]]:
    """Return the data of all blocks by name, and their templates."""
    parts = cast("Sequence[WorkPanel]", current_app.extensions["caseflow.work_panels"])
    return {part.name: part.build(uow) for part in parts}, [part.template for part in parts]
