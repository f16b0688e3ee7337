"""The jobs of evidence."""

from celery import shared_task

from caseflow.features.evidence.checking import check_files, destroy_removed, reconcile
from caseflow.features.evidence.copying import make_copies
from caseflow.features.evidence.uploads.clearing import clear_uploads
from caseflow.jobs import Job
from worker.runtime import runtime


@shared_task(name=Job.CHECK_EVIDENCE.value, ignore_result=True)  # type: ignore[untyped-decorator]  # Celery publishes no types
def check() -> None:
    """Check files that are due; if some are left at the end of the round, start another: reminders are sent in between."""
    parts = runtime()
    if check_files(parts.units, parts.store).is_cut_short:
        check.apply_async(expires=600)
    else:
        reconcile(parts.units, parts.store)


@shared_task(name=Job.DESTROY_EVIDENCE.value, ignore_result=True)  # type: ignore[untyped-decorator]  # Celery publishes no types
def destroy() -> None:
    """Destroy the bytes of files that were removed, and what is left of uploads."""
    parts = runtime()
    destroy_removed(parts.units, parts.store)
    clear_uploads(parts.units, parts.store)


@shared_task(name=Job.COPY_EVIDENCE.value, ignore_result=True)  # type: ignore[untyped-decorator]  # Celery publishes no types
def copy() -> None:
    """Make copies that are missing; if some are left at the end of the round, start another: reminders are sent in between."""
    parts = runtime()
    if make_copies(parts.units, parts.store).is_cut_short:
        copy.apply_async(expires=600)
