"""Queries on identities. Row security gives one only to somebody to whom it is revealed at this moment."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    LargeBinary,
    Uuid,
    and_,
    delete,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import joinedload

from caseflow.db.identity_tokens import IdentityField, asked_tokens, possible_names, token
from caseflow.db.paging import Cursor
from caseflow.errors import NotFound
from caseflow.models import Case, CasePerson, IdentityReveal, IdentityToken, PeopleSetting, Person, PersonIdentity
from caseflow.unit_of_work import UnitOfWork, one

MOST_FOUND = 50
MOST_KNOWN: Final = 200
"""Persons of a section of whom the first are shown."""
LISTED = 50
LONGEST_WAIT = timedelta(hours=24)
"""For a second person. After it a reveal must be asked for again."""


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody who is found by a name, phone or number, by code name and case: never by what they were found by."""

    person_id: UUID
    case_person_id: UUID
    case_id: UUID
    reference: str
    title: str
    code_name: str
    description: str
    section_id: UUID


def found_people(
    uow: UnitOfWork, section_ids: Sequence[UUID], asked: Sequence[tuple[IdentityField, str]]
) -> list[FoundPerson]:
    """Return the persons of sections who match everything that is asked for, by their visible cases: one statement.

    Each word of a name and each number must match in its normal form. An empty question finds nobody.
    """
    found = (
        select(
            CasePerson.person_id,
            CasePerson.id,
            Case.id,
            Case.reference,
            Case.title,
            CasePerson.code_name,
            CasePerson.description,
            CasePerson.section_id,
        )
        .join(Case, Case.id == CasePerson.case_id)
        .where(or_(false(), *(_matches(uow, section_id, asked) for section_id in section_ids)))
        .order_by(Case.opened_on.desc(), CasePerson.position)
        .limit(MOST_FOUND)
    )
    return [FoundPerson(*row) for row in uow.session.execute(found)]


def _matches(uow: UnitOfWork, section_id: UUID, asked: Sequence[tuple[IdentityField, str]]) -> ColumnElement[bool]:
    """Return the condition that a person of a section matches every word and number that is asked for."""
    words = [word for field, value in asked for word in asked_tokens(uow.keys, section_id, field, value)]
    spelled = [(one, number) for number, word in enumerate(words) for one in word]
    if not spelled:
        return false()
    known = func.caseflow_persons_known_by(
        section_id,
        literal([one for one, _number in spelled], ARRAY(LargeBinary)),
        literal([number for _one, number in spelled], ARRAY(Integer)),
        MOST_KNOWN,
    )
    return CasePerson.person_id.in_(select(func.unnest(known, type_=Uuid())))


MOST_WORDS: Final = 2_000
"""Words of a text that are compared with names."""
TELLING: Final = 4
"""Letters of a word of a name that says by itself who is meant. A shorter one, such as "Los", needs another beside it."""


def persons_named(uow: UnitOfWork, case_id: UUID, section_id: UUID, texts: Iterable[str]) -> list[str]:
    """Return the code names of the persons of a case whose names stand in texts. One statement; none without possible names.

    Names are compared by their digests: nobody is revealed.
    """
    words: dict[bytes, str] = {}
    for word, forms in islice(possible_names(" ".join(texts)).items(), MOST_WORDS):
        words |= dict.fromkeys(
            (token(uow.keys, key, section_id, IdentityField.NAME, form) for form in forms for key in uow.keys.keys),
            word,
        )
    if not words:
        return []
    found = (
        select(CasePerson.code_name, IdentityToken.token)
        .join(Person, or_(Person.id == CasePerson.person_id, Person.merged_into_id == CasePerson.person_id))
        .join(IdentityToken, IdentityToken.person_id == Person.id)
        .where(CasePerson.case_id == case_id, IdentityToken.field == IdentityField.NAME, IdentityToken.token.in_(words))
        .order_by(CasePerson.position)
    )
    named: dict[str, set[str]] = {}
    for code_name, digest in uow.session.execute(found):
        named.setdefault(code_name, set()).add(words[digest])
    return [one for one, said in named.items() if len(said) > 1 or any(len(word) >= TELLING for word in said)]


