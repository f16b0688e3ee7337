"""Send what is due: the one loop behind the job, the same however it is woken and however many run at once."""

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
NOTED_TOGETHER = 10
"""Mails: of so many is noted at once what they told, of the last ones when nothing more is due."""
WAITS = (0.5, 1, 2, 4, 8, 16)
"""Seconds between attempts to write down what became of a mail: together much less than a lease."""


@dataclass(slots=True)
class SweepResult:
    """What a sweep did, in mails. `is_cut_short`: its time was over before nothing was due."""

    sent: int = 0
    cancelled: int = 0
    put_off: int = 0
    failed: int = 0
    is_server_lost: bool = False
    is_cut_short: bool = False


@dataclass(slots=True)
class Sweep:
    """One sweep: who sends, through what, and for how long at most."""

    units: Units
    mailer: Mailer
    head: Letterhead
    lease: timedelta = outbox.LEASE
    most_seconds: float = 10.0
    """A worker that is asked to stop waits for the sweep; the task asks for another one when there is more."""
    is_held: bool = False
    """Nothing is written and nothing sent; what is due waits, and is told in one digest when it goes on."""
    result: SweepResult = field(default_factory=SweepResult)
    _sent: list[UUID] = field(default_factory=list)
    """Mails of which is not noted yet what they told."""
    _end: float = 0.0

    def run(self) -> SweepResult:
        """Write and send until nothing is due, the time is over or the mail server is lost. One connection for all."""
        self._end = time.monotonic() + self.most_seconds
        if self.is_held:
            self._beat("sweep")
            return self.result
        with self.mailer:
            claimed = self._begin()
            while claimed is not None:
                claimed = self._deliver(claimed)
                if claimed is None or len(self._sent) >= NOTED_TOGETHER:
                    self._note_told()
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
        """Write the mails that are due, and take the first."""
        for write in (write_at_once, write_digests):
            while self._write(write) and not self._is_over():
                pass
        with self.units.begin(SWEEPER) as uow:
            beat(uow, "sweep")
            outbox.record_notified(uow)
            return outbox.claim_next(uow, now(), self.lease)

    def _note_told(self) -> None:
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
        """Write down what became of a mail and return the next.

        A database that stops just now is waited for, while the lease holds: the mail may be out, and would go out again.
        """
        for seconds in WAITS:
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
        """Take the next mail in the commit that says what became of the one before: half the work of two."""
        if self.result.is_server_lost or self._is_over():
            return None
        return outbox.claim_next(uow, at, self.lease)

    def _deliver(self, claimed: LeasedMail) -> LeasedMail | None:
        """Look again as the recipient, hand the mail over or write down why not, and return the next."""
        with self.units.begin(PersonActor(claimed.recipient_id, "")) as uow:
            decision = outbox.recheck(uow, claimed)
        decision = self._leave_to_substitute(claimed, decision)
        is_test = claimed.kind is MailKind.TEST
        if not decision.email or not (is_test or decision.good):
            self.result.cancelled += 1
            return self._settle(outbox.cancel(decision), claimed)
        if decision.is_returned and not is_test:
            self.result.failed += 1
            return self._settle(outbox.not_tried(decision), claimed)
        return self._hand_over(claimed, self._without_dropped(decision))

    def _without_dropped(self, decision: DeliveryDecision) -> DeliveryDecision:
        if not (decision.dropped or decision.unreachable or decision.handed):
            return decision
        with self.units.begin(SWEEPER) as uow:
            return outbox.drop(uow, decision, now())

    def _leave_to_substitute(self, claimed: LeasedMail, decision: DeliveryDecision) -> DeliveryDecision:
        """Ask as who stands in for the recipient what they can be told instead."""
        if decision.substitute_id is None:
            return decision
        with self.units.begin(PersonActor(decision.substitute_id, "")) as uow:
            theirs = outbox.recheck(uow, replace(claimed, recipient_id=decision.substitute_id))
        return outbox.leave_to_substitute(decision, theirs)

    def _hand_over(self, claimed: LeasedMail, decision: DeliveryDecision) -> LeasedMail | None:
        """Hand a mail over in a transaction in which it is marked as sent already, and return the next.

        A sweep that dies between the server's answer and the commit sends twice: nothing stands between them. The row is
        locked meanwhile, so that no other sweep takes a mail whose server is slower than the lease; one that another took
        before (this sweep was asleep) is left to it.
        """
        is_taken = False
        try:
            with self.units.begin(SWEEPER) as uow:
                at = now()
                is_ours = outbox.mark_handed_over(uow, claimed, at)
                following = self._next(uow, at)
                if not is_ours:
                    return following
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
            following = self._settle(outbox.mark_sent, claimed)  # it must not leave again
        self.result.sent += 1
        self._sent.append(claimed.mail_id)
        return following

    def _not_taken(self, claimed: LeasedMail, decision: DeliveryDecision, error: MailNotAccepted) -> outbox.Settle:
        if isinstance(error, MailRefused) or outbox.is_last_attempt(claimed):
            self.result.failed += 1
            return outbox.fail(decision, str(error))
        self.result.put_off += 1
        return outbox.put_off(str(error))


def sweep(
    units: Units,
    mailer: Mailer,
    head: Letterhead,
    *,
    lease: timedelta = outbox.LEASE,
    most_seconds: float = 10.0,
    is_held: bool = False,
) -> SweepResult:
    """Send what is due now. Nothing is lost and nothing is sent twice, however many sweeps run."""
    return Sweep(units, mailer, head, lease, most_seconds, is_held).run()
