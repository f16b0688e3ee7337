"""The data of the home of coordinators, and of the lists behind its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from flask import url_for

from caseflow.access import Permission
from caseflow.clock import now, today
from caseflow.db.paging import Cursor
from caseflow.errors import NotFound
from caseflow.features.accounts.queries import people_of_section
from caseflow.features.sections import queries
from caseflow.features.sections.commands import Block, DueLine, EmergencyLine, FileableLine, ListedCase, Scope
from caseflow.features.sections.queries import MOST, Load, Numbers
from caseflow.features.tasks.queries import numbers_of_section
from caseflow.models import Section
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.feature import Number, waiting
from caseflow.web.kit import Link
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.texts import ngettext

ROWS, PAGE = 5, 50
OF_DOCKET: Final = (Block.CLOCKS, Block.NEARLY_READY)
"""The blocks that are listed on the pages of `docket`."""
OF_FILEABLE: Final = (Block.FILEABLE, Block.NEARLY_READY)
OF_DEADLINES: Final = (Block.IRREVERSIBLE, Block.OVERDUE, Block.OTHER, Block.WEEK)
TITLES: Final = {
    Block.EMERGENCIES: _l("Emergencies"),
    Block.IRREVERSIBLE: _l("Cannot be undone, in the next 14 days"),
    Block.OVERDUE: _l("Overdue"),
    Block.FILEABLE: _l("Can be filed within 60 days"),
    Block.OTHER: _l("Other deadlines in the next 7 days"),
    Block.WEEK: _l("Due in the next 7 days"),
    Block.QUIET: _l("No activity for 30 days"),
    Block.WITHOUT_CLAIM: _l("No claim 14 days after opening"),
    Block.WITHOUT_STEP: _l("Nothing due"),
    Block.CLOCKS: _l("Cannot be undone, by week"),
    Block.NEARLY_READY: _l("Nearly ready"),
}
NOTHING: Final = {
    Block.EMERGENCIES: _l("No emergencies."),
    Block.IRREVERSIBLE: _l("Nothing that cannot be undone is due in the next 14 days."),
    Block.OVERDUE: _l("Nothing is overdue."),
    Block.FILEABLE: _l("No case can be filed now."),
    Block.OTHER: _l("No other deadlines in the next 7 days."),
    Block.WEEK: _l("Nothing is due in the next 7 days."),
    Block.QUIET: _l("Someone worked on every open case in the last 30 days."),
    Block.WITHOUT_CLAIM: _l("Every case has a claim, or was opened less than 14 days ago."),
    Block.WITHOUT_STEP: _l("Something is due in every case before filing."),
    Block.CLOCKS: _l("Nothing that cannot be undone is due in this week."),
    Block.NEARLY_READY: _l("No case that can be filed lacks so little."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A deadline with the days left in the time zone of its section."""

    item: DueLine
    days: int
    missing: str
    may_assign: bool
    """Whether the person coordinates the section: others open the case, and find there what they may do."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """An emergency. `days` is None if no day is recorded."""

    item: EmergencyLine
    days: int | None
    may_assign: bool


@dataclass(frozen=True, slots=True)
class Fileable:
    """A case that could be filed, with the days left."""

    item: FileableLine
    days: int


@dataclass(frozen=True, slots=True)
class Part:
    """The first lines of a block, how many more there are in words, and where all are listed."""

    block: Block
    title: str
    nothing: str
    lines: Sequence[Line | Emergency | Fileable]
    number: str
    more: str
    href: str


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the team, each number with the list behind it."""

    name: str
    load: Load
    away_until: date | None
    open_href: str
    overdue_href: str
    week_href: str
    quiet_href: str
    tasks: int
    """Open tasks, with and without a day."""
    tasks_href: str


@dataclass(frozen=True, slots=True)
class SectionPage:
    """The home of the coordinators of a section."""

    section: Section
    sections: list[Link]
    emergencies: Part
    irreversible: Part
    overdue: Part
    fileable: Part
    waiting: list[Number]
    other: Number
    team: list[Member]
    quality: list[Number]


@dataclass(frozen=True, slots=True)
class ListPage:
    """All lines of a block, of one person if one was chosen."""

    section: Section
    person: str
    part: Part
    cases: list[ListedCase]
    older: str


