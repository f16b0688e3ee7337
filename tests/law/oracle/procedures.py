"""Articles 3(2)(c) and (f): other international procedures, and earlier communications to the Committee."""

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

from tests.law.oracle.combining import all_agree, worst
from tests.law.oracle.days import days_to_try, span

SAME = ("same_persons", "same_facts", "same_rights")
Sameness = tuple[bool, ...]


@cache
def natures() -> dict[str, str]:
    text = (files("caseflow.law.data") / "mechanisms.csv").read_text(encoding="utf-8")
    return {row["code"]: row["nature"] for row in csv.DictReader(text.splitlines())}


def same_matter(facts: dict[str, Any], on: date, *, every: bool = False) -> str:
    elsewhere, before = facts.get("other_procedures"), facts.get("earlier_communications")
    return worst([
        *(["unknown"] if elsewhere is None or before is None else []),
        *(_procedure(each, on, every=every) for each in elsewhere or []),
        *(_procedure(_as_procedure(each), on, every=every) for each in before or []),
    ])  # fmt: skip


def _procedure(recorded: dict[str, Any], on: date, *, every: bool) -> str:
    nature, status = natures().get(recorded.get("body") or ""), recorded.get("status")
    if nature == "never" or status == "general_situation":
        return "met"
    starts = days_to_try(span(recorded["from"]), [on], every=every) if recorded.get("from") else [None]
    ends = days_to_try(span(recorded["until"]), [on], every=every) if recorded.get("until") else [None]
    combinations = [(start, end) for start, end in product(starts, ends) if not (start and end and end < start)]
    if status == "pending":
        combinations = [(start, end) for start, end in combinations if not (end and end < on)]
    answers = {
        "met" if start and start > on else _one(recorded, nature, "pending" if status and end and end > on else status)
        for start, end in combinations
    }
    return all_agree(answers) if answers else _one(recorded, nature, None)


def _one(recorded: dict[str, Any], nature: str | None, status: str | None) -> str:
    """The answer for a procedure with the status that it had on the day, on exact days."""
    persons, facts, rights = (recorded.get(name) for name in SAME)
    if persons is False and facts is False:
        return "met"
    if None in (persons, facts, rights, nature, status):
        return "unknown"
    if nature == "collective":
        return "arguable:admissible"
    if nature == "disputed":
        return "arguable:open"
    if status in ("rejected_unexamined", "withdrawn"):
        return "arguable:admissible"
    if not (persons and facts):
        return "arguable:admissible"
    if not rights or (nature == "own" and status == "pending"):
        return "arguable:open"
    return "not_met:never"


def _as_procedure(before: dict[str, Any]) -> dict[str, Any]:
    """An earlier communication in the form of a procedure before the Committee."""
    return {**before, "body": "CESCR", "from": before.get("filed")}


def abuse(facts: dict[str, Any], on: date, *, every: bool = False) -> str:
    before = facts.get("earlier_communications")
    return "unknown" if before is None else worst(_again(each, on, every=every) for each in before)


def _readings(recorded: dict[str, Any]) -> Iterator[Sameness]:
    """Every combination of yes and no for what is not recorded."""
    values = [[recorded[name]] if recorded.get(name) is not None else [True, False] for name in SAME]
    yield from product(*values)


def _again(recorded: dict[str, Any], on: date, *, every: bool) -> str:
    new = [recorded["anything_new"]] if recorded.get("anything_new") is not None else [True, False]
    filed = days_to_try(span(recorded["filed"]), [on], every=every) if recorded.get("filed") else [on]
    repeated = "arguable:open" if recorded.get("status") == "withdrawn" else "arguable:inadmissible"
    return all_agree(
        "met" if something or not all(same) or day > on else repeated
        for same, something, day in product(_readings(recorded), new, filed)
    )
