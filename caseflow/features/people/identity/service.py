"""The service of identities: seal, find, reveal with a reason for fifteen minutes, and agree to the reveal of a colleague."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm.attributes import flag_modified

from caseflow.access import Permission
from caseflow.access.policy import require_in_section
from caseflow.clock import now
from caseflow.db.identity_tokens import IdentityField, stored_tokens
from caseflow.db.sealing import KeyRing, SealBroken, open_field, seal_fields
from caseflow.errors import Conflict, Forbidden, Invalid, stale
from caseflow.features.cases.service import EditableCase
from caseflow.features.people.commands import IdentityDetails
from caseflow.features.people.identity import queries
from caseflow.models import CasePerson, IdentityReveal, IdentityToken, PeopleSetting, Person, PersonIdentity
from caseflow.unit_of_work import UnitOfWork

SHOWN_FOR: Final = timedelta(minutes=15)
SEALED: Final = tuple(one.name for one in fields(IdentityDetails) if one.name != "version")
TOKENS_OF: Final = (
    ("name", IdentityField.NAME),
    ("other_names", IdentityField.NAME),
    ("phone", IdentityField.PHONE),
    ("number", IdentityField.NUMBER),
    ("email", IdentityField.EMAIL),
    ("name", IdentityField.WHOLE_NAME),
    ("birth_date", IdentityField.BIRTH_DATE),
)
"""The sealed fields by which somebody is found, or recognised when they are recorded twice."""


def record_identity(uow: UnitOfWork, case: EditableCase, child: CasePerson, details: IdentityDetails) -> None:
    """Seal what identifies a person of whom nothing is sealed yet. Nothing is stored where nothing is given.

    Raises:
        Invalid: the date of birth is none.
    """
    if not _given(details):
        return
    _check(details)
    row = PersonIdentity(person_id=child.person_id, section_id=child.section_id)
    seal_fields(uow.keys, row, _sealed_of(details))
    uow.session.add(row)
    _store(uow, case, child, row, details)


def change_identity(uow: UnitOfWork, case: EditableCase, child: CasePerson, details: IdentityDetails) -> Person:
    """Change what identifies a person. It must be revealed, or be recorded for the first time.

    Raises:
        Conflict: somebody saved it meanwhile; or an identity is recorded that is not revealed.
        Invalid: the date of birth is none, or the person does not allow a record.
    """
    for check in uow.sources.person_checks:
        check(uow, case, child)
    identities = queries.identities_of(uow, child.person)
    if not identities:
        if child.person.is_named:
            raise Conflict("The identity is no longer shown. Ask for it again, and repeat the change.")
        record_identity(uow, case, child, details)
        return child.person
    row, *further = identities
    if row.version != details.version:
        raise stale(row)
    _check(details)
    seal_fields(uow.keys, row, _sealed_of(details))
    _store(uow, case, child, row, details, is_named=any(one.name_sealed is not None for one in further))
    return child.person


def read_identity(uow: UnitOfWork, person: Person) -> IdentityDetails | None:
    """Return what identifies a person, while it is revealed to the acting person; None otherwise.

    Raises:
        Conflict: a value was altered or its key is missing.
    """
    return next(iter(read_identities(uow, person)), None)


def read_identities(uow: UnitOfWork, person: Person) -> list[IdentityDetails]:
    """Return the same, and after it what is sealed for the persons who were merged into them.

    Raises:
        Conflict: a value was altered or its key is missing.
    """
    identities = queries.identities_of(uow, person)
    if not identities or queries.open_reveal(uow, person.id, now()) is None:
        return []
    try:
        return [
            IdentityDetails(version=row.version, **{name: open_field(uow.keys, row, name) for name in SEALED})
            for row in identities
        ]
    except SealBroken as broken:
        raise Conflict("The identity can't be opened: ask your administrator whether a key is missing.") from broken


def ask_for_identity(uow: UnitOfWork, case: EditableCase, child: CasePerson, reason: str) -> IdentityReveal:
    """Reveal the identity of a person to the acting person for `SHOWN_FOR`, or ask a second person where the section wants one.

    The history of the case and the audit trail keep who, when and why.

    Raises:
        Forbidden: the person is of a section in which the acting person does not work.
        Invalid: no reason.
    """
    require_in_section(uow.actor, Permission.CASE_EDIT, child.section_id)
    if not reason.strip():
        raise Invalid("The reason is missing.", {"reason": "Say why you need to know who this is."})
    known = queries.open_reveal(uow, child.person_id, now())
    if known is not None:
        return known
    setting = queries.setting_of(uow, child.section_id)
    alone = setting is None or not setting.reveal_needs_second_person
    reveal = IdentityReveal(
        section_id=child.section_id,
        case_id=case.id,
        person_id=child.person_id,
        user_id=uow.person.user_id,
        reason=reason.strip(),
        expires_at=now() + SHOWN_FOR if alone else None,
    )
    uow.session.add(reveal)
    _record(uow, "person.revealed" if alone else "person.reveal_asked", reveal, child)
    return reveal


def agree_to_reveal(uow: UnitOfWork, reveal: IdentityReveal, child: CasePerson) -> IdentityReveal:
    """Agree as a second person, a coordinator of the section, to the reveal that a colleague asked for.

    Raises:
        Forbidden: the acting person asked for it, or coordinates nothing in the section.
        Conflict: it was agreed to already, or was asked for too long ago.
    """
    require_in_section(uow.actor, Permission.CASE_APPROVE, reveal.section_id)
    if reveal.user_id == uow.person.user_id:
        raise Forbidden("You asked for this yourself. Another coordinator of the section must agree.")
    if reveal.approved_by_id is not None or reveal.expires_at is not None:
        raise Conflict("Someone has agreed to this already.")
    if reveal.requested_at < now() - queries.LONGEST_WAIT:
        raise Conflict("This was asked for more than a day ago. Your colleague must ask again.")
    reveal.approved_by_id, reveal.approved_at = uow.person.user_id, now()
    reveal.expires_at = now() + SHOWN_FOR
    _record(uow, "person.reveal_agreed", reveal, child)
    return reveal


def set_second_person(uow: UnitOfWork, section_id: UUID, version: int, *, is_needed: bool) -> PeopleSetting:
    """Decide whether a section asks for a second person before an identity is shown.

    Raises:
        Forbidden: the acting person may not change settings of the section.
        Conflict: somebody saved it meanwhile; carries the saved row.
    """
    require_in_section(uow.actor, Permission.SECTION_SETTINGS, section_id)
    setting = queries.setting_of(uow, section_id)
    if setting is not None and setting.version != version:
        raise stale(setting)
    setting = setting or PeopleSetting(section_id=section_id)
    setting.reveal_needs_second_person = is_needed
    uow.session.add(setting)
    uow.audit.record("people.setting_changed", setting, section_id=section_id)
    return setting


def tokens_of(keys: KeyRing, row: PersonIdentity, values: Mapping[str, str]) -> list[dict[str, object]]:
    """Return the rows of the digests by which a person is found, under the current key; `values` are the texts by sealed field."""
    found: dict[bytes, IdentityField] = {}
    for name, field in TOKENS_OF:
        found |= dict.fromkeys(stored_tokens(keys, row.section_id, field, values[name]), field)
    return [
        {"section_id": row.section_id, "token": one, "person_id": row.person_id, "field": field}
        for one, field in found.items()
    ]


def replace_tokens(uow: UnitOfWork, tokens: Mapping[UUID, Sequence[dict[str, object]]]) -> None:
    """Store digests of persons, by person, in place of those that are stored."""
    uow.flush()  # the persons come first
    queries.delete_tokens(uow, tokens.keys())
    if rows := [row for of_person in tokens.values() for row in of_person]:
        uow.session.execute(insert(IdentityToken), rows)


def _record(uow: UnitOfWork, action: str, reveal: IdentityReveal, child: CasePerson) -> None:
    changes: dict[str, list[object]] = {"code_name": [None, child.code_name], "reason": [None, reveal.reason]}
    uow.audit.record(action, reveal, section_id=reveal.section_id, case_id=reveal.case_id, changes=changes)


def _given(details: IdentityDetails) -> bool:
    return any(_sealed_of(details).values())


def _check(details: IdentityDetails) -> None:
    if details.birth_date.strip():
        try:
            date.fromisoformat(details.birth_date.strip())
        except ValueError as error:
            raise Invalid(
                "There is no such date of birth.", {"birth_date": "Enter the date of birth as 1984-03-27."}
            ) from error


def _sealed_of(details: IdentityDetails) -> dict[str, str]:
    return {name: getattr(details, name).strip() for name in SEALED}


def _store(
    uow: UnitOfWork,
    case: EditableCase,
    child: CasePerson,
    row: PersonIdentity,
    details: IdentityDetails,
    *,
    is_named: bool = False,
) -> None:
    """Store the digests of an identity and whether the person has a name, and record the change without any value.

    `is_named`: whether another record of the person has one.
    """
    replace_tokens(uow, {row.person_id: tokens_of(uow.keys, row, _sealed_of(details))})
    uow.audit.record("person.identity_changed", row, section_id=case.section_id, case_id=case.id)
    flag_modified(child.person, "is_named")  # so that its version grows: a merge is not undone after a change
    if child.person.is_named != (is_named or bool(details.name.strip())):
        child.person.is_named = is_named or bool(details.name.strip())
        uow.facts_changed(case.id)
