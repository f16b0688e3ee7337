"""The verbs of monitoring: raise an alarm and end it."""

from datetime import timedelta
from uuid import UUID

from caseflow.clock import now
from caseflow.features.monitoring import queries
from caseflow.models import AlarmKind
from caseflow.unit_of_work import UnitOfWork

A_DAY = timedelta(days=1)


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
