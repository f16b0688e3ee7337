"""How near decided communications are: what is shared, its points, and the order."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from caseflow.law.nearness import POINTS, DecidedCase, OwnCase, Trait, nearest, nearness

CASE = OwnCase(
    state="ES",
    rights=("HOUSING", "FAMILY"),
    violation_types=("HOUSING_EVICTION_ARREARS", "HOUSING_NO_PROPORTIONALITY", "FAMILY_SPLIT"),
    groups=("CHILDREN",),
    is_urgent=True,
    open_rules=("exhaustion", "one-year"),
)
OTHER = DecidedCase(number="5/2015", decided_on=date(2017, 6, 20), state="IT")


@pytest.mark.parametrize(
    ("values", "points", "shared"),
    [
        ({}, 0, {}),
        ({"state": "ES"}, 2, {Trait.STATE: ["ES"]}),
        ({"rights": ("HOUSING", "WORK")}, 2, {Trait.RIGHTS: ["HOUSING"]}),
        ({"rights": ("FAMILY", "HOUSING")}, 4, {Trait.RIGHTS: ["HOUSING", "FAMILY"]}),
        ({"violation_types": ("FAMILY_SPLIT",)}, 2, {Trait.VIOLATION_TYPES: ["FAMILY_SPLIT"]}),
        ({"groups": ("CHILDREN", "POVERTY")}, 2, {Trait.GROUPS: ["CHILDREN"]}),
        ({"grounds": ("exhaustion", "abuse")}, 4, {Trait.GROUNDS: ["exhaustion"]}),
        ({"held": ("one-year", "exhaustion")}, 2, {Trait.HELD: ["exhaustion", "one-year"]}),
        ({"grounds": ("exhaustion",), "held": ("exhaustion",)}, 4, {Trait.GROUNDS: ["exhaustion"]}),
        ({"is_urgent": True}, 1, {Trait.INTERIM_MEASURES: ["yes"]}),
    ],
)
def test_what_is_shared_gives_points(values, points, shared):
    near = nearness(CASE, replace(OTHER, **values))
    assert (near.points, near.shared) == (points, shared)


def test_a_communication_that_shares_everything_has_all_points():
    same = replace(
        OTHER,
        state="ES",
        rights=CASE.rights,
        violation_types=CASE.violation_types,
        groups=CASE.groups,
        grounds=("exhaustion",),
        held=("one-year",),
        is_urgent=True,
    )
    assert nearness(CASE, same).points == sum(POINTS.values())


def test_a_part_of_the_types_is_exact():
    assert nearness(replace(CASE, rights=("A", "B", "C")), replace(OTHER, rights=("C",))).points == Fraction(4, 3)


def test_an_empty_case_is_near_to_nothing():
    assert nearest(OwnCase(state=""), [OTHER, replace(OTHER, state="", number="6/2015")], 5) == []


def test_the_same_state_alone_is_not_near():
    assert nearest(CASE, [replace(OTHER, state="ES", groups=("CHILDREN",), held=("one-year",))], 5) == []


def test_more_points_come_first_then_the_later_day_then_the_higher_number():
    housing = replace(OTHER, rights=("HOUSING",))
    decided = [
        replace(housing, number="9/2015"),
        replace(housing, number="10/2015"),
        replace(housing, number="3/2014", decided_on=date(2018, 1, 1)),
        replace(housing, number="1/2013", state="ES", decided_on=date(2014, 1, 1)),
        replace(OTHER, number="2/2014"),
    ]
    for order in (decided, decided[::-1]):
        assert [near.number for near in nearest(CASE, order, 5)] == ["1/2013", "3/2014", "10/2015", "9/2015"]
        assert [near.number for near in nearest(CASE, order, 2)] == ["1/2013", "3/2014"]


def test_no_communication_has_more_points_than_one_that_shares_more():
    less = replace(OTHER, rights=("HOUSING",), state="ES")
    for more in (replace(less, is_urgent=True), replace(less, rights=CASE.rights), replace(less, held=("exhaustion",))):
        assert nearness(CASE, more).points > nearness(CASE, less).points
