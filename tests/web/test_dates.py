from datetime import UTC, date, datetime

import pytest
from flask_babel import force_locale

from caseflow.law.dates import UncertainDate
from caseflow.models import DeadlineKind
from caseflow.web.dates import days_left_kind, show_date, show_days_left, show_moment


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2013-10-03", "3 October 2013"),
        ("2013-10", "October 2013"),
        ("2013", "2013"),
        ("2013-10~", "about October 2013"),
        ("2013?", "2013 (uncertain)"),
        ("2013-10-03%", "about 3 October 2013 (uncertain)"),
        ("2013-05/..", "not before May 2013"),
        ("../2013-05-04", "not after 4 May 2013"),
    ],
)
def test_a_date_is_shown_as_exactly_as_it_is_known(in_page, edtf, words):
    assert show_date(UncertainDate.parse(edtf)) == words


def test_exact_days_and_none_are_shown_too(in_page):
    assert show_date(date(2013, 10, 3)) == "3 October 2013"
    assert show_date(None) == "Not known"


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("es", "3 de octubre de 2013", "octubre de 2013"),
        ("fi", "3. lokakuuta 2013", "lokakuu 2013"),
        ("sl", "3. oktober 2013", "oktober 2013"),
    ],
)
def test_dates_are_in_the_language_of_the_page(in_page, language, day, month):
    with force_locale(language):
        assert show_date(date(2013, 10, 3)) == day
        assert show_date(UncertainDate.parse("2013-10")) == month


@pytest.mark.parametrize(
    ("days", "words", "kind"),
    [
        (-3, "3 days overdue", "bad"),
        (-1, "1 day overdue", "bad"),
        (0, "Due today", "bad"),
        (1, "Due tomorrow", "bad"),
        (2, "2 days left", "bad"),
        (14, "14 days left", "bad"),
        (15, "15 days left", "warn"),
        (90, "90 days left", "warn"),
        (91, "91 days left", "info"),
    ],
)
def test_days_left_are_shown_in_words_with_a_status(in_page, days, words, kind):
    assert show_days_left(days) == words
    assert days_left_kind(days) == kind


@pytest.mark.parametrize(("days", "kind"), [(-1, "bad"), (2, "bad"), (3, "warn"), (14, "warn"), (15, "info")])
def test_what_can_be_made_good_later_is_red_in_the_last_two_days_only(days, kind):
    assert days_left_kind(days, DeadlineKind.TASK) == kind
    assert days_left_kind(14, DeadlineKind.ONE_YEAR) == "bad"


@pytest.mark.parametrize(
    ("days", "words"), [(-2, "2 days past the safe day"), (-1, "1 day past the safe day"), (0, "Due today")]
)
def test_a_year_is_not_overdue_once_its_safe_day_has_passed(in_page, days, words):
    assert show_days_left(days, DeadlineKind.ONE_YEAR) == words


def test_a_moment_names_its_time_zone(in_page):
    moment = datetime(2013, 10, 3, 22, 30, tzinfo=UTC)
    assert show_moment(moment) == "3 October 2013, 22:30 UTC"
    assert show_moment(moment, "Europe/Ljubljana").startswith("4 October 2013, 00:30 ")
