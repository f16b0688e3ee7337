"""What is read about renewals: what is asked for, how far it has come, and which cases it means."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import load_only

from caseflow.clock import now
from caseflow.features.cases.queries import whole_cases
from caseflow.models import (
    ENDED_STAGES,
    STAGES_BEFORE_FILING,
    Case,
    Deadline,
    Reminder,
    ReminderStatus,
    ReminderSyncRequest,
)
from caseflow.unit_of_work import UnitOfWork


def begin_full_pass(uow: UnitOfWork, rules: str) -> None:
    """Ask for everything, unless somebody just did."""
    row = {"id": uuid4(), "is_full_pass": True, "asked_at": now(), "rules": rules}
    uow.session.execute(insert(ReminderSyncRequest).values(row).on_conflict_do_nothing())


def has_new_rules(uow: UnitOfWork, night: ReminderSyncRequest) -> bool:
    """Tell whether a night is the first one, or the one before ended under other rules."""
    before = (
        select(ReminderSyncRequest.rules)
        .where(
            ReminderSyncRequest.is_full_pass,
            ReminderSyncRequest.ended_at.is_not(None),
            ReminderSyncRequest.asked_at < night.asked_at,
        )
        .order_by(ReminderSyncRequest.asked_at.desc())
        .limit(1)
    )
    return uow.session.scalar(before) != night.rules


def next_request(uow: UnitOfWork) -> ReminderSyncRequest | None:
    """Return and hold what was asked for first and nobody is about just now; the night comes last."""
    found = (
        select(ReminderSyncRequest)
        .where(ReminderSyncRequest.ended_at.is_(None))
        .order_by(ReminderSyncRequest.is_full_pass, ReminderSyncRequest.asked_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return uow.session.scalar(found)


def locked_request(uow: UnitOfWork, request_id: UUID) -> ReminderSyncRequest:
    """Return and hold a renewal, as it now stands."""
    found = select(ReminderSyncRequest).where(ReminderSyncRequest.id == request_id).with_for_update()
    return uow.session.scalars(found.execution_options(populate_existing=True)).one()


def sections_with_requests(uow: UnitOfWork) -> set[UUID | None]:
    """Return of which sections something was asked for that is not done yet."""
    return set(
        uow.session.scalars(
            select(ReminderSyncRequest.section_id).where(
                ReminderSyncRequest.ended_at.is_(None), ~ReminderSyncRequest.is_full_pass
            )
        )
    )


def cases_to_sync(uow: UnitOfWork, request: ReminderSyncRequest, size: int, only: UUID | None = None) -> Sequence[UUID]:
    """Return the next cases whose open deadlines a renewal means, and hold them until the commit. `only` asks after one.

    Their ids alone: a row that can't be read must not keep the others from being found.
    """
    named = select(Deadline.id).where(Deadline.case_id == Case.id, Deadline.done_at.is_(None))
    if request.kind is not None:
        named = named.where(Deadline.kind == request.kind)
    is_meant: ColumnElement[bool] = named.exists()
    if request.is_full_pass:  # after filing nothing else asks the sources each day; before, the assessment does
        is_meant = or_(is_meant, func.coalesce(Case.suspended_from, Case.stage).not_in(STAGES_BEFORE_FILING))
    found = select(Case.id).where(is_meant, Case.stage.not_in(ENDED_STAGES)).order_by(Case.id).limit(size)
    if request.section_id is not None:
        found = found.where(Case.section_id == request.section_id)
    if request.user_id is not None:
        is_notified = select(Reminder.id).where(
            Reminder.case_id == Case.id,
            Reminder.recipient_id == request.user_id,
            Reminder.status == ReminderStatus.WAITING,
        )
        found = found.where(or_(Case.owner_id == request.user_id, is_notified.exists()))
    if only is not None:
        found = found.where(Case.id == only)
    elif request.reached_id is not None:
        found = found.where(Case.id > request.reached_id)
    return uow.session.scalars(found.with_for_update(of=Case, key_share=True)).all()


def cases_of(uow: UnitOfWork, case_ids: Sequence[UUID]) -> Sequence[Case]:
    """Return cases with what decides who is told of them, and nothing else."""
    told_by = load_only(Case.section_id, Case.owner_id, Case.confidentiality, raiseload=True)
    return uow.session.scalars(select(Case).where(Case.id.in_(case_ids)).options(told_by).order_by(Case.id)).all()


def cases_after_filing(uow: UnitOfWork, case_ids: Sequence[UUID]) -> Sequence[Case]:
    """Return those of some cases that are past filing, with all that sources read."""
    stage = func.coalesce(Case.suspended_from, Case.stage)
    return whole_cases(uow, [Case.id.in_(case_ids), stage.not_in(STAGES_BEFORE_FILING)])
