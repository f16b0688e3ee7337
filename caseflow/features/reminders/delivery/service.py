"""The verbs of delivery: retry a mail, clear a returned address, send a test."""

from datetime import timedelta
from uuid import UUID, uuid4

from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.clock import now
from caseflow.errors import NotFound
from caseflow.features.reminders.delivery import queries
from caseflow.jobs import Job
from caseflow.models import Mail, MailKind
from caseflow.unit_of_work import UnitOfWork, Units

A_MINUTE = timedelta(minutes=1)
SENDER = JobActor(SystemRole.REMIND)
"""Administrators see no case, so they change no reminder: what is sent once more, the job puts back."""


def retry(units: Units, mail_id: UUID) -> None:
    """Send a mail once more that had failed, with all that it carries and is still to be told.

    Raises:
        NotFound: there is no such mail, or it has not failed.
    """
    with units.begin(SENDER) as uow:
        if not queries.put_back(uow, mail_id, now()):
            raise NotFound("This email does not exist, or it did not fail.")
        uow.after_commit(Job.REMIND)


def retry_lost(units: Units) -> int:
    """Tell anew what had reached nobody; return how many reminders that are."""
    with units.begin(SENDER) as uow:
        uow.after_commit(Job.REMIND)
        return queries.put_back_lost(uow, now())


def clear_bounces(uow: UnitOfWork, user_id: UUID) -> None:
    """Say that an address is right again: the next mail to it is tried.

    Raises:
        NotFound: nothing had come back from it.
    """
    if not queries.clear_bounces(uow, user_id, now()):
        raise NotFound("No email to this address was returned.")


def send_test(uow: UnitOfWork) -> bool:
    """Write a mail to the acting person that says that it is a test; False when one was asked for just now."""
    if queries.asked_for_test(uow, now() - A_MINUTE):
        return False
    test = Mail(id=uuid4(), recipient_id=uow.person.user_id, kind=MailKind.TEST, due_at=now())
    uow.session.add(test)
    uow.after_commit(Job.REMIND)
    return True
