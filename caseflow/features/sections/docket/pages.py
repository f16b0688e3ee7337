"""The page on where cases stand, and the lists behind its numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeVar
from urllib.parse import urlencode

from flask import url_for

from caseflow.access.own_day import own_today
from caseflow.clock import now, today
from caseflow.db.paging import Cursor
from caseflow.errors import NotFound
from caseflow.features.communications.overview import queries as letters
from caseflow.features.communications.overview.commands import Due, InForce, OpenLetter
from caseflow.features.contacts.service import number_of_silent
from caseflow.features.sections.commands import Block, Scope, StuckCase
from caseflow.features.sections.docket import queries
from caseflow.features.sections.docket.commands import Listing
from caseflow.features.sections.pages import PAGE, Part, chosen_section, last_of, number_words, part
from caseflow.features.sections.queries import LITTLE, MOST
from caseflow.models import STAGES_BEFORE_FILING, Awaited, Section, Stage
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.dates import show_date
from caseflow.web.feature import Number
from caseflow.web.kit import Link
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.texts import ngettext
from caseflow.web.words import label

_T = TypeVar("_T")
WAITING = {
    Awaited.AUTHOR: _l("Waiting for us"),
    Awaited.STATE: _l("Waiting for the State"),
    Awaited.COMMITTEE: _l("Waiting for the Committee"),
}
DUE = {
    Due.OVERDUE: _l("overdue"),
    Due.SOON: _l("due within 14 days"),
    Due.LATER: _l("due later"),
    Due.NO_DAY: _l("without a day"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Whose cases the page shows, and its address: a section, or None for all cases that a coalition coordinator sees."""

    section: Section | None
    sections: Sequence[Link]
    scope: Scope

    @property
    def name(self) -> str:
        """Return what the page is about."""
        return self.section.name if self.section else _("Coalition")

    @property
    def home(self) -> str:
        """Return the address of the home."""
        return url_for("sections.show", section=self.section.code) if self.section else url_for("coalition.show")

    def url(self, listing: Listing | None = None, **more: object) -> str:
        """Return the address of the page, or of one of its lists."""
        kind = "section_docket" if self.section else "coalition_docket"
        path = url_for(f"{kind}.listed", listing=listing.value) if listing else url_for(f"{kind}.show")
        code = {"section": self.section.code} if self.section else {}
        query = urlencode(code | {name: str(value) for name, value in more.items()})
        return f"{path}?{query}" if query else path


def place_of_section(uow: UnitOfWork, code: str) -> Place:
    """Return the place for a section that the person coordinates, by default the first.

    Raises:
        NotFound: the person coordinates no section with this code.
    """
    section, links = chosen_section(uow, code)
    to = url_for("section_docket.show")
    links = [replace(one, href=f"{to}?{one.href.partition('?')[2]}") for one in links]
    return Place(section, links, Scope(sections=(section.id,), at=now()))


