"""Days depend on the time zone."""

from datetime import date
from zoneinfo import available_timezones

import time_machine

from caseflow.clock import latest_local_today, time_zones, today


@time_machine.travel("2026-11-23T11:30:00+00:00", tick=False)
def test_the_latest_day_is_that_of_where_days_begin_first():
    assert (today(), today("Pacific/Auckland")) == (date(2026, 11, 23), date(2026, 11, 24))
    assert latest_local_today() == today("Pacific/Kiritimati") == date(2026, 11, 24)


@time_machine.travel("2026-11-23T09:30:00+00:00", tick=False)
def test_it_is_no_day_that_has_begun_nowhere():
    assert latest_local_today() == date(2026, 11, 23)


def test_the_names_of_time_zones_are_read_once():
    assert time_zones() == available_timezones()
    assert time_zones() is time_zones()
