"""Evidence: whether there is any, of which kind, and whether it includes a copy of a decision relied on."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.law import load_vocabularies
from caseflow.law.sentences import write, write_each
from tests.law.building import answer, claim, document, found, of_rule, remedy

KINDS = [None, *(term.code for term in load_vocabularies().evidence_kinds)]
ORDER = ("not_met", "unknown", "arguable:open", "met")
WAITING = remedy(outcome="pending", decided=None)


def with_evidence(*pieces: Any, **changes: Any) -> dict[str, Any]:
    return document(
        claim(evidence=[{"kind": each} if not isinstance(each, dict) else each for each in pieces], **changes)
    )


def copy(proves: str | None) -> dict[str, Any]:
    return {"kind": "decision", "proves": proves}


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([], "not_met"),
        (["media"], "not_met"),
        (["media", "media"], "not_met"),
        ([None], "unknown"),
        (["media", None], "unknown"),
        (["testimony"], "arguable:open"),
        (["media", "photo", None], "arguable:open"),
        (["decision"], "met"),
        ([copy("APPEAL")], "met"),
        ([copy("the eviction order")], "met"),
        ([copy("CONST")], "arguable:open"),
        ([copy("CONST"), copy("APPEAL")], "met"),
        (["media", "testimony", copy("APPEAL")], "met"),
    ],
)
def test_the_highest_rank_decides(pieces: list[Any], expected: str) -> None:
    assert answer("substantiation", with_evidence(*pieces)) == expected


@pytest.mark.parametrize(
    ("remedies", "pieces", "expected"),
    [
        (None, ["testimony"], "arguable:open"),
        (None, ["decision"], "met"),
        ([], ["testimony"], "met"),
        ([], ["media"], "not_met"),
        ([WAITING], ["testimony"], "met"),
        ([remedy(decided="2018-09-18")], ["testimony"], "met"),  # awaited on the day of filing
        ([remedy(decided="2018-09")], ["testimony"], "arguable:open"),
        ([WAITING, remedy()], ["testimony"], "arguable:open"),
        ([remedy(outcome=None)], ["testimony"], "arguable:open"),
        ([remedy(outcome="no_reply")], ["correspondence"], "met"),
        ([remedy(stage=None)], [copy("CONST")], "met"),
        ([WAITING], [copy("APPEAL")], "met"),
    ],
)
def test_a_copy_of_a_decision_relied_on_is_asked_for(remedies: Any, pieces: list[Any], expected: str) -> None:
    assert answer("substantiation", with_evidence(*pieces, remedies=remedies)) == expected


def test_unrecorded_evidence_is_unknown() -> None:
    assert answer("substantiation", document(claim(evidence=None))) == "unknown"
    assert answer("substantiation", document(claims=None)) == "unknown"


def test_what_is_missing_can_be_put_right_before_filing() -> None:
    facts = with_evidence("media")
    assert found(facts).outlook == "incomplete"
    (finding,) = of_rule(found(facts), "substantiation")
    assert finding.facts == ("/claims/0/evidence/0/kind",)
    assert write_each(finding.settles)[0] == "a copy of the decision of the Provincial Court"


FIRST = {"authority": "Social services", "applied": "2015-03-02", "answered": "2015-06-01", "answer": "list_closed"}


@pytest.mark.parametrize(
    ("asked", "said", "settles"),
    [
        (None, "", "when housing was first asked for, with the answers, and why not before"),
        ([], "Housing was not asked for, as recorded. ", "why housing was not asked for"),
        ([{"authority": "The city", "applied": "2016"}, FIRST],
         "Housing was first asked for on 2 March 2015 (Social services): the list is closed to who occupies without title. ",
         "why housing was not asked for before 2 March 2015"),
        ([{"applied": "2016-05"}], "Housing was first asked for in May 2016 (to whom is not recorded): the answer is not recorded. ",
         "why housing was not asked for before May 2016"),
        ([{"authority": "The city"}], "Requests for housing are recorded, but not their days. ", "the days on which housing was asked for"),
        ([{**FIRST, "applied": "2019-01-01", "answered": None}], "Housing was not asked for, as recorded. ", "why housing was not asked for"),
    ],
)  # fmt: skip
def test_a_claim_on_housing_says_when_housing_was_first_asked_for(asked: Any, said: str, settles: str) -> None:
    for pieces, result in ((["decision"], "met"), (["testimony"], "arguable:open"), ([], "not_met")):
        (finding,) = of_rule(found(with_evidence(*pieces, housing_applications=asked)), "substantiation")
        assert f"{said}Most housing cases that failed" in write(finding.because)
        assert settles in write_each(finding.settles)
        assert any("housing_applications" in path for path in finding.facts) is (asked is not None)
        assert answer("substantiation", with_evidence(*pieces, housing_applications=asked)) == result
    (finding,) = of_rule(
        found(with_evidence("decision", rights=["HEALTH"], housing_applications=asked)), "substantiation"
    )
    assert "ousing" not in write(finding.because)


PIECES = st.fixed_dictionaries(
    {"kind": st.sampled_from(KINDS)}, optional={"proves": st.sampled_from([None, "APPEAL", "CONST", "words"])}
)
LADDERS = st.sampled_from([None, [], [remedy()], [WAITING], [remedy(stage=None)], [WAITING, remedy(stage="CONST")]])


@given(st.lists(PIECES, max_size=4), st.lists(PIECES, min_size=1, max_size=3), LADDERS)
def test_adding_evidence_never_worsens_the_answer(pieces: list[Any], more: list[Any], remedies: Any) -> None:
    poorer = answer("substantiation", with_evidence(*pieces, remedies=remedies))
    richer = answer("substantiation", with_evidence(*pieces, *more, remedies=remedies))
    assert ORDER.index(richer) >= ORDER.index(poorer)
