"""That two persons who look as if they were recorded twice are not the same: said with a reason, and taken back."""

from collections.abc import Collection
from uuid import UUID

from caseflow.access import Permission
from caseflow.access.policy import require_in_section, require_on_case
from caseflow.audit import Changes
from caseflow.clock import now
from caseflow.errors import Conflict, Invalid
from caseflow.features.duplicates import queries
from caseflow.features.duplicates.service import Pair
from caseflow.models import CasePerson, PersonDifference
from caseflow.unit_of_work import UnitOfWork


def say_different(uow: UnitOfWork, pair: Pair, reason: str) -> PersonDifference:
    """Record that two persons are not the same, so that they are not suggested again. The history of every case of both keeps it.

    Raises:
        Forbidden: a case of one of them may be seen, but not be changed.
        Invalid: no reason.
        Conflict: somebody said so already.
    """
    if not reason.strip():
        raise Invalid("The reason is missing.", {"reason": "Say why these two are not the same person."})
    both = sorted((pair.kept.person_id, pair.merged.person_id))
    queries.lock_persons(uow, both)
    if queries.differences_between(uow, both):
        raise Conflict("These two are marked as different already.")
    roles = _writable_roles(uow, both)
    found = PersonDifference(
        section_id=pair.kept.section_id,
        first_id=both[0],
        second_id=both[1],
        reason=reason.strip(),
        user_id=uow.person.user_id,
    )
    uow.session.add(found)
    uow.flush()
    _record(uow, found, "person.said_different", roles, {"reason": [None, found.reason]})
    return found


def take_back(uow: UnitOfWork, found: PersonDifference) -> PersonDifference:
    """Take back that two persons are not the same: they may be suggested and merged again.

    Raises:
        Forbidden: a case of one of them may be seen, but not be changed.
    """
    require_in_section(uow.actor, Permission.CASE_EDIT, found.section_id)
    queries.lock_persons(uow, [found.first_id, found.second_id])
    uow.session.refresh(found, ["taken_back_at"])
    if found.taken_back_at is not None:
        return found  # already: pressed twice, or by two people
    holders = queries.holders_of(uow, [found.first_id, found.second_id])
    roles = _writable_roles(uow, set(holders.values()))
    found.taken_back_by_id, found.taken_back_at = uow.person.user_id, now()
    _record(uow, found, "person.different_taken_back", roles)
    return found


def _writable_roles(uow: UnitOfWork, person_ids: Collection[UUID]) -> list[CasePerson]:
    """Return all roles of two persons that are seen.

    Raises:
        Forbidden: a case of one of them may not be changed.
    """
    pairs = [pair for roles in queries.roles_of(uow, person_ids).values() for pair in roles]
    for _role, case in pairs:
        require_on_case(uow.session, uow.actor, Permission.CASE_EDIT, case)
    return [role for role, _case in pairs]


def _record(
    uow: UnitOfWork, found: PersonDifference, action: str, roles: Collection[CasePerson], further: Changes | None = None
) -> None:
    """Record an act in the history of every case of both. No case names another one: not everybody sees both."""
    codes: dict[UUID, list[str]] = {}
    for role in roles:
        codes.setdefault(role.case_id, []).append(role.code_name)
    for case_id, names in sorted(codes.items()):
        said: Changes = {"code_name": [None, ", ".join(sorted(names))]}
        changes = {**said, **(further or {})}
        uow.audit.record(action, found, section_id=found.section_id, case_id=case_id, changes=changes)
