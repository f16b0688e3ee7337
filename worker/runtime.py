"""The parts that tasks work with: made once per process, after the fork, because database connections do not survive one."""

from functools import cache

from celery import current_app

from caseflow.outbound.mail import Letterhead
from caseflow.runtime import Runtime, make_runtime


@cache
def runtime() -> Runtime:
    """Return the parts of this process."""
    return make_runtime(current_app.caseflow_settings)


def letterhead() -> Letterhead:
    """Return what all mails have in common."""
    settings = runtime().settings
    return Letterhead(settings.mail_sender, settings.base_url)


def forget(**_signal: object) -> None:
    """Drop parts inherited from the parent process; the first task makes new ones."""
    runtime.cache_clear()
