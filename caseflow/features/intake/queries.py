"""Queries of intake: which cases may be the one that is about to be recorded. Row security decides which are seen at all."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from caseflow.features.cases.commands import CaseFilters, Window
from caseflow.features.cases.lists.queries import case_list
from caseflow.features.intake.commands import Asked
from caseflow.law.dates import UncertainDate
from caseflow.models import Case, CasePerson
from caseflow.unit_of_work import UnitOfWork

LATEST = 50
"""Of the cases on the same right so many are compared by their day, those opened last: most cases are reported twice soon after."""
OF_PLACE = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that may be the same."""

    id: UUID
    reference: str
    title: str
    state_code: str
    rights: list[str]
    region: str
    district: str
    happened: UncertainDate | None
    names_place: bool
    """Whether its text has the words of the place that is searched for."""


def candidates(uow: UnitOfWork, asked: Asked) -> list[Candidate]:
    """Return visible cases whose text names the place, and the latest on the right, in the State if one is given: seven statements."""
    found: dict[UUID, bool] = {}
    if asked.right or asked.state_code:
        filters = CaseFilters(state=asked.state_code, right=asked.right)
        found |= dict.fromkeys(_ids(uow, filters, LATEST), False)
    if asked.place:
        filters = CaseFilters(state=asked.state_code, text=asked.place)
        found |= dict.fromkeys(_ids(uow, filters, OF_PLACE), True)
    columns = (Case.id, Case.reference, Case.title, Case.state_code, Case.rights)
    places = (Case.place_region, Case.place_district, Case.happened)
    rows = uow.session.execute(select(*columns, *places).where(Case.id.in_(found)).order_by(Case.opened_on.desc()))
    return [Candidate(*row, names_place=found[row.id]) for row in rows]


def known_person(uow: UnitOfWork, case_person_id: UUID) -> CasePerson | None:
    """Return a person by a role in a visible case, with that case; None if there is none that may be seen."""
    found = select(CasePerson).where(CasePerson.id == case_person_id).options(joinedload(CasePerson.person))
    return uow.session.scalar(found)


def _ids(uow: UnitOfWork, filters: CaseFilters, most: int) -> list[UUID]:
    return [case.id for case in case_list(uow, filters, Window(size=most, count_up_to=most)).cases]
