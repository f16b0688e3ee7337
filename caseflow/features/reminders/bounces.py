"""Bounces: emails that came back are recorded for their address, and their reminders are escalated to the coordinators.

A mail server may report days later that it could not deliver an email. As reports can be forged, one is accepted in full
only when it names the Message-ID of an email that was sent to that person. One without such an id may still be true (some
relays write their own Message-ID, some servers return no headers): reminders of the days before are then escalated, and
the address is still tried. So a forged report can cause extra emails, but cannot stop any.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.clock import earliest_local_date, now
from caseflow.features.accounts.queries import user_by_email
from caseflow.features.reminders.commands import NOBODY
from caseflow.features.reminders.escalation import queries
from caseflow.features.reminders.outbox import AWAY, record_notified
from caseflow.jobs import Job
from caseflow.outbound.bounces import Bounce, bounces_in
from caseflow.outbound.mail import Letterhead, message_id
from caseflow.unit_of_work import UnitOfWork, Units

MATCHED_WITHIN = timedelta(days=14)
"""Age of emails that a report can name: servers retry for five days and more (RFC 5321, section 4.5.4.1)."""
UNMATCHED_WITHIN = timedelta(days=7)
"""Age of emails that are escalated by a report without a known Message-ID."""


def take_report(units: Units, head: Letterhead, report: bytes) -> int:
    """Record what a delivery report says of users; return for how many it was accepted."""
    known = [owned for bounce in bounces_in(report) if (owned := _owned(units, bounce)) is not None]
    with units.begin(JobActor(SystemRole.REMIND)) as uow:
        taken = sum(_take(uow, head, user_id, bounce, now()) for user_id, bounce in known)
        if taken:
            uow.after_commit(Job.REMIND)
    return taken


def _owned(units: Units, bounce: Bounce) -> tuple[UUID, Bounce] | None:
    """Return the id of the user with the bounced address, and the bounce with that address; None if unknown."""
    with units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        for address in (bounce.address, *bounce.other_names):
            if user := user_by_email(uow, address):
                return user.id, replace(bounce, address=address)
    return None


def _take(uow: UnitOfWork, head: Letterhead, user_id: UUID, bounce: Bounce, at: datetime) -> bool:
    """Record the bounce of one person, and escalate. Return whether it was accepted."""
    sent = queries.mails_sent(uow, user_id, at - MATCHED_WITHIN)
    mails = [mail_id for mail_id, _ in sent if message_id(head, mail_id) == bounce.message_id]
    if not mails:
        mails = [mail_id for mail_id, sent_at in sent if sent_at > at - UNMATCHED_WITHIN]
        bounce = replace(bounce, is_permanent=False)
    if not mails:  # without a sent email there is none that could come back
        return False
    record_notified(uow, mails)  # in case the sweep that sent them died before doing so
    lost = queries.reminders_sent_in(uow, mails)
    queries.record_bounce(uow, user_id, bounce, at)
    queries.notify_coordinators(uow, lost, at, earliest_local_date(at))
    queries.fail_unreached(uow, lost, AWAY, NOBODY)
    return True
