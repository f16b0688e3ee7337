"""The notes of the demo cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from caseflow.access import PersonActor
from caseflow.demo.evidence import UNFINISHED
from caseflow.demo.plan import Noted
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.evidence.queries import evidence_of_case
from caseflow.features.notes.commands import NoteDetails
from caseflow.features.notes.service import add_note, amend_note
from caseflow.models import NoteKind
from caseflow.unit_of_work import UnitOfWork, Units


@dataclass(frozen=True, slots=True)
class OnEvidence:
    """A note that somebody wrote on the piece of evidence with a number of the case, for a colleague."""

    number: int
    by: str
    to: str
    kind: str
    text: str


ON_EVIDENCE: Final = (
    OnEvidence(
        1,
        "marcos",
        "lucia",
        "advice",
        "Page 7 says that the court knew of the children and still did not ask social services. Cite it for proportionality.",
    ),
    OnEvidence(
        4,
        "lucia",
        "carmen",
        "internal",
        "V1 allows us to use the report, but not to name the health centre. Is the redacted copy enough for the State?",
    ),
)


def add_planned_note(uow: UnitOfWork, case: EditableCase, plan: Noted, people: Mapping[str, UUID], on: date) -> None:
    """Add a note, and its amendment where there is one."""
    held_on, person_id = on - timedelta(days=plan.days_ago), people[plan.about] if plan.about else None
    details = NoteDetails(kind=NoteKind(plan.kind), text=plan.text, held_on=held_on, person_id=person_id)
    note = add_note(uow, case, details)
    uow.flush()
    if plan.amendment:
        amend_note(uow, case, note, plan.amendment)
        uow.flush()


def add_notes_on_evidence(units: Units, people: Mapping[str, PersonActor], case_ids: Mapping[str, UUID]) -> None:
    """Add the notes on evidence of one case, each for a colleague, who finds it on "My work"."""
    for plan in ON_EVIDENCE:
        with units.begin(people[plan.by]) as uow:
            case = editable_case(uow, case_ids[UNFINISHED])
            one = next(one for one in evidence_of_case(uow, case) if one.number == plan.number)
            details = NoteDetails(kind=NoteKind(plan.kind), text=plan.text, evidence_id=one.id)
            add_note(uow, case, details, [people[plan.to].user_id])
