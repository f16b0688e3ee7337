"""The page of counts, and the file."""

import csv
import io
import re
from datetime import date
from html import unescape
from urllib.parse import urlencode

import pytest
from sqlalchemy import text

from caseflow.clock import today
from caseflow.features.reports.commands import CountsQuery
from caseflow.features.reports.pages import file_name
from caseflow.features.reports.queries import SectionCounts
from caseflow.models import Role, SectionKind
from tests.factories import make_actor, make_case, make_claim, make_section

PERIOD = {
    "opened_from-day": "1", "opened_from-month": "3", "opened_from-year": "2026",
    "opened_until-day": "31", "opened_until-month": "5", "opened_until-year": "2026",
}  # fmt: skip
LINK = re.compile(r'<a class="govuk-link" href="(/cases\?[^"]+)">(\d+)</a>')


def reports(**changed):
    """Return the address of the page for the period, with some of its boxes changed."""
    return f"/reports?{urlencode(PERIOD | changed)}"


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def worker(runtime, section):
    """Somebody with two cases in the period, one of them under two rights, and one after it."""
    worker = make_actor(runtime.units, (section, Role.CASEWORKER))
    both = make_case(runtime.units, worker, opened_on=date(2026, 3, 5))
    make_claim(runtime.units, worker, both, rights=("HOUSING", "WATER"))
    make_case(runtime.units, worker, opened_on=date(2026, 5, 31))
    make_case(runtime.units, worker, opened_on=date(2026, 6, 1), right="EDU")
    return worker


def make_more(runtime, worker):
    """Make enough cases for a count."""
    for _ in range(4):
        make_case(runtime.units, worker, opened_on=date(2026, 5, 30))


@pytest.fixture
def reporter(runtime, section, worker):
    return make_actor(runtime.units, (section, Role.SECTION_REPORTER))


def test_every_number_links_to_as_many_cases(pages, worker):
    page = pages(worker).get(reports())
    links = [(unescape(address), int(number)) for address, number in LINK.findall(page.html)]
    assert len(links) >= 2 + 1 + 2 + 3
    for address, number in links:
        found = re.search(r'class="cf-total"><strong>(\d+)', pages(worker).get(address).html)
        assert int(found[1] if found else 0) == number, address


def test_a_reporter_gets_numbers_without_links(runtime, pages, worker, reporter):
    make_more(runtime, worker)
    page = pages(reporter).get(reports())
    assert "/cases" not in page.html
    assert "All cases, each counted once" in page.words
    assert "counted under each of them" in page.words


def test_the_period_is_this_year_to_today(pages, worker):
    page = pages(worker).get("/reports")
    assert f'name="opened_from-year" type="text" value="{today().year}"' in page.html
    assert f'name="opened_until-day" type="text" value="{today().day}"' in page.html


@pytest.mark.parametrize(
    ("change", "sentence", "kept"),
    [
        ({"opened_until-day": "1", "opened_until-month": "2"}, "The last day must not be before the first day.", "2"),
        ({"opened_until-day": "31", "opened_until-month": "2"}, "There is no day 31 in February 2026", "31"),
        ({"opened_from-day": "x<y"}, "The day must be a number from 1 to 31.", "x&lt;y"),
        ({"opened_from-year": "1026"}, "Choose at most 10 years at a time.", "1026"),
        ({"opened_from-day": "", "opened_from-month": "", "opened_from-year": ""}, "Enter the first day of the period.", ""),
        ({"opened_until-day": "", "opened_until-month": "", "opened_until-year": ""}, "Enter the last day of the period.", ""),
    ],
)  # fmt: skip
def test_an_impossible_period_gets_a_message_and_is_kept(pages, worker, change, sentence, kept):
    page = pages(worker).get(reports(**change), status=422)
    assert page.html.count(sentence) == 2, "in the summary and at the field"
    assert f'value="{kept}"' in page.html
    assert "<table" not in page.html


@pytest.mark.usefixtures("worker")
def test_another_section_looks_like_a_missing_one(runtime, pages, section):
    stranger = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.SECTION_REPORTER))
    hidden, missing = (pages(stranger).get(reports(section=code), status=422) for code in ("ES", "XX"))
    assert section.name not in hidden.html
    assert hidden.words == missing.words


@pytest.mark.usefixtures("worker")
def test_the_coalition_coordinator_chooses_a_section(runtime, pages, section):
    secretariat = make_section(runtime.units, "SEC", kind=SectionKind.SECRETARIAT)
    coordinator = make_actor(runtime.units, (secretariat, Role.COALITION_COORDINATOR))
    page = pages(coordinator).get(reports(section="ES"), may_name=("ES",))
    assert f'<option value="ES" selected>{section.name}\n' in page.html
    assert "/cases?" not in page.html


