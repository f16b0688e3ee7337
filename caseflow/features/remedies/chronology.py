"""When remedies were filed, decided and notified, for the chronology."""

from collections.abc import Iterator, Sequence

from caseflow.features.remedies.queries import remedies_of_case
from caseflow.models import Case, DomesticRemedy
from caseflow.sources import DatedEntry, Term
from caseflow.unit_of_work import UnitOfWork


def chronology(uow: UnitOfWork, case: Case) -> Sequence[DatedEntry]:
    """Return when each remedy was filed, decided and notified: one statement."""
    return [entry for remedy in uow.cached(remedies_of_case, case) for entry in _of_remedy(remedy)]


def _of_remedy(remedy: DomesticRemedy) -> Iterator[DatedEntry]:
    stage: Term = ("remedy_stage", remedy.stage)
    known: list[str | Term] = [stage] if remedy.authority else []
    known += [remedy.file_number] if remedy.file_number else []
    outcome: list[str | Term] = [("outcome", remedy.outcome)] if remedy.outcome else []
    none: list[str | Term] = []
    to: list[str | Term] = [remedy.notified_to] if remedy.notified_to else []
    dates = (
        ("filed", remedy.filed, none),
        ("decided", remedy.decided, outcome),
        ("notified", remedy.notified, to),
    )
    for name, on, more in dates:
        if on is not None:
            yield DatedEntry(
                on=on,
                kind="remedy",
                what=f"remedy.{name}",
                subject=remedy.authority or stage,
                details=(*known, *more),
                claim_ids=frozenset({remedy.claim_id}),
                remedy_ids=frozenset({remedy.id}),
                values={"page": "remedies"},
                anchor=f"remedy-{remedy.id}",
            )
