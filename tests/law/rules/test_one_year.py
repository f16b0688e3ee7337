"""The year after the final decision: its finding and its clocks."""

from datetime import date, timedelta
from typing import Any

import pytest

from caseflow.law.sentences import write, write_each
from tests.law.building import answer, claim, clocks, document, found, of_rule, remedy, unused

EXTRA = remedy(stage="EXTRA", kind="extraordinary", decided="2018-03-01")
KNOWN = remedy(decided="2016-01-01", notified="2016-01-01")
LATER = {**EXTRA, "could_repair": False}
REFUSED = remedy(stage="CONST", decided="2018-02-01", outcome="inadmissible_form")
AT_ONCE = remedy(notified="2017-10-04")
PENDING = remedy(stage="CASSATION", decided=None, outcome="pending")
DELAY = {"claimed": True, "since": "2012-01-15", "explanation": "no hearing"}


@pytest.mark.parametrize(
    ("remedies", "on", "result"),
    [
        ([remedy()], "2018-10-04", "met"),
        ([AT_ONCE], "2018-10-05", "not_met"),
        ([remedy(decided="2012-02-29")], "2013-02-28", "met"),
        ([remedy(decided="2012-02-29", notified="2012-02-29")], "2013-03-01", "not_met"),
        # 4 October 2025 was a Saturday: the last day does not roll forward
        ([remedy(decided="2024-10-04", notified="2024-10-04")], "2025-10-06", "not_met"),
        # notification
        ([remedy(notified="2017-10-20")], "2018-10-04", "met"),
        ([remedy(notified="2017-10-20")], "2018-10-05", "arguable:admissible"),
        ([remedy(notified="2017-10-20")], "2018-10-20", "arguable:admissible"),
        ([remedy(notified="2017-10-20")], "2018-10-21", "not_met"),
        # served before it was dated: the safe day from the earlier, the arguable day from the later of the two
        ([remedy(notified="2017-09-20")], "2018-09-20", "met"),
        ([remedy(notified="2017-09-20")], "2018-09-21", "arguable:admissible"),
        ([remedy(notified="2017-09-20")], "2018-10-04", "arguable:admissible"),
        ([remedy(notified="2017-09-20")], "2018-10-05", "not_met"),
        # not recorded: a gap, unless a later step shows when the decision was known
        ([remedy()], "2018-10-05", "unknown"),
        ([remedy(), {**LATER, "filed": "2017-11-01"}], "2018-11-01", "unknown"),
        ([remedy(), {**LATER, "filed": "2017-11-01"}], "2018-11-02", "not_met"),
        ([remedy(), {**LATER, "filed": "2017-11"}], "2018-11-30", "unknown"),
        ([remedy(), {**LATER, "filed": "2017-11"}], "2018-12-01", "not_met"),
        ([remedy(), {**LATER, "filed": None, "decided": "2017-12-01"}], "2018-12-02", "not_met"),
        (
            [remedy(), {**LATER, "filed": "2017-09-01"}],
            "2018-10-05",
            "unknown",
        ),  # filed before the decision: shows nothing
        ([remedy(notified="2017-10")], "2018-10-04", "met"),  # a vague notification is not before the decision
        ([remedy(notified="2017-10")], "2018-10-15", "unknown"),
        ([remedy(notified="2017-10-20/..")], "2018-10-15", "arguable:admissible"),
        # vague decisions
        ([remedy(decided="2017-10")], "2018-10-01", "met"),
        ([remedy(decided="2017-10")], "2018-10-02", "unknown"),
        ([remedy(decided="2017-10")], "2018-10-31", "unknown"),
        ([remedy(decided="2017-10", notified="2017-10")], "2018-11-01", "not_met"),
        ([remedy(decided="2017-10-04~")], "2018-10-11", "unknown"),
        ([remedy(decided="2017-10-04~", notified="2017-10-04~")], "2018-10-12", "not_met"),
        ([remedy(decided="../2017-10-04")], "2018-10-04", "unknown"),
        ([remedy(decided="../2017-10-04", notified="2017-10-04")], "2018-10-05", "not_met"),
        ([remedy(decided="2017-10-04/..")], "2018-10-04", "met"),
        # a vague decision that may come only after the day: then it was awaited on it
        ([remedy(decided="2014~", notified="2014-03-26")], "2015-03-28", "unknown"),
        ([remedy(decided="2014-03-20/..", notified="2014-03-26")], "2015-03-20", "met"),
        (
            [
                remedy(decided="2014-01-10"),
                remedy(stage="CASSATION", decided="2014-11/..", outcome="inadmissible_form"),
            ],
            "2017-03-01",
            "unknown",
        ),
        (
            [remedy(decided="2014-01-10"), remedy(stage="CASSATION", decided="2014-11/..", kind=None)],
            "2017-03-01",
            "unknown",
        ),
        (
            [remedy(decided="2014-01/.."), remedy(stage="CASSATION", decided="2014-09-17", notified="2014-09-17")],
            "2016-03-01",
            "not_met",
        ),  # followed
        # which decision
        ([remedy(decided="2016-01-01"), remedy()], "2018-09-17", "met"),
        ([remedy(), remedy(stage="URGENT", decided="2016-01-01")], "2018-09-17", "met"),
        (
            [remedy(decided="2017"), remedy(stage="CASSATION", decided="2017-06-01", notified="2017-06-01")],
            "2018-09-17",
            "not_met",
        ),
        ([remedy(decided=None), remedy()], "2018-09-17", "met"),
        ([remedy(), remedy(decided=None)], "2018-09-17", "unknown"),
        ([KNOWN, remedy(could_repair=False)], "2018-09-17", "not_met"),
        ([KNOWN, remedy(outcome="inadmissible_late")], "2018-09-17", "not_met"),
        ([KNOWN, remedy(outcome="withdrawn")], "2018-09-17", "not_met"),
        ([remedy(decided="2016-01-01"), remedy(kind=None)], "2018-09-17", "unknown"),
        # a next step that may still be open: the decision may not be final
        ([remedy(next_step="CASSATION")], "2018-10-04", "met"),
        ([remedy(next_step="CASSATION")], "2018-10-05", "unknown"),
        ([remedy(next_step="CASSATION", next_step_due="2018-10-05")], "2018-10-05", "unknown"),
        ([remedy(next_step="CASSATION", next_step_due="2018-10-04", notified="2017-10-04")], "2018-10-05", "not_met"),
        ([remedy(next_step="EXTRA", notified="2017-10-04")], "2018-10-05", "not_met"),
        (
            [remedy(next_step="CASSATION"), remedy(stage="CASSATION", decided="2017-10-06", notified="2017-10-06")],
            "2018-10-07",
            "not_met",
        ),
        # pending
        ([remedy(decided="2016-01-01"), PENDING], "2018-09-17", "met"),
        ([remedy(decided="2018-09-18")], "2018-09-17", "met"),
        # extraordinary
        ([remedy(), EXTRA], "2018-10-04", "met"),
        ([remedy(), EXTRA], "2018-10-05", "arguable:admissible"),
        ([remedy(), {**EXTRA, "stage": "CONST"}], "2018-10-05", "arguable:admissible"),
        ([remedy(), {**EXTRA, "could_repair": None}], "2018-10-05", "arguable:open"),
        ([AT_ONCE, {**EXTRA, "could_repair": False}], "2018-10-05", "not_met"),
        ([remedy(), {**EXTRA, "kind": "discretionary"}], "2018-10-05", "arguable:inadmissible"),
        ([remedy(), {**EXTRA, "notified": "2018-03-20"}], "2019-03-20", "arguable:admissible"),
        ([remedy(), EXTRA], "2019-03-01", "arguable:admissible"),
        ([remedy(), EXTRA], "2019-03-02", "not_met"),
        ([remedy(notified="2018-03-10"), {**EXTRA, "could_repair": None}], "2019-03-10", "arguable:admissible"),
        ([AT_ONCE, {**EXTRA, "decided": "2017-01-01"}], "2018-10-05", "not_met"),
        ([AT_ONCE, {**EXTRA, "outcome": "inadmissible_late"}], "2018-10-05", "not_met"),
        ([EXTRA], "2019-03-01", "arguable:admissible"),
        ([EXTRA], "2019-03-02", "unknown"),
        ([{**EXTRA, "notified": "2018-03-01"}], "2019-03-02", "not_met"),
        # listed before the final decision and not certainly later: nothing; listed after it: its days from then on
        ([{**EXTRA, "decided": "2017"}, AT_ONCE], "2018-10-05", "not_met"),
        ([AT_ONCE, {**EXTRA, "decided": "2017"}], "2018-10-05", "unknown"),
        # an extraordinary remedy that is awaited, or whose day is not recorded, bars nothing
        ([AT_ONCE, {**EXTRA, "decided": None, "outcome": "pending"}], "2018-10-05", "arguable:open"),
        ([AT_ONCE, {**EXTRA, "decided": "2018-10-06", "stage": "CONST"}], "2018-10-05", "arguable:open"),
        ([AT_ONCE, {**EXTRA, "decided": None, "outcome": "pending", "could_repair": False}], "2018-10-05", "not_met"),
        ([remedy(), {**EXTRA, "decided": None}], "2018-10-05", "unknown"),
        ([AT_ONCE, {**EXTRA, "decided": None}], "2018-10-05", "unknown"),
        ([AT_ONCE, {**EXTRA, "decided": "2018-10~"}], "2018-10-05", "unknown"),
        ([remedy(), {**EXTRA, "decided": None}], "2018-10-04", "met"),
        # a constitutional remedy that was refused for its form gives a day to argue for
        ([AT_ONCE, REFUSED], "2018-10-04", "met"),
        ([AT_ONCE, REFUSED], "2018-10-05", "arguable:open"),
        ([AT_ONCE, REFUSED], "2019-02-01", "arguable:open"),
        ([AT_ONCE, REFUSED], "2019-02-02", "not_met"),
        ([AT_ONCE, {**REFUSED, "outcome": "inadmissible_late"}], "2018-10-05", "not_met"),
        ([AT_ONCE, {**REFUSED, "stage": "CASSATION"}], "2018-10-05", "not_met"),
        # pending in a remedy that may be ordinary or not; lost or settled only after the day
        ([remedy(kind=None, outcome="pending")], "2018-09-17", "unknown"),
        (
            [remedy(decided="2016-01-01"), remedy(decided="2018-09-18", outcome="inadmissible_late")],
            "2018-09-17",
            "met",
        ),
        ([remedy(decided="2018-09-18", outcome="settled")], "2018-09-17", "met"),
        # the days put remedies in order, whatever the list says
        ([remedy(stage="CASSATION"), remedy(decided="2016-01-01")], "2018-09-17", "met"),
        ([AT_ONCE, remedy(decided="2016-01-01", could_repair=False, next_step="CONST")], "2018-10-05", "not_met"),
        # granted but not enforced; no reply
        ([remedy(outcome="not_enforced")], "2019-10-05", "arguable:open"),
        ([remedy(outcome="no_reply", decided=None)], "2018-09-17", "unknown"),
        ([], "2018-09-17", "unknown"),
        (None, "2018-09-17", "unknown"),
    ],
)
def test_table(remedies: Any, on: str, result: str) -> None:
    assert answer("one-year", document(claim(remedies=remedies)), on) == result


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ({"remedies_not_used": [unused()]}, "arguable:admissible"),
        ({"remedies_not_used": [unused(kind="extraordinary")]}, "met"),
        ({"remedies": [], "remedies_not_used": [unused()]}, "arguable:open"),
        ({"remedies": [PENDING], "delay": DELAY}, "arguable:open"),
        ({"remedies": [remedy(outcome="no_reply", decided=None)], "delay": DELAY}, "arguable:open"),
    ],
)
def test_a_start_that_depends_on_an_exception_is_arguable(changes: dict[str, Any], result: str) -> None:
    assert answer("one-year", document(claim(**changes))) == result


