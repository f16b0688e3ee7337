"""The history of a case can be filtered by kind, person and day."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from caseflow.app import FEATURES
from caseflow.clock import now
from caseflow.features.cases import panel
from caseflow.features.cases.commands import HistorySearch
from caseflow.features.cases.forms import UNNAMED, HistoryForm
from caseflow.features.cases.queries import history, people_of_history
from caseflow.models import Role
from caseflow.web.feature import acts_of_cases
from tests.factories import days_ago, in_days, make_actor, make_case, make_claim, make_remedy, make_section, share

OTHER_HISTORIES = ("remedy_map.", "state.", "treaty.", "task_template.", "case_link.")


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def eva(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def case(runtime, ana, eva):
    """A case by Ana, with a remedy by Eva."""
    case = make_case(runtime.units, ana)
    claim = make_claim(runtime.units, ana, case)
    make_remedy(runtime.units, eva, claim, outcome="dismissed", decided=days_ago(9))
    return case


def whats(page):
    """Return what the entries on the page say was done."""
    return [words.strip() for words in re.findall(r'class="cf-history__what"[^>]*>([^<]*)<', page.html)]


def boxes(name, day):
    return f"{name}-day={day.day}&{name}-month={day.month}&{name}-year={day.year}"


def test_every_act_in_a_case_has_one_kind(app):
    with app.test_request_context():
        acts = acts_of_cases()
    found = [action for actions in acts.values() for action in actions]
    assert len(found) == len(set(found)), "of two kinds"
    of_cases = {action for one in FEATURES if one.case_panels or one.acts for action in one.words.get("action", {})}
    assert set(found) == {action for action in of_cases if not action.startswith(OTHER_HISTORIES)}


def test_by_kind(pages, ana, case):
    path = f"/cases/{case.id}/history"
    assert whats(pages(ana).get(f"{path}?kind=remedies")) == ["Added a domestic remedy"]
    assert whats(pages(ana).get(f"{path}?kind=claims")) == ["Added a claim"]
    assert "Opened the case" in whats(pages(ana).get(path))
    page = pages(ana).get(f"{path}?kind=access")
    assert whats(page) == []
    assert "No entries match" in page.words


def test_by_person(pages, ana, eva, case):
    page = pages(ana).get(f"/cases/{case.id}/history?person={eva.user_id}")
    assert "Added a domestic remedy" in whats(page)
    assert "Opened the case" not in whats(page)
    assert f'value="{eva.user_id}" selected' in page.html


def test_by_somebody_whose_name_is_not_shown(pages, runtime, ana, case):
    quito = make_section(runtime.units, "EC")
    guest = make_actor(runtime.units, (quito, Role.CASEWORKER))
    share(runtime.units, ana, case, guest)
    page = pages(guest).get(f"/cases/{case.id}/history?person={UNNAMED}", may_name=("ES",))
    assert "Added a domestic remedy" in whats(page)
    assert ana.name not in page.html
    assert whats(pages(ana).get(f"/cases/{case.id}/history?person={UNNAMED}")) == []


def test_by_day_in_the_time_of_the_section(pages, ana, case):
    path, everything = f"/cases/{case.id}/history", len(whats(pages(ana).get(f"/cases/{case.id}/history")))
    both = f"{boxes('first_day', in_days(0))}&{boxes('last_day', in_days(0))}"
    assert len(whats(pages(ana).get(f"{path}?{both}"))) == everything
    assert whats(pages(ana).get(f"{path}?{boxes('first_day', in_days(1))}")) == []
    assert whats(pages(ana).get(f"{path}?{boxes('last_day', days_ago(1))}")) == []


def test_the_days_begin_at_midnight_in_the_section(app):
    with app.test_request_context(
        "/?first_day-day=1&first_day-month=7&first_day-year=2026&last_day-day=1&last_day-month=7&last_day-year=2026"
    ):
        search = HistoryForm.from_address({}, {}).search("Europe/Madrid")
    assert search.begins_at.astimezone(UTC) == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert search.ends_at.astimezone(UTC) == datetime(2026, 7, 1, 22, tzinfo=UTC)


def test_what_cannot_be_asked_is_said(pages, ana, case):
    path = f"/cases/{case.id}/history"
    page = pages(ana).get(f"{path}?{boxes('first_day', in_days(2))}&{boxes('last_day', in_days(1))}")
    assert "must not be before the first day" in page.error_at("last_day")
    assert page.markup.title.startswith("Error")
    assert "Enter the day, the month and the year." in pages(ana).get(f"{path}?last_day-day=40").error_at("last_day")
    assert "Choose one from the list" in pages(ana).get(f"{path}?kind=nothing").error_at("kind")


def test_older_entries_of_a_filter_cost_the_same(pages, monkeypatch, runtime, ana, case):
    monkeypatch.setattr(panel, "HISTORY_PAGE", 2)
    for _ in range(4):
        make_claim(runtime.units, ana, case)
    pages(ana).get(f"/cases/{case.id}")
    first = pages(ana).get(f"/cases/{case.id}/history?kind=claims&{boxes('first_day', in_days(0))}", most=14)
    assert whats(first) == ["Added a claim", "Added a claim"]
    seen, page = 2, first
    while "Older" in page.links:
        page = pages(ana).get(page.links["Older"], most=14)
        assert set(whats(page)) == {"Added a claim"}
        assert len(page.statements) == len(first.statements)
        seen += len(whats(page))
    assert seen == 5


def test_the_search_narrows_together(runtime, ana, eva, case):
    with runtime.units.begin(ana) as uow:
        assert set(people_of_history(uow, case.id)) == {ana.user_id, eva.user_id}
        search = HistorySearch(actions=("remedy.added", "claim.added"), person_id=ana.user_id)
        assert [one.action for one in history(uow, case.id, limit=9, search=search)] == ["claim.added"]
        later = HistorySearch(begins_at=now() + timedelta(minutes=1))
        assert history(uow, case.id, limit=9, search=later) == []
