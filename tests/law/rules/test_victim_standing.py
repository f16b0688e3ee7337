"""Whether the persons of a claim may complain as its victims."""

from typing import Any

import pytest

from caseflow.law.sentences import write
from tests.law.building import answer, claim, document, found, of_rule, remedy, short, victim

RULE = "victim-standing"
ENFORCED = remedy(stage="ENFORCE", outcome="granted")


@pytest.mark.parametrize(
    ("changes", "result", "outlook"),
    [
        ({}, "met", "clear"),
        ({"kind": "household"}, "met", "clear"),
        ({"kind": "group"}, "met", "clear"),
        ({"kind": None}, "met", "clear"),
        # falls short: what can be put right and what can't
        ({"identified": False}, "not_met", "incomplete"),
        ({"kind": "household", "identified": False}, "not_met", "incomplete"),
        ({"within_jurisdiction": False}, "not_met", "barred"),
        ({"personally_affected": False}, "not_met", "barred"),
        ({"identified": False, "personally_affected": False}, "not_met", "barred"),
        ({"identified": None, "within_jurisdiction": False}, "not_met", "barred"),
        ({"kind": "group", "personally_affected": False}, "not_met", "barred"),
        # groups
        ({"kind": "group", "identified": False}, "arguable:open", "arguable"),
        ({"kind": None, "identified": False}, "unknown", "incomplete"),
        ({"kind": "group", "identified": False, "personally_affected": None}, "unknown", "incomplete"),
        # not recorded
        ({"identified": None}, "unknown", "incomplete"),
        ({"within_jurisdiction": None}, "unknown", "incomplete"),
        ({"personally_affected": None}, "unknown", "incomplete"),
        ({"kind": "group", "identified": None}, "unknown", "incomplete"),
    ],
)
def test_one_victim(changes: dict[str, Any], result: str, outlook: str) -> None:
    facts = document(victims=[victim(**changes)])
    assert answer(RULE, facts) == result
    assert found(facts).outlook == outlook


@pytest.mark.parametrize(
    ("first", "second", "results", "outlook"),
    [
        ({}, {}, [(None, "met")], "clear"),
        ({}, {"identified": False}, [("v1", "met"), ("v2", "arguable:inadmissible")], "arguable"),
        ({}, {"personally_affected": False}, [("v1", "met"), ("v2", "arguable:inadmissible")], "arguable"),
        ({}, {"identified": None}, [("v1", "met"), ("v2", "unknown")], "incomplete"),
        ({"identified": None}, {"within_jurisdiction": False}, [("v1", "unknown"), ("v2", "arguable:inadmissible")], "incomplete"),
        ({"identified": False}, {"identified": False}, [(None, "not_met")], "incomplete"),
        ({"identified": False}, {"within_jurisdiction": False}, [(None, "not_met")], "incomplete"),
        ({"within_jurisdiction": False}, {"personally_affected": False}, [(None, "not_met")], "barred"),
        ({"kind": "group", "identified": False}, {"identified": False}, [("v1", "arguable:open"), ("v2", "arguable:inadmissible")], "arguable"),
    ],
)  # fmt: skip
def test_one_victim_is_enough_for_the_claim(first: Any, second: Any, results: Any, outlook: str) -> None:
    facts = document(claim(victims=["v1", "v2"]), victims=[victim("v1", **first), victim("v2", **second)])
    assert [(each.victim, short(each)) for each in of_rule(found(facts), RULE)] == results
    assert found(facts).outlook == outlook


@pytest.mark.parametrize(
    ("of_claim", "of_document", "result", "path"),
    [
        (None, None, "unknown", "/victims"),
        (None, [], "not_met", "/victims"),
        ([], None, "not_met", "/claims/0/victims"),
        ([], [victim()], "not_met", "/claims/0/victims"),
        (None, [victim()], "met", "/victims/0/identified"),
        (["v2"], [victim(), victim("v2")], "met", "/victims/1/identified"),
    ],
)
def test_who_the_victims_of_a_claim_are(of_claim: Any, of_document: Any, result: str, path: str) -> None:
    facts = document(claim(victims=of_claim), victims=of_document)
    (finding,) = of_rule(found(facts), RULE)
    assert (finding.result, finding.facts[0]) == (result, path)
    assert found(facts).outlook == ("clear" if result == "met" else "incomplete")


