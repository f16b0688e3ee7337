"""The service of deadlines. Each function updates the reminders in the same commit."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID, uuid4

from caseflow.access import Permission
from caseflow.access.policy import require_on_case
from caseflow.audit import Changes, changes_of
from caseflow.clock import now
from caseflow.errors import Conflict, Forbidden, Invalid, stale
from caseflow.features.cases.queries import lock_case, locked_case, locked_whole_case, one_case
from caseflow.features.deadlines.commands import (
    EXPLANATION_CHANGED,
    NO_LONGER_APPLIES,
    DeadlineChange,
    NewDeadline,
)
from caseflow.features.deadlines.manual import columns_of
from caseflow.features.deadlines.planning import sync_reminders, sync_reminders_of_cases
from caseflow.features.deadlines.queries import deadlines_of_cases, one_deadline
from caseflow.features.deadlines.responsible.queries import CaseStaff, staff_of_case, staff_of_cases
from caseflow.models import Case, Deadline, DeadlineKind
from caseflow.sources import ChangedClock, ComputedDeadline, DeadlineSource
from caseflow.unit_of_work import UnitOfWork

Wanted = Mapping[DeadlineSource, Mapping[UUID, Sequence[ComputedDeadline]]]
"""The computed deadlines that sources want, by source and case."""


def update_computed(uow: UnitOfWork, case_id: UUID) -> None:
    """Set the computed deadlines of all sources for a case whose facts changed. The unit of work calls this."""
    case = locked_whole_case(uow, case_id)
    wanted = {source: source.wanted(uow, [case]) for source in uow.sources.deadlines}
    changes = set_computed_of_cases(uow, [case], wanted, is_after_change=True).get(case_id, [])
    uow.changed_clocks += [
        ChangedClock(one.kind, None if one.action == "deadline.closed" else one.due_on)
        for one in changes
        if one.kind is not None and one.action != EXPLANATION_CHANGED
    ]
    for follow in uow.sources.after_change:
        follow(uow, case)


def set_computed(
    uow: UnitOfWork, case: Case, source: DeadlineSource, wanted: Sequence[ComputedDeadline]
) -> list[DeadlineChange]:
    """Set the deadlines of one source. Rows of other sources and manual deadlines keep their dates.

    New ones are added, moved ones get the new date, those no longer wanted are closed, and reopened if wanted again. All
    open deadlines get the person who is responsible now. Running it twice changes nothing.
    """
    changes = set_computed_of_cases(uow, [case], {source: {case.id: wanted}}, is_after_change=True)
    return changes.get(case.id, [])


def set_computed_of_cases(
    uow: UnitOfWork, cases: Sequence[Case], wanted: Wanted, *, is_after_change: bool = False
) -> dict[UUID, list[DeadlineChange]]:
    """Set the computed deadlines of several sources and cases, and return the changes by case.

    Two statements if nothing changed (three with sealed cases), otherwise a constant number. After a change of the cases (`is_after_change`) all
    their reminders are synced, as recipients may have changed (a case was sealed, or has ended).

    Raises:
        ValueError: a source wants a kind that it does not own.
    """
    uow.flush()
    found: dict[UUID, list[Deadline]] = {case.id: [] for case in cases}
    for row in deadlines_of_cases(uow, found):
        found[row.case_id].append(row)
    staff = staff_of_cases(uow, cases)
    changes: dict[UUID, list[DeadlineChange]] = {}
    for case in cases:
        rows = found[case.id]
        mine = [
            change
            for source, by_case in wanted.items()
            for change in _reconcile_source(uow, case, rows, source, by_case.get(case.id, ()), staff=staff[case.id])
        ]
        mine += reassign(uow, case, rows, staff[case.id])
        if mine:
            changes[case.id] = mine
    synced = [(case, found[case.id]) for case in cases if is_after_change or case.id in changes]
    sync_reminders_of_cases(uow, synced, staff)
    return changes


def wanted_by_others(uow: UnitOfWork, cases: Sequence[Case], but: DeadlineSource) -> Wanted:
    """Return what every source but one wants of cases."""
    return {source: source.wanted(uow, cases) for source in uow.sources.deadlines if source is not but}


def reassign_to_owner(uow: UnitOfWork, case_id: UUID) -> None:
    """Make the present owner of a case responsible for its open deadlines, and sync reminders. The unit of work calls this.

    Those that were given to others stay with them.
    """
    case = locked_case(uow, case_id)
    rows, staff = list(deadlines_of_cases(uow, [case_id])), staff_of_case(uow, case)
    reassign(uow, case, rows, staff)
    sync_reminders(uow, case, rows, staff)


def _reconcile_source(
    uow: UnitOfWork,
    case: Case,
    rows: list[Deadline],
    source: DeadlineSource,
    wanted: Iterable[ComputedDeadline],
    *,
    staff: CaseStaff,
) -> list[DeadlineChange]:
    """Reconcile the rows of one source with what it wants, append new rows to `rows`, and return the changes."""
    by_key, wanted_keys = {row.key: row for row in rows if row.source == source.name}, set()
    changes: list[DeadlineChange] = []
    for one in wanted:
        if one.kind not in source.kinds:
            raise ValueError(f"{source.name} does not own deadlines of the kind {one.kind.value}")
        wanted_keys.add(one.key)
        if one.key in by_key:
            changes += _reconcile_row(uow, case, by_key[one.key], one, decides=source.acts is not None)
        else:
            rows.append(_add_computed(uow, case, source, one, staff))
            changes.append(
                DeadlineChange(action="deadline.computed", due_on=one.due_on, source=source.name, kind=one.kind)
            )
    for key, row in by_key.items():
        if key not in wanted_keys and row.done_at is None:
            row.done_at, row.outcome = now(), NO_LONGER_APPLIES
            _record(uow, case, row, "deadline.closed")
            changes.append(
                DeadlineChange(action="deadline.closed", due_on=row.due_on, source=source.name, kind=row.kind)
            )
    return changes


def _add_computed(
    uow: UnitOfWork, case: Case, source: DeadlineSource, computed: ComputedDeadline, staff: CaseStaff
) -> Deadline:
    row = Deadline(
        id=uuid4(),
        case_id=case.id,
        claim_id=computed.claim_id,
        kind=computed.kind,
        source=source.name,
        key=computed.key,
        title=computed.title,
        due_on=computed.due_on,
        basis=dict(computed.basis),
        given_to_id=computed.given_to_id,
    )
    row.responsible_id = staff.responsible_for(row)
    uow.session.add(row)
    _record(uow, case, row, "deadline.computed")
    return row


def _reconcile_row(
    uow: UnitOfWork, case: Case, row: Deadline, computed: ComputedDeadline, *, decides: bool
) -> list[DeadlineChange]:
    """Set the computed date and explanation of a row, and return the changes.

    A row that a person completed stays done for its date. With another date it is reopened, as it must not be missed; so it is
    when its source decides whether it is done (`decides`), which then also says to whom it is given.
    """
    has_moved = row.due_on != computed.due_on
    reopens = row.done_at is not None and (has_moved or decides or row.outcome == NO_LONGER_APPLIES)
    if has_moved:
        row.due_on, row.dated_at = computed.due_on, now()
    if reopens:
        row.done_at, row.outcome = None, ""
    has_new_explanation = (row.basis, row.title) != (dict(computed.basis), computed.title)
    if has_new_explanation:
        row.basis, row.title = dict(computed.basis), computed.title
    if decides and row.given_to_id != computed.given_to_id:
        row.given_to_id, has_new_explanation = computed.given_to_id, True  # recorded with the row of the source
    if row.claim_id != computed.claim_id:
        row.claim_id = computed.claim_id
    if has_moved or reopens:
        action = "deadline.reopened" if reopens else "deadline.moved"
        _record(uow, case, row, action)
    elif has_new_explanation:
        action = EXPLANATION_CHANGED
    else:
        return []
    return [DeadlineChange(action=action, due_on=computed.due_on, source=row.source, kind=row.kind)]


def reassign(uow: UnitOfWork, case: Case, rows: Iterable[Deadline], staff: CaseStaff) -> list[DeadlineChange]:
    """Set who is responsible for the open deadlines of a case now, and return the changes."""
    changed = []
    for row in rows:
        responsible = staff.responsible_for(row)
        if row.done_at is None and row.responsible_id != responsible:
            changes = {"responsible_id": [_id_text(row.responsible_id), _id_text(responsible)]}
            row.responsible_id = responsible
            _record(uow, case, row, "deadline.reassigned", changes)
            changed.append(DeadlineChange(action="deadline.reassigned", due_on=row.due_on))
    return changed


def _id_text(user_id: UUID | None) -> object:
    return str(user_id) if user_id else None


def add_deadline(uow: UnitOfWork, case_id: UUID, new: NewDeadline) -> Deadline:
    """Add a manual deadline to a case; the case's owner is responsible, or the person to whom it is given.

    Raises:
        NotFound, Forbidden: the case may not be seen, or not be changed.
        Invalid: this kind is computed, the title is missing, the day or the hour is impossible, or the person does not work
            on the case.
    """
    case = one_case(uow, case_id)
    require_on_case(uow.session, uow.actor, Permission.DEADLINE_EDIT, case)
    lock_case(uow, case.id)
    staff = staff_of_case(uow, case)
    deadline = Deadline(
        id=uuid4(), case_id=case.id, key=f"{new.kind}:{uuid4()}", **columns_of(new, case.section.time_zone)
    )
    _give(deadline, new.given_to_id, staff)
    uow.session.add(deadline)
    _record(uow, case, deadline, "deadline.added")
    sync_reminders(uow, case, [deadline], staff)
    uow.owner_changed(case.id)  # so that a new owner gets this deadline too
    return deadline


def edit_deadline(uow: UnitOfWork, deadline_id: UUID, version: int, new: NewDeadline) -> Deadline:
    """Change a manual deadline. Its reminders are planned for the new day, which must be acknowledged again.

    Raises:
        NotFound, Forbidden: the case may not be seen or not be changed, or the date is computed from facts.
        Invalid: a value is missing or impossible.
        Conflict: it was changed or completed after the page was loaded.
    """
    deadline = one_deadline(uow, deadline_id)
    require_manual(uow, deadline)
    _lock_open(uow, deadline, version)
    before = (deadline.due_on, deadline.due_at)
    for name, value in columns_of(new, deadline.case.section.time_zone, present=deadline).items():
        setattr(deadline, name, value)
    if before != (deadline.due_on, deadline.due_at):
        deadline.dated_at = now()
    is_given = new.given_to_id != deadline.given_to_id
    if changes_of(deadline) or not is_given:
        _record(uow, deadline.case, deadline, "deadline.changed")
    if is_given:
        _give_and_record(uow, deadline, new.given_to_id)
    sync_reminders(uow, deadline.case, [deadline])
    uow.owner_changed(deadline.case_id)  # as in `add_deadline`
    return deadline


def give_deadline(uow: UnitOfWork, deadline_id: UUID, version: int, person_id: UUID | None) -> Deadline:
    """Choose the person responsible for a deadline, also a computed one; None is whoever owns the case.

    Raises:
        NotFound, Forbidden: the case may not be seen or not be changed.
        Invalid: the person does not work on the case.
        Conflict: it was changed or completed after the page was loaded.
    """
    deadline = one_deadline(uow, deadline_id)
    require_on_case(uow.session, uow.actor, Permission.DEADLINE_EDIT, deadline.case)
    _lock_open(uow, deadline, version)
    if person_id != deadline.given_to_id:
        _give_and_record(uow, deadline, person_id)
        if acts := uow.sources.acts_of(deadline.source):
            acts.give(uow, deadline.case, deadline.key, person_id)
        sync_reminders(uow, deadline.case, [deadline])
        uow.owner_changed(deadline.case_id)
    return deadline


def _give_and_record(uow: UnitOfWork, deadline: Deadline, person_id: UUID | None) -> None:
    names = ("given_to_id", "responsible_id")
    before = {name: _id_text(getattr(deadline, name)) for name in names}
    _give(deadline, person_id, staff_of_case(uow, deadline.case))
    changes = {name: [before[name], _id_text(getattr(deadline, name))] for name in names}
    _record(
        uow, deadline.case, deadline, "deadline.given", {name: one for name, one in changes.items() if one[0] != one[1]}
    )


def _give(deadline: Deadline, person_id: UUID | None, staff: CaseStaff) -> None:
    """Set to whom a deadline is given, and who is responsible.

    Raises:
        Invalid: the person does not work on the case.
    """
    if person_id is not None and person_id not in staff.workers:
        raise Invalid(
            "The deadline was not saved.",
            {"given_to": "Choose someone who works on cases of this section and has access to this one."},
        )
    deadline.given_to_id = person_id
    deadline.responsible_id = staff.responsible_for(deadline)


def _lock(uow: UnitOfWork, deadline: Deadline) -> None:
    """Lock the case before its deadline, as all code that changes both does, and refresh the deadline."""
    lock_case(uow, deadline.case_id)
    uow.session.refresh(
        deadline, ["due_on", "due_at", "dated_at", "done_at", "given_to_id", "responsible_id", "version"]
    )


def _lock_open(uow: UnitOfWork, deadline: Deadline, version: int) -> None:
    """Lock a deadline that is open and has the version that the person has seen.

    Raises:
        Conflict: it was changed or completed after the page was loaded.
    """
    _lock(uow, deadline)
    if deadline.done_at is not None:
        raise Conflict("Someone has already marked this as done.")
    if deadline.version != version:
        raise stale(deadline)


def require_manual(uow: UnitOfWork, deadline: Deadline) -> None:
    """Require a manual deadline that the acting person may change.

    Raises:
        Forbidden: they may not change it, or its date is computed.
    """
    require_on_case(uow.session, uow.actor, Permission.DEADLINE_EDIT, deadline.case)
    if deadline.source:
        raise Forbidden(
            "This date is calculated from the facts of the case. Change the facts, and the date is recalculated."
        )


def complete(uow: UnitOfWork, deadline_id: UUID, version: int, outcome: str, *, is_sure: bool = False) -> Deadline:
    """Mark a deadline as done, with an outcome. For the one-year clock, which ends by filing, it must be confirmed (`is_sure`).

    Raises:
        NotFound, Forbidden: the case may not be seen, or not be changed.
        Invalid: the outcome is missing, or the one-year clock is not confirmed.
        Conflict: it was completed or changed after the page was loaded.
    """
    deadline = one_deadline(uow, deadline_id)
    require_on_case(uow.session, uow.actor, Permission.DEADLINE_EDIT, deadline.case)
    _lock(uow, deadline)
    said = outcome.strip()
    if not said:
        raise Invalid("The deadline was not marked as done.", {"outcome": "Describe in one line how it was done."})
    if deadline.kind is DeadlineKind.ONE_YEAR and not is_sure:
        raise Invalid(
            "The deadline was not marked as done.", {"is_sure": "Tick this, or go back: the deadline still applies."}
        )
    if deadline.done_at is not None:
        raise Conflict("Someone has already marked this as done.")
    if deadline.version != version:
        raise Conflict(
            "This deadline was changed after you opened the page. Check its date, then mark it as done again.",
            deadline,
        )
    _complete(uow, deadline.case, deadline, said)
    if acts := uow.sources.acts_of(deadline.source):
        acts.complete(uow, deadline.case, deadline.key, said)
    return deadline


def complete_of_source(uow: UnitOfWork, case: Case, key: str, outcome: str) -> None:
    """Mark the open deadline with a key as done, if there is one: the row of its source was done."""
    for deadline in deadlines_of_cases(uow, [case.id]):
        if deadline.key == key and deadline.done_at is None:
            _complete(uow, case, deadline, outcome)


def _complete(uow: UnitOfWork, case: Case, deadline: Deadline, outcome: str) -> None:
    deadline.done_at, deadline.outcome = now(), outcome
    _record(uow, case, deadline, "deadline.done")
    sync_reminders(uow, case, [deadline])


def update_source(uow: UnitOfWork, case: Case, source: DeadlineSource) -> None:
    """Set the deadlines of one source after a change that concerns no other."""
    lock_case(uow, case.id)
    uow.flush()
    set_computed(uow, case, source, source.wanted(uow, [case]).get(case.id, ()))
    uow.owner_changed(case.id)  # as in `add_deadline`


def _record(uow: UnitOfWork, case: Case, deadline: Deadline, action: str, changes: Changes | None = None) -> None:
    uow.audit.record(action, deadline, section_id=case.section_id, case_id=case.id, changes=changes)
