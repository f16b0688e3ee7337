"""From a case people go back to the list they came from, and on to the case before and after."""

import re

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisDown

from caseflow.models import Role
from caseflow.web.session_store import KEY
from tests.factories import make_actor, make_case, make_section


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def three(runtime, ana):
    return [make_case(runtime.units, ana, title=f"Eviction {name}") for name in ("A", "B", "C")]


@pytest.fixture(autouse=True)
def patient_store(app, settings, monkeypatch):
    """Redis is waited for as long as it takes, and no pause of an earlier test goes on."""
    with Redis.from_url(settings.redis_url) as redis:
        monkeypatch.setattr(app.extensions[KEY], "_redis", redis)
        monkeypatch.setattr(app.extensions[KEY], "_paused_until", 0.0)
        yield


def trail(page):
    found = re.search(
        r'<div class="cf-trail">(.*?)</div>\s*</div>|<div class="cf-trail">(.*?)</div>', page.html, re.DOTALL
    )
    return found[0]


def test_the_way_back_keeps_the_filters_and_leads_to_the_neighbours(pages, ana, three):
    listed = pages(ana).get("/cases?stage=intake&text=eviction&sort=-opened")
    order = list(dict.fromkeys(re.findall(r'href="/cases/([0-9a-f-]{36})"', listed.html)))
    assert set(order) == {str(case.id) for case in three}
    page = pages(ana).get(f"/cases/{order[1]}/remedies")
    assert "Cases: search" in trail(page)
    assert 'href="/cases?text=eviction&amp;stage=intake&amp;sort=-opened"' in trail(page)
    assert f'href="/cases/{order[0]}/remedies"' in trail(page), "on the same page of the case"
    assert f'href="/cases/{order[2]}/remedies"' in trail(page)
    assert "2 of 3" in trail(page)
    last = trail(pages(ana).get(f"/cases/{order[2]}"))
    assert "3 of 3" in last
    assert 'rel="next"' not in last


def test_a_case_that_is_not_on_the_list_has_only_the_way_to_all(pages, ana, three):
    pages(ana).get("/cases?text=nothing")
    page = pages(ana).get(f"/cases/{three[0].id}")
    assert 'href="/cases"' in trail(page)
    assert 'rel="prev"' not in trail(page)


def test_nobody_sees_the_list_of_somebody_else(pages, runtime, ana, section, three):
    eva = make_actor(runtime.units, (section, Role.CASEWORKER))
    pages(ana).get("/cases?text=eviction")
    assert "text=eviction" not in pages(eva).get(f"/cases/{three[0].id}").html


@pytest.mark.usefixtures("three")
def test_what_redis_holds_is_sealed(pages, ana, settings):
    pages(ana).get("/cases?text=eviction")
    with Redis.from_url(settings.redis_url) as redis:
        keys = list(redis.scan_iter("trail:*"))
        assert keys
        assert all(b"eviction" not in redis.get(key) and 0 < redis.ttl(key) <= 12 * 3600 for key in keys)


def test_without_redis_pages_only_lack_the_neighbours(pages, monkeypatch, ana, three):
    def down(*_arguments, **_options):
        raise RedisDown

    monkeypatch.setattr(Redis, "execute_command", down)
    assert "Eviction A" in pages(ana).get("/cases").words
    assert 'href="/cases"' in trail(pages(ana).get(f"/cases/{three[0].id}"))
