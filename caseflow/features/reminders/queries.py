"""The statements of the outbox. Built once: a sweep runs them thousands of times. Row security decides which rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
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

from caseflow.features.monitoring.queries import RETURNED_FOR, is_returned
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
    """Return some people whose hour has come, and hold them until the commit."""
    return uow.session.scalars(_DUE_PEOPLE, {"at": at}).all()


def _table_of(people: Iterable[DuePerson]) -> Values:
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
    """Return the condition of what goes into a person's digest: what waits for it, and what is told at once by now."""
    return and_(
        Reminder.recipient_id == person.c.id,
        Reminder.status == ReminderStatus.WAITING,
        Reminder.mail_id.is_(None),
        or_(and_(Reminder.due_at.is_(None), Reminder.due_on <= person.c.day), Reminder.due_at <= person.c.at),
    )


_OTHER = aliased(Reminder)


def _is_told_more_urgently(is_due: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that of the same deadline something more urgent was told, is in a mail, or is due."""
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
    """Of several late reminders of one deadline let a person be told the most urgent only."""
    person = _table_of(people)
    statement = update(Reminder).where(_waits_for_digest(person), _is_told_more_urgently(_OTHER.due_on <= person.c.day))
    uow.session.execute(
        statement.values(status=ReminderStatus.SUPERSEDED, reason=reason), execution_options=NO_SESSION_SYNC
    )


def write_digest_rows(uow: UnitOfWork, people: Sequence[DuePerson], at: datetime) -> dict[UUID, UUID]:
    """Write one mail for each of the people who has something to read; return the mails by person."""
    person = _table_of(people)
    wanted = select(
        person.c.mail_id, person.c.id, literal(MailKind.DIGEST, Mail.kind.type), person.c.day, person.c.at,
        literal(MailStatus.WAITING, Mail.status.type), literal(0), literal(""), literal(at),
    ).where(exists().where(_waits_for_digest(person)))  # fmt: skip
    names = ["id", "recipient_id", "kind", "digest_on", "due_at", "status", "attempts", "reason", "created_at"]
    written = insert(Mail).from_select(names, wanted).on_conflict_do_nothing().returning(Mail.recipient_id, Mail.id)
    return {row.recipient_id: row.id for row in uow.session.execute(written)}


def put_into_digests(uow: UnitOfWork, people: Sequence[DuePerson], mails: dict[UUID, UUID], at: datetime) -> None:
    """Put into each of the mails what its reader is to be told."""
    person = values(column("id", Uuid), column("day", Date), column("at", DateTime(timezone=True)),
                    column("mail_id", Uuid), name="person")  # fmt: skip
    person = person.data([(one.user_id, one.day, at, mails[one.user_id]) for one in people if one.user_id in mails])
    statement = update(Reminder).where(_waits_for_digest(person)).values(mail_id=person.c.mail_id)
    uow.session.execute(statement, execution_options=NO_SESSION_SYNC)


def set_next_digests(uow: UnitOfWork, people: Sequence[DuePerson]) -> None:
    """Let each of the people come again on their next day."""
    person = _table_of(people)
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
    """Return some reminders that are to be told now (id, recipient, moment), and hold them until the commit."""
    return [(row.id, row.recipient_id, row.due_at) for row in uow.session.execute(_DUE_AT_ONCE, {"at": at})]


def supersede_less_urgent_of(uow: UnitOfWork, reminder_ids: Iterable[UUID], at: datetime, reason: str) -> set[UUID]:
    """Do the same among reminders that are told at once, and return which are not told any more."""
    statement = update(Reminder).where(Reminder.id.in_(list(reminder_ids)), _is_told_more_urgently(_OTHER.due_at <= at))
    return set(
        uow.session.scalars(
            statement.values(status=ReminderStatus.SUPERSEDED, reason=reason).returning(Reminder.id),
            execution_options=NO_SESSION_SYNC,
        )
    )


def write_mails(uow: UnitOfWork, rows: Sequence[dict[str, object]]) -> None:
    """Write mails."""
    uow.session.execute(insert(Mail).values(list(rows)))


def put_into_mails(uow: UnitOfWork, pairs: Sequence[tuple[UUID, UUID]]) -> None:
    """Put reminders into mails: pairs of their ids."""
    pair = values(column("reminder_id", Uuid), column("mail_id", Uuid), name="pair").data(list(pairs))
    statement = update(Reminder).where(Reminder.id == pair.c.reminder_id).values(mail_id=pair.c.mail_id)
    uow.session.execute(statement, execution_options=NO_SESSION_SYNC)


# --- sending --------------------------------------------------------------------------------------------------------

# Of the tables, not of the models: what the session does besides for an UPDATE of a model costs as much as the statement.
MAILS, REMINDERS = cast("Table", Mail.__table__), cast("Table", Reminder.__table__)
_mail, _reminder = MAILS.c, REMINDERS.c
_NEXT_DUE_MAIL = (
    select(_mail.id)
    .where(
        _mail.status == MailStatus.WAITING,
        _mail.due_at <= AT,
        or_(_mail.lease_until.is_(None), _mail.lease_until <= AT),
    )
    .order_by(_mail.due_at, _mail.id)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_CARRIED = (
    select(func.array_agg(aggregate_order_by(_reminder.id, _reminder.id)))
    .where(_reminder.mail_id == _mail.id, _reminder.status == ReminderStatus.WAITING)
    .scalar_subquery()
)
_TAKE = (
    update(MAILS)
    .where(_mail.id == _NEXT_DUE_MAIL)
    .values(attempts=_mail.attempts + 1, lease_until=bindparam("until", type_=_mail.lease_until.type))
    .returning(
        _mail.id,
        _mail.recipient_id,
        _mail.kind,
        _mail.attempts,
        func.greatest(_mail.due_at, _mail.created_at),
        _CARRIED,
    )
)


def take_due_mail(uow: UnitOfWork, at: datetime, until: datetime) -> LeasedMail | None:
    """Take the mail that is due longest and that no other sweep holds."""
    row = uow.session.execute(_TAKE, {"at": at, "until": until}).one_or_none()
    if row is None:
        return None
    mail_id, recipient_id, kind, attempts, written_at, carried = row
    return LeasedMail(mail_id, recipient_id, kind, attempts, written_at, tuple(carried or ()))


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A reminder as its recipient sees it at the moment of sending. Those that they may not see are not there."""

    reminder_id: UUID
    is_current: bool
    is_done: bool
    stage: Stage


@dataclass(frozen=True, slots=True)
class Standing:
    """How a recipient is reached, who stands in for them today, and what they see of a mail's reminders."""

    email: str
    language: str
    is_active: bool
    substitute_id: UUID | None
    is_returned: bool
    rows: list[StandingRow]


_SUBSTITUTE = (
    select(Absence.substitute_id)
    .where(Absence.user_id == User.id, bindparam("day", type_=Date).between(Absence.starts_on, Absence.ends_on))
    .order_by(Absence.created_at.desc())
    .limit(1)
    .scalar_subquery()
)
_STANDING = (
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


def standing(uow: UnitOfWork, claimed: LeasedMail, day: date, at: datetime) -> Standing | None:
    """Return how things stand for the recipient, who asks: through row security, with today's memberships."""
    held = {
        "mail_id": claimed.mail_id,
        "recipient_id": claimed.recipient_id,
        "day": day,
        "returned_since": at - RETURNED_FOR,
    }
    found = uow.session.execute(_STANDING, held).all()
    if not found:
        return None
    seen = [StandingRow(*row[5:]) for row in found if row[8] is not None]
    return Standing(*found[0][:5], seen)


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
    """Write down what became of a mail; the lease ends or moves. What was sent stays sent.

    Tells whether it was written: not when it was sent, or (with `only_attempt`) when another sweep has taken it since.
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


_CARRIER = select(_mail.sent_at).where(_mail.id == _reminder.mail_id, _mail.status == MailStatus.SENT)
# Asked of each reminder, and not joined: nobody may ever read all mails that were sent to find the few that wait.
_NOTIFIED = select(_reminder.id).where(
    _reminder.status == ReminderStatus.WAITING,
    _reminder.mail_id.is_not(None),
    _CARRIER.scalar_subquery().is_not(None),
)
_BY_THESE = _NOTIFIED.where(_reminder.mail_id == any_(bindparam("mail_ids", type_=ARRAY(Uuid))))


def _notified(found: Select[Any]) -> Update:
    held = found.with_for_update(of=REMINDERS, skip_locked=True).cte("told")
    noted = {"status": ReminderStatus.SENT, "sent_at": _CARRIER.scalar_subquery()}
    return update(REMINDERS).where(_reminder.id == held.c.id).values(noted)


_TELL, _TELL_ANY = _notified(_BY_THESE), _notified(_NOTIFIED)


def record_notified(uow: UnitOfWork, mail_ids: Sequence[UUID] | None = None) -> None:
    """Note what sent mails have told: of these mails, or of any that a sweep sent and could not note.

    What is locked by somebody who just changes its deadline is left to the next sweep.
    """
    if mail_ids is None:
        uow.session.execute(_TELL_ANY)
    else:
        uow.session.execute(_TELL, {"mail_ids": list(mail_ids)})


def settle_reminders(
    uow: UnitOfWork,
    reminder_ids: Sequence[UUID],
    status: ReminderStatus,
    *,
    sent_at: datetime | None = None,
    reason: str = "",
) -> None:
    """Write down what became of reminders that a mail carried and did not tell."""
    if not reminder_ids:
        return
    statement = update(Reminder).where(Reminder.id.in_(reminder_ids), Reminder.status == ReminderStatus.WAITING)
    uow.session.execute(
        statement.values(status=status, sent_at=sent_at, reason=reason), execution_options=NO_SESSION_SYNC
    )
