"""Assess cases that time or new data may have changed, in batches: a transaction with a few statements each.

The table of answers says which cases are due (`queries.stale_cases`). So a pass that was killed continues where it was, a
second pass finds nothing to do, and two passes at once share the work: each skips the cases that the other has locked.
A batch that fails is repeated case by case, so that one bad row does not stop other cases. Row security lets the job read
cases and their facts, and write answers, deadlines, reminders and alarms only.
"""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.clock import now, today
from caseflow.features.deadlines.commands import EXPLANATION_CHANGED, DeadlineChange
from caseflow.features.deadlines.service import set_computed_of_cases, wanted_by_others
from caseflow.features.monitoring.service import raise_alarm, report_failures
from caseflow.features.readiness import queries
from caseflow.features.readiness.commands import NewAssessment, Scope, StoredAssessment
from caseflow.features.readiness.deadlines import DROP_EXPIRED_AFTER, deadlines_of
from caseflow.features.readiness.facts import CaseDocument, case_documents
from caseflow.features.readiness.service import CLOCKS, assess_case, digest_of, store_assessments
from caseflow.features.reference.queries import current_register
from caseflow.law import Register
from caseflow.models import STAGES_BEFORE_FILING, AlarmKind, ReassessmentRun
from caseflow.unit_of_work import UnitOfWork, Units

if TYPE_CHECKING:
    from caseflow.sources import ComputedDeadline

log = structlog.get_logger(__name__)
WORKER = JobActor(SystemRole.REASSESS)
BATCH = 200
CONTINUED_WITHIN = timedelta(hours=20)
"""A pass that did not end is continued within this time; later a new pass begins."""
FIRST = "first"
"""The key for cases that had no answer yet, counted together with the causes."""
REASSIGNED, CLOSED = "deadline.reassigned", "deadline.closed"
"""Actions: a deadline was given to the case's owner; the deadline of a clock was closed."""


@dataclass(slots=True)
class Reassessed:
    """Counts of one run. `is_cut_short`: the time was over while cases were still due."""

    cases: int = 0
    changed: Counter[str] = field(default_factory=Counter)
    outlooks: Counter[str] = field(default_factory=Counter)
    corrected: int = 0
    alarms: int = 0
    failed: int = 0
    is_cut_short: bool = False


def reassess(
    units: Units, *, state_code: str | None = None, is_everything: bool = False, most_seconds: float = 20.0
) -> Reassessed:
    """Assess all cases that are due, for at most `most_seconds`; return what changed."""
    end, done = time.monotonic() + most_seconds, Reassessed()
    after: UUID | None = None
    selection = _Selection(state_code, is_everything)
    while True:
        due, batch = _batch(units, selection, after)
        if not due:
            break
        _add(done, batch)
        after = due[-1]
        if time.monotonic() >= end:
            done.is_cut_short = True
            break
    if done.cases:
        changed = {f"changed_{cause}": number for cause, number in done.changed.items()}
        outlooks = {way.replace(">", "_to_"): number for way, number in done.outlooks.items()}
        counts = {name: getattr(done, name) for name in ("cases", "corrected", "alarms", "failed")}
        log.info("cases_reassessed", **counts, **changed, **outlooks)
    return done


@dataclass(frozen=True, slots=True)
class _Selection:
    """Which cases a pass assesses."""

    state_code: str | None
    is_everything: bool

    def scope(self, register: Register) -> Scope:
        return Scope(
            at=now(),
            ruleset=register.ruleset.version,
            data=register.version,
            stages=STAGES_BEFORE_FILING,
            state_code=self.state_code,
            is_everything=self.is_everything,
        )


def _batch(units: Units, selection: _Selection, after: UUID | None) -> tuple[Sequence[UUID], Reassessed]:
    """Assess the next cases in one transaction; if that fails, each in its own. Return the ids and counts."""
    due: Sequence[UUID] = ()
    try:
        with units.begin(WORKER) as uow:
            register = current_register(uow)
            scope = selection.scope(register)
            due = queries.stale_cases(uow, scope, after, BATCH)
            if not due:
                _end_run(uow, scope)
                return due, Reassessed()
            batch = _assess(uow, register, due)
            _record_run(uow, scope, batch)
    except Exception:
        if not due:
            raise
        log.exception("batch_not_assessed", cases=len(due))
        batch = _one_case_per_transaction(units, selection, due)
    return due, batch


