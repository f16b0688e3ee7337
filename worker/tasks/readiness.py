"""The jobs of readiness."""

from celery import shared_task

from caseflow.features.readiness.full_pass import reassess as reassess_cases
from caseflow.jobs import Job
from worker.runtime import runtime


@shared_task(name=Job.REASSESS.value, ignore_result=True)  # type: ignore[untyped-decorator]  # Celery publishes no types
def reassess(state: str | None = None) -> None:
    """Reassess due cases; if some are left at the end of the round, start another: reminders are sent in between."""
    if reassess_cases(runtime().units, state_code=state).is_cut_short:
        reassess.apply_async(kwargs={"state": state})
