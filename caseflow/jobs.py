"""The names of background jobs. Nothing of Celery: whoever sends them is handed in."""

from enum import StrEnum


class Job(StrEnum):
    """One name per background job; `worker/tasks` has a task of the same name for each (a test checks it)."""

    REMIND = "deadlines.remind"
    REASSESS = "readiness.reassess"
    """Assess what time or new data may have changed; with `state`, the cases of one State only."""
    SYNC_REMINDERS = "deadlines.renew"
    """Bring reminders in line with who works where and from which days on they want to be reminded."""
