"""The map: every State is shown by colour, pattern and text; the drawing is small and has no inline style or script."""

import hashlib
import json
import re
from collections import Counter
from datetime import date
from functools import partial
from itertools import combinations
from math import hypot
from pathlib import Path

import pytest

from caseflow.features.reference.queries import Standing, standing_of, standings
from caseflow.law import StateStatus, load_register
from caseflow.models import Role
from caseflow.web import world_map as drawing
from caseflow.web.world_map import groups, world, world_map
from tests.factories import make_actor, make_section

ROOT = Path(__file__).resolve().parents[3]
ON = date(2026, 11, 23)
LINK = re.compile(r'<a xlink:href="([^"]+)" tabindex="-1"><title>([^<]+)</title>')
MOST_BYTES = 45_000
OUTLINES = (ROOT / "caseflow" / "static" / "world.svg").read_text("utf-8")
PATHS = dict(re.findall(r'<path id="(\w+)" d="([^"]+)"/>', OUTLINES))


@pytest.fixture
def drawn(app):
    with app.test_request_context("/bound"):
        yield lambda found=None: world_map(found or standings(load_register(), ON), "public.bound", "state")


def test_every_state_of_the_register_is_an_outline_or_a_circle():
    shapes, circles = set(world()["outlines"]), set(world()["circles"])
    assert shapes | {"other"} == set(PATHS)
    assert shapes | circles == set(load_register().states)
    assert not shapes & circles


def test_every_outline_and_circle_lies_in_the_drawing():
    width, height = world()["size"]
    for code, path in PATHS.items():
        x, y = map(int, re.match(r"M(-?\d+) (-?\d+)l", path).groups())
        assert 0 <= x <= width, code
        assert 0 <= y <= height, code
        assert re.fullmatch(r"(M-?\d+ -?\d+l[-\d ]+z)+", path), code
    for code, (x, y) in world()["circles"].items():
        assert 0 < x < width, code
        assert 0 < y < height, code


def test_no_circle_covers_another():
    for (one, a), (other, b) in combinations(world()["circles"].items(), 2):
        assert hypot(a[0] - b[0], a[1] - b[1]) >= 2 * world()["radius"] - 1, (one, other)


def test_the_outlines_are_those_that_the_script_made_and_say_where_they_come_from():
    about = world()["about"]
    places = {name: world()[name] for name in ("outlines", "circles")}
    made = json.dumps(places, sort_keys=True) + OUTLINES
    assert hashlib.sha256(made.encode()).hexdigest() == about["sha256"]
    assert "Natural Earth (public domain)" in about["source"]
    assert (ROOT / about["licence_file"]).stat().st_size > 500
    assert about["version"]
    assert "http" not in json.dumps(about)


def test_each_state_is_a_link_with_its_name_and_standing(drawn):
    links = dict(LINK.findall(drawn()))
    assert len(links) == len(load_register().states)
    assert links["/bound?state=ES"] == "Spain: Bound by the Protocol"
    assert links["/bound?state=SM"] == "San Marino: Bound by the Protocol"
    assert links["/bound?state=IE"] == "Ireland: Signed, not joined"


def test_the_legend_counts_what_the_map_shows(drawn):
    counted = Counter(words.rpartition(": ")[2] for words in dict(LINK.findall(drawn())).values())
    legend = dict(re.findall(r"<span>([^<]+)</span> <strong>(\d+)</strong>", drawn()))
    assert {words: int(number) for words, number in legend.items()} == counted


def test_each_outline_is_drawn_once_from_the_file_that_browsers_keep(drawn):
    used = re.findall(r'<use href="/static/world\.svg\?v=[0-9a-f]+#(\w+)"', drawn())
    assert sorted(used) == sorted(PATHS)


def test_each_status_has_its_own_pattern(drawn):
    every = dict(zip(load_register().states, list(Standing) * 40, strict=False))
    picture = drawn(every)
    patterns = dict(re.findall(r'<pattern id="map-(\w+)"[^>]*>(.*?)</pattern>', picture))
    assert set(patterns) == set(Standing)
    assert len(set(patterns.values())) == len(Standing)
    assert set(re.findall(r"url\(#map-(\w+)\)", picture)) == set(Standing)


def test_a_rare_status_is_in_the_legend_only_when_it_occurs(drawn):
    assert "no longer bound" not in drawn()
    assert "no longer bound" in drawn({"ES": Standing.LEFT})


def test_the_drawing_is_light_and_carries_no_style_and_no_script(drawn):
    picture = drawn()
    assert len(picture.encode()) < MOST_BYTES
    assert not re.search(r"style=|<style|<script| on\w+=", picture)
    assert 'role="img" aria-labelledby="map-title"' in picture


def test_the_drawing_is_cached_for_each_language(app, monkeypatch):
    made = []
    monkeypatch.setattr(drawing, "render_template", lambda *_args, **_context: made.append(1) or "drawn")
    drawing._rendered.cache_clear()
    for language in ("en", "es", "en", "es"):
        with app.test_request_context("/bound", headers={"Accept-Language": language}):
            world_map({"ES": Standing.PARTY}, "public.bound", "state")
    drawing._rendered.cache_clear()
    assert len(made) == 2


checked = partial(StateStatus, verification="secondary")


def test_the_table_has_every_state_once_by_name(app):
    with app.test_request_context("/bound"):
        found = groups(standings(load_register(), ON), "public.bound", "state")
    codes = [place.code for group in found for place in group.places]
    assert sorted(codes) == sorted(load_register().states)
    for group in found:
        assert [place.name for place in group.places] == sorted(place.name for place in group.places)


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (StateStatus("XX", "X", "party", op_deposit=date(2026, 8, 23)), Standing.PARTY),
        (StateStatus("XX", "X", "party", op_deposit=date(2026, 8, 24)), Standing.JOINING),
        (StateStatus("XX", "X", "party", op_deposit=date(2014, 1, 1), op_denounced=date(2026, 5, 23)), Standing.LEFT),
        (StateStatus("XX", "X", "party", op_deposit=date(2014, 1, 1), op_denounced=date(2026, 5, 24)), Standing.PARTY),
        (checked("XX", "X", "party", op_signed=date(2009, 9, 24)), Standing.SIGNED),
        (checked("XX", "X", "party"), Standing.COVENANT),
        (checked("XX", "X", "signatory"), Standing.NEITHER),
        (checked("XX", "X", "none"), Standing.NEITHER),
        (StateStatus("XX", "X", "party"), Standing.UNKNOWN),
        (StateStatus("XX", "X", "party", op_signed=date(2009, 9, 24)), Standing.UNKNOWN),
    ],
)
def test_the_status_of_a_state(state, standing):
    assert standing_of(state, ON) is standing


def test_the_page_of_the_register_links_to_each_state(runtime, pages):
    section = make_section(runtime.units, "ES")
    page = pages(make_actor(runtime.units, (section, Role.CASEWORKER))).get("/states/map", most=8)
    assert dict(LINK.findall(page.html))["/states/ES"] == "Spain: Bound by the Protocol"
    assert page.links["Spain"] == "/states/ES"
    assert page.links["If their States joined"] == "/states/advocacy"
    assert len(page.html.encode()) < 100_000


def test_people_who_may_not_see_counts_get_no_link_to_them(runtime, pages):
    section = make_section(runtime.units, "ES")
    page = pages(make_actor(runtime.units, (section, Role.ADMINISTRATOR))).get("/states/map")
    assert "/states/advocacy" not in page.html
