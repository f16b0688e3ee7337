"""Whether the claim is about a right of the Covenant, and about acts of the State."""

from typing import Any

import pytest

from caseflow.law import load_vocabularies
from caseflow.law.sentences import write
from tests.law.building import ACT, answer, claim, document, found, of_rule

RULE = "covenant-right"


STATE, PRIVATE, UNSAID = ({**ACT, "attributable_to_state": whose} for whose in (True, False, None))


@pytest.mark.parametrize(
    ("rights", "articles", "result", "outlook"),
    [
        (["HOUSING"], ["11(1)"], "met", "clear"),
        (["HOUSING"], ["11"], "met", "clear"),
        (["HOUSING"], ["art. 11.1"], "met", "clear"),
        (["HOUSING"], ["11(1)", "2(1)"], "met", "clear"),
        (["HOUSING"], None, "met", "clear"),
        (["HOUSING"], [], "met", "clear"),
        (None, ["11(1)"], "met", "clear"),
        ([], ["7", "9"], "met", "clear"),
        (["SOCSEC", "WORKCOND"], ["7", "9"], "met", "clear"),
        (["CULTURE"], ["15(1)(a)"], "met", "clear"),
        (["SRH"], ["12", "3"], "met", "clear"),
        # general rights go with any other, cross-cutting ones need an article
        (["NONDISC"], ["9", "2(2)"], "met", "clear"),
        (["NONDISC"], ["9"], "met", "clear"),
        (["ENV"], ["12"], "met", "clear"),
        (["ENV"], None, "unknown", "incomplete"),
        # no right of Part III
        (["SELFDET"], ["1"], "arguable:open", "arguable"),
        (["SELFDET"], None, "arguable:open", "arguable"),
        (None, ["1", "2(2)"], "arguable:open", "arguable"),
        (["SELFDET", "CULTURE"], ["1", "15(1)(a)"], "met", "clear"),
        (["HOUSING"], ["1"], "met", "clear"),
        (["NONDISC"], ["2(2)"], "arguable:admissible", "arguable"),
        (["GENDER"], [], "arguable:admissible", "arguable"),
        # no right of the Covenant
        ([], [], "not_met", "barred"),
        (None, ["17"], "not_met", "barred"),
        ([], ["0"], "not_met", "barred"),
        (None, ["right to property"], "not_met", "barred"),
        (None, ["11(1)", "17"], "arguable:admissible", "arguable"),
        (["HOUSING"], ["11(1)", "17"], "arguable:admissible", "arguable"),
        # what does not agree, and what is not recorded
        (["HOUSING"], ["13"], "unknown", "incomplete"),
        (["HOUSING"], ["17"], "unknown", "incomplete"),
        (["CULTURE"], ["15(1)(b)"], "unknown", "incomplete"),
        (["HOUSING"], ["11(1)", "10"], "met", "clear"),
        (["HOUSING", "FAMILY"], ["11(1)"], "met", "clear"),
        (None, None, "unknown", "incomplete"),
        ([], None, "unknown", "incomplete"),
        (None, [], "unknown", "incomplete"),
    ],
)
def test_rights_and_articles(rights: Any, articles: Any, result: str, outlook: str) -> None:
    facts = document(claim(rights=rights, articles=articles))
    assert answer(RULE, facts) == result
    assert found(facts).outlook == outlook


@pytest.mark.parametrize(
    ("acts", "result", "outlook"),
    [
        ([STATE], "met", "clear"),
        ([STATE, STATE], "met", "clear"),
        ([PRIVATE], "not_met", "barred"),
        ([PRIVATE, PRIVATE], "not_met", "barred"),
        ([STATE, PRIVATE], "arguable:admissible", "arguable"),
        ([UNSAID], "unknown", "incomplete"),
        ([STATE, UNSAID], "unknown", "incomplete"),
        ([PRIVATE, UNSAID], "unknown", "incomplete"),
        (None, "met", "incomplete"),
        ([], "met", "incomplete"),
    ],
)
def test_acts_of_the_state(acts: Any, result: str, outlook: str) -> None:
    facts = document(claim(acts=acts))
    assert answer(RULE, facts) == result
    assert found(facts).outlook == outlook


def test_rights_and_articles_that_do_not_match_are_named() -> None:
    (finding,) = of_rule(found(document(claim(rights=["HOUSING", "FAMILY"], articles=["11(1)", "13"]))), RULE)
    assert "No article is named for “Family, mothers, children”." in write(finding.because)
    assert "Article 13 is named, but none of its rights is recorded" in write(finding.because)


def test_every_right_of_the_vocabulary_agrees_with_its_own_articles() -> None:
    for right in load_vocabularies().rights:
        facts = document(claim(rights=[right.code], articles=list(right.articles)))
        assert answer(RULE, facts) != "not_met", right.code
        assert (answer(RULE, facts) == "unknown") == (not right.articles), right.code


def test_rights_and_acts_in_one_finding_with_their_paths() -> None:
    (finding,) = of_rule(found(document()), RULE)
    assert write(finding.because) == (
        "The claim is about “Adequate housing” (article 11(1) of the Covenant). The act is attributed to Spain."
    )
    assert finding.facts == ("/claims/0/rights", "/claims/0/articles", "/claims/0/acts/0/attributable_to_state")


TREATIES = [{"treaty": "ICCPR", "article": "17, 23(1)"}, {"treaty": "CRC"}, {"article": "4"}, {}]


@pytest.mark.parametrize("changes", [{}, {"rights": [], "articles": []}, {"acts": [UNSAID]}, {"articles": ["17"]}])
def test_articles_of_other_treaties_are_outside_and_change_no_result(changes: dict[str, Any]) -> None:
    before, after = (document(claim(**changes, other_treaty_articles=named)) for named in (None, TREATIES))
    assert answer(RULE, before) == answer(RULE, after)
    (finding,) = of_rule(found(after), RULE)
    told = (
        "The claim also names “International Covenant on Civil and Political Rights”, art. 17, 23(1); “Convention on the Rights"
        " of the Child”; a treaty that is not recorded, art. 4; another treaty. The Committee decides on the Covenant alone"
    )
    assert told in write(finding.because)
    assert any("6/2015" in source for source in finding.sources)
    assert any("10/2015" in source and "9.7" in source for source in finding.sources)
    assert "/claims/0/other_treaty_articles" in finding.facts


@pytest.mark.parametrize("named", [None, []])
def test_a_claim_without_other_treaties_says_nothing_of_them(named: Any) -> None:
    (finding,) = of_rule(found(document(claim(other_treaty_articles=named))), RULE)
    assert "also names" not in write(finding.because)
