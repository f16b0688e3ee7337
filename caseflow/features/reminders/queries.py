"""The statements of the outbox, built once as a sweep runs them thousands of times. Row security decides which rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Select,
    Table,
    Update,
    Uuid,
    Values,
    and_,
    any_,
    bindparam,
    cast,
    column,
    exists,
    func,
    literal,
    or_,
    select,
    update,
    values,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert
from sqlalchemy.orm import aliased

from caseflow.features.monitoring.queries import BOUNCE_PAUSE, is_returned
from caseflow.features.reminders.commands import DuePerson, LeasedMail
from caseflow.models import (
    Absence,
    Case,
    Deadline,
    Mail,
    MailKind,
    MailStatus,
    Reminder,
    ReminderSetting,
    ReminderStatus,
    Stage,
    User,
)
from caseflow.unit_of_work import UnitOfWork

BATCH = 200
NO_SESSION_SYNC = {"synchronize_session": False}
LONGEST_LEASE = timedelta(hours=7)
"""No lease and no wait before a retry is longer. A later end is of a clock that was ahead."""
AT = bindparam("at", type_=DateTime(timezone=True))

# --- writing what is due --------------------------------------------------------------------------------------------

_DUE_PEOPLE = (
    select(ReminderSetting)
    .where(ReminderSetting.next_digest_at <= AT)
    .order_by(ReminderSetting.next_digest_at, ReminderSetting.user_id)
    .limit(BATCH)
    .with_for_update(skip_locked=True)
)


def take_due_people(uow: UnitOfWork, at: datetime) -> Sequence[ReminderSetting]:
    """Return and lock a batch of people whose digest is due."""
    return uow.session.scalars(_DUE_PEOPLE, {"at": at}).all()


def _people_table(people: Iterable[DuePerson]) -> Values:
    columns = (
        column("id", Uuid),
        column("day", Date),
        column("at", DateTime(timezone=True)),
        column("next_at", DateTime(timezone=True)),
        column("mail_id", Uuid),
    )
    return values(*columns, name="person").data(
        [(one.user_id, one.day, one.at, one.next_at, uuid4()) for one in people]
    )


def _waits_for_digest(person: Values) -> ColumnElement[bool]:
    """Return the condition for reminders in a person's digest: those of its day, and urgent ones that are due."""
    return and_(
        Reminder.recipient_id == person.c.id,
        Reminder.status == ReminderStatus.WAITING,
        Reminder.mail_id.is_(None),
        or_(and_(Reminder.due_at.is_(None), Reminder.due_on <= person.c.day), Reminder.due_at <= person.c.at),
    )


_OTHER = aliased(Reminder)


