"""Assess what time or new data may have changed: in batches, each one transaction with a handful of statements.

Which cases are due stands in the table of answers (`queries.stale_cases`), so a pass that was killed goes on where it was,
one that runs twice finds nothing to do, and two at once share the work: each passes over the cases that the other has
locked. A batch that fails as a whole is done again case by case, so that one bad row stops no other case.
The job sees cases and what an answer is made of, and can write answers, deadlines, reminders and alarms only.
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
from caseflow.features.readiness.deadlines import FORGOTTEN_AFTER, deadlines_of
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
"""A pass that did not end is continued for so long; later it is a new night."""
FIRST = "first"
"""Counted beside the causes: cases that had no answer yet."""
HANDED_OVER, CLOSED = "deadline.reassigned", "deadline.closed"
"""A deadline went to the case's present owner; a clock is no more."""


@dataclass(slots=True)
class Reassessed:
    """What a round did. `is_cut_short`: its time was over before nothing was due."""

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
    """Assess all cases that are due, for so long at most; return what changed."""
    end, done = time.monotonic() + most_seconds, Reassessed()
    after: UUID | None = None
    which = _Which(state_code, is_everything)
    while True:
        due, batch = _batch(units, which, after)
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
class _Which:
    """Which cases a pass is about."""

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


def _batch(units: Units, which: _Which, after: UUID | None) -> tuple[Sequence[UUID], Reassessed]:
    """Assess the next cases behind one in one transaction; where that fails as a whole, each in its own."""
    due: Sequence[UUID] = ()
    try:
        with units.begin(WORKER) as uow:
            register = current_register(uow)
            scope = which.scope(register)
            due = queries.stale_cases(uow, scope, after, BATCH)
            if not due:
                _end_run(uow, scope)
                return due, Reassessed()
            batch = _assess(uow, register, due)
            _note(uow, scope, batch)
    except Exception:
        if not due:
            raise
        log.exception("batch_not_assessed", cases=len(due))
        batch = _one_by_one(units, which, due)
    return due, batch


def _one_by_one(units: Units, which: _Which, case_ids: Sequence[UUID]) -> Reassessed:
    """Assess cases in a transaction each, and count those that can't be: by a row that can't be read or written."""
    done, bad = Reassessed(), Reassessed()
    for case_id in case_ids:
        try:
            with units.begin(WORKER) as uow:
                register = current_register(uow)
                scope = which.scope(register)
                one = _assess(uow, register, queries.stale_cases(uow, scope, None, 1, only=case_id))
                _note(uow, scope, one)
            _add(done, one)
        except Exception:
            log.exception("case_not_assessed", case=str(case_id))
            bad.failed += 1
    with units.begin(WORKER) as uow:
        _note(uow, which.scope(current_register(uow)), bad)
    _add(done, bad)
    return done


def _assess(uow: UnitOfWork, register: Register, case_ids: Sequence[UUID]) -> Reassessed:
    """Assess cases, store the assessments, set the deadlines: the same verbs as after a change, for many cases at once."""
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
    kept: StoredAssessment,
    document: CaseDocument,
    corrected: Sequence[DeadlineChange],
    register: Register,
) -> None:
    done.cases += 1
    done.corrected += sum(change.action != EXPLANATION_CHANGED for change in corrected)
    before, after = kept.before, kept.answer.findings.outlook
    if kept.is_new:
        done.changed[kept.cause.value if before else FIRST] += 1
    if before is not None and before.outlook.value != after:
        done.outlooks[f"{before.outlook.value}>{after}"] += 1
    try:
        is_explained = _is_explained(kept, document, corrected, register)
    except Exception:
        log.exception("answer_not_compared", case=str(kept.answer.case.id))
        is_explained = False
    if not is_explained:
        done.alarms += 1
        log.warning("answer_not_explained", case=str(kept.answer.case.id))


def _is_explained(
    kept: StoredAssessment, document: CaseDocument, corrected: Sequence[DeadlineChange], register: Register
) -> bool:
    """Tell whether day or data explain what changed. Else facts or deadlines were changed past the services.

    An answer that changed on the same rules and data must be the stored one when it is asked for the stored day. While the
    answer stays the same, no date of a deadline may differ from what it says, but for clocks forgotten with time.
    """
    before, findings = kept.before, kept.answer.findings
    if before is None:
        return True
    if kept.is_new:
        if not kept.is_on_same_data:
            return True
        return digest_of(assess_case(register, document, before.confirmed_on)) == before.digest
    forgotten = findings.on - FORGOTTEN_AFTER
    return all(
        change.action == HANDED_OVER
        or (change.action == EXPLANATION_CHANGED and not kept.is_on_same_data)
        or (change.action == CLOSED and change.due_on < forgotten)
        for change in corrected
    )


def _note(uow: UnitOfWork, scope: Scope, batch: Reassessed) -> None:
    """Add a batch to the pass it belongs to, in the transaction of the batch."""
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
