"""The verbs of deadlines. Each leaves the outbox of reminders in line with what it changed, in the same commit."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from caseflow.access import Permission
from caseflow.access.policy import require_on_case
from caseflow.audit import Changes
from caseflow.clock import now, today
from caseflow.errors import Conflict, Invalid
from caseflow.features.cases.queries import one_case
from caseflow.features.deadlines.commands import (
    EXPLAINED_ANEW,
    NO_LONGER_APPLIES,
    ComputedDeadline,
    Mended,
    NewDeadline,
)
from caseflow.features.deadlines.queries import one_deadline, rows_of_cases
from caseflow.features.deadlines.reminders import renew, renew_all
from caseflow.models import Case, Deadline, DeadlineKind
from caseflow.unit_of_work import UnitOfWork

FARTHEST = timedelta(days=366 * 20)
"""Nothing that a person types is due later; a later year is a slip."""


def set_computed(uow: UnitOfWork, case: Case, wanted: Sequence[ComputedDeadline]) -> None:
    """Make the computed deadlines of a case those that the law engine just computed. Typed ones keep their dates.

    New clocks are added, moved ones get the new date, those that no longer exist are closed, and open again when they
    come back. All open deadlines go to the case's present owner. Called for a case whose facts were changed, by whoever
    was allowed to change them; running it twice changes nothing.
    """
    uow.flush()
    rows = list(rows_of_cases(uow, [case.id]))
    _follow_all(uow, case, rows, wanted)
    renew(uow, case, rows)


def mend_computed(
    uow: UnitOfWork, wanted: Sequence[tuple[Case, Sequence[ComputedDeadline]]]
) -> dict[UUID, list[Mended]]:
    """Do the same for many cases that nobody changed, and return what had to be put right in which.

    One statement when nothing has to, and a handful whatever has to.
    """
    found: dict[UUID, list[Deadline]] = {case.id: [] for case, _ in wanted}
    for row in rows_of_cases(uow, found):
        found[row.case_id].append(row)
    mended = {case.id: _follow_all(uow, case, found[case.id], clocks) for case, clocks in wanted}
    renew_all(uow, [(case, found[case.id]) for case, _ in wanted if mended[case.id]])
    return {case_id: changes for case_id, changes in mended.items() if changes}


def _follow_all(uow: UnitOfWork, case: Case, rows: list[Deadline], wanted: Iterable[ComputedDeadline]) -> list[Mended]:
    """Bring the rows of one case in line, the new ones added to the list, and return what was changed."""
    by_key, alive = {row.key: row for row in rows}, set()
    changes: list[Mended] = []
    for clock in wanted:
        alive.add(clock.key)
        if clock.key in by_key:
            changes += _follow(uow, case, by_key[clock.key], clock)
        else:
            rows.append(_add_computed(uow, case, clock))
            changes.append(Mended("deadline.computed", clock.due_on))
    for row in rows:
        if row.kind is not DeadlineKind.MANUAL and row.key not in alive and row.done_at is None:
            row.done_at, row.outcome = now(), NO_LONGER_APPLIES
            _record(uow, case, row, "deadline.closed")
            changes.append(Mended("deadline.closed", row.due_on))
    return changes + _hand_to_owner(uow, case, rows)


def _add_computed(uow: UnitOfWork, case: Case, clock: ComputedDeadline) -> Deadline:
    row = Deadline(
        id=uuid4(),
        case_id=case.id,
        claim_id=clock.claim_id,
        kind=clock.kind,
        key=clock.key,
        due_on=clock.due_on,
        basis=dict(clock.basis),
        responsible_id=case.owner_id,
    )
    uow.session.add(row)
    _record(uow, case, row, "deadline.computed")
    return row


def _follow(uow: UnitOfWork, case: Case, row: Deadline, clock: ComputedDeadline) -> list[Mended]:
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
        return [Mended(action, clock.due_on)]
    return [Mended(EXPLAINED_ANEW, clock.due_on)] if is_explained_anew else []


def _hand_to_owner(uow: UnitOfWork, case: Case, rows: Iterable[Deadline]) -> list[Mended]:
    handed = []
    for row in rows:
        if row.done_at is None and row.responsible_id != case.owner_id:
            changes = {"responsible_id": [_plain(row.responsible_id), _plain(case.owner_id)]}
            row.responsible_id = case.owner_id
            _record(uow, case, row, "deadline.reassigned", changes)
            handed.append(Mended("deadline.reassigned", row.due_on))
    return handed


def _plain(user_id: UUID | None) -> object:
    return str(user_id) if user_id else None


def add_deadline(uow: UnitOfWork, case_id: UUID, new: NewDeadline) -> Deadline:
    """Add a typed deadline to a case; the case's owner is responsible.

    Raises:
        NotFound, Forbidden: the case may not be seen, or not be changed.
        Invalid: nothing is said of what is due, or the day can't be meant.
    """
    case = one_case(uow, case_id)
    require_on_case(uow.session, uow.actor, Permission.DEADLINE_EDIT, case)
    this_day = today(case.section.time_zone)
    if not new.title.strip():
        raise Invalid("The deadline was not added.", {"title": "Say in a line what is due, without names."})
    if new.due_on < this_day:
        raise Invalid(
            "The deadline was not added.",
            {"due_on": "This day has passed. Write the last day on which it can be done."},
        )
    if new.due_on - this_day > FARTHEST:
        raise Invalid("The deadline was not added.", {"due_on": "This is more than twenty years away. Check the year."})
    deadline = Deadline(
        id=uuid4(),
        case_id=case.id,
        kind=DeadlineKind.MANUAL,
        key=f"manual:{uuid4()}",
        title=new.title.strip(),
        due_on=new.due_on,
        note=new.note.strip(),
        responsible_id=case.owner_id,
    )
    uow.session.add(deadline)
    _record(uow, case, deadline, "deadline.added")
    renew(uow, case, [deadline])
    uow.touch(case.id)  # locks the case before the commit: an owner who changes meanwhile gets this, too
    return deadline


def complete(uow: UnitOfWork, deadline_id: UUID, version: int, outcome: str, *, is_sure: bool = False) -> Deadline:
    """Say that what was due is done, and how. The one-year clock ends by filing alone, so for it somebody must be sure.

    Raises:
        NotFound, Forbidden: the case may not be seen, or not be changed.
        Invalid: nothing is said of how, or nobody is sure that the one-year clock needs no reminder.
        Conflict: it was completed or moved after the page was drawn.
    """
    deadline = one_deadline(uow, deadline_id)
    require_on_case(uow.session, uow.actor, Permission.DEADLINE_EDIT, deadline.case)
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
    renew(uow, deadline.case, [deadline])
    return deadline


def _record(uow: UnitOfWork, case: Case, deadline: Deadline, action: str, changes: Changes | None = None) -> None:
    uow.audit.record(action, deadline, section_id=case.section_id, case_id=case.id, changes=changes)
