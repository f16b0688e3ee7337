"""The decisions of the Committee, read at once and searched in memory.

They are a few hundred published texts and contain no case of ours, so everybody may see all of them.
"""

import hashlib
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Subquery, func, select, true

from caseflow.db.searching import lookup
from caseflow.errors import NotFound
from caseflow.features.jurisprudence.commands import DecisionSearch, SearchedWord
from caseflow.law import RULES_OF_THE_PROTOCOL, load_register
from caseflow.law.jurisprudence import (
    DIRECTIONS,
    LISTS,
    MERITS_TOPICS,
    WEIGHTS,
    CommitteeHolding,
    Communication,
    holdings_by_number,
)
from caseflow.models import DecidedCommunication, Holding, RegisterChange
from caseflow.unit_of_work import UnitOfWork

PAGE = 30
QUESTIONS = (*RULES_OF_THE_PROTOCOL, *MERITS_TOPICS)
"""What is held on: the rules of the Protocol, and the questions of the merits."""
DIGEST_LENGTH = 8
SUBJECT = "decision"
"""The subject of decisions, with what was held in them, in the history of reference data."""
REMOVED, HOLDING_REMOVED = "decision.removed", "holding.removed"


@dataclass(frozen=True, slots=True)
class Library:
    """All decisions by number, the latest first, and what was held in them."""

    decisions: Mapping[str, Communication]
    holdings: Sequence[CommitteeHolding]
    held: Mapping[str, Sequence[CommitteeHolding]]
    """What was held in each decision by paragraph, also where it is recorded with one that was joined with it."""
    texts: Mapping[str, str]
    """The words by which each decision is found, in their plain form."""
    version: str
    """That of the pack, until somebody changes a row; afterwards with the day of the last change and a digest of all rows."""

    @property
    def youngest(self) -> date | None:
        """Return the day of the last decision."""
        return next((one.ordered_on for one in self.decisions.values()), None)


class Fingerprint(NamedTuple):
    """Values of a table that change with every change of its rows, as each save increases the row's version."""

    pack: str | None
    rows: int
    versions: int | None
    changed_at: datetime | None


def _fingerprint(table: type[DecidedCommunication | Holding]) -> Subquery:
    values = func.max(table.pack), func.count(table.version), func.sum(table.version), func.max(table.changed_at)
    return select(*values).subquery()


_OF_DECISIONS, _OF_HOLDINGS = _fingerprint(DecidedCommunication), _fingerprint(Holding)
_FINGERPRINTS = select(_OF_DECISIONS, _OF_HOLDINGS).join_from(_OF_DECISIONS, _OF_HOLDINGS, true())
_cache: list[tuple[tuple[Fingerprint, ...], Library]] = []
"""The library that this process read last: at most one, replaced as a whole, so no lock is needed."""


def current_library(uow: UnitOfWork) -> Library:
    """Return the present decisions. One statement checks whether the cached ones are still valid; rows are read only after a change."""
    row = uow.session.execute(_FINGERPRINTS).one()
    fingerprints = Fingerprint(*row[:4]), Fingerprint(*row[4:])
    for before, library in _cache:
        if before == fingerprints:
            return library
    library = _read(uow, fingerprints)
    _cache[:] = [(fingerprints, library)]
    return library


def _read(uow: UnitOfWork, fingerprints: Sequence[Fingerprint]) -> Library:
    rows, held = every_decision(uow).values(), every_holding(uow).values()
    return library_of(map(communication_of, rows), map(holding_of, held), _version(fingerprints, rows, held))


def _version(fingerprints: Sequence[Fingerprint], *tables: Iterable[object]) -> str:
    packs = [one.pack for one in fingerprints if one.pack]
    days = [one.changed_at for one in fingerprints if one.changed_at]
    if not days:
        return max(packs, default="")
    contents = sorted(repr(value) for table in tables for value in map(_contents, table))
    digest = hashlib.sha256("".join(contents).encode()).hexdigest()[:DIGEST_LENGTH]
    return f"{max(packs, default='')}+{max(days):%Y-%m-%d}.{digest}"


