"""Whether the victims consent, or the author may act without their consent."""

from typing import Any

import pytest

from caseflow.law.sentences import write
from tests.law.building import answer, claim, document, found, of_rule, short, victim


@pytest.mark.parametrize(
    ("changes", "result", "outlook"),
    [
        ({"consent": "author"}, "met", "clear"),
        ({"consent": "signed"}, "met", "clear"),
        ({"consent": "missing"}, "not_met", "incomplete"),
        ({"consent": "missing", "consent_reason": "not asked yet"}, "not_met", "incomplete"),
        ({"consent": "justified", "consent_reason": "died in custody"}, "arguable:open", "arguable"),
        ({"consent": "justified", "consent_reason": " "}, "unknown", "incomplete"),
        ({"consent": "justified"}, "unknown", "incomplete"),
        ({"consent": None}, "unknown", "incomplete"),
    ],
)
def test_table(changes: dict[str, Any], result: str, outlook: str) -> None:
    facts = document(victims=[victim(**changes)])
    assert answer("consent", facts) == result
    assert found(facts).outlook == outlook


@pytest.mark.parametrize(
    ("first", "second", "results"),
    [
        ({"consent": "author"}, {"consent": "signed"}, [(None, "met")]),
        ({"consent": "missing"}, {"consent": "missing"}, [(None, "not_met")]),
        ({"consent": "signed"}, {"consent": "missing"}, [("v1", "met"), ("v2", "not_met")]),
        ({"consent": "signed"}, {"consent": None}, [("v1", "met"), ("v2", "unknown")]),
        (
            {"consent": "justified", "consent_reason": "missing since May"},
            {"consent": "justified", "consent_reason": "a child"},
            [("v1", "arguable:open"), ("v2", "arguable:open")],
        ),
    ],
)
def test_victims_with_equal_consent_share_a_finding(first: Any, second: Any, results: Any) -> None:
    facts = document(claim(victims=["v1", "v2"]), victims=[victim("v1", **first), victim("v2", **second)])
    assert [(each.victim, short(each)) for each in of_rule(found(facts), "consent")] == results


def test_consent_does_not_depend_on_claims() -> None:
    facts = document(claim(), claim(id="two"), victims=[victim("v1"), victim("v2", consent="missing")])
    assert [(each.claim, each.victim) for each in of_rule(found(facts), "consent")] == [(None, "v1"), (None, "v2")]


@pytest.mark.parametrize("victims", [None, []])
def test_consent_without_victims_is_unknown(victims: Any) -> None:
    facts = document(claim(victims=None), victims=victims)
    assert answer("consent", facts) == "unknown"


def test_the_reason_is_in_the_finding_with_its_path() -> None:
    facts = document(victims=[victim(consent="justified", consent_reason="died in custody.")])
    (finding,) = of_rule(found(facts), "consent")
    assert "without a signed consent, because: died in custody. Whether" in write(finding.because)
    assert finding.facts == ("/victims/0/consent", "/victims/0/consent_reason")