def chosen_section(uow: UnitOfWork, code: str) -> tuple[Section, list[Link]]:
    """Return the section with a code of those that the person coordinates, by default the first, and links to all.

    Raises:
        NotFound: the person coordinates no section with this code.
    """
    ids = {member.section_id for member in uow.person.sections_for(Permission.CASE_ASSIGN)}
    sections = queries.coordinated_sections(uow, ids)
    chosen = next((one for one in sections if not code or one.code == code), None)
    if chosen is None:
        raise NotFound("This section does not exist.")
    links = [Link(one.name, url_for("sections.show", section=one.code), one is chosen) for one in sections]
    return chosen, links


def section_page(uow: UnitOfWork, code: str) -> SectionPage:
    """Return the home of a section. The number of statements does not grow with the section."""
    section, links = chosen_section(uow, code)
    scope = Scope(sections=(section.id,), at=now())
    found = queries.numbers(uow, scope)
    return SectionPage(
        section=section,
        sections=links,
        emergencies=part(uow, scope, Block.EMERGENCIES, _list_url(Block.EMERGENCIES, section.code)),
        irreversible=part(uow, scope, Block.IRREVERSIBLE, _list_url(Block.IRREVERSIBLE, section.code)),
        overdue=part(uow, scope, Block.OVERDUE, _list_url(Block.OVERDUE, section.code)),
        fileable=part(uow, scope, Block.FILEABLE, _list_url(Block.FILEABLE, section.code)),
        waiting=[*waiting(uow, section.code), *_waiting(found, section.code)],
        other=_other(found, section.code),
        team=_team(uow, scope, section),
        quality=_quality(found, section.code),
    )


def part(
    uow: UnitOfWork, scope: Scope, block: Block, href: str, *, size: int = ROWS, place: Cursor | None = None
) -> Part:
    """Return the first lines of a block of deadlines, emergencies or cases that can be filed. One statement."""
    lines: Sequence[Line | Emergency | Fileable]
    if block is Block.EMERGENCIES:
        acts, number = queries.emergencies(uow, scope, size)
        lines = [
            Emergency(
                one, (one.due_on - today(one.zone)).days if one.due_on else None, _may_assign(uow, one.section_id)
            )
            for one in acts
        ]
    elif block in OF_FILEABLE:
        cases, number = queries.fileable(uow, scope, size, place, lack_little=block is Block.NEARLY_READY)
        lines = [Fileable(one, (one.safe_until - today(one.zone)).days) for one in cases]
    else:
        due, number = queries.due_lines(uow, scope, block, size, place)
        lines = [
            Line(one, (one.due_on - today(one.zone)).days, missing_words(one), _may_assign(uow, one.section_id))
            for one in due
        ]
    more = _more_words(number, len(lines))
    return Part(block, str(TITLES[block]), str(NOTHING[block]), lines, number_words(number), more, href)


def _may_assign(uow: UnitOfWork, section_id: UUID) -> bool:
    return uow.person.may(Permission.CASE_ASSIGN, section_id)


def _more_words(number: int, shown: int) -> str:
    if number <= shown:
        return ""
    if number > MOST:
        return _("and more than %(number)s more", number=MOST - shown)
    return ngettext("and %(num)d more", "and %(num)d more", number - shown)


def number_words(number: int) -> str:
    """Return a number that was counted up to a limit: "12", "more than 100"."""
    return _("more than %(number)s", number=MOST) if number > MOST else str(number)


def missing_words(one: DueLine) -> str:
    """Return what the case lacks before it can be filed, such as "1 blocking, 3 not confirmed"; empty once it is filed."""
    if one.blocking is None or one.not_confirmed is None:
        return ""
    parts = [
        ngettext("%(num)s blocking", "%(num)s blocking", one.blocking) if one.blocking else "",
        _("%(number)s not confirmed", number=one.not_confirmed) if one.not_confirmed else "",
    ]
    return ", ".join(words for words in parts if words) or _("Nothing")


def _list_url(block: Block, code: str, person_id: UUID | None = None) -> str:
    return url_for("sections.listed", block=block.value, section=code or None, person=person_id)