def _contents(row: object) -> object:
    return communication_of(row) if isinstance(row, DecidedCommunication) else holding_of(row)


def library_of(communications: Iterable[Communication], holdings: Iterable[CommitteeHolding], version: str) -> Library:
    """Return the library of these communications and holdings."""
    ordered = sorted(communications, key=lambda one: (one.ordered_on, one.serial), reverse=True)
    holdings = tuple(holdings)
    held = holdings_by_number(ordered, holdings)
    return Library(
        decisions={one.number: one for one in ordered},
        holdings=holdings,
        held=held,
        texts={one.number: _searched(one, held[one.number]) for one in ordered},
        version=version,
    )


def communication_of(row: object) -> Communication:
    """Return the values of a row."""
    values = {field.name: getattr(row, field.name) for field in fields(Communication)}
    return Communication(**values | {name: tuple(values[name]) for name in LISTS})


def holding_of(row: object) -> CommitteeHolding:
    """Return the values of a row."""
    return CommitteeHolding(**{field.name: getattr(row, field.name) for field in fields(CommitteeHolding)})


def _searched(one: Communication, held: Sequence[CommitteeHolding]) -> str:
    state = load_register().states.get(one.state_code)
    names = (one.number, one.symbol or one.source, one.short_name, state.name if state else "", one.topic)
    asked = (*one.individual_recommendations, *one.general_recommendations)
    return lookup(*names, *asked, *(holding.sentence for holding in held))


@dataclass(frozen=True, slots=True)
class FoundDecisions:
    """A page of the list, the latest first; `next` is the number of its last decision if more follow.

    `outcomes` are the numbers of decisions that match, by outcome, whatever outcomes are asked for.
    """

    rows: Sequence[Communication]
    total: int
    next: str
    outcomes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Offered:
    """What the decisions have, for the choices of the filters."""

    states: Sequence[str]
    years: Sequence[int]


def offered(library: Library) -> Offered:
    """Return the States and years of all decisions; the latest year first."""
    every = library.decisions.values()
    years = {one.year for one in every if one.year is not None}
    return Offered(sorted({one.state_code for one in every}), sorted(years, reverse=True))


def found_decisions(library: Library, search: DecisionSearch, *, after: str = "") -> FoundDecisions:
    """Return a page of the decisions that match, behind the one with the number `after`."""
    matching = [one for one in library.decisions.values() if _fits(library, one, search)]
    found = [one for one in matching if not search.outcomes or one.outcome in search.outcomes]
    rest = found
    if after:
        last = library.decisions.get(after)
        rest = [one for one in found if last is not None and _place(one) < _place(last)]
    following = rest[PAGE - 1].number if len(rest) > PAGE else ""
    return FoundDecisions(rest[:PAGE], len(found), following, Counter(one.outcome for one in matching))


def _place(one: Communication) -> tuple[date, int]:
    return one.ordered_on, one.serial


def _fits(library: Library, one: Communication, search: DecisionSearch) -> bool:
    asked = (
        (search.number, one.number == search.number),
        (search.right, search.right in one.rights),
        (search.topic, one.topic == search.topic),
        (search.state, one.state_code == search.state),
        (search.year, one.year == search.year),
        (search.rule, any(holding.rule == search.rule for holding in library.held[one.number])),
    )
    return all(fits for value, fits in asked if value) and all(_has(library, one, word) for word in search.words)


def _has(library: Library, one: Communication, word: SearchedWord) -> bool:
    return word.text in library.texts[one.number] or one.topic in word.topics or one.state_code in word.states


def one_decision(library: Library, number: str) -> Communication:
    """Return a decided communication by its number.

    Raises:
        NotFound: there is none with this number.
    """
    found = library.decisions.get(number)
    if found is None:
        raise NotFound("No decided communication with this number is recorded here.")
    return found


def check_question(rule: str) -> None:
    """Check that there is such a rule or question.

    Raises:
        NotFound: there is none.
    """
    if rule not in QUESTIONS:
        raise NotFound("There is no rule and no question of the merits with this name.")


