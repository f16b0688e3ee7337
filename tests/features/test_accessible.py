"""What people who read with the ears, or with a finger, need of the pages, and no tool finds."""

import re
from pathlib import Path

import pytest

from caseflow.models import Role
from tests.factories import make_actor, make_case, make_section
from tests.factories.remedy_maps import packaged_map

FOLDER = Path(__file__).parents[2] / "templates"
TEMPLATES = {str(file.relative_to(FOLDER)): file.read_text() for file in FOLDER.rglob("*.html")}
OWN_LIST = re.compile(r'<(?:ul|ol)(?=[^>]*class="[^"]*cf-)(?![^>]*role="list")[^>]*>')
BUSY_HEADING = re.compile(r"<h([1-6])[^>]*>(?:(?!</h\1>).)*?(?:\btag\(|<a )", re.DOTALL)


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.mark.parametrize("name", TEMPLATES)
def test_lists_without_bullets_are_lists_for_every_reader(name):
    """Safari drops the role of a list whose bullets are taken away (`list-style: none`)."""
    assert OWN_LIST.findall(TEMPLATES[name]) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_headings_hold_neither_tags_nor_links(name):
    assert [found[0] for found in BUSY_HEADING.finditer(TEMPLATES[name])] == []


def test_planted_faults_are_found():
    assert OWN_LIST.search('<ul class="govuk-list cf-acts">')
    assert BUSY_HEADING.search('<h3 class="x">{{ step.stage }} {{ tag(step.outcome) }}</h3>')
    assert not BUSY_HEADING.search("<h3>{{ step.stage }}</h3> {{ tag(step.outcome) }}")


def test_links_that_look_like_buttons_are_links():
    assert [name for name, text in TEMPLATES.items() if 'role="button"' in text] == []


def test_what_may_stay_empty_says_so(pages, runtime, ana):
    claim = pages(ana).get(f"/cases/{make_case(runtime.units, ana).id}/claims/new")
    assert "Articles of the Covenant (optional)" in claim.words
    assert "Right (optional)" not in claim.words
    capture = pages(ana).get("/cases/new")
    assert "When did it happen? (optional)" in capture.words
    assert "What happened? (optional)" not in capture.words
    assert "(optional)" not in pages(ana).get("/cases").words


def test_news_are_read_out_and_get_the_focus(pages, ana):
    page = pages(ana).submit("/account/language", language="en")
    saved = pages(ana).submit("/cases/new", state_code="ES", right="HOUSING", title="Eviction")
    assert 'role="alert" tabindex="-1" data-focus' in saved.html
    assert "data-focus" not in page.html


def test_a_page_can_renew_the_session(pages, ana):
    page = pages(ana).get("/account")
    assert 'data-seconds="1620" data-address="/account/stay"' in page.html
    assert pages(ana).client.get("/account/stay").status_code == 204
    assert pages().client.get("/account/stay").status_code == 302
    assert "session-ends" not in pages().get("/sign-in").html


def test_remedies_and_courts_are_spoken_in_the_language_of_their_country(pages, runtime, section, ana):
    coordinator = make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))
    found = packaged_map(runtime.units, coordinator)
    page = pages(ana).get(f"/remedy-maps/{found.id}")
    assert '<h3 class="govuk-heading-s" lang="es">Recurso de apelación</h3>' in page.html
    pages(ana).submit("/account/language", language="es")
    assert 'lang="es">Recurso' not in pages(ana).get(f"/remedy-maps/{found.id}").html
