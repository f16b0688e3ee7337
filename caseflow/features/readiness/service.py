"""The verbs of readiness: assess a case, and turn its clocks into deadlines whenever its facts change."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from caseflow.clock import today
from caseflow.features.cases.queries import lock_case
from caseflow.features.deadlines.commands import ComputedDeadline
from caseflow.features.deadlines.service import set_computed
from caseflow.features.readiness.facts import CaseDocument, case_document
from caseflow.features.reference.queries import current_register
from caseflow.features.remedies.queries import remedies_of_case
from caseflow.law import Clock, Findings, Register, assess
from caseflow.models import Case, DeadlineKind, Stage
from caseflow.unit_of_work import UnitOfWork

BEFORE_FILING = frozenset(
    {Stage.INTAKE, Stage.VERIFICATION, Stage.DOMESTIC_REMEDIES, Stage.READINESS_REVIEW, Stage.APPROVED}
)
"""While a case stands here (or was suspended from here) its clocks run: filing stops the year, ending the case ends them all."""
FORGOTTEN_AFTER = timedelta(days=90)
"""A clock that ran out longer ago than this is shown on the case but reminds nobody."""


def assess_case(register: Register, document: CaseDocument, on: date) -> Findings:
    """Return what the law engine finds on the register's data, as if the case were filed on a day."""
    return assess(document.facts, on, register)


def refresh_clocks(uow: UnitOfWork, case_id: UUID) -> None:
    """Compute the clocks of a case anew and write them as deadlines, in the transaction that changed its facts."""
    case = lock_case(uow, case_id)
    on = today(case.section.time_zone)
    if (case.suspended_from or case.stage) not in BEFORE_FILING:
        set_computed(uow, case, [])
        return
    document = case_document(case, remedies_of_case(uow, case_id))
    set_computed(uow, case, list(_deadlines(document, assess_case(current_register(uow), document, on), case)))


def _deadlines(document: CaseDocument, findings: Findings, case: Case) -> Iterable[ComputedDeadline]:
    soonest: dict[str, ComputedDeadline] = {}
    for clock in findings.clocks:
        deadline = _deadline(document, clock, findings, case)
        if deadline and (deadline.key not in soonest or deadline.due_on < soonest[deadline.key].due_on):
            soonest[deadline.key] = deadline
    return soonest.values()


def _deadline(document: CaseDocument, clock: Clock, findings: Findings, case: Case) -> ComputedDeadline | None:
    """Return the deadline of a clock with a last safe day; the clock of extraordinary remedies has none."""
    if clock.safe_until is None or clock.safe_until < findings.on - FORGOTTEN_AFTER:
        return None
    basis = {
        "citation": clock.citation,
        "because": clock.because,
        "path": clock.path,
        "ruleset": findings.ruleset,
    }
    if clock.clock == "one-year":
        claim_id = document.claim_ids.get(clock.claim or "")
        return ComputedDeadline(DeadlineKind.ONE_YEAR, f"one_year:{claim_id}", clock.safe_until, claim_id, basis)
    place = document.place_of(clock.path)
    row_id = place.row_id if place else case.id
    claim_id = document.claim_ids.get(clock.claim or "")
    return ComputedDeadline(
        DeadlineKind.NEXT_DOMESTIC_STEP, f"next_domestic_step:{row_id}", clock.safe_until, claim_id, basis
    )
