"""Whether all available domestic remedies were used to the end."""

from typing import Any

import pytest

from caseflow.law.sentences import write, write_each
from tests.law.building import answer, claim, document, found, of_rule, remedy, unused

PENDING = remedy(stage="CASSATION", decided=None, outcome="pending")
REFUSED = remedy(stage="CONST", decided="2018-02-01", outcome="inadmissible_form")
UNSUSPENDED = unused(reason="no_suspensive_effect")
DELAY = {"claimed": True, "since": "2012-01-15", "explanation": "no hearing in five years"}


@pytest.mark.parametrize(
    ("changes", "result", "outlook"),
    [
        ({}, "met", "clear"),
        # open or pending: premature
        ({"remedies": [remedy(), PENDING]}, "not_met", "premature"),
        ({"remedies": [PENDING, remedy(stage="URGENT")]}, "not_met", "premature"),
        ({"remedies": [remedy(decided="2018-09-18")]}, "not_met", "premature"),
        ({"remedies": [remedy(decided="2018-09-17")]}, "met", "clear"),
        ({"remedies": [remedy(decided="2018-09")]}, "unknown", "incomplete"),
        ({"remedies": [remedy(next_step="CASSATION", next_step_due="2018-09-17")]}, "not_met", "premature"),
        ({"remedies": [remedy(next_step="CASSATION", next_step_due="2018-09-16")]}, "not_met", "barred"),
        ({"remedies": [remedy(next_step="CASSATION", next_step_due="2018-09")]}, "not_met", "premature"),
        ({"remedies": [remedy(next_step="CASSATION")]}, "not_met", "premature"),
        ({"remedies": [remedy(next_step="CASSATION"), remedy(stage="CASSATION")]}, "met", "clear"),
        ({"remedies": [remedy(next_step="CASSATION", next_step_due="2018"), remedy(stage="CONST")]}, "not_met", "premature"),
        ({"remedies": [remedy(next_step="go higher"), remedy(stage="CASSATION")]}, "met", "clear"),
        ({"remedies": [remedy(next_step="EXTRA")]}, "arguable:admissible", "arguable"),
        # missed or lost
        ({"remedies_not_used": [unused(reason="missed")]}, "not_met", "barred"),
        ({"remedies_not_used": [unused(reason="not_tried")]}, "not_met", "premature"),
        (
            {
                "remedies": [remedy(next_step="CASSATION", next_step_due="2017-12-01")],
                "remedies_not_used": [unused(reason="not_tried")],
            },
            "not_met",
            "barred",
        ),
        ({"remedies": [remedy(outcome="inadmissible_late")]}, "not_met", "barred"),
        ({"remedies": [remedy(outcome="inadmissible_form")]}, "not_met", "barred"),
        ({"remedies": [remedy(outcome="withdrawn")]}, "not_met", "barred"),
        ({"remedies": [remedy(outcome="inadmissible_form"), remedy()]}, "met", "clear"),
        ({"remedies": [remedy(stage="COURT_1", outcome="inadmissible_late"), remedy()]}, "arguable:open", "arguable"),
        ({"remedies": [remedy(outcome="inadmissible")]}, "met", "clear"),
        ({"remedies": [remedy(outcome="inadmissible_late"), remedy(stage="CASSATION", outcome=None)]}, "unknown", "incomplete"),
        ({"remedies": [remedy(decided="2018-09", outcome="inadmissible_late")]}, "unknown", "incomplete"),
        # by the days of the decisions, whatever the order of the list
        ({"remedies": [remedy(stage="CASSATION"), remedy(decided="2016", next_step="CASSATION")]}, "met", "clear"),
        ({"remedies": [remedy(), remedy(decided="2016", raised_right=False)]}, "met", "clear"),
        # the right in substance
        ({"remedies": [remedy(decided="2018-09", raised_right=False)]}, "unknown", "incomplete"),
        ({"remedies": [remedy(raised_right=False)]}, "not_met", "barred"),
        ({"remedies": [remedy(raised_right=None)]}, "unknown", "incomplete"),
        ({"remedies": [remedy(raised_right=False), remedy(stage="CASSATION")]}, "met", "clear"),
        ({"remedies": [remedy(), remedy(stage="CASSATION", raised_right=False)]}, "arguable:open", "arguable"),
        ({"remedies": [remedy(raised_right=False), {**PENDING, "raised_right": None}]}, "not_met", "premature"),
        # exceptions
        ({"remedies_not_used": [unused()]}, "arguable:admissible", "arguable"),
        ({"remedies_not_used": [unused(documented=False)]}, "arguable:inadmissible", "arguable"),
        ({"remedies_not_used": [unused(documented=None)]}, "arguable:inadmissible", "arguable"),
        ({"remedies_not_used": [unused(explanation=None)]}, "unknown", "incomplete"),
        ({"remedies_not_used": [unused(reason=None)]}, "unknown", "incomplete"),
        ({"remedies_not_used": [unused(reason="fear"), unused("CONST", "missed")]}, "not_met", "barred"),
        ({"remedies": [], "remedies_not_used": [unused(reason="unavailable")]}, "arguable:admissible", "arguable"),
        (
            {"remedies": [remedy(next_step="CASSATION", next_step_due="2017-12-01")], "remedies_not_used": [unused()]},
            "arguable:admissible",
            "arguable",
        ),
        ({"remedies": [remedy(), PENDING], "delay": DELAY}, "arguable:open", "arguable"),
        ({"remedies": [PENDING], "delay": {**DELAY, "since": None}}, "arguable:inadmissible", "arguable"),
        ({"remedies": [PENDING], "delay": {**DELAY, "explanation": ""}}, "unknown", "incomplete"),
        ({"remedies": [PENDING], "delay": {**DELAY, "claimed": False}}, "not_met", "premature"),
        ({"delay": DELAY}, "met", "clear"),
        # what does not count
        ({"remedies": [remedy(), remedy(stage="EXTRA", kind="extraordinary")]}, "met", "clear"),
        ({"remedies": [remedy(), {**PENDING, "kind": "extraordinary"}]}, "arguable:open", "arguable"),
        ({"remedies": [remedy(), {**PENDING, "stage": "EXTRA", "kind": "extraordinary"}]}, "arguable:admissible", "arguable"),
        ({"remedies": [remedy(), {**PENDING, "stage": "CONST", "kind": "discretionary"}]}, "arguable:open", "arguable"),
        ({"remedies": [remedy(), {**PENDING, "could_repair": False}]}, "met", "clear"),
        ({"remedies_not_used": [unused("EXTRA", kind="extraordinary")]}, "arguable:admissible", "arguable"),
        ({"remedies_not_used": [unused("EXTRA", "not_tried", kind=None)]}, "arguable:admissible", "arguable"),
        ({"remedies": [remedy(kind="extraordinary")]}, "arguable:open", "arguable"),
        # what is an instance by its place is one, whatever it is called
        ({"remedies_not_used": [unused(kind="extraordinary")]}, "arguable:admissible", "arguable"),
        ({"remedies_not_used": [unused(kind="extraordinary", documented=False)]}, "arguable:inadmissible", "arguable"),
        ({"remedies_not_used": [unused(reason="not_tried", kind="discretionary")]}, "arguable:inadmissible", "arguable"),
        ({"remedies_not_used": [unused(reason="missed", kind="extraordinary")]}, "arguable:inadmissible", "arguable"),
        # the reason for an extraordinary remedy is used
        ({"remedies_not_used": [unused("CONST", kind="extraordinary")]}, "arguable:admissible", "arguable"),
        ({"remedies_not_used": [unused("CONST", kind="extraordinary", documented=None)]}, "arguable:open", "arguable"),
        ({"remedies_not_used": [unused("CONST", "not_tried", kind="extraordinary")]}, "arguable:open", "arguable"),
        # pending, but without suspensive effect
        ({"remedies": [remedy(), PENDING], "remedies_not_used": [UNSUSPENDED]}, "arguable:admissible", "arguable"),
        (
            {"remedies": [remedy(), PENDING], "remedies_not_used": [{**UNSUSPENDED, "documented": None}]},
            "arguable:inadmissible",
            "arguable",
        ),
        ({"remedies": [remedy(), PENDING], "remedies_not_used": [{**UNSUSPENDED, "explanation": ""}]}, "unknown", "incomplete"),
        ({"remedies": [remedy(), PENDING], "remedies_not_used": [{**UNSUSPENDED, "stage": "APPEAL"}]}, "not_met", "premature"),
        # a constitutional remedy refused for its form
        ({"remedies": [remedy(), REFUSED]}, "arguable:open", "arguable"),
        ({"remedies": [remedy(), REFUSED], "remedies_not_used": [unused("EXTRA", kind="extraordinary")]}, "arguable:admissible", "arguable"),
        ({"remedies": [REFUSED]}, "not_met", "barred"),
        ({"remedies": [remedy(outcome="inadmissible_late"), REFUSED]}, "not_met", "barred"),
        ({"remedies": [remedy(), {**REFUSED, "outcome": "inadmissible_late"}]}, "not_met", "barred"),
        ({"remedies": [remedy(), {**REFUSED, "kind": "extraordinary"}]}, "met", "clear"),
        # housing: an application that was not made, is pending, or could not be made
        ({"remedies_not_used": [unused("ADM_REQ", "not_tried")]}, "not_met", "premature"),
        ({"remedies": [remedy(), {**PENDING, "stage": "ADM_REQ"}]}, "not_met", "premature"),
        ({"remedies_not_used": [unused("ADM_REQ", "unavailable")]}, "arguable:admissible", "arguable"),
        # what is not known
        ({"remedies": None}, "unknown", "incomplete"),
        ({"remedies": []}, "unknown", "incomplete"),
        ({"remedies": [remedy(outcome=None)]}, "unknown", "incomplete"),
        ({"remedies": [remedy(decided=None)]}, "unknown", "incomplete"),
        ({"remedies": [remedy(kind=None)]}, "unknown", "incomplete"),
        ({"remedies": [remedy(could_repair=False)]}, "unknown", "incomplete"),
        # no reply, granted but not enforced, settled
        ({"remedies": [remedy(outcome="no_reply", decided=None)]}, "unknown", "incomplete"),
        ({"remedies": [remedy(outcome="no_reply")]}, "met", "clear"),
        ({"remedies": [remedy(stage="ADM_COMPL", outcome="no_reply", decided=None), remedy()]}, "met", "clear"),
        ({"remedies": [remedy(outcome="no_reply", decided=None)], "delay": DELAY}, "arguable:open", "arguable"),
        ({"remedies": [remedy(outcome="not_enforced")]}, "arguable:open", "arguable"),
        ({"remedies": [remedy(outcome="not_enforced"), remedy(stage="ENFORCE")]}, "met", "clear"),
        ({"remedies": [remedy(outcome="not_enforced")], "remedies_not_used": [unused("ENFORCE")]}, "arguable:admissible", "arguable"),
        ({"remedies": [remedy(outcome="settled")]}, "arguable:inadmissible", "arguable"),
    ],
)  # fmt: skip
def test_table(changes: dict[str, Any], result: str, outlook: str) -> None:
    facts = document(claim(**changes))
    assert answer("exhaustion", facts) == result
    if outlook != "clear":
        assert found(facts).outlook in (outlook, "incomplete" if outlook == "arguable" else outlook)