@pytest.mark.parametrize(
    ("remedies", "result"),
    [
        ([remedy(outcome="granted")], "arguable:inadmissible"),
        ([remedy(outcome="partly_granted")], "arguable:admissible"),
        ([remedy(outcome="not_enforced")], "met"),
        ([remedy(outcome="dismissed")], "met"),
        ([remedy(outcome="settled")], "met"),
        ([remedy(outcome="granted"), remedy(stage="CASSATION", outcome="not_enforced")], "met"),
        ([remedy(outcome="granted"), ENFORCED], "arguable:inadmissible"),
        ([remedy(outcome="not_enforced"), ENFORCED], "arguable:inadmissible"),
        ([remedy(outcome="granted"), {**ENFORCED, "outcome": "pending", "decided": None}], "met"),
        ([remedy(outcome="granted"), {**ENFORCED, "outcome": "no_reply"}], "met"),
        ([remedy(outcome="granted"), remedy(stage="CASSATION", outcome="dismissed")], "met"),
        ([remedy(outcome="granted"), remedy(stage="CONST", outcome="inadmissible")], "arguable:inadmissible"),
        ([remedy(outcome="granted"), remedy(stage="EXTRA", kind="extraordinary")], "arguable:inadmissible"),
        ([remedy(), remedy(stage="CONST", outcome="granted")], "arguable:inadmissible"),
        ([remedy(outcome="granted", could_repair=False)], "met"),
        # a decision that may have come after the day of filing, 17 September 2018
        ([remedy(outcome="granted", decided="2018-09")], "unknown"),
        ([remedy(outcome="granted"), remedy(stage="CASSATION", decided="2018-09")], "unknown"),
        ([remedy(outcome="granted", decided="2018-09-18")], "met"),
        ([remedy(stage="URGENT", outcome="granted"), remedy()], "met"),
        ([remedy(stage="OMBUDS_NHRI", outcome="granted", kind="discretionary"), remedy()], "met"),
    ],
)
def test_a_person_whose_claim_was_granted_is_no_longer_a_victim(remedies: Any, result: str) -> None:
    assert answer(RULE, document(claim(remedies=remedies))) == result


def test_a_granted_remedy_counts_for_the_victims_it_concerns() -> None:
    won = remedy(stage="CASSATION", outcome="granted", victims=["v2"])
    facts = document(claim(victims=["v1", "v2"], remedies=[remedy(), won]))
    got = [(each.victim, short(each)) for each in of_rule(found(facts), RULE)]
    assert got == [("v1", "met"), ("v2", "arguable:inadmissible")]


def test_each_claim_has_its_own_answer_and_no_claim_is_unknown() -> None:
    facts = document(claim(), claim(id="public", victims=[]))
    assert [(each.claim, each.result) for each in of_rule(found(facts), RULE)] == [
        ("home", "met"),
        ("public", "not_met"),
    ]
    assert answer(RULE, document(claims=None)) == "unknown"


def test_the_sentences_name_what_is_missing() -> None:
    facts = document(victims=[victim(within_jurisdiction=False, personally_affected=False)])
    (finding,) = of_rule(found(facts), RULE)
    assert write(finding.because).startswith(
        "The victim is not under the jurisdiction of Spain and not personally affected. Nobody can complain in the general interest"
    )
    facts = document(victims=[victim(identified=None, personally_affected=None)])
    (finding,) = of_rule(found(facts), RULE)
    assert write(finding.because) == "It is not recorded whether the victim is identified and personally affected."
    assert finding.facts == ("/victims/0/identified", "/victims/0/personally_affected")
