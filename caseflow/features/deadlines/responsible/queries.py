"""Queries on the people who may be responsible for the deadlines of cases."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Boolean, Uuid, column, func, literal, select

from caseflow.features.accounts.queries import people_of_section
from caseflow.models import Case, Confidentiality, Deadline, Section
from caseflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class CaseStaff:
    """The people of its section who work on a case now: of a sealed one its owner and those with a grant."""

    owner: UUID | None
    """None if nobody owns it, or its owner no longer works in the section."""
    workers: frozenset[UUID]
    coordinators: tuple[UUID, ...]
    last_resort: tuple[UUID, ...]
    """A coordinator of the section, if it has one, who may not see the case."""

    def responsible_for(self, deadline: Deadline) -> UUID | None:
        """Return who meets a deadline: the person to whom it was given while they work on the case, else its owner."""
        return deadline.given_to_id if deadline.given_to_id in self.workers else self.owner


def staff_of_case(uow: UnitOfWork, case: Case) -> CaseStaff:
    """Return the staff of one case."""
    return staff_of_cases(uow, [case])[case.id]


def staff_of_cases(uow: UnitOfWork, cases: Iterable[Case]) -> dict[UUID, CaseStaff]:
    """Return the staff of cases. One statement, two if some are sealed.

    This uses database functions, because a person with a grant from another section does not see its members, but they
    must be reminded.
    """
    cases = list(cases)
    sections = _staff_of_sections(uow, {case.section_id for case in cases})
    sealed = [case.id for case in cases if case.confidentiality is Confidentiality.SEALED]
    of_sealed = _staff_of_sealed_cases(uow, sealed) if sealed else {}
    found: dict[UUID, CaseStaff] = {}
    for case in cases:
        of_section = sections[case.section_id]
        people = of_sealed.get(case.id, of_section)
        owner = case.owner_id if case.owner_id in of_section else None
        found[case.id] = CaseStaff(owner, frozenset(people), _coordinators(people), _coordinators(of_section)[:1])
    return found


def _coordinators(people: dict[UUID, bool]) -> tuple[UUID, ...]:
    return tuple(sorted(who for who, coordinates in people.items() if coordinates))


def _staff_of_sections(uow: UnitOfWork, section_ids: Collection[UUID]) -> dict[UUID, dict[UUID, bool]]:
    """Return the people who work in sections, and whether they coordinate."""
    staff = func.caseflow_staff(Section.id).table_valued(column("user_id", Uuid), column("is_coordinator", Boolean))
    one = staff.render_derived(name="staff")
    rows = select(Section.id, one.c.user_id, one.c.is_coordinator).join(one, literal(value=True))
    found: dict[UUID, dict[UUID, bool]] = {section_id: {} for section_id in section_ids}
    for section_id, user_id, is_coordinator in uow.session.execute(rows.where(Section.id.in_(section_ids))):
        found[section_id][user_id] = is_coordinator
    return found


def _staff_of_sealed_cases(uow: UnitOfWork, case_ids: Collection[UUID]) -> dict[UUID, dict[UUID, bool]]:
    """Return the people of its section who may see each case, and whether they coordinate."""
    staff = func.caseflow_case_staff(Case.id).table_valued(
        column("user_id", Uuid), column("is_coordinator", Boolean), column("is_owner", Boolean)
    )
    one = staff.render_derived(name="staff")
    rows = select(Case.id, one.c.user_id, one.c.is_coordinator).join(one, literal(value=True))
    found: dict[UUID, dict[UUID, bool]] = {case_id: {} for case_id in case_ids}
    for case_id, user_id, is_coordinator in uow.session.execute(rows.where(Case.id.in_(case_ids))):
        found[case_id][user_id] = is_coordinator
    return found


def workers_by_name(uow: UnitOfWork, case: Case, staff: CaseStaff) -> dict[UUID, str]:
    """Return the names of the people who work on a case, without those whom the acting person may not see."""
    return {user_id: name for user_id, name in people_of_section(uow, case.section_id) if user_id in staff.workers}
