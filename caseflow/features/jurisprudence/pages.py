"""What the pages of the decisions show, in words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from caseflow.features.jurisprudence import queries
from caseflow.features.jurisprudence.forms import EVERY_OUTCOME, DecisionsForm
from caseflow.features.jurisprudence.queries import QUESTIONS, Figures, Library
from caseflow.features.jurisprudence.words import (
    DOCUMENTS,
    KIND_OF_DIRECTION,
    KIND_OF_OUTCOME,
    address_of,
    name_of,
    page_url,
    question_words,
    show_article,
    show_duration,
)
from caseflow.law import RULES_OF_THE_PROTOCOL
from caseflow.law.jurisprudence import DIRECTIONS, EXAMINED, CommitteeHolding, Communication
from caseflow.web.dates import Kind, show_date, show_number
from caseflow.web.kit import Link
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext
from caseflow.web.words import label, labels, state_name

Row = tuple[str, object]


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision in the list."""

    name: str
    href: str
    symbol: str
    state: str
    outcome: str
    kind: Kind
    about: str
    adopted: str


@dataclass(frozen=True, slots=True)
class Tab(Link):
    """A filter of the outcome, with the number of decisions."""

    count: str = ""


@dataclass(frozen=True, slots=True)
class DecisionList:
    """A page of the list; `older` is the address of the next one, and `tabs` lead to the usual filters of the outcome."""

    tabs: list[Tab]
    lines: list[DecisionLine]
    total: int
    older: str


def decision_list(library: Library, form: DecisionsForm, after: str) -> DecisionList:
    """Return a page of the decisions that match the filters."""
    found = queries.found_decisions(library, form.search(), after=after.replace("-", "/"))
    given: dict[str, Any] = dict(form.given())
    older = page_url("index", **given, after=found.next.replace("/", "-")) if found.next else ""
    return DecisionList(
        _tabs(given, form.shown_outcome, found.outcomes), [_line(row) for row in found.rows], found.total, older
    )


def _tabs(given: dict[str, Any], chosen: str, outcomes: Mapping[str, int]) -> list[Tab]:
    """Return links to decisions with a result of law, to all, and to discontinued ones, with what the other filters find."""
    tabs = {
        "": (_("Examined decisions"), EXAMINED),
        EVERY_OUTCOME: (_("All decisions"), tuple(outcomes)),
        "discontinued": (_("Discontinued decisions"), ("discontinued",)),
    }
    rest = {name: value for name, value in given.items() if name != "outcome"}
    return [
        Tab(
            str(words),
            page_url("index", **rest, outcome=outcome or None),
            outcome == chosen,
            count=show_number(sum(outcomes.get(one, 0) for one in counted)),
        )
        for outcome, (words, counted) in tabs.items()
    ]


def _line(row: Communication) -> DecisionLine:
    return DecisionLine(
        name=name_of(row),
        href=address_of(row.number),
        symbol=row.symbol or str(_("%(number)s, decided with others", number=row.number)),
        state=state_name(row.state_code),
        outcome=label("decision_outcome", row.outcome),
        kind=KIND_OF_OUTCOME[row.outcome],
        about=label("decision_topic", row.topic) or str(_("Text not seen")),
        adopted=show_date(row.adopted_on),
    )


@dataclass(frozen=True, slots=True)
class ShownHolding:
    """What was held, in one paragraph. `name` and `href` are those of its decision."""

    sentence: str
    symbol: str
    paragraph: str
    text_href: str
    direction: str
    kind: Kind
    weight: str
    question: str
    question_href: str
    id: str
    name: str = ""
    href: str = ""
    outcome: str = ""


