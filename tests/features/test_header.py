"""The header: the entries of the menu, the current one, and the search box."""

import re

import pytest

from caseflow.models import Role
from tests.factories import make_actor, make_case, make_section


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


def header(page) -> str:
    return page.html.partition("<header>")[2].partition("</header>")[0]


def current(page) -> list[str]:
    return re.findall(r'<(?:a|summary)[^>]* aria-current="(?:page|true)">([^<]*)', header(page))


def test_every_page_of_somebody_who_reads_cases_searches_them(pages, ana):
    for path in ("/my-work", "/cases/new", "/states", "/account"):
        form = next(form for form in pages(ana).get(path).markup.forms if form.attributes.get("role") == "search")
        assert form.attributes["action"] == "/cases"
        assert [one.name for one in form.controls if one.name] == ["text"]
        assert form not in pages(ana).get(path).markup.main


@pytest.mark.parametrize("role", [Role.SECTION_REPORTER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_somebody_who_reads_no_cases_has_no_search_box(pages, runtime, section, role):
    assert 'role="search"' not in header(pages(make_actor(runtime.units, (section, role))).get("/states"))


def test_nobody_signed_in_has_no_menu(pages):
    page = header(pages().get("/sign-in"))
    assert "<nav" not in page
    assert "<details" not in page


@pytest.mark.parametrize(
    "path", ["", "/facts", "/remedies", "/edit", "/claims/new", "/deadlines/new", "/routes", "/what-if"]
)
def test_cases_is_the_current_entry_on_every_page_of_a_case(pages, runtime, ana, path):
    case = make_case(runtime.units, ana)
    assert current(pages(ana).get(f"/cases/{case.id}{path}")) == ["Cases"]


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/cases", ["Cases"]),
        ("/cases/new", ["Log a violation"]),
        ("/my-work", ["My work"]),
        ("/calendar", ["My work"]),
        ("/states", ["Reference", "States"]),
        ("/states/ES", ["Reference", "States"]),
        ("/treaties", ["Reference", "Treaties"]),
        ("/remedy-maps", ["Reference", "Remedy maps"]),
        ("/account", []),
    ],
)
def test_the_entry_of_a_page_is_the_current_one(pages, ana, path, names):
    assert current(pages(ana).get(path)) == names


def test_the_calendar_is_reached_from_my_work(pages, ana):
    assert pages(ana).get("/my-work").links["Calendar"] == "/calendar"


def test_a_group_of_one_entry_is_that_entry(pages, runtime, section):
    reporter = pages(make_actor(runtime.units, (section, Role.SECTION_REPORTER))).get("/reports")
    assert 'href="/states"' in header(reporter)
