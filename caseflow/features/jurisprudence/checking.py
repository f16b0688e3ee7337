"""What cannot be true of a decision or a holding, or is missing: messages by field. Of files, forms and commands alike."""

import re
from collections.abc import Collection, Mapping
from typing import Final

from caseflow.clock import latest_local_today
from caseflow.days import check_year
from caseflow.db.base import LONGEST_TEXT
from caseflow.errors import Invalid
from caseflow.features.jurisprudence.queries import QUESTIONS
from caseflow.law import load_register, load_vocabularies
from caseflow.law.jurisprudence import (
    BASES,
    DAYS,
    DIRECTIONS,
    INTERIM_MEASURES,
    OUTCOMES_OF_KIND,
    REASONS,
    RULE_OF_GROUND,
    TOPICS,
    WEIGHTS,
    CommitteeHolding,
    Communication,
)

NUMBER: Final = re.compile(r"[1-9]\d{0,3}/20\d\d", re.ASCII)
SYMBOL: Final = re.compile(r"E/C\.12/\d{1,3}/D/([1-9]\d{0,3}/20\d\d)", re.ASCII)
PARAGRAPH: Final = re.compile(r"\d{1,2}(\.\d{1,2})?", re.ASCII)
HOLDING_ID: Final = re.compile(r"[A-Za-z0-9-]{1,40}", re.ASCII)
LONGEST_ARTICLE: Final = 40
LONGEST_NAME: Final = 250
READ: Final = frozenset({"full_text", "heading"})
"""The bases of rows whose text was seen."""


def refuse(problems: dict[str, str]) -> None:
    """Raise what is wrong, if anything is.

    Raises:
        Invalid: with a message for each field.
    """
    if problems:
        raise Invalid("Nothing was saved.", problems)


def faults_of(one: Communication, known: Collection[str]) -> dict[str, str]:
    """Return what is wrong with a decision. `known` are the numbers of all decisions."""
    problems: dict[str, str] = {}
    _check_codes(problems, one)
    _check_lists(problems, one)
    _check_days(problems, one)
    own = SYMBOL.fullmatch(one.symbol or "")
    if not NUMBER.fullmatch(one.number):
        problems["number"] = "Enter the number of the communication and its year, for example 5/2015."
    elif one.symbol and (own is None or own[1] != one.number):
        problems["symbol"] = (
            "Enter the symbol of the decision's own document, which ends with its number, for example E/C.12/61/D/5/2015. Leave it empty if it has no document of its own."
        )
    if not SYMBOL.fullmatch(one.source):
        problems["source"] = "Enter the symbol of the document it is taken from, for example E/C.12/61/D/5/2015."
    if one.number in one.joined_with or not set(one.joined_with) <= set(known):
        problems["joined_with"] = "Enter numbers of other decisions that are recorded here, separated by semicolons."
    if one.text_basis in READ and not (one.short_name and one.topic and one.rights and one.adopted_on):
        problems["text_basis"] = "A decision that was read has a name, a situation, a right and a day of adoption."
    if len(one.short_name) > LONGEST_NAME:
        problems["short_name"] = "This is too long: a line has at most 250 characters."
    if len(one.notes) > LONGEST_TEXT:
        problems["notes"] = "This is too long: a text has at most 20,000 characters."
    return problems


def _check_codes(problems: dict[str, str], one: Communication) -> None:
    if one.state_code not in load_register().states:
        problems["state_code"] = "Enter the two capital letters of the State in ISO 3166-1, for example ES."
    if one.kind not in OUTCOMES_OF_KIND:
        problems["kind"] = "Choose a kind of decision that the documentation lists."
    elif one.outcome not in OUTCOMES_OF_KIND[one.kind]:
        problems["outcome"] = "A decision of this kind cannot have this outcome. Correct one of the two."
    if one.interim_measures not in {"", *INTERIM_MEASURES}:
        problems["interim_measures"] = "Choose what the documentation lists, or leave it empty."
    if one.topic not in {"", *TOPICS}:
        problems["topic"] = "Choose a situation that the documentation lists, or leave it empty."
    if one.text_basis not in BASES:
        problems["text_basis"] = "Choose what the entry is based on."
    if one.reason_discontinued not in {"", *REASONS}:
        problems["reason_discontinued"] = "Choose a reason that the documentation lists."
    elif bool(one.reason_discontinued) != (one.outcome == "discontinued"):
        problems["reason_discontinued"] = "A discontinued communication has a reason, and no other has one."


