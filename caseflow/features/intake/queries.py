"""Queries of intake: which cases may be the one that is about to be recorded. Row security decides which are seen at all."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from caseflow.features.cases.commands import CaseFilters, Window
from caseflow.features.cases.lists.queries import case_list
from caseflow.features.intake.commands import Asked
from caseflow.models import CasePerson
from caseflow.unit_of_work import UnitOfWork

LATEST = 50
"""Of the cases on the same right so many are compared by their day, those opened last: most cases are reported twice soon after."""
OF_PLACE = 20


def candidates(uow: UnitOfWork, asked: Asked) -> dict[UUID, bool]:
    """Return visible cases whose text names the place, and the latest on the right, in the State if one is given: six statements.

    Each with whether its text has the words of the place. Those at the place or about the time are found by `duplicates`.
    """
    found: dict[UUID, bool] = {}
    if asked.right or asked.state_code:
        filters = CaseFilters(state=asked.state_code, right=asked.right)
        found |= dict.fromkeys(_ids(uow, filters, LATEST), False)
    if asked.place:
        filters = CaseFilters(state=asked.state_code, text=asked.place)
        found |= dict.fromkeys(_ids(uow, filters, OF_PLACE), True)
    return found


def known_person(uow: UnitOfWork, case_person_id: UUID) -> CasePerson | None:
    """Return a person by a role in a visible case, with that case; None if there is none that may be seen."""
    found = select(CasePerson).where(CasePerson.id == case_person_id).options(joinedload(CasePerson.person))
    return uow.session.scalar(found)


def _ids(uow: UnitOfWork, filters: CaseFilters, most: int) -> list[UUID]:
    return [case.id for case in case_list(uow, filters, Window(size=most, count_up_to=most)).cases]
