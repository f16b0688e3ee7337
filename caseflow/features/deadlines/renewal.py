"""Bring reminders in line with what changed beside their deadlines: who works in a section, and its thresholds.

Whoever changes that asks for a job, so that it holds at once; what such a hint should have done and did not is done by
the pass of the night over all open deadlines. Case by case, each held while it is renewed, so nobody's change is lost.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import structlog

from caseflow.access import JobActor
from caseflow.access.actor import JobName
from caseflow.clock import now
from caseflow.features.deadlines import queries
from caseflow.features.deadlines.commands import RenewalScope
from caseflow.features.deadlines.reminders import renew_all
from caseflow.features.deadlines.service import hand_to
from caseflow.features.watch.health import beat
from caseflow.features.watch.queries import heartbeats
from caseflow.models import Deadline, DeadlineKind
from caseflow.unit_of_work import UnitOfWork, Units

log = structlog.get_logger(__name__)
WORKER = JobActor(JobName.REASSESS)
BATCH = 100
NIGHTLY = "renewal"
"""The sign of life of the pass over everything: when it last came to its end."""
EVERY = timedelta(hours=20)


@dataclass(slots=True)
class Renewed:
    """What a round did: deadlines handed over, reminders written or withdrawn; and where to go on, if its time was over."""

    handed: int = 0
    reminders: int = 0
    rest: RenewalScope | None = None


def scope_of(arguments: Mapping[str, str]) -> RenewalScope:
    """Return what a job was asked to renew."""
    ids = {f"{name}_id": UUID(arguments[name]) for name in ("section", "user") if name in arguments}
    kind = DeadlineKind(arguments["kind"]) if "kind" in arguments else None
    return RenewalScope(**ids, kind=kind, after=UUID(arguments["after"]) if "after" in arguments else None)


def arguments_of(scope: RenewalScope) -> dict[str, str]:
    """Return the scope as a job carries it."""
    given = {"section": scope.section_id, "user": scope.user_id, "kind": scope.kind, "after": scope.after}
    return {name: str(value) for name, value in given.items() if value is not None}


def renew_scope(units: Units, scope: RenewalScope, *, most_seconds: float = 20.0) -> Renewed:
    """Renew what the scope names, for so long at most. Everything: once a night, however often it is asked for."""
    end, done = time.monotonic() + most_seconds, Renewed()
    if scope.is_everything and scope.after is None and not _is_due(units):
        return done
    while True:
        with units.begin(WORKER) as uow:
            last = _renew_batch(uow, scope, done)
            if last is None and scope.is_everything:
                beat(uow, NIGHTLY)
        if last is None:
            break
        scope = replace(scope, after=last)
        if time.monotonic() >= end:
            done.rest = scope
            break
    if done.handed or done.reminders:
        log.info("reminders_renewed", handed=done.handed, reminders=done.reminders, is_night=scope.is_everything)
    return done


def _is_due(units: Units) -> bool:
    with units.begin(WORKER) as uow:
        last = heartbeats(uow).get(NIGHTLY)
    return last is None or now() - last >= EVERY


def _renew_batch(uow: UnitOfWork, scope: RenewalScope, done: Renewed) -> UUID | None:
    """Renew the next cases; return the last of them, or None when there was none."""
    cases = queries.cases_to_renew(uow, scope, BATCH)
    if not cases:
        return None
    staff = queries.staff_of(uow, {case.section_id for case in cases})
    found: dict[UUID, list[Deadline]] = {case.id: [] for case in cases}
    for row in queries.rows_of_cases(uow, found):
        if row.done_at is None:
            found[row.case_id].append(row)
    for case in cases:
        done.handed += len(hand_to(uow, case, found[case.id], staff[case.section_id].owner_of(case)))
    done.reminders += renew_all(uow, [(case, found[case.id]) for case in cases], staff)
    return cases[-1].id