def place_of_coalition() -> Place:
    """Return the place for all cases that the person sees."""
    return Place(None, (), Scope(sections=None, at=now()))


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers under a heading."""

    id: str
    title: str
    numbers: Sequence[Number]


@dataclass(frozen=True, slots=True)
class DocketPage:
    """Where the cases stand."""

    place: Place
    groups: Sequence[Group]
    nearly: Part
    little: int = LITTLE
    long: int = queries.LONG.days


def docket_page(uow: UnitOfWork, place: Place) -> DocketPage:
    """Return the page: five statements for any number of cases, and one for the people of a section."""
    waiting = letters.open_letters_in_numbers(uow, place.scope.sections, place.scope.at)
    groups = [
        Group("clocks", _("Cannot be undone, by week"), _weeks(uow, place)),
        Group("waiting-us", str(WAITING[Awaited.AUTHOR]), _letters(place, Awaited.AUTHOR, waiting)),
        Group(
            "waiting-others",
            _("Waiting for the State and the Committee"),
            [*_letters(place, Awaited.STATE, waiting), *_letters(place, Awaited.COMMITTEE, waiting)],
        ),
        Group("stuck", _("In the same stage for %(days)s days", days=queries.LONG.days), _stages(uow, place)),
        Group("protection", _("People and protection"), _protection(uow, place)),
    ]
    return DocketPage(place, groups, part(uow, place.scope, Block.NEARLY_READY, place.url(Listing.NEARLY_READY)))


def _weeks(uow: UnitOfWork, place: Place) -> list[Number]:
    first = today(place.section.time_zone) if place.section else own_today(uow.session, uow.person)
    return [
        Number(
            _("%(number)s in the week from %(first)s", number=number, first=show_date(first + timedelta(weeks=week))),
            place.url(Listing.CLOCKS, week=week),
            number,
        )
        for week, number in enumerate(queries.numbers_by_week(uow, place.scope))
    ]


def _letters(place: Place, awaited: Awaited, waiting: Mapping[Awaited, Mapping[Due, int]]) -> list[Number]:
    """Return the letters that somebody must answer. No letter sets the Committee a day."""
    numbers = waiting[awaited]
    if awaited is Awaited.COMMITTEE:
        number = numbers[Due.NO_DAY]
        words = ngettext("%(num)d letter to the Committee without an answer", "%(num)d letters to the Committee without an answer", number)  # fmt: skip
        return [Number(words, place.url(Listing.LETTERS, who=awaited.value, due=Due.NO_DAY.value), number)]
    return [
        Number(
            _letters_in_words(due, numbers[due]),
            place.url(Listing.LETTERS, who=awaited.value, due=due.value),
            numbers[due],
        )
        for due in Due
    ]


def _letters_in_words(due: Due, number: int) -> str:
    words = {
        Due.OVERDUE: lambda: ngettext("%(num)d letter overdue", "%(num)d letters overdue", number),
        Due.SOON: lambda: ngettext("%(num)d letter due within 14 days", "%(num)d letters due within 14 days", number),
        Due.LATER: lambda: ngettext("%(num)d letter due later", "%(num)d letters due later", number),
        Due.NO_DAY: lambda: ngettext("%(num)d letter without a day", "%(num)d letters without a day", number),
    }
    return words[due]()


def _stages(uow: UnitOfWork, place: Place) -> list[Number]:
    return [
        Number(
            _("%(stuck)s of %(number)s: %(stage)s", stuck=one.stuck, number=one.number, stage=label("stage", one.stage.value)),
            place.url(Listing.STUCK, stage=one.stage.value),
            one.stuck,
        )
        for one in queries.stages_in_numbers(uow, place.scope)
    ]  # fmt: skip


def _protection(uow: UnitOfWork, place: Place) -> list[Number]:
    number = letters.number_in_force(uow, place.scope.sections)
    words = ngettext(
        "%(num)d case with interim measures in force", "%(num)d cases with interim measures in force", number
    )
    found = [Number(words, place.url(Listing.INTERIM), number)]
    if place.section:
        silent = number_of_silent(uow, place.section.id, own_today(uow.session, uow.person), MOST + 1)
        words = ngettext("%(shown)s person going silent", "%(shown)s people going silent", silent, shown=number_words(silent))  # fmt: skip
        found.append(Number(words, url_for("silent.show", section=place.section.id), silent))
    return found


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list behind a number: deadlines or cases that are nearly ready as a part, or rows."""

    place: Place
    title: str
    nothing: str
    part: Part | None = None
    stuck: Sequence[StuckCase] = ()
    letters: Sequence[tuple[OpenLetter, int | None]] = ()
    """With the days that are left."""
    interim: Sequence[InForce] = ()
    older: str = ""


def list_page(uow: UnitOfWork, place: Place, listing: Listing, asked: Mapping[str, str]) -> ListPage:
    """Return a page of a list.

    Raises:
        NotFound: the address names no week, stage or kind of letter of the page.
    """
    return _LISTS[listing](uow, place, asked)


def _chosen(values: Mapping[str, _T], asked: str) -> _T:
    if asked not in values:
        raise NotFound("This list does not exist.")
    return values[asked]


