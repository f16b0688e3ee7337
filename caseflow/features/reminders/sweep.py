"""Send what is due: the one loop behind the job, the same however it is woken and however many run at once."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import OperationalError

from caseflow.access import JobActor, PersonActor
from caseflow.access.actor import JobName
from caseflow.clock import now
from caseflow.features.reminders import outbox
from caseflow.features.reminders.commands import Claimed, Verdict
from caseflow.features.reminders.digests import write_at_once, write_digests
from caseflow.features.reminders.mails import reminder_mail
from caseflow.features.watch.health import beat
from caseflow.models import MailKind
from caseflow.outbound.mail import Letterhead, MailDelayed, Mailer, MailRefused, MailServerLost
from caseflow.unit_of_work import UnitOfWork, Units

log = structlog.get_logger(__name__)
SWEEPER = JobActor(JobName.REMIND)
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
                settle = self._deliver(claimed)
                claimed = self._settle(settle, claimed)
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

    def _begin(self) -> Claimed | None:
        """Write the mails that are due, and take the first."""
        for write in (write_at_once, write_digests):
            while self._write(write) and not self._is_over():
                pass
        with self.units.begin(SWEEPER) as uow:
            beat(uow, "sweep")
            return outbox.claim_next(uow, now(), self.lease)

    def _write(self, write: Callable[[UnitOfWork, datetime], int]) -> int:
        with self.units.begin(SWEEPER) as uow:
            return write(uow, now())

    def _is_over(self) -> bool:
        self.result.is_cut_short = time.monotonic() >= self._end
        return self.result.is_cut_short

    def _settle(self, settle: outbox.Settle, claimed: Claimed) -> Claimed | None:
        """Write down what became of one and take the next, in one commit: half the work of two.

        A database that stops just now is waited for, while the lease holds: the mail is out, and would go out again.
        """
        for seconds in WAITS:
            try:
                return self._settled(settle, claimed)
            except OperationalError as error:
                log.warning("mail_not_settled", error=type(error).__name__)
                time.sleep(seconds)
        return self._settled(settle, claimed)

    def _settled(self, settle: outbox.Settle, claimed: Claimed) -> Claimed | None:
        with self.units.begin(SWEEPER) as uow:
            at = now()
            settle(uow, claimed, at)
            if self.result.is_server_lost or self._is_over():
                return None
            return outbox.claim_next(uow, at, self.lease)

    def _deliver(self, claimed: Claimed) -> outbox.Settle:
        """Look again as the recipient, hand the mail over, and return what is to be written down."""
        with self.units.begin(PersonActor(claimed.recipient_id, "")) as uow:
            verdict = outbox.recheck(uow, claimed)
        verdict = self._leave_to_substitute(claimed, verdict)
        is_test = claimed.kind is MailKind.TEST
        if not verdict.email or not (is_test or verdict.good):
            self.result.cancelled += 1
            return outbox.cancel(verdict)
        if verdict.is_returned and not is_test:
            self.result.failed += 1
            return outbox.not_tried(verdict)
        return self._hand_over(claimed, verdict)

    def _leave_to_substitute(self, claimed: Claimed, verdict: Verdict) -> Verdict:
        """Ask as who stands in for the recipient what they can be told instead."""
        if verdict.substitute_id is None:
            return verdict
        with self.units.begin(PersonActor(verdict.substitute_id, "")) as uow:
            theirs = outbox.recheck(uow, replace(claimed, recipient_id=verdict.substitute_id))
        return outbox.leave_to_substitute(verdict, theirs)

    def _hand_over(self, claimed: Claimed, verdict: Verdict) -> outbox.Settle:
        try:
            self.mailer.send(reminder_mail(self.head, claimed, verdict.email, verdict.language))
        except MailRefused as error:
            self.result.failed += 1
            return outbox.fail(verdict, str(error))
        except MailDelayed as error:
            if outbox.is_last_attempt(claimed):
                self.result.failed += 1
                return outbox.fail(verdict, str(error))
            self.result.put_off += 1
            return outbox.put_off(str(error))
        except MailServerLost as error:
            self.result.is_server_lost = True
            log.warning("mail_server_lost", what=str(error))
            return outbox.release
        self.result.sent += 1
        return outbox.mark_sent(verdict)


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
