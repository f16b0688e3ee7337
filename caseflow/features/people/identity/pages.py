"""What the pages of finding people and of reveals show."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from caseflow.access import MemberOf, Permission
from caseflow.access.own_day import own_time_zone
from caseflow.clock import now
from caseflow.db.identity_tokens import IdentityField
from caseflow.db.paging import Cursor
from caseflow.features.people.identity import queries
from caseflow.features.people.identity.queries import LISTED, LONGEST_WAIT, FoundPerson, RevealRow
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.kit import Link
from caseflow.web.texts import gettext as _


@dataclass(frozen=True, slots=True)
class FoundLine:
    """Somebody who was found, by code name and case."""

    code_name: str
    href: str
    description: str
    reference: str
    title: str


def found_page(uow: UnitOfWork, asked: Sequence[tuple[IdentityField, str]]) -> list[FoundLine]:
    """Return who matches, in all sections in which the acting person works."""
    sections = [member.section_id for member in uow.person.sections_for(Permission.CASE_EDIT)]
    return [_line(one) for one in queries.found_people(uow, sections, asked)]


def _line(one: FoundPerson) -> FoundLine:
    href = url_for("people.show", case_id=one.case_id, case_person_id=one.case_person_id)
    return FoundLine(one.code_name, href, one.description, one.reference, one.title)


def names_in_texts(uow: UnitOfWork) -> list[str]:
    """Return a sentence for each person of a case whose name stands in the texts that are about to be saved."""
    named = [
        one for case, texts in uow.audit.texts_of_cases().items() for one in queries.persons_named(uow, *case, texts)
    ]
    return [
        _(
            "What you saved may contain a name of %(person)s. Use %(person)s instead: more people read texts.",
            person=one,
        )
        for one in dict.fromkeys(named)
    ]


@dataclass(frozen=True, slots=True)
class RevealsPage:
    """The reveals of a section, the latest first, and the other sections that the reader coordinates."""

    section_id: UUID
    section: str
    sections: list[Link]
    waiting: list[RevealRow]
    rows: list[RevealRow]
    older: str
    needs_second_person: bool
    zone: str
    """The reader's own."""


def reveals_page(uow: UnitOfWork, section: str, before: Cursor | None) -> RevealsPage:
    """Return a page of the reveals of a section, by default the first that the acting person coordinates."""
    chosen = coordinated_section(uow, section)
    found = queries.reveals_of_section(uow, chosen.section_id, before=before)
    rows, setting = found[:LISTED], queries.setting_of(uow, chosen.section_id)
    waiting = [one for one in rows if _waits(uow, one)]
    last = rows[-1].reveal if len(found) > LISTED else None
    cursor = Cursor(last.requested_at, last.id) if last else None
    return RevealsPage(
        section_id=chosen.section_id,
        section=chosen.section_name,
        sections=[
            Link(one.section_name, url_for("identity.reveals", section=one.section_id), one is chosen)
            for one in uow.person.sections_for(Permission.CASE_APPROVE)
        ],
        waiting=waiting,
        rows=[one for one in rows if one not in waiting],
        older=url_for("identity.reveals", section=chosen.section_id, page=str(cursor)) if cursor else "",
        needs_second_person=setting is not None and setting.reveal_needs_second_person,
        zone=own_time_zone(uow.session, uow.person),
    )


def coordinated_section(uow: UnitOfWork, section: str) -> MemberOf:
    """Return the section that an address names, if the acting person coordinates it; else the first that they coordinate."""
    own = uow.person.sections_for(Permission.CASE_APPROVE)
    return next((one for one in own if str(one.section_id) == section), own[0])


def _waits(uow: UnitOfWork, row: RevealRow) -> bool:
    reveal = row.reveal
    is_recent = reveal.requested_at > now() - LONGEST_WAIT
    return reveal.expires_at is None and is_recent and reveal.user_id != uow.person.user_id
