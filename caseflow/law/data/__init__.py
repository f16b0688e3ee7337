"""Loads the packaged data, once per process: States, mechanisms, vocabularies, ruleset and schemas."""

import csv
import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, cast

from caseflow.law.register import Body, BodyNature, Register, Ruleset, StateStatus, Verification
from caseflow.law.thresholds import load_thresholds
from caseflow.law.vocabularies import RemedyStage, Right, Term, ViolationType, Vocabularies

TO_CONFIRM = " (to be confirmed against the primary text)"
SECONDARY = " (secondary source)"
_CERTAINTY = {"primary": "", "secondary": SECONDARY, "to confirm": TO_CONFIRM}


@cache
def load_register() -> Register:
    """Return the packaged register of States with the ruleset.

    This also loads the vocabularies, so that an assessment reads no file.
    """
    load_vocabularies()
    rules = _json("ruleset.json")
    states = {row["iso2"]: _state(row) for row in _rows("states.csv")}
    readings = {key: reading["text"] + _CERTAINTY[reading["certainty"]] for key, reading in rules["readings"].items()}
    ruleset = Ruleset(
        version=rules["version"],
        citations=MappingProxyType(rules["citations"]),
        readings=MappingProxyType(readings),
        thresholds=load_thresholds(),
        checked_on=date.fromisoformat(rules["checked_on"]),
        checked_by=rules["checked_by"],
    )
    bodies = {
        row["code"]: Body(row["code"], row["body"], cast("BodyNature", row["nature"]))
        for row in _rows("mechanisms.csv")
    }
    return Register(rules["states_version"], MappingProxyType(states), ruleset, MappingProxyType(bodies))


@cache
def load_ruleset() -> Mapping[str, Any]:
    """Return the packaged ruleset as stored: citations, readings, figures, and which rule uses which of them."""
    return MappingProxyType(_json("ruleset.json"))


@cache
def load_vocabularies() -> Vocabularies:
    """Return the packaged vocabularies."""
    data = _json("vocabularies.json")
    simple = {
        name: _terms(data[name])
        for name in (
            "grounds", "groups", "obligation_types", "remedy_kinds", "outcomes", "reasons_not_used", "evidence_kinds",
            "consents", "victim_kinds", "procedure_statuses", "housing_answers",
            "other_treaties", "objection_grounds",
        )
    }  # fmt: skip
    return Vocabularies(
        version=data["version"],
        source=data["source"],
        rights=tuple(
            Right(row["code"], row["label"], tuple(row["articles"]), tuple(row["general_comments"]))
            for row in data["rights"]
        ),
        violation_types=tuple(
            ViolationType(row["code"], row["label"], tuple(row["rights"])) for row in data["violation_types"]
        ),
        remedy_stages=tuple(
            RemedyStage(
                row["code"],
                row["label"],
                row["order"],
                row["counts_for_exhaustion"],
                row["usual_kind"],
                row.get("short", row["label"]),
            )
            for row in data["remedy_stages"]
        ),
        bodies=tuple(Term(row["code"], f"{row['name']}: {row['body']}") for row in _rows("mechanisms.csv")),
        **simple,
    )


@cache
def load_state_names(language: str) -> Mapping[str, str]:
    """Return the names of States by code that the United Nations use where the usual library of names has another."""
    names = {row["iso2"]: row.get(language, "") for row in _rows("state_names_un.csv")}
    return MappingProxyType({code: name for code, name in names.items() if name})


@cache
def load_schema(name: str) -> Mapping[str, Any]:
    """Return the JSON Schema of `case-facts` or `findings`."""
    return MappingProxyType(_json(f"{name}.schema.json"))


def _terms(rows: Iterable[Mapping[str, str]]) -> tuple[Term, ...]:
    return tuple(Term(row["code"], row["label"]) for row in rows)


def _text(name: str) -> str:
    return (files(__name__) / name).read_text(encoding="utf-8")


def _json(name: str) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(_text(name)))


def _rows(name: str) -> Iterable[dict[str, str]]:
    return csv.DictReader(_text(name).splitlines())


def _state(row: Mapping[str, str]) -> StateStatus:
    def day(column: str) -> date | None:
        return date.fromisoformat(row[column]) if row[column] else None

    return StateStatus(
        iso2=row["iso2"],
        name=row["name"],
        covenant=row["covenant"],
        op_signed=day("op_signed"),
        op_deposit=day("op_deposit"),
        op_deposit_kind=row["op_deposit_kind"] or None,
        op_in_force=day("op_in_force"),
        op_denounced=day("op_denounced"),
        inquiry=row["inquiry"] or None,
        interstate=row["interstate"] or None,
        declarations=row["declarations"],
        verification=cast("Verification", row["verification"]),
        source=row["source"],
        checked_on=day("checked_on"),
    )
