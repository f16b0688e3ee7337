"""Interim measures by the letters of a docket."""

from datetime import date, timedelta

import pytest

from caseflow.features.communications.standing import interim_of
from caseflow.models import Letter, LetterKind

DAY = date(2026, 3, 2)


def letters(*kinds: str) -> list[Letter]:
    return [Letter(kind=LetterKind(kind), dated_on=DAY + timedelta(days=number)) for number, kind in enumerate(kinds)]


@pytest.mark.parametrize(
    ("kinds", "is_in_force", "said_by"),
    [
        (["interim_requested"], False, 0),
        (["interim_requested", "interim_refused"], False, 1),
        (["interim_requested", "interim_granted", "comments"], True, 1),
        (["interim_granted", "interim_review"], True, 0),
        (["interim_granted", "interim_granted"], True, 0),
        (["interim_granted", "interim_review", "interim_lifted"], False, 2),
        (["interim_granted", "interim_requested", "interim_refused"], True, 0),
        (["interim_granted", "interim_lifted", "interim_granted"], True, 2),
        (["interim_granted", "admissible"], True, 0),
        (["interim_granted", "views"], False, 1),
        (["interim_granted", "discontinuance", "interim_lifted"], False, 2),
    ],
)
def test_interim_measures_stay_in_force_until_they_are_lifted_or_the_case_is_decided(kinds, is_in_force, said_by):
    found, rows = interim_of(letters(*kinds)), letters(*kinds)
    assert found is not None
    assert (found.is_in_force, found.letter.dated_on) == (is_in_force, rows[said_by].dated_on)


def test_without_such_a_letter_there_are_none():
    assert interim_of(letters("registration", "views")) is None