def test_with_an_open_next_step_an_expired_clock_is_unknown() -> None:
    facts = document(claim(remedies=[remedy(next_step="CASSATION", notified="2017-10-04")]))
    findings = found(facts, "2018-10-05")
    year = next(clock for clock in findings.clocks if clock.clock == "one-year")
    assert (year.state, year.safe_until, year.days_left) == ("unknown", None, None)
    assert findings.outlook == "premature"


def test_days_with_the_same_answer_for_different_reasons_decide() -> None:
    vague = claim(remedies=[remedy(decided="2014-03", notified="2014-03-25")], remedies_not_used=[unused()])
    assert answer("one-year", document(vague), "2015-03-20") == "arguable:admissible"
    late = document(claim(remedies=[remedy(notified="2017-10")]), lateness_reason="ill")
    assert answer("one-year", late, "2018-10-20") == "arguable:open"


def test_the_clock_of_a_possibly_awaited_decision_is_never_expired() -> None:
    facts = document(claim(remedies=[remedy(decided="2014~", notified="2014-03-26")]))
    assert [(each.state, str(each.safe_until)) for each in clocks(facts, "2015-03-28")] == [("unknown", "2014-01-01")]


def test_the_clock_of_an_undated_extraordinary_remedy_has_no_end() -> None:
    first, second = clocks(document(claim(remedies=[remedy(), {**EXTRA, "decided": None}])), "2018-10-05")
    assert (first.state, first.safe_until) == ("unknown", date(2018, 10, 4))
    assert (second.state, second.arguable_until) == ("unknown", None)


