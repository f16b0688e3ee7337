"""What the organisations themselves did, and what came of it, for the chronology."""

from collections.abc import Sequence

from caseflow.features.interventions.queries import interventions_of
from caseflow.models import Case
from caseflow.sources import DatedEntry, Term
from caseflow.unit_of_work import UnitOfWork


def chronology(uow: UnitOfWork, case: Case) -> Sequence[DatedEntry]:
    """Return when each intervention began, and when its result was known: one statement."""
    found: list[DatedEntry] = []
    for one in interventions_of(uow, case):
        kind: Term = ("intervention_kind", one.kind.value)
        known: list[str | Term] = [kind] if one.measure else []
        known += [one.party] if one.party else []
        result: list[Term] = [("intervention_result", one.result.value)] if one.result else []
        found += [
            DatedEntry(
                on=on,
                kind="intervention",
                what=f"intervention.{name}",
                subject=one.measure or kind,
                details=(*known, *more),
                values={"page": "remedies"},
                anchor=f"intervention-{one.id}",
            )
            for name, on, more in (("began", one.began, []), ("ended", one.ended, result))
            if on is not None
        ]
    return found
