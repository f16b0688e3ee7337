"""Whether an actor may act on a case. The database hides rows; a visible case may still be read-only."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.access.actor import Actor, PersonActor
from caseflow.access.permissions import Permission
from caseflow.clock import today
from caseflow.errors import Forbidden
from caseflow.models import Case, CaseGrant, GrantLevel


def may_on_case(session: Session, actor: Actor, permission: Permission, case: Case) -> bool:
    """Return whether the actor has the permission for a visible case: by a role in its section, or by a grant to write."""
    if not isinstance(actor, PersonActor):
        return False
    if actor.may(permission, case.section_id):
        return True
    if permission is Permission.CASE_READ:
        return True
    return permission in {Permission.CASE_EDIT, Permission.DEADLINE_EDIT} and _granted_to_write(session, actor, case.id)


def _granted_to_write(session: Session, actor: PersonActor, case_id: UUID) -> bool:
    sections = [member.section_id for member in actor.sections_for(Permission.CASE_EDIT)]
    grant = select(CaseGrant.id).where(
        CaseGrant.case_id == case_id,
        CaseGrant.level == GrantLevel.WRITE,
        (CaseGrant.ends_on.is_(None)) | (CaseGrant.ends_on >= today("UTC")),
        (CaseGrant.section_id.in_(sections)) | (CaseGrant.user_id == actor.user_id),
    )
    return bool(sections) and session.scalar(grant.limit(1)) is not None


def require_on_case(session: Session, actor: Actor, permission: Permission, case: Case) -> None:
    """Check that the actor has the permission for this case.

    Raises:
        Forbidden: the sentence says who can help.
    """
    if not may_on_case(session, actor, permission, case):
        raise Forbidden("You can see this case, but you cannot make this change. Ask the coordinator of its section.")


def require_in_section(actor: Actor, permission: Permission, section_id: UUID) -> None:
    """Check that the actor's roles have the permission in a section.

    Raises:
        Forbidden: the sentence says who can help.
    """
    if not (isinstance(actor, PersonActor) and actor.may(permission, section_id)):
        raise Forbidden("Your role in this section does not allow this. Ask the section's coordinator.")
