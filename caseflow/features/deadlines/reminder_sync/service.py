"""Bring open deadlines and their reminders in line with who works where, and from which days on they want to be told.

Whoever changes that leaves a row that says what is meant (`models.Renewal`), in the same commit; the job is only a hint to
look. Once a day everything is derived anew: every change has brought its own reminders in line, so there is nothing to
put right, and what there is raises an alarm. Case by case, each held while it is renewed, so nobody's change is lost.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy.exc import OperationalError

from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.clock import now
from caseflow.features.deadlines.planning import RULES, Difference, sync_reminders_of_cases
from caseflow.features.deadlines.queries import rows_of_cases, staff_of
from caseflow.features.deadlines.reminder_sync import queries
from caseflow.features.deadlines.service import hand_to, set_computed_of_cases
from caseflow.features.monitoring.queries import last_full_pass
from caseflow.features.monitoring.service import raise_alarm, report_failures
from caseflow.models import AlarmKind, Case, Confidentiality, Deadline, ReminderSyncRequest
from caseflow.unit_of_work import UnitOfWork, Units

log = structlog.get_logger(__name__)
WORKER = JobActor(SystemRole.REASSESS)
BATCH = 100


@dataclass(slots=True)
class SyncResult:
    """What a round did. `is_cut_short`: its time was over before all was done."""

    deadlines: int = 0
    corrected: int = 0
    alarms: int = 0
    failed: int = 0
    is_cut_short: bool = False

    def add(self, other: "SyncResult") -> None:
        """Add what was done in another transaction."""
        for name in ("deadlines", "corrected", "alarms", "failed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def process_sync_requests(units: Units, *, most_seconds: float = 20.0) -> SyncResult:
    """Renew what was asked for, and once a day everything, for so long at most."""
    end, done = time.monotonic() + most_seconds, SyncResult()
    _begin_full_pass(units)
    while _next_batch(units, done):
        if time.monotonic() >= end:
            done.is_cut_short = True
            break
    if done.corrected or done.failed:
        log.info("reminders_renewed", corrected=done.corrected, alarms=done.alarms, failed=done.failed)
    return done


def _begin_full_pass(units: Units) -> None:
    with units.begin(WORKER) as uow:
        last = last_full_pass(uow)
        if last is None or _has_passed(last):
            queries.begin_full_pass(uow, RULES)


def _has_passed(night: ReminderSyncRequest) -> bool:
    """Tell whether a night ended on an earlier day (of Greenwich). One that did not end is continued."""
    return night.ended_at is not None and night.asked_at.date() < now().date()


def _next_batch(units: Units, done: SyncResult) -> bool:
    """Renew the next cases of what is open, in one transaction; where that fails as a whole, case by case.

    A database that is away, or a lock that is not to be had, is passing trouble: the next hint tries the same again.
    """
    request_id: UUID | None = None
    case_ids: Sequence[UUID] = ()
    batch = SyncResult()
    try:
        with units.begin(WORKER) as uow:
            request = queries.next_request(uow)
            if request is None:
                return False
            request_id, case_ids = request.id, queries.cases_to_sync(uow, request, BATCH)
            if case_ids:
                batch = _sync(uow, request, case_ids)
                _note(uow, request, batch, reached_id=case_ids[-1])
            else:
                _end(uow, request)
    except OperationalError:
        raise
    except Exception:
        if request_id is None or not case_ids:
            raise
        log.exception("batch_not_renewed", cases=len(case_ids))
        batch = _one_by_one(units, request_id, case_ids)
    done.add(batch)
    return True


def _one_by_one(units: Units, request_id: UUID, case_ids: Sequence[UUID]) -> SyncResult:
    """Renew cases in a transaction each, so that a row that can't be read or written stops no other case."""
    done = SyncResult()
    for case_id in case_ids:
        try:
            with units.begin(WORKER) as uow:
                request = queries.locked_request(uow, request_id)
                batch = _sync(uow, request, queries.cases_to_sync(uow, request, 1, only=case_id))
        except OperationalError:
            raise
        except Exception:
            log.exception("case_not_renewed", case=str(case_id))
            batch = SyncResult(failed=1)
        done.add(batch)
    with units.begin(WORKER) as uow:
        _note(uow, queries.locked_request(uow, request_id), done, reached_id=case_ids[-1])
    return done