def shown_holding(holding: CommitteeHolding, decision: Communication | None = None) -> ShownHolding:
    """Return a holding in words, with its decision where one is given."""
    return ShownHolding(
        sentence=holding.sentence,
        symbol=holding.symbol,
        paragraph=holding.paragraph,
        text_href=DOCUMENTS + holding.symbol,
        direction=label("holding_direction", holding.direction),
        kind=KIND_OF_DIRECTION[holding.direction],
        weight=label("holding_weight", holding.weight),
        question=question_words(holding.rule),
        question_href=page_url("rule", rule=holding.rule),
        id=holding.id,
        name=name_of(decision) if decision else "",
        href=address_of(decision.number) if decision else "",
        outcome=label("decision_outcome", decision.outcome) if decision else "",
    )


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """One decision, in words."""

    name: str
    outcome: str
    kind: Kind
    facts: list[Row]
    claims: list[Row]
    joined: list[Link]
    recommended: list[tuple[str, Sequence[str]]]
    holdings: list[ShownHolding]
    symbol: str
    """Of the document in which it is decided."""
    text_href: str
    basis: str
    notes: str


def decision_page(library: Library, number: str) -> DecisionPage:
    """Return the page of a decision.

    Raises:
        NotFound: there is none with this number.
    """
    row = queries.one_decision(library, number.replace("-", "/"))
    symbol = row.symbol or row.source
    asked = [
        (str(_("For the authors")), row.individual_recommendations),
        (str(_("For everybody")), row.general_recommendations),
    ]
    return DecisionPage(
        name=name_of(row),
        outcome=label("decision_outcome", row.outcome),
        kind=KIND_OF_OUTCOME[row.outcome],
        facts=_facts(row),
        claims=_claims(row),
        joined=[Link(other, address_of(other)) for other in row.joined_with],
        recommended=[one for one in asked if one[1]],
        holdings=[shown_holding(one) for one in library.held[row.number]],
        symbol=symbol,
        text_href=DOCUMENTS + symbol,
        basis=label("decision_basis", row.text_basis),
        notes=row.notes,
    )


def _facts(row: Communication) -> list[Row]:
    days = row.duration_days
    interim = label("decision_interim_measures", row.interim_measures) or _("Not stated")
    length = f"{show_duration(days)} ({_days(days)})" if days is not None else _("Not known")
    rows: list[Row] = [
        (_("State"), state_name(row.state_code)),
        (_("Decision"), label("decision_kind", row.kind)),
        (_("Submission"), show_date(row.submitted_on)),
        (_("Registration"), show_date(row.registered_on)),
        (_("Adoption"), show_date(row.adopted_on)),
        (_("Time from submission to adoption"), length),
        (_("Interim measures"), interim),
    ]
    if row.reason_discontinued:
        rows.append((_("Why it was discontinued"), label("decision_reason", row.reason_discontinued)))
    return rows


def _days(days: float) -> str:
    return ngettext("%(shown)s day", "%(shown)s days", round(days), shown=show_number(round(days)))


def _claims(row: Communication) -> list[Row]:
    """Return what it was about, without the rows that are empty."""
    grounds = "; ".join(label("decision_ground", ground) for ground in row.grounds_inadmissible)
    part = _("Why inadmissible") if row.outcome == "inadmissible" else _("Inadmissible in part")
    rows: list[Row] = [
        (_("Situation"), label("decision_topic", row.topic)),
        (_("Rights"), labels("right", list(row.rights))),
        (_("Types of violation"), labels("violation_type", list(row.violation_types))),
        (_("Groups"), labels("group", list(row.groups))),
        (_("Articles claimed"), _articles(row.articles_claimed)),
        (_("Articles found violated"), _articles(row.articles_found_violated)),
        (part, grounds),
    ]
    return [one for one in rows if one[1]]


def _articles(articles: Iterable[str]) -> str:
    return "; ".join(show_article(article) for article in articles)


@dataclass(frozen=True, slots=True)
class DirectionGroup:
    """The holdings on one rule that help the same side."""

    title: str
    holdings: list[ShownHolding]


