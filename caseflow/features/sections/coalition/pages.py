"""The data of the home of the coordinators of the coalition."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from flask import url_for

from caseflow.access import Permission
from caseflow.access.own_day import own_today
from caseflow.clock import now
from caseflow.db.paging import Cursor
from caseflow.features.reference.queries import current_register
from caseflow.features.remedy_maps.queries import NumberOfMaps, numbers_of_maps
from caseflow.features.sections.coalition.queries import NUMBERS, SectionNumbers, section_numbers
from caseflow.features.sections.commands import Block, Scope
from caseflow.features.sections.pages import PAGE, Part, last_of, part
from caseflow.features.treaties.queries import NumberOfTreaties, numbers_of_treaties
from caseflow.law import Register
from caseflow.law.data import TO_CONFIRM
from caseflow.law.dates import add_months
from caseflow.models import Section
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.dates import Kind
from caseflow.web.feature import Number, waiting
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext

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
class ReferenceLine:
    """A part of the reference data: what must be looked at, in words, and the list of it."""

    part: str
    state: str
    kind: Kind
    href: str


@dataclass(frozen=True, slots=True)
class ReferenceBlock:
    """All parts; `readings` are the sources of the rules that are still to be confirmed."""

    lines: Sequence[ReferenceLine]
    readings: Sequence[str]
    months: int
    """After so many months something must be checked again."""


@dataclass(frozen=True, slots=True)
class CoalitionPage:
    """The cases that the person sees, in blocks, and the sections."""

    parts: Sequence[Part]
    waiting: Sequence[Number]
    rows: Sequence[SectionRow]
    reference: ReferenceBlock


def coalition_page(uow: UnitOfWork) -> CoalitionPage:
    """Return the home: one statement for each block, one for what waits, one for all sections, three for reference data."""
    scope = Scope(sections=None, at=now())
    own = {member.section_id for member in uow.person.sections_for(Permission.CASE_READ)}
    rows = [_row(found, may_see=found.section.id in own) for found in section_numbers(uow, scope.at)]
    parts = [part(uow, scope, block, _list_url(block)) for block in BLOCKS]
    return CoalitionPage(parts, waiting(uow), rows, reference_block(uow, own_today(uow.session, uow.person)))


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


def reference_block(uow: UnitOfWork, on: date) -> ReferenceBlock:
    """Return what must be looked at on a day. Three statements."""
    register = current_register(uow)
    months = register.ruleset.thresholds.months_fresh.value
    before = add_months(on, -months)
    lines = [
        _states(register, on),
        _maps(numbers_of_maps(uow, before)),
        _treaties(numbers_of_treaties(uow, before)),
    ]
    texts = register.ruleset.readings.values()
    return ReferenceBlock(lines, [text.removesuffix(TO_CONFIRM) for text in texts if text.endswith(TO_CONFIRM)], months)


def _states(register: Register, on: date) -> ReferenceLine:
    doubts = sum(state.doubt(on) is not None for state in register.states.values())
    words = ngettext("%(num)d entry to check", "%(num)d entries to check", doubts) if doubts else _("All are checked")
    href = url_for("reference.states", verification="doubt" if doubts else None)
    return ReferenceLine(_("Register of States"), words, "warn" if doubts else "good", href)


def _maps(found: NumberOfMaps) -> ReferenceLine:
    if not found.all:
        return ReferenceLine(_("Remedy maps"), _("No remedy map yet"), "neutral", url_for("remedy_maps.index"))
    words = (
        _("%(number)s of %(all)s to review", number=found.due, all=found.all) if found.due else _("All are reviewed")
    )
    href = url_for("remedy_maps.index", review="due" if found.due else None)
    return ReferenceLine(_("Remedy maps"), words, "warn" if found.due else "good", href)


def _treaties(found: NumberOfTreaties) -> ReferenceLine:
    parts = [
        ngettext("%(num)d not imported", "%(num)d not imported", found.missing) if found.missing else "",
        ngettext("%(num)d with old entries", "%(num)d with old entries", found.old) if found.old else "",
    ]
    words = ", ".join(filter(None, parts)) or _("All are checked")
    return ReferenceLine(_("Other treaties"), words, "warn" if any(parts) else "good", url_for("treaties.index"))
