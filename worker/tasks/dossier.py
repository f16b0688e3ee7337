"""The job of dossiers."""

from celery import shared_task

from caseflow.features.dossier.building import build_waiting
from caseflow.jobs import Job
from worker.runtime import runtime


@shared_task(name=Job.BUILD_DOSSIER.value, ignore_result=True)  # type: ignore[untyped-decorator]  # Celery publishes no types
def build() -> None:
    """Build what was asked for; if something is left at the end of the round, start another: reminders are sent in between."""
    parts = runtime()
    if build_waiting(parts.units, parts.store).is_cut_short:
        build.apply_async(expires=600)
