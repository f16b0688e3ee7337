"""Reconcile open deadlines and their reminders after changes of roles, thresholds and time zones.

Such a change inserts a request (`models.ReminderSyncRequest`) in its commit; the job is only a hint to look for requests.
Once a day a full pass derives everything again. As each change updates its own reminders, it should have nothing to
correct; otherwise it raises an alarm. Cases are locked while they are processed, so that no change is lost.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from uuid import UUID

import structlog
from sqlalchemy.exc import OperationalError

from caseflow import drafts, request_keys
from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.clock import now, today
from caseflow.features.deadlines.planning import RULES, Difference, sync_reminders_of_cases
from caseflow.features.deadlines.queries import deadlines_of_cases
from caseflow.features.deadlines.reminder_sync import queries
from caseflow.features.deadlines.responsible.queries import CaseStaff, staff_of_cases
from caseflow.features.deadlines.service import reassign, set_computed_of_cases
from caseflow.features.monitoring.queries import last_full_pass
from caseflow.features.monitoring.service import raise_alarm, report_failures
from caseflow.models import AlarmKind, Case, Confidentiality, Deadline, ReminderSyncRequest
from caseflow.unit_of_work import UnitOfWork, Units

log = structlog.get_logger(__name__)
WORKER = JobActor(SystemRole.REASSESS)
BATCH = 100


@dataclass(slots=True)
class SyncResult:
    """The counts of a run. `is_cut_short`: its time was over before all was done."""

    deadlines: int = 0
    corrected: int = 0
    alarms: int = 0
    failed: int = 0
    is_cut_short: bool = False

    def add(self, other: "SyncResult") -> None:
        """Add the counts of another transaction."""
        for name in ("deadlines", "corrected", "alarms", "failed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def process_sync_requests(units: Units, *, most_seconds: float = 20.0) -> SyncResult:
    """Process open requests, and once a day a full pass, for at most `most_seconds`."""
    end, done = time.monotonic() + most_seconds, SyncResult()
    _begin_full_pass(units)
    while _next_batch(units, done):
        if time.monotonic() >= end:
            done.is_cut_short = True
            break
    if done.corrected or done.failed:
        log.info("reminders_synced", corrected=done.corrected, alarms=done.alarms, failed=done.failed)
    return done


def _begin_full_pass(units: Units) -> None:
    with units.begin(WORKER) as uow:
        last = last_full_pass(uow)
        if last is None or _ended_on_earlier_day(last):
            queries.begin_full_pass(uow, RULES)
            request_keys.forget_old(uow.session)
            drafts.forget_old(uow.session)


def _ended_on_earlier_day(last_pass: ReminderSyncRequest) -> bool:
    """Return whether a full pass has ended and began on an earlier day (UTC). One that has not ended is continued."""
    return last_pass.ended_at is not None and last_pass.asked_at.astimezone(UTC).date() < today("UTC")


def _next_batch(units: Units, done: SyncResult) -> bool:
    """Process the next cases of the next request in one transaction, or one by one if that fails.

    Returns:
        Whether there was an open request.

    Raises:
        OperationalError: the database is not available or a lock timed out. The next job tries the same again.
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
                _record_progress(uow, request, batch, reached_id=case_ids[-1])
            else:
                _finish(uow, request)
    except OperationalError:
        raise
    except Exception:
        if request_id is None or not case_ids:
            raise
        log.exception("batch_not_synced", cases=len(case_ids))
        batch = _one_by_one(units, request_id, case_ids)
    done.add(batch)
    return True


def _one_by_one(units: Units, request_id: UUID, case_ids: Sequence[UUID]) -> SyncResult:
    """Process each case in its own transaction, so that a row that can't be read or written blocks no other case."""
    done = SyncResult()
    for case_id in case_ids:
        try:
            with units.begin(WORKER) as uow:
                request = queries.locked_request(uow, request_id)
                batch = _sync(uow, request, queries.cases_to_sync(uow, request, 1, only=case_id))
        except OperationalError:
            raise
        except Exception:
            log.exception("case_not_synced", case=str(case_id))
            batch = SyncResult(failed=1)
        done.add(batch)
    with units.begin(WORKER) as uow:
        _record_progress(uow, queries.locked_request(uow, request_id), done, reached_id=case_ids[-1])
    return done