def _one_case_per_transaction(units: Units, selection: _Selection, case_ids: Sequence[UUID]) -> Reassessed:
    """Assess each case in its own transaction, and count those whose rows cannot be read or written as failed."""
    done, failures = Reassessed(), Reassessed()
    for case_id in case_ids:
        try:
            with units.begin(WORKER) as uow:
                register = current_register(uow)
                scope = selection.scope(register)
                one = _assess(uow, register, queries.stale_cases(uow, scope, None, 1, only=case_id))
                _record_run(uow, scope, one)
            _add(done, one)
        except Exception:
            log.exception("case_not_assessed", case=str(case_id))
            failures.failed += 1
    with units.begin(WORKER) as uow:
        _record_run(uow, selection.scope(current_register(uow)), failures)
    _add(done, failures)
    return done


def _assess(uow: UnitOfWork, register: Register, case_ids: Sequence[UUID]) -> Reassessed:
    """Assess cases, store the assessments and set the deadlines, by the same functions as after a change."""
    done = Reassessed()
    cases = queries.cases_to_assess(uow, case_ids)
    documents = case_documents(uow, cases)
    answers = list[NewAssessment]()
    wanted: dict[UUID, list[ComputedDeadline]] = {}
    for case in cases:
        document = documents[case.id]
        try:
            findings = assess_case(register, document, today(case.section.time_zone))
            wanted[case.id] = deadlines_of(document, findings, case)
        except Exception:
            log.exception("case_not_assessed", case=str(case.id))
            done.failed += 1
            continue
        answers.append(NewAssessment(case=case, findings=findings))
    stored = store_assessments(uow, answers)
    assessed = [answer.case for answer in answers]
    changed = set_computed_of_cases(uow, assessed, {CLOCKS: wanted, **wanted_by_others(uow, assessed, CLOCKS)})
    for one in stored:
        case_id = one.answer.case.id
        clocks = [change for change in changed.get(case_id, []) if change.source in (CLOCKS.name, "")]
        _count(done, one, documents[case_id], clocks, register)
    return done


def _count(
    done: Reassessed,
    stored: StoredAssessment,
    document: CaseDocument,
    corrected: Sequence[DeadlineChange],
    register: Register,
) -> None:
    done.cases += 1
    done.corrected += sum(change.action != EXPLANATION_CHANGED for change in corrected)
    before, after = stored.before, stored.answer.findings.outlook
    if stored.is_new:
        done.changed[stored.cause.value if before else FIRST] += 1
    if before is not None and before.outlook.value != after:
        done.outlooks[f"{before.outlook.value}>{after}"] += 1
    try:
        is_explained = _is_explained(stored, document, corrected, register)
    except Exception:
        log.exception("answer_not_compared", case=str(stored.answer.case.id))
        is_explained = False
    if not is_explained:
        done.alarms += 1
        log.warning("answer_not_explained", case=str(stored.answer.case.id))


def _is_explained(
    stored: StoredAssessment, document: CaseDocument, corrected: Sequence[DeadlineChange], register: Register
) -> bool:
    """Return whether the day or new data explain what changed. Else something bypassed the services.

    An answer that changed on the same rules and data must equal the stored one when computed for the stored day. While the
    answer stays the same, no deadline may differ from it, except for clocks that expired too long ago.
    """
    before, findings = stored.before, stored.answer.findings
    if before is None:
        return True
    if stored.is_new:
        if not stored.is_on_same_data:
            return True
        return digest_of(assess_case(register, document, before.confirmed_on)) == before.digest
    dropped_before = findings.on - DROP_EXPIRED_AFTER
    return all(
        change.action == REASSIGNED
        or (change.action == EXPLANATION_CHANGED and not stored.is_on_same_data)
        or (change.action == CLOSED and change.due_on < dropped_before)
        for change in corrected
    )


def _record_run(uow: UnitOfWork, scope: Scope, batch: Reassessed) -> None:
    """Add the counts of a batch to its pass, in the transaction of the batch."""
    if not batch.cases + batch.failed:
        return
    run = queries.open_run(uow, scope, scope.at - CONTINUED_WITHIN)
    if run is None:
        run = ReassessmentRun(state_code=scope.state_code, ruleset=scope.ruleset, data=scope.data)
        uow.session.add(run)
        uow.flush()
    for name in ("cases", "corrected", "alarms", "failed"):
        setattr(run, name, getattr(run, name) + getattr(batch, name))
    raise_alarm(uow, AlarmKind.ANSWERS, batch.alarms)
    if batch.failed:
        report_failures(uow, run.failed)
    for name in ("changed", "outlooks"):
        setattr(run, name, dict(Counter(getattr(run, name)) + getattr(batch, name)))


def _end_run(uow: UnitOfWork, scope: Scope) -> None:
    run = queries.open_run(uow, scope, scope.at - CONTINUED_WITHIN)
    if run is not None:
        run.ended_at = now()


def _add(done: Reassessed, batch: Reassessed) -> None:
    for name in ("cases", "corrected", "alarms", "failed", "changed", "outlooks"):
        setattr(done, name, getattr(done, name) + getattr(batch, name))
