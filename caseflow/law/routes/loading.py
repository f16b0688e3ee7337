"""Reads the packaged mechanisms and acceptances, once per process; they are passed to the comparison."""

import csv
import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from caseflow.law.routes.mechanisms import (
    Acceptance,
    AcceptancePack,
    AcceptanceRule,
    EligibleStates,
    Limit,
    Mechanism,
    Mechanisms,
    SameMatterRule,
    SubjectScope,
    TimeRule,
    Treaty,
    message,
)
from caseflow.law.sentences import Text

DATA: Final = "caseflow.law.data"


@cache
def load_mechanisms() -> Mechanisms:
    """Return the packaged mechanisms in the order of `mechanisms.csv`.

    Raises:
        KeyError: one of the two files has a mechanism that the other lacks (a test compares them).
    """
    data = json.loads((files(DATA) / "mechanisms.json").read_text(encoding="utf-8"))
    named = list(csv.DictReader((files(DATA) / "mechanisms.csv").read_text(encoding="utf-8").splitlines()))
    rows = {row["code"]: _mechanism(row, data["mechanisms"][row["code"]]) for row in named}
    eligible = {code: _eligible_states(row) for code, row in data["unions"].items()}
    treaties = {code: _treaty(code, row, eligible) for code, row in data["treaties"].items()}
    return Mechanisms(data["version"], MappingProxyType(rows), MappingProxyType(treaties))


@cache
def load_acceptances() -> AcceptancePack:
    """Return the packaged acceptances of `acceptances.csv`, which has the columns of lists that administrators import."""
    version = json.loads((files(DATA) / "mechanisms.json").read_text(encoding="utf-8"))["acceptances_version"]
    lines = (files(DATA) / "acceptances.csv").read_text(encoding="utf-8").splitlines()
    return AcceptancePack(version, tuple(_acceptance(row) for row in csv.DictReader(lines)))


def _acceptance(row: Mapping[str, str]) -> Acceptance:
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("in_force_on", "ended_on")}
    checked_on = date.fromisoformat(row["checked_on"])
    accepted = row["accepted"] == "yes"
    return Acceptance(row["treaty"], row["state"], accepted, **days, source=row["source"], checked_on=checked_on)


def _eligible_states(row: Mapping[str, Any]) -> EligibleStates:
    return EligibleStates(row["name"], frozenset(row["states"]), row["source"], date.fromisoformat(row["checked_on"]))


def _treaty(code: str, row: Mapping[str, Any], eligible: Mapping[str, EligibleStates]) -> Treaty:
    return Treaty(
        code=code,
        name=row["name"],
        other_codes=tuple(row["also"]),
        in_force=date.fromisoformat(row["in_force"]) if row["in_force"] else None,
        months_after=row.get("months_after"),
        days_after=row.get("days_after"),
        source=row["source"],
        checked_on=date.fromisoformat(row["checked_on"]),
        open_to=eligible[row["open_to"]] if "open_to" in row else None,
    )


def _mechanism(named: Mapping[str, str], row: Mapping[str, Any]) -> Mechanism:
    acceptance, scope, same = row["acceptance"], row["hears"], row["same_matter"]
    return Mechanism(
        code=named["code"],
        short=row["short"],
        name=named["name"],
        body=named["body"],
        nature=named["nature"],  # type: ignore[arg-type]  # the column holds nothing else: a test reads it
        requires_exhaustion=named["exhaustion_required"] == "yes",
        acceptance=AcceptanceRule(
            any_of=tuple(tuple(group) for group in acceptance.get("any_of", ())),
            register=acceptance.get("register"),
            notes=_texts(acceptance.get("notes", {})),
            unless=message(acceptance.get("unless", "")),
            acts_before_end_count=acceptance.get("acts_before_end_count", False),
        ),
        scope=SubjectScope(
            rights=None if scope["rights"] == "all" else _texts(scope["rights"]),
            otherwise=scope.get("otherwise", "needs_lawyer"),
            question=message(scope.get("question", "")),
            note=message(scope.get("note", "")),
        ),
        same_matter=SameMatterRule(
            pending=same["pending"],
            examined=same["examined"],
            own=same["own"],
            citation=same["citation"],
            note=message(same.get("note", "")),
            counts_every_procedure=same.get("counts") == "any",
        ),
        time=_time(row["time"], row["citation"]),
        questions=tuple(sentence for question in row.get("ask", ()) for sentence in message(question)),
        not_in_force=message(row.get("not_in_force", "")),
        citation=row["citation"],
        source=row["source"],
        certainty=row["certainty"],
        checked_on=date.fromisoformat(row["checked_on"]),
    )


def _texts(words: Mapping[str, str]) -> Mapping[str, Text]:
    return MappingProxyType({key: message(each) for key, each in words.items()})


def _time(row: Mapping[str, Any], citation: str) -> TimeRule:
    return TimeRule(
        citation=row.get("citation", citation),
        limits=tuple(_limit(limit) for limit in row.get("limits", ())),
        words=message(row.get("none") or row.get("reasonable") or ""),
        is_reasonable_time="reasonable" in row,
        from_facts=row.get("from_facts", False),
        after_another_months=row.get("after_another_months"),
        effect=row.get("effect", "closes"),
        excuse=row.get("excuse", False),
    )


def _limit(row: Mapping[str, Any]) -> Limit:
    return Limit(
        row["months"],
        date.fromisoformat(row["decided_from"]) if "decided_from" in row else date.min,
        date.fromisoformat(row["decided_before"]) if "decided_before" in row else date.max,
    )
