"""Explains rules and clocks to people who do not program, from docstrings and from the ruleset.

The question, the reading and the conditions of each answer come from the docstring of the module or function that computes
it; citation, readings and figures come from `data/ruleset.json`, which findings use too. The text is Markdown that can be
read in a terminal. `docs/law/rules.md` is the output of `caseflow explain --all`.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from inspect import cleandoc
from textwrap import fill
from typing import Any, Final

from caseflow.law.clocks import CLOCKS
from caseflow.law.data import load_ruleset
from caseflow.law.engine import ASSESS_BY_RULE, RULES
from caseflow.law.sentences import write_value

WIDTH: Final = 100
PARTS_OF_A_RULE: Final = ("Provision", "Reading", "Met", "Not met", "Arguable", "Unknown", "Sources")
PARTS_OF_A_CLOCK: Final = ("Provision", "Reading", "Starts", "Safe until", "Arguable until", "State", "Sources")
_CERTAINTY: Final = {
    "primary": "read in the primary text",
    "secondary": "a secondary source",
    "to confirm": "still to be confirmed against the primary text",
    "coalition": "decided by the coalition, not by law",
}
_PART: Final = re.compile(rf"^({'|'.join({*PARTS_OF_A_RULE, *PARTS_OF_A_CLOCK})}): ", re.MULTILINE)
_NEAREST: Final = 3


class UnknownName(LookupError):
    """There is no rule and no clock of this name; `nearest` has similar names."""

    def __init__(self, name: str, nearest: Sequence[str]) -> None:
        super().__init__(name)
        self.nearest = tuple(nearest)


@dataclass(frozen=True, slots=True)
class Explanation:
    """One rule or clock: its question, the conditions of each answer, and its sources."""

    kind: str
    """`rule` or `clock`."""
    name: str
    question: str
    citation: str
    parts: Mapping[str, str]
    """Paragraphs by heading, in the order of `PARTS_OF_A_RULE` or `PARTS_OF_A_CLOCK`."""
    readings: tuple[str, ...]
    """The sources, each with its certainty."""
    figures: tuple[str, ...]
    """The figures, each with its source, its certainty and the day of its last check."""


def names() -> tuple[str, ...]:
    """Return the names of all rules in the order of findings, then of the clocks that are not also names of rules."""
    return (*RULES, *(name for name in CLOCKS if name not in RULES))


def explain(name: str) -> tuple[Explanation, ...]:
    """Return the explanations of the rule and the clock of a name; raise `UnknownName` where there is neither."""
    found = []
    if name in ASSESS_BY_RULE:
        found.append(_explanation("rule", name, sys.modules[ASSESS_BY_RULE[name].__module__].__doc__, PARTS_OF_A_RULE))
    if name in CLOCKS:
        found.append(_explanation("clock", name, CLOCKS[name].__doc__, PARTS_OF_A_CLOCK))
    if not found:
        plain = name.strip().lower().replace("_", "-").replace(" ", "-")
        holding = [each for each in names() if plain and plain in each]
        raise UnknownName(name, holding or get_close_matches(plain, names(), _NEAREST, cutoff=0.3) or names())
    return tuple(found)


def _explanation(kind: str, name: str, docstring: str | None, headings: Sequence[str]) -> Explanation:
    question, parts = _parse(docstring or "")
    if tuple(parts) != tuple(headings):
        raise ValueError(f"The docstring of {name} should have the parts {', '.join(headings)}, in this order.")
    ruleset = load_ruleset()
    uses = ruleset["uses"][name]
    return Explanation(
        kind=kind,
        name=name,
        question=_capitalized(question.removeprefix(f"`{name}`: ")),
        citation=ruleset["citations"][name],
        parts=parts,
        readings=tuple(_reading(ruleset["readings"][key]) for key in uses["readings"]),
        figures=tuple(_figure(key, ruleset["thresholds"][key]) for key in uses["thresholds"]),
    )


def _parse(docstring: str) -> tuple[str, dict[str, str]]:
    """Split a docstring into its first paragraph and its parts, each on one line."""
    question, _, rest = cleandoc(docstring).partition("\n\n")
    pieces = _PART.split(rest)
    texts = (" ".join(piece.split()) for piece in pieces)
    next(texts)
    return " ".join(question.split()), dict(zip(texts, texts, strict=True))


def _reading(reading: Mapping[str, str]) -> str:
    return f"{reading['text']} ({_CERTAINTY[reading['certainty']]})."


def _figure(name: str, figure: Mapping[str, Any]) -> str:
    if figure["unit"] == "day":
        value = write_value(date.fromisoformat(figure["value"]))
    elif figure["unit"] == "article":
        value = f"article {figure['value']}"
    else:
        value = f"{figure['value']} {figure['unit'] if figure['value'] != 1 else figure['unit'].removesuffix('s')}"
    checked = write_value(date.fromisoformat(figure["checked_on"]))
    how_sure = f"{_CERTAINTY[figure['certainty']]}; checked on {checked}"
    if figure["certainty"] == "coalition":
        return f"{_capitalized(value)}: {figure['source']} ({how_sure})."
    return f"{_capitalized(name.replace('_', ' '))}: {value} ({figure['source']}; {how_sure})."


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


def page(explanations: Iterable[Explanation]) -> str:
    """Write explanations as Markdown, wrapped at `WIDTH` columns."""
    return "\n\n".join(block for each in explanations for block in _blocks(each)) + "\n"


def whole_page() -> str:
    """Write all rules and clocks as one document."""
    ruleset = load_ruleset()
    checked = write_value(date.fromisoformat(ruleset["checked_on"]))
    opening = (
        f"Rules {ruleset['version']}, checked on {checked} by {ruleset['checked_by']}. This page is written by `caseflow explain --all` from the docstrings"
        " of `caseflow/law` and from `caseflow/law/data/ruleset.json`: change those, not this page."
        " Legal information, not legal advice."
    )
    every = page(each for name in names() for each in explain(name))
    return f"# The rules and the clocks\n\n{_wrapped(opening)}\n\n{every}"


def list_of_rules_and_clocks() -> str:
    """Return a text with the name and the question of every rule and clock."""
    every = [each for name in names() for each in explain(name)]
    longest = max(len(each.name) for each in every)
    lines = []
    for kind in ("rule", "clock"):
        lines.append(f"{_capitalized(kind)}s")
        lines += [
            fill(f"  {each.name:{longest}}  {each.question}", WIDTH, subsequent_indent=" " * (longest + 4))
            for each in every
            if each.kind == kind
        ]
    return "\n".join(lines)


def _blocks(explanation: Explanation) -> Iterator[str]:
    yield f"## {_capitalized(explanation.kind)} `{explanation.name}`"
    yield _wrapped(explanation.question)
    yield _wrapped(f"Citation: {explanation.citation}.")
    yield from (_wrapped(f"{heading}: {text}") for heading, text in explanation.parts.items())
    for heading, items in (("What findings cite", explanation.readings), ("Figures", explanation.figures)):
        if items:
            yield f"{heading}:"
            yield "\n".join(_wrapped(f"- {item}", indent="  ") for item in items)


def _wrapped(text: str, indent: str = "") -> str:
    return fill(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
