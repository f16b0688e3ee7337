"""The frame of every page of a case: who and where, the date that matters most, and the navigation between the pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for

from caseflow.access import Permission
from caseflow.access.policy import may_on_case
from caseflow.features.cases.flags.queries import OPEN_KINDS, kinds_in
from caseflow.features.cases.frame.queries import view_frame
from caseflow.features.cases.moves.service import allowed_moves
from caseflow.features.cases.owners.service import may_take
from caseflow.features.cases.pages import owner_name
from caseflow.features.cases.queries import NextDue
from caseflow.features.cases.stages import Move, is_forward
from caseflow.models import ENDED_STAGES, Case
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import PAGE_NAMES, CaseCount, CasePage, CaseView, case_url
from caseflow.web.dates import days_left_kind, show_date, show_days_left_within
from caseflow.web.feature import case_counts, case_pages
from caseflow.web.kit import Link
from caseflow.web.texts import gettext as _
from caseflow.web.trail import recall_trail
from caseflow.web.words import label


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of the case in its navigation. `count` is what the page's features count, in words; it may be empty."""

    label: str
    count: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Headline:
    """The next date of a case that cannot be undone."""

    what: str
    left: str
    day: str
    kind: str


@dataclass(frozen=True, slots=True)
class ShownTrail:
    """The way back to the list from which the person came, and to the cases before and after on the same page of it."""

    back: Link
    position: str = ""
    previous: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of a case shows besides its panels."""

    page_name: str
    trail: ShownTrail
    owner: str
    flags: list[str]
    """What its open flags say."""
    tabs: list[Tab]
    headline: Headline | None
    main_action: Link | None
    """What moves the case on from its stage; None for people who may not."""
    actions: list[Link]
    may_take: bool


def frame_of(uow: UnitOfWork, view: CaseView, page: CasePage) -> Frame:
    """Return the frame, and record the view. One statement for all counts, and one more for readers of another section."""
    case, counts = view.case, case_counts()
    row = view_frame(uow, case, (OPEN_KINDS, *(value for count in counts for value in count.values)))
    moves = allowed_moves(uow, case) if view.may_edit else []
    forward = next((move for move in moves if is_forward(move)), None)
    return Frame(
        page_name=str(PAGE_NAMES[page]),
        trail=_trail(case.id, page),
        owner=owner_name(uow, case),
        flags=[label("flag_kind", kind.value) for kind in kinds_in(row.counts[0])],
        tabs=_tabs(case, page, _words(counts, row.counts[1:])),
        headline=_headline(case, row.next_irreversible, view.on),
        main_action=_main_action(case, forward) if forward else None,
        actions=_actions(uow, view),
        may_take=may_take(uow, case),
    )  # fmt: skip


def _main_action(case: Case, move: Move) -> Link:
    href = (
        url_for(move.page, case_id=case.id) if move.page else url_for("cases.move", case_id=case.id, to=move.to.value)
    )
    return Link(label("stage_action", move.to.value), href)


def _trail(case_id: UUID, page: CasePage) -> ShownTrail:
    trail = recall_trail(case_id)
    if trail is None:
        return ShownTrail(Link(_("Cases"), url_for("cases.index")))
    place, last = trail.ids.index(str(case_id)), len(trail.ids) - 1
    numbers = {"number": place + 1, "many": last + 1}
    return ShownTrail(
        Link(trail.name, trail.href),
        _("%(number)s of %(many)s", **numbers) if trail.is_whole else _("%(number)s of the %(many)s shown", **numbers),
        case_url(UUID(trail.ids[place - 1]), page) if place else "",
        case_url(UUID(trail.ids[place + 1]), page) if place < last else "",
    )


def _actions(uow: UnitOfWork, view: CaseView) -> list[Link]:
    case, actions = view.case, []
    if view.may_edit:
        actions.append(Link(_("Edit case details"), url_for("cases.edit", case_id=case.id)))
        actions.append(Link(_("Change stage"), url_for("cases.move", case_id=case.id)))
        actions.append(Link(_("Safe contact"), url_for("cases.contact", case_id=case.id)))
    if may_on_case(uow.session, uow.actor, Permission.CASE_ASSIGN, case):
        actions.append(Link(_("Assign an owner"), url_for("cases.assign", case_id=case.id)))
    return actions


def _words(counts: Sequence[CaseCount], values: Sequence[object]) -> dict[CasePage, str]:
    """Return the counts in words by page; those of several features on one page are joined."""
    words: dict[CasePage, list[str]] = {}
    rest = list(values)
    for count in counts:
        own, rest = rest[: len(count.values)], rest[len(count.values) :]
        if said := count.words(*own):
            words.setdefault(count.page, []).append(said)
    return {page: ", ".join(said) for page, said in words.items()}


def _tabs(case: Case, current: CasePage, words: dict[CasePage, str]) -> list[Tab]:
    return [
        Tab(str(PAGE_NAMES[page]), words.get(page, ""), case_url(case.id, page), is_current=page is current)
        for page in case_pages()
    ]


def _headline(case: Case, due: NextDue | None, on: date) -> Headline | None:
    if due is None or case.stage in ENDED_STAGES:
        return None
    days = (due.due_on - on).days
    what = due.title or label("deadline_kind", due.kind.value)
    return Headline(what, show_days_left_within(days, due.kind), show_date(due.due_on), days_left_kind(days))
