"""The outbox: lease an email that is due, decide again as its recipient what to deliver, and record the result.

Any number of sweeps may do this at once. A row is leased with `FOR UPDATE SKIP LOCKED`; if a sweep dies, its lease ends.
The result is committed after the server has taken the email, so an email may be sent twice with the same Message-ID, and
none is marked as sent that was not (docs/security.md).

Reminders are delegated to the substitute of a recipient who is away, and escalated to the coordinators of the section when
a recipient has left, may no longer see the case, or has an address that does not work. What the substitute may not see (a
sealed case, or the substitute has left) is still sent to the recipient who is away.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from caseflow.clock import earliest_local_date, now
from caseflow.features.reminders import queries
from caseflow.features.reminders.commands import NOBODY, DeliveryDecision, LeasedMail
from caseflow.features.reminders.escalation import queries as escalation
from caseflow.models import ENDED_STAGES, MailStatus, ReminderStatus
from caseflow.outbound.bounces import Bounce
from caseflow.unit_of_work import UnitOfWork

LEASE = timedelta(seconds=90)
"""Longer than a mail server can take for one email (`outbound.mail.TIMEOUT_SECONDS`, five answers)."""

RELEASE_DELAY = timedelta(minutes=1)

NOT_ACTIVE = "the account is not active"
NOT_VISIBLE = "the recipient may no longer see the case"
AWAY = "away: the substitute is told"
UNDELIVERED = "the mail did not arrive"
RETURNED = "returned"


def _delay(attempts: int) -> timedelta:
    """Return the wait before the next attempt: a minute, doubling to six hours."""
    return min(timedelta(minutes=2 ** (min(attempts, 10) - 1)), timedelta(hours=6))


def _attempts_in(patience: timedelta) -> int:
    attempts, waited = 1, timedelta()
    while waited < patience:
        waited += _delay(attempts)
        attempts += 1
    return attempts


MOST_ATTEMPTS = _attempts_in(timedelta(days=2))


def claim_next(uow: UnitOfWork, at: datetime, lease: timedelta = LEASE) -> LeasedMail | None:
    """Lease and return the email that has been due longest; None when nothing is due."""
    return queries.take_due_mail(uow, at, at + lease)


def decide_delivery(uow: UnitOfWork, claimed: LeasedMail) -> DeliveryDecision:
    """Return what is still to be delivered. Asked as the recipient, with today's memberships."""
    found = queries.recipient_state(uow, claimed, now())
    if found is None or not found.is_active:
        return DeliveryDecision("", "", (), {}, dict.fromkeys(claimed.reminder_ids, NOT_ACTIVE))
    seen = {row.reminder_id: row for row in found.rows}
    obsolete = {row.reminder_id: why for row in found.rows if (why := _obsolete_reason(row))}
    forbidden = {one: NOT_VISIBLE for one in claimed.reminder_ids if one not in seen}
    deliver = tuple(one for one in claimed.reminder_ids if one in seen and one not in obsolete)
    return DeliveryDecision(
        found.email, found.language, deliver, obsolete, forbidden, found.substitute_id, is_returned=found.is_returned
    )


def delegate(decision: DeliveryDecision, substitute: DeliveryDecision) -> DeliveryDecision:
    """Return the decision with all reminders delegated that the substitute's decision can deliver."""
    if substitute.is_returned:
        return decision
    delegated = tuple(one for one in decision.deliver if one in substitute.deliver)
    return replace(
        decision, deliver=tuple(one for one in decision.deliver if one not in delegated), delegated=delegated
    )


def _obsolete_reason(row: queries.VisibleReminder) -> str:
    if row.is_done:
        return "the deadline is done"
    if not row.is_current:
        return "the deadline has changed"
    if row.stage in ENDED_STAGES:
        return "the case has ended"
    return ""


Settle = Callable[[UnitOfWork, LeasedMail, datetime], object]
"""Records the result of a leased email."""


def mark_as_sending(uow: UnitOfWork, claimed: LeasedMail, at: datetime) -> bool:
    """Mark an email as sent before it is; the commit follows when the server has taken it.

    Return whether this sweep still has the lease: else it ended before, and another sweep took the email.
    """
    return queries.settle_mail(uow, claimed, MailStatus.SENT, sent_at=at, only_attempt=claimed.attempts)


def mark_sent(uow: UnitOfWork, claimed: LeasedMail, at: datetime) -> None:
    """Mark an email as sent even if another sweep has leased it: the commit failed after the server took the email."""
    queries.settle_mail(uow, claimed, MailStatus.SENT, sent_at=at)