def _check_lists(problems: dict[str, str], one: Communication) -> None:
    for name, vocabulary in (("rights", "rights"), ("violation_types", "violation_types"), ("groups", "groups")):
        if not set(getattr(one, name)) <= {term.code for term in getattr(load_vocabularies(), vocabulary)}:
            problems[name] = "Enter codes of the vocabulary, separated by semicolons."
    if not set(one.grounds_inadmissible) <= RULE_OF_GROUND.keys():
        problems["grounds_inadmissible"] = (
            "Enter articles of the Protocol, separated by semicolons, for example 3(1);3(2)(e)."
        )
    elif one.outcome == "inadmissible" and not one.grounds_inadmissible:
        problems["grounds_inadmissible"] = "Enter on which article of the Protocol it was inadmissible."
    for name in ("articles_claimed", "articles_found_violated", "joined_with"):
        if any(len(article) > LONGEST_ARTICLE for article in getattr(one, name)):
            problems[name] = "Separate the articles by semicolons, for example 11(1);2(1)."


def _check_days(problems: dict[str, str], one: Communication) -> None:
    for name in DAYS:
        day = getattr(one, name)
        if day is not None and day.earliest > latest_local_today():
            problems[name] = "This date is in the future. The list only holds what has happened."
        check_year(problems, name, day)
    if (days := one.duration_days) is not None and days < 0:
        problems["submitted_on"] = "A communication is submitted before it is decided. Check both dates."


def check_symbol(
    problems: dict[str, str], before: Communication, after: Communication, in_use: Collection[str | None]
) -> None:
    """Add a message if the symbol of a decision is changed while something is held under it (`in_use`)."""
    if before.symbol != after.symbol and before.symbol in in_use and "symbol" not in problems:
        problems["symbol"] = "Holdings are recorded under its present symbol. Remove them before you change it."


def faults_of_holding(one: CommitteeHolding, symbols: Collection[str | None]) -> dict[str, str]:
    """Return what is wrong with a holding. `symbols` are those of all decisions."""
    problems: dict[str, str] = {}
    if not HOLDING_ID.fullmatch(one.id):
        problems["id"] = "Enter a name of letters, figures and hyphens, for example EX-60."
    if one.rule not in QUESTIONS:
        problems["rule"] = "Choose a rule of the Protocol or a question of the merits."
    if one.symbol not in symbols:
        problems["symbol"] = "No decision with this symbol is recorded. Add the decision, or correct the symbol."
    if not PARAGRAPH.fullmatch(one.paragraph):
        problems["paragraph"] = "Enter the number of the paragraph, for example 7.4."
    if not one.sentence:
        problems["sentence"] = "Say in one sentence of your own what the Committee held."
    elif len(one.sentence) > LONGEST_TEXT:
        problems["sentence"] = "This is too long: a text has at most 20,000 characters."
    if one.direction not in DIRECTIONS:
        problems["direction"] = "Choose whom the holding helps."
    if one.weight not in WEIGHTS:
        problems["weight"] = "Choose its weight: leading, consistent or single."
    return problems


def faults_of_joined(every: Mapping[str, Communication]) -> dict[str, str]:
    """Return the numbers of decisions that name another one as joined, but not the other way round, with a message."""
    problems: dict[str, str] = {}
    for number, one in every.items():
        others = (every[other] for other in one.joined_with if other in every)
        if any(number not in other.joined_with for other in others):
            problems[number] = "A decision that it was joined with does not name it. Enter each in the other's row."
    return problems
