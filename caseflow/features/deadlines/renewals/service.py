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
from caseflow.access.actor import JobName
from caseflow.clock import now
from caseflow.features.deadlines.queries import rows_of_cases, staff_of
from caseflow.features.deadlines.reminders import RULES, Difference, renew_all
from caseflow.features.deadlines.renewals import queries
from caseflow.features.deadlines.service import hand_to
from caseflow.features.watch.queries import last_night
from caseflow.features.watch.service import raise_alarm, report_failures
from caseflow.models import AlarmKind, Case, Confidentiality, Deadline, Renewal
from caseflow.unit_of_work import UnitOfWork, Units

log = structlog.get_logger(__name__)
WORKER = JobActor(JobName.REASSESS)
BATCH = 100


@dataclass(slots=True)
class Renewed:
    """What a round did. `is_cut_short`: its time was over before all was done."""

    deadlines: int = 0
    put_right: int = 0
    alarms: int = 0
    failed: int = 0
    is_cut_short: bool = False

    def add(self, other: "Renewed") -> None:
        """Add what was done in another transaction."""
        for name in ("deadlines", "put_right", "alarms", "failed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def renew_asked(units: Units, *, most_seconds: float = 20.0) -> Renewed:
    """Renew what was asked for, and once a day everything, for so long at most."""
    end, done = time.monotonic() + most_seconds, Renewed()
    _begin_night(units)
    while _next_batch(units, done):
        if time.monotonic() >= end:
            done.is_cut_short = True
            break
    if done.put_right or done.failed:
        log.info("reminders_renewed", put_right=done.put_right, alarms=done.alarms, failed=done.failed)
    return done


def _begin_night(units: Units) -> None:
    with units.begin(WORKER) as uow:
        last = last_night(uow)
        if last is None or _has_passed(last):
            queries.begin_night(uow, RULES)


def _has_passed(night: Renewal) -> bool:
    """Tell whether a night ended on an earlier day (of Greenwich). One that did not end is continued."""
    return night.ended_at is not None and night.asked_at.date() < now().date()


def _next_batch(units: Units, done: Renewed) -> bool:
    """Renew the next cases of what is open, in one transaction; where that fails as a whole, case by case.

    A database that is away, or a lock that is not to be had, is passing trouble: the next hint tries the same again.
    """
    renewal_id: UUID | None = None
    case_ids: Sequence[UUID] = ()
    batch = Renewed()
    try:
        with units.begin(WORKER) as uow:
            renewal = queries.next_renewal(uow)
            if renewal is None:
                return False
            renewal_id, case_ids = renewal.id, queries.cases_to_renew(uow, renewal, BATCH)
            if case_ids:
                batch = _renew(uow, renewal, case_ids)
                _note(uow, renewal, batch, reached_id=case_ids[-1])
            else:
                _end(uow, renewal)
    except OperationalError:
        raise
    except Exception:
        if renewal_id is None or not case_ids:
            raise
        log.exception("batch_not_renewed", cases=len(case_ids))
        batch = _one_by_one(units, renewal_id, case_ids)
    done.add(batch)
    return True


def _one_by_one(units: Units, renewal_id: UUID, case_ids: Sequence[UUID]) -> Renewed:
    """Renew cases in a transaction each, so that a row that can't be read or written stops no other case."""
    done = Renewed()
    for case_id in case_ids:
        try:
            with units.begin(WORKER) as uow:
                renewal = queries.held_renewal(uow, renewal_id)
                batch = _renew(uow, renewal, queries.cases_to_renew(uow, renewal, 1, only=case_id))
        except OperationalError:
            raise
        except Exception:
            log.exception("case_not_renewed", case=str(case_id))
            batch = Renewed(failed=1)
        done.add(batch)
    with units.begin(WORKER) as uow:
        _note(uow, queries.held_renewal(uow, renewal_id), done, reached_id=case_ids[-1])
    return done


def _renew(uow: UnitOfWork, renewal: Renewal, case_ids: Sequence[UUID]) -> Renewed:
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
    differences = renew_all(uow, [(case, found[case.id]) for case in cases], staff)
    for case in cases:
        rows = (row.id for row in found[case.id] if row.id in differences)
        wrong |= {one: case for one in rows if not _is_explained(case, owners[case.id], differences[one])}
    alarms = _alarms(uow, renewal, wrong) if renewal.is_night and wrong else 0
    return Renewed(sum(map(len, found.values())), len(wrong), alarms)


def _is_explained(case: Case, owner: UUID | None, found: Difference) -> bool:
    """Tell whether time alone explains what differed: a leave to see a sealed case ends by a date, and begins by a role."""
    return case.confidentiality is Confidentiality.SEALED and owner not in found.people


def _alarms(uow: UnitOfWork, renewal: Renewal, wrong: Mapping[UUID, Case]) -> int:
    """Count what neither newer rules explain nor a renewal that was asked for a moment ago and is still to be done."""
    if renewal.rules != RULES or queries.has_new_rules(uow, renewal):
        return 0
    asked = queries.sections_asked(uow)
    alarming = [(deadline_id, case) for deadline_id, case in wrong.items() if case.section_id not in asked]
    for deadline_id, case in alarming:
        log.warning("reminders_not_explained", deadline=str(deadline_id), case=str(case.id))
    return len(alarming)


def _note(uow: UnitOfWork, renewal: Renewal, batch: Renewed, *, reached_id: UUID) -> None:
    """Note how far a renewal has come, in the transaction of the batch."""
    renewal.reached_id = reached_id
    for name in ("deadlines", "put_right", "alarms", "failed"):
        setattr(renewal, name, getattr(renewal, name) + getattr(batch, name))
    raise_alarm(uow, AlarmKind.REMINDERS, batch.alarms)
    if batch.failed:
        report_failures(uow, renewal.failed)


def _end(uow: UnitOfWork, renewal: Renewal) -> None:
    """End a renewal: nights stay with what they found."""
    if renewal.is_night:
        renewal.ended_at = now()
    else:
        uow.session.delete(renewal)
