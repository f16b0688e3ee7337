"""The jobs of readiness."""

from celery import shared_task

from caseflow.features.readiness.full_pass import reassess as reassess_cases
from caseflow.jobs import Job
from worker.runtime import runtime


@shared_task(name=Job.REASSESS.value, ignore_result=True)  # type: ignore[untyped-decorator]  # Celery publishes no types
def reassess(state: str | None = None) -> None:
    """Assess what is due; when there is more than fits into one round, ask for another: reminders come between."""
    if reassess_cases(runtime().units, state_code=state).is_cut_short:
        reassess.apply_async(kwargs={"state": state})
