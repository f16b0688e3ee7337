"""The page of counts, and the file."""

import csv
import io
import re
from datetime import date
from html import unescape

import pytest
from sqlalchemy import text

from caseflow.clock import today
from caseflow.models import Role, SectionKind

PERIOD = {
    "opened_from-day": "1", "opened_from-month": "3", "opened_from-year": "2026",
    "opened_until-day": "31", "opened_until-month": "5", "opened_until-year": "2026",
}  # fmt: skip
LINK = re.compile(r'<a class="govuk-link" href="(/cases\?[^"]+)">(\d+)</a>')


@pytest.fixture
def spain(office):
    section = office.section("ES")
    worker = office.person((section, Role.CASEWORKER))
    office.case(worker, section, rights=["HOUSING", "WATER"])
    office.case(worker, section, rights=["HOUSING"], opened_on=date(2026, 5, 31))
    office.case(worker, section, rights=["EDU"], opened_on=date(2026, 6, 1))
    return section, worker


def token_of(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]


def test_every_number_leads_to_as_many_cases(spain):
    _, worker = spain
    page = worker.client.get("/reports", query_string=PERIOD)
    links = [(unescape(address), int(number)) for address, number in LINK.findall(page.text)]
    assert len(links) >= 2 + 15 + 3 + 3
    for address, number in links:
        found = re.search(r'class="cf-total"><strong>(\d+)', worker.client.get(address).text)
        assert int(found[1] if found else 0) == number, address


def test_a_reporter_gets_numbers_without_links(office, spain):
    section, _ = spain
    page = office.person((section, Role.SECTION_REPORTER)).client.get("/reports", query_string=PERIOD)
    assert page.status_code == 200
    assert "/cases" not in page.text
    assert "All cases, each counted once" in page.text
    assert "counted under each of them" in page.text


def test_the_period_is_this_year_to_today(spain):
    _, worker = spain
    page = worker.client.get("/reports")
    assert page.status_code == 200
    assert f'name="opened_from-year" type="text" value="{today().year}"' in page.text
    assert f'name="opened_until-day" type="text" value="{today().day}"' in page.text


@pytest.mark.parametrize(
    ("change", "sentence", "kept"),
    [
        ({"opened_until-day": "1", "opened_until-month": "2"}, "The last day must not be before the first day.", "2"),
        ({"opened_until-day": "31", "opened_until-month": "2"}, "There is no day 31 in February 2026", "31"),
        ({"opened_from-day": "x<y"}, "Write the day as a number from 1 to 31.", "x&lt;y"),
        ({"opened_from-year": "1026"}, "Choose at most 10 years at a time.", "1026"),
        ({"opened_from-day": "", "opened_from-month": "", "opened_from-year": ""}, "Write the first day of the period.", ""),
        ({"opened_until-day": "", "opened_until-month": "", "opened_until-year": ""}, "Write the last day of the period.", ""),
    ],
)  # fmt: skip
def test_a_period_that_can_not_be_gets_its_message_and_is_kept(spain, change, sentence, kept):
    _, worker = spain
    page = worker.client.get("/reports", query_string=PERIOD | change)
    assert page.status_code == 422
    assert page.text.count(sentence) == 2, "in the summary and at the field"
    assert f'value="{kept}"' in page.text
    assert "<table" not in page.text


def test_another_section_can_not_be_told_from_none(office, spain):
    stranger = office.person((office.section("EC"), Role.SECTION_REPORTER))
    pages = [stranger.client.get("/reports", query_string=PERIOD | {"section": code}) for code in ("ES", "XX")]
    assert [page.status_code for page in pages] == [422, 422]
    assert "Section ES" not in pages[0].text


def test_the_coalition_coordinator_chooses_a_section(office, spain):
    coordinator = office.person((office.section("SEC", SectionKind.SECRETARIAT), Role.COALITION_COORDINATOR))
    page = coordinator.client.get("/reports", query_string=PERIOD | {"section": "ES"})
    assert page.status_code == 200
    assert '<option value="ES" selected>Section ES</option>' in page.text
    assert "/cases?" not in page.text


def test_the_file_has_the_numbers_of_the_page(office, spain):
    section, _ = spain
    reporter = office.person((section, Role.SECTION_REPORTER))
    form = {"csrf_token": token_of(reporter.client.get("/reports", query_string=PERIOD)), "section": "ES", **PERIOD}
    file = reporter.client.post("/reports/download", data=form)
    assert file.status_code == 200
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert file.headers["Content-Disposition"] == 'attachment; filename="counts.csv"'
    lines = list(csv.DictReader(io.StringIO(file.data.decode("utf-8-sig"), newline="")))
    found = {(line["dimension"], line["code"]): int(line["cases"]) for line in lines}
    assert found["right", "HOUSING"] == 2
    assert found["stage", "intake"] == 2
    assert found["month", "2026-04"] == 0
    assert found["total", ""] == 2
    with office.units.begin(office.person((section, Role.AUDITOR)).actor) as uow:
        assert uow.session.scalar(text("SELECT count(*) FROM audit_entry WHERE action = 'report.exported'")) == 1


def test_a_file_is_not_given_without_the_page_s_token(office, spain):
    section, _ = spain
    reporter = office.person((section, Role.SECTION_REPORTER))
    page = reporter.client.post("/reports/download", data={"section": "ES", **PERIOD})
    assert page.status_code == 422
    assert "Content-Disposition" not in page.headers
    assert "This page had been open for too long" in page.text


def test_a_caseworker_is_offered_no_file(spain):
    _, worker = spain
    assert "/reports/download" not in worker.client.get("/reports").text
    assert worker.client.post("/reports/download", data=PERIOD).status_code == 403


def test_a_file_of_an_impossible_period_is_asked_for_again(office, spain):
    section, _ = spain
    reporter = office.person((section, Role.SECTION_REPORTER))
    wrong = PERIOD | {"opened_until-year": "2025", "csrf_token": token_of(reporter.client.get("/reports"))}
    page = reporter.client.post("/reports/download", data=wrong)
    assert page.status_code == 422
    assert "The last day must not be before the first day." in page.text


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.SECTION_COORDINATOR, Role.SECTION_REPORTER])
def test_the_page_is_sound_for_each_role_in_few_statements(office, spain, pages, role):
    section, _ = spain
    office.section("EC")
    page = pages(office.person((section, role)).actor).get("/reports", most=7)
    assert "Cases by month of opening" in page.html
