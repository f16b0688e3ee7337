"""The data of the home of the coordinators of the coalition."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask import url_for

from caseflow.access import Permission
from caseflow.clock import now
from caseflow.db.paging import Cursor
from caseflow.features.sections.coalition.queries import NUMBERS, SectionNumbers, section_numbers
from caseflow.features.sections.commands import Block, Scope
from caseflow.features.sections.pages import PAGE, Part, last_of, part
from caseflow.models import Section
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.texts import gettext as _

SMALLEST: Final = 5
"""The smallest number that is shown of cases that the reader may not see, as in reports; 0 is shown too."""
BLOCKS: Final = (Block.EMERGENCIES, Block.IRREVERSIBLE, Block.OVERDUE, Block.FILEABLE)


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section in words: its numbers in the order of `queries.NUMBERS`."""

    section: Section
    numbers: Sequence[str]
    is_unseen: bool
    signed_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class CoalitionPage:
    """The cases that the person sees, in blocks, and the sections."""

    parts: Sequence[Part]
    rows: Sequence[SectionRow]


def coalition_page(uow: UnitOfWork) -> CoalitionPage:
    """Return the home: one statement for each block, and one for all sections."""
    scope = Scope(sections=None, at=now())
    own = {member.section_id for member in uow.person.sections_for(Permission.CASE_READ)}
    rows = [_row(found, may_see=found.section.id in own) for found in section_numbers(uow, scope.at)]
    return CoalitionPage([part(uow, scope, block, _list_url(block)) for block in BLOCKS], rows)


def _list_url(block: Block) -> str:
    return url_for("coalition.listed", block=block.value)


def _row(found: SectionNumbers, *, may_see: bool) -> SectionRow:
    total = found.numbers[NUMBERS.index("open")]
    words = [str(number) if may_see else shown_number(number, total) for number in found.numbers]
    return SectionRow(found.section, words, found.is_unseen, found.signed_in_at)


def shown_number(number: int, total: int) -> str:
    """Return a number of cases that the reader may not see, or words where it could identify somebody.

    That is also so if the number is nearly the total: then it tells about the few others.
    """
    if 0 < number < SMALLEST:
        return _("fewer than %(number)s", number=SMALLEST)
    if 0 < total - number < SMALLEST and number:
        return _("%(number)s or more", number=SMALLEST)
    return str(number)


@dataclass(frozen=True, slots=True)
class CoalitionList:
    """A page of a block."""

    part: Part
    older: str


def list_page(uow: UnitOfWork, block: Block, page: str) -> CoalitionList:
    """Return a page of a block of the cases that the person sees."""
    scope = Scope(sections=None, at=now())
    found = part(uow, scope, block, _list_url(block), size=PAGE, place=Cursor.parse(page))
    last = last_of(found)
    return CoalitionList(found, url_for("coalition.listed", block=block.value, page=str(last)) if last else "")
