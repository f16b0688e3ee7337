"""When it happened, as first reported, for the chronology."""

from collections.abc import Sequence

from caseflow.models import Case
from caseflow.sources import DatedEntry
from caseflow.unit_of_work import UnitOfWork


def chronology(_uow: UnitOfWork, case: Case) -> Sequence[DatedEntry]:
    """Return when it happened, as first reported. No statement."""
    if case.happened is None:
        return []
    place = {"page": "facts"}
    return [DatedEntry(on=case.happened, kind="case", what="case.happened", values=place, anchor="facts")]