def _has_more_urgent(is_due: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that a more urgent reminder of the same deadline was sent, is in an email, or is due."""
    return exists().where(
        _OTHER.deadline_id == Reminder.deadline_id,
        _OTHER.deadline_version == Reminder.deadline_version,
        _OTHER.recipient_id == Reminder.recipient_id,
        _OTHER.threshold < Reminder.threshold,
        or_(
            _OTHER.status == ReminderStatus.SENT,
            and_(_OTHER.status == ReminderStatus.WAITING, or_(_OTHER.mail_id.is_not(None), is_due)),
        ),
    )


def supersede_less_urgent(uow: UnitOfWork, people: Sequence[DuePerson], reason: str) -> None:
    """Supersede all reminders for digests that have a more urgent one of the same deadline."""
    person = _people_table(people)
    statement = update(Reminder).where(_waits_for_digest(person), _has_more_urgent(_OTHER.due_on <= person.c.day))
    uow.session.execute(
        statement.values(status=ReminderStatus.SUPERSEDED, reason=reason), execution_options=NO_SESSION_SYNC
    )


def write_digest_rows(uow: UnitOfWork, people: Sequence[DuePerson], at: datetime) -> dict[UUID, UUID]:
    """Write an email for each person with reminders that are due; return the ids of emails by person."""
    person = _people_table(people)
    wanted = select(
        person.c.mail_id, person.c.id, literal(MailKind.DIGEST, Mail.kind.type), person.c.day, person.c.at,
        literal(MailStatus.WAITING, Mail.status.type), literal(0), literal(""), literal(at),
    ).where(exists().where(_waits_for_digest(person)))  # fmt: skip
    names = ["id", "recipient_id", "kind", "digest_on", "due_at", "status", "attempts", "reason", "created_at"]
    written = insert(Mail).from_select(names, wanted).on_conflict_do_nothing().returning(Mail.recipient_id, Mail.id)
    return {row.recipient_id: row.id for row in uow.session.execute(written)}


def put_into_digests(uow: UnitOfWork, people: Sequence[DuePerson], mails: dict[UUID, UUID], at: datetime) -> None:
    """Assign the reminders that are due to the digests of their recipients."""
    person = values(column("id", Uuid), column("day", Date), column("at", DateTime(timezone=True)),
                    column("mail_id", Uuid), name="person")  # fmt: skip
    person = person.data([(one.user_id, one.day, at, mails[one.user_id]) for one in people if one.user_id in mails])
    statement = update(Reminder).where(_waits_for_digest(person)).values(mail_id=person.c.mail_id)
    uow.session.execute(statement, execution_options=NO_SESSION_SYNC)


def set_next_digests(uow: UnitOfWork, people: Sequence[DuePerson]) -> None:
    """Set the moment of each person's next digest."""
    person = _people_table(people)
    statement = update(ReminderSetting).where(ReminderSetting.user_id == person.c.id)
    uow.session.execute(statement.values(next_digest_at=person.c.next_at), execution_options=NO_SESSION_SYNC)


_DUE_AT_ONCE = (
    select(Reminder.id, Reminder.recipient_id, Reminder.due_at)
    .where(Reminder.status == ReminderStatus.WAITING, Reminder.mail_id.is_(None), Reminder.due_at <= AT)
    .order_by(Reminder.due_at, Reminder.recipient_id)
    .limit(BATCH * 5)
    .with_for_update(skip_locked=True)
)


def take_due_at_once(uow: UnitOfWork, at: datetime) -> Sequence[tuple[UUID, UUID, datetime]]:
    """Return and lock a batch of urgent reminders that are due (id, recipient, moment)."""
    return [(row.id, row.recipient_id, row.due_at) for row in uow.session.execute(_DUE_AT_ONCE, {"at": at})]


def supersede_less_urgent_of(uow: UnitOfWork, reminder_ids: Iterable[UUID], at: datetime, reason: str) -> set[UUID]:
    """Supersede those urgent reminders that have a more urgent one of the same deadline; return their ids."""
    statement = update(Reminder).where(Reminder.id.in_(list(reminder_ids)), _has_more_urgent(_OTHER.due_at <= at))
    return set(
        uow.session.scalars(
            statement.values(status=ReminderStatus.SUPERSEDED, reason=reason).returning(Reminder.id),
            execution_options=NO_SESSION_SYNC,
        )
    )


def write_mails(uow: UnitOfWork, rows: Sequence[dict[str, object]]) -> None:
    """Insert emails."""
    uow.session.execute(insert(Mail).values(list(rows)))


def put_into_mails(uow: UnitOfWork, pairs: Sequence[tuple[UUID, UUID]]) -> None:
    """Assign reminders to emails: pairs of a reminder's and an email's id."""
    pair = values(column("reminder_id", Uuid), column("mail_id", Uuid), name="pair").data(list(pairs))
    statement = update(Reminder).where(Reminder.id == pair.c.reminder_id).values(mail_id=pair.c.mail_id)
    uow.session.execute(statement, execution_options=NO_SESSION_SYNC)


# --- sending --------------------------------------------------------------------------------------------------------

# On tables instead of models: the bookkeeping of the session for an UPDATE of a model takes as long as the statement.
MAILS: Table = Mail.__table__  # type: ignore[assignment]  # SQLAlchemy types it wider than it is
REMINDERS: Table = Reminder.__table__  # type: ignore[assignment]
_mail, _reminder = MAILS.c, REMINDERS.c
_NEXT_DUE_MAIL = (
    select(_mail.id)
    .where(
        _mail.status == MailStatus.WAITING,
        _mail.due_at <= AT,
        or_(_mail.lease_until.is_(None), _mail.lease_until <= AT, _mail.lease_until > AT + LONGEST_LEASE),
    )
    .order_by(_mail.due_at, _mail.id)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_CARRIED_REMINDERS = (
    select(func.array_agg(aggregate_order_by(_reminder.id, _reminder.id)))
    .where(_reminder.mail_id == _mail.id, _reminder.status == ReminderStatus.WAITING)
    .scalar_subquery()
)
_LEASE_NEXT = (
    update(MAILS)
    .where(_mail.id == _NEXT_DUE_MAIL)
    .values(attempts=_mail.attempts + 1, lease_until=bindparam("until", type_=_mail.lease_until.type))
    .returning(
        _mail.id,
        _mail.recipient_id,
        _mail.kind,
        _mail.attempts,
        func.greatest(_mail.due_at, _mail.created_at),
        _CARRIED_REMINDERS,
    )
)


def take_due_mail(uow: UnitOfWork, at: datetime, until: datetime) -> LeasedMail | None:
    """Lease and return the email that has been due longest and is not leased; None when nothing is due."""
    row = uow.session.execute(_LEASE_NEXT, {"at": at, "until": until}).one_or_none()
    if row is None:
        return None
    mail_id, recipient_id, kind, attempts, written_at, carried = row
    return LeasedMail(mail_id, recipient_id, kind, attempts, written_at, tuple(carried or ()))


@dataclass(frozen=True, slots=True)
class VisibleReminder:
    """A reminder that its recipient may see at the moment of sending, with the state of its deadline and case."""

    reminder_id: UUID
    is_current: bool
    is_done: bool
    stage: Stage


@dataclass(frozen=True, slots=True)
class RecipientState:
    """The address of a recipient, their substitute today, and the reminders of an email that they may see."""

    email: str
    language: str
    is_active: bool
    substitute_id: UUID | None
    is_returned: bool
    rows: list[VisibleReminder]


_OWN_ZONE = select(ReminderSetting.time_zone).where(ReminderSetting.user_id == User.id).scalar_subquery()
_OWN_DAY = cast(func.timezone(func.coalesce(_OWN_ZONE, "UTC"), AT), Date)
_SUBSTITUTE = (
    select(Absence.substitute_id)
    .where(Absence.user_id == User.id, _OWN_DAY.between(Absence.starts_on, Absence.ends_on))
    .order_by(Absence.created_at.desc())
    .limit(1)
    .scalar_subquery()
)
_RECIPIENT_STATE = (
    select(
        User.email,
        User.language,
        User.is_active,
        _SUBSTITUTE,
        is_returned(bindparam("returned_since", type_=DateTime(timezone=True))),
        Reminder.id,
        Deadline.version == Reminder.deadline_version,
        Deadline.done_at.is_not(None),
        Case.stage,
    )
    .select_from(User)
    .outerjoin(Reminder, and_(Reminder.mail_id == bindparam("mail_id"), Reminder.status == ReminderStatus.WAITING))
    .outerjoin(Deadline, Deadline.id == Reminder.deadline_id)
    .outerjoin(Case, Case.id == Deadline.case_id)
    .where(User.id == bindparam("recipient_id"))
)


def recipient_state(uow: UnitOfWork, claimed: LeasedMail, at: datetime) -> RecipientState | None:
    """Return the state of the recipient, None if unknown. The recipient is the actor, so row security applies."""
    held = {
        "mail_id": claimed.mail_id,
        "recipient_id": claimed.recipient_id,
        "at": at,
        "returned_since": at - BOUNCE_PAUSE,
    }
    found = uow.session.execute(_RECIPIENT_STATE, held).all()
    if not found:
        return None
    seen = [VisibleReminder(*row[5:]) for row in found if row[8] is not None]
    return RecipientState(*found[0][:5], seen)


_CHANGED = ("status", "sent_at", "lease_until", "attempts", "reason")
_SETTLE = (
    update(MAILS)
    .where(
        _mail.id == bindparam("held"),
        _mail.status != MailStatus.SENT,
        or_(
            bindparam("only_attempt", type_=Integer).is_(None),
            _mail.attempts == bindparam("only_attempt", type_=Integer),
        ),
    )
    .values({name: bindparam(f"new_{name}", type_=_mail[name].type) for name in _CHANGED})
    .returning(_mail.id)
)


def settle_mail(
    uow: UnitOfWork,
    claimed: LeasedMail,
    status: MailStatus,
    *,
    sent_at: datetime | None = None,
    lease_until: datetime | None = None,
    attempts: int | None = None,
    reason: str = "",
    only_attempt: int | None = None,
) -> bool:
    """Record the result of an email, with the end of its lease. An email that was sent stays sent.

    Return whether it was recorded: not when the email was sent, or (with `only_attempt`) another sweep has leased it since.
    """
    new = {
        "new_status": status,
        "new_sent_at": sent_at,
        "new_lease_until": lease_until,
        "new_attempts": claimed.attempts if attempts is None else attempts,
        "new_reason": reason,
    }
    held = {"held": claimed.mail_id, "only_attempt": only_attempt}
    return bool(uow.session.execute(_SETTLE, {**held, **new}).all())


_SENT_AT = select(_mail.sent_at).where(_mail.id == _reminder.mail_id, _mail.status == MailStatus.SENT)
# A subquery for each waiting reminder instead of a join, which could read all sent emails to find the few that matter.
_NOTIFIED = select(_reminder.id).where(
    _reminder.status == ReminderStatus.WAITING,
    _reminder.mail_id.is_not(None),
    _SENT_AT.scalar_subquery().is_not(None),
)
_NOTIFIED_BY = _NOTIFIED.where(_reminder.mail_id == any_(bindparam("mail_ids", type_=ARRAY(Uuid))))


def _mark_as_sent(found: Select[Any]) -> Update:
    held = found.with_for_update(of=REMINDERS, skip_locked=True).cte("notified")
    noted = {"status": ReminderStatus.SENT, "sent_at": _SENT_AT.scalar_subquery()}
    return update(REMINDERS).where(_reminder.id == held.c.id).values(noted)


_RECORD_NOTIFIED, _RECORD_ALL_NOTIFIED = _mark_as_sent(_NOTIFIED_BY), _mark_as_sent(_NOTIFIED)


def record_notified(uow: UnitOfWork, mail_ids: Sequence[UUID] | None = None) -> None:
    """Mark the reminders of sent emails as sent: of these emails, or by default of all.

    Reminders that are locked, as somebody is changing their deadline, are left to the next sweep.
    """
    if mail_ids is None:
        uow.session.execute(_RECORD_ALL_NOTIFIED)
    else:
        uow.session.execute(_RECORD_NOTIFIED, {"mail_ids": list(mail_ids)})


def settle_reminders(
    uow: UnitOfWork,
    reminder_ids: Sequence[UUID],
    status: ReminderStatus,
    *,
    sent_at: datetime | None = None,
    reason: str = "",
) -> None:
    """Record the result of waiting reminders that were not sent by their own email."""
    if not reminder_ids:
        return
    statement = update(Reminder).where(Reminder.id.in_(reminder_ids), Reminder.status == ReminderStatus.WAITING)
    uow.session.execute(
        statement.values(status=status, sent_at=sent_at, reason=reason), execution_options=NO_SESSION_SYNC
    )
