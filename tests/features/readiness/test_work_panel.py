"""Changed outlooks on "My work": for owners, and for coordinators those of cases without an owner, until they are seen."""

import re
from datetime import timedelta

import pytest
import time_machine

from caseflow.clock import now
from caseflow.features.accounts.service import choose_language
from caseflow.features.cases.service import editable_case
from caseflow.features.readiness.full_pass import reassess
from caseflow.features.remedies.queries import remedies_of_case
from caseflow.features.remedies.service import remove_remedy
from caseflow.models import Role
from tests.factories import (
    alter_case,
    answers_seen,
    days_ago,
    make_actor,
    make_case,
    make_claim,
    make_remedy,
    make_section,
    share,
)


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def eva(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


def lost_by(runtime, who, case):
    """Record a decision whose year to file has expired."""
    claim = make_claim(runtime.units, who, case)
    make_remedy(runtime.units, who, claim, outcome="dismissed", decided=days_ago(800), notified=days_ago(800))
    return claim


def test_a_change_by_a_colleague_is_shown_with_the_reason_until_it_is_seen(pages, runtime, ana, eva):
    case = make_case(runtime.units, ana, title="Water cut off")
    lost_by(runtime, eva, case)
    page = pages(ana).get("/my-work", most=16)
    assert "The outlook changed" in page.words
    assert "Gaps → to Barred" in page.words
    assert "Within one year" in page.words
    assert "The outlook changed" not in blocks(pages(eva).get("/my-work"))
    seen = pages(ana).post(f"/cases/{case.id}/outlook-seen", {"csrf_token": page.form().values()["csrf_token"]})
    assert seen.status == 303
    assert "Gaps → to Barred" not in pages(ana).get("/my-work").words


def test_a_change_by_the_owner_is_not_shown(pages, runtime, ana):
    lost_by(runtime, ana, make_case(runtime.units, ana))
    assert "Gaps → to Barred" not in pages(ana).get("/my-work").words


def test_coordinators_see_changes_in_cases_without_an_owner(pages, runtime, ana, eva):
    case = make_case(runtime.units, ana)
    alter_case(runtime.units, ana, case, owner_id=None)
    lost_by(runtime, ana, case)
    assert "Gaps → to Barred" in pages(eva).get("/my-work").words
    assert "Gaps → to Barred" not in pages(ana).get("/my-work").words


def test_several_changes_are_one_line_and_a_reverted_change_is_none(pages, runtime, ana, eva):
    case = make_case(runtime.units, ana)
    lost_by(runtime, eva, case)
    with runtime.units.begin(eva) as uow:
        editable = editable_case(uow, case.id)
        (remedy,) = remedies_of_case(uow, editable)
        remove_remedy(uow, editable, remedy)
    outlooks = [answer.outlook.value for answer in answers_seen(runtime.units, ana, case)]
    assert outlooks[-2:] == ["barred", "incomplete"]
    assert "The outlook changed" not in blocks(pages(ana).get("/my-work"))
    lost_by(runtime, eva, case)
    assert pages(ana).get("/my-work").html.count('class="cf-outlook"') == 1


def blocks(page):
    """Return the headings of the page's blocks."""
    return re.findall(r'<h2 class="govuk-heading-m">([^<]+)</h2>', page.html)


def test_changes_by_the_full_pass_are_shown_also_in_spanish(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    claim = make_claim(runtime.units, ana, case)
    make_remedy(runtime.units, ana, claim, outcome="dismissed", decided=days_ago(364), notified=days_ago(364))
    with runtime.units.begin(ana) as uow:
        choose_language(uow, "es")
    with time_machine.travel(now() + timedelta(days=5), tick=True):
        reassess(runtime.units)
        browser = pages.another(ana)
        work, history = browser.get("/my-work"), browser.get(f"/cases/{case.id}/history")
    assert "La perspectiva cambió" in blocks(work)
    assert "Con lagunas → a Con impedimento" in work.words
    assert "La perspectiva cambió" in history.words


def test_the_block_takes_as_many_statements_for_many_cases(pages, runtime, ana, eva):
    def statements(number):
        for _ in range(number):
            lost_by(runtime, eva, make_case(runtime.units, ana))
        return len(pages(ana).get("/my-work").statements)

    statements(1)
    assert statements(1) == statements(4)


def test_a_reader_of_a_case_cannot_mark_it_as_seen(pages, runtime, ana):
    elsewhere = make_section(runtime.units, "EC")
    reader = make_actor(runtime.units, (elsewhere, Role.CASEWORKER))
    case = make_case(runtime.units, ana)
    share(runtime.units, ana, case, elsewhere)
    token = pages(reader).get("/cases/new").form().values()["csrf_token"]
    assert pages(reader).post(f"/cases/{case.id}/outlook-seen", {"csrf_token": token}).status == 403