def record_notified(uow: UnitOfWork, mail_ids: Sequence[UUID] | None = None) -> None:
    """Mark the reminders of sent emails as sent: of these emails, or by default of all that a dead sweep left.

    Never in the transaction that sends an email. Before the server has answered, changes of a deadline would wait for the
    mail server; after it, a sweep that dies meanwhile would send again.
    """
    queries.record_notified(uow, mail_ids)


def record_excluded(uow: UnitOfWork, decision: DeliveryDecision, at: datetime) -> DeliveryDecision:
    """Record reminders that are obsolete, forbidden or delegated, notify others, and return what is left to deliver.

    Called before sending, so that others are notified even if the email waits long for its server.
    """
    _record_excluded(uow, decision, at)
    return replace(decision, obsolete={}, forbidden={}, delegated=())


def cancel(decision: DeliveryDecision) -> Settle:
    """Return a function that cancels the email as there is nothing to deliver, and escalates what others must get."""

    def settle(uow: UnitOfWork, claimed: LeasedMail, at: datetime) -> None:
        queries.settle_mail(uow, claimed, MailStatus.CANCELLED, reason=AWAY if decision.delegated else "")
        _record_excluded(uow, decision, at)

    return settle


def fail(decision: DeliveryDecision, reason: str) -> Settle:
    """Return a function that marks the email as failed for good, and escalates it."""

    def settle(uow: UnitOfWork, claimed: LeasedMail, at: datetime) -> None:
        word, _, status = reason.partition(" ")
        bounce = Bounce(decision.email, status, is_permanent=word != "delayed")
        escalation.record_bounce(uow, claimed.recipient_id, bounce, at)
        _fail(uow, claimed, decision, at, reason)

    return settle


def fail_returned_address(decision: DeliveryDecision) -> Settle:
    """Return a function that fails an email without sending, as others to its address came back, and escalates it."""
    return lambda uow, claimed, at: _fail(uow, claimed, decision, at, RETURNED)


def _fail(uow: UnitOfWork, claimed: LeasedMail, decision: DeliveryDecision, at: datetime, reason: str) -> None:
    queries.settle_mail(uow, claimed, MailStatus.FAILED, reason=reason)
    queries.settle_reminders(uow, decision.deliver, ReminderStatus.FAILED, reason=UNDELIVERED)
    _escalate(uow, decision.deliver, at)
    _record_excluded(uow, decision, at)


def defer(reason: str) -> Settle:
    """Return a function that schedules a retry (`_delay`)."""
    return lambda uow, claimed, at: queries.settle_mail(
        uow, claimed, MailStatus.WAITING, lease_until=at + _delay(claimed.attempts), reason=reason
    )


def release(uow: UnitOfWork, claimed: LeasedMail, at: datetime) -> None:
    """Release an email because the server was unavailable; other emails go first for `RELEASE_DELAY`.

    Else a server that closes the connection for one recipient would block all emails after it.
    """
    queries.settle_mail(uow, claimed, MailStatus.WAITING, attempts=claimed.attempts - 1, lease_until=at + RELEASE_DELAY)


def is_last_attempt(claimed: LeasedMail) -> bool:
    """Return whether no further retry follows, after about two days."""
    return claimed.attempts >= MOST_ATTEMPTS


def _record_excluded(uow: UnitOfWork, decision: DeliveryDecision, at: datetime) -> None:
    if decision.substitute_id and decision.delegated:
        queries.settle_reminders(uow, decision.delegated, ReminderStatus.SENT, sent_at=at, reason=AWAY)
        escalation.notify_substitute(uow, decision.delegated, decision.substitute_id, at, earliest_local_date(at))
        _escalate(uow, escalation.reaching_nobody_else(uow, decision.delegated, AWAY), at)
    both = {**decision.obsolete, **decision.forbidden}
    for reason in dict.fromkeys(both.values()):
        ids = [one for one, why in both.items() if why == reason]
        queries.settle_reminders(uow, ids, ReminderStatus.CANCELLED, reason=reason)
    _escalate(uow, tuple(decision.forbidden), at)


def _escalate(uow: UnitOfWork, reminder_ids: Sequence[UUID], at: datetime) -> None:
    if reminder_ids:
        escalation.notify_coordinators(uow, reminder_ids, at, earliest_local_date(at))
        escalation.fail_unreached(uow, reminder_ids, AWAY, NOBODY)
