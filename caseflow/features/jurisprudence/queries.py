"""Queries of the decisions of the Committee. They are published and contain no case of ours, so everybody may see all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, any_, func, literal, or_, select, tuple_
from sqlalchemy.orm import defer

from caseflow.errors import NotFound
from caseflow.features.jurisprudence.commands import DecisionSearch, SearchedWord
from caseflow.law import RULES_OF_THE_PROTOCOL
from caseflow.law.jurisprudence import DIRECTIONS, EXAMINED, MERITS_TOPICS, WEIGHTS
from caseflow.models import DecidedCommunication as Decided
from caseflow.models import Holding
from caseflow.unit_of_work import UnitOfWork

PAGE = 30
QUESTIONS = (*RULES_OF_THE_PROTOCOL, *MERITS_TOPICS)
"""What is held on: the rules of the Protocol, and the questions of the merits."""


@dataclass(frozen=True, slots=True)
class FoundDecisions:
    """A page of the list, the latest first; `next` is the number of its last decision if more follow."""

    rows: Sequence[Decided]
    total: int
    next: str


@dataclass(frozen=True, slots=True)
class Offered:
    """What the decisions have, for the choices of the filters."""

    states: Sequence[str]
    years: Sequence[int]


def offered(uow: UnitOfWork) -> Offered:
    """Return the States and years of all decisions; the latest year first. One statement."""
    states, years = func.array_agg(Decided.state_code.distinct()), func.array_agg(Decided.year.distinct())
    found = uow.session.execute(select(states, years)).one()
    return Offered(found[0] or [], sorted((year for year in found[1] or [] if year is not None), reverse=True))


def found_decisions(uow: UnitOfWork, search: DecisionSearch, *, after: str = "") -> FoundDecisions:
    """Return a page of the decisions that match, behind the one with the number `after`: two statements."""
    conditions = list(_conditions(search))
    total = uow.session.scalar(select(func.count()).select_from(Decided).where(*conditions)) or 0
    place = tuple_(Decided.ordered_on, Decided.serial)
    rows = select(Decided).where(*conditions).order_by(Decided.ordered_on.desc(), Decided.serial.desc())
    if after:
        last = select(Decided.ordered_on, Decided.serial).where(Decided.number == after)
        rows = rows.where(place < last.scalar_subquery())
    found = uow.session.scalars(rows.limit(PAGE + 1)).all()
    return FoundDecisions(found[:PAGE], total, found[PAGE - 1].number if len(found) > PAGE else "")


def _conditions(search: DecisionSearch) -> Sequence[ColumnElement[bool]]:
    asked: list[tuple[object, ColumnElement[bool]]] = [
        (search.number, Decided.number == search.number),
        (search.right, literal(search.right) == any_(Decided.rights)),
        (search.rule, literal(search.rule) == any_(Decided.rules)),
        (search.topic, Decided.topic == search.topic),
        (search.state, Decided.state_code == search.state),
        (search.outcomes, Decided.outcome.in_(search.outcomes)),
        (search.year, Decided.year == search.year),
    ]
    return [*(condition for value, condition in asked if value), *(_has(word) for word in search.words)]


def _has(word: SearchedWord) -> ColumnElement[bool]:
    return or_(
        Decided.search_text.contains(word.text, autoescape=True),
        Decided.topic.in_(word.topics),
        Decided.state_code.in_(word.states),
    )


def one_decision(uow: UnitOfWork, number: str) -> Decided:
    """Return a decided communication by its number.

    Raises:
        NotFound: there is none with this number.
    """
    found = uow.session.get(Decided, number) if number.replace("/", "").isdecimal() else None
    if found is None:
        raise NotFound("No decided communication with this number is recorded here.")
    return found


def holdings_of(uow: UnitOfWork, decision: Decided) -> Sequence[Holding]:
    """Return what was held in a decision, also where it is recorded with a communication that was joined with it."""
    joined = select(Decided.symbol).where(Decided.number.in_(decision.joined_with))
    own = Holding.symbol.in_([decision.symbol, decision.source])
    found = uow.session.scalars(select(Holding).where(or_(own, Holding.symbol.in_(joined)))).all()
    return sorted(found, key=lambda one: (_paragraph(one.paragraph), one.id))


def _paragraph(paragraph: str) -> tuple[int, ...]:
    return tuple(int(part) for part in paragraph.split("."))


def check_question(rule: str) -> None:
    """Check that there is such a rule or question.

    Raises:
        NotFound: there is none.
    """
    if rule not in QUESTIONS:
        raise NotFound("There is no rule and no question of the merits with this name.")


def holdings_on(uow: UnitOfWork, rule: str) -> Sequence[tuple[Holding, Decided]]:
    """Return what was held on a rule: against the author first, the weightiest first, then the latest. One statement."""
    check_question(rule)
    wanted = select(Holding, Decided).join(Decided, Decided.symbol == Holding.symbol).where(Holding.rule == rule)
    found = [(row[0], row[1]) for row in uow.session.execute(wanted)]
    return sorted(found, key=lambda one: _place(*one))


def _place(holding: Holding, decision: Decided) -> tuple[Any, ...]:
    rank = DIRECTIONS.index(holding.direction), WEIGHTS.index(holding.weight)
    return *rank, -decision.ordered_on.toordinal(), holding.id


def examined_decisions(uow: UnitOfWork) -> Sequence[tuple[Decided, Sequence[Holding]]]:
    """Return all decisions with a result of law, each with what was held in it or in one joined with it: one statement."""
    wanted = (
        select(Decided, Holding)
        .outerjoin(Holding, Holding.symbol == Decided.symbol)
        .where(Decided.outcome.in_(EXAMINED))
        .options(defer(Decided.search_text))
    )
    decisions: dict[str, Decided] = {}
    held: dict[str, list[Holding]] = {}
    for decision, holding in uow.session.execute(wanted):
        decisions[decision.number] = decision
        held.setdefault(decision.number, []).extend([holding] if holding else [])
    return [
        (one, [holding for number in (one.number, *one.joined_with) for holding in held.get(number, ())])
        for one in decisions.values()
    ]


def counts_of_rules(uow: UnitOfWork) -> Mapping[str, Mapping[str, int]]:
    """Return the numbers of holdings by rule and direction: one statement."""
    counted = select(Holding.rule, Holding.direction, func.count()).group_by(Holding.rule, Holding.direction)
    found: dict[str, dict[str, int]] = {}
    for rule, direction, number in uow.session.execute(counted):
        found.setdefault(rule, {})[direction] = number
    return found


@dataclass(frozen=True, slots=True)
class Duration:
    """How long the Committee took from submission to adoption, in days. Without a kind it is that of all decisions."""

    kind: str | None
    number: int
    median: float
    shortest: int
    longest: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted of all decisions."""

    by_year: Mapping[int | None, Mapping[str, int]]
    """Numbers of communications by year of adoption and outcome, the years in order, at the end those without."""
    grounds: Sequence[Sequence[str]]
    """The grounds of each communication that is wholly inadmissible."""
    durations: Sequence[Duration]
    """By kind of decision, and of all of them, where both days are exact."""
    reasons: Mapping[str, int]
    """Numbers of discontinued communications by reason."""


