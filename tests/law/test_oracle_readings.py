"""The oracle alone on the readings of the specification, R1 to R9: a second computation is worth what its own answers are."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caseflow.law import RULES_OF_THE_PROTOCOL
from tests.law.building import ACT, claim, document, remedy, unused
from tests.law.oracle.answer import answer
from tests.law.oracle.clocks import Clock

EXAMPLES = Path(__file__).parent / "examples"
LATE = "2018-10-05"
"""A day after the year from the decision of the appeal, 4 October 2017."""
NOTIFIED = {"notified": "2017-10-04"}
EXTRA = {"stage": "EXTRA", "kind": "extraordinary", "decided": "2018-03-01"}
FIRST = remedy(stage="COURT_1", decided="2017-06-01", notified="2017-06-01")
OLD = {**ACT, "from": "2010-01-01", "until": "2010-01-01"}
LOST = {"stage": "CONST", "decided": "2018-03-01", "outcome": "inadmissible_form"}
PENDING = {"decided": None, "outcome": "pending"}
UNUSED_EXTRA = unused("EXTRA", kind="extraordinary")
NO_EFFECT = unused("APPEAL", "no_suspensive_effect")


def followed_by(*others: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A claim in which other remedies follow an appeal that was notified at once."""
    return claim(remedies=[remedy(**{**NOTIFIED, **changes}), *(remedy(**each) for each in others)])


@pytest.mark.parametrize(
    ("reading", "facts", "on", "expected"),
    [
        ("R1", document(), "2018-10-04", "met"),
        ("R1", document(), LATE, "unknown"),
        ("R1", document(), "2026-10-05", "unknown"),
        ("R1", document(lateness_reason="ill"), LATE, "arguable:open"),
        ("R1", document(followed_by({**EXTRA, "filed": "2017-11-01", "outcome": "withdrawn"}, notified=None)),
         "2018-11-02", "not_met:never"),
        ("R1", document(followed_by({**EXTRA, "filed": "2017-11-01", "outcome": "withdrawn"}, notified=None)),
         "2018-11-01", "unknown"),
        ("R1", document(other_procedures=[{"same_persons": True, "same_facts": True, "from": "2017-10"}]),
         "2018-11-30", "unknown"),
        ("R1", document(other_procedures=[{"same_persons": True, "same_facts": True, "from": "2017-11"}]),
         "2018-12-01", "not_met:never"),
        ("R1 and R3", document(followed_by(EXTRA, notified=None)), LATE, "arguable:admissible"),
        ("R2", document(followed_by(decided="2017-10-06")), LATE, "arguable:admissible"),
        ("R2", document(followed_by(decided="2017-10-06")), "2018-10-07", "not_met:never"),
        ("R3", document(followed_by(EXTRA)), LATE, "arguable:admissible"),
        ("R3", document(followed_by({**EXTRA, "could_repair": None})), LATE, "arguable:open"),
        ("R3", document(followed_by({**EXTRA, "could_repair": False})), LATE, "not_met:never"),
        ("R3", document(followed_by({**EXTRA, "kind": "discretionary"})), LATE, "arguable:inadmissible"),
        ("R3", document(followed_by({**EXTRA, "outcome": "inadmissible_late"})), LATE, "not_met:never"),
        ("R3", document(followed_by({**EXTRA, "decided": "2018-11-01"})), LATE, "arguable:open"),
        ("R3", document(followed_by({**EXTRA, "decided": None})), LATE, "unknown"),
        ("R6", document(claim(remedies=[FIRST, remedy(**PENDING)], remedies_not_used=[NO_EFFECT])), "2018-06-01", "met"),
        ("R6", document(claim(remedies=[FIRST, remedy(**PENDING)], remedies_not_used=[NO_EFFECT])), LATE, "arguable:open"),
        ("R6", document(claim(remedies=[remedy(**PENDING)], remedies_not_used=[NO_EFFECT])), LATE, "met"),
        ("R7", document(followed_by(LOST)), LATE, "arguable:open"),
        ("R7", document(followed_by({**LOST, "outcome": "inadmissible_late"})), LATE, "not_met:never"),
        ("R9", document(followed_by({**EXTRA, "decided": "2018"})), LATE, "unknown"),
        ("R14", document(claim(remedies=[remedy(decided="2018-05-01/..")])), LATE, "met"),
    ],
)  # fmt: skip
def test_the_year(reading: str, facts: dict[str, Any], on: str, expected: str) -> None:
    assert of_rule("one-year", facts, on) == expected, reading


