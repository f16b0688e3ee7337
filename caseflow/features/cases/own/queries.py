"""The query of "My cases". Row security decides which cases are visible."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Uuid, any_, bindparam, cast, func, select, true
from sqlalchemy.dialects.postgresql import ARRAY

from caseflow.models import ENDED_STAGES, AuditEntry, Case, Section, Stage, Urgency
from caseflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class OwnCase:
    """An open case of the acting person. `active_at` is when somebody last changed it."""

    case_id: UUID
    reference: str
    title: str
    stage: Stage
    urgency: Urgency
    opened_on: date
    zone: str
    active_at: datetime | None


_OWN_SECTIONS = cast(select(func.caseflow_case_sections()).scalar_subquery(), ARRAY(Uuid))
_LAST_ACT = (
    select(AuditEntry.at)
    .where(AuditEntry.case_id == Case.id, AuditEntry.actor_id.is_not(None))
    .order_by(AuditEntry.at.desc())
    .limit(1)
    .lateral()
)
_OWN_CASES = (
    select(
        Case.id, Case.reference, Case.title, Case.stage, Case.urgency, Case.opened_on, Section.time_zone, _LAST_ACT.c.at
    )
    .join(Section, Section.id == Case.section_id)
    .outerjoin(_LAST_ACT, true())
    .where(Case.section_id == any_(_OWN_SECTIONS), Case.owner_id == bindparam("person"))
    .where(Case.stage.not_in(ENDED_STAGES))
    .order_by(_LAST_ACT.c.at.desc().nulls_last(), Case.opened_on.desc(), Case.id)
    .limit(bindparam("size"))
)


def own_cases(uow: UnitOfWork, size: int) -> list[OwnCase]:
    """Return the open cases that the acting person owns, the one that was changed last first. One statement."""
    rows = uow.session.execute(_OWN_CASES, {"person": uow.person.user_id, "size": size})
    return [OwnCase(*row) for row in rows]
