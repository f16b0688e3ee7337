"""The same matter: persons, facts and rights, before which body, with which status, on which day."""

from typing import Any

import pytest

from caseflow.law import load_register, load_vocabularies
from caseflow.law.sentences import write, write_each
from tests.law.building import answer, document, found, of_rule

SAME = {"same_persons": True, "same_facts": True, "same_rights": True}


def elsewhere(body: str | None = "ECTHR", status: str | None = "pending", **changes: Any) -> dict[str, Any]:
    return document(other_procedures=[{"body": body, "status": status, **SAME, **changes}])


def before(status: str | None = "examined", **changes: Any) -> dict[str, Any]:
    earlier = {"number": "12/2016", "filed": "2016-02-01", "status": status, "anything_new": False, **SAME, **changes}
    return document(earlier_communications=[earlier])


@pytest.mark.parametrize(
    ("other", "earlier", "expected"),
    [([], [], "met"), (None, [], "unknown"), ([], None, "unknown"), (None, None, "unknown")],
)
def test_none_is_met_only_if_that_was_checked(other: Any, earlier: Any, expected: str) -> None:
    assert answer("same-matter", document(other_procedures=other, earlier_communications=earlier)) == expected


@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [
        ("ECTHR", "pending", "not_met"),
        ("ECTHR", "examined", "not_met"),
        ("CCPR", "examined", "not_met"),
        ("IACHR", "pending", "not_met"),
        ("ECTHR", "rejected_unexamined", "arguable:admissible"),
        ("ECTHR", "withdrawn", "arguable:admissible"),
        ("ECTHR", "general_situation", "met"),
        ("ECTHR", None, "unknown"),
        (None, "pending", "unknown"),
        (None, "general_situation", "met"),
        *(
            (body, status, "met")
            for body in ("UN_SP", "HRC_CP", "CESCR_INQ")
            for status in ("pending", "examined", None)
        ),
        *((body, "general_situation", "met") for body in ("ECSR", "ILO_CFA", "ILO_REP", "ILO_COMP")),
        ("ECSR", "examined", "arguable:admissible"),
        ("ECSR", None, "unknown"),
        ("UNESCO_CR", "examined", "arguable:open"),
        ("WB_IP", "pending", "arguable:open"),
        ("CESCR", "examined", "not_met"),
        ("CESCR", "pending", "arguable:open"),
    ],
)
def test_body_and_status_decide_on_the_same_persons_facts_and_rights(
    body: str | None, status: str | None, expected: str
) -> None:
    assert answer("same-matter", elsewhere(body, status)) == expected


@pytest.mark.parametrize(
    ("persons_facts_rights", "expected"),
    [
        ((True, True, True), "not_met"),
        ((True, True, False), "arguable:open"),
        ((True, False, True), "arguable:admissible"),
        ((False, True, True), "arguable:admissible"),
        ((True, False, False), "arguable:admissible"),
        ((False, False, True), "met"),
        ((False, False, False), "met"),
        ((False, False, None), "met"),
        ((None, True, True), "unknown"),
        ((True, None, True), "unknown"),
        ((True, True, None), "unknown"),
        ((False, None, True), "unknown"),
    ],
)
def test_the_same_matter_is_the_same_persons_facts_and_rights(
    persons_facts_rights: tuple[bool | None, ...], expected: str
) -> None:
    same = dict(zip(SAME, persons_facts_rights, strict=True))
    assert answer("same-matter", elsewhere(**same)) == expected
    assert answer("same-matter", before(**same)) == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("examined", "not_met"),
        ("pending", "arguable:open"),
        ("rejected_unexamined", "arguable:admissible"),
        ("withdrawn", "arguable:admissible"),
        (None, "unknown"),
    ],
)
def test_earlier_communications_bar_if_they_were_examined(status: str | None, expected: str) -> None:
    assert answer("same-matter", before(status)) == expected


@pytest.mark.parametrize(
    ("status", "dates", "expected"),
    [
        ("examined", {"from": "2018-09-17"}, "not_met"),
        ("examined", {"from": "2018-09-18"}, "met"),
        ("examined", {"from": "2018-09"}, "unknown"),
        ("withdrawn", {"until": "2018-09-17"}, "arguable:admissible"),
        ("withdrawn", {"until": "2018-09-18"}, "not_met"),
        ("withdrawn", {"until": "2018"}, "unknown"),
        ("examined", {"until": "2018"}, "not_met"),
        ("pending", {"until": "2019-01-01"}, "not_met"),
        ("pending", {"until": "2018-09-16"}, "unknown"),
    ],
)
def test_the_status_on_the_day_decides(status: str, dates: dict[str, str], expected: str) -> None:
    assert answer("same-matter", elsewhere(status=status, **dates)) == expected


def test_where_only_the_leaning_depends_on_the_day_the_worst_counts() -> None:
    facts = elsewhere(status="withdrawn", same_rights=False, until="2018")
    assert answer("same-matter", facts) == "arguable:open"


def test_the_worst_of_several_procedures_decides_and_only_its_facts_are_named() -> None:
    facts = elsewhere()
    facts["other_procedures"].insert(0, {"body": "UN_SP"})
    (finding,) = of_rule(found(facts), "same-matter")
    assert finding.result == "not_met"
    assert all(path.startswith("/other_procedures/1/") for path in finding.facts)
    assert write(finding.because) == (
        "The procedure before the European Court of Human Rights is pending on the same persons, facts and rights."
    )


def test_the_same_matter_elsewhere_bars_and_a_withdrawal_is_suggested() -> None:
    assert found(elsewhere()).outlook == "barred"
    (finding,) = of_rule(found(elsewhere()), "same-matter")
    assert "withdrawal" in write_each(finding.settles)[0]
    assert found(elsewhere(status="withdrawn")).outlook == "arguable"


def test_a_missing_fact_is_named_with_its_field() -> None:
    (finding,) = of_rule(found(elsewhere(None, None, same_rights=None)), "same-matter")
    assert write(finding.because) == (
        "Whether a procedure whose body is not recorded is on the same matter can't be said: not recorded is which body"
        " it is before, its status and whether the rights are the same."
    )
    assert finding.facts == tuple(f"/other_procedures/0/{name}" for name in ("body", "status", "same_rights"))


def test_the_nature_of_every_body_is_data() -> None:
    bodies = load_register().bodies
    assert [body.code for body in load_vocabularies().bodies] == list(bodies)
    assert {body.nature for body in bodies.values()} == {"own", "individual", "collective", "disputed", "never"}
    assert [code for code, body in bodies.items() if body.nature == "own"] == ["CESCR"]
