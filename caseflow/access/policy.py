"""May this actor do this to that case? Rows are hidden by the database; what is visible may still not be changed."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.access.actor import Actor, PersonActor
from caseflow.access.permissions import Permission
from caseflow.clock import today
from caseflow.errors import Forbidden
from caseflow.models import Case, CaseGrant, GrantLevel


def may_on_case(session: Session, actor: Actor, permission: Permission, case: Case) -> bool:
    """Tell whether the actor may do this to a visible case: by a role in its section, or by a grant to write."""
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
        (CaseGrant.ends_on.is_(None)) | (CaseGrant.ends_on >= today()),
        (CaseGrant.section_id.in_(sections)) | (CaseGrant.user_id == actor.user_id),
    )
    return bool(sections) and session.scalar(grant.limit(1)) is not None


def require_on_case(session: Session, actor: Actor, permission: Permission, case: Case) -> None:
    """Refuse what the actor may not do to this case.

    Raises:
        Forbidden: with a sentence that says whom to ask.
    """
    if not may_on_case(session, actor, permission, case):
        raise Forbidden("You can see this case, but you cannot make this change. Ask the coordinator of its section.")


def require_in_section(actor: Actor, permission: Permission, section_id: UUID) -> None:
    """Refuse what the actor's roles don't allow in a section.

    Raises:
        Forbidden: with a sentence that says whom to ask.
    """
    if not (isinstance(actor, PersonActor) and actor.may(permission, section_id)):
        raise Forbidden("Your role in this section does not allow this. Ask the section's coordinator.")
