"""How PostgreSQL plans the statements of a web request."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session

_CUSTOM = text("SET LOCAL plan_cache_mode = force_custom_plan")
_GENERIC = text("SET LOCAL plan_cache_mode = force_generic_plan")


@contextmanager
def planned_for_these_values(session: Session) -> Iterator[None]:
    """Have the statements of the block planned for their values. Two statements.

    Everything else in a request is looked up by its key and keeps one plan (`caseflow_enter` says so). For filters one plan
    is slow: a rare word is best looked up in an index, a common one found while reading in order.
    """
    session.execute(_CUSTOM)
    yield
    session.execute(_GENERIC)
