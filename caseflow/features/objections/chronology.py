"""When the State objected, for the chronology."""

from collections.abc import Sequence

from caseflow.models import Case
from caseflow.sources import DatedEntry
from caseflow.unit_of_work import UnitOfWork


def chronology(_uow: UnitOfWork, case: Case) -> Sequence[DatedEntry]:
    """Return when the State raised each objection. No statement: they are loaded with the case."""
    return [
        DatedEntry(
            on=one.raised,
            kind="objection",
            what="objection.raised",
            subject=("objection_ground", one.ground),
            values={"page": "committee"},
            anchor=f"objection-{one.id}",
        )
        for one in case.state_objections
        if one.raised is not None
    ]