def _clocks(uow: UnitOfWork, place: Place, asked: Mapping[str, str]) -> ListPage:
    week = _chosen({str(number): number for number in range(queries.WEEKS)}, asked.get("week", "0"))
    scope, here = replace(place.scope, week=week), place.url(Listing.CLOCKS, week=week)
    found = part(uow, scope, Block.CLOCKS, here, size=PAGE, place=Cursor.parse(asked.get("page", "")))
    first = (today(place.section.time_zone) if place.section else own_today(uow.session, uow.person)) + timedelta(weeks=week)  # fmt: skip
    title = _("Cannot be undone, from %(first)s to %(last)s", first=show_date(first), last=show_date(first + timedelta(days=6)))  # fmt: skip
    last = last_of(found)
    return ListPage(place, title, found.nothing, found, older=place.url(Listing.CLOCKS, week=week, page=last) if last else "")  # fmt: skip


def _nearly_ready(uow: UnitOfWork, place: Place, asked: Mapping[str, str]) -> ListPage:
    here, cursor = place.url(Listing.NEARLY_READY), Cursor.parse(asked.get("page", ""))
    found = part(uow, place.scope, Block.NEARLY_READY, here, size=PAGE, place=cursor)
    last = last_of(found)
    older = place.url(Listing.NEARLY_READY, page=last) if last else ""
    return ListPage(place, found.title, found.nothing, found, older=older)


def _stuck(uow: UnitOfWork, place: Place, asked: Mapping[str, str]) -> ListPage:
    stage = _chosen({one.value: one for one in STAGES_BEFORE_FILING}, asked.get("stage", Stage.INTAKE.value))
    found = queries.stuck_cases(uow, place.scope, stage, PAGE + 1, Cursor.parse(asked.get("page", "")))
    last = Cursor(found[PAGE - 1].opened_on, found[PAGE - 1].case_id) if len(found) > PAGE else None
    return ListPage(
        place,
        _("%(stage)s, for %(days)s days or longer", stage=label("stage", stage.value), days=queries.LONG.days),
        _("No case has been in this stage for so long."),
        stuck=found[:PAGE],
        older=place.url(Listing.STUCK, stage=stage.value, page=last) if last else "",
    )


def _open_letters(uow: UnitOfWork, place: Place, asked: Mapping[str, str]) -> ListPage:
    awaited = _chosen({one.value: one for one in Awaited}, asked.get("who", Awaited.AUTHOR.value))
    due = _chosen({one.value: one for one in Due}, asked.get("due", Due.OVERDUE.value))
    cursor, which = Cursor.parse(asked.get("page", "")), (awaited, due, place.scope.at)
    found = letters.open_letters(uow, place.scope.sections, which, PAGE + 1, cursor)
    last = letters.place_of(found[PAGE - 1]) if len(found) > PAGE else None
    return ListPage(
        place,
        f"{WAITING[awaited]}: {DUE[due]}",
        _("No letter waits like this."),
        letters=[(one, (one.due_on - today(one.zone)).days if one.due_on else None) for one in found[:PAGE]],
        older=place.url(Listing.LETTERS, who=awaited.value, due=due.value, page=last) if last else "",
    )


def _interim(uow: UnitOfWork, place: Place, asked: Mapping[str, str]) -> ListPage:
    found = letters.in_force(uow, place.scope.sections, PAGE + 1, Cursor.parse(asked.get("page", "")))
    last = Cursor(found[PAGE - 1].since, found[PAGE - 1].letter_id) if len(found) > PAGE else None
    return ListPage(
        place,
        _("Interim measures in force"),
        _("No interim measures are in force."),
        interim=found[:PAGE],
        older=place.url(Listing.INTERIM, page=last) if last else "",
    )


_LISTS = {
    Listing.CLOCKS: _clocks,
    Listing.NEARLY_READY: _nearly_ready,
    Listing.STUCK: _stuck,
    Listing.LETTERS: _open_letters,
    Listing.INTERIM: _interim,
}