def test_lateness_with_a_reason_is_arguable() -> None:
    for decision in (AT_ONCE, remedy()):
        facts = document(claim(remedies=[decision]), lateness_reason="in hospital until November 2018")
        assert answer("one-year", facts, "2018-10-05") == "arguable:open"
    late = claim(remedies=[AT_ONCE])
    assert answer("one-year", document(late, lateness_reason=" "), "2018-10-05") == "not_met"
    assert found(document(late), "2018-10-05").outlook == "barred"


def test_a_notification_that_is_not_recorded_says_from_which_day_it_would_do() -> None:
    findings = found(document(), "2018-10-05")
    (finding,) = of_rule(findings, "one-year")
    assert findings.outlook == "incomplete"
    assert "is in time only if it came on 5 October 2017 or later" in write(finding.because)
    assert "the day on which the author or counsel was notified" in write_each(finding.settles)[0]
    assert finding.facts[0] == "/claims/0/remedies/0", "pages lead first to what has to be recorded"
    recorded = document(claim(remedies=[remedy(notified=None)]))
    assert of_rule(found(recorded, "2018-10-05"), "one-year")[0].facts[0] == "/claims/0/remedies/0/notified"


def test_another_procedure_on_the_same_facts_shows_that_the_decision_was_known() -> None:
    begun = {"body": "CCPR", "same_persons": True, "same_facts": True, "same_rights": False, "status": "pending"}
    for start, result in (("2017-11-01", "not_met"), ("2017-10-04", "unknown"), ("2017-12-01", "unknown")):
        facts = document(other_procedures=[{**begun, "from": start}])
        assert answer("one-year", facts, "2018-11-15") == result, start
    facts = document(other_procedures=[{**begun, "from": "2017-11-01", "same_facts": None}])
    assert answer("one-year", facts, "2018-11-15") == "unknown"


