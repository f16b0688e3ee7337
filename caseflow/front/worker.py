"""The worker class of gunicorn: gunicorn keeps the processes, waitress reads the requests (docs/decisions/0019)."""

import logging
import os
import time
from typing import Final

import structlog
from gunicorn.workers.base import Worker

from caseflow.front.limits import Limits
from caseflow.front.server import Front

log = structlog.get_logger(__name__)
WAIT_SECONDS: Final = 0.5
"""How often the process notices a signal and shows gunicorn that it lives."""


class WithoutValues(logging.Handler):
    """Logs errors of waitress by their class: their texts hold addresses of pages and parts of requests."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log one."""
        log.error(
            "front_error",
            place=f"{record.module}:{record.lineno}",
            exc_info=record.exc_info[1] if record.exc_info else None,
        )


def keep_values_out_of_the_log() -> None:
    """Let nothing of waitress reach the log but classes of errors."""
    logger = logging.getLogger("waitress")
    logger.handlers, logger.propagate = [WithoutValues()], False
    logger.setLevel(logging.ERROR)


class ReadsRequestsWhole(Worker):  # type: ignore[misc]  # gunicorn publishes no types
    """One web process: a loop that reads requests, and threads that answer them."""

    def run(self) -> None:
        """Serve until gunicorn says to stop, then finish what has begun."""
        keep_values_out_of_the_log()
        sockets = [listener.sock for listener in self.sockets]
        front = Front(self.wsgi, sockets, threads=self.cfg.threads, backlog=self.cfg.backlog, limits=Limits())
        while self.alive and os.getppid() == self.ppid:
            self.notify()
            front.serve(WAIT_SECONDS)
        front.stop_accepting()
        end = time.monotonic() + self.cfg.graceful_timeout
        while front.is_busy and time.monotonic() < end:
            self.notify()
            front.serve(WAIT_SECONDS)
        front.close()
