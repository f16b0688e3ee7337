"""The outbox: claim a mail that is due, look again as its recipient, and note what became of it.

Any number of sweeps may do this at once. A row is claimed with `FOR UPDATE SKIP LOCKED` and a lease; a sweep that dies
leaves a lease that ends. What became of a row is committed when the mail was handed over, so a mail may go out twice
with the same Message-ID, and none is marked as sent that was not (`security.md`, reminders).

What may not reach the one it was meant for is handed on: to the substitute of who is away, and to the coordinators of
the section where somebody left, may no longer see the case, or has an address that takes no mails. Who is away is told
all the same of what their substitute can't be told: of a sealed case, or when the substitute left.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from caseflow.clock import now, today
from caseflow.features.reminders import queries
from caseflow.features.reminders.commands import NOBODY, DeliveryDecision, LeasedMail
from caseflow.features.reminders.escalation import queries as handing
from caseflow.models import ENDED_STAGES, MailStatus, ReminderStatus
from caseflow.outbound.bounces import Bounce
from caseflow.unit_of_work import UnitOfWork

LEASE = timedelta(seconds=90)
"""Longer than a mail server may keep us waiting for one mail (`outbound.mail.TIMEOUT_SECONDS`, five answers)."""

OTHERS_FIRST = timedelta(minutes=1)

NOT_ACTIVE = "the account is not active"
NOT_VISIBLE = "the recipient may no longer see the case"
AWAY = "away: the substitute is told"
UNDELIVERED = "the mail did not arrive"
RETURNED = "returned"


def _delay(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: a minute, doubling to six hours."""
    return min(timedelta(minutes=2 ** (min(attempts, 10) - 1)), timedelta(hours=6))


def _attempts_in(patience: timedelta) -> int:
    attempts, waited = 1, timedelta()
    while waited < patience:
        waited += _delay(attempts)
        attempts += 1
    return attempts


MOST_ATTEMPTS = _attempts_in(timedelta(days=2))


def claim_next(uow: UnitOfWork, at: datetime, lease: timedelta = LEASE) -> LeasedMail | None:
    """Take the mail that is due longest, for as long as the lease lasts. None when nothing is due."""
    return queries.take_due_mail(uow, at, at + lease)


def recheck(uow: UnitOfWork, claimed: LeasedMail) -> DeliveryDecision:
    """Return who is still to be told of what. Asked in the recipient's name, with today's memberships."""
    found = queries.standing(uow, claimed, today(), now())
    if found is None or not found.is_active:
        return DeliveryDecision("", "", (), {}, dict.fromkeys(claimed.reminder_ids, NOT_ACTIVE))
    seen = {row.reminder_id: row for row in found.rows}
    dropped = {row.reminder_id: why for row in found.rows if (why := _why_not(row))}
    unreachable = {one: NOT_VISIBLE for one in claimed.reminder_ids if one not in seen}
    good = tuple(one for one in claimed.reminder_ids if one in seen and one not in dropped)
    return DeliveryDecision(
        found.email, found.language, good, dropped, unreachable, found.substitute_id, is_returned=found.is_returned
    )


def leave_to_substitute(decision: DeliveryDecision, theirs: DeliveryDecision) -> DeliveryDecision:
    """Return what is left for who is away to be told: all that who stands in can't be told. `theirs` is their verdict."""
    if theirs.is_returned:
        return decision
    handed = tuple(one for one in decision.good if one in theirs.good)
    return replace(decision, good=tuple(one for one in decision.good if one not in handed), handed=handed)


def _why_not(row: queries.StandingRow) -> str:
    if row.is_done:
        return "the deadline is done"
    if not row.is_current:
        return "the deadline has changed"
    if row.stage in ENDED_STAGES:
        return "the case has ended"
    return ""


Settle = Callable[[UnitOfWork, LeasedMail, datetime], object]
"""Writes down what became of a claimed mail."""


def mark_handed_over(uow: UnitOfWork, claimed: LeasedMail, at: datetime) -> bool:
    """Note that a mail is handed over: written before it is, and committed when the server has taken it.

    False when it is not this sweep's any more: the lease ended before, and another sweep took it.
    """
    return queries.settle_mail(uow, claimed, MailStatus.SENT, sent_at=at, only_attempt=claimed.attempts)


def mark_sent(uow: UnitOfWork, claimed: LeasedMail, at: datetime) -> None:
    """Note that a mail was taken, whoever holds it now: the database went away before that was committed."""
    queries.settle_mail(uow, claimed, MailStatus.SENT, sent_at=at)


