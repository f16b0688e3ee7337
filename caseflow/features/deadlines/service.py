"""The verbs of deadlines. Each leaves the outbox of reminders in line with what it changed, in the same commit."""

from collections.abc import Iterable, Sequence
from uuid import UUID, uuid4

from caseflow.access import Permission
from caseflow.access.policy import require_on_case
from caseflow.audit import Changes
from caseflow.clock import now
from caseflow.errors import Conflict, Forbidden, Invalid, stale
from caseflow.features.cases.queries import hold_case, one_case
from caseflow.features.deadlines.commands import (
    EXPLANATION_CHANGED,
    NO_LONGER_APPLIES,
    ComputedDeadline,
    DeadlineChange,
    NewDeadline,
)
from caseflow.features.deadlines.kinds import COMPUTED
from caseflow.features.deadlines.manual import columns_of
from caseflow.features.deadlines.planning import sync_reminders, sync_reminders_of_cases
from caseflow.features.deadlines.queries import one_deadline, rows_of_cases, staff_of
from caseflow.models import Case, Deadline, DeadlineKind
from caseflow.unit_of_work import UnitOfWork


def set_computed(uow: UnitOfWork, case: Case, wanted: Sequence[ComputedDeadline]) -> None:
    """Make the computed deadlines of a case those that the law engine just computed. Typed ones keep their dates.

    New clocks are added, moved ones get the new date, those that no longer exist are closed, and open again when they
    come back. All open deadlines go to the case's present owner. Called for a case whose facts were changed, by whoever
    was allowed to change them; running it twice changes nothing.
    """
    uow.flush()
    rows, staff = list(rows_of_cases(uow, [case.id])), staff_of(uow, [case.section_id])[case.section_id]
    _follow_all(uow, case, rows, wanted, staff.owner_of(case))
    sync_reminders(uow, case, rows, staff)


def set_computed_of_cases(
    uow: UnitOfWork, wanted: Sequence[tuple[Case, Sequence[ComputedDeadline]]]
) -> dict[UUID, list[DeadlineChange]]:
    """Do the same for many cases that nobody changed, and return what had to be put right in which.

    Two statements when nothing has to, and a handful whatever has to.
    """
    found: dict[UUID, list[Deadline]] = {case.id: [] for case, _ in wanted}
    for row in rows_of_cases(uow, found):
        found[row.case_id].append(row)
    staff = staff_of(uow, {case.section_id for case, _ in wanted})
    mended = {
        case.id: _follow_all(uow, case, found[case.id], clocks, staff[case.section_id].owner_of(case))
        for case, clocks in wanted
    }
    sync_reminders_of_cases(uow, [(case, found[case.id]) for case, _ in wanted if mended[case.id]], staff)
    return {case_id: changes for case_id, changes in mended.items() if changes}


def _follow_all(
    uow: UnitOfWork, case: Case, rows: list[Deadline], wanted: Iterable[ComputedDeadline], owner: UUID | None
) -> list[DeadlineChange]:
    """Bring the rows of one case in line, the new ones added to the list, and return what was changed."""
    by_key, alive = {row.key: row for row in rows}, set()
    changes: list[DeadlineChange] = []
    for clock in wanted:
        alive.add(clock.key)
        if clock.key in by_key:
            changes += _follow(uow, case, by_key[clock.key], clock)
        else:
            rows.append(_add_computed(uow, case, clock, owner))
            changes.append(DeadlineChange("deadline.computed", clock.due_on))
    for row in rows:
        if row.kind in COMPUTED and row.key not in alive and row.done_at is None:
            row.done_at, row.outcome = now(), NO_LONGER_APPLIES
            _record(uow, case, row, "deadline.closed")
            changes.append(DeadlineChange("deadline.closed", row.due_on))
    return changes + hand_to(uow, case, rows, owner)


def _add_computed(uow: UnitOfWork, case: Case, clock: ComputedDeadline, owner: UUID | None) -> Deadline:
    row = Deadline(
        id=uuid4(),
        case_id=case.id,
        claim_id=clock.claim_id,
        kind=clock.kind,
        key=clock.key,
        due_on=clock.due_on,
        basis=dict(clock.basis),
        responsible_id=owner,
    )
    uow.session.add(row)
    _record(uow, case, row, "deadline.computed")
    return row


def _follow(uow: UnitOfWork, case: Case, row: Deadline, clock: ComputedDeadline) -> list[DeadlineChange]:
    """Give a row the date and the explanation that were computed.

    One that a person has completed stays done for that date; another date is another clock and must not be missed.
    """
    has_moved = row.due_on != clock.due_on
    comes_back = row.done_at is not None and (has_moved or row.outcome == NO_LONGER_APPLIES)
    if has_moved:
        row.due_on, row.dated_at = clock.due_on, now()
    if comes_back:
        row.done_at, row.outcome = None, ""
    is_explained_anew = row.basis != dict(clock.basis)
    if is_explained_anew:
        row.basis = dict(clock.basis)
    if row.claim_id != clock.claim_id:
        row.claim_id = clock.claim_id
    if has_moved or comes_back:
        action = "deadline.reopened" if comes_back else "deadline.moved"
        _record(uow, case, row, action)
        return [DeadlineChange(action, clock.due_on)]
    return [DeadlineChange(EXPLANATION_CHANGED, clock.due_on)] if is_explained_anew else []


