"""Vague dates as intervals: meaning, text form, and days that do not exist."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseflow.law.dates import DateError, UncertainDate, add_months, add_years

FIRST, LAST = date.min, date.max


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2013-10-03", date(2013, 10, 3), date(2013, 10, 3)),
        ("2013-10", date(2013, 10, 1), date(2013, 10, 31)),
        ("2013", date(2013, 1, 1), date(2013, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2013-10-03~", date(2013, 9, 26), date(2013, 10, 10)),
        ("2013-10-03?", date(2013, 9, 26), date(2013, 10, 10)),
        ("2013-10-03%", date(2013, 9, 26), date(2013, 10, 10)),
        ("2013-10~", date(2013, 9, 1), date(2013, 11, 30)),
        ("2013-01~", date(2012, 12, 1), date(2013, 2, 28)),
        ("2024-03?", date(2024, 2, 1), date(2024, 4, 30)),
        ("2013~", date(2012, 1, 1), date(2014, 12, 31)),
        ("../2013-05-04", FIRST, date(2013, 5, 4)),
        ("../2013-05", FIRST, date(2013, 5, 31)),
        ("../2013", FIRST, date(2013, 12, 31)),
        ("2013-05/..", date(2013, 5, 1), LAST),
        ("2013/..", date(2013, 1, 1), LAST),
        ("0001-01-03~", FIRST, date(1, 1, 10)),
        ("9999-12-30~", date(9999, 12, 23), LAST),
        ("0001~", FIRST, date(2, 12, 31)),
        ("9999-12?", date(9999, 11, 1), LAST),
    ],
)
def test_a_text_means_the_days_from_its_earliest_to_its_latest(text: str, earliest: date, latest: date) -> None:
    when = UncertainDate.parse(text)
    assert (when.earliest, when.latest) == (earliest, latest)
    assert when.edtf == str(when) == text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2024-02-30", "30 February 2024 does not exist: February 2024 has 29 days."),
        ("2023-02-29", "29 February 2023 does not exist: February 2023 has 28 days."),
        ("1900-02-29~", "29 February 1900 does not exist: February 1900 has 28 days."),
        ("2023-04-00", "0 April 2023 does not exist: April 2023 has 30 days."),
        ("../2023-06-31", "31 June 2023 does not exist: June 2023 has 30 days."),
        ("2013-21", "21 is not a month: months go from 1 to 12."),  # a season in EDTF; here it can only be a slip
        ("2023-13", "13 is not a month: months go from 1 to 12."),
        ("2023-00-01", "0 is not a month: months go from 1 to 12."),
        ("0000", "0 is not a year: years go from 1 to 9999, in four digits."),
    ],
)
def test_days_that_do_not_exist_are_refused_with_the_reason(text: str, sentence: str) -> None:
    with pytest.raises(DateError) as refused:
        UncertainDate.parse(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "2013-10-03 ", " 2013", "2013-10-03\n", "13-10-03", "2013-1-1", "03/10/2013", "3 October 2013",
        "2013-10-03T00:00:00", "2013~~", "~2013", "../2013~", "2013?/..", "..", "../..", "/", "2012/2013", "../2013/..",
        "2013-10-", "12013", "-2013", "+2013", "201X", "٢٠١٣", "2013_10_03", "x" * 5000,
    ],
)  # fmt: skip
def test_other_texts_are_refused_with_the_accepted_forms(text: str) -> None:
    with pytest.raises(DateError, match=r"2013-10-03, 2013-10 or 2013") as refused:
        UncertainDate.parse(text)
    assert refused.value.code == "form"
    assert len(str(refused.value)) < 350


def test_a_date_is_built_from_form_fields() -> None:
    assert UncertainDate.build(2013).edtf == "2013"
    assert UncertainDate.build(2013, 10).edtf == "2013-10"
    assert UncertainDate.build(2013, 10, 3, "about").edtf == "2013-10-03~"
    assert UncertainDate.build(2013, 5, bound="not_before").edtf == "2013-05/.."
    assert UncertainDate.build(2013, 5, 4, "not_after").edtf == "../2013-05-04"
    with pytest.raises(DateError, match=r"The day 3 needs its month\.") as refused:
        UncertainDate.build(2013, None, 3)
    assert (refused.value.code, refused.value.values) == ("day_without_month", {"day": 3})
    with pytest.raises(DateError, match="10000 is not a year"):
        UncertainDate.build(10000)
    with pytest.raises(ValueError, match="go together"):
        UncertainDate(2013, qualifier="~")


def test_precision_bound_and_vagueness() -> None:
    seen = {
        text: (when.precision, when.bound, when.is_vague)
        for text in ("2013-10-03", "2013-10", "2013?", "../2013-10-03", "2013/..")
        for when in [UncertainDate.parse(text)]
    }
    assert seen == {
        "2013-10-03": ("day", "exact", False),
        "2013-10": ("month", "exact", True),
        "2013?": ("year", "about", True),
        "../2013-10-03": ("day", "not_after", True),
        "2013/..": ("year", "not_before", True),
    }


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2014, 1, 31), 3, date(2014, 4, 30)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2022, 11, 30), 3, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2014, 3, 31), -1, date(2014, 2, 28)),
        (date(2013, 12, 31), 1, date(2014, 1, 31)),
        (LAST, 1, LAST),
        (FIRST, -1, FIRST),
    ],
)
def test_months_are_calendar_months_and_never_overflow_into_the_next(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def test_a_year_after_29_february_is_28_february() -> None:
    assert add_years(date(2012, 2, 29), 1) == date(2013, 2, 28)
    assert add_years(date(2013, 10, 16), 1) == date(2014, 10, 16)


def test_before_answers_only_when_every_day_agrees() -> None:
    october = UncertainDate.parse("2013-10")
    assert october.before(date(2013, 11, 1)) is True
    assert october.before(date(2013, 10, 31)) is None
    assert october.before(date(2013, 10, 2)) is None
    assert october.before(date(2013, 10, 1)) is False


@st.composite
def written_dates(draw: st.DrawFn) -> str:
    day = draw(st.dates())
    basic = day.isoformat()[: draw(st.sampled_from([4, 7, 10]))]
    return draw(st.sampled_from(["{}", "{}~", "{}?", "{}%", "../{}", "{}/.."])).format(basic)


@settings(deadline=None)
@given(written_dates())
def test_writing_and_parsing_is_a_round_trip(text: str) -> None:
    when = UncertainDate.parse(text)
    assert when.edtf == text
    assert UncertainDate.parse(when.edtf) == when
    assert when.earliest <= when.latest
    assert hash(when) == hash(UncertainDate.parse(text))


def step(day: date, months: int) -> date:
    """Add months one by one, as a second way to compute the same."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    for number in range(day.day, 0, -1):
        if number <= monthrange(year, month)[1]:
            return date(year, month, number)
    raise AssertionError


@settings(deadline=None)
@given(st.dates(max_value=date(9000, 1, 1)), st.integers(0, 60))
def test_adding_months_agrees_with_counting_month_by_month(day: date, months: int) -> None:
    assert add_months(day, months) == step(day, months)


@settings(deadline=None)
@given(st.dates(max_value=date(9990, 1, 1)))
def test_a_later_start_never_ends_earlier(day: date) -> None:
    assert add_years(day, 1) <= add_years(day + timedelta(days=1), 1)
