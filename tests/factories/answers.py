"""Stored answers of the law engine."""

from datetime import date, timedelta

from sqlalchemy import select

from caseflow.access import PersonActor
from caseflow.models import Assessment, Case
from caseflow.unit_of_work import Units


def answers_seen(units: Units, by: PersonActor, case: Case) -> list[Assessment]:
    """Return the stored answers of a case, the oldest first."""
    in_order = select(Assessment).where(Assessment.case_id == case.id).order_by(Assessment.made_at)
    with units.begin(by) as uow:
        return list(uow.session.scalars(in_order))


def age_answers(units: Units, by: PersonActor, *cases: Case, days: int = 1) -> date:
    """Make the current answers of cases `days` older; return the day of their last confirmation."""
    with units.begin(by) as uow:
        ids = [case.id for case in cases]
        for row in uow.session.scalars(select(Assessment).where(Assessment.case_id.in_(ids), Assessment.is_current)):
            row.confirmed_on -= timedelta(days=days)
    return row.confirmed_on
