"""The reader of the time: days are those of a place."""

from datetime import date

import time_machine

from caseflow.clock import latest_today, today


@time_machine.travel("2026-11-23T11:30:00+00:00", tick=False)
def test_the_latest_day_is_that_of_where_days_begin_first():
    assert (today(), today("Pacific/Auckland")) == (date(2026, 11, 23), date(2026, 11, 24))
    assert latest_today() == today("Pacific/Kiritimati") == date(2026, 11, 24)


@time_machine.travel("2026-11-23T09:30:00+00:00", tick=False)
def test_it_is_no_day_that_has_begun_nowhere():
    assert latest_today() == date(2026, 11, 23)
