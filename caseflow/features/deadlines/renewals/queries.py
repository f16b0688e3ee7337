"""What is read about renewals: what is asked for, how far it has come, and which cases it means."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import load_only

from caseflow.clock import now
from caseflow.features.cases.stages import ENDED
from caseflow.models import Case, Deadline, Reminder, ReminderStatus, Renewal
from caseflow.unit_of_work import UnitOfWork


def begin_night(uow: UnitOfWork, rules: str) -> None:
    """Ask for everything, unless somebody just did."""
    row = {"id": uuid4(), "is_night": True, "asked_at": now(), "rules": rules}
    uow.session.execute(insert(Renewal).values(row).on_conflict_do_nothing())


def has_new_rules(uow: UnitOfWork, night: Renewal) -> bool:
    """Tell whether a night is the first one, or the one before ended under other rules."""
    before = (
        select(Renewal.rules)
        .where(Renewal.is_night, Renewal.ended_at.is_not(None), Renewal.asked_at < night.asked_at)
        .order_by(Renewal.asked_at.desc())
        .limit(1)
    )
    return uow.session.scalar(before) != night.rules


def next_renewal(uow: UnitOfWork) -> Renewal | None:
    """Return and hold what was asked for first and nobody is about just now; the night comes last."""
    found = (
        select(Renewal)
        .where(Renewal.ended_at.is_(None))
        .order_by(Renewal.is_night, Renewal.asked_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return uow.session.scalar(found)


def held_renewal(uow: UnitOfWork, renewal_id: UUID) -> Renewal:
    """Return and hold a renewal, as it now stands."""
    found = select(Renewal).where(Renewal.id == renewal_id).with_for_update()
    return uow.session.scalars(found.execution_options(populate_existing=True)).one()


def sections_asked(uow: UnitOfWork) -> set[UUID | None]:
    """Return of which sections something was asked for that is not done yet."""
    return set(uow.session.scalars(select(Renewal.section_id).where(Renewal.ended_at.is_(None), ~Renewal.is_night)))


def cases_to_renew(uow: UnitOfWork, renewal: Renewal, size: int, only: UUID | None = None) -> Sequence[UUID]:
    """Return the next cases whose open deadlines a renewal means, and hold them until the commit. `only` asks after one.

    Their ids alone: a row that can't be read must not keep the others from being found.
    """
    named = select(Deadline.id).where(Deadline.case_id == Case.id, Deadline.done_at.is_(None))
    if renewal.kind is not None:
        named = named.where(Deadline.kind == renewal.kind)
    found = select(Case.id).where(named.exists(), Case.stage.not_in(ENDED)).order_by(Case.id).limit(size)
    if renewal.section_id is not None:
        found = found.where(Case.section_id == renewal.section_id)
    if renewal.user_id is not None:
        is_told = select(Reminder.id).where(
            Reminder.case_id == Case.id,
            Reminder.recipient_id == renewal.user_id,
            Reminder.status == ReminderStatus.WAITING,
        )
        found = found.where(or_(Case.owner_id == renewal.user_id, is_told.exists()))
    if only is not None:
        found = found.where(Case.id == only)
    elif renewal.reached_id is not None:
        found = found.where(Case.id > renewal.reached_id)
    return uow.session.scalars(found.with_for_update(of=Case, key_share=True)).all()


def cases_of(uow: UnitOfWork, case_ids: Sequence[UUID]) -> Sequence[Case]:
    """Return cases with what decides who is told of them, and nothing else."""
    told_by = load_only(Case.section_id, Case.owner_id, Case.confidentiality, raiseload=True)
    return uow.session.scalars(select(Case).where(Case.id.in_(case_ids)).options(told_by).order_by(Case.id)).all()
