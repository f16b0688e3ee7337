"""The runtime of tasks: made once per process, after the fork, because database connections can't be shared."""

from functools import cache

from celery import current_app

from caseflow.outbound.mail import Letterhead
from caseflow.runtime import Runtime, make_runtime


@cache
def runtime() -> Runtime:
    """Return the runtime of this process."""
    return make_runtime(current_app.caseflow_settings)


def letterhead() -> Letterhead:
    """Return what all mails have in common."""
    settings = runtime().settings
    return Letterhead(settings.mail_sender, settings.base_url)


def reset_runtime(**_signal: object) -> None:
    """Drop the runtime inherited from the parent process; the first task makes a new one."""
    runtime.cache_clear()
