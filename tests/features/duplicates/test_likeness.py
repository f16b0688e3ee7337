"""How alike two events are, without a database: what is a reason, what is none, and what speaks against it."""

from dataclasses import replace

import pytest

from caseflow.features.duplicates.cases.commands import Event, SameEvent
from caseflow.features.duplicates.cases.likeness import are_near, is_likely, likeness, place_in_common
from caseflow.law import UncertainDate

TOLD = "Forty huts of day labourers in Níjar demolished at dawn by the police without notice. Families lost papers and belongings."
AGAIN = "At dawn the police demolished the huts of some forty families of day labourers near Nijar. No notice was given, and belongings and papers were lost."
DIFFERENT = "A mother with three children lost the appeal against the eviction from a flat of the city, and no other home was offered to her."
EVENT = Event(
    state_code="ES",
    district="Níjar",
    region="Almería",
    happened=UncertainDate.parse("2026-03-27"),
    rights=["HOUSING"],
    text=TOLD,
)


def reasons(one, other, *people):
    return {reason.what for reason in likeness(one, other, people).reasons}


def test_the_same_event_told_by_two_people_has_every_reason():
    other = replace(EVENT, district="NIJAR", happened=UncertainDate.parse("2026-03"), text=AGAIN)
    assert reasons(EVENT, other, "V1") == set(SameEvent) - {SameEvent.NAMED_PLACE}
    assert is_likely(likeness(EVENT, other))


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("2026-03-27", "2026-03-27", True),
        ("2026-03-27", "2026-04-03", True),
        ("2026-03-27", "2026-04-04", False),
        ("2026-03-27", "2026-03", True),
        ("2026-03-27", "2026-03-27~", True),
        ("2026-03-27", "2026-05", False),
        ("2026-03", "2026-03", True),
        ("2026-03-27", "2026", None),
        ("2026-03-27", "2026-03~", None),
        ("2026-03-27", "../2026-03-27", None),
        ("2026-03-27/..", "2026-03-27", None),
        ("0001-01-01", "9999-12-31", False),
    ],
)
def test_a_date_says_as_much_as_was_known(one, other, near):
    first, second = UncertainDate.parse(one), UncertainDate.parse(other)
    assert are_near(first, second) is near
    assert are_near(second, first) is near


@pytest.mark.parametrize(
    ("one", "other", "place"),
    [
        (("Níjar", "Almería"), ("nijar", ""), "nijar"),
        (("Níjar", "Almería"), ("El Ejido", "Almería"), ""),
        (("", "Níjar"), ("Níjar", "Almería"), "Níjar"),
        (("", "Almería"), ("Níjar", "Almería"), "Almería"),
        (("Barrio X, Níjar", ""), ("Níjar", ""), "Níjar"),
        (("", ""), ("", ""), ""),
        (("Níjar", ""), ("", ""), ""),
    ],
)
def test_two_districts_of_a_region_are_two_places(one, other, place):
    events = (Event(district=district, region=region) for district, region in (one, other))
    first, second = events
    assert place_in_common(first, second) == place
    assert bool(place_in_common(second, first)) is bool(place)


def test_two_reasons_that_say_much_are_needed():
    bare = Event(state_code="ES", rights=["HOUSING"])
    for one in (
        {"district": "Níjar"},
        {"happened": EVENT.happened},
        {"text": TOLD},
    ):
        assert not is_likely(likeness(replace(bare, **one), EVENT)), one
    assert not is_likely(likeness(bare, EVENT, ["V1", "V2"]))
    assert is_likely(likeness(replace(bare, district="Níjar"), EVENT, ["V1"]))


def test_another_day_speaks_against_it():
    other = replace(EVENT, happened=UncertainDate.parse("2026-06-01"))
    assert not is_likely(likeness(replace(other, rights=[]), EVENT))
    assert is_likely(likeness(replace(other, happened=UncertainDate.parse("2026"), rights=[]), EVENT))


@pytest.mark.parametrize(
    ("other", "is_alike"), [(AGAIN, True), (DIFFERENT, False), ("Eviction at dawn", False), ("", False)]
)
def test_texts_are_alike_when_most_words_are_the_same(other, is_alike):
    assert (SameEvent.TEXT in reasons(Event(text=TOLD), Event(text=other))) is is_alike
