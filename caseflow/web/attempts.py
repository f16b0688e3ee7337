"""What is said when a password was tried too often."""

from datetime import timedelta
from math import ceil
from typing import Final

from caseflow.web.texts import ngettext

_MOST_SECONDS: Final = 90
"""Up to here the wait is said in seconds."""


def too_many_attempts(wait: timedelta) -> str:
    """Return the sentence that says how long one must wait before the next attempt."""
    seconds = ceil(wait.total_seconds())
    if seconds > _MOST_SECONDS:
        return ngettext(
            "Too many attempts. Wait %(num)d minute, then try again.",
            "Too many attempts. Wait %(num)d minutes, then try again.",
            ceil(seconds / 60),
        )
    return ngettext(
        "Too many attempts. Wait a second, then try again.",
        "Too many attempts. Wait %(num)d seconds, then try again.",
        seconds,
    )
