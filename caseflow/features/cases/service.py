"""The service of cases: open, describe, assign and take cases, read and write the contact note, change children."""

from collections.abc import Callable
from datetime import timedelta
from typing import NewType, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.dialects.postgresql import insert

from caseflow.access import Permission
from caseflow.access.policy import require_in_section, require_on_case
from caseflow.audit import Changes, assign_changes, changes_of, contents_of
from caseflow.clock import latest_local_today, today
from caseflow.days import check_year
from caseflow.db.sealing import SealBroken, open_field, seal_fields
from caseflow.errors import Conflict, Forbidden, Invalid, stale
from caseflow.features.accounts.queries import people_of_section
from caseflow.features.cases.commands import CaseDescription, NewCase
from caseflow.features.cases.owners.service import may_take
from caseflow.features.cases.queries import (
    count_and_last_position,
    lock_case,
    neighbour,
    one_case,
)
from caseflow.law import UncertainDate, load_vocabularies
from caseflow.models import Case, CaseChild, CaseCounter, Confidentiality, Section, State
from caseflow.unit_of_work import UnitOfWork

EditableCase = NewType("EditableCase", Case)
"""A case that the acting person may change, returned by `editable_case`. Functions that change facts accept nothing else."""
FURTHEST_AHEAD = timedelta(days=366)
"""A later date of an act is treated as a typing error."""


def open_case(uow: UnitOfWork, new: NewCase) -> EditableCase:
    """Open a case in a section and give it a reference. The acting person becomes its owner.

    Raises:
        Forbidden: the person may not open cases in that section.
        Invalid: the State or the right is unknown, or what happened is missing.
    """
    require_in_section(uow.actor, Permission.CASE_CREATE, new.section_id)
    _check_codes(uow, new.state_code, (new.right,))
    if not new.title.strip():
        raise Invalid("What happened is missing.", {"title": "Describe what happened in one line, without names."})
    _check_happened(new.happened)
    section = uow.session.get_one(Section, new.section_id)
    opened_on = new.opened_on or today(section.time_zone)
    number = _next_number(uow, section.id, opened_on.year)
    case = Case(
        section_id=section.id,
        year=opened_on.year,
        number=number,
        reference=f"{section.code}-{opened_on.year}-{number:04d}",
        title=new.title.strip(),
        state_code=new.state_code,
        place_region=new.place_region.strip(),
        happened=new.happened,
        urgency=new.urgency,
        rights=[new.right],
        owner_id=uow.person.user_id,
        opened_on=opened_on,
        is_demo=new.is_demo,
    )
    uow.session.add(case)
    uow.flush()
    seal_fields(uow.keys, case, {"contact_note": new.contact_note})
    uow.audit.record(
        "case.opened",
        case,
        section_id=case.section_id,
        case_id=case.id,
        changes={"reference": [None, case.reference], "title": [None, case.title], "state_code": [None, case.state_code],
                 "rights": [None, case.rights], "happened": [None, case.happened.edtf if case.happened else None]},
    )  # fmt: skip
    uow.facts_changed(case.id)
    return EditableCase(case)


def describe_case(uow: UnitOfWork, case: EditableCase, new: CaseDescription) -> Case:
    """Change the description of a case.

    Raises:
        Conflict: somebody saved it after the form was loaded; carries the saved row.
        Invalid: a code is unknown.
    """
    if case.version != new.version:
        raise stale(case)
    _check_codes(uow, new.state_code, ())
    _check_happened(new.happened)
    _check_confidentiality(uow, case, new.confidentiality)
    if not new.title.strip():
        raise Invalid("The case was not saved.", {"title": "Describe what happened in one line, without names."})
    assign_changes(case, new)
    uow.audit.record("case.described", case, section_id=case.section_id, case_id=case.id)
    uow.facts_changed(case.id)
    return case


