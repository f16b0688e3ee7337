"""Send what is due: the one loop behind the job, the same however it is woken and however many run at once."""

import time
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from caseflow.access import JobActor, PersonActor
from caseflow.access.actor import JobName
from caseflow.clock import now
from caseflow.features.deadlines import outbox
from caseflow.features.deadlines.commands import Claimed
from caseflow.features.deadlines.mails import reminder_mail
from caseflow.features.deadlines.watch import beat
from caseflow.outbound.mail import Letterhead, MailDelayed, Mailer, MailRefused, MailServerLost
from caseflow.unit_of_work import Units

log = structlog.get_logger(__name__)
SWEEPER = JobActor(JobName.REMIND)


@dataclass(slots=True)
class SweepResult:
    """What a sweep did. `is_cut_short`: its time was over before nothing was due."""

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
    result: SweepResult = field(default_factory=SweepResult)

    def run(self) -> SweepResult:
        """Send until nothing is due, the time is over or the mail server is lost. One connection for all."""
        end = time.monotonic() + self.most_seconds
        with self.mailer:
            claimed = self._begin()
            while claimed is not None:
                settle = self._deliver(claimed)
                self.result.is_cut_short = time.monotonic() >= end
                claimed = self._settle(settle, claimed)
        if self.result != SweepResult():
            log.info(
                "reminders_swept", sent=self.result.sent, failed=self.result.failed, lost=self.result.is_server_lost
            )
        return self.result

    def _begin(self) -> Claimed | None:
        with self.units.begin(SWEEPER) as uow:
            beat(uow, "sweep")
            return outbox.claim_next(uow, now(), self.lease)

    def _settle(self, settle: outbox.Settle, claimed: Claimed) -> Claimed | None:
        """Write down what became of one and take the next, in one commit: half the work of two."""
        with self.units.begin(SWEEPER) as uow:
            at = now()
            settle(uow, claimed, at)
            if self.result.is_server_lost or self.result.is_cut_short:
                return None
            return outbox.claim_next(uow, at, self.lease)

    def _deliver(self, claimed: Claimed) -> outbox.Settle:
        """Look again as the recipient, hand the mail over, and return what is to be written down."""
        with self.units.begin(PersonActor(claimed.recipient_id, "")) as uow:
            found = outbox.recheck(uow, claimed)
        if isinstance(found, str):
            self.result.cancelled += 1
            return outbox.cancel(found)
        try:
            self.mailer.send(reminder_mail(self.head, claimed, found.email, found.language))
        except MailRefused as error:
            self.result.failed += 1
            return outbox.fail(str(error))
        except MailDelayed as error:
            if outbox.is_last_attempt(claimed):
                self.result.failed += 1
                return outbox.fail(str(error))
            self.result.put_off += 1
            return outbox.put_off(str(error))
        except MailServerLost as error:
            self.result.is_server_lost = True
            log.warning("mail_server_lost", what=str(error))
            return outbox.release
        self.result.sent += 1
        return outbox.mark_sent


def sweep(
    units: Units, mailer: Mailer, head: Letterhead, *, lease: timedelta = outbox.LEASE, most_seconds: float = 10.0
) -> SweepResult:
    """Send what is due now. Nothing is lost and nothing is sent twice, however many sweeps run."""
    return Sweep(units, mailer, head, lease, most_seconds).run()
