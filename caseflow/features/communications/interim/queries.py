"""Queries on requests for interim measures, the act that is threatened, and breaches. Row security decides what is visible."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from caseflow.features.communications.queries import letters_of_cases
from caseflow.models import Act, Case, Deadline, DeadlineKind, InterimBreach, InterimRequest, Letter, User
from caseflow.unit_of_work import UnitOfWork

_OF_CASE = (
    select(InterimRequest)
    .where(InterimRequest.case_id == bindparam("case_id"))
    .options(
        joinedload(InterimRequest.signed_by).undefer(User.shown_name),
        joinedload(InterimRequest.sent_by).undefer(User.shown_name),
    )
    .order_by(InterimRequest.number.desc())
)


def requests_of_case(uow: UnitOfWork, case: Case) -> Sequence[InterimRequest]:
    """Return the requests of a case, the latest first; all but the first were sent. Read each time."""
    return uow.session.scalars(_OF_CASE, {"case_id": case.id}, execution_options={"populate_existing": True}).all()


@dataclass(frozen=True, slots=True)
class Threat:
    """When an act is threatened, in the time zone of its place."""

    at: datetime
    zone: str


def threat_of_case(uow: UnitOfWork, case: Case) -> Threat | None:
    """Return the threatened act of a case that comes next, or the last one that is not done: one statement."""
    found = (
        select(Deadline.due_at, Deadline.zone)
        .where(Deadline.case_id == case.id, Deadline.kind == DeadlineKind.THREATENED_ACT, Deadline.done_at.is_(None))
        .where(Deadline.due_at.is_not(None))
        .order_by(Deadline.due_at < func.now(), func.abs(func.extract("epoch", Deadline.due_at - func.now())))
        .limit(1)
    )
    row = uow.session.execute(found).first()
    return Threat(row.due_at, row.zone) if row is not None and row.due_at is not None else None


@dataclass(frozen=True, slots=True)
class Breach:
    """A breach of interim measures, as the act says it."""

    act_id: UUID
    claim_id: UUID
    what: str
    on: date | None


def breaches_of_case(uow: UnitOfWork, case: Case) -> list[Breach]:
    """Return the breaches of a case, in the order of their recording: one statement."""
    found = (
        select(Act.id, Act.claim_id, Act.what, Act.began)
        .join(InterimBreach, InterimBreach.act_id == Act.id)
        .where(InterimBreach.case_id == case.id)
        .order_by(InterimBreach.created_at)
    )
    return [
        Breach(row.id, row.claim_id, row.what, row.began.earliest if row.began else None)
        for row in uow.session.execute(found)
    ]


def letters_by_case(uow: UnitOfWork, cases: Sequence[Case]) -> dict[UUID, list[Letter]]:
    """Return the dockets of cases in the order of their days: one statement."""
    found: dict[UUID, list[Letter]] = {}
    for letter in letters_of_cases(uow, [case.id for case in cases]):
        found.setdefault(letter.case_id, []).append(letter)
    return found
