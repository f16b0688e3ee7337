"""Acknowledge a deadline, snooze its reminders, and end a snooze.

Each needs the version of the deadline that the person has seen, locks the case, so that concurrent changes and the full
pass wait for each other, and updates the reminders in the same commit.
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
from caseflow.features.deadlines.responsible.queries import staff_of_case
from caseflow.models import Deadline
from caseflow.models.deadline_kinds import KINDS
from caseflow.unit_of_work import UnitOfWork

LONGEST_SNOOZE = timedelta(days=365)
"""The limit for deadlines that are not hard. Hard ones can be snoozed until their last day."""


def acknowledge(uow: UnitOfWork, deadline_id: UUID, version: int) -> Deadline:
    """Acknowledge a deadline, so that coordinators are not alerted before it is overdue.

    This counts for its present date only: when the deadline moves, it must be acknowledged again.

    Raises:
        NotFound, Forbidden: the case may not be seen or changed, or the person is not notified of this deadline.
        Conflict: it was done or changed after the page was loaded.
    """
    deadline = _locked_deadline(uow, deadline_id, version)
    if not _may_acknowledge(uow, deadline):
        raise Forbidden("Only people who are reminded of this deadline can acknowledge it.")
    queries.write_acknowledgement(uow, deadline, {"acknowledged_for": deadline.due_on, "acknowledged_at": now()})
    _record(uow, deadline, "deadline.acknowledged", {"acknowledged_for": [None, deadline.due_on.isoformat()]})
    _update_reminders(uow, deadline)
    return deadline


def snooze(uow: UnitOfWork, deadline_id: UUID, wanted: Snooze) -> Deadline:
    """Postpone the acting person's reminders of a deadline, except those that are always sent.

    Raises:
        NotFound, Forbidden: the case may not be seen or changed, or the person is not responsible.
        Invalid: the day is not in the future or too late, or there is no reason.
        Conflict: it was done or changed after the page was loaded.
    """
    deadline = _locked_deadline(uow, deadline_id, wanted.version)
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
    _update_reminders(uow, deadline)
    return deadline


def end_snooze(uow: UnitOfWork, deadline_id: UUID, version: int) -> Deadline:
    """End the acting person's snooze of a deadline. Reminders that became due meanwhile come with the next digest.

    Raises:
        NotFound, Forbidden: the case may not be seen or changed, or the person is not responsible.
        Conflict: it was done or changed after the page was loaded.
    """
    deadline = _locked_deadline(uow, deadline_id, version)
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
    elif wanted.until - this_day > LONGEST_SNOOZE:
        problems["until"] = "A reminder can wait for at most a year. Enter an earlier date."
    if problems:
        raise Invalid("The reminders were not postponed.", problems)


def is_responsible(uow: UnitOfWork, deadline: Deadline) -> bool:
    """Return whether the acting person is notified at every threshold of a deadline."""
    return uow.person.user_id in recipients_of(deadline, staff_of_case(uow, deadline.case)).responsible


def _may_acknowledge(uow: UnitOfWork, deadline: Deadline) -> bool:
    """Return whether the acting person is notified: as responsible, owner, coordinator or substitute, or by escalation."""
    recipients = recipients_of(deadline, staff_of_case(uow, deadline.case))
    return uow.person.user_id in {*recipients.responsible, *recipients.escalated} or queries.is_notified(
        uow, deadline, today(deadline.case.section.time_zone)
    )


def _locked_deadline(uow: UnitOfWork, deadline_id: UUID, version: int) -> Deadline:
    deadline = one_deadline(uow, deadline_id)
    require_on_case(uow.session, uow.actor, Permission.DEADLINE_EDIT, deadline.case)
    locked_whole_case(uow, deadline.case_id)
    uow.session.refresh(deadline, ["due_on", "done_at", "given_to_id", "version"])
    if deadline.done_at is not None:
        raise Conflict("Someone has already marked this as done.")
    if deadline.version != version:
        raise Conflict("This deadline was changed after you opened the page. Check its date, then try again.")
    return deadline


def _update_reminders(uow: UnitOfWork, deadline: Deadline) -> None:
    """Mark the person's reminders so far as read, and sync reminders."""
    queries.mark_read_of(uow, deadline, today(deadline.case.section.time_zone), now())
    sync_reminders(uow, deadline.case, [deadline])


def _record(uow: UnitOfWork, deadline: Deadline, action: str, changes: dict[str, list[object]]) -> None:
    case = deadline.case
    uow.audit.record(action, deadline, section_id=case.section_id, case_id=case.id, changes=changes)