def test_the_file_has_the_numbers_of_the_page(runtime, pages, section, worker):
    coordinator = make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))
    file = pages(coordinator).submit(reports(), follow=False).answer
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert file.headers["Content-Disposition"] == 'attachment; filename="counts-ES-2026-03-01-2026-05-31.csv"'
    lines = list(csv.DictReader(io.StringIO(file.data.decode("utf-8-sig"), newline="")))
    found = {(line["dimension"], line["code"]): int(line["cases"]) for line in lines}
    assert found["right", "HOUSING"] == 2
    assert found["stage", "intake"] == 2
    assert found["month", "2026-04"] == 0
    assert found["total", ""] == 2
    with runtime.units.begin(make_actor(runtime.units, (section, Role.AUDITOR))) as uow:
        assert uow.session.scalar(text("SELECT count(*) FROM audit_entry WHERE action = 'report.exported'")) == 1


def test_a_small_number_is_on_no_page_and_in_no_file_of_a_reporter(runtime, pages, worker, reporter):
    """One case about education and one about water, among seven."""
    assert "Too few cases to count" in pages(reporter).get(reports()).words
    assert "/reports/download" not in pages(reporter).get(reports()).html
    make_more(runtime, worker)
    page = pages(reporter).get(reports(**{"opened_from-day": "31", "opened_from-month": "5"}))
    assert "Cases opened from 1 January 2026" in page.words
    assert page.words.count("Not shown") == 6, "three rights; March, May and June"
    file = pages(reporter).submit(reports(), follow=False).answer
    lines = list(csv.DictReader(io.StringIO(file.data.decode("utf-8-sig"), newline="")))
    assert {line["cases"] for line in lines} == {"", "0", "7"}
    assert all(bool(line["note"]) == (line["cases"] == "") for line in lines)


def test_a_file_is_not_given_without_the_page_s_token(pages, reporter):
    page = pages(reporter).post("/reports/download", {"section": "ES", **PERIOD})
    assert page.status == 422
    assert "Content-Disposition" not in page.answer.headers
    assert "This page had been open for too long" in page.words


def test_a_caseworker_is_offered_no_file(pages, worker):
    assert "/reports/download" not in pages(worker).get("/reports").html
    assert pages(worker).post("/reports/download", PERIOD).status == 403


def test_a_file_of_an_impossible_period_shows_the_form_again(runtime, pages, section, worker):
    coordinator = make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))
    page = pages(coordinator).submit(reports(), opened_until__year="2025", status=422)
    assert "The last day must not be before the first day." in page.words


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.SECTION_COORDINATOR, Role.SECTION_REPORTER])
def test_the_page_is_sound_for_each_role_in_few_statements(runtime, pages, section, worker, role):
    make_more(runtime, worker)
    make_section(runtime.units, "EC")
    page = pages(make_actor(runtime.units, (section, role))).get("/reports", most=9)
    assert "Cases by month of opening" in page.html


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2025, 7, 1), date(2025, 9, 30), "counts-ES-2025-Q3.csv"),
        (date(2025, 1, 1), date(2025, 12, 31), "counts-ES-2025.csv"),
        (date(2025, 7, 2), date(2025, 9, 30), "counts-ES-2025-07-02-2025-09-30.csv"),
    ],
)
def test_the_file_is_named_after_section_and_period(section, first, last, name):
    of = CountsQuery(section_code="ES", opened_from=first, opened_until=last)
    assert file_name(SectionCounts(section, of, 0, {})) == name


def test_quarters_and_years_are_links_for_all(runtime, pages, section):
    worker = make_actor(runtime.units, (section, Role.CASEWORKER))
    reporter = make_actor(runtime.units, (section, Role.SECTION_REPORTER))
    on = today("UTC")
    words = f"Q{(on.month + 2) // 3} {on.year}"
    page = pages(worker).get("/reports")
    assert words in page.links
    assert f"until {show_day(on)}" in pages(worker).get(page.links[words]).words
    links = pages(reporter).get("/reports").links
    assert {words, str(on.year - 1)} <= links.keys()


@pytest.mark.parametrize(("cases", "is_shown"), [(6, True), (3, False)])
def test_a_reporter_sees_a_quarter_unless_it_has_few_cases(runtime, pages, section, cases, is_shown):
    worker = make_actor(runtime.units, (section, Role.CASEWORKER))
    reporter = make_actor(runtime.units, (section, Role.SECTION_REPORTER))
    for _ in range(cases):
        make_case(runtime.units, worker)
    on = today("UTC")
    words = f"Q{(on.month + 2) // 3} {on.year}"
    page = pages(reporter).get(pages(reporter).get("/reports").links[words])
    quarter = f"{show_day(date(on.year, (on.month - 1) // 3 * 3 + 1, 1))} until {show_day(on)}"
    assert f"opened from {quarter}" in page.words
    assert ("Too few cases to count" not in page.words) == is_shown
    assert ("of a quarter or of a whole calendar year" in page.words) == is_shown


def show_day(day):
    return f"{day.day} {day:%B} {day.year}"


def test_rows_without_cases_are_folded(runtime, pages, section):
    worker = make_actor(runtime.units, (section, Role.CASEWORKER))
    make_case(runtime.units, worker)
    page = pages(worker).get("/reports")
    table = page.html.partition('id="by-stage"')[2].partition("</table>")[0]
    assert "Intake" in table
    assert "Verification" not in table
    assert "Without cases (14)" in page.words
