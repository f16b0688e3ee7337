"""Whether the facts came before the Protocol bound the State (Spain: 5 May 2013)."""

from typing import Any

import pytest

from tests.law.building import ACT, answer, claim, document, remedy

RULE = "facts-after-entry-into-force"
OLD = {"from": "2012-10-30", "until": "2013-03-01", "continuing": False}
EARLY = remedy(decided="2013-04-23")


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
        ([OLD], [EARLY, remedy(decided="2013-10-16", kind="extraordinary")], "arguable:open"),
        ([OLD], [EARLY, remedy(decided="2013-10-16", outcome="inadmissible_late")], "arguable:open"),
        ([OLD], [EARLY, remedy(decided="2013")], "unknown"),
        ([OLD], [EARLY, remedy(decided=None)], "unknown"),
        ([OLD], [EARLY, remedy(decided=None, outcome="pending")], "unknown"),
        ([OLD], [EARLY, remedy(decided=None, outcome="withdrawn")], "not_met"),
        ([OLD], None, "unknown"),
        # several acts
        ([OLD, ACT], [EARLY], "arguable:admissible"),
        ([OLD, ACT, {"from": "2013"}], [EARLY], "unknown"),
        ([OLD, OLD], [EARLY], "not_met"),
    ],
)
def test_table(acts: Any, remedies: Any, result: str) -> None:
    assert answer(RULE, document(claim(acts=acts, remedies=remedies))) == result


def test_without_a_day_of_entry_into_force_nothing_can_be_measured() -> None:
    assert answer(RULE, document(state="SI")) == "unknown"
    assert answer(RULE, document(claims=[])) == "unknown"
