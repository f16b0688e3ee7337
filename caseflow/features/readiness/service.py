"""The verbs of readiness: assess a case, store the assessment, and answer what-if questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import update

from caseflow.clock import now, today
from caseflow.features.cases.service import EditableCase
from caseflow.features.readiness.assessments import store_assessments
from caseflow.features.readiness.commands import NewAssessment, WhatIf, WhatIfAnswer
from caseflow.features.readiness.deadlines import deadlines_of
from caseflow.features.readiness.facts import CaseDocument, case_document, case_documents
from caseflow.features.readiness.what_if import replace_facts
from caseflow.features.reference.queries import current_register
from caseflow.features.treaties.queries import data_of_case
from caseflow.law import Findings, Register, assess
from caseflow.models import Assessment, AssessmentCause, Case, DeadlineKind
from caseflow.sources import ComputedDeadline, DeadlineSource
from caseflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AssessedCase:
    """A case as the law engine finds it today."""

    document: CaseDocument
    findings: Findings


def assessed(uow: UnitOfWork, case: Case) -> AssessedCase:
    """Assess a case as if it were filed today, and store nothing. Computed once in a unit of work."""
    return uow.remember(_assessed, case)


def _assessed(uow: UnitOfWork, case: Case) -> AssessedCase:
    document, on = case_document(uow, case), today(case.section.time_zone)
    register, _acceptances = uow.remember(data_of_case, case)
    return AssessedCase(document, assess_case(register, document, on))


def assess_case(register: Register, document: CaseDocument, on: date) -> Findings:
    """Return what the law engine finds on the register's data, as if the case were filed on a day."""
    return assess(document.facts, on, register)


def clocks(uow: UnitOfWork, cases: Sequence[Case]) -> Mapping[UUID, Sequence[ComputedDeadline]]:
    """Assess cases after a change, store the assessments, and return the deadlines that follow.

    A case that is filed or has ended has no clocks, and keeps the last assessment from before.
    """
    open_cases = [case for case in cases if case.is_before_filing]
    if not open_cases:
        return {}
    documents, register = case_documents(uow, open_cases), current_register(uow)
    found: dict[UUID, Sequence[ComputedDeadline]] = {}
    answers = []
    for case in open_cases:
        findings = assess_case(register, documents[case.id], today(case.section.time_zone))
        answers.append(NewAssessment(case=case, findings=findings, cause=AssessmentCause.CHANGE))
        found[case.id] = deadlines_of(documents[case.id], findings, case)
    store_assessments(uow, answers)
    return found


CLOCKS = DeadlineSource(
    name="readiness",
    kinds=frozenset({DeadlineKind.ONE_YEAR, DeadlineKind.NEXT_DOMESTIC_STEP}),
    wanted=clocks,
)


def ask_what_if(uow: UnitOfWork, case: Case, what_if: WhatIf) -> WhatIfAnswer:
    """Assess a case as it is today, and once more with facts replaced. Nothing is saved.

    Raises:
        Invalid: the facts can't be replaced so.
    """
    document, register = case_document(uow, case), current_register(uow)
    facts = replace_facts(document, what_if)
    as_it_is = assess(document.facts, today(case.section.time_zone), register)
    return WhatIfAnswer(today=as_it_is, then=assess(facts, what_if.on, register))


def mark_outlook_seen(uow: UnitOfWork, case: EditableCase) -> Case:
    """Note that the changes of a case's outlook were seen: they leave "My work"."""
    unseen = update(Assessment).where(Assessment.case_id == case.id, Assessment.seen_at.is_(None)).values(seen_at=now())
    uow.session.execute(unseen.execution_options(synchronize_session=False))
    return case
