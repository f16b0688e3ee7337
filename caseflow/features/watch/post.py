"""How mail leaves the house: what the administrator's page shows. Nothing of any case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from caseflow.clock import now
from caseflow.db.paging import Place
from caseflow.features.watch import queries
from caseflow.features.watch.health import Health
from caseflow.features.watch.queries import Failure, QueueNumbers
from caseflow.outbound.mail import FiledMail, FolderMailer, Mailer
from caseflow.unit_of_work import UnitOfWork

LISTED_MAILS = 100
LISTED_FAILURES = 50
REASONS = {
    "address": _l("The mail address can't be used."),
    "refused": _l("The mail server refused the address (its answer: %(answer)s)."),
    "delayed": _l("The mail server put the mail off (its answer: %(answer)s)."),
}


@dataclass(frozen=True, slots=True)
class Post:
    """The outbox and, on one machine, the mails themselves (`filed`; None where a server takes them)."""

    health: Health
    numbers: QueueNumbers
    last_sweep: datetime | None
    failures: Sequence[Failure]
    next_page: str
    filed: Sequence[FiledMail] | None


def reason_words(reason: str) -> str:
    """Return why a mail did not go out, in words."""
    word, _space, answer = reason.partition(" ")
    return str(REASONS[word] % {"answer": answer}) if word in REASONS else reason


def post(uow: UnitOfWork, health: Health, mailer: Mailer, page: str) -> Post:
    """Return what is to be seen of the mails: three statements."""
    failures = queries.failures(uow, now(), Place.parse(page), LISTED_FAILURES + 1)
    is_more, failures = len(failures) > LISTED_FAILURES, failures[:LISTED_FAILURES]
    return Post(
        health=health,
        numbers=queries.queue_numbers(uow, now()),
        last_sweep=queries.heartbeats(uow).get("sweep"),
        failures=failures,
        next_page=str(Place(failures[-1].due_at, failures[-1].mail_id)) if is_more else "",
        filed=mailer.latest(LISTED_MAILS) if isinstance(mailer, FolderMailer) else None,
    )