def _sync(uow: UnitOfWork, request: ReminderSyncRequest, case_ids: Sequence[UUID]) -> SyncResult:
    updated = _update_after_filing(uow, case_ids) if request.is_full_pass else _update_kind(uow, request, case_ids)
    cases = queries.cases_of(uow, case_ids)
    staff = staff_of_cases(uow, cases)
    found: dict[UUID, list[Deadline]] = {case.id: [] for case in cases}
    for row in deadlines_of_cases(uow, found):
        if row.done_at is None:
            found[row.case_id].append(row)
    wrong: dict[UUID, Case] = {}
    followed: set[UUID] = set()
    for case in cases:
        moved = {row.id for row in found[case.id] if row.responsible_id != staff[case.id].responsible_for(row)}
        followed |= {row.id for row in found[case.id] if row.id in moved and _follows_access(case, row, staff[case.id])}
        wrong |= dict.fromkeys(moved - followed, case)
        reassign(uow, case, found[case.id], staff[case.id])
    differences = sync_reminders_of_cases(uow, [(case, found[case.id]) for case in cases], staff)
    for case in cases:
        rows = (row for row in found[case.id] if row.id in differences and row.id not in followed)
        wrong |= {row.id: case for row in rows if not _is_explained(case, row, staff[case.id], differences[row.id])}
    alarms = _alarms(uow, request, wrong) if request.is_full_pass and wrong else 0
    return SyncResult(sum(map(len, found.values())), len(wrong) + updated, alarms)


def _update_after_filing(uow: UnitOfWork, case_ids: Sequence[UUID]) -> int:
    """Set the computed deadlines of filed cases, and return how many changed. The mere change of day may explain them.

    For cases before filing the daily assessment does this.
    """
    cases = queries.cases_after_filing(uow, case_ids)
    if not cases:
        return 0
    changes = set_computed_of_cases(uow, cases, {source: source.wanted(uow, cases) for source in uow.sources.deadlines})
    return sum(change.source != "" for one in changes.values() for change in one)


def _update_kind(uow: UnitOfWork, request: ReminderSyncRequest, case_ids: Sequence[UUID]) -> int:
    """Set the computed deadlines that follow a setting of the section that may have changed, and return how many changed."""
    sources = [source for source in uow.sources.deadlines if source.follows_settings and request.kind in source.kinds]
    if not sources:
        return 0
    cases = queries.whole_cases_of(uow, case_ids)
    changes = set_computed_of_cases(uow, cases, {source: source.wanted(uow, cases) for source in sources})
    return sum(change.source != "" for one in changes.values() for change in one)


def _follows_access(case: Case, row: Deadline, staff: CaseStaff) -> bool:
    """Return whether time alone explains that another person is responsible: access to sealed cases begins and ends by dates."""
    is_sealed = case.confidentiality is Confidentiality.SEALED
    return is_sealed and row.given_to_id is not None and row.responsible_id in {row.given_to_id, staff.owner}


def _is_explained(case: Case, row: Deadline, staff: CaseStaff, found: Difference) -> bool:
    """Return whether time alone explains a difference: access to sealed cases begins and ends by dates and roles, without a sync."""
    expected = {staff.owner, staff.responsible_for(row)}
    return case.confidentiality is Confidentiality.SEALED and expected.isdisjoint(found.people)


def _alarms(uow: UnitOfWork, request: ReminderSyncRequest, wrong: Mapping[UUID, Case]) -> int:
    """Return how many corrections are explained neither by new rules nor by open requests."""
    if request.rules != RULES or queries.has_new_rules(uow, request):
        return 0
    asked = queries.sections_with_requests(uow)
    alarming = [(deadline_id, case) for deadline_id, case in wrong.items() if case.section_id not in asked]
    for deadline_id, case in alarming:
        log.warning("reminders_not_explained", deadline=str(deadline_id), case=str(case.id))
    return len(alarming)


def _record_progress(uow: UnitOfWork, request: ReminderSyncRequest, batch: SyncResult, *, reached_id: UUID) -> None:
    """Record the progress of a request in the transaction of its batch, and raise alarms."""
    request.reached_id = reached_id
    for name in ("deadlines", "corrected", "alarms", "failed"):
        setattr(request, name, getattr(request, name) + getattr(batch, name))
    raise_alarm(uow, AlarmKind.REMINDERS, batch.alarms)
    if batch.failed:
        report_failures(uow, request.failed)


def _finish(uow: UnitOfWork, request: ReminderSyncRequest) -> None:
    """End a request. Full passes are kept with their counts, others are deleted."""
    if request.is_full_pass:
        request.ended_at = now()
    else:
        uow.session.delete(request)
