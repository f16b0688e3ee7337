"""What the administrator's page of email delivery shows. Nothing of any case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from caseflow.clock import now
from caseflow.db.paging import Cursor
from caseflow.features.monitoring import queries as monitoring
from caseflow.features.monitoring.queries import ShownAlarm
from caseflow.features.monitoring.service import Health
from caseflow.features.reminders.delivery import queries
from caseflow.features.reminders.delivery.queries import Failure, Hour, QueueNumbers, ReturnedAddress, Undelivered
from caseflow.models import ReassessmentRun, ReminderSyncRequest
from caseflow.outbound.mail import FolderMailer, Mailer, SavedMail
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.texts import lazy_gettext as _l

LISTED_MAILS = 100
LISTED_FAILURES = 50
LISTED_ADDRESSES = 50
LISTED_ALARMS = 20
A_DAY, A_MONTH = timedelta(days=1), timedelta(days=30)
REASONS = {
    "address": _l("The email address cannot be used."),
    "refused": _l("The email server refused the address (its reply: %(answer)s)."),
    "delayed": _l("The email server postponed the email (its reply: %(answer)s)."),
    "returned": _l(
        "Emails to this address were returned, so it was not tried. The coordinators were notified instead."
    ),
}


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """The outbox and, when emails go to a folder instead of a server, the emails themselves (else `filed` is None)."""

    health: Health
    numbers: QueueNumbers
    seen: Mapping[str, datetime]
    """Heartbeats by name; `sweep` is the last sweep, `mail` the last email that a server took."""
    next_hours: Sequence[Hour]
    failures: Sequence[Failure]
    next_page: str
    returned: Sequence[ReturnedAddress]
    lost: Undelivered
    without_coordinator: Sequence[str]
    last_run: ReassessmentRun | None
    last_full_pass: ReminderSyncRequest | None
    alarms: Sequence[ShownAlarm]
    filed: Sequence[SavedMail] | None


def reason_words(reason: str) -> str:
    """Return in words why an email was not sent."""
    word, _space, answer = reason.partition(" ")
    return str(REASONS[word] % {"answer": answer}) if word in REASONS else reason


def delivery_page(uow: UnitOfWork, health: Health, mailer: Mailer, page: str) -> DeliveryPage:
    """Return what the page shows: ten statements for any number of emails."""
    at = now()
    failures = queries.failures(uow, at, Cursor.parse(page), LISTED_FAILURES + 1)
    is_more, failures = len(failures) > LISTED_FAILURES, failures[:LISTED_FAILURES]
    return DeliveryPage(
        health=health,
        numbers=queries.queue_numbers(uow, at),
        seen=monitoring.heartbeats(uow),
        next_hours=queries.next_hours(uow, at, at + A_DAY),
        failures=failures,
        next_page=str(Cursor(failures[-1].due_at, failures[-1].mail_id)) if is_more else "",
        returned=queries.returned_addresses(uow, at - A_MONTH, LISTED_ADDRESSES),
        lost=queries.lost(uow),
        without_coordinator=queries.sections_without_coordinator(uow),
        last_run=monitoring.last_run(uow),
        last_full_pass=monitoring.last_full_pass(uow),
        alarms=monitoring.alarms(uow, at - A_MONTH, LISTED_ALARMS),
        filed=mailer.latest(LISTED_MAILS) if isinstance(mailer, FolderMailer) else None,
    )
