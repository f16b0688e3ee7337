"""Rows that belong to the persons of a case, for the oracle of row security."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from caseflow.clock import now
from caseflow.models import (
    Case,
    CaseDifference,
    CaseLink,
    CaseMerge,
    CasePerson,
    ContactAttempt,
    ContactChannel,
    ContactChannelValue,
    ContactKind,
    ContactResult,
    DomesticRemedy,
    Draft,
    KeptIdentity,
    LinkKind,
    Person,
    PersonDifference,
    PersonMerge,
    PersonMergeRow,
    PersonRelation,
    RelationKind,
    RemedyPerson,
    RowChange,
)


def add_merge(session: Session, role: CasePerson, user_id: UUID) -> None:
    """Merge a person without a role of their own into another one, with what the merge kept of the case and of nobody's case."""
    of_section = {"section_id": role.section_id}
    merged = Person(**of_section, id=uuid5(role.person_id, "merged"), merged_into_id=role.person_id)
    session.add(merged)
    session.flush()
    merge = PersonMerge(
        **of_section,
        id=role.person_id,
        kept_id=role.person_id,
        merged_id=merged.id,
        identity=KeptIdentity.BOTH,
        row_count=2,
        user_id=user_id,
    )
    session.add(merge)
    session.flush()
    for source, case_id in (("consent", role.case_id), ("person", None)):
        row = {"source": source, "row_key": str(merged.id), "case_id": case_id, "change": RowChange.REMOVED}
        session.add(PersonMergeRow(merge_id=merge.id, before={"words": "secret"}, **row))


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
    add_merge(session, role, user_id)
    first_id, second_id = sorted((role.person_id, other.person_id))
    pair = {"first_id": first_id, "second_id": second_id, "section_id": role.section_id}
    session.add(PersonDifference(**pair, reason="Two sisters", user_id=user_id))
    for number, case_id in enumerate((role.case_id, None)):
        key = f"{number} {role.id}"
        session.add(Draft(user_id=user_id, case_id=case_id, address="/cases", form_key=key, typed_sealed=b"sealed"))
    session.flush()


def add_differences(session: Session, cases: Sequence[Case], user_id: UUID) -> None:
    """Say of neighbouring cases of each section that they are not the same; link each with the next one, whatever its section."""
    of_section: dict[UUID, list[Case]] = {}
    for case in cases:
        of_section.setdefault(case.section_id, []).append(case)
    for section_id, own in of_section.items():
        for pair in pairwise(own):
            first_id, second_id = sorted(case.id for case in pair)
            row = {"section_id": section_id, "first_id": first_id, "second_id": second_id}
            session.add(CaseDifference(**row, reason="Two floods", user_id=user_id))
    for first, second in pairwise(sorted(cases, key=lambda case: case.id)):  # of one section, and of two
        pair = {"first_id": first.id, "second_id": second.id}
        session.add(CaseLink(**pair, kind=LinkKind.LAW, reason="The same decree", linked_by_id=user_id))
    session.flush()
    add_merges_of_cases(session, cases, user_id)


def add_merges_of_cases(session: Session, cases: Sequence[Case], user_id: UUID) -> None:
    """Merge the last case of each section into the first: the one is hidden. One merge was undone."""
    of_section: dict[UUID, list[Case]] = {}
    for case in cases:
        of_section.setdefault(case.section_id, []).append(case)
    for section_id, (kept, *others) in of_section.items():
        if not others:
            continue
        for merged, undone_at in ((others[-1], None), (others[0], now())):
            row = {"section_id": section_id, "kept_id": kept.id, "merged_id": merged.id, "moved": {}}
            undone = {"undone_at": undone_at, "undone_by_id": user_id} if undone_at else {}
            said = {"merged_reference": merged.reference, "reason": "One flood", "user_id": user_id}
            session.add(CaseMerge(**row, **said, **undone))
            if not undone:
                merged.merged_into_id = kept.id
    session.flush()