def _check_confidentiality(uow: UnitOfWork, case: Case, wanted: Confidentiality) -> None:
    """Refuse to seal or unseal a case of another section, and to seal a case that somebody else owns.

    Raises:
        Invalid: with a message for the field.
    """
    if wanted is case.confidentiality:
        return
    if not uow.person.may(Permission.CASE_EDIT, case.section_id):
        raise Invalid(
            "The case was not saved.",
            {"confidentiality": "Only people of the case's own section may seal it or open it."},
        )
    if wanted is Confidentiality.SEALED and case.owner_id != uow.person.user_id:
        raise Invalid(
            "The case was not saved.",
            {
                "confidentiality": "Only its owner can seal a case: nobody else will see it any more. Have it assigned to you first."
            },
        )


def assign_case(uow: UnitOfWork, case: Case, version: int, owner_id: UUID | None) -> Case:
    """Make a person of the section the owner of a case, or nobody.

    Raises:
        Invalid: the person does not work on cases of that section.
        Conflict: somebody saved the case meanwhile.
    """
    require_on_case(uow.session, uow.actor, Permission.CASE_ASSIGN, case)
    if case.version != version:
        raise stale(case)
    if owner_id is not None and owner_id not in dict(people_of_section(uow, case.section_id)):
        raise Invalid("The case was not assigned.", {"owner": "Choose someone who works on cases of this section."})
    if case.confidentiality is Confidentiality.SEALED and owner_id != case.owner_id:
        raise Invalid(
            "The case was not assigned.",
            {
                "owner": "Only the owner sees a sealed case. Open it to the section before you assign it to someone else."
            },
        )
    case.owner_id = owner_id
    uow.audit.record("case.assigned", case, section_id=case.section_id, case_id=case.id)
    uow.owner_changed(case.id)
    return case


def take_case(uow: UnitOfWork, case: Case) -> Case:
    """Make the acting person, who works in the case's section, the owner of a case whose owner left, or that has none.

    Raises:
        NotFound, Forbidden: the case may not be seen, or the person does not work on cases of its section.
        Conflict: somebody who works there owns it.
    """
    require_in_section(uow.actor, Permission.CASE_EDIT, case.section_id)
    if not may_take(uow, case):
        raise Conflict("The case already has an owner. Ask the coordinator of its section if you should take it over.")
    case.owner_id = uow.person.user_id
    uow.audit.record("case.assigned", case, section_id=case.section_id, case_id=case.id)
    uow.owner_changed(case.id)
    return case


def read_contact_note(uow: UnitOfWork, case: EditableCase) -> str:
    """Return the contact note. The history records that it was read.

    Raises:
        Forbidden: the key is missing, or the note was altered.
    """
    uow.audit.record("case.contact_note_read", case, section_id=case.section_id, case_id=case.id, changes={})
    try:
        return open_field(uow.keys, case, "contact_note")
    except SealBroken as error:
        raise Forbidden(
            "The note cannot be opened: its key is missing or it was altered. Contact your administrator."
        ) from error


def write_contact_note(uow: UnitOfWork, case: EditableCase, version: int, note: str) -> Case:
    """Write or replace the contact note; an empty one removes it. The history records this without the text.

    Raises:
        Conflict: somebody saved the case meanwhile.
    """
    if case.version != version:
        raise stale(case)
    seal_fields(uow.keys, case, {"contact_note": note.strip()})
    uow.audit.record("case.contact_note_written", case, section_id=case.section_id, case_id=case.id)
    return case


def editable_case(uow: UnitOfWork, case_id: UUID) -> EditableCase:
    """Return a case that the acting person may change.

    Raises:
        NotFound, Forbidden: the case may not be seen, or not be changed.
    """
    case = one_case(uow, case_id)
    require_on_case(uow.session, uow.actor, Permission.CASE_EDIT, case)
    return EditableCase(case)


Child = TypeVar("Child", bound=CaseChild)
Details = TypeVar("Details", bound="VersionedDetails")


class VersionedDetails(Protocol):
    """The fields of a child of a case, named like its columns. `version` is the version that the form was loaded with."""

    @property
    def version(self) -> int | None: ...  # noqa: D102