def _other(found: Numbers, code: str) -> Number:
    shown = number_words(found.other)
    words = ngettext("%(shown)s deadline that can be made good later", "%(shown)s deadlines that can be made good later", found.other, shown=shown)  # fmt: skip
    return Number(words, _list_url(Block.OTHER, code), found.other)


def _waiting(found: Numbers, code: str) -> list[Number]:
    reviews, unowned = number_words(found.reviews), number_words(found.without_owner)
    return [
        Number(
            ngettext("%(shown)s case in readiness review", "%(shown)s cases in readiness review", found.reviews, shown=reviews),
            url_for("cases.index", section=code, stage="readiness_review"),
            found.reviews,
        ),
        Number(
            ngettext("%(shown)s case without an owner", "%(shown)s cases without an owner", found.without_owner, shown=unowned),
            url_for("cases.index", section=code, owner="waiting"),
            found.without_owner,
        ),
    ]  # fmt: skip


def _quality(found: Numbers, code: str) -> list[Number]:
    claims, steps = number_words(found.without_claim), number_words(found.without_step)
    return [
        Number(
            ngettext("%(shown)s case without a claim 14 days after opening", "%(shown)s cases without a claim 14 days after opening", found.without_claim, shown=claims),
            _list_url(Block.WITHOUT_CLAIM, code),
            found.without_claim,
        ),
        Number(
            ngettext("%(shown)s case before filing in which nothing is due", "%(shown)s cases before filing in which nothing is due", found.without_step, shown=steps),
            _list_url(Block.WITHOUT_STEP, code),
            found.without_step,
        ),
    ]  # fmt: skip


def _team(uow: UnitOfWork, scope: Scope, section: Section) -> list[Member]:
    """Return everybody who works in the section, also those without a case, and their work. Five statements."""
    people = people_of_section(uow, section.id)
    work, tasks = queries.loads(uow, scope), numbers_of_section(uow, section.id)
    away = queries.away_until(uow, [user_id for user_id, _name in people], today(section.time_zone))
    return [
        Member(
            name,
            work.get(user_id, Load()),
            away.get(user_id),
            url_for("cases.index", section=section.code, owner=user_id),
            _list_url(Block.OVERDUE, section.code, user_id),
            _list_url(Block.WEEK, section.code, user_id),
            _list_url(Block.QUIET, section.code, user_id),
            tasks.get(user_id, 0),
            url_for("section_tasks.show_section", code=section.code, person=user_id),
        )
        for user_id, name in people
    ]


def list_page(uow: UnitOfWork, block: Block, code: str, person: str, page: str) -> ListPage:
    """Return a page of a block.

    Raises:
        NotFound: the person coordinates no section with this code, or nobody of it has this id.
    """
    section, _links = chosen_section(uow, code)
    people = {str(user_id): (user_id, name) for user_id, name in people_of_section(uow, section.id)}
    if person and person not in people:
        raise NotFound("This section does not exist.")
    person_id, name = people[person] if person else (None, "")
    scope = Scope(sections=(section.id,), at=now(), person_id=person_id)
    place, cases = Cursor.parse(page), []
    if block in (*OF_DEADLINES, Block.EMERGENCIES, Block.FILEABLE):
        found = part(uow, scope, block, "", size=MOST if block is Block.EMERGENCIES else PAGE, place=place)
    else:
        cases = queries.listed_cases(uow, scope, block, PAGE + 1, place)
        found = Part(block, str(TITLES[block]), str(NOTHING[block]), [], "", "", "")
    last = last_of(found, cases)
    older = (
        url_for("sections.listed", block=block.value, section=section.code, person=person or None, page=str(last))
        if last
        else ""
    )
    return ListPage(section, name, found, cases[:PAGE], older)


def last_of(found: Part, cases: Sequence[ListedCase] = ()) -> Cursor | None:
    """Return the place behind the page; None if it is the last one."""
    if len(cases) > PAGE:
        return Cursor(cases[PAGE - 1].opened_on, cases[PAGE - 1].case_id)
    line = found.lines[-1] if found.more else None
    if isinstance(line, Line):
        return Cursor(line.item.due_on, line.item.deadline_id)
    return Cursor(line.item.safe_until, line.item.case_id) if isinstance(line, Fileable) else None