def holdings_on(library: Library, rule: str) -> Sequence[tuple[CommitteeHolding, Communication]]:
    """Return what was held on a rule: against the author first, the weightiest first, then the latest."""
    check_question(rule)
    by_symbol = {one.symbol: one for one in library.decisions.values() if one.symbol}
    found = [(one, by_symbol[one.symbol]) for one in library.holdings if one.rule == rule]
    return sorted(found, key=lambda one: _weight(*one))


def _weight(holding: CommitteeHolding, decision: Communication) -> tuple[Any, ...]:
    rank = DIRECTIONS.index(holding.direction), WEIGHTS.index(holding.weight)
    return *rank, -decision.ordered_on.toordinal(), holding.id


def counts_of_rules(library: Library) -> Mapping[str, Mapping[str, int]]:
    """Return the numbers of holdings by rule and direction."""
    found: dict[str, Counter[str]] = {}
    for one in library.holdings:
        found.setdefault(one.rule, Counter())[one.direction] += 1
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


def figures(library: Library) -> Figures:
    """Return the figures."""
    every = library.decisions.values()
    by_year: dict[int | None, Counter[str]] = {}
    for one in sorted(every, key=lambda one: (one.year is None, one.year)):
        by_year.setdefault(one.year, Counter())[one.outcome] += 1
    lengths = [(one.kind, one.duration_days) for one in every if one.duration_days is not None]
    kinds: list[str | None] = [*sorted({kind for kind, _ in lengths}), *([None] if lengths else [])]
    return Figures(
        by_year=by_year,
        grounds=[one.grounds_inadmissible for one in every if one.outcome == "inadmissible"],
        durations=[_duration(kind, [days for of, days in lengths if kind in {None, of}]) for kind in kinds],
        reasons=Counter(one.reason_discontinued for one in every if one.outcome == "discontinued"),
    )


def _duration(kind: str | None, days: Sequence[int]) -> Duration:
    return Duration(kind, len(days), statistics.median(days), min(days), max(days))


def stored_decision(uow: UnitOfWork, number: str) -> DecidedCommunication:
    """Return the row of a decision, to be changed.

    Raises:
        NotFound: there is none with this number.
    """
    found = uow.session.get(DecidedCommunication, number) if number.replace("/", "").isdecimal() else None
    if found is None:
        raise NotFound("No decided communication with this number is recorded here.")
    return found


def stored_holding(uow: UnitOfWork, number: str, holding_id: str) -> Holding:
    """Return the row of what was held in a decision, to be changed.

    Raises:
        NotFound: the decision has no holding with this id under its own symbol.
    """
    decision = stored_decision(uow, number)
    found = uow.session.get(Holding, holding_id) if holding_id.isprintable() else None
    if found is None or found.symbol != decision.symbol:
        raise NotFound("This holding does not exist, or was removed.")
    return found


def loaded_packs(uow: UnitOfWork) -> set[str]:
    """Return the versions of the packs from which the rows are."""
    return {
        *uow.session.scalars(select(DecidedCommunication.pack).distinct()),
        *uow.session.scalars(select(Holding.pack).distinct()),
    }


def removed_here(uow: UnitOfWork) -> tuple[set[str], set[str]]:
    """Return the numbers of decisions and the ids of holdings that somebody has removed: a newer pack does not bring them back."""
    wanted = select(RegisterChange.action, RegisterChange.subject_key, RegisterChange.changes).where(
        RegisterChange.subject == SUBJECT, RegisterChange.action.in_((REMOVED, HOLDING_REMOVED))
    )
    found = uow.session.execute(wanted).all()
    holdings = {str(cast("list[object]", one.changes["id"])[0]) for one in found if one.action == HOLDING_REMOVED}
    return {one.subject_key for one in found if one.action == REMOVED}, holdings


def every_decision(uow: UnitOfWork) -> dict[str, DecidedCommunication]:
    """Return all rows by number."""
    return {row.number: row for row in uow.session.scalars(select(DecidedCommunication))}


def every_holding(uow: UnitOfWork) -> dict[str, Holding]:
    """Return all holdings by id."""
    return {row.id: row for row in uow.session.scalars(select(Holding).order_by(Holding.id))}