def add_child(
    uow: UnitOfWork,
    case: EditableCase,
    child: Child,
    details: object,
    action: str,
    *,
    among: ColumnElement[bool],
    most: int | None = None,
    too_many: Invalid | None = None,
    further: Changes | None = None,
) -> Child:
    """Add a child at the end of its siblings, which `among` finds, and record it as `action`, with `further` changes.

    Raises:
        Invalid: there are `most` siblings already; `too_many` is that error.
    """
    lock_case(uow, case.id)  # so that two children added concurrently get two positions
    number, last = count_and_last_position(uow, type(child), among)
    if too_many is not None and most is not None and number >= most:
        raise too_many
    child.case_id, child.position = case.id, last + 1
    assign_changes(child, details)
    uow.session.add(child)
    _record_child(uow, case, child, action, further=further)
    return child


def change_child(
    uow: UnitOfWork,
    case: EditableCase,
    child: Child,
    details: Details,
    action: str,
    *,
    check: Callable[[Details], None],
    further: Changes | None = None,
    **replaced: object,
) -> Child:
    """Change a child of a case, if `check` refuses nothing, and record it as `action`. `replaced` as in `assign_changes`.

    `further` are changes that stand in no column of the child.

    Raises:
        Conflict: somebody saved it meanwhile; carries the saved row.
        Invalid: as `check` does.
    """
    if child.version != details.version:
        raise stale(child)
    check(details)
    assign_changes(child, details, **replaced)
    _record_child(uow, case, child, action, further=further)
    return child


def remove_child(
    uow: UnitOfWork, case: EditableCase, child: Child, action: str, *, further: Changes | None = None
) -> Child:
    """Remove a child of a case and return it. The history keeps its content."""
    _record_child(uow, case, child, action, contents_of(child), further=further)
    uow.session.delete(child)
    return child


def move_child(
    uow: UnitOfWork, case: EditableCase, child: Child, action: str, *, among: ColumnElement[bool], earlier: bool
) -> Child:
    """Move a child one place earlier or later among its siblings. At the end of the list nothing changes."""
    other = neighbour(uow, child, among, earlier=earlier)
    if other is not None:
        child.position, other.position = other.position, child.position
        _record_child(uow, case, child, action)
    return child


def _record_child(
    uow: UnitOfWork,
    case: Case,
    child: CaseChild,
    action: str,
    changes: Changes | None = None,
    *,
    further: Changes | None = None,
) -> None:
    recorded = {**(changes_of(child) if changes is None else changes), **(further or {})}
    uow.audit.record(action, child, section_id=case.section_id, case_id=case.id, changes=recorded)
    uow.facts_changed(case.id)


def _check_codes(uow: UnitOfWork, state_code: str, rights: tuple[str, ...]) -> None:
    if uow.session.get(State, state_code) is None:
        raise Invalid("The State is missing.", {"state_code": "Choose the State from the list."})
    known = {right.code for right in load_vocabularies().rights}
    if not known.issuperset(rights):
        raise Invalid("The right is missing.", {"right": "Choose the right from the list."})


def _check_happened(when: UncertainDate | None) -> None:
    problems: dict[str, str] = {}
    check_day(problems, "happened", when)
    if problems:
        raise Invalid("This date cannot be right.", problems)


def check_day(problems: dict[str, str], name: str, when: UncertainDate | None) -> None:
    """Add a message to `problems` if a day is too far in the future or the past.

    Days in the future are possible: an eviction announced for next week is a threatened act
    (docs/law/vocabulary.md#status-of-an-act).
    """
    if when is not None and when.earliest > latest_local_today() + FURTHEST_AHEAD:
        problems[name] = "This day is more than a year ahead. Check the year."
    check_year(problems, name, when)


def _next_number(uow: UnitOfWork, section_id: UUID, year: int) -> int:
    counter = insert(CaseCounter).values(section_id=section_id, year=year, last_number=1)
    counter = counter.on_conflict_do_update(
        index_elements=["section_id", "year"], set_={"last_number": CaseCounter.last_number + 1}
    )
    return uow.session.execute(counter.returning(CaseCounter.last_number)).scalar_one()