def hand_to(uow: UnitOfWork, case: Case, rows: Iterable[Deadline], owner: UUID | None) -> list[DeadlineChange]:
    """Make somebody responsible for what is open of a case; nobody means the queue of the section."""
    handed = []
    for row in rows:
        if row.done_at is None and row.responsible_id != owner:
            changes = {"responsible_id": [_plain(row.responsible_id), _plain(owner)]}
            row.responsible_id = owner
            _record(uow, case, row, "deadline.reassigned", changes)
            handed.append(DeadlineChange("deadline.reassigned", row.due_on))
    return handed


def _plain(user_id: UUID | None) -> object:
    return str(user_id) if user_id else None


def add_deadline(uow: UnitOfWork, case_id: UUID, new: NewDeadline) -> Deadline:
    """Add a typed deadline to a case; the case's owner is responsible.

    Raises:
        NotFound, Forbidden: the case may not be seen, or not be changed.
        Invalid: people don't add this kind, nothing is said of what is due, or the day or the hour can't be meant.
    """
    case = one_case(uow, case_id)
    require_on_case(uow.session, uow.actor, Permission.DEADLINE_EDIT, case)
    staff = staff_of(uow, [case.section_id])[case.section_id]
    deadline = Deadline(
        id=uuid4(),
        case_id=case.id,
        key=f"{new.kind}:{uuid4()}",
        responsible_id=staff.owner_of(case),
        **columns_of(new, case.section.time_zone),
    )
    uow.session.add(deadline)
    _record(uow, case, deadline, "deadline.added")
    sync_reminders(uow, case, [deadline], staff)
    uow.facts_changed(case.id)  # locks the case before the commit: an owner who changes meanwhile gets this, too
    return deadline


def edit_deadline(uow: UnitOfWork, deadline_id: UUID, version: int, new: NewDeadline) -> Deadline:
    """Change what was typed of a deadline. Its reminders follow to the new day, and nobody has acknowledged that one yet.

    Raises:
        NotFound, Forbidden: the case may not be seen or not be changed, or the date is computed from facts.
        Invalid: what was typed can't be meant.
        Conflict: it was changed or completed after the page was drawn.
    """
    deadline = one_deadline(uow, deadline_id)
    require_manual(uow, deadline)
    _hold(uow, deadline)
    if deadline.done_at is not None:
        raise Conflict("Somebody has marked this as done already.")
    if deadline.version != version:
        raise stale(deadline)
    before = (deadline.due_on, deadline.due_at)
    for name, value in columns_of(new, deadline.case.section.time_zone, present=deadline).items():
        setattr(deadline, name, value)
    if before != (deadline.due_on, deadline.due_at):
        deadline.dated_at = now()
    _record(uow, deadline.case, deadline, "deadline.changed")
    sync_reminders(uow, deadline.case, [deadline])
    uow.facts_changed(deadline.case_id)  # as for a new one: whoever changes the owner meanwhile waits, and hands it on
    return deadline


def _hold(uow: UnitOfWork, deadline: Deadline) -> None:
    """Hold the case before its deadline is changed, as everybody does who changes both, and see the deadline as it now stands."""
    hold_case(uow, deadline.case_id)
    uow.session.refresh(deadline, ["due_on", "due_at", "dated_at", "done_at", "version"])


def require_manual(uow: UnitOfWork, deadline: Deadline) -> None:
    """Refuse to change what the acting person may not change, or nobody may: a computed date.

    Raises:
        Forbidden: with a sentence that says what to do instead.
    """
    require_on_case(uow.session, uow.actor, Permission.DEADLINE_EDIT, deadline.case)
    if deadline.kind in COMPUTED:
        raise Forbidden("This date is computed from the facts of the case. Change the facts, and the date follows.")


def complete(uow: UnitOfWork, deadline_id: UUID, version: int, outcome: str, *, is_sure: bool = False) -> Deadline:
    """Say that what was due is done, and how. The one-year clock ends by filing alone, so for it somebody must be sure.

    Raises:
        NotFound, Forbidden: the case may not be seen, or not be changed.
        Invalid: nothing is said of how, or nobody is sure that the one-year clock needs no reminder.
        Conflict: it was completed or moved after the page was drawn.
    """
    deadline = one_deadline(uow, deadline_id)
    require_on_case(uow.session, uow.actor, Permission.DEADLINE_EDIT, deadline.case)
    _hold(uow, deadline)
    said = outcome.strip()
    if not said:
        raise Invalid("It was not marked as done.", {"outcome": "Say in a line how it was done."})
    if deadline.kind is DeadlineKind.ONE_YEAR and not is_sure:
        raise Invalid("It was not marked as done.", {"is_sure": "Tick this, or go back: the clock still runs."})
    if deadline.done_at is not None:
        raise Conflict("Somebody has marked this as done already.")
    if deadline.version != version:
        raise Conflict(
            "This deadline was changed after you opened the page. Look at its date, then say again that it is done.",
            deadline,
        )
    deadline.done_at, deadline.outcome = now(), said
    _record(uow, deadline.case, deadline, "deadline.done")
    sync_reminders(uow, deadline.case, [deadline])
    return deadline


def _record(uow: UnitOfWork, case: Case, deadline: Deadline, action: str, changes: Changes | None = None) -> None:
    uow.audit.record(action, deadline, section_id=case.section_id, case_id=case.id, changes=changes)
