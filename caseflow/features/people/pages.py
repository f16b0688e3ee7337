"""What the page of one person shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import url_for

from caseflow.clock import now
from caseflow.errors import NotFound
from caseflow.features.people.commands import IdentityDetails
from caseflow.features.people.identity.queries import open_reveal
from caseflow.features.people.identity.service import SEALED, read_identities
from caseflow.features.people.queries import (
    Relation,
    one_person,
    other_cases_of,
    relations_in_case,
    role_merged_into,
)
from caseflow.features.people.words import kind_of
from caseflow.models import Case, CasePerson
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import case_url
from caseflow.web.kit import Link
from caseflow.web.texts import gettext as _
from caseflow.web.words import label, labels

Row = tuple[str, object]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person of a case. `identity` is empty unless it is shown to the reader at this moment."""

    person: CasePerson
    role: list[Row]
    facts: list[Row]
    relations: Sequence[Relation]
    other_cases: list[Link]
    identity: list[Row]
    further: list[list[Row]]
    """What is sealed for those who were merged into the person."""
    until: datetime | None
    """Until when the identity is shown."""
    is_waiting: bool
    """Whether a second person has not agreed yet."""


def person_page(uow: UnitOfWork, case: Case, one: CasePerson) -> PersonPage:
    """Return the page of a person."""
    reveal = open_reveal(uow, one.person_id, now())
    identities = [_identity(row) for row in read_identities(uow, one.person)] if reveal else []
    code = one.code_name
    return PersonPage(
        person=one,
        role=_role(one),
        facts=_facts(one),
        relations=[rel for rel in uow.cached(relations_in_case, case) if code in (rel.code_name, rel.other)],
        other_cases=[
            Link(f"{reference} ({code_name})", case_url(case_id))
            for case_id, reference, code_name in other_cases_of(uow, one.person, case)
        ],
        identity=identities[0] if identities else [],
        further=identities[1:],
        until=reveal.expires_at if reveal else None,
        is_waiting=reveal is not None and reveal.expires_at is None,
    )


def present_role(uow: UnitOfWork, case: Case, case_person_id: UUID) -> CasePerson:
    """Return a person of a case, or the one into whom they were merged.

    Raises:
        NotFound: there is none with this id in the case, or it may not be seen.
    """
    try:
        return one_person(uow, case, case_person_id)
    except NotFound:
        merged = role_merged_into(uow, case, case_person_id)
        if merged is None:
            raise
        return merged


def _answer(value: bool | None) -> str:  # noqa: FBT001 - a fact of three values
    return {True: _("Yes"), False: _("No"), None: _("Not known")}[value]


def _role(one: CasePerson) -> list[Row]:
    rows: list[Row] = [
        (_("Role"), labels("person_role", one.roles)),
        (_("Who it is, without names"), one.description),
        (_("Personally affected"), _answer(one.is_affected)),
        (_("Under the State's jurisdiction"), _answer(one.is_within_jurisdiction)),
    ]
    if one.affected_how:
        rows.append((_("How the person is affected"), one.affected_how))
    return rows


def _facts(one: CasePerson) -> list[Row]:
    person = one.person
    return [
        (_("Kind"), kind_of(one) or label("person_kind", person.kind.value)),
        (_("Alive or dead"), label("life_status", person.life_status) or _("Not known")),
        (_("Needs someone to decide for them"), _answer(person.lacks_capacity)),
        (_("Name recorded"), _("Yes, sealed") if person.is_named else _("No")),
    ]


def _identity(shown: IdentityDetails) -> list[Row]:
    return [(label("field", f"{name}_sealed"), getattr(shown, name)) for name in SEALED if getattr(shown, name)]


def person_url(case_id: UUID, case_person_id: UUID) -> str:
    """Return the address of the page of a person."""
    return url_for("people.show", case_id=case_id, case_person_id=case_person_id)
