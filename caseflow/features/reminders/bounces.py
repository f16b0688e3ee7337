"""Mails that came back: noted per address, and what they carried is told to the coordinators.

A mail server that takes a mail and can't deliver it writes days later. Anybody may write such a report, so one is
believed when it names the Message-ID of a mail that was sent to that person. One that names none of ours might be true (some
relays write a Message-ID of their own, some servers return no headers): all that was told in the days before is told to the
coordinators, and the address is tried as before. Whoever forges one makes noise at most, and silences nobody.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.clock import now, today
from caseflow.features.accounts.queries import user_by_email
from caseflow.features.reminders.commands import NOBODY
from caseflow.features.reminders.escalation import queries
from caseflow.features.reminders.outbox import AWAY, record_notified
from caseflow.jobs import Job
from caseflow.outbound.bounces import Bounce, bounces_in
from caseflow.outbound.mail import Letterhead, message_id
from caseflow.unit_of_work import UnitOfWork, Units

PATIENCE = timedelta(days=14)
"""Servers try for five days and more before they give up and write back (RFC 5321, section 4.5.4.1)."""
DOUBTFUL = timedelta(days=7)
"""So far back goes a report that names no mail of ours."""


def take_report(units: Units, head: Letterhead, report: bytes) -> int:
    """Note what a report of delivery says of people of ours; return of how many it was believed."""
    known = [owned for bounce in bounces_in(report) if (owned := _owned(units, bounce)) is not None]
    with units.begin(JobActor(SystemRole.REMIND)) as uow:
        taken = sum(_take(uow, head, user_id, bounce, now()) for user_id, bounce in known)
        if taken:
            uow.after_commit(Job.REMIND)
    return taken


def _owned(units: Units, bounce: Bounce) -> tuple[UUID, Bounce] | None:
    """Return the person whose mail came back, with the bounce of their address; None where nobody has any of its names."""
    with units.begin(JobActor(SystemRole.ACCOUNTS)) as uow:
        for address in (bounce.address, *bounce.other_names):
            if user := user_by_email(uow, address):
                return user.id, replace(bounce, address=address)
    return None


def _take(uow: UnitOfWork, head: Letterhead, user_id: UUID, bounce: Bounce, at: datetime) -> bool:
    """Take what a report says of one person; tell whether it was believed."""
    sent = queries.mails_sent(uow, user_id, at - PATIENCE)
    mails = [mail_id for mail_id, _ in sent if message_id(head, mail_id) == bounce.message_id]
    if not mails:
        mails = [mail_id for mail_id, sent_at in sent if sent_at > at - DOUBTFUL]
        bounce = replace(bounce, is_permanent=False)
    if not mails:  # who was sent nothing can't have a mail that comes back
        return False
    record_notified(uow, mails)  # the sweep that sent them may have died before it did
    lost = queries.told_in(uow, mails)
    queries.note_bounce(uow, user_id, bounce, at)
    queries.hand_to_coordinators(uow, lost, at, today())
    queries.give_up_unheard(uow, lost, AWAY, NOBODY)
    return True