@pytest.mark.parametrize(
    ("reading", "changes", "expected"),
    [
        ("R4", {"remedies_not_used": [unused("CASSATION", "not_tried", kind="extraordinary")]}, "arguable:inadmissible"),
        ("R4", {"remedies_not_used": [unused(kind="discretionary", documented=False)]}, "arguable:inadmissible"),
        ("R4", {"remedies_not_used": [unused(kind="extraordinary")]}, "arguable:admissible"),
        ("R4", {"remedies": [remedy(), remedy(stage="CASSATION", kind="extraordinary", **PENDING)]}, "arguable:open"),
        ("R4", {"remedies": [remedy(), remedy(stage="CASSATION", kind="extraordinary")]}, "met"),
        ("R5", {"remedies_not_used": [unused("CONST", kind="extraordinary")]}, "arguable:admissible"),
        ("R5", {"remedies_not_used": [unused("CONST", kind="extraordinary", documented=False)]}, "arguable:open"),
        ("R5", {"remedies_not_used": [unused("EXTRA", "not_tried", kind="extraordinary")]}, "arguable:admissible"),
        ("R6", {"remedies": [FIRST, remedy(**PENDING)], "remedies_not_used": [NO_EFFECT]}, "arguable:admissible"),
        ("R6", {"remedies": [FIRST, remedy(**PENDING)], "remedies_not_used": [{**NO_EFFECT, "documented": False}]},
         "arguable:inadmissible"),
        ("R6", {"remedies": [FIRST, remedy(**PENDING)], "remedies_not_used": [{**NO_EFFECT, "explanation": None}]},
         "unknown"),
        ("R6", {"remedies": [FIRST, remedy(**PENDING)], "remedies_not_used": [NO_EFFECT, {**NO_EFFECT, "explanation": None}]},
         "arguable:admissible"),
        ("R6", {"remedies": [FIRST, remedy(**PENDING)], "remedies_not_used": [{**NO_EFFECT, "explanation": None}, NO_EFFECT]},
         "arguable:admissible"),
        ("R7", {"remedies": [remedy(), remedy(**LOST)]}, "arguable:open"),
        ("R7", {"remedies": [remedy(), remedy(**LOST)], "remedies_not_used": [UNUSED_EXTRA]}, "arguable:admissible"),
        ("R7", {"remedies": [remedy(**LOST)]}, "not_met:never"),
        ("R7", {"remedies": [remedy(), remedy(**{**LOST, "outcome": "inadmissible_late"})]}, "not_met:never"),
        ("R7", {"remedies": [remedy(), remedy(**{**LOST, "kind": "extraordinary"})]}, "met"),
        ("R10", {"remedies": [FIRST, remedy(decided="2018-11-01")]}, "not_met:in_time"),
        ("R12", {"remedies_not_used": [unused("ADM_REQ", "not_tried")]}, "not_met:in_time"),
        ("R12", {"remedies_not_used": [unused("ADM_REQ", "unavailable")]}, "arguable:admissible"),
    ],
)  # fmt: skip
def test_exhaustion(reading: str, changes: dict[str, Any], expected: str) -> None:
    assert of_rule("exhaustion", document(claim(**changes)), LATE) == expected, reading


