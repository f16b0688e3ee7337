"""Queries on reminder sync requests, and on the cases that they concern."""

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
    """Request a full pass, unless one is open."""
    row = {"id": uuid4(), "is_full_pass": True, "asked_at": now(), "rules": rules}
    uow.session.execute(insert(ReminderSyncRequest).values(row).on_conflict_do_nothing())


def has_new_rules(uow: UnitOfWork, full_pass: ReminderSyncRequest) -> bool:
    """Return whether a full pass is the first one, or the one before had other rules."""
    before = (
        select(ReminderSyncRequest.rules)
        .where(
            ReminderSyncRequest.is_full_pass,
            ReminderSyncRequest.ended_at.is_not(None),
            ReminderSyncRequest.asked_at < full_pass.asked_at,
        )
        .order_by(ReminderSyncRequest.asked_at.desc())
        .limit(1)
    )
    return uow.session.scalar(before) != full_pass.rules


def next_request(uow: UnitOfWork) -> ReminderSyncRequest | None:
    """Lock and return the oldest open request that no other process has locked, a full pass last; None if there is none."""
    found = (
        select(ReminderSyncRequest)
        .where(ReminderSyncRequest.ended_at.is_(None))
        .order_by(ReminderSyncRequest.is_full_pass, ReminderSyncRequest.asked_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return uow.session.scalar(found)


def locked_request(uow: UnitOfWork, request_id: UUID) -> ReminderSyncRequest:
    """Lock a request and return its present state."""
    found = select(ReminderSyncRequest).where(ReminderSyncRequest.id == request_id).with_for_update()
    return uow.session.scalars(found.execution_options(populate_existing=True)).one()


def sections_with_requests(uow: UnitOfWork) -> set[UUID | None]:
    """Return the sections that have open requests."""
    return set(
        uow.session.scalars(
            select(ReminderSyncRequest.section_id).where(
                ReminderSyncRequest.ended_at.is_(None), ~ReminderSyncRequest.is_full_pass
            )
        )
    )


def cases_to_sync(uow: UnitOfWork, request: ReminderSyncRequest, size: int, only: UUID | None = None) -> Sequence[UUID]:
    """Lock the next cases whose reminders a request asks to sync, and return their ids: at most `size`, or just `only`.

    Ids and not cases, so that a row that can't be read does not block the others.
    """
    open_deadline = select(Deadline.id).where(Deadline.case_id == Case.id, Deadline.done_at.is_(None))
    if request.kind is not None:
        open_deadline = open_deadline.where(Deadline.kind == request.kind)
    is_concerned: ColumnElement[bool] = open_deadline.exists()
    if request.is_full_pass:  # after filing, only the full pass asks the sources each day; before, the assessment does
        is_concerned = or_(is_concerned, func.coalesce(Case.suspended_from, Case.stage).not_in(STAGES_BEFORE_FILING))
    found = select(Case.id).where(is_concerned, Case.stage.not_in(ENDED_STAGES)).order_by(Case.id).limit(size)
    if request.section_id is not None:
        found = found.where(Case.section_id == request.section_id)
    if request.user_id is not None:
        is_notified = select(Reminder.id).where(
            Reminder.case_id == Case.id,
            Reminder.recipient_id == request.user_id,
            Reminder.status == ReminderStatus.WAITING,
        )
        is_given = select(Deadline.id).where(
            Deadline.case_id == Case.id, Deadline.given_to_id == request.user_id, Deadline.done_at.is_(None)
        )
        found = found.where(or_(Case.owner_id == request.user_id, is_notified.exists(), is_given.exists()))
    if only is not None:
        found = found.where(Case.id == only)
    elif request.reached_id is not None:
        found = found.where(Case.id > request.reached_id)
    return uow.session.scalars(found.with_for_update(of=Case, key_share=True)).all()


def cases_of(uow: UnitOfWork, case_ids: Sequence[UUID]) -> Sequence[Case]:
    """Return cases with the columns that decide their recipients only."""
    recipient_columns = load_only(Case.section_id, Case.owner_id, Case.confidentiality, raiseload=True)
    return uow.session.scalars(
        select(Case).where(Case.id.in_(case_ids)).options(recipient_columns).order_by(Case.id)
    ).all()


def whole_cases_of(uow: UnitOfWork, case_ids: Sequence[UUID]) -> Sequence[Case]:
    """Return cases with everything that sources read."""
    return whole_cases(uow, [Case.id.in_(case_ids)])


def cases_after_filing(uow: UnitOfWork, case_ids: Sequence[UUID]) -> Sequence[Case]:
    """Return those of the cases that are filed, with everything that sources read."""
    stage = func.coalesce(Case.suspended_from, Case.stage)
    return whole_cases(uow, [Case.id.in_(case_ids), stage.not_in(STAGES_BEFORE_FILING)])
