"""What people say of a deadline: that they have seen its day, and that they want to hear of it later, or as usual again.

Each is said of the version that they looked at, holds the case while it is written, so that two people and the nightly
job come one after the other, and brings the reminders in line in the same commit.
"""

from datetime import timedelta
from uuid import UUID

from caseflow.access import Permission
from caseflow.access.policy import require_on_case
from caseflow.clock import now, today
from caseflow.errors import Conflict, Forbidden, Invalid
from caseflow.features.cases.queries import locked_whole_case
from caseflow.features.deadlines.acknowledgements import queries
from caseflow.features.deadlines.commands import Snooze
from caseflow.features.deadlines.planning import recipients_of, sync_reminders
from caseflow.features.deadlines.queries import one_deadline
from caseflow.models import Deadline
from caseflow.models.deadline_kinds import KINDS
from caseflow.unit_of_work import UnitOfWork

LONGEST = timedelta(days=365)
"""So long at most sleeps what can be mended when it is missed; what can't be mended sleeps until its last day at most."""


def acknowledge(uow: UnitOfWork, deadline_id: UUID, version: int) -> Deadline:
    """Say that one has seen the day of a deadline: the coordinators need not hear that nobody has.

    It holds for this day: when the deadline moves, nobody has seen the new one yet.

    Raises:
        NotFound, Forbidden: the case may not be seen or changed, or the person is not told of this deadline.
        Conflict: it was done or changed after the page was drawn.
    """
    deadline = _held(uow, deadline_id, version)
    if not _may_acknowledge(uow, deadline):
        raise Forbidden("Only people who are reminded of this deadline can acknowledge it.")
    queries.write_acknowledgement(uow, deadline, {"acknowledged_for": deadline.due_on, "acknowledged_at": now()})
    _record(uow, deadline, "deadline.acknowledged", {"acknowledged_for": [None, deadline.due_on.isoformat()]})
    _settle(uow, deadline)
    return deadline


def snooze(uow: UnitOfWork, deadline_id: UUID, wanted: Snooze) -> Deadline:
    """Let who is responsible hear of a deadline on a later day instead. What is always told is told all the same.

    Raises:
        NotFound, Forbidden: the case may not be seen or changed, or the person is not responsible.
        Invalid: the day is not in the future or too far away, or nothing is said of why.
        Conflict: it was done or changed after the page was drawn.
    """
    deadline = _held(uow, deadline_id, wanted.version)
    if not is_responsible(uow, deadline):
        raise Forbidden("Only the person responsible for this deadline can postpone its reminders.")
    _check(deadline, wanted)
    reason = wanted.reason.strip()
    queries.write_acknowledgement(uow, deadline, {"snoozed_until": wanted.until, "snooze_reason": reason})
    changes: dict[str, list[object]] = {
        "snoozed_until": [None, wanted.until.isoformat()],
        "snooze_reason": [None, reason],
    }
    _record(uow, deadline, "deadline.snoozed", changes)
    _settle(uow, deadline)
    return deadline


def wake(uow: UnitOfWork, deadline_id: UUID, version: int) -> Deadline:
    """Take back that one wants to hear of a deadline later: what was slept through comes with the next digest.

    Raises:
        NotFound, Forbidden: the case may not be seen or changed, or the person is not responsible.
        Conflict: it was done or changed after the page was drawn.
    """
    deadline = _held(uow, deadline_id, version)
    if not is_responsible(uow, deadline):
        raise Forbidden("Only the person responsible for this deadline can be reminded of it.")
    queries.write_acknowledgement(uow, deadline, {"snoozed_until": None, "snooze_reason": ""})
    _record(uow, deadline, "deadline.woken", {})
    sync_reminders(uow, deadline.case, [deadline])
    return deadline


def _check(deadline: Deadline, wanted: Snooze) -> None:
    this_day, is_hard = today(deadline.case.section.time_zone), KINDS[deadline.kind].is_hard
    problems: dict[str, str] = {}
    if not wanted.reason.strip():
        problems["reason"] = "Give the reason why it can wait, in one line."
    if wanted.until <= this_day:
        problems["until"] = "Enter a date after today."
    elif is_hard and wanted.until > deadline.due_on:
        problems["until"] = "Missing this deadline cannot be undone. Enter a date that is not after the deadline."
    elif wanted.until - this_day > LONGEST:
        problems["until"] = "A reminder can wait for at most a year. Enter an earlier date."
    if problems:
        raise Invalid("The reminders were not postponed.", problems)


def is_responsible(uow: UnitOfWork, deadline: Deadline) -> bool:
    """Tell whether the acting person is the one who is told of every threshold of a deadline."""
    return uow.person.user_id in recipients_of(uow, deadline.case).responsible


def _may_acknowledge(uow: UnitOfWork, deadline: Deadline) -> bool:
    """Tell whether somebody is told of a deadline: as responsible, coordinator or substitute, or handed on."""
    told = recipients_of(uow, deadline.case)
    return uow.person.user_id in {*told.responsible, *told.coordinators} or queries.is_notified(uow, deadline, today())


def _held(uow: UnitOfWork, deadline_id: UUID, version: int) -> Deadline:
    deadline = one_deadline(uow, deadline_id)
    require_on_case(uow.session, uow.actor, Permission.DEADLINE_EDIT, deadline.case)
    locked_whole_case(uow, deadline.case_id)
    uow.session.refresh(deadline, ["due_on", "done_at", "version"])
    if deadline.done_at is not None:
        raise Conflict("Someone has already marked this as done.")
    if deadline.version != version:
        raise Conflict("This deadline was changed after you opened the page. Check its date, then try again.")
    return deadline


def _settle(uow: UnitOfWork, deadline: Deadline) -> None:
    """Bring the reminders in line; those that the person was shown are read."""
    queries.mark_read_of(uow, deadline, today(deadline.case.section.time_zone), now())
    sync_reminders(uow, deadline.case, [deadline])


def _record(uow: UnitOfWork, deadline: Deadline, action: str, changes: dict[str, list[object]]) -> None:
    case = deadline.case
    uow.audit.record(action, deadline, section_id=case.section_id, case_id=case.id, changes=changes)
