"""The loop that sends what is due. Any number of sweeps may run at once."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy.exc import OperationalError

from caseflow.access import JobActor, PersonActor
from caseflow.access.actor import SystemRole
from caseflow.clock import now
from caseflow.features.monitoring.service import beat
from caseflow.features.reminders import outbox
from caseflow.features.reminders.commands import DeliveryDecision, LeasedMail
from caseflow.features.reminders.digests import write_at_once, write_digests
from caseflow.features.reminders.mails import reminder_mail
from caseflow.models import MailKind
from caseflow.outbound.mail import Letterhead, Mailer, MailNotAccepted, MailRefused, MailServerUnavailable
from caseflow.unit_of_work import UnitOfWork, Units

log = structlog.get_logger(__name__)
SWEEPER = JobActor(SystemRole.REMIND)
RECORD_BATCH = 10
"""Number of sent emails after which their reminders are marked as sent; at the end of a sweep also of fewer."""
RETRY_SECONDS = (0.5, 1, 2, 4, 8, 16)
"""Waits between attempts to record the result of an email: together much less than a lease."""


@dataclass(slots=True)
class SweepResult:
    """Counts of emails. `is_cut_short`: the time was over while emails were still due."""

    sent: int = 0
    cancelled: int = 0
    deferred: int = 0
    failed: int = 0
    is_server_lost: bool = False
    is_cut_short: bool = False


@dataclass(slots=True)
class Sweep:
    """One run that sends what is due, for at most `most_seconds`."""

    units: Units
    mailer: Mailer
    head: Letterhead
    lease: timedelta = outbox.LEASE
    most_seconds: float = 10.0
    """A worker that is asked to stop waits for the sweep; the task requests another one when there is more."""
    is_held: bool = False
    """Whether sending is on hold: nothing is written or sent; afterwards one digest carries what was due."""
    result: SweepResult = field(default_factory=SweepResult)
    _sent: list[UUID] = field(default_factory=list)
    """Sent emails whose reminders are not marked as sent yet."""
    _end: float = 0.0

    def run(self) -> SweepResult:
        """Write and send until nothing is due, the time is over or the mail server is gone. Uses one connection."""
        self._end = time.monotonic() + self.most_seconds
        if self.is_held:
            self._beat("sweep")
            return self.result
        with self.mailer:
            claimed = self._begin()
            while claimed is not None:
                claimed = self._deliver(claimed)
                if claimed is None or len(self._sent) >= RECORD_BATCH:
                    self._record_notified()
        if self.result.sent:
            self._beat("mail")
        if self.result != SweepResult():
            log.info(
                "reminders_swept", sent=self.result.sent, failed=self.result.failed, lost=self.result.is_server_lost
            )
        return self.result

    def _beat(self, name: str) -> None:
        with self.units.begin(SWEEPER) as uow:
            beat(uow, name)

    def _begin(self) -> LeasedMail | None:
        """Write the emails that are due, and return the first, leased; None when nothing is due."""
        for write in (write_at_once, write_digests):
            while self._write(write) and not self._is_over():
                pass
        with self.units.begin(SWEEPER) as uow:
            beat(uow, "sweep")
            outbox.record_notified(uow)
            return outbox.claim_next(uow, now(), self.lease)

    def _record_notified(self) -> None:
        if self._sent:
            with self.units.begin(SWEEPER) as uow:
                outbox.record_notified(uow, self._sent)
            self._sent.clear()

    def _write(self, write: Callable[[UnitOfWork, datetime], int]) -> int:
        with self.units.begin(SWEEPER) as uow:
            return write(uow, now())

    def _is_over(self) -> bool:
        self.result.is_cut_short = time.monotonic() >= self._end
        return self.result.is_cut_short

    def _settle(self, settle: outbox.Settle, claimed: LeasedMail) -> LeasedMail | None:
        """Record the result of an email and return the next.

        Retries while the database is unavailable and the lease lasts: the email may be sent, and would be sent again.
        """
        for seconds in RETRY_SECONDS:
            try:
                return self._settled(settle, claimed)
            except OperationalError as error:
                log.warning("mail_not_settled", error=type(error).__name__)
                time.sleep(seconds)
        return self._settled(settle, claimed)

    def _settled(self, settle: outbox.Settle, claimed: LeasedMail) -> LeasedMail | None:
        with self.units.begin(SWEEPER) as uow:
            at = now()
            settle(uow, claimed, at)
            return self._next(uow, at)

    def _next(self, uow: UnitOfWork, at: datetime) -> LeasedMail | None:
        """Lease the next email in the transaction that records the result of the one before: one commit instead of two."""
        if self.result.is_server_lost or self._is_over():
            return None
        return outbox.claim_next(uow, at, self.lease)

    def _deliver(self, claimed: LeasedMail) -> LeasedMail | None:
        """Decide again as the recipient, then send the email or record why not; return the next."""
        with self.units.begin(PersonActor(claimed.recipient_id, "")) as uow:
            decision = outbox.decide_delivery(uow, claimed)
        decision = self._delegate(claimed, decision)
        is_test = claimed.kind is MailKind.TEST
        if not decision.email or not (is_test or decision.deliver):
            self.result.cancelled += 1
            return self._settle(outbox.cancel(decision), claimed)
        if decision.is_returned and not is_test:
            self.result.failed += 1
            return self._settle(outbox.fail_returned_address(decision), claimed)
        return self._send(claimed, self._record_excluded(decision))

    def _record_excluded(self, decision: DeliveryDecision) -> DeliveryDecision:
        if not (decision.obsolete or decision.forbidden or decision.delegated):
            return decision
        with self.units.begin(SWEEPER) as uow:
            return outbox.record_excluded(uow, decision, now())

    def _delegate(self, claimed: LeasedMail, decision: DeliveryDecision) -> DeliveryDecision:
        """Decide as the substitute, and return the decision with the reminders that the substitute can get."""
        if decision.substitute_id is None:
            return decision
        with self.units.begin(PersonActor(decision.substitute_id, "")) as uow:
            substitute = outbox.decide_delivery(uow, replace(claimed, recipient_id=decision.substitute_id))
        return outbox.delegate(decision, substitute)

    def _send(self, claimed: LeasedMail, decision: DeliveryDecision) -> LeasedMail | None:
        """Send an email in a transaction that has already marked it as sent, and return the next.

        Only a sweep that dies between the server's answer and the commit causes a second sending. The row stays locked, so
        that no other sweep takes the email when the server is slower than the lease. An email that another sweep has taken
        before (this one was paused for longer than its lease) is left to it.
        """
        is_taken = False
        try:
            with self.units.begin(SWEEPER) as uow:
                at = now()
                is_leased = outbox.mark_as_sending(uow, claimed, at)
                next_mail = self._next(uow, at)
                if not is_leased:
                    return next_mail
                self.mailer.send(reminder_mail(self.head, claimed, decision.email, decision.language))
                is_taken = True
        except MailNotAccepted as error:
            return self._settle(self._not_taken(claimed, decision, error), claimed)
        except MailServerUnavailable as error:
            self.result.is_server_lost = True
            log.warning("mail_server_lost", what=str(error))
            return self._settle(outbox.release, claimed)
        except Exception:
            if not is_taken:
                raise
            log.exception("mail_sent_and_not_noted")
            next_mail = self._settle(outbox.mark_sent, claimed)  # so that it is not sent again
        self.result.sent += 1
        self._sent.append(claimed.mail_id)
        return next_mail

    def _not_taken(self, claimed: LeasedMail, decision: DeliveryDecision, error: MailNotAccepted) -> outbox.Settle:
        if isinstance(error, MailRefused) or outbox.is_last_attempt(claimed):
            self.result.failed += 1
            return outbox.fail(decision, str(error))
        self.result.deferred += 1
        return outbox.defer(str(error))


def sweep(
    units: Units,
    mailer: Mailer,
    head: Letterhead,
    *,
    lease: timedelta = outbox.LEASE,
    most_seconds: float = 10.0,
    is_held: bool = False,
) -> SweepResult:
    """Send what is due now, with any number of other sweeps at once; return the counts."""
    return Sweep(units, mailer, head, lease, most_seconds, is_held).run()