def record_notified(uow: UnitOfWork, mail_ids: Sequence[UUID] | None = None) -> None:
    """Note what sent mails have told: of these mails, or (with none named) whatever a sweep that died could not note.

    Never in the transaction in which a mail is handed over. Before the server has answered, who changes a deadline would
    wait for a mail server; after it, a sweep that dies meanwhile would send again.
    """
    queries.record_notified(uow, mail_ids)


def drop(uow: UnitOfWork, decision: DeliveryDecision, at: datetime) -> DeliveryDecision:
    """Write down what a mail will not tell, let others hear of it, and return what is left to be told.

    Before the mail is handed over, so that others hear of it however long the mail has to wait for its server.
    """
    _drop(uow, decision, at)
    return replace(decision, dropped={}, unreachable={}, handed=())


def cancel(decision: DeliveryDecision) -> Settle:
    """Return what notes that nothing is left to tell, or nobody to be told, and hands on what others must hear."""

    def settle(uow: UnitOfWork, claimed: LeasedMail, at: datetime) -> None:
        queries.settle_mail(uow, claimed, MailStatus.CANCELLED, reason=AWAY if decision.handed else "")
        _drop(uow, decision, at)

    return settle


def fail(decision: DeliveryDecision, reason: str) -> Settle:
    """Return what notes that the mail will never arrive. The administrator's page shows it; others are told."""

    def settle(uow: UnitOfWork, claimed: LeasedMail, at: datetime) -> None:
        word, _, status = reason.partition(" ")
        bounce = Bounce(decision.email, status, is_permanent=word != "delayed")
        handing.note_bounce(uow, claimed.recipient_id, bounce, at)
        _undelivered(uow, claimed, decision, at, reason)

    return settle


def not_tried(decision: DeliveryDecision) -> Settle:
    """Return what notes that the mail was not handed over, because others to this address came back; others are told."""
    return lambda uow, claimed, at: _undelivered(uow, claimed, decision, at, RETURNED)


def _undelivered(uow: UnitOfWork, claimed: LeasedMail, decision: DeliveryDecision, at: datetime, reason: str) -> None:
    queries.settle_mail(uow, claimed, MailStatus.FAILED, reason=reason)
    queries.settle_reminders(uow, decision.good, ReminderStatus.FAILED, reason=UNDELIVERED)
    _hand_on(uow, decision.good, at)
    _drop(uow, decision, at)


def put_off(reason: str) -> Settle:
    """Return what puts the mail off: for a minute at first, for six hours at last."""
    return lambda uow, claimed, at: queries.settle_mail(
        uow, claimed, MailStatus.WAITING, lease_until=at + _delay(claimed.attempts), reason=reason
    )


def release(uow: UnitOfWork, claimed: LeasedMail, at: datetime) -> None:
    """Give a mail back: there was no server to hand it to. Others go first for a minute.

    A server that hangs up on one recipient would else stand before everybody behind it.
    """
    queries.settle_mail(uow, claimed, MailStatus.WAITING, attempts=claimed.attempts - 1, lease_until=at + OTHERS_FIRST)


def is_last_attempt(claimed: LeasedMail) -> bool:
    """Tell whether a mail that is put off once more is given up, after some two days of trying."""
    return claimed.attempts >= MOST_ATTEMPTS


def _drop(uow: UnitOfWork, decision: DeliveryDecision, at: datetime) -> None:
    if decision.substitute_id and decision.handed:
        queries.settle_reminders(uow, decision.handed, ReminderStatus.SENT, sent_at=at, reason=AWAY)
        handing.hand_to_substitute(uow, decision.handed, decision.substitute_id, at, today())
        _hand_on(uow, handing.unheard(uow, decision.handed, AWAY), at)
    both = {**decision.dropped, **decision.unreachable}
    for reason in dict.fromkeys(both.values()):
        ids = [one for one, why in both.items() if why == reason]
        queries.settle_reminders(uow, ids, ReminderStatus.CANCELLED, reason=reason)
    _hand_on(uow, tuple(decision.unreachable), at)


def _hand_on(uow: UnitOfWork, reminder_ids: Sequence[UUID], at: datetime) -> None:
    if reminder_ids:
        handing.hand_to_coordinators(uow, reminder_ids, at, today())
        handing.give_up_unheard(uow, reminder_ids, AWAY, NOBODY)
