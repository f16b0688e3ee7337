from datetime import timedelta

from caseflow.clock import now
from caseflow.features.audit.commands import TrailSearch


def everything() -> TrailSearch:
    """Return the search for all entries of the last day."""
    return TrailSearch(begins_at=now() - timedelta(days=1), ends_at=now() + timedelta(days=1))
