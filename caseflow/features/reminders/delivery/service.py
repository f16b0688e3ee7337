"""The verbs of delivery: retry an email, clear the bounces of an address, send a test."""

from datetime import timedelta
from uuid import UUID, uuid4

from caseflow.clock import now
from caseflow.errors import NotFound
from caseflow.features.reminders.delivery import queries
from caseflow.jobs import Job
from caseflow.models import Mail, MailKind
from caseflow.unit_of_work import UnitOfWork

A_MINUTE = timedelta(minutes=1)


def retry(uow: UnitOfWork, mail_id: UUID) -> None:
    """Queue a failed email again, with its reminders.

    Raises:
        NotFound: there is no such mail, or it has not failed.
    """
    if not queries.requeue(uow, mail_id, now()):
        raise NotFound("This email does not exist, or it did not fail.")
    uow.after_commit(Job.REMIND)


def retry_lost(uow: UnitOfWork) -> int:
    """Queue all reminders again that reached nobody; return their number."""
    uow.after_commit(Job.REMIND)
    return queries.requeue_undelivered(uow, now())


def clear_bounces(uow: UnitOfWork, user_id: UUID) -> None:
    """Clear the bounces of a user, so that the next email is tried again.

    Raises:
        NotFound: the user has none.
    """
    if not queries.clear_bounces(uow, user_id, now()):
        raise NotFound("No email to this address was returned.")


def send_test(uow: UnitOfWork) -> bool:
    """Queue a test email to the acting person; return False when one was requested within the last minute."""
    if queries.has_recent_test(uow, now() - A_MINUTE):
        return False
    test = Mail(id=uuid4(), recipient_id=uow.person.user_id, kind=MailKind.TEST, due_at=now())
    uow.session.add(test)
    uow.after_commit(Job.REMIND)
    return True