def figures(uow: UnitOfWork) -> Figures:
    """Return the figures: four statements."""
    run, days = uow.session.execute, Decided.duration_days
    by_year: dict[int | None, dict[str, int]] = {}
    years = select(Decided.year, Decided.outcome, func.count()).group_by(Decided.year, Decided.outcome)
    for year, outcome, number in run(years.order_by(Decided.year)):
        by_year.setdefault(year, {})[outcome] = number
    median = func.percentile_cont(0.5).within_group(days)
    lengths = select(Decided.kind, func.count(), median, func.min(days), func.max(days)).where(days.is_not(None))
    grouped = lengths.group_by(func.grouping_sets(tuple_(Decided.kind), tuple_())).order_by(Decided.kind)
    reasons = select(Decided.reason_discontinued, func.count()).where(Decided.outcome == "discontinued")
    return Figures(
        by_year=by_year,
        grounds=uow.session.scalars(
            select(Decided.grounds_inadmissible).where(Decided.outcome == "inadmissible")
        ).all(),
        durations=[Duration(*row) for row in run(grouped)],
        reasons={row[0]: row[1] for row in run(reasons.group_by(Decided.reason_discontinued))},
    )


def loaded_packs(uow: UnitOfWork) -> set[str]:
    """Return the versions of the packs from which the rows are."""
    return {
        *uow.session.scalars(select(Decided.pack).distinct()),
        *uow.session.scalars(select(Holding.pack).distinct()),
    }


def every_decision(uow: UnitOfWork) -> dict[str, Decided]:
    """Return all rows by number, to be changed."""
    return {row.number: row for row in uow.session.scalars(select(Decided))}


def every_holding(uow: UnitOfWork) -> dict[str, Holding]:
    """Return all holdings by id, to be changed."""
    return {row.id: row for row in uow.session.scalars(select(Holding))}