@pytest.mark.parametrize(
    ("reading", "changes", "expected"),
    [
        ("R3", {"remedies": [remedy(**EXTRA)]}, "arguable:admissible"),
        ("R3", {"remedies": [remedy(**{**EXTRA, "could_repair": None})]}, "unknown"),
        ("R3", {"remedies": [remedy(**{**EXTRA, "could_repair": False})]}, "not_met:never"),
        ("R3", {"remedies": [remedy(**{**EXTRA, "kind": "discretionary"})]}, "arguable:open"),
        ("R3", {"remedies": [remedy(**LOST)]}, "arguable:open"),
        ("R8", {"remedies": [remedy(**PENDING)]}, "unknown"),
        ("R8", {"remedies": [remedy(**PENDING)], "acts": [OLD, ACT]}, "arguable:admissible"),
    ],
)
def test_facts_after_entry_into_force(reading: str, changes: dict[str, Any], expected: str) -> None:
    facts = document(claim(**{"acts": [OLD], **changes}))
    assert of_rule("facts-after-entry-into-force", facts, LATE) == expected, reading


@pytest.mark.parametrize(
    ("reading", "facts", "expected"),
    [
        ("R1", document(), [("unknown", "2018-10-04", None)]),
        ("R2", document(followed_by(decided="2017-10-06")), [("running", "2018-10-04", "2018-10-06")]),
        ("R3", document(followed_by(EXTRA)), [("running", None, "2019-03-01"), ("running", "2018-10-04", "2019-03-01")]),
        ("R3", document(followed_by({**EXTRA, "could_repair": False})), [("expired", "2018-10-04", "2018-10-04")]),
        ("R6", document(claim(remedies=[FIRST, remedy(**PENDING)], remedies_not_used=[NO_EFFECT])),
         [("unknown", "2018-06-01", "2018-06-01")]),
        ("R7", document(followed_by(LOST)), [("running", "2018-10-04", "2019-03-01")]),
        ("R9", document(followed_by({**EXTRA, "decided": "2017-10"}, notified=None)),
         [("unknown", None, "2018-10-04"), ("unknown", "2018-10-04", "2018-10-04")]),
    ],
)  # fmt: skip
def test_the_clocks(reading: str, facts: dict[str, Any], expected: list[tuple[str, str | None, str | None]]) -> None:
    clocks = answer(facts, date.fromisoformat(LATE)).clocks["home", "v1"]
    shown = [(each.state, shown_day(each.safe_until), shown_day(each.arguable_until)) for each in clocks]
    assert sorted(shown, key=str) == sorted(expected, key=str), reading


@pytest.mark.parametrize("name", sorted(path.name for path in (EXAMPLES / "facts").iterdir()))
def test_the_oracle_agrees_with_the_examples(name: str) -> None:
    facts, expected = (json.loads((EXAMPLES / kind / name).read_text()) for kind in ("facts", "expect"))
    got = answer(facts, date.fromisoformat(facts["on"]))
    for rule, allowed in expected["expect"].items():
        said = {text for (of, _, _), text in got.findings.items() if of == rule}
        assert (
            rule not in RULES_OF_THE_PROTOCOL or said & {*allowed} or {each.split(":")[0] for each in said} & {*allowed}
        )
    assert expected["outlook"] in (got.outlook, None)
    clocks = [as_document(each, *place) for place, of_place in got.clocks.items() for each in of_place]
    for wanted in expected["clocks"]:
        assert any(wanted.items() <= each.items() for each in clocks), wanted


def as_document(clock: Clock, claim: str | None, victim: str | None) -> dict[str, Any]:
    days = {"safe_until": shown_day(clock.safe_until), "arguable_until": shown_day(clock.arguable_until)}
    return {**vars(clock), **days, "claim": claim, "victim": victim}


def shown_day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def of_rule(rule: str, facts: dict[str, Any], on: str) -> str:
    """The only answer of a rule about the claim."""
    (only,) = {text for (of, *_), text in answer(facts, date.fromisoformat(on)).findings.items() if of == rule}
    return only
