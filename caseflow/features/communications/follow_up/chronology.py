"""The follow-up of the Views, for the chronology."""

from collections.abc import Sequence

from caseflow.features.communications.follow_up.queries import steps_of_case
from caseflow.law.dates import UncertainDate
from caseflow.models import Case
from caseflow.sources import DatedEntry, Term
from caseflow.unit_of_work import UnitOfWork


def chronology(uow: UnitOfWork, case: Case) -> Sequence[DatedEntry]:
    """Return the days of the follow-up: one statement, none before filing."""
    if case.is_before_filing:
        return []
    return [
        DatedEntry(
            on=UncertainDate.of(step.on_day),
            kind="follow_up",
            what=f"follow_up.{step.kind.value}",
            subject=_said(step.grade, "follow_up_grade") or _said(step.closed_because, "closure_reason"),
            endpoint="follow_up.show",
            values={"recommendation_id": step.recommendation_id},
        )
        for step in steps_of_case(uow, case)
    ]


def _said(code: str | None, vocabulary: str) -> str | Term:
    return (vocabulary, code) if code else ""