def test_victims_with_different_remedies_get_their_own_answers() -> None:
    appeal = remedy(stage="CASSATION", decided=None, outcome="pending", victims=["v2"])
    facts = document(claim(victims=["v1", "v2"], remedies=[remedy(), appeal]))
    got = [(finding.victim, finding.result) for finding in of_rule(found(facts), "exhaustion")]
    assert got == [("v1", "met"), ("v2", "not_met")]


def test_the_months_of_a_delay_are_stated() -> None:
    (finding,) = of_rule(found(document(claim(remedies=[PENDING], delay=DELAY))), "exhaustion")
    assert "it has lasted 6 years and 8 months since 15 January 2012" in write(finding.because)


def test_a_remedy_without_an_authority_is_named_by_its_stage() -> None:
    (finding,) = of_rule(found(document(claim(remedies=[{**PENDING, "authority": None}]))), "exhaustion")
    assert "pending before the authority at the stage “Cassation”" in write(finding.because)


def test_a_pending_remedy_without_suspensive_effect_asks_for_a_stay_that_was_refused() -> None:
    for stay, is_asked in (
        (None, True),
        (remedy(stage="URGENT"), False),
        (remedy(stage="URGENT", outcome="granted"), True),
    ):
        facts = document(
            claim(remedies=[remedy(), *([stay] if stay else []), PENDING], remedies_not_used=[UNSUSPENDED])
        )
        (finding,) = of_rule(found(facts), "exhaustion")
        assert any("a request to stop the act" in text for text in write_each(finding.settles)) is is_asked, stay


