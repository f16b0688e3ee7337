"""The verbs of readiness: assess a case, keep the answer, and turn its clocks into deadlines whenever its facts change."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import update

from caseflow.clock import now, today
from caseflow.features.cases.queries import lock_case
from caseflow.features.cases.service import editable_case
from caseflow.features.deadlines.commands import ComputedDeadline
from caseflow.features.deadlines.service import set_computed
from caseflow.features.readiness.assessments import keep
from caseflow.features.readiness.commands import NewAssessment, WhatIf, WhatIfAnswer
from caseflow.features.readiness.facts import CaseDocument, case_document
from caseflow.features.readiness.what_if import replace_facts
from caseflow.features.reference.queries import current_register
from caseflow.features.remedies.queries import remedies_of_case
from caseflow.law import Clock, Findings, Register, assess
from caseflow.models import Assessment, AssessmentCause, Case, DeadlineKind, Stage
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
    """Assess a case anew, keep the answer, and write its clocks as deadlines, in the transaction that changed its facts.

    A case that is filed or has ended has no clocks, and keeps the last answer it had before.
    """
    case = lock_case(uow, case_id)
    on = today(case.section.time_zone)
    if (case.suspended_from or case.stage) not in BEFORE_FILING:
        set_computed(uow, case, [])
        return
    document = case_document(case, remedies_of_case(uow, case_id))
    findings = assess_case(current_register(uow), document, on)
    keep(uow, [NewAssessment(case, findings, AssessmentCause.CHANGE)])
    set_computed(uow, case, deadlines_of(document, findings, case))


def ask_what_if(uow: UnitOfWork, case: Case, what_if: WhatIf) -> WhatIfAnswer:
    """Assess a case as it stands today, and once more with facts replaced. Nothing is saved.

    Raises:
        Invalid: the facts that are to be replaced can't be so.
    """
    document, register = case_document(case, remedies_of_case(uow, case.id)), current_register(uow)
    facts = replace_facts(document, what_if)
    now_stands = assess(document.facts, today(case.section.time_zone), register)
    return WhatIfAnswer(now_stands, assess(facts, what_if.on, register))


def mark_outlook_seen(uow: UnitOfWork, case_id: UUID) -> Case:
    """Note that the changes of a case's outlook were seen: they leave "my work".

    Raises:
        NotFound, Forbidden: the case may not be seen, or not be changed.
    """
    case = editable_case(uow, case_id)
    unseen = update(Assessment).where(Assessment.case_id == case.id, Assessment.seen_at.is_(None)).values(seen_at=now())
    uow.session.execute(unseen.execution_options(synchronize_session=False))
    return case


def deadlines_of(document: CaseDocument, findings: Findings, case: Case) -> list[ComputedDeadline]:
    """Return the deadlines that follow from an answer: of clocks of one name and claim, the soonest."""
    soonest: dict[str, ComputedDeadline] = {}
    for clock in findings.clocks:
        deadline = _deadline(document, clock, findings, case)
        if deadline and (deadline.key not in soonest or deadline.due_on < soonest[deadline.key].due_on):
            soonest[deadline.key] = deadline
    return list(soonest.values())


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
    claim_id = document.claim_ids.get(clock.claim or "")
    if clock.clock == "one-year":
        return ComputedDeadline(DeadlineKind.ONE_YEAR, f"one_year:{claim_id}", clock.safe_until, claim_id, basis)
    place = document.place_of(clock.path)
    row_id = place.row_id if place else case.id
    return ComputedDeadline(
        DeadlineKind.NEXT_DOMESTIC_STEP, f"next_domestic_step:{row_id}", clock.safe_until, claim_id, basis
    )
