"""The service of contacts: how a person is reached without danger, and what came of each attempt."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.orm.attributes import flag_modified

from caseflow.audit import Changes, assign_changes, changes_of, contents_of
from caseflow.clock import now, time_zones, today
from caseflow.days import check_year
from caseflow.db.sealing import SealBroken, open_field, seal_fields
from caseflow.errors import Conflict, Invalid, stale
from caseflow.features.cases.service import EditableCase
from caseflow.features.consent.queries import consent_of
from caseflow.features.consent.service import check_record, forbid_denied
from caseflow.features.contacts import queries
from caseflow.features.contacts.commands import ChannelDetails, NewAttempt
from caseflow.features.contacts.deadlines import MISSED_IN_A_ROW
from caseflow.features.people.identity.queries import open_reveal
from caseflow.models import CasePerson, ConsentScope, ContactAttempt, ContactChannel, ContactChannelValue
from caseflow.unit_of_work import UnitOfWork

MOST_CHANNELS: Final = 20
LOWEST_RANK: Final = 9
LONGEST_WAIT: Final = timedelta(days=366)
"""Until the next contact that a person wishes."""
SEALED: Final = ("address", "word")
_COLUMNS: Final = (
    "rank",
    "kind",
    "safe_from",
    "safe_until",
    "zone",
    "never_call",
    "no_message",
    "note",
)


def add_channel(uow: UnitOfWork, case: EditableCase, person: CasePerson, details: ChannelDetails) -> ContactChannel:
    """Record a way to reach a person, and seal the number or address and the word to use.

    Raises:
        Invalid: no number or address, impossible hours, or too many ways; or the person does not allow a contact or a record.
    """
    _require_allowed(uow, case, person)
    _check(details, is_new=True)
    if len(queries.channels_of(uow, person)) >= MOST_CHANNELS:
        raise Invalid("A person can have twenty ways to be reached. Remove one that is not used any more.")
    row = ContactChannel(person_id=person.person_id, section_id=person.section_id)
    assign_changes(row, {name: getattr(details, name) for name in _COLUMNS})
    uow.session.add(row)
    _record(uow, case, person, row, "contact.channel_added")
    uow.flush()
    value = ContactChannelValue(channel_id=row.id, person_id=row.person_id, section_id=row.section_id)
    seal_fields(uow.keys, value, _sealed_of(details))
    uow.session.add(value)
    uow.facts_changed(case.id)
    return row


def change_channel(
    uow: UnitOfWork, case: EditableCase, person: CasePerson, row: ContactChannel, details: ChannelDetails
) -> ContactChannel:
    """Change a way to reach a person. What is sealed is changed only while the person is revealed.

    Raises:
        Conflict: someone saved it meanwhile; or sealed values are given and no longer shown.
        Invalid: no number or address, or impossible hours; or the person does not allow a contact or a record.
    """
    _require_allowed(uow, case, person)
    if row.version != details.version:
        raise stale(row)
    _check(details, is_new=False)
    sealed: Changes = {}
    if details.address is not None:
        value = queries.values_of(uow, person).get(row.id)
        if value is None:
            raise Conflict("The number is no longer shown. Ask for the identity again, and repeat the change.")
        seal_fields(uow.keys, value, _sealed_of(details))
        sealed = changes_of(value)
    assign_changes(row, {name: getattr(details, name) for name in _COLUMNS})
    if changes := {**_shown(changes_of(row)), **sealed}:
        _record(uow, case, person, row, "contact.channel_changed", changes=changes)
        flag_modified(row, "rank")  # so that the version grows where only a sealed value changed
    return row


def _require_allowed(uow: UnitOfWork, case: EditableCase, person: CasePerson) -> None:
    forbid_denied(uow, case, ConsentScope.CONTACT, person)
    check_record(uow, case, person)


def remove_channel(uow: UnitOfWork, case: EditableCase, person: CasePerson, row: ContactChannel) -> ContactChannel:
    """Remove a way to reach a person, with what is sealed of it."""
    _record(uow, case, person, row, "contact.channel_removed", changes=_shown(contents_of(row)))
    uow.session.delete(row)
    uow.facts_changed(case.id)
    return row


def read_values(uow: UnitOfWork, person: CasePerson) -> dict[UUID, dict[str, str]]:
    """Return number or address and word to use by channel, while the person is revealed to the acting person.

    Raises:
        Conflict: a value was altered or its key is missing.
    """
    if open_reveal(uow, person.person_id, now()) is None:
        return {}
    try:
        return {
            key: {name: open_field(uow.keys, row, name) for name in SEALED}
            for key, row in queries.values_of(uow, person).items()
        }
    except SealBroken as broken:
        raise Conflict("The number can't be opened: ask your administrator whether a key is missing.") from broken


def log_attempt(uow: UnitOfWork, case: EditableCase, person: CasePerson, new: NewAttempt) -> ContactAttempt:
    """Record an attempt to reach a person, and what came of it.

    Raises:
        Invalid: the day is in the future, or the next contact is before it; or the person does not allow a record, or did not
            allow a contact any more on that day.
    """
    _check_days(new, today(case.section.time_zone))
    denied = consent_of(uow, person, ConsentScope.CONTACT)
    if denied is None or new.made_on >= denied.decided_on:
        forbid_denied(uow, case, ConsentScope.CONTACT, person)
    check_record(uow, case, person)
    row = ContactAttempt(case_id=case.id, case_person_id=person.id, user_id=uow.person.user_id)
    assign_changes(row, new)
    uow.session.add(row)
    _record(uow, case, person, row, "contact.attempted")
    uow.facts_changed(case.id)
    return row


def remove_attempt(uow: UnitOfWork, case: EditableCase, person: CasePerson, row: ContactAttempt) -> ContactAttempt:
    """Remove an attempt that was recorded by mistake. The history keeps it."""
    _record(uow, case, person, row, "contact.attempt_removed", changes=_shown(contents_of(row)))
    uow.session.delete(row)
    uow.facts_changed(case.id)
    return row


def _check(details: ChannelDetails, *, is_new: bool) -> None:
    problems: dict[str, str] = {}
    if (is_new or details.address is not None) and not (details.address or "").strip():
        problems["address"] = "Enter the number or address, or who passes the message on."
    if not 1 <= details.rank <= LOWEST_RANK:
        problems["rank"] = "Enter a number from 1 to 9. 1 is tried first."
    if (details.safe_from is None) != (details.safe_until is None):
        missing = "safe_from" if details.safe_from is None else "safe_until"
        problems[missing] = "Enter both hours, or neither."
    elif details.safe_from is not None and details.safe_from == details.safe_until:
        problems["safe_until"] = "The safe hours begin and end at the same time. Leave both empty if any hour is safe."
    if details.zone not in time_zones():
        problems["zone"] = "Choose the time zone from the list."
    if problems:
        raise Invalid("Nothing was saved.", problems)


def _check_days(new: NewAttempt, on: date) -> None:
    problems: dict[str, str] = {}
    check_year(problems, "made_on", new.made_on)
    check_year(problems, "next_on", new.next_on)
    if "made_on" not in problems and new.made_on > on:
        problems["made_on"] = "This is in the future. Enter the day of the attempt."
    if new.next_on is not None and "next_on" not in problems:
        if new.next_on < new.made_on:
            problems["next_on"] = "The next contact is before this attempt."
        elif new.next_on > on + LONGEST_WAIT:
            problems["next_on"] = "This is more than a year away. Agree on an earlier contact."
    if problems:
        raise Invalid("Nothing was saved.", problems)


def _record(
    uow: UnitOfWork,
    case: EditableCase,
    person: CasePerson,
    row: ContactChannel | ContactAttempt,
    action: str,
    *,
    changes: Changes | None = None,
) -> None:
    """Record an act in the history of the case, with the code name of the person."""
    found = _shown(changes_of(row)) if changes is None else changes
    named: Changes = {"contact_of": [None, person.code_name], **found}
    uow.audit.record(action, row, section_id=case.section_id, case_id=case.id, changes=named)


def _shown(changes: Changes) -> Changes:
    """Return the changes without ids: the history names the person by code name, and who acted."""
    return {name: values for name, values in changes.items() if name not in {"person_id", "case_person_id", "user_id"}}


def _sealed_of(details: ChannelDetails) -> dict[str, str]:
    return {name: (getattr(details, name) or "").strip() for name in SEALED}


def number_of_silent(uow: UnitOfWork, section_id: UUID, on: date, most: int) -> int:
    """Return how many people of open cases of a section are going silent on a day, as the list says: at most so many. One statement."""
    return len(queries.silent_people(uow, section_id, on, MISSED_IN_A_ROW, after=None, most=most))
