"""The audit trail as an auditor reads it: who, when, what, of which case, and nothing that a case contains."""

import pytest

from caseflow.features.audit import queries
from caseflow.models import Role, SectionKind
from tests.factories import in_days, make_actor, make_case, make_claim, make_section, seal
from tests.features.audit.commands_of_trail import everything


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana Worker")


@pytest.fixture
def auditor(runtime):
    secretariat = make_section(runtime.units, "SEC", kind=SectionKind.SECRETARIAT)
    return make_actor(runtime.units, (secretariat, Role.AUDITOR))


def rows(page):
    return page.html.partition("Entries, the latest first")[2].partition("<tbody")[2].partition("</tbody>")[0]


def test_it_is_the_first_page_of_an_auditor_and_of_nobody_else(pages, auditor, ana):
    assert pages(auditor).client.get("/", follow_redirects=True).request.path == "/audit"
    assert pages(ana).client.get("/audit").status_code == 403


def test_acts_are_shown_with_person_and_reference_and_without_contents(runtime, pages, auditor, ana):
    case = make_case(runtime.units, ana, title="Secret title of the case", narrative="Secret narrative")
    make_claim(runtime.units, ana, case, label="Secret label", disadvantage="Secret harm")
    page = pages(auditor).get("/audit", may_name=("ES", "SEC"))
    assert "Opened the case" in rows(page)
    assert "Ana Worker" in rows(page)
    assert case.reference in rows(page)
    assert "Secret" not in page.html
    assert str(case.id) not in page.html
    assert not any("audit_entry.changes" in statement for statement in page.statements)


def test_it_is_searched_by_case_person_action_and_period(runtime, pages, section, auditor, ana):
    bob = make_actor(runtime.units, (section, Role.CASEWORKER), name="Bob Colleague")
    first, second = make_case(runtime.units, ana), make_case(runtime.units, bob)
    make_claim(runtime.units, bob, first)

    def found(**asked):
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        return rows(pages(auditor).get(f"/audit?{query}", may_name=("ES", "SEC")))

    of_case = found(case=f" {first.reference.lower()} ".replace(" ", "+"))
    assert second.reference not in of_case
    assert "Bob Colleague" in of_case
    of_person = found(person=ana.user_id)
    assert "Bob Colleague" not in of_person
    assert first.reference in of_person
    of_action = found(action="case.opened")
    assert of_action.count("Opened the case") == 2
    assert "claim" not in of_action.lower()
    past = in_days(-3)
    day = {f"first_day-{part}": getattr(in_days(-9), part) for part in ("day", "month", "year")}
    assert not found(**day, **{f"last_day-{part}": getattr(past, part) for part in ("day", "month", "year")})


def test_views_of_a_case_are_shown_by_person_and_day(runtime, pages, auditor, ana):
    case = make_case(runtime.units, ana)
    pages(ana).get(f"/cases/{case.id}")
    page = pages(auditor).get(f"/audit?case={case.reference}", may_name=("ES", "SEC"))
    assert "Ana Worker" in page.html.partition('id="views"')[2]


def test_an_auditor_of_one_section_learns_nothing_of_another(runtime, pages, section, auditor, ana):
    """Not even that there is a case with a reference."""
    case = make_case(runtime.units, ana)
    seal(runtime.units, ana, case)
    pages(ana).get(f"/cases/{case.id}")
    other = make_section(runtime.units, "EC")
    for person in (make_actor(runtime.units, (other, Role.AUDITOR)), *everybody_else(runtime, other)):
        with runtime.units.begin(person) as uow:
            assert queries.references(uow, [case.id], case.reference) == {}
            assert queries.views(uow, case.id, 10) == []
            assert not [one for one in queries.entries(uow, everything(), None, 100) if one.section == "ES"]
    with runtime.units.begin(auditor) as uow:
        assert queries.references(uow, [case.id]) == {case.id: case.reference}
    stranger = pages(make_actor(runtime.units, (other, Role.AUDITOR)))
    hidden = stranger.get(f"/audit?case={case.reference}").html
    absent = stranger.get("/audit?case=ES-1999-0001").html
    assert "No case with this reference" in hidden
    assert hidden.count("<tr") == absent.count("<tr")


def everybody_else(runtime, section):
    return [make_actor(runtime.units, (section, role)) for role in Role if role is not Role.AUDITOR]


def test_members_of_the_section_without_the_role_get_nothing_from_the_functions(runtime, section, ana):
    case = make_case(runtime.units, ana)
    for person in (ana, *everybody_else(runtime, section)):
        with runtime.units.begin(person) as uow:
            assert queries.references(uow, [case.id], case.reference) == {}
            assert queries.views(uow, case.id, 10) == []


@pytest.mark.usefixtures("frozen_clock")
def test_pages_of_fifty_take_the_same_statements_and_lead_to_the_next(runtime, pages, auditor, ana):
    case = make_case(runtime.units, ana)
    few = pages(auditor).get("/audit", may_name=("ES", "SEC"))
    for number in range(60):
        make_claim(runtime.units, ana, case, label=str(number))
    many = pages(auditor).get("/audit", may_name=("ES", "SEC"))
    assert len(many.statements) == len(few.statements)
    assert rows(many).count("<tr") == 50
    more = pages(auditor).get(
        next(href for words, href in many.links.items() if "Older" in words), may_name=("ES", "SEC")
    )
    assert 10 <= rows(more).count("<tr") < 50


@pytest.mark.parametrize("query", ["first_day-day=x", "first_day-day=1&first_day-month=1&first_day-year=2000"])
def test_a_period_that_cannot_be_searched_has_a_message(pages, auditor, query):
    page = pages(auditor).get(f"/audit?{query}", status=422, may_name=("SEC",))
    assert "There is a problem" in page.words
