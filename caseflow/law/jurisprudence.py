"""The packaged decisions of the Committee: every decided communication, and what was held on which rule, by paragraph.

Facts and figures come from the documents of the United Nations that each row names; the sentences are our own words. What each
column means: docs/law/decisions-library.md.
"""

import csv
import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from caseflow.law.dates import UncertainDate

MERITS_TOPICS: Final = (
    "proportionality", "alternative-housing", "due-diligence", "interim-measures-breach", "retrogression",
    "discrimination", "reasonableness-8-4", "reparation", "judicial-protection", "social-security", "health-consent",
    "indigenous-land", "consultation", "child-interests",
)  # fmt: skip
"""Questions of the merits, on which the engine has no rule."""
EXAMINED: Final = ("violation", "no_violation", "partly", "inadmissible")
"""The outcomes of communications that the Committee examined to a result of law."""
RULE_OF_GROUND: Final[Mapping[str, str]] = {
    "2": "victim-standing",
    "3(1)": "exhaustion",
    "3(2)(a)": "one-year",
    "3(2)(b)": "facts-after-entry-into-force",
    "3(2)(c)": "same-matter",
    "3(2)(d)": "covenant-right",
    "3(2)(e)": "substantiation",
    "3(2)(f)": "abuse",
    "3(2)(g)": "written-and-named",
    "4": "clear-disadvantage",
}
"""The rule of the engine that each ground of inadmissibility, an article of the Protocol, belongs to."""
OUTCOMES_OF_KIND: Final[Mapping[str, Collection[str]]] = {
    "views": ("violation", "no_violation"),
    "inadmissibility": ("inadmissible",),
    "admissibility": ("partly",),
    "discontinuance": ("discontinued",),
    "friendly_settlement": ("settled",),
    "unknown": ("unknown",),
}
"""The outcomes that each kind of decision can have."""
TOPICS: Final = (
    "eviction_squat", "eviction_tenant", "eviction_false_lease", "eviction_settlement", "eviction_consent_withdrawn",
    "eviction_new_owner", "eviction_subsidised_purchase", "foreclosure", "attachment_of_home", "asylum_reception",
    "pension", "pension_occupational", "benefit_prisoner", "severance_pay", "working_time_pay", "promotion",
    "union_dismissal", "human_rights_defender", "health_care", "reproductive_health", "sport", "indigenous_land",
)  # fmt: skip
INTERIM_MEASURES: Final = ("yes", "lifted", "breached", "refused", "no")
REASONS: Final = (
    "no_reply", "lost_contact", "housing_provided", "housing_found", "agreement_with_owner", "left_housing",
    "order_lapsed", "withdrawn", "not_stated", "not_seen",
)  # fmt: skip
BASES: Final = ("full_text", "heading", "list", "list_title", "cited")
DAYS: Final = ("adopted_on", "submitted_on", "registered_on")
COLUMNS: Final = (
    "number", "symbol", "short_name", "state", "kind", "outcome", "adopted_on", "submitted_on", "registered_on",
    "interim_measures", "articles_found_violated", "articles_claimed", "grounds_inadmissible", "rights",
    "violation_types", "topic", "groups", "reason_discontinued", "individual_recommendations",
    "general_recommendations", "joined_with", "text_basis", "notes", "source",
)  # fmt: skip
"""The columns of `communications.csv` that are read; `duration_days` follows from the days."""
HOLDING_COLUMNS: Final = ("id", "rule", "symbol", "paragraph", "holding", "direction", "weight")
DIRECTIONS: Final = ("for_state", "for_author", "neutral")
"""Whom a holding helps, those against the author first: they are what a lawyer must answer."""
WEIGHTS: Final = ("leading", "consistent", "single")
"""An editorial judgement, the weightiest first. The Committee gives no such rank."""
LISTS: Final = (
    "articles_found_violated", "articles_claimed", "grounds_inadmissible", "rights", "violation_types", "groups",
    "individual_recommendations", "general_recommendations", "joined_with",
)  # fmt: skip
"""The columns that hold several values, with `;` between."""
_DIGEST_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Communication:
    """One decided communication. An empty value is not stated or was not seen; it never means "no"."""

    number: str
    symbol: str | None
    short_name: str
    state_code: str
    kind: str
    outcome: str
    adopted_on: UncertainDate | None
    submitted_on: UncertainDate | None
    registered_on: UncertainDate | None
    interim_measures: str
    articles_found_violated: tuple[str, ...]
    articles_claimed: tuple[str, ...]
    grounds_inadmissible: tuple[str, ...]
    rights: tuple[str, ...]
    violation_types: tuple[str, ...]
    topic: str
    groups: tuple[str, ...]
    reason_discontinued: str
    individual_recommendations: tuple[str, ...]
    general_recommendations: tuple[str, ...]
    joined_with: tuple[str, ...]
    text_basis: str
    notes: str
    source: str

    @property
    def serial(self) -> int:
        """Return the first part of the number, by which the Committee counts on from year to year."""
        return int(self.number.partition("/")[0])

    @property
    def duration_days(self) -> int | None:
        """Return the days from submission to adoption, where both are known exactly."""
        first, last = (_exact(day) for day in (self.submitted_on, self.adopted_on))
        return (last - first).days if first and last else None

    @property
    def year(self) -> int | None:
        """Return the year of adoption."""
        return self.adopted_on.year if self.adopted_on else None

    @property
    def ordered_on(self) -> date:
        """Return the day by which decisions are ordered: the first on which this one may have been adopted.

        Without a day of adoption it is the beginning of the year of the number.
        """
        return self.adopted_on.earliest if self.adopted_on else date(int(self.number.partition("/")[2]), 1, 1)


