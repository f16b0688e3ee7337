"""The crawl of eight sections finds nothing, and finds what is planted."""

from random import Random

import pytest

from bench.crawl.__main__ import lines
from bench.crawl.visits import Crawl
from bench.crawl.world import make_world

pytestmark = [pytest.mark.commits, pytest.mark.slow]


@pytest.fixture
def world(runtime):
    made = make_world(runtime.units, Random(5), people=1, cases=2)
    made.visitors = [one for one in made.visitors if one.sections & {"ES", "EC"}]  # so that each has many requests
    return made


def crawl(app, world, requests=400):
    return Crawl(app, world, Random(6), requests).run()


def test_nothing_of_another_section_comes_out(app, world):
    found = crawl(app, world)
    assert found.is_clean, lines(found, world, 6, 0)
    assert found.own > 20
    assert found.pairs > 50
    assert len(found.endpoints) > 20
    assert found.requests >= 400


def test_a_planted_canary_error_and_difference_are_found(app, world, monkeypatch):
    case, views = world.cases[0], app.view_functions
    index, show = views["cases.index"], views["cases.show"]

    def leaking_index():
        return f"<p>{case.canary}</p>"

    def leaking_show(case_id, page):
        return ("not yours", 404) if case_id == case.id else show(case_id, page)

    def failing_calendar():
        return "failed", 500

    for name, planted in (("cases.index", leaking_index), ("cases.show", leaking_show)):
        planted.guard = views[name].guard
        monkeypatch.setitem(views, name, planted)
    failing_calendar.guard = index.guard
    monkeypatch.setitem(views, "calendar.show", failing_calendar)
    world.cases = [case]  # so that a short crawl comes to it
    found = crawl(app, world)
    assert found.canaries
    assert found.errors
    assert found.differences
    assert not found.is_clean
