"""The comparison of routes of a case: its page, and the earliest last day in the clock strip."""

from datetime import date

import pytest

from caseflow.access.actor import JobActor, SystemRole
from caseflow.features.accounts.service import choose_language
from caseflow.features.readiness.service import assessed
from caseflow.features.routes.service import case_routes, route_register
from caseflow.features.treaties.commands import AcceptanceDetails
from caseflow.features.treaties.service import set_acceptance
from caseflow.law.sentences import write
from caseflow.models import Role
from tests.factories import days_ago, make_actor, make_case, make_claim, make_remedy, make_section
from tests.factories.acceptances import forget_acceptances


@pytest.fixture(autouse=True)
def without_the_pack(database):
    """Nothing is known at the beginning."""
    forget_acceptances(database)


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


@pytest.fixture
def case(runtime, ana):
    case = make_case(runtime.units, ana)
    claim = make_claim(runtime.units, ana, case)
    last = {"raised_right": True, "could_repair": True, "outcome": "dismissed"}
    make_remedy(runtime.units, ana, claim, stage="CASSATION", decided=days_ago(30), **last)
    return case


def accept(runtime, treaty, *, is_accepted=True):
    details = AcceptanceDetails(
        is_accepted=is_accepted,
        in_force_on=date(2000, 1, 1) if is_accepted else None,
        ended_on=None,
        source="the list",
        checked_on=date(2026, 1, 1),
    )
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        set_acceptance(uow, treaty, "ES", 0, details)


def part(page, name):
    """Return the part of the page with an id, up to the next one."""
    start = page.html.index(f'id="{name}"')
    ends = [page.html.find(tag, start) for tag in ("<section", '<details class="cf-fold', "</main>")]
    return page.html[start : min(end for end in ends if end > 0)]


def test_without_lists_the_page_names_who_can_load_them(pages, ana, case):
    page = pages(ana).get(f"/cases/{case.id}/routes", most=14)
    assert "Ask an administrator to import the list" in page.words
    assert "European Court of Human Rights" in part(page, "unknown")
    assert "The route of this case" in page.words
    assert "Human Rights Committee" not in part(page, "ruled-out")


def test_questions_common_to_all_routes_are_shown_once(runtime, pages, ana, case):
    page = pages(ana).get(f"/cases/{case.id}/routes")
    assert page.html.count("It could bar these routes.") == 1
    assert "it could bar this one" not in page.html
    assert page.links["Record it"].startswith(f"/cases/{case.id}/")


def test_a_spanish_page_has_no_english(runtime, pages, ana, case):
    with runtime.units.begin(ana) as uow:
        choose_language(uow, "es")
        found = assessed(uow, case)
        routes = case_routes(route_register(uow, case), found.document.facts, found.findings)
    page = pages(ana).get(f"/cases/{case.id}/routes")
    assert 'lang="en"' not in page.html
    english = {
        write((sentence,)) for route in routes for text in (*route.because, route.questions) for sentence in text
    }
    names = {words for route in routes for words in (route.body, route.name, route.citation)}
    assert [sentence for sentence in english | names if f" {sentence} " in f" {page.words} "] == []
    assert "¿Lo aceptó España (Convenio Europeo de Derechos Humanos) y desde qué día?" in page.words


def test_an_acceptance_opens_a_route_and_a_refusal_closes_it(runtime, pages, ana, case):
    accept(runtime, "ECHR")
    accept(runtime, "OP-CRPD", is_accepted=False)
    page = pages(ana).get(f"/cases/{case.id}/routes")
    assert "European Court of Human Rights" in part(page, "open")
    assert "Persons with Disabilities" in part(page, "ruled-out")
    assert "The State has not accepted it" in part(page, "ruled-out")
    assert "We do not know yet which treaties" not in page.words
    assert "European Court" in part(page, "blocks")


def clock_of_routes(page):
    """Return the words of the box "Next route deadline"."""
    return page.words[page.words.index("Next route deadline") :].partition("All routes")[0]


def test_the_summary_shows_the_earliest_day_of_a_route_and_links_to_all(runtime, pages, ana, case):
    before = pages(ana).get(f"/cases/{case.id}")
    for code in ("ECHR", "OP-CEDAW"):
        accept(runtime, code)
    after = pages(ana).get(f"/cases/{case.id}")
    assert len(after.statements) <= len(before.statements)
    assert after.links["All routes"] == f"/cases/{case.id}/routes"
    assert "European Court of Human Rights" in clock_of_routes(after)
    assert "if " not in clock_of_routes(after)


def test_a_route_that_is_not_known_can_be_the_first_to_close(runtime, pages, ana, case):
    """Its time limit runs while nobody has said whether the State has accepted it."""
    words = clock_of_routes(pages(ana).get(f"/cases/{case.id}"))
    assert "European Court of Human Rights, if this route is open: that is not known yet." in words
    assert "days left" in words


def test_a_route_for_a_lawyer_can_be_the_first_to_close(runtime, pages, ana, case):
    accept(runtime, "ECHR", is_accepted=False)
    accept(runtime, "CERD-14")
    words = clock_of_routes(pages(ana).get(f"/cases/{case.id}"))
    assert "Committee on the Elimination of Racial Discrimination, if a lawyer finds it open." in words


def test_a_new_case_has_no_last_day_yet(runtime, pages, ana):
    case = make_case(runtime.units, ana)
    assert "Next route deadline (none yet)" in pages(ana).get(f"/cases/{case.id}").words
    assert "No claim is recorded yet." in pages(ana).get(f"/cases/{case.id}/routes").words


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.SECTION_REPORTER])
def test_people_who_may_read_no_cases_compare_no_routes(runtime, pages, case, role):
    other = make_actor(runtime.units, (make_section(runtime.units, "EC"), role))
    pages(other).get(f"/cases/{case.id}/routes", status=403)


def test_the_page_takes_as_many_statements_for_many_claims(runtime, pages, ana, case):
    before = pages(ana).get(f"/cases/{case.id}/routes")
    for _ in range(3):
        make_remedy(runtime.units, ana, make_claim(runtime.units, ana, case), outcome="dismissed", decided=days_ago(90))
    after = pages(ana).get(f"/cases/{case.id}/routes")
    assert len(after.statements) == len(before.statements)


@pytest.mark.parametrize(("notified", "is_named"), [(days_ago(30), False), (days_ago(20), True)])
def test_an_arguable_day_is_shown_only_if_it_differs(runtime, pages, ana, notified, is_named):
    case = make_case(runtime.units, ana)
    claim = make_claim(runtime.units, ana, case)
    last = {"raised_right": True, "could_repair": True, "outcome": "dismissed", "notified": notified}
    make_remedy(runtime.units, ana, claim, stage="CASSATION", decided=days_ago(30), **last)
    assert ("arguable until" in pages(ana).get(f"/cases/{case.id}/routes").words) is is_named
