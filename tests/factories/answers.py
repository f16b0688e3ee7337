"""Stored answers of the law engine, and nights that pass."""

from datetime import date, timedelta

from sqlalchemy import select

from caseflow.access import PersonActor
from caseflow.models import Assessment, Case
from caseflow.unit_of_work import Units


def answers_seen(units: Units, by: PersonActor, case: Case) -> list[Assessment]:
    """Return the answers kept of a case that somebody may see, the first one first."""
    in_order = select(Assessment).where(Assessment.case_id == case.id).order_by(Assessment.made_at)
    with units.begin(by) as uow:
        return list(uow.session.scalars(in_order))


def night_falls(units: Units, by: PersonActor, *cases: Case, nights: int = 1) -> date:
    """Let the current answers of cases be so many days old; return the day on which they were then found."""
    with units.begin(by) as uow:
        ids = [case.id for case in cases]
        for row in uow.session.scalars(select(Assessment).where(Assessment.case_id.in_(ids), Assessment.is_current)):
            row.confirmed_on -= timedelta(days=nights)
    return row.confirmed_on
