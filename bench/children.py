"""Processes of the benchmark: each begins as a fresh one does, and none loads the program anew."""

from multiprocessing import get_context
from multiprocessing.context import ForkServerContext


def children() -> ForkServerContext:
    """Give the context in which workers and servers of a run are started: one server has loaded the program, and forks."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["bench.outbox", "caseflow.features.readiness.full_pass"])
    return context