@dataclass(frozen=True, slots=True)
class CommitteeHolding:
    """What the Committee held, in one sentence of ours, and where."""

    id: str
    rule: str
    """A rule of the engine, or one of `MERITS_TOPICS`."""
    symbol: str
    paragraph: str
    sentence: str
    direction: str
    weight: str


@dataclass(frozen=True, slots=True)
class Jurisprudence:
    """All decisions and holdings of one version. `youngest` is the day of the last decision that was read."""

    version: str
    youngest: date
    communications: tuple[Communication, ...]
    holdings: tuple[CommitteeHolding, ...]


@cache
def load_jurisprudence() -> Jurisprudence:
    """Return the packaged decisions. The version ends with a digest, so that a changed table is noticed."""
    about = json.loads(_text("jurisprudence.json"))
    tables = [_text(name) for name in ("communications.csv", "holdings.csv")]
    digest = hashlib.sha256("".join(tables).encode()).hexdigest()[:_DIGEST_LENGTH]
    communications, holdings = (csv.DictReader(table.splitlines()) for table in tables)
    return Jurisprudence(
        f"{about['version']}.{digest}",
        date.fromisoformat(about["youngest"]),
        tuple(communication_from(row) for row in communications),
        tuple(holding_from(row) for row in holdings),
    )


def holdings_by_number(
    communications: Iterable[Communication], holdings: Iterable[CommitteeHolding]
) -> Mapping[str, tuple[CommitteeHolding, ...]]:
    """Return what was held in each communication by paragraph, also where it is recorded with one that was joined with it."""
    by_symbol: dict[str, list[CommitteeHolding]] = {}
    for holding in sorted(holdings, key=lambda one: (_paragraph(one.paragraph), one.id)):
        by_symbol.setdefault(holding.symbol, []).append(holding)
    every = tuple(communications)
    symbols = {one.number: one.symbol for one in every}
    return {
        one.number: tuple(
            holding
            for symbol in dict.fromkeys((one.symbol, one.source, *(symbols.get(other) for other in one.joined_with)))
            for holding in by_symbol.get(symbol or "", ())
        )
        for one in every
    }


def _paragraph(paragraph: str) -> tuple[int, ...]:
    return tuple(int(part) for part in paragraph.split("."))


def deciding_holding(
    outcome: str, grounds: Collection[str], holdings: Iterable[CommitteeHolding]
) -> CommitteeHolding | None:
    """Return the holding that says best why a communication ended as it did; None if it has none that helped who won.

    Of an inadmissible one it is on a rule of its grounds, of others on a question of the merits where there is one. The
    weightiest comes first, then the one with the first id. This is an editorial choice, like the weights.

    Args:
        outcome: one of `EXAMINED`.
        grounds: the articles of the Protocol on which it was inadmissible.
        holdings: those of its decision.
    """
    winner = "for_author" if outcome in {"violation", "partly"} else "for_state"
    rules = {RULE_OF_GROUND[ground] for ground in grounds} if outcome == "inadmissible" else {*MERITS_TOPICS}
    helping = (one for one in holdings if one.direction == winner)
    return min(helping, key=lambda one: (one.rule not in rules, WEIGHTS.index(one.weight), one.id), default=None)


def _text(name: str) -> str:
    return (files("caseflow.law.data") / name).read_text(encoding="utf-8")


def _exact(day: UncertainDate | None) -> date | None:
    return day.earliest if day and not day.is_vague and day.earliest == day.latest else None


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";")) if cell else ()


def _day(cell: str) -> UncertainDate | None:
    return UncertainDate.parse(cell) if cell else None


def communication_from(row: Mapping[str, str]) -> Communication:
    """Return the communication in a row of `communications.csv`.

    Raises:
        DateError: a day is not written as dates of case facts are.
    """
    lists: dict[str, tuple[str, ...]] = {name: _parts(row[name]) for name in LISTS}
    return Communication(
        number=row["number"],
        symbol=row["symbol"] or None,
        short_name=row["short_name"],
        state_code=row["state"],
        kind=row["kind"],
        outcome=row["outcome"],
        adopted_on=_day(row["adopted_on"]),
        submitted_on=_day(row["submitted_on"]),
        registered_on=_day(row["registered_on"]),
        interim_measures=row["interim_measures"],
        topic=row["topic"],
        reason_discontinued=row["reason_discontinued"],
        text_basis=row["text_basis"],
        notes=row["notes"],
        source=row["source"],
        **lists,
    )


def holding_from(row: Mapping[str, str]) -> CommitteeHolding:
    """Return the holding in a row of `holdings.csv`."""
    return CommitteeHolding(
        row["id"], row["rule"], row["symbol"], row["paragraph"], row["holding"], row["direction"], row["weight"]
    )
