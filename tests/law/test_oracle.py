"""The engine compared with the oracle. `make oracle` does it on many more documents, with any seed."""

import os
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from caseflow.law import RULES, UncertainDate
from tests.law.building import claim, document, found, of_rule, remedy, unused
from tests.law.oracle.compare import differences
from tests.law.oracle.days import span
from tests.law.oracle.generator import DocumentGenerator
from tests.law.oracle.runner import Outcome, run
from tests.law.oracle.shrink import shrink

FEW, MANY = 1000, 4000
EVERY_DAY = 60
EVERY_ANSWER = {
    "state-party": {"met", "unknown", "not_met:never", "not_met:in_time"},
    "victim-standing": {
        "met", "unknown", "arguable:admissible", "arguable:inadmissible", "arguable:open", "not_met:never",
        "not_met:before_filing",
    },
    "consent": {"met", "unknown", "arguable:open", "not_met:before_filing"},
    "written-and-named": {"met", "unknown", "not_met:before_filing"},
    "covenant-right": {"met", "unknown", "arguable:admissible", "arguable:open", "not_met:never"},
    "facts-after-entry-into-force": {"met", "unknown", "arguable:admissible", "arguable:open", "not_met:never"},
    "exhaustion": {
        "met", "unknown", "arguable:admissible", "arguable:inadmissible", "arguable:open", "not_met:never",
        "not_met:in_time",
    },
    "one-year": {
        "met", "unknown", "arguable:admissible", "arguable:inadmissible", "arguable:open", "not_met:never",
    },
    "same-matter": {"met", "unknown", "arguable:admissible", "arguable:open", "not_met:never"},
    "substantiation": {"met", "unknown", "arguable:open", "not_met:before_filing"},
    "abuse": {"met", "unknown", "arguable:inadmissible", "arguable:open"},
    "clear-disadvantage": {"met", "unknown", "arguable:open"},
}  # fmt: skip
"""Every answer of every rule: the random documents must lead to all of them."""
SEED = os.environ.get("ORACLE_SEED", "caseflow")
"""A fixed seed by default, so that the test always uses the same documents."""


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.slow)])
def test_engine_and_oracle_agree_on_random_documents(
    count: int, record_property: Callable[[str, object], None]
) -> None:
    outcome = run(SEED, count, show=1)
    assert outcome.differing == 0, f"seed {SEED}\n" + "\n".join(outcome.shown)
    assert outcome.compared > 0.95 * count
    if count == MANY:
        assert answers_of(outcome) == EVERY_ANSWER
    record_property("summary", f"engine and oracle agree: {outcome.compared} documents compared; seed {SEED}")


def answers_of(outcome: Outcome) -> dict[str, set[str]]:
    """Return every answer of every rule to which the documents led."""
    return {rule: {answer for of, answer in outcome.answers if of == rule} for rule in RULES}


def test_they_agree_when_every_day_of_a_vague_date_is_tried() -> None:
    outcome = run(SEED, EVERY_DAY, every=True, show=1)
    assert outcome.differing == 0, f"seed {SEED}\n" + "\n".join(outcome.shown)


def test_the_generator_covers_all_important_cases() -> None:
    """A comparison proves nothing about what is never generated."""
    generator = DocumentGenerator("variety")
    generated = [generator.document()[0] for _ in range(2000)]
    claims = [each for facts in generated for each in facts["claims"] or []]
    remedies = [each for claim in claims for each in claim["remedies"] or []]
    dates = {each["decided"] for each in remedies if each["decided"]}
    assert {each["outcome"] for each in remedies} >= {"pending", "inadmissible_late", "no_reply", "not_enforced", None}
    assert {each["kind"] for each in remedies} == {"ordinary", "extraordinary", "discretionary", None}
    assert {"2016-02-29", "2013-05-04", "2013-05-05"} <= dates
    for mark in ("~", "?", "../", "/.."):
        assert any(mark in each for each in dates), mark
    assert any(each["victims"] == [] for each in remedies)
    assert any(each["filed"] and not each["notified"] for each in remedies)
    for stage in ("COURT_1", "APPEAL", "CASSATION", "CONST", "EXTRA"):
        called_otherwise = [each for each in remedies if (each["stage"], each["kind"]) == (stage, "extraordinary")]
        assert {each["could_repair"] for each in called_otherwise} == {True, False, None}, stage
        assert any(each["outcome"] == "pending" for each in called_otherwise), stage
    assert any((each["stage"], each["outcome"]) == ("CONST", "inadmissible_form") for each in remedies)
    assert any(
        (used["stage"], used["outcome"], unused["reason"]) == (unused["stage"], "pending", "no_suspensive_effect")
        for claim in claims
        for used in claim["remedies"] or []
        for unused in claim.get("remedies_not_used") or []
    )
    assert any(each["remedies"] is None for each in claims)
    assert any(facts["claims"] is None for facts in generated)


BEFORE = {"what": "eviction", "from": "2012-03-01", "until": "2012-03-01"}
AFTER = {"what": "eviction", "from": "2017-12-30"}
BY_NOTIFICATION = remedy(decided="2014-02", notified="2014-02/..")
DISCRETIONARY = remedy(kind="discretionary", stage="EXTRA")
LATER_REMEDY = remedy(kind="extraordinary", stage="EXTRA")


