"""Link two cases, and take a link back.

The histories of cases do not name links: many read the history of one case who may not know of the other. The link itself keeps who made
it, when and why, and who took it back; the trail of each section records the act without a case.
"""

from caseflow.access import Permission
from caseflow.access.policy import may_on_case
from caseflow.clock import now
from caseflow.errors import Conflict, Forbidden, Invalid
from caseflow.features.cases.links import queries
from caseflow.features.cases.links.commands import NewLink, Relation
from caseflow.features.cases.queries import lock_case
from caseflow.features.cases.service import EditableCase
from caseflow.models import Case, CaseLink, LinkKind
from caseflow.unit_of_work import UnitOfWork

_KINDS = {Relation.LEADS: LinkKind.LEAD, Relation.FOLLOWS: LinkKind.LEAD}


def link_cases(uow: UnitOfWork, case: EditableCase, new: NewLink) -> CaseLink:
    """Link a case with another one that the person sees.

    Raises:
        Invalid: no reason, no such case, the same case, or they are linked in this way already.
    """
    other = queries.visible_by_reference(uow, new.reference)
    kind = _KINDS.get(new.relation) or LinkKind(new.relation.value)
    problems: dict[str, str] = {}
    for locked in sorted(
        {case.id} | ({other.id} if other else set())
    ):  # in one order, so that two people do not wait for each other
        lock_case(uow, locked)
    if other is None:
        problems["reference"] = "You see no case with this reference. Check it, for example ES-2026-0012."
    elif other.id == case.id:
        problems["reference"] = "This is the case itself. Enter the reference of another one."
    elif queries.is_linked(uow, (case.id, other.id), kind):
        problems["relation"] = "These two cases are linked in this way already."
    if not new.reason.strip():
        problems["reason"] = "Say why these cases belong together."
    if problems or other is None:
        raise Invalid("The cases were not linked.", problems)
    first, second = (case, other) if new.relation is Relation.LEADS else (other, case)
    if kind is not LinkKind.LEAD:
        first, second = sorted((case, other), key=lambda one: one.id)
    link = CaseLink(
        first_id=first.id, second_id=second.id, kind=kind, reason=new.reason.strip(), linked_by_id=uow.person.user_id
    )
    uow.session.add(link)
    uow.flush()
    _record(uow, "case_link.added", link, (case, other))
    return link


def remove_link(uow: UnitOfWork, link: CaseLink, reason: str) -> CaseLink:
    """Take a link back, with a reason. Who sees both cases still reads that there was one.

    Raises:
        Forbidden: the person may change neither case.
        Invalid: no reason.
        Conflict: somebody took it back meanwhile.
    """
    sides = (link.first, link.second)
    if not any(may_on_case(uow.session, uow.actor, Permission.CASE_EDIT, one) for one in sides):
        raise Forbidden("You can see these cases, but you cannot change them. Ask the coordinator of their section.")
    if not reason.strip():
        raise Invalid("The link was not removed.", {"reason": "Say why the link is removed."})
    uow.session.refresh(link, ["removed_at"])
    if link.removed_at is not None:
        raise Conflict("This link was removed already.")
    link.removed_by_id, link.removed_at, link.removal_reason = uow.person.user_id, now(), reason.strip()
    _record(uow, "case_link.removed", link, sides)
    return link


def _record(uow: UnitOfWork, action: str, link: CaseLink, sides: tuple[Case, Case]) -> None:
    """Record an act in the trail of the section of each case in which the person works."""
    own = {member.section_id for member in uow.person.memberships}
    for section_id in dict.fromkeys(one.section_id for one in sides):
        if section_id in own:
            uow.audit.record(action, link, section_id=section_id, changes={})
