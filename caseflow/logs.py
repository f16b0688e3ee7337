"""Logs carry ids, places in the code and names of errors, never values: they may be case data (docs/threat-model.md, D4)."""

import logging
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from itertools import islice
from pathlib import Path
from typing import Any

import structlog

PROJECT = Path(__file__).resolve().parents[1]
LONGEST_CHAIN = 5
"""How many chained causes of an error are logged."""


def configure(level: str) -> None:
    """Set up structlog for this process: one line per event, time first, without messages and local variables of errors."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_values,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def without_values(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace an exception by its class and the places in our code in its traceback."""
    error = event.pop("exc_info", None)
    if error is True:  # set by `log.exception`
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        kinds = [type(cause).__name__ for cause in islice(_causes(error), LONGEST_CHAIN)]
        frames = traceback.extract_tb(error.__traceback__)
        ours = [
            frame for frame in frames if Path(frame.filename).is_relative_to(PROJECT) and ".venv" not in frame.filename
        ]
        event["error"] = "<".join(kinds)
        event["at"] = " ".join(f"{Path(frame.filename).relative_to(PROJECT)}:{frame.lineno}" for frame in ours)
    return event
