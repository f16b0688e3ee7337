"""Contents of files, and the sentence and path of each fault."""

import json
from typing import Any

import pytest

from caseflow.law import InvalidFacts, decode, read_facts
from tests.law.building import ACT, claim, document, remedy, unused, victim


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "not JSON: Expecting value at line 1"),
        (b"[]", "This list should be an object."),
        (b"null", "null should be an object."),
        (b"\xff\xfe", "not UTF-8 text: byte 0"),
        (b'{"schema": NaN}', "NaN is not a value that JSON has."),
        (b'{"schema": -Infinity}', "-Infinity is not a value"),
        (b'{"a": 1, "a": 1}', 'The field "a" stands twice'),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a":' * 200_000, "nested too deeply"),
        (b"9" * 5000, "a number too long"),
        (b'{"reference": "\\ud800"}', "half a character"),
    ],
)
def test_unreadable_content_is_refused_with_a_sentence(raw: bytes, sentence: str) -> None:
    with pytest.raises(InvalidFacts) as invalid:
        read_facts(decode(raw))
    assert sentence in invalid.value.faults[0].sentence


@pytest.mark.parametrize(
    ("facts", "path", "sentence"),
    [
        (document(schema="x"), "/schema", '"x" should be "caseflow/case-facts/1".'),
        ({"state": "ES"}, "/schema", "This field is needed."),
        (document(states="ES"), "/states", "There is no such field in this format."),
        (document(**{"a/b~c": 1}), "/a~1b~0c", "There is no such field"),
        (document(state="es"), "/state", '"es" is not a code of two capital letters'),
        (document(route="ECHR"), "/route", '"ECHR" is not one of "OP-ICESCR", null.'),
        (document(on="2014"), "/on", "not one exact day"),
        (document(on="2023-02-29"), "/on", "February 2023 has 28 days"),
        (document(on=1), "/on", "1 should be text or null."),
        (document(author=True), "/author", "true should be an object or null."),
        (document(claim(acts=[{"from": "2013-13"}])), "/claims/0/acts/0/from", "13 is not a month"),
        (document(claim(acts=[{"from": "last year"}])), "/claims/0/acts/0/from", "is not a date of this format"),
        (document(claim(acts=[None])), "/claims/0/acts/0", "null should be an object."),
        (document(claim(remedies=[remedy(stage="SUPREME")])), "/claims/0/remedies/0/stage", '"SUPREME" is not one of'),
        (document(claim(remedies=[remedy(raised_right="yes")])), "/claims/0/remedies/0/raised_right", "true or false"),
        (document({"victims": ["v1"]}), "/claims/0/id", "This field is needed."),
        (document(claim(id="")), "/claims/0/id", "The text is empty."),
        (document(claim(victims=["v9"])), "/claims/0/victims/0", '"v9" is not the id of a victim of this document.'),
        (document(claim(victims=["v1", "v1"])), "/claims/0/victims", "names something twice"),
        (document(claim(remedies=[remedy(victims=["v2"])])), "/claims/0/remedies/0/victims/0", "of this claim"),
        (document(claim(), claim()), "/claims/1/id", "already"),
        (
            document(claim(remedies=[remedy(filed="2018")])),
            "/claims/0/remedies/0/decided",
            "can't come before the filing",
        ),
        (
            document(claim(acts=[{"from": "2014", "until": "2013"}])),
            "/claims/0/acts/0/until",
            "can't end before it began",
        ),
    ],
)
def test_a_fault_is_reported_with_its_path(facts: Any, path: str, sentence: str) -> None:
    with pytest.raises(InvalidFacts) as invalid:
        read_facts(facts)
    (fault,) = invalid.value.faults
    assert fault.path == path
    assert sentence in fault.sentence


@pytest.mark.parametrize(
    ("facts", "path", "number"),
    [
        (document(claim(remedies=[remedy()] * 201)), "/claims/0/remedies", 200),
        (document(claim(remedies_not_used=[unused()] * 201, remedies=[])), "/claims/0/remedies_not_used", 200),
        (document(claim(remedies=[remedy()] * 101, remedies_not_used=[unused()] * 100)), "/claims/0/remedies_not_used", 200),
        (document(claim(acts=[ACT] * 201)), "/claims/0/acts", 200),
        (document(*(claim(id=f"c{n}") for n in range(101))), "/claims", 100),
        (document(victims=[victim(f"v{n}") for n in range(501)]), "/victims", 500),
    ],
)  # fmt: skip
def test_a_document_too_large_to_be_a_case_is_refused(facts: Any, path: str, number: int) -> None:
    with pytest.raises(InvalidFacts) as invalid:
        read_facts(facts)
    assert path in {fault.path for fault in invalid.value.faults}
    assert f"more than {number} can't be assessed." in str(invalid.value)


def test_the_largest_case_is_parsed() -> None:
    full = claim(remedies=[remedy()] * 100, remedies_not_used=[unused()] * 100, acts=[ACT] * 200)
    assert read_facts(document(full, victims=[victim(f"v{n}") for n in range(500)])).claims


def test_all_faults_are_reported_at_once() -> None:
    with pytest.raises(InvalidFacts) as invalid:
        read_facts({"schema": "caseflow/case-facts/1", "x": 1, "y": 2, "on": "2013", "claims": [{"acts": 3}]})
    assert {fault.path for fault in invalid.value.faults} == {"/x", "/y", "/on", "/claims/0/id", "/claims/0/acts"}


def test_a_missing_field_is_unknown_and_its_path_is_the_enclosing_object() -> None:
    facts = read_facts(document(claim(remedies=[{"stage": "APPEAL"}])))
    assert facts.claims is not None
    assert facts.claims[0].remedies is not None
    assert facts.claims[0].remedies[0].decided is None
    assert facts.path("claims", 0, "remedies", 0, "decided") == "/claims/0/remedies/0"
    assert facts.path("claims", 0, "remedies", 0, "stage") == "/claims/0/remedies/0/stage"


def test_a_byte_order_mark_is_accepted() -> None:
    assert read_facts(decode(b"\xef\xbb\xbf" + json.dumps(document()).encode())).state == "ES"
