"""Who may decide on the owner of a case."""

from uuid import UUID

from caseflow.access import Permission
from caseflow.access.policy import require_on_case
from caseflow.features.cases.queries import one_case
from caseflow.models import Case, Confidentiality
from caseflow.unit_of_work import UnitOfWork


def assignable_case(uow: UnitOfWork, case_id: UUID) -> Case:
    """Return a case to which the acting person may assign an owner.

    Raises:
        NotFound, Forbidden: the case may not be seen, or the person may not assign it.
    """
    case = one_case(uow, case_id)
    require_on_case(uow.session, uow.actor, Permission.CASE_ASSIGN, case)
    return case


def may_take(uow: UnitOfWork, case: Case) -> bool:
    """Return whether the acting person may make themselves the owner of a case: its owner left, or it has none."""
    is_free = case.owner_id is None or not (case.has_working_owner or case.confidentiality is Confidentiality.SEALED)
    return is_free and uow.person.may(Permission.CASE_EDIT, case.section_id)
