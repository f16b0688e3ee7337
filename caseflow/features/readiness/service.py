"""The verbs of readiness: assess a case, store the assessment, and answer what-if questions.

One row is stored for each different answer: what changed in a case's outlook, when, and on which rules and data. Two
answers are the same when only the day, the days left and the versions differ. Sentences that name the day ("on 23
November 2026 the decision is still awaited") do not make an answer different either.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import update

from caseflow.access import PersonActor
from caseflow.clock import now, today
from caseflow.features.cases.service import EditableCase
from caseflow.features.readiness.commands import (
    CurrentAssessment,
    NewAssessment,
    StoredAssessment,
    WhatIf,
    WhatIfAnswer,
)
from caseflow.features.readiness.deadlines import deadlines_of
from caseflow.features.readiness.facts import CaseDocument, case_document, case_documents
from caseflow.features.readiness.queries import current_answers
from caseflow.features.readiness.what_if import replace_facts
from caseflow.features.reference.queries import current_register
from caseflow.features.treaties.queries import data_of_case
from caseflow.law import Findings, Register, assess
from caseflow.models import Assessment, AssessmentCause, Case, DeadlineKind, Outlook
from caseflow.sources import ComputedDeadline, DeadlineSource
from caseflow.unit_of_work import UnitOfWork

IGNORED_FIELDS = ("on", "ruleset", "data", "checked")
"""Fields of the document that are ignored when two answers are compared."""


@dataclass(frozen=True, slots=True)
class AssessedCase:
    """The document of a case, and what the law engine finds for it today."""

    document: CaseDocument
    findings: Findings


def assessed(uow: UnitOfWork, case: Case) -> AssessedCase:
    """Return the assessment of a case as if filed today, without storing it; cached in the unit of work."""
    return uow.cached(_assessed, case)


def _assessed(uow: UnitOfWork, case: Case) -> AssessedCase:
    document, on = case_document(uow, case), today(case.section.time_zone)
    register, _acceptances = uow.cached(data_of_case, case)
    return AssessedCase(document, assess_case(register, document, on))


def assess_case(register: Register, document: CaseDocument, on: date) -> Findings:
    """Return what the law engine finds on the register's data, as if the case were filed on a day."""
    return assess(document.facts, on, register)


def clocks(uow: UnitOfWork, cases: Sequence[Case]) -> Mapping[UUID, Sequence[ComputedDeadline]]:
    """Assess cases after a change, store the assessments, and return the deadlines that follow.

    A case that is filed or has ended has no clocks, and keeps its last assessment.
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
        Invalid: the facts cannot be replaced in this way.
    """
    document, register = case_document(uow, case), current_register(uow)
    facts = replace_facts(document, what_if)
    unchanged = assess(document.facts, today(case.section.time_zone), register)
    return WhatIfAnswer(asked=what_if, today=unchanged, then=assess(facts, what_if.on, register))


def mark_outlook_seen(uow: UnitOfWork, case: EditableCase) -> Case:
    """Mark the changes of a case's outlook as seen, so that "My work" no longer shows them."""
    unseen = update(Assessment).where(Assessment.case_id == case.id, Assessment.seen_at.is_(None)).values(seen_at=now())
    uow.session.execute(unseen.execution_options(synchronize_session=False))
    return case


def digest_of(findings: Findings) -> bytes:
    """Return a hash that is equal for the same answer on another day or on newer data."""
    document = {name: value for name, value in findings.to_record().items() if name not in IGNORED_FIELDS}
    document["findings"] = [{**one, "because": None, "settles": None} for one in document["findings"]]
    document["clocks"] = [{**one, "because": None, "days_left": None} for one in document["clocks"]]
    text = json.dumps(document, sort_keys=True, ensure_ascii=False)
    day = json.dumps({"day": findings.on.isoformat()})
    return hashlib.sha256(text.replace(day, "the day").encode()).digest()


def store_assessments(uow: UnitOfWork, answers: Sequence[NewAssessment]) -> list[StoredAssessment]:
    """Store answers: a new row where the answer differs from the current one, else the day on which it was confirmed.

    At most four statements for any number of cases, one when all were confirmed today already. A change of outlook is
    recorded in the history, and counts as seen when the owner of the case made it.
    """
    current = current_answers(uow, [answer.case.id for answer in answers])
    stored = [_compared(answer, current.get(answer.case.id)) for answer in answers]
    replaced = [one.before.id for one in stored if one.is_new and one.before]
    if replaced:
        _update(uow, replaced, {"is_current": False})
    for one in stored:
        if one.is_new:
            _add(uow, one)
    _confirm(uow, [one for one in stored if not one.is_new])
    return stored


def _compared(answer: NewAssessment, before: CurrentAssessment | None) -> StoredAssessment:
    return StoredAssessment(answer, before, is_new=before is None or before.digest != digest_of(answer.findings))


def _add(uow: UnitOfWork, stored: StoredAssessment) -> None:
    case, findings, before = stored.answer.case, stored.answer.findings, stored.before
    row = Assessment(
        id=uuid4(),
        case_id=case.id,
        cause=stored.cause,
        assessed_on=findings.on,
        confirmed_on=findings.on,
        outlook=Outlook(findings.outlook),
        previous_outlook=before.outlook if before else None,
        ruleset=findings.ruleset,
        data=findings.data,
        digest=digest_of(findings),
        findings=findings.to_record(),
        blocking=[one.rule for one in findings.findings if one.result == "not_met"],
        not_confirmed=[one.rule for one in findings.findings if one.result == "unknown"],
        seen_at=now() if _is_by_owner(uow, case) else None,
    )
    uow.session.add(row)
    if before is not None and before.outlook is not row.outlook:
        changes: dict[str, list[object]] = {"outlook": [before.outlook.value, row.outlook.value]}
        uow.audit.record("assessment.changed", row, section_id=case.section_id, case_id=case.id, changes=changes)


def _is_by_owner(uow: UnitOfWork, case: Case) -> bool:
    return isinstance(uow.actor, PersonActor) and uow.actor.user_id == case.owner_id


def _confirm(uow: UnitOfWork, stored: Sequence[StoredAssessment]) -> None:
    """Store the day and versions with which answers were confirmed: one statement for each (days differ by time zone)."""
    confirmed: dict[tuple[object, ...], list[UUID]] = {}
    for one in stored:
        assert one.before is not None
        found, before = one.answer.findings, one.before
        key = (found.on, found.ruleset, found.data)
        if key != (before.confirmed_on, before.ruleset, before.data):
            confirmed.setdefault(key, []).append(before.id)
    for versions, ids in confirmed.items():
        _update(uow, ids, dict(zip(("confirmed_on", "ruleset", "data"), versions, strict=True)))


def _update(uow: UnitOfWork, ids: Collection[UUID], values: Mapping[str, object]) -> None:
    change = update(Assessment).where(Assessment.id.in_(ids)).values(values)
    uow.session.execute(change.execution_options(synchronize_session=False))
