"""Commands for the service of tasks."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDetails:
    """The fields of a task. It is on the whole case, or on one claim, remedy or person.

    `version` is that of the row when the form was drawn; None for a new one.
    """

    version: int | None = None
    title: str
    details: str = ""
    due_on: date | None = None
    given_to_id: UUID | None = None
    """The person responsible; None: whoever owns the case."""
    claim_id: UUID | None = None
    domestic_remedy_id: UUID | None = None
    person_id: UUID | None = None
    steps: tuple[str, ...] = ()
    """The checklist."""
    gap: str = ""
    """The gap of readiness from which it is made; only of a new one."""