@pytest.mark.parametrize(
    ("on", "result", "state"), [("2018-10-04", "met", "running"), ("2018-10-05", "arguable:open", "unknown")]
)
def test_a_pending_remedy_that_does_not_suspend_the_act_leaves_the_year_to_the_decision_before(
    on, result, state
) -> None:
    unsuspended = unused(reason="no_suspensive_effect")
    facts = document(claim(remedies=[AT_ONCE, PENDING], remedies_not_used=[unsuspended]))
    assert answer("one-year", facts, on) == result
    (clock,) = clocks(facts, on)
    assert (clock.state, clock.safe_until) == (state, date(2018, 10, 4))
    alone = document(claim(remedies=[PENDING], remedies_not_used=[unsuspended]))
    assert answer("one-year", alone, on) == "met"
    assert [each.state for each in clocks(alone, on)] == ["not_started"]


@pytest.mark.parametrize(
    ("remedies", "on", "shown"),
    [
        ([remedy()], "2018-10-04", ("running", "2017-10-04", "2018-10-04", None, 0)),
        ([remedy()], "2018-10-05", ("unknown", "2017-10-04", "2018-10-04", None, -1)),
        ([AT_ONCE], "2018-10-05", ("expired", "2017-10-04", "2018-10-04", "2018-10-04", -1)),
        ([remedy(notified="2017-10-20")], "2018-10-05", ("running", "2017-10-04", "2018-10-04", "2018-10-20", -1)),
        ([remedy(notified="2017-09-20")], "2018-09-17", ("running", "2017-09-20", "2018-09-20", "2018-10-04", 3)),
        ([remedy(decided="2017-10")], "2018-10-15", ("unknown", "2017-10", "2018-10-01", None, -14)),
        ([remedy(decided="../2017-10-04")], "2019-01-01", ("unknown", "../2017-10-04", None, None, None)),
        ([remedy(decided="2012-02-29")], "2012-03-01", ("running", "2012-02-29", "2013-02-28", None, 364)),
        ([remedy(notified="2017-10")], "2018-10-01", ("running", "2017-10-04", "2018-10-04", "2018-10-04", 3)),
        ([PENDING], "2018-09-17", ("not_started", None, None, None, None)),
        ([remedy(decided=None)], "2018-09-17", ("unknown", None, None, None, None)),
        ([], "2018-09-17", ("unknown", None, None, None, None)),
    ],
)
def test_the_clock(remedies: Any, on: str, shown: tuple[Any, ...]) -> None:
    """`shown` holds state, starts, safe until, arguable until and days left."""
    (clock,) = clocks(document(claim(remedies=remedies)), on)
    names = ("state", "starts", "safe_until", "arguable_until", "days_left")
    assert tuple(clock.to_document()[name] for name in names) == shown


