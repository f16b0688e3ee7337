"""Facts that do not fit each other: what is certain is said, and what may fit is not."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from caseflow.languages import language_of
from caseflow.law import decode, read_facts
from caseflow.law.contradictions import contradictions
from caseflow.law.data import load_schema
from caseflow.law.sentences import write
from tests.law.building import ACT, claim, document, found, remedy, unused
from tests.law.oracle.generator import DocumentGenerator

EXAMPLES = Path(__file__).parent / "examples" / "facts"
FIRST = remedy(stage="COURT_1", filed="2016-01-10", decided="2016-05-02")
BODY = {"body": "ECTHR", "same_persons": True, "same_facts": True, "same_rights": True, "status": "examined"}


def check(*claims: dict[str, Any], **changes: Any) -> list[tuple[str, tuple[str, ...]]]:
    facts = read_facts(document(*claims, **changes))
    return [(write(one.because), one.facts) for one in contradictions(facts)]


def test_a_clear_case_has_none() -> None:
    assert check() == []


@pytest.mark.parametrize(
    ("changes", "sentence", "facts"),
    [
        ({"remedies": [remedy(outcome="pending")]}, "is pending, and has a day of decision", ["remedies/0/outcome", "remedies/0/decided"]),
        ({"remedies": [remedy(outcome="no_reply", notified="2017-10-05")]}, "gave no reply, and yet", ["remedies/0/outcome", "remedies/0/notified"]),
        ({"remedies": [remedy(notified="2017-07-03")]}, "more than three months before it was taken", ["remedies/0/notified", "remedies/0/decided"]),
        ({"remedies": [remedy(next_step="CASSATION", next_step_due="2017-10-03")]}, "before the decision on 4 October 2017", ["remedies/0/next_step_due", "remedies/0/decided"]),
        ({"remedies": [remedy(victims=[])]}, "concerns no victim", ["remedies/0/victims"]),
        ({"remedies": [FIRST, remedy(filed="2016-05-01")]}, "was filed on 1 May 2016, before", ["remedies/1/filed", "remedies/0/decided"]),
        ({"remedies": [FIRST, remedy(decided="2016-05-01")]}, "decided on 1 May 2016, before", ["remedies/1/decided", "remedies/0/decided"]),
        ({"remedies": [remedy(stage="ADM_COMPL", next_step="COURT_1", decided="2016-05-02"), remedy(stage="COURT_1", filed="2016-04")]},
         "was filed in April 2016, before", ["remedies/1/filed", "remedies/0/decided"]),
        ({"remedies": [remedy(), remedy()]}, "is recorded twice", ["remedies/0/decided", "remedies/1/decided"]),
        ({"remedies": [remedy(decided="2006-10-04")]}, "more than 10 years before the first act", ["remedies/0/decided", "acts/0/from"]),
        ({"remedies_not_used": [unused("APPEAL", "not_tried")]}, "recorded as used, and also as not tried", ["remedies_not_used/0/reason", "remedies/0/stage"]),
        ({"remedies": [remedy(filed="2016-02-03")], "delay": {"claimed": True, "since": "2015", "explanation": "why"}}, "before the first of them was filed", ["delay/since", "remedies/0/filed"]),
        ({"evidence": [{"kind": "decision", "proves": "CASSATION"}]}, "at which no remedy is recorded", ["evidence/0/proves", "remedies"]),
        ({"housing_applications": [{"applied": "2016-05-02", "answered": "2016-04"}]}, "was answered in April 2016, before it was made",
         ["housing_applications/0/answered", "housing_applications/0/applied"]),
        ({"articles": ["13(2)"]}, "No article that the claim names protects", ["rights", "articles"]),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_with_its_facts(changes: dict[str, Any], sentence: str, facts: list[str]) -> None:
    ((said, places),) = check(claim(**{"evidence": [], **changes}))
    assert sentence in said
    assert places == tuple(f"/claims/0/{each}" for each in facts)


@pytest.mark.parametrize(
    "changes",
    [
        {"remedies": [remedy(notified="2017-07-04")]},
        {"remedies": [remedy(notified="2017")]},
        {"remedies": [remedy(notified="../2017-07")]},
        {"remedies": [remedy(decided="2017-10-04/..", notified="2017-09")]},
        {"remedies": [remedy(next_step="CASSATION", next_step_due="2017-10")]},
        {"remedies": [remedy(notified="2017-09-01", next_step="CASSATION", next_step_due="2017-09-21")]},
        {"remedies": [FIRST, remedy(filed="2016-05")]},
        {"remedies": [{**FIRST, "notified": "2016-04-20"}, remedy(filed="2016-04-25")]},
        {"remedies": [FIRST, {**FIRST, "decided": "2016-07-01"}, remedy(filed="2016-05-01")]},
        {"remedies": [{**FIRST, "victims": ["v1"]}, remedy(filed="2016-05-01", victims=["v2"])]},
        {"remedies": [remedy(decided=None), remedy(decided=None)]},
        {"remedies": [remedy(decided="2009-10-04")]},
        {"remedies": [remedy(decided="2006-10-04")], "acts": [ACT, {**ACT, "from": None}]},
        {"remedies_not_used": [unused("APPEAL", "no_suspensive_effect")]},
        {"articles": ["2(1)", "11"]},
        {"articles": ["2(1)"]},
        {"articles": ["as guaranteed"]},
        {"rights": []},
        {"remedies": None},
        {"acts": None},
    ],
)
def test_what_may_fit_is_not_said(changes: dict[str, Any]) -> None:
    assert check(claim(victims=["v1", "v2"], **{"evidence": [], **changes})) == []


def test_procedures_elsewhere() -> None:
    pending = {**BODY, "status": "pending", "from": "2018-01-01", "until": "2018-03-01"}
    early = {**BODY, "from": "2015", "until": "2018-03-01"}
    assert [places for _said, places in check(other_procedures=[pending, early])] == [
        ("/other_procedures/0/status", "/other_procedures/0/until"),
        ("/other_procedures/1/from", "/claims"),
    ]
    assert check(other_procedures=[{**early, "from": "2017"}, {**early, "same_facts": None}]) == []


def test_decided_communications_hold_none_but_copies_of_decisions_that_are_not_recorded() -> None:
    said = {
        (path.name.startswith("illustration-"), write(one.because))
        for path in EXAMPLES.iterdir()
        for one in contradictions(read_facts(decode(path.read_bytes())))
    }
    missing = "The evidence holds a decision at the stage “Court of second instance”, at which no remedy is recorded."
    assert said == {(True, missing)}


def test_any_document_has_an_answer_that_fits_the_schema() -> None:
    generator, seen = DocumentGenerator("contradictions"), 0
    validator = Draft202012Validator(dict(load_schema("findings")))
    for number in range(400):
        facts = read_facts(generator.document()[0])
        got = contradictions(facts)
        seen += len(got)
        if number < 20:
            answer = found(document()).to_document()
            validator.validate({**answer, "contradictions": [one.to_document() for one in got]})
        assert all(write(one.because, language_of("es")) != write(one.because) for one in got)
    assert seen > 100
