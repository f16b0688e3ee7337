"""Last days of time limits: a table of known ones, and a comparison with counting day by day."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseflow.law.dates import UncertainDate
from caseflow.law.limits import ClosedPeriod, Limit, WorkingCalendar, closed_days, last_day, no_holidays
from caseflow.law.sentences import say, write

AUGUST = ClosedPeriod.parse("08-01", "08-31")
CHRISTMAS = ClosedPeriod.parse("12-24", "01-06")
SPAIN = {
    date(2025, 4, 17),
    date(2025, 4, 18),
    date(2025, 5, 1),
    date(2025, 8, 15),
    date(2025, 12, 25),
    date(2026, 1, 1),
}


def calendar(*closed: ClosedPeriod, holidays: frozenset[date] = frozenset(SPAIN), weekend=frozenset({5, 6})):
    return WorkingCalendar(lambda year: frozenset(day for day in holidays if day.year == year), weekend, closed)


def end(count, unit, event, working=None):
    found = last_day(Limit(count, unit), say("notification"), UncertainDate.parse(event), working or calendar())
    return found.day.isoformat() if found else None


@pytest.mark.parametrize(
    ("count", "unit", "event", "last"),
    [
        (1, "calendar_days", "2025-02-28", "2025-03-01"),
        (1, "calendar_days", "2024-02-28", "2024-02-29"),
        (30, "calendar_days", "2025-12-15", "2026-01-14"),
        (1, "months", "2025-01-31", "2025-02-28"),
        (1, "months", "2024-01-31", "2024-02-29"),
        (2, "months", "2025-08-01", "2025-10-01"),
        (3, "months", "2024-11-30", "2025-02-28"),
        (1, "years", "2024-02-29", "2025-02-28"),
        (4, "years", "2024-02-29", "2028-02-29"),
        (10, "calendar_days", "2025-03-05", "2025-03-15"),
        (1, "months", "2025-04-17", "2025-05-17"),
    ],
)
def test_last_days_do_not_move_over_a_weekend_or_a_holiday(count, unit, event, last):
    assert end(count, unit, event) == last


@pytest.mark.parametrize(
    ("count", "event", "last"),
    [
        (1, "2025-03-06", "2025-03-07"),
        (1, "2025-03-07", "2025-03-10"),
        (1, "2025-03-08", "2025-03-10"),
        (10, "2025-03-03", "2025-03-17"),
        (3, "2025-04-16", "2025-04-23"),
        (20, "2025-07-28", "2025-09-23"),
        (5, "2025-08-10", "2025-09-05"),
        (3, "2025-12-22", "2026-01-08"),
        (1, "2025-12-24", "2026-01-07"),
        (1, "2026-01-06", "2026-01-07"),
    ],
)
def test_working_days_exclude_weekends_holidays_and_closed_periods(count, event, last):
    assert end(count, "working_days", event, calendar(AUGUST, CHRISTMAS)) == last


def test_working_days_with_another_weekend():
    friday_and_saturday = calendar(weekend=frozenset({4, 5}))
    assert end(1, "working_days", "2025-03-06", friday_and_saturday) == "2025-03-09"


@pytest.mark.parametrize(
    ("event", "last"), [("2025-03", "2025-03-11"), ("2025-03-08~", "2025-03-11"), ("2025-03-01/..", "2025-03-11")]
)
def test_a_vague_event_counts_from_its_earliest_day(event, last):
    assert end(10, "calendar_days", event) == last


@pytest.mark.parametrize(
    ("event", "unit"), [("../2025-03", "calendar_days"), ("9999-12-31", "months"), ("9999-12-30", "working_days")]
)
def test_without_an_earliest_day_or_beyond_the_calendar_there_is_no_last_day(event, unit):
    assert end(5, unit, event) is None


@pytest.mark.parametrize("count", [21, 1000])
def test_a_limit_not_reached_within_twenty_years_has_no_last_day(count):
    one_day_a_year = calendar(ClosedPeriod.parse("01-02", "12-31"), holidays=frozenset(), weekend=frozenset())
    assert end(count, "working_days", "2025-06-01", one_day_a_year) is None
    assert end(20, "working_days", "2025-06-01", one_day_a_year) == "2045-01-01"
    all_holidays = WorkingCalendar(lambda year: frozenset(date(year, 1, 1) + timedelta(days=n) for n in range(366)))
    assert end(count, "working_days", "2025-06-01", all_holidays) is None


@pytest.mark.parametrize(
    ("pairs", "days"), [([], 0), ([("08-01", "08-31"), ("08-15", "09-01")], 32), ([("12-24", "01-06")], 14)]
)
def test_closed_days_are_counted_once(pairs, days):
    assert closed_days(ClosedPeriod.parse(*pair) for pair in pairs) == days


def test_the_sentence_names_days_not_counted():
    event = UncertainDate.parse("2025-04-14")
    found = last_day(Limit(10, "working_days"), say("notification"), event, calendar(AUGUST))
    assert write(found.because) == (
        "10 working days after notification on 14 April 2025, without weekends and "
        "2 public holidays (17 April 2025 and 18 April 2025)."
    )
    assert (found.day, found.holidays) == (date(2025, 4, 30), (date(2025, 4, 17), date(2025, 4, 18)))
    over_august = last_day(Limit(3, "working_days"), say("decision"), UncertainDate.parse("2025-07~"), calendar(AUGUST))
    assert "decision about July 2025, counted from the earliest day it can have been, 1 June 2025" in write(
        over_august.because
    )
    closed = last_day(Limit(1, "working_days"), say("decision"), UncertainDate.parse("2025-07-31"), calendar(AUGUST))
    assert write(closed.because).endswith("without weekends and the closed period 1 to 31 August.")
    assert (
        write(last_day(Limit(1, "months"), say("decision"), event, calendar()).because)
        == "1 month after decision on 14 April 2025."
    )


def test_a_holiday_on_a_weekend_or_in_a_closed_period_is_not_named():
    found = last_day(Limit(30, "working_days"), say("decision"), UncertainDate.parse("2025-07-31"), calendar(AUGUST))
    assert found.holidays == ()


@pytest.mark.parametrize("text", ["8-1", "08-32", "02-30", "13-01", "1 August", ""])
def test_an_invalid_day_of_the_year_is_refused(text):
    with pytest.raises(ValueError):
        ClosedPeriod.parse(text, "08-31")


@pytest.mark.parametrize("count", [0, -1, 1001])
def test_an_impossible_length_is_refused(count):
    with pytest.raises(ValueError, match="of 1 to 1000"):
        Limit(count, "months")


@pytest.mark.parametrize(
    "closed", [(("01-01", "12-31"),), (("03-01", "02-28"),), (("01-01", "06-30"), ("07-01", "12-31"))]
)
def test_a_calendar_without_a_working_day_is_refused(closed):
    with pytest.raises(ValueError, match="no working day"):
        WorkingCalendar(no_holidays, closed=tuple(ClosedPeriod.parse(*pair) for pair in closed))
    with pytest.raises(ValueError, match="no working day"):
        WorkingCalendar(no_holidays, weekend=frozenset(range(7)))


DAYS = st.dates(date(2015, 1, 1), date(2032, 12, 31))
IN_YEAR = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: day.strftime("%m-%d"))
PERIODS = st.lists(st.tuples(IN_YEAR, IN_YEAR), max_size=2)


YEAR = [(date(2024, 1, 1) + timedelta(days=n)).strftime("%m-%d") for n in range(366)]


def days_closed_one_by_one(periods: list[tuple[str, str]]) -> set[str]:
    """The days of closed periods, found by going through each period day by day."""
    days = set()
    for first, last in periods:
        place = YEAR.index(first)
        while YEAR[place] != last:
            days.add(YEAR[place])
            place = (place + 1) % 366
        days.add(last)
    return days


@settings(max_examples=400, deadline=None)
@given(DAYS, st.integers(1, 60), PERIODS, st.lists(DAYS, max_size=40), st.sets(st.integers(0, 6), max_size=3))
def test_working_days_agree_with_counting_day_by_day(start, count, periods, holidays, weekend):
    closed = tuple(ClosedPeriod.parse(*pair) for pair in periods)
    try:
        working = calendar(*closed, holidays=frozenset(holidays), weekend=frozenset(weekend))
    except ValueError:
        assert days_closed_one_by_one(periods) | {"02-29"} == set(YEAR)
        return
    closed_one_by_one = days_closed_one_by_one(periods)
    day, left = start, count
    found = last_day(Limit(count, "working_days"), say("decision"), UncertainDate.of(start), working)
    while left:
        day += timedelta(days=1)
        if day > start.replace(year=start.year + 20):
            assert found is None
            return
        if day.weekday() in weekend or day in holidays or day.strftime("%m-%d") in closed_one_by_one:
            continue
        left -= 1
    assert found.day == day
    assert found.day.weekday() not in weekend


@settings(max_examples=400, deadline=None)
@given(DAYS, st.integers(1, 60), st.sampled_from(["calendar_days", "months", "years"]))
def test_other_units_agree_with_counting_day_by_day(start, count, unit):
    day = start
    if unit == "calendar_days":
        for _ in range(count):
            day += timedelta(days=1)
    else:
        year, month = start.year, start.month
        for _ in range(count if unit == "months" else 12 * count):
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        day = date(year, month, min(start.day, monthrange(year, month)[1]))
    assert last_day(Limit(count, unit), say("decision"), UncertainDate.of(start), calendar()).day == day


@settings(max_examples=200, deadline=None)
@given(
    DAYS, st.integers(0, 40), st.integers(1, 60), st.sampled_from(["calendar_days", "working_days", "months", "years"])
)
def test_an_earlier_event_never_gives_a_later_day(start, later, count, unit):
    """Otherwise the earliest day of a vague event would not give the safe last day."""
    working = calendar(AUGUST, CHRISTMAS)
    first, second = (
        last_day(Limit(count, unit), say("decision"), UncertainDate.of(start + timedelta(days=days)), working).day
        for days in (0, later)
    )
    assert first <= second


@settings(max_examples=200, deadline=None)
@given(DAYS, st.integers(1, 60), PERIODS)
def test_more_closed_periods_never_make_the_last_day_earlier(start, count, periods):
    """So an incomplete list of closed periods is on the safe side."""
    closed = tuple(ClosedPeriod.parse(*pair) for pair in periods)
    try:
        narrow = calendar(AUGUST, *closed)
    except ValueError:
        return
    event, limit = UncertainDate.of(start), Limit(count, "working_days")
    later = last_day(limit, say("decision"), event, narrow)
    assert later is None or last_day(limit, say("decision"), event, calendar()).day <= later.day
