"""Keeping what the engine answered, one row an answer: what changed of a case's outlook, when, and on which rules and data.

An answer is the same as another when nothing in it differs but the day, the days left and the versions. Its sentences
may name the day ("on 23 November 2026 the decision is still awaited"); that does not make it another answer either.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID, uuid4

from sqlalchemy import update

from caseflow.access import PersonActor
from caseflow.clock import now
from caseflow.features.readiness.commands import CurrentAssessment, NewAssessment, StoredAssessment
from caseflow.features.readiness.queries import current_answers
from caseflow.law import Findings
from caseflow.law.wording import day_text
from caseflow.models import Assessment, Case, Outlook
from caseflow.unit_of_work import UnitOfWork

NOT_THE_ANSWER = ("on", "ruleset", "data")
"""Fields of the document that may differ between two same answers."""


def digest_of(findings: Findings) -> bytes:
    """Return what is equal for the same answer on another day or on newer data."""
    document = {name: value for name, value in findings.to_document().items() if name not in NOT_THE_ANSWER}
    document["clocks"] = [{**clock, "days_left": None} for clock in document["clocks"]]
    text = json.dumps(document, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.replace(day_text(findings.on), "the day").encode()).digest()


def store_assessments(uow: UnitOfWork, answers: Sequence[NewAssessment]) -> list[StoredAssessment]:
    """Store answers: a new row where one differs from the current row of its case, else that it was found again.

    At most four statements for any number of cases, one when each was found today already. A change of outlook stands in
    the history; who owns the case and changed it has seen it.
    """
    stored = current_answers(uow, [answer.case.id for answer in answers])
    kept = [_kept(answer, stored.get(answer.case.id)) for answer in answers]
    replaced = [one.before.id for one in kept if one.is_new and one.before]
    if replaced:
        _update(uow, replaced, {"is_current": False})
    for one in kept:
        if one.is_new:
            _add(uow, one)
    _confirm(uow, [one for one in kept if not one.is_new])
    return kept


def _kept(answer: NewAssessment, before: CurrentAssessment | None) -> StoredAssessment:
    return StoredAssessment(answer, before, is_new=before is None or before.digest != digest_of(answer.findings))


def _add(uow: UnitOfWork, kept: StoredAssessment) -> None:
    case, findings, before = kept.answer.case, kept.answer.findings, kept.before
    row = Assessment(
        id=uuid4(),
        case_id=case.id,
        cause=kept.cause,
        assessed_on=findings.on,
        confirmed_on=findings.on,
        outlook=Outlook(findings.outlook),
        previous_outlook=before.outlook if before else None,
        ruleset=findings.ruleset,
        data=findings.data,
        digest=digest_of(findings),
        findings=dict(findings.to_document()),
        seen_at=now() if _is_by_owner(uow, case) else None,
    )
    uow.session.add(row)
    if before is not None and before.outlook is not row.outlook:
        changes: dict[str, list[object]] = {"outlook": [before.outlook.value, row.outlook.value]}
        uow.audit.record("assessment.changed", row, section_id=case.section_id, case_id=case.id, changes=changes)


def _is_by_owner(uow: UnitOfWork, case: Case) -> bool:
    return isinstance(uow.actor, PersonActor) and uow.actor.user_id == case.owner_id


def _confirm(uow: UnitOfWork, kept: Sequence[StoredAssessment]) -> None:
    """Note the day and the versions on which answers were found again; one statement for each day (sections lie apart)."""
    again: dict[tuple[object, ...], list[UUID]] = {}
    for one in kept:
        assert one.before is not None
        found, before = one.answer.findings, one.before
        here = (found.on, found.ruleset, found.data)
        if here != (before.confirmed_on, before.ruleset, before.data):
            again.setdefault(here, []).append(before.id)
    for versions, ids in again.items():
        _update(uow, ids, dict(zip(("confirmed_on", "ruleset", "data"), versions, strict=True)))


def _update(uow: UnitOfWork, ids: Collection[UUID], values: Mapping[str, object]) -> None:
    change = update(Assessment).where(Assessment.id.in_(ids)).values(values)
    uow.session.execute(change.execution_options(synchronize_session=False))
