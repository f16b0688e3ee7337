"""The page of the queue of reviews, and what waits for a person in numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import request, url_for

from caseflow.access import Permission
from caseflow.clock import today
from caseflow.db.paging import Cursor
from caseflow.features.accounts.queries import names_of, sections_of_actor
from caseflow.features.review.queue.commands import FOR_ME, QueueLine, QueueState, QueueView
from caseflow.features.review.queue.forms import QueueForm
from caseflow.features.review.queue.queries import MOST, MOST_WAITING, place_of, queue, queue_filters, waiting
from caseflow.features.review.queue.words import MEANINGS, NOTHING, OUTLOOK_KINDS, STATE_KINDS, STATE_WORDS, VIEW_WORDS
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, case_url
from caseflow.web.dates import days_left_kind, show_date, show_days_left, show_number
from caseflow.web.feature import Number
from caseflow.web.kit import Link
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext
from caseflow.web.words import label, labels

PAGE = 50


@dataclass(frozen=True, slots=True)
class View:
    """A part of the queue: its words, its address, and how many cases wait, in words."""

    label: str
    href: str
    count: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A case of the queue in words."""

    item: QueueLine
    href: str
    left: str
    left_kind: str
    day: str
    missing: str
    missing_href: str
    lacks: str
    """What is missing, by the names of the requirements."""
    outlook: str
    outlook_kind: str
    state: str
    state_kind: str
    asked: str
    must_fix: str
    owner: str
    reviewers: str
    active: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The page of the queue."""

    form: QueueForm
    views: Sequence[View]
    meaning: str
    nothing: str
    lines: Sequence[ShownLine]
    total: str
    chosen: Sequence[Link]
    clear: str
    older: str
    has_sections: bool


def queue_page(uow: UnitOfWork, page: str) -> QueuePage:
    """Return the page that the query string asks for: three statements for any number of cases."""
    form = QueueForm(request.args)
    sections = sections_of_actor(uow)
    form.set_choices(sections)
    chosen = form.chosen()
    view, given = chosen["view"], form.given()
    found = queue(uow, queue_filters(uow, **chosen), PAGE, Cursor.parse(page))
    names = names_of(uow, _people(found.lines))
    own = {member.section_id for member in uow.person.sections_for(Permission.CASE_EDIT)}
    words = form.labels()
    return QueuePage(
        form=form,
        views=_views(view, waiting(uow, chosen["section"]), given.get("section")),
        meaning=str(MEANINGS[view]),
        nothing=str(NOTHING[view]),
        lines=[_line(one, names, is_own=one.section_id in own) for one in found.lines],
        total="" if page else _total(found.total),
        chosen=[Link(words[one], _url(view, {name: given[name] for name in given if name != one})) for one in given],
        clear=_url(view, {}),
        older=_url(view, given | {"page": str(place_of(found.lines[-1]))}) if found.is_more else "",
        has_sections=len(sections) > 1,
    )


def _people(lines: Sequence[QueueLine]) -> set[UUID]:
    return {one for line in lines for one in (line.owner_id, *(line.reviewer_ids or ())) if one}


def _url(view: QueueView | None, given: Mapping[str, object]) -> str:
    query = urlencode(({"view": view.value} if view else {}) | {name: str(value) for name, value in given.items()})
    return f"{url_for('reviews.index')}{'?' if query else ''}{query}"


def _total(number: int) -> str:
    if number > MOST:
        return _("More than %(number)s cases", number=show_number(MOST))
    return ngettext("%(shown)s case", "%(shown)s cases", number, shown=show_number(number))


def _views(current: QueueView | None, counts: Mapping[QueueView | None, int], section: object) -> list[View]:
    kept = {"section": section} if section else {}
    return [
        View(str(words), _url(view, kept), _up_to_most(counts[view]) if view in FOR_ME else "", view is current)
        for view, words in VIEW_WORDS.items()
    ]


def _up_to_most(number: int) -> str:
    return f"{MOST_WAITING}+" if number > MOST_WAITING else str(number)


def _line(one: QueueLine, names: Mapping[str, str], *, is_own: bool) -> ShownLine:
    day = today(one.zone)
    days = (one.due_on - day).days if one.due_on else None
    gaps = list(dict.fromkeys([*(one.blocking or ()), *(one.not_confirmed or ())])) if one.is_before_filing else []
    state, outlook = one.state, one.outlook.value if one.outlook else ""
    return ShownLine(
        item=one,
        href=_href(one, state) if is_own else case_url(one.case_id),
        left=show_days_left(days, one.kind) if days is not None else "",
        left_kind=days_left_kind(days, one.kind) if days is not None else "neutral",
        day=_day(one, one.due_on) if one.due_on else "",
        missing=_missing(one) if one.is_before_filing else "",
        missing_href=case_url(one.case_id, CasePage.READINESS),
        lacks=labels("rule", gaps),
        outlook=label("outlook", outlook) if one.is_before_filing else "",
        outlook_kind=OUTLOOK_KINDS.get(outlook, "neutral"),
        state=_state(one, state, is_own=is_own),
        state_kind=STATE_KINDS[state] if is_own else "neutral",
        asked=_("Asked on %(day)s", day=_day_of(one.asked_at, one.zone)) if one.asked_at else "",
        must_fix=ngettext("%(num)d must be fixed", "%(num)d must be fixed", one.must_fix) if one.must_fix else "",
        owner=names.get(str(one.owner_id)) or (_("Someone in another section") if one.owner_id else _("Nobody yet")),
        reviewers=", ".join(names[str(user)] for user in one.reviewer_ids or () if str(user) in names),
        active=_day_of(one.active_at, one.zone),
    )


def _day_of(moment: datetime, zone: str) -> str:
    return show_date(moment.astimezone(ZoneInfo(zone)).date())


def _day(one: QueueLine, due_on: date) -> str:
    return f"{label('deadline_kind', one.kind.value)}, {show_date(due_on)}" if one.kind else show_date(due_on)


def _href(one: QueueLine, state: QueueState) -> str:
    """Return the page on which the next step is done."""
    if state is QueueState.EARLIER:
        return case_url(one.case_id, CasePage.READINESS)
    return url_for("filings.confirm" if state is QueueState.PREPARED else "review.show", case_id=one.case_id)


def _state(one: QueueLine, state: QueueState, *, is_own: bool) -> str:
    if state is QueueState.EARLIER or not is_own:
        return label("stage", one.stage.value)
    if state is QueueState.APPROVED and one.number is None:
        return _("No version is approved")
    return str(STATE_WORDS[state])


def _missing(one: QueueLine) -> str:
    parts = [
        ngettext("%(num)s blocking", "%(num)s blocking", len(one.blocking)) if one.blocking else "",
        _("%(number)s not confirmed", number=len(one.not_confirmed)) if one.not_confirmed else "",
    ]
    return ", ".join(filter(None, parts))


def waits(uow: UnitOfWork, section: str = "") -> list[Number]:
    """Return what waits for the acting person, in the section with a code or in all: one statement."""
    found = waiting(uow, section)
    number = {view: _up_to_most(found[view]) for view in FOR_ME}
    words = {
        QueueView.MINE: ngettext(
            "%(shown)s review asked of you",
            "%(shown)s reviews asked of you",
            found[QueueView.MINE],
            shown=number[QueueView.MINE],
        ),
        QueueView.SIGN: ngettext(
            "%(shown)s case waits for your signature",
            "%(shown)s cases wait for your signature",
            found[QueueView.SIGN],
            shown=number[QueueView.SIGN],
        ),
        QueueView.CONFIRM: ngettext(
            "%(shown)s filing to confirm",
            "%(shown)s filings to confirm",
            found[QueueView.CONFIRM],
            shown=number[QueueView.CONFIRM],
        ),
        QueueView.ANSWER: ngettext(
            "%(shown)s case with comments to answer",
            "%(shown)s cases with comments to answer",
            found[QueueView.ANSWER],
            shown=number[QueueView.ANSWER],
        ),
    }
    given = {"section": section} if section else {}
    return [Number(words[view], _url(view, given), found[view]) for view in FOR_ME]


@dataclass(frozen=True, slots=True)
class MyReviews:
    """What waits for the person, without what does not."""

    waits: Sequence[Number]


def my_reviews(uow: UnitOfWork) -> MyReviews:
    """Return what waits for the acting person in all sections: one statement."""
    if not uow.person.may(Permission.CASE_EDIT):
        return MyReviews([])
    return MyReviews([one for one in waits(uow) if one.number])
