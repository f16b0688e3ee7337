"""The verbs of the watch: send once more, forget what came back, ask for a test, raise an alarm and end it."""

from datetime import timedelta
from uuid import UUID, uuid4

from caseflow.access import JobActor
from caseflow.access.actor import JobName
from caseflow.clock import now
from caseflow.errors import NotFound
from caseflow.features.watch import queries
from caseflow.jobs import Job
from caseflow.models import AlarmKind, Mail, MailKind
from caseflow.unit_of_work import UnitOfWork, Units

SENDER = JobActor(JobName.REMIND)
"""Administrators see no case, so they change no reminder: what is sent once more, the job puts back."""
A_MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)


def retry(units: Units, mail_id: UUID) -> None:
    """Send a mail once more that had failed, with all that it carries and is still to be told.

    Raises:
        NotFound: there is no such mail, or it has not failed.
    """
    with units.begin(SENDER) as uow:
        if not queries.put_back(uow, mail_id, now()):
            raise NotFound("There is no such mail, or it did not fail.")
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
        raise NotFound("Nothing came back from there.")


def send_test(uow: UnitOfWork) -> bool:
    """Write a mail to the acting person that says that it is a test; False when one was asked for just now."""
    if queries.asked_for_test(uow, now() - A_MINUTE):
        return False
    test = Mail(id=uuid4(), recipient_id=uow.person.user_id, kind=MailKind.TEST, due_at=now())
    uow.session.add(test)
    uow.after_commit(Job.REMIND)
    return True


def raise_alarm(uow: UnitOfWork, kind: AlarmKind, number: int) -> None:
    """Let administrators know of what a pass found and can't explain; one that is open already grows."""
    if number:
        queries.raise_alarm(uow, kind, number, now())


def report_failures(uow: UnitOfWork, number: int) -> None:
    """Let administrators know how many cases could not be worked through. They are tried again and again: each counts once.

    When somebody has looked, the same number rings no more before the next day.
    """
    at = now()
    if number > queries.failures_seen(uow, at - A_DAY):
        queries.raise_alarm(uow, AlarmKind.FAILURES, number, at, is_total=True)


def end_alarm(uow: UnitOfWork, alarm_id: UUID) -> bool:
    """Say that one has looked into an alarm; False when somebody had already. What is found from now on is a new one."""
    return queries.end_alarm(uow, alarm_id, now())