def test_the_clock_of_an_extraordinary_remedy_has_no_safe_day() -> None:
    first, second = clocks(document(claim(remedies=[remedy(), EXTRA])))
    assert (first.safe_until, first.arguable_until) == (date(2018, 10, 4), date(2019, 3, 1))
    assert (second.safe_until, second.arguable_until, second.state) == (None, date(2019, 3, 1), "running")
    first, second = clocks(document(claim(remedies=[remedy(), {**PENDING, "kind": "extraordinary"}])))
    assert (first.arguable_until, second.state, second.starts) == (None, "not_started", None)


def test_victims_whose_last_decisions_differ_have_their_own_clocks() -> None:
    both = {"victims": ["v1", "v2"]}
    later = remedy(stage="CASSATION", decided="2018-01-10", victims=["v2"])
    facts = document(claim(**both, remedies=[remedy(), later]))
    assert [(each.victim, str(each.starts)) for each in clocks(facts)] == [("v1", "2017-10-04"), ("v2", "2018-01-10")]
    assert [each.victim for each in of_rule(found(facts), "one-year")] == ["v1", "v2"]
    first = remedy(stage="ADM_REQ", decided="2016-01-10", victims=["v2"])
    facts = document(claim(**both, remedies=[first, remedy()]))
    assert [(each.victim, str(each.starts)) for each in clocks(facts)] == [(None, "2017-10-04")]


@pytest.mark.parametrize(
    ("due", "state", "safe", "left"),
    [
        ("2018-09-17", "running", "2018-09-17", 0),
        ("2018-09-16", "expired", "2018-09-16", -1),
        ("2018-09", "unknown", "2018-09-01", -16),
        (None, "unknown", None, None),
    ],
)
def test_an_appeal_still_open_has_a_clock(due: Any, state: str, safe: Any, left: Any) -> None:
    facts = document(claim(remedies=[remedy(next_step="CASSATION", next_step_due=due)]))
    (clock,) = clocks(facts, name="next-domestic-step")
    shown = clock.to_document()
    assert (shown["state"], shown["safe_until"], shown["days_left"]) == (state, safe, left)
    assert (shown["starts"], clock.path) == ("2017-10-04", "/claims/0/remedies/0/next_step_due" if due else clock.path)


@pytest.mark.parametrize("extra", [remedy(stage="CASSATION"), None])
def test_an_appeal_taken_or_explained_has_no_clock(extra: dict[str, Any] | None) -> None:
    first = remedy(next_step="CASSATION", next_step_due="2018-10-01")
    changes = {"remedies": [first, extra]} if extra else {"remedies": [first], "remedies_not_used": [unused()]}
    assert clocks(document(claim(**changes)), name="next-domestic-step") == []


def test_an_approximate_date_is_named_in_the_finding() -> None:
    (finding,) = of_rule(found(document(claim(remedies=[remedy(decided="2017-10~")]))), "one-year")
    assert "2017-10~ was read as 1 September 2017 to 30 November 2017" in write(finding.because)


def anniversary(day: date) -> date:
    """Find the same day of the next year by counting day by day."""
    walked = day
    for _ in range(367):
        walked += timedelta(days=1)
        if (walked.year, walked.month) == (day.year + 1, day.month):
            after = walked + timedelta(days=1)
            if walked.day == day.day or after.month != day.month:
                return walked
    raise AssertionError


def test_the_safe_day_agrees_with_counting_day_by_day() -> None:
    day = date(2016, 1, 1)
    while day < date(2024, 3, 2):
        (clock,) = clocks(document(claim(remedies=[remedy(decided=day.isoformat())])), "2024-06-01")
        assert clock.safe_until == anniversary(day), day
        day += timedelta(days=3 if day.month != 2 else 1)


def test_a_year_that_depends_on_an_exception_says_what_would_settle_it() -> None:
    facts = document(claim(remedies=[remedy()], remedies_not_used=[unused()]))
    (finding,) = of_rule(found(facts), "one-year")
    assert finding.result == "arguable"
    assert finding.settles