def _sync(uow: UnitOfWork, request: ReminderSyncRequest, case_ids: Sequence[UUID]) -> SyncResult:
    updated = _update_after_filing(uow, case_ids) if request.is_full_pass else 0
    cases = queries.cases_of(uow, case_ids)
    staff = staff_of(uow, {case.section_id for case in cases})
    found: dict[UUID, list[Deadline]] = {case.id: [] for case in cases}
    for row in rows_of_cases(uow, found):
        if row.done_at is None:
            found[row.case_id].append(row)
    owners = {case.id: staff[case.section_id].owner_of(case) for case in cases}
    wrong: dict[UUID, Case] = {}
    for case in cases:
        wrong |= {row.id: case for row in found[case.id] if row.responsible_id != owners[case.id]}
        hand_to(uow, case, found[case.id], owners[case.id])
    differences = sync_reminders_of_cases(uow, [(case, found[case.id]) for case in cases], staff)
    for case in cases:
        rows = (row.id for row in found[case.id] if row.id in differences)
        wrong |= {one: case for one in rows if not _is_explained(case, owners[case.id], differences[one])}
    alarms = _alarms(uow, request, wrong) if request.is_full_pass and wrong else 0
    return SyncResult(sum(map(len, found.values())), len(wrong) + updated, alarms)


def _update_after_filing(uow: UnitOfWork, case_ids: Sequence[UUID]) -> int:
    """Ask every source for the deadlines of cases after filing; return how many changed, which the day alone may explain.

    Cases before filing are asked for by the daily assessment.
    """
    cases = queries.cases_after_filing(uow, case_ids)
    if not cases:
        return 0
    changes = set_computed_of_cases(uow, cases, {source: source.wanted(uow, cases) for source in uow.sources.deadlines})
    return sum(change.source != "" for one in changes.values() for change in one)


def _is_explained(case: Case, owner: UUID | None, found: Difference) -> bool:
    """Tell whether time alone explains what differed: a leave to see a sealed case ends by a date, and begins by a role."""
    return case.confidentiality is Confidentiality.SEALED and owner not in found.people


def _alarms(uow: UnitOfWork, request: ReminderSyncRequest, wrong: Mapping[UUID, Case]) -> int:
    """Count what neither newer rules explain nor a renewal that was asked for a moment ago and is still to be done."""
    if request.rules != RULES or queries.has_new_rules(uow, request):
        return 0
    asked = queries.sections_with_requests(uow)
    alarming = [(deadline_id, case) for deadline_id, case in wrong.items() if case.section_id not in asked]
    for deadline_id, case in alarming:
        log.warning("reminders_not_explained", deadline=str(deadline_id), case=str(case.id))
    return len(alarming)


def _note(uow: UnitOfWork, request: ReminderSyncRequest, batch: SyncResult, *, reached_id: UUID) -> None:
    """Note how far a renewal has come, in the transaction of the batch."""
    request.reached_id = reached_id
    for name in ("deadlines", "corrected", "alarms", "failed"):
        setattr(request, name, getattr(request, name) + getattr(batch, name))
    raise_alarm(uow, AlarmKind.REMINDERS, batch.alarms)
    if batch.failed:
        report_failures(uow, request.failed)


def _end(uow: UnitOfWork, request: ReminderSyncRequest) -> None:
    """End a renewal: nights stay with what they found."""
    if request.is_full_pass:
        request.ended_at = now()
    else:
        uow.session.delete(request)
