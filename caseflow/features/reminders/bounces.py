"""Mails that came back: noted per address, and what they carried is told to the coordinators.

A mail server that takes a mail and can't deliver it writes days later. Whose mail it was is found by the failed
recipient alone; which mail it was is not believed, so all that was told in the days before is handed on. It may reach
somebody who has read it already, and nothing is lost.
"""

from datetime import datetime, timedelta
from uuid import UUID

from caseflow.access import JobActor
from caseflow.access.actor import JobName
from caseflow.clock import now, today
from caseflow.features.accounts.queries import user_by_email
from caseflow.features.reminders.handing import queries
from caseflow.features.reminders.outbox import AWAY
from caseflow.features.watch.queries import NOBODY
from caseflow.jobs import Job
from caseflow.outbound.bounces import Bounce, bounces_in
from caseflow.unit_of_work import UnitOfWork, Units

PATIENCE = timedelta(days=5)
"""For so long servers try before they give up and write back (RFC 5321, section 4.5.4.1)."""


def take_report(units: Units, report: bytes) -> int:
    """Note what a report of delivery says of people of ours; return of how many addresses it was."""
    known = [(user_id, bounce) for bounce in bounces_in(report) if (user_id := _owner(units, bounce)) is not None]
    with units.begin(JobActor(JobName.REMIND)) as uow:
        for user_id, bounce in known:
            _take(uow, user_id, bounce, now())
        if known:
            uow.after_commit(Job.REMIND)
    return len(known)


def _owner(units: Units, bounce: Bounce) -> UUID | None:
    with units.begin(JobActor(JobName.ACCOUNTS)) as uow:
        user = user_by_email(uow, bounce.address)
        return user.id if user else None


def _take(uow: UnitOfWork, user_id: UUID, bounce: Bounce, at: datetime) -> None:
    lost = queries.told_by_mail(uow, user_id, at - PATIENCE)
    if lost:  # who was sent nothing can't have a mail that comes back
        queries.note_bounce(uow, user_id, bounce, at)
        queries.hand_to_coordinators(uow, lost, at, today())
        queries.give_up_unheard(uow, lost, AWAY, NOBODY)
