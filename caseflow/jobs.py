"""The names of background jobs, independent of Celery."""

from enum import StrEnum


class Job(StrEnum):
    """A background job; `worker/tasks` has a task of the same name for each (a test checks it)."""

    REMIND = "deadlines.remind"
    REASSESS = "readiness.reassess"
    """Reassess the cases whose answer may have changed with time or new data; with `state`, only cases against that State."""
    CHECK_EVIDENCE = "evidence.check"
    """Read files of evidence again, and compare the store with the database."""
    COPY_EVIDENCE = "evidence.copy"
    """Make the copies of evidence for looking that are missing."""
    DESTROY_EVIDENCE = "evidence.destroy"
    """Destroy the bytes of files of evidence that were removed, and what is left of uploads."""
    BUILD_DOSSIER = "dossier.build"
    """Build the documents of dossiers that were asked for."""
    SYNC_REMINDERS = "deadlines.renew"
    """Reconcile reminders after a change of roles or preferences."""