@pytest.mark.parametrize(
    ("rule", "on", "changes", "wanted"),
    [
        pytest.param(
            "facts-after-entry-into-force", "2015-05-01",
            {"acts": [BEFORE, AFTER], "remedies": [
                remedy(kind=None, decided="../2019-01", outcome="withdrawn"), remedy(kind="ordinary", decided="2018-06-11"),
            ]},
            "arguable:admissible", id="a withdrawn remedy is no later decision, even if it may still be pending",
        ),
        pytest.param(
            "one-year", "2015-03-08",
            {"remedies": [BY_NOTIFICATION, {**DISCRETIONARY, "decided": "2014-02-26", "notified": "2014-03-08"}]},
            "unknown", id="the final decision may have followed the discretionary one, and been notified at once",
        ),
        pytest.param(
            "one-year", "2017-11-30",
            {"remedies": [remedy(decided="2016-11", outcome="not_enforced"), {**DISCRETIONARY, "decided": "2016-11"}]},
            "unknown", id="won and not enforced, or within the year: it depends on the day",
        ),
        pytest.param(
            "one-year", "2017-11-30",
            {
                "remedies": [remedy(decided="2016-11", outcome="not_enforced"), {**DISCRETIONARY, "decided": "2016-11"}],
                "remedies_not_used": [unused(stage="COURT_1", reason="cost_no_legal_aid")],
            },
            "arguable:open", id="won and not enforced is a better argument than a discretionary remedy",
        ),
        pytest.param(
            "one-year", "2016-07-04",
            {"remedies": [
                remedy(kind="extraordinary", decided="2015-06-03", outcome="not_enforced"),
                {**DISCRETIONARY, "decided": "2017-03-14"},
            ]},
            "arguable:open", id="what was decided after the day starts no year",
        ),
        pytest.param(
            "exhaustion", "2015-05-03",
            {
                "remedies": [
                    remedy(decided=None, outcome="inadmissible_late", next_step="ADM_REQ"),
                    remedy(stage="CONST", decided="2014-08/..", outcome="withdrawn"),
                ],
                "remedies_not_used": [unused(stage="CONST", reason="no_suspensive_effect", explanation=None)],
            },
            "not_met:in_time", id="what one day of a vague date can cure is not lost for certain",
        ),
        pytest.param(
            "one-year", "2016-05-12",
            {
                "remedies": [
                    remedy(decided="2015"), {**DISCRETIONARY, "decided": "2015-05-11", "notified": "2015-05/.."},
                    {**LATER_REMEDY, "decided": None, "outcome": "pending"},
                ],
                "remedies_not_used": [unused(stage="COURT_1")],
            },
            "arguable:open", id="a pending remedy is a better argument than a discretionary one",
        ),
        pytest.param(
            "one-year", "2012-10-08",
            {"remedies": [
                {**DISCRETIONARY, "decided": "2012-07-09", "outcome": "not_enforced"}, {**LATER_REMEDY, "decided": "2012"},
            ]},
            "arguable:open", id="of several decisions the last that was certainly taken counts",
        ),
        pytest.param(
            "facts-after-entry-into-force", "2014-05-31",
            {"acts": [BEFORE, AFTER], "remedies": [
                remedy(kind=None, decided="2013?", next_step="COURT_1", next_step_due="2013-06-01"),
            ]},
            "arguable:open", id="a next step whose last day has passed is not open",
        ),
        pytest.param(
            "one-year", "2013-05-04",
            {"remedies": [
                remedy(decided="2013-05-03"), {**LATER_REMEDY, "decided": "2013-05", "notified": "2013-06-02"},
                {**LATER_REMEDY, "decided": "2013"},
            ]},
            "met", id="the last arguable day is the latest that any uncertain remedy gives",
        ),
        pytest.param(
            "one-year", "2014-10-24",
            {"remedies": [
                remedy(decided="2013"), {**LATER_REMEDY, "decided": "2013-10-03", "notified": "2013-11-12"},
                {**LATER_REMEDY, "decided": "2013-10-23"},
            ]},
            "unknown", id="a vague decision may have followed the first of two later ones and not the second",
        ),
    ],
)  # fmt: skip
def test_they_agree_where_they_once_differed(rule: str, on: str, changes: dict[str, Any], wanted: str) -> None:
    facts = document(claim(**changes))
    assert differences(facts, date.fromisoformat(on)) == []
    (finding,) = of_rule(found(facts, on), rule)
    detail = finding.favours or finding.cure
    assert (f"{finding.result}:{detail}" if detail else finding.result) == wanted


def test_engine_and_oracle_read_dates_alike() -> None:
    generator = DocumentGenerator("dates")
    texts = {text for _ in range(300) for text in [generator._date()] if text and ".." not in text}
    for text in texts:
        when = UncertainDate.parse(text)
        assert span(text) == (when.earliest, when.latest), text


def test_a_planted_difference_is_found_and_shrunk() -> None:
    facts = document(claim(remedies=[remedy(decided="2016-01-01"), remedy()]))
    on = date(2018, 9, 17)
    assert differences(facts, on) == []
    smallest = shrink(facts, lambda less: bool(less.get("claims")) and bool(less["claims"][0].get("remedies")))
    assert smallest == {"schema": "caseflow/case-facts/1", "claims": [{"id": "home", "remedies": [{}]}]}
