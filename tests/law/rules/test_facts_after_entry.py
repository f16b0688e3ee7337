"""Whether the facts came before the Protocol bound the State (Spain: 5 May 2013)."""

from typing import Any

import pytest

from tests.law.building import ACT, answer, claim, document, found, of_rule, remedy, short

RULE = "facts-after-entry-into-force"
OLD = {"from": "2012-10-30", "until": "2013-03-01", "continuing": False}
EARLY = remedy(decided="2013-04-23")

AWAITED = remedy(stage="CONST", decided=None, outcome="pending")


@pytest.mark.parametrize(
    ("acts", "remedies", "result"),
    [
        # the act itself
        ([ACT], [], "met"),
        ([{"from": "2013-05-05"}], [], "met"),
        ([{"from": "2013-05-04", "until": "2013-05-04"}], [], "not_met"),
        ([{"from": "2013-05", "until": "2013-05"}], [], "unknown"),
        ([{"from": "2013-05-06~"}], [], "unknown"),
        ([{"from": "2013-05-12~"}], [], "met"),
        ([{"from": "2012", "until": None, "continuing": False}], [], "unknown"),
        ([{"from": None, "until": "2013-05-04"}], [], "not_met"),
        ([{"from": None, "until": "2014-01-01"}], [], "unknown"),
        ([{"until": "../2013-05-04"}], [], "not_met"),
        ([], [], "unknown"),
        (None, [], "unknown"),
        # continuing
        ([{"from": "2012", "continuing": True, "continuing_reason": "still refused"}], [EARLY], "arguable:admissible"),
        ([{"from": "2012", "continuing": True, "continuing_reason": "  "}], [EARLY], "unknown"),
        ([{"from": "2012", "until": "2014", "continuing": False}], [EARLY], "arguable:admissible"),
        ([{**OLD, "continuing": True, "continuing_reason": "x"}], [EARLY], "unknown"),
        # later decisions
        ([OLD], [EARLY], "not_met"),
        ([OLD], [remedy(decided="2013-05-04")], "not_met"),
        ([OLD], [remedy(decided="2013-05-05")], "arguable:admissible"),
        ([OLD], [EARLY, remedy(decided="2013-10-16", outcome="inadmissible")], "arguable:admissible"),
        ([OLD], [EARLY, remedy(decided="2013-10-16", could_repair=False)], "not_met"),
        ([OLD], [EARLY, remedy(decided="2013-10-16", could_repair=None)], "unknown"),
        ([OLD], [EARLY, remedy(decided="2013-10-16", kind="extraordinary")], "arguable:admissible"),
        ([OLD], [EARLY, remedy(decided="2013-10-16", kind="extraordinary", could_repair=None)], "unknown"),
        ([OLD], [EARLY, remedy(decided="2013-10-16", kind="extraordinary", could_repair=False)], "not_met"),
        ([OLD], [EARLY, remedy(decided="2013-10-16", kind="discretionary")], "arguable:open"),
        ([OLD], [EARLY, remedy(decided="2013-10-16", outcome="inadmissible_late")], "arguable:open"),
        ([OLD], [EARLY, remedy(decided="2013")], "unknown"),
        ([OLD], [EARLY, remedy(decided=None)], "unknown"),
        ([OLD], [EARLY, remedy(decided=None, outcome="pending")], "unknown"),
        ([OLD], [EARLY, remedy(decided=None, outcome="withdrawn")], "not_met"),
        ([OLD], None, "unknown"),
        # a decision dated after the day assessed (17 September 2018) is awaited
        ([OLD], [EARLY, remedy(decided="2018-09-18")], "unknown"),
        ([OLD], [EARLY, remedy(decided="2018-09")], "unknown"),
        # an end that is vague: a later decision makes it arguable, whether it ended before or after
        ([{**OLD, "until": "../2014"}], [remedy(decided="2013-10-16")], "arguable:admissible"),
        ([{**OLD, "until": "../2014"}], [remedy(decided="2013-10-16", kind="discretionary")], "arguable:open"),
        ([{**OLD, "until": "../2014"}], [EARLY], "unknown"),
        ([{**OLD, "until": "../2014", "continuing": True}], [remedy(decided="2013-10-16")], "unknown"),
        # several acts
        ([OLD, ACT], [EARLY], "arguable:admissible"),
        ([OLD, ACT, {"from": "2013"}], [EARLY], "unknown"),
        ([OLD, OLD], [EARLY], "not_met"),
        # with a later act a pending review is a later event itself
        ([OLD, ACT], [EARLY, AWAITED], "arguable:admissible"),
        ([OLD, ACT], [EARLY, {**AWAITED, "could_repair": None}], "unknown"),
        ([OLD], [EARLY, AWAITED], "unknown"),
    ],
)
def test_table(acts: Any, remedies: Any, result: str) -> None:
    assert answer(RULE, document(claim(acts=acts, remedies=remedies))) == result


def test_without_a_day_of_entry_into_force_the_answer_is_unknown() -> None:
    assert answer(RULE, document(state="SI")) == "unknown"
    assert answer(RULE, document(claims=[])) == "unknown"


def test_a_later_decision_counts_for_the_victims_it_concerns() -> None:
    later = remedy(stage="CONST", decided="2013-10-16", victims=["v2"])
    facts = document(claim(victims=["v1", "v2"], acts=[OLD], remedies=[EARLY, later]))
    got = [(each.victim, short(each)) for each in of_rule(found(facts), RULE)]
    assert got == [("v1", "not_met"), ("v2", "arguable:admissible")]
    facts = document(claim(victims=["v1", "v2"], remedies=[EARLY, later]))
    assert [(each.victim, short(each)) for each in of_rule(found(facts), RULE)] == [(None, "met")]