def test_of_several_records_on_a_pending_remedy_the_one_best_shown_counts() -> None:
    unexplained, undocumented = {**UNSUSPENDED, "explanation": None}, {**UNSUSPENDED, "documented": False}
    for records, result in (
        ([unexplained, undocumented], "arguable:inadmissible"),
        ([undocumented, unexplained], "arguable:inadmissible"),
        ([undocumented, UNSUSPENDED, unexplained], "arguable:admissible"),
        ([unexplained, unexplained], "unknown"),
    ):
        facts = document(claim(remedies=[remedy(), PENDING], remedies_not_used=records))
        assert answer("exhaustion", facts) == result, records


def test_a_premature_case_says_that_it_may_be_cured() -> None:
    for awaited in (PENDING, remedy(decided="2018-09-18")):
        (finding,) = of_rule(found(document(claim(remedies=[remedy(), awaited]))), "exhaustion")
        assert "a decision by then cures this" in write(finding.because)
        assert "one may file before it, saying so" in write(finding.because)
        assert not any("filing after" in text for text in write_each(finding.settles))


def test_the_finding_says_that_no_step_is_recorded_as_open() -> None:
    (finding,) = of_rule(found(document(claim(remedies=[remedy()]))), "exhaustion")
    assert write(finding.because).endswith("No ordinary step is recorded as open.")


@pytest.mark.parametrize(
    "changes",
    [
        {"remedies": [remedy(raised_right=False)]},
        {"remedies": [remedy()], "remedies_not_used": [unused(reason="missed")]},
    ],
)
def test_a_barred_claim_says_what_would_change_the_answer(changes: dict[str, Any]) -> None:
    (finding,) = of_rule(found(document(claim(**changes))), "exhaustion")
    assert finding.result == "not_met"
    assert finding.settles
