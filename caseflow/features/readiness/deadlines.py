"""The deadlines that follow from an assessment: the one-year clock and the next domestic step."""

from datetime import timedelta

from caseflow.features.readiness.facts import CaseDocument
from caseflow.law import Clock, Findings
from caseflow.law.sentences import document as document_of
from caseflow.models import Case, DeadlineKind
from caseflow.sources import ComputedDeadline

DROP_EXPIRED_AFTER = timedelta(days=90)
"""A clock that expired longer ago is shown on the case but has no deadline, so nobody is reminded."""


def deadlines_of(document: CaseDocument, findings: Findings, case: Case) -> list[ComputedDeadline]:
    """Return the deadlines that follow from an assessment: the soonest of the clocks with the same key."""
    soonest: dict[str, ComputedDeadline] = {}
    for clock in findings.clocks:
        deadline = _deadline(document, clock, findings, case)
        if deadline and (deadline.key not in soonest or deadline.due_on < soonest[deadline.key].due_on):
            soonest[deadline.key] = deadline
    return list(soonest.values())


def _deadline(document: CaseDocument, clock: Clock, findings: Findings, case: Case) -> ComputedDeadline | None:
    """Return the deadline of a clock with a last safe day; the clock of extraordinary remedies has none."""
    if clock.safe_until is None or clock.safe_until < findings.on - DROP_EXPIRED_AFTER:
        return None
    claim_id = document.claim_ids.get(clock.claim or "")
    if clock.clock == "one-year":
        kind, row_id = DeadlineKind.ONE_YEAR, claim_id
    else:
        place = document.place_of(clock.path)
        kind, row_id = DeadlineKind.NEXT_DOMESTIC_STEP, place.row_id if place else case.id
    return ComputedDeadline(
        kind=kind,
        key=f"{kind.value}:{row_id}",
        due_on=clock.safe_until,
        claim_id=claim_id,
        basis={
            "citation": clock.citation,
            "because": document_of(clock.because),
            "path": clock.path,
            "ruleset": findings.ruleset,
        },
    )
