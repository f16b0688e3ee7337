"""What the State objected to, or not, is said by the finding of the rule at issue; no result changes."""

from typing import Any

import pytest

from caseflow.law import RULES, load_vocabularies
from caseflow.law.objections import NEVER_GIVEN_UP, PERHAPS_GIVEN_UP
from caseflow.law.sentences import write, write_each
from tests.law.building import claim, document, found, of_rule, remedy, unused

DEFECTS: dict[str, dict[str, Any]] = {
    "exhaustion": {"claims": [claim(remedies=[remedy(outcome="pending", decided=None)])]},
    "one-year": {"claims": [claim(remedies=[remedy(decided="2015-01-05", notified="2015-01-05")])]},
    "facts-after-entry-into-force": {
        "claims": [claim(acts=[{"from": "2010", "until": "2010", "continuing": False, "attributable_to_state": True}],
                         remedies=[remedy(decided="2011-02-03")])]
    },
    "covenant-right": {"claims": [claim(rights=[], articles=[])]},
    "substantiation": {"claims": [claim(evidence=[])]},
    "same-matter": {"other_procedures": None},
    "consent": {"claims": [claim()], "victims": [{"id": "v1", "identified": True, "consent": "missing"}]},
}  # fmt: skip
"""Documents in which a rule is not met, or unknown."""


def defective(rule: str, objections: Any) -> Any:
    given = {name: value for name, value in DEFECTS[rule].items() if name != "claims"}
    return found(document(*DEFECTS[rule].get("claims", []), **given, state_objections=objections))


def said(rule: str, objections: Any) -> str:
    (finding,) = of_rule(defective(rule, objections), rule)
    return write(finding.because)


def results(findings: Any) -> list[Any]:
    return [(each.rule, each.claim, each.victim, each.result, each.favours, each.cure) for each in findings.findings]


def test_the_grounds_of_objections_are_the_rules() -> None:
    assert {term.code for term in load_vocabularies().objection_grounds} == set(RULES)


@pytest.mark.parametrize("rule", DEFECTS)
def test_no_objection_and_no_silence_changes_a_result(rule: str) -> None:
    objections = [{"ground": each, "raised": "2018-03-01"} for each in RULES]
    before = defective(rule, None)
    for given in ([], objections, objections[:1]):
        after = defective(rule, given)
        assert results(after) == results(before)
        assert after.outlook == before.outlook
        assert after.clocks == before.clocks


@pytest.mark.parametrize("rule", DEFECTS)
def test_an_objection_is_told_with_its_day_by_the_finding_of_its_ground_alone(rule: str) -> None:
    findings = defective(rule, [{"ground": rule, "raised": "2018-03-01"}, {"ground": rule, "raised": "2019-01-01"}])
    for finding in findings.findings:
        told = "The State objected to this on 1 March 2018." in write(finding.because)
        assert told is (finding.rule == rule)
        assert not (told and "No objection" in write(finding.because)), "whoever objected was not silent"
        assert "2019" not in write(finding.because), "an objection after the day assessed does not count"
        assert ("/state_objections/0/raised" in finding.facts) is told
        assert ("the answer to the objection, with documents" in write_each(finding.settles)) is told


@pytest.mark.parametrize(
    ("names", "sentence", "paragraph"),
    [
        (True, "It named a remedy that is left: show that it was used", "176/2020"),
        (False, "It named no remedy that is left: a State that does not do so in reasonable time", "134/2019"),
        (None, "Whether it named a remedy that is left is not recorded.", "134/2019"),
    ],
)
def test_an_objection_to_exhaustion_has_to_name_a_remedy(names: Any, sentence: str, paragraph: str) -> None:
    (finding,) = of_rule(defective("exhaustion", [{"ground": "exhaustion", "names_remedy": names}]), "exhaustion")
    assert "The State objected to this; the day is not recorded." in write(finding.because)
    assert sentence in write(finding.because)
    assert any(paragraph in source for source in finding.sources)
    assert len(set(finding.sources)) == len(finding.sources)


def test_silence_gives_up_exhaustion_never_time_and_subject_and_perhaps_the_rest() -> None:
    quiet = "No objection of the State on this ground is recorded."
    assert "is taken to have given up this condition" in said("exhaustion", [])
    assert "inside another one" not in said("exhaustion", [])
    assert "inside another one" in said("exhaustion", [{"ground": "abuse"}])
    for rule in DEFECTS:
        assert quiet not in said(rule, None)
        assert (quiet in said(rule, [])) is (rule in NEVER_GIVEN_UP | PERHAPS_GIVEN_UP | {"exhaustion"})
        assert ("can't give up" in said(rule, [])) is (rule in NEVER_GIVEN_UP)
        assert ("perhaps give up" in said(rule, [])) is (rule in PERHAPS_GIVEN_UP)


def test_silence_on_a_condition_that_is_met_says_nothing() -> None:
    findings = found(document(claim(remedies=[remedy()], remedies_not_used=[unused()]), state_objections=[]))
    assert {each.rule for each in findings.findings if "No objection of the State" in write(each.because)} <= {
        each.rule for each in findings.findings if each.result != "met"
    }


def test_an_approximate_day_of_an_objection_is_named() -> None:
    assert "2018-03~ was read as" in said("exhaustion", [{"ground": "exhaustion", "raised": "2018-03~"}])
