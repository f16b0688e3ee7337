"""The outbox: claim a due reminder, look again as its recipient, and note what became of it.

Any number of sweeps may do this at once. A row is claimed with `FOR UPDATE SKIP LOCKED` and a lease; a sweep that dies
leaves a lease that ends. What became of a row is written after the mail was handed over, so a mail may go out twice
with the same Message-ID, and none is marked as sent that was not (`security.md`, reminders).
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, update

from caseflow.features.cases.stages import ENDED
from caseflow.features.deadlines.commands import Claimed
from caseflow.features.deadlines.queries import MORE_URGENT_IS_DUE, NEXT_DUE_REMINDER, Standing, standing
from caseflow.models import Reminder, ReminderStatus
from caseflow.unit_of_work import UnitOfWork

LEASE = timedelta(seconds=90)
"""Longer than a mail server may keep us waiting for one mail (`outbound.mail.TIMEOUT_SECONDS`, five answers)."""

SUPERSEDED = "a more urgent reminder of the same deadline"


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


_TAKE = (
    update(Reminder)
    .where(Reminder.id == NEXT_DUE_REMINDER)
    .values(attempts=Reminder.attempts + 1, lease_until=bindparam("until", type_=Reminder.lease_until.type))
    .returning(
        Reminder.id,
        Reminder.recipient_id,
        Reminder.attempts,
        func.greatest(Reminder.due_at, Reminder.created_at),
        MORE_URGENT_IS_DUE,
    )
    .execution_options(synchronize_session=False)
)


def claim_next(uow: UnitOfWork, at: datetime, lease: timedelta = LEASE) -> Claimed | None:
    """Take the reminder that is due longest, for as long as the lease lasts. None when nothing is due.

    Of several late reminders of one deadline the recipient gets the most urgent; the others are superseded here.
    """
    while (row := uow.session.execute(_TAKE, {"at": at, "until": at + lease}).one_or_none()) is not None:
        *taken, is_superseded = row
        claimed = Claimed(*taken)
        if not is_superseded:
            return claimed
        _settle(uow, claimed, ReminderStatus.SUPERSEDED, reason=SUPERSEDED)
    return None


def recheck(uow: UnitOfWork, claimed: Claimed) -> Standing | str:
    """Return how the recipient is reached, or why the mail must not go out any more. Asked in the recipient's name."""
    now_stands = standing(uow, claimed)
    if now_stands is None or not now_stands.is_active:
        return "the account is not active"
    if not now_stands.is_visible:
        return "the recipient may no longer see the case"
    if now_stands.is_done:
        return "the deadline is done"
    if not now_stands.is_current:
        return "the deadline has changed"
    if now_stands.stage in ENDED:
        return "the case has ended"
    return now_stands


Settle = Callable[[UnitOfWork, Claimed, datetime], None]
"""Writes down what became of a claimed reminder."""

_CHANGED = ("status", "sent_at", "lease_until", "attempts", "reason")
_SETTLE = (
    update(Reminder)
    .where(Reminder.id == bindparam("held"), Reminder.status != ReminderStatus.SENT)
    .values({name: bindparam(f"new_{name}", type_=getattr(Reminder, name).type) for name in _CHANGED})
    .execution_options(synchronize_session=False)
)


def mark_sent(uow: UnitOfWork, claimed: Claimed, at: datetime) -> None:
    """Note that the mail was handed over, whatever happened to the deadline in that second."""
    _settle(uow, claimed, ReminderStatus.SENT, sent_at=at)


def cancel(reason: str) -> Settle:
    """Return what notes that the mail must not go out."""
    return lambda uow, claimed, _at: _settle(uow, claimed, ReminderStatus.CANCELLED, reason=reason)


def fail(reason: str) -> Settle:
    """Return what notes that the mail will never go out. The administrator's page shows it."""
    return lambda uow, claimed, _at: _settle(uow, claimed, ReminderStatus.FAILED, reason=reason)


def put_off(reason: str) -> Settle:
    """Return what puts the mail off: for a minute at first, for six hours at last."""
    return lambda uow, claimed, at: _settle(
        uow, claimed, ReminderStatus.WAITING, lease_until=at + _delay(claimed.attempts), reason=reason
    )


def is_last_attempt(claimed: Claimed) -> bool:
    """Tell whether a mail that is put off once more is given up, after some two days of trying."""
    return claimed.attempts >= MOST_ATTEMPTS


def release(uow: UnitOfWork, claimed: Claimed, _at: datetime) -> None:
    """Give a reminder back as it was: there was no server to hand it to."""
    _settle(uow, claimed, ReminderStatus.WAITING, attempts=claimed.attempts - 1)


def _settle(
    uow: UnitOfWork,
    claimed: Claimed,
    status: ReminderStatus,
    *,
    sent_at: datetime | None = None,
    lease_until: datetime | None = None,
    attempts: int | None = None,
    reason: str = "",
) -> None:
    new = {
        "new_status": status,
        "new_sent_at": sent_at,
        "new_lease_until": lease_until,
        "new_attempts": claimed.attempts if attempts is None else attempts,
        "new_reason": reason,
    }
    uow.session.execute(_SETTLE, {"held": claimed.reminder_id, **new})
