"""Passwords that are tried: the key of their counters, and what is said when there were too many attempts."""

from datetime import timedelta
from math import ceil
from typing import Final, cast

from flask import current_app

from caseflow.web.texts import ngettext

_MOST_SECONDS: Final = 90
"""Up to here the wait is said in seconds."""


def current_sign_in_key() -> bytes:
    """Return the key of this application for the counters of attempts and the links of devices (`accounts.signing_in`)."""
    return cast("bytes", current_app.extensions["caseflow.sign_in_key"])


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
