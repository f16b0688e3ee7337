"""The whole answer: which rules are assessed, in which order, and the outlook."""

from typing import Any

import pytest

from caseflow.law import RULES, RULES_OF_THE_PROTOCOL
from caseflow.law.engine import outlook
from tests.law.building import answer, claim, document, found, remedy, unused

BARRED = claim(id="barred", remedies=[remedy(outcome="inadmissible_late")])
PREMATURE = claim(id="premature", remedies=[remedy(outcome="pending", decided=None)])
INCOMPLETE = claim(id="incomplete", remedies=[remedy(outcome=None)])
ARGUABLE = claim(id="arguable", remedies_not_used=[unused()])
CLEAR = claim(id="clear")


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([CLEAR], "clear"),
        ([CLEAR, ARGUABLE], "arguable"),
        ([CLEAR, ARGUABLE, INCOMPLETE], "incomplete"),
        ([CLEAR, ARGUABLE, INCOMPLETE, PREMATURE], "premature"),
        ([CLEAR, ARGUABLE, INCOMPLETE, PREMATURE, BARRED], "barred"),
    ],
)
def test_the_outlook_is_the_first_that_applies(claims: list[Any], expected: str) -> None:
    assert found(document(*claims)).outlook == expected
    assert found(document(*reversed(claims))).outlook == expected


def test_what_can_be_put_right_before_filing_is_incomplete() -> None:
    (first, *others) = found(document()).findings
    assert outlook([first._replace(result="not_met", cure="before_filing"), *others]) == "incomplete"


def test_within_a_claim_not_met_outranks_unknown_and_barred_outranks_premature() -> None:
    pending = remedy(stage="CASSATION", outcome="pending", decided=None)
    assert answer("exhaustion", document(claim(remedies=[pending, remedy(kind=None)]))) == "not_met"
    missed = claim(remedies=[remedy(), pending], remedies_not_used=[unused(reason="missed")])
    assert found(document(missed)).outlook == "barred"


def test_findings_come_in_the_order_of_the_rules_then_of_the_claims() -> None:
    got = [(RULES.index(each.rule), each.claim or "") for each in found(document(CLEAR, ARGUABLE)).findings]
    assert [rule for rule, _ in got] == sorted(rule for rule, _ in got)
    of_claims = [
        claims for claims in ([name for of, name in got if of == n] for n in range(len(RULES))) if claims != [""]
    ]
    assert of_claims
    assert all(claims == ["clear", "arguable"] for claims in of_claims)


def test_rules_that_are_not_assessed_are_absent() -> None:
    assert len(RULES_OF_THE_PROTOCOL) == 12
    assert [name for name in RULES_OF_THE_PROTOCOL if name in RULES] == list(RULES)
    assert {finding.rule for finding in found(document()).findings} == set(RULES)
