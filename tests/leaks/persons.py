"""Rows that belong to the persons of a case, for the oracle of row security."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from caseflow.models import (
    CasePerson,
    ContactAttempt,
    ContactChannel,
    ContactChannelValue,
    ContactKind,
    ContactResult,
    DomesticRemedy,
    Draft,
    PersonRelation,
    RelationKind,
    RemedyPerson,
)


def add_relation_and_contacts(session: Session, roles: Sequence[CasePerson], user_id: UUID, on: date) -> None:
    """Relate two persons; add a way to reach the first with its sealed number, an attempt, a remedy of theirs, and a draft."""
    role, other = roles
    of_person = {"person_id": role.person_id, "section_id": role.section_id}
    channel = ContactChannel(**of_person, id=role.person_id, kind=ContactKind.PHONE, zone="UTC")
    attempt = ContactAttempt(
        case_id=role.case_id,
        case_person_id=role.id,
        made_on=on,
        user_id=user_id,
        kind=ContactKind.PHONE,
        result=ContactResult.REACHED,
    )
    relation = PersonRelation(
        person_id=role.person_id, other_id=other.person_id, section_id=role.section_id, kind=RelationKind.SPOUSE
    )
    remedy = session.query(DomesticRemedy).where(DomesticRemedy.case_id == role.case_id).one()
    concerned = RemedyPerson(domestic_remedy_id=remedy.id, case_person_id=role.id, case_id=role.case_id)
    session.add_all([channel, attempt, relation, concerned])
    session.flush()
    session.add(ContactChannelValue(**of_person, channel_id=channel.id, address_sealed=b"sealed"))
    for number, case_id in enumerate((role.case_id, None)):
        key = f"{number} {role.id}"
        session.add(Draft(user_id=user_id, case_id=case_id, address="/cases", form_key=key, typed_sealed=b"sealed"))
    session.flush()