def rule_groups(library: Library, rule: str) -> list[DirectionGroup]:
    """Return what was held on a rule, what is against the author first.

    Raises:
        NotFound: there is no such rule.
    """
    found = queries.holdings_on(library, rule)
    titles = {
        "for_state": _("Against the author"),
        "for_author": _("For the author"),
        "neutral": _("For neither side"),
    }
    groups = [
        DirectionGroup(str(titles[side]), [shown_holding(*one) for one in found if one[0].direction == side])
        for side in DIRECTIONS
    ]
    return [group for group in groups if group.holdings]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule with its numbers of holdings, in the order of `DIRECTIONS`."""

    words: str
    href: str
    numbers: list[str]


def rule_tables(library: Library) -> list[tuple[str, list[RuleLine]]]:
    """Return the rules of the Protocol and the questions of the merits with their numbers."""
    counts = queries.counts_of_rules(library)
    lines = {
        rule: RuleLine(
            question_words(rule),
            page_url("rule", rule=rule),
            [show_number(counts.get(rule, {}).get(direction, 0)) for direction in DIRECTIONS],
        )
        for rule in QUESTIONS
    }
    rules = [line for rule, line in lines.items() if rule in RULES_OF_THE_PROTOCOL]
    merits = [line for rule, line in lines.items() if rule not in RULES_OF_THE_PROTOCOL]
    return [(str(_("Admissibility: the rules of the Protocol")), rules), (str(_("Questions of the merits")), merits)]


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A row of a table of figures: its words, its numbers, and the value of its bar."""

    words: str
    numbers: list[str]
    value: float


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table of figures. `columns` are the headings behind the first one."""

    name: str
    title: str
    first: str
    columns: list[str]
    lines: list[FigureLine]
    note: str

    @property
    def headings(self) -> list[str | tuple[str, str]]:
        """Return the headings of all columns, as the macro `table` takes them."""
        return [self.first, *((column, "numeric") for column in self.columns)]

    @property
    def largest(self) -> float:
        """Return the largest value of a bar."""
        return max((line.value for line in self.lines), default=0) or 1


def figure_tables(library: Library) -> list[FigureTable]:
    """Return the tables of figures."""
    found = queries.figures(library)
    return [_by_year(found), _by_ground(found), _by_length(found), _by_reason(found)]


def _by_year(found: Figures) -> FigureTable:
    shown = (*EXAMINED, "discontinued", "unknown")
    lines = [
        FigureLine(
            str(year or _("No date")), [show_number(counts.get(outcome, 0)) for outcome in shown], sum(counts.values())
        )
        for year, counts in found.by_year.items()
    ]
    return FigureTable(
        "years",
        str(_("Outcomes by year of adoption")),
        str(_("Year")),
        [label("decision_outcome", outcome) for outcome in shown],
        lines,
        str(_("Communications: a decision on several counts once for each. The bar shows all of a year.")),
    )


def _by_ground(found: Figures) -> FigureTable:
    every = Counter(ground for grounds in found.grounds for ground in grounds)
    alone = Counter(grounds[0] for grounds in found.grounds if len(grounds) == 1)
    lines = [
        FigureLine(label("decision_ground", ground), [show_number(number), show_number(alone[ground])], number)
        for ground, number in every.most_common()
    ]
    return FigureTable(
        "grounds",
        str(_("Grounds of inadmissibility")),
        str(_("Ground")),
        [str(_("Communications")), str(_("As the only ground"))],
        lines,
        str(
            _(
                "Of %(number)s communications that are wholly inadmissible; several grounds may apply to one.",
                number=show_number(len(found.grounds)),
            )
        ),
    )


def _by_length(found: Figures) -> FigureTable:
    lines = [
        FigureLine(
            label("decision_kind", one.kind) if one.kind else str(_("All decisions")),
            [show_number(one.number), show_duration(one.median), _days(one.shortest), _days(one.longest)],
            one.median,
        )
        for one in found.durations
    ]
    return FigureTable(
        "durations",
        str(_("Time from submission to adoption")),
        str(_("Decision")),
        [str(_("Communications")), str(_("Median")), str(_("Shortest")), str(_("Longest"))],
        lines,
        str(_("Only communications of which both days are known exactly. The bar shows the median.")),
    )


def _by_reason(found: Figures) -> FigureTable:
    ordered = sorted(found.reasons.items(), key=lambda one: (one[0] == "not_seen", -one[1], one[0]))
    lines = [FigureLine(label("decision_reason", reason), [show_number(number)], number) for reason, number in ordered]
    total = show_number(sum(found.reasons.values()))
    return FigureTable(
        "discontinued",
        str(_("Why communications were discontinued")),
        str(_("Reason")),
        [str(_("Communications"))],
        lines,
        str(_("Of %(number)s communications that were discontinued.", number=total)),
    )
