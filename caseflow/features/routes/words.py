"""The comparison of routes in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import url_for

from caseflow.law.routes import NOT_CLOSED, Block, RouteAssessment, Status, in_order, load_mechanisms
from caseflow.law.routes.same_matter import NOT_RECORDED, RECORD_IT
from caseflow.models import Case
from caseflow.web.clocks import ClockBox
from caseflow.web.dates import Kind, days_left_kind, show_date, show_days_left
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import each_in_words, in_words

GROUPS: Final[tuple[tuple[Status, object, Kind, object], ...]] = (
    ("open", _l("Open"), "good", _l("By deadline, the nearest first.")),
    ("needs_lawyer", _l("Needs a lawyer"), "warn", _l("Depends on questions that the case file cannot answer.")),
    (
        "unknown",
        _l("Not known"),
        "neutral",
        _l("Something is not recorded or not imported. “Not known” does not mean that the route is closed."),
    ),
    ("closed", _l("Closed"), "bad", _l("Too late, or barred by a procedure that is recorded.")),
    ("not_available", _l("Not available"), "neutral", _l("Not available against this State, or for a case like this.")),
)
POSSIBLE: Final[frozenset[Status]] = frozenset({"open", "needs_lawyer"})


@dataclass(frozen=True, slots=True)
class ShownRoute:
    """One route in words."""

    code: str
    body: str
    name: str
    is_own: bool
    kind: Kind
    day: str
    """When it ends, ended or begins: a label and the day."""
    left: str
    left_kind: Kind
    short: str
    """Why it is ruled out in a few words, else what is asked or decides."""
    because: tuple[str, ...]
    questions: tuple[str, ...]
    citation: str


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """The routes of one status."""

    status: str
    title: str
    kind: Kind
    meaning: str
    routes: tuple[ShownRoute, ...]


@dataclass(frozen=True, slots=True)
class ShownBlocks:
    """How filing at one body first would affect the others."""

    body: str
    is_own: bool
    while_pending: str
    afterwards: str
    to_weigh: str


def show_groups(routes: Sequence[RouteAssessment]) -> list[ShownGroup]:
    """Return the groups of routes that are not ruled out, in each the nearest last day first; the route of the case always."""
    shown = [route for route in routes if route.status in NOT_CLOSED or route.is_own]
    return [
        ShownGroup(status, str(title), kind, str(meaning), found)
        for status, title, kind, meaning in GROUPS
        if (found := tuple(_shown(route, kind) for route in in_order(shown, status)))
    ]


def show_ruled_out(routes: Sequence[RouteAssessment]) -> list[ShownRoute]:
    """Return the other routes: those that are closed, then those that are not available."""
    others = [route for route in routes if not route.is_own]
    return [
        _shown(route, kind)
        for status, _title, kind, _meaning in GROUPS
        if status not in NOT_CLOSED
        for route in in_order(others, status)
    ]


def show_blocks(routes: Sequence[RouteAssessment]) -> list[ShownBlocks]:
    """Return for each open route which possible routes a filing there would bar."""
    bodies = {route.code: _short(route) for route in routes if route.status in POSSIBLE}
    return [
        _blocks(route, [block for block in route.blocks if block.bars in bodies], bodies)
        for route in in_order(routes, "open")
    ]


def next_day_box(first: RouteAssessment | None, case: Case) -> ClockBox:
    """Return the clock of the route that closes first: open, for a lawyer to decide, or not known yet.

    A route that is not known may be open, and its time limit runs meanwhile.
    """
    title, rule, href = _("Next route deadline"), _("All routes"), url_for("routes.show", case_id=case.id)
    if first is None or first.last_day is None or first.days_left is None:
        return ClockBox(title, _("None yet"), "neutral", rule=rule, rule_href=href, order=2)
    return ClockBox(
        title,
        show_days_left(first.days_left),
        days_left_kind(first.days_left),
        date=show_date(first.last_day),
        note=_body(first) if first.status == "open" else _perhaps(first),
        rule=rule,
        rule_href=href,
        order=2,
    )


def _perhaps(route: RouteAssessment) -> str:
    if route.status == "needs_lawyer":
        return str(_("%(body)s, if a lawyer finds it open.", body=_body(route)))
    return str(_("%(body)s, if this route is open: that is not known yet.", body=_body(route)))


def _body(route: RouteAssessment) -> str:
    return str(_(route.body))


def _short(route: RouteAssessment) -> str:
    return str(_(load_mechanisms().rows[route.code].short))


def _shown(route: RouteAssessment, kind: Kind) -> ShownRoute:
    # Sentences that are the same for every route are shown once at the top of the page.
    because = tuple(in_words(reason) for reason in route.because if reason != NOT_RECORDED)
    questions = each_in_words(tuple(one for one in route.questions if (one,) != RECORD_IT))
    return ShownRoute(
        code=route.code,
        body=_body(route),
        name=str(_(route.name)),
        is_own=route.is_own,
        kind=kind,
        day=_day(route),
        left=show_days_left(route.days_left) if route.days_left is not None else "",
        left_kind=days_left_kind(route.days_left) if route.days_left is not None else "neutral",
        short=in_words(route.short),
        because=because,
        questions=questions,
        citation=str(_(route.citation)),
    )


def _day(route: RouteAssessment) -> str:
    if route.last_day is not None:
        day = str(_("Last day: %(day)s", day=show_date(route.last_day)))
        if route.arguable_until and route.safe_until == route.last_day != route.arguable_until:
            day += " · " + str(_("arguable until %(day)s", day=show_date(route.arguable_until)))
        return day
    if route.closed_since is not None:
        return str(_("Closed since %(day)s", day=show_date(route.closed_since)))
    return str(_("From %(day)s", day=show_date(route.open_from))) if route.open_from is not None else ""


def _blocks(route: RouteAssessment, blocks: Sequence[Block], bodies: dict[str, str]) -> ShownBlocks:
    def named(wanted: Sequence[Block]) -> str:
        return ", ".join(bodies[block.bars] for block in wanted)

    return ShownBlocks(
        _short(route),
        route.is_own,
        named([block for block in blocks if block.while_pending == "bars"]),
        named([block for block in blocks if block.after_examination == "bars"]),
        named([block for block in blocks if "weighed" in (block.while_pending, block.after_examination)]),
    )