def open_reveal(uow: UnitOfWork, person_id: UUID, at: datetime) -> IdentityReveal | None:
    """Return the acting person's reveal of a person that lasts, or that waits for a second person; the latest first."""
    own = select(IdentityReveal).where(
        IdentityReveal.person_id == person_id,
        IdentityReveal.user_id == uow.person.user_id,
        or_(
            IdentityReveal.expires_at > at,
            and_(IdentityReveal.expires_at.is_(None), IdentityReveal.requested_at > at - LONGEST_WAIT),
        ),
    )
    return uow.session.scalar(own.order_by(IdentityReveal.expires_at.desc().nulls_last()).limit(1))


def one_reveal(uow: UnitOfWork, reveal_id: UUID) -> IdentityReveal:
    """Return a reveal with the people who asked for it and agreed to it.

    Raises:
        NotFound: there is none with this id, or it may not be seen.
    """
    found = select(IdentityReveal).where(IdentityReveal.id == reveal_id)
    return one(uow, found.options(*_PEOPLE), NotFound("This reveal does not exist, or you do not have access to it."))


def identities_of(uow: UnitOfWork, person: Person) -> Sequence[PersonIdentity]:
    """Return the sealed identities of a person: their own first, then those of the persons who were merged into them.

    None where there is none, where a merge set it aside, or where it is not revealed to the acting person.
    """
    own = Person.id == person.id
    found = (
        select(PersonIdentity)
        .join(Person, Person.id == PersonIdentity.person_id)
        .where(or_(own, Person.merged_into_id == person.id))
        .order_by(own.desc(), Person.created_at, Person.id)
    )
    if person.merged_into_id is None:
        found = found.where(~Person.is_set_aside)
    return uow.session.scalars(found).all()


_PEOPLE = (joinedload(IdentityReveal.user), joinedload(IdentityReveal.approved_by))


@dataclass(frozen=True, slots=True)
class RevealRow:
    """A reveal in the section's list. The case is named only where the reader sees it."""

    reveal: IdentityReveal
    reference: str
    code_name: str


def reveals_of_section(uow: UnitOfWork, section_id: UUID, *, before: Cursor | None = None) -> list[RevealRow]:
    """Return a page of the reveals of a section that the acting person may see, the latest first: one statement."""
    at = IdentityReveal.requested_at
    found = (
        select(IdentityReveal, Case.reference, CasePerson.code_name)
        .join(Case, Case.id == IdentityReveal.case_id)
        .join(Person, Person.id == IdentityReveal.person_id)
        .outerjoin(
            CasePerson,
            and_(
                CasePerson.case_id == IdentityReveal.case_id,
                CasePerson.person_id == func.coalesce(Person.merged_into_id, Person.id),
            ),
        )
        .where(IdentityReveal.section_id == section_id)
        .options(*_PEOPLE)
        .order_by(at.desc(), IdentityReveal.id.desc())
        .limit(LISTED + 1)
    )
    if before is not None:
        found = found.where(tuple_(at, IdentityReveal.id) < tuple_(literal(before.value), literal(before.id)))
    return [RevealRow(row[0], row[1], row[2] or "") for row in uow.session.execute(found)]


def setting_of(uow: UnitOfWork, section_id: UUID) -> PeopleSetting | None:
    """Return what a section decided on persons; None where it has the defaults."""
    return uow.session.get(PeopleSetting, section_id)


def delete_tokens(uow: UnitOfWork, person_ids: Collection[UUID]) -> None:
    """Delete the digests of persons, before those of their present identities are stored."""
    uow.session.execute(delete(IdentityToken).where(IdentityToken.person_id.in_(person_ids)))
