"""Child processes of the benchmark: each starts fresh, without importing the program again."""

from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from multiprocessing.synchronize import Event

from caseflow.local.process import HANG_SECONDS


def children() -> ForkServerContext:
    """Return the context in which processes of a run are started: a fork server that has imported the program."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["bench.outbox", "caseflow.features.readiness.full_pass"])
    return context


def wait_for(event: Event, what: str) -> None:
    """Wait for a sign from another process; raise when it never comes."""
    if not event.wait(HANG_SECONDS):
        raise TimeoutError(f"not within {HANG_SECONDS} s: {what}")
