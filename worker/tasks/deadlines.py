"""The jobs of deadlines."""

from celery import shared_task

from caseflow.features.deadlines.reminder_sync.service import process_sync_requests
from caseflow.features.reminders.sweep import sweep
from caseflow.jobs import Job
from worker.runtime import letterhead, runtime


@shared_task(name=Job.REMIND.value, ignore_result=True)  # type: ignore[untyped-decorator]  # Celery publishes no types
def remind() -> None:
    """Send due reminders; if some are left at the end of the round, start another."""
    parts = runtime()
    if sweep(parts.units, parts.mailer, letterhead(), is_held=parts.settings.is_mail_held).is_cut_short:
        remind.apply_async()


@shared_task(name=Job.SYNC_REMINDERS.value, ignore_result=True)  # type: ignore[untyped-decorator]  # Celery publishes no types
def sync_reminders() -> None:
    """Reconcile reminders; if some are left at the end of the round, start another: mails are sent in between."""
    if process_sync_requests(runtime().units).is_cut_short:
        sync_reminders.apply_async(expires=60)
