"""How dates and remedies are written in the sentences of findings, which are in English."""

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache

from caseflow.law.data import load_vocabularies
from caseflow.law.dates import MONTHS, UncertainDate
from caseflow.law.facts import Remedy

_LONGEST_NAME = 90
_CACHE_SIZE = 2048
"""Every rule names the same courts and days."""


@lru_cache(maxsize=_CACHE_SIZE)
def day_text(day: date) -> str:
    """Write a day: 16 October 2013."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def date_text(when: UncertainDate) -> str:
    """Write a date with its precision: 16 October 2013, about October 2013, not later than 2013."""
    basic = str(when.year)
    if when.month is not None:
        basic = f"{MONTHS[when.month - 1]} {basic}"
    if when.day is not None:
        basic = f"{when.day} {basic}"
    if when.bound == "not_after":
        return f"not later than {basic}"
    if when.bound == "not_before":
        return f"not earlier than {basic}"
    if when.qualifier in ("~", "%"):
        basic = f"about {basic}"
    return f"{basic} (uncertain)" if when.qualifier in ("?", "%") else basic


def on_date(when: UncertainDate) -> str:
    """Write a date with its preposition: on 16 October 2013, in October 2013, about 2013."""
    if when.bound == "exact" or when.qualifier == "?":
        return f"{'on' if when.day is not None else 'in'} {date_text(when)}"
    return date_text(when)


@cache
def _stages() -> dict[str, str]:
    return {stage.code: stage.label for stage in load_vocabularies().remedy_stages}


def is_stage(text: str | None) -> bool:
    """Return whether a text is the code of a stage of remedies."""
    return text in _stages()


def stage_text(code: str) -> str:
    """Return the label of a stage of remedies in quotation marks: “Court of second instance”."""
    return f"“{_stages().get(code, code)}”"


def forum(remedy: Remedy) -> str:
    """Return the authority of a remedy, or its stage where no authority is recorded, for use inside a sentence."""
    return _forum(remedy.authority, remedy.stage)


@lru_cache(maxsize=_CACHE_SIZE)
def _forum(authority: str | None, stage: str | None) -> str:
    name = (authority or "").strip()
    if not name:
        return f"the authority at the stage {stage_text(stage)}" if stage else "an authority that is not recorded"
    if len(name) > _LONGEST_NAME:
        name = name[:_LONGEST_NAME].rstrip() + "…"
    return name if name.lower().startswith(("the ", "a ")) else f"the {name}"


def capitalized(text: str) -> str:
    """Return a text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def listed(words: Iterable[str], last: str = "and") -> str:
    """Join words for a sentence: a, b and c."""
    *first, end = words
    return f"{', '.join(first)} {last} {end}" if first else end


def approximate_dates_note(dates: Iterable[UncertainDate]) -> str:
    """Return a sentence that names approximate dates and how they were read; empty if there are none."""
    approximate = dict.fromkeys(when for when in dates if when.bound == "about")
    if not approximate:
        return ""
    read = "; ".join(f"{when} was read as {day_text(when.earliest)} to {day_text(when.latest)}" for when in approximate)
    return f" This rests on a date that is only approximate: {read}."
