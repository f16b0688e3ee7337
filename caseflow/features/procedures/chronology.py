"""When procedures elsewhere began and ended, for the chronology."""

from collections.abc import Sequence

from caseflow.models import Case
from caseflow.sources import DatedEntry, Term
from caseflow.unit_of_work import UnitOfWork


def chronology(_uow: UnitOfWork, case: Case) -> Sequence[DatedEntry]:
    """Return when each procedure elsewhere began and ended. No statement: they are loaded with the case."""
    found: list[DatedEntry] = []
    for one in case.other_procedures:
        number: tuple[str, ...] = (one.file_number,) if one.file_number else ()
        status: tuple[Term, ...] = (("procedure_status", one.status),) if one.status else ()
        found += [
            DatedEntry(
                on=on,
                kind="procedure",
                what=f"procedure.{name}",
                subject=("body", one.body),
                details=(*number, *more),
                values={"page": "remedies"},
                anchor=f"procedure-{one.id}",
            )
            for name, on, more in (("began", one.began, ()), ("ended", one.ended, status))
            if on is not None
        ]
    return found
