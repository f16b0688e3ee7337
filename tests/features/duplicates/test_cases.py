"""Cases that may be recorded twice: the list, one case, side by side, and that two are not the same."""

import pytest
from sqlalchemy import select, text

from caseflow.features.duplicates.cases import queries, service
from caseflow.features.duplicates.cases.pages import COMPARED
from caseflow.law import UncertainDate
from caseflow.models import AuditEntry, GrantLevel, Role
from tests.factories import make_actor, make_case, make_person, make_section, seal, share

FIRST = {
    "title": "Huts of day labourers demolished",
    "place_district": "Níjar",
    "happened": UncertainDate.parse("2026-03-27"),
    "narrative": "Forty huts of day labourers in Níjar demolished at dawn by the police without notice. Families lost papers.",
}
SECOND = {"title": "Settlement pulled down", "place_region": "NIJAR", "happened": UncertainDate.parse("2026-03")}
ELSEWHERE = {
    "title": "A flat in the capital",
    "place_district": "Madrid",
    "happened": UncertainDate.parse("2026-03-27"),
}


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana")


@pytest.fixture
def twice(runtime, ana):
    return [make_case(runtime.units, ana, **details) for details in (FIRST, SECOND)]


def compare(first, second):
    return f"/cases/{first.id}/twice/{second.id}"


def addresses(first, second):
    return (compare(first, second), compare(second, first))


def is_listed(page, first, second):
    return any(address in page.html for address in addresses(first, second))


def test_the_list_says_why_and_two_reasons_are_needed(runtime, pages, ana, twice):
    other = make_case(runtime.units, ana, **ELSEWHERE)
    page = pages(ana).get("/cases/twice")
    assert is_listed(page, *twice)
    for reason in ("Same place: ", "Same time: ", "Same right: ", "Same State: Spain", "3 cases, opened since"):
        assert reason in page.words
    assert not is_listed(page, twice[0], other), "the same day in another town"
    assert sum(page.html.count(f'href="{address}"') for address in addresses(*twice)) == 1


def test_one_case_lists_those_that_may_be_the_same(pages, ana, twice):
    for case, other in (twice, reversed(twice)):
        facts = pages(ana).get(f"/cases/{case.id}/facts")
        assert f"/cases/{case.id}/twice" in facts.html
        page = pages(ana).get(f"/cases/{case.id}/twice")
        assert other.reference in page.words
        assert is_listed(page, *twice)


def test_the_same_person_at_the_same_place_is_a_reason_at_any_time(runtime, pages, ana):
    old = FIRST | {"happened": UncertainDate.parse("2024"), "narrative": ""}
    cases = [make_case(runtime.units, ana, **details) for details in (FIRST, old)]
    browser = pages(ana)
    assert not is_listed(browser.get("/cases/twice"), *cases)
    for case, name in zip(cases, ("Rosa Navarro", "Navarro, Rosa"), strict=True):
        make_person(runtime.units, ana, case, name=name)
    page = browser.get("/cases/twice")
    assert is_listed(page, *cases)
    assert "Same person: V1" in page.words
    assert "Navarro" not in page.html


def test_a_lawyer_of_two_cases_is_no_reason(runtime, ana, twice):
    for case in twice:
        make_person(runtime.units, ana, case, "representative", name="Gorka Zubialde")
    with runtime.units.begin(ana) as uow:
        assert queries.people_in_common(uow, twice[0].section_id, [twice[0].id]) == {}


def test_what_many_cases_share_is_no_reason(runtime, pages, ana, twice, monkeypatch):
    monkeypatch.setattr(queries, "MOST_NEAR", 2)
    assert is_listed(pages(ana).get("/cases/twice"), *twice)
    for _ in range(2):
        make_case(runtime.units, ana, **FIRST)
    assert not is_listed(pages(ana).get("/cases/twice"), *twice)


def test_cases_that_are_not_seen_are_not_suggested(runtime, pages, section, ana, twice):
    eva = make_actor(runtime.units, (section, Role.CASEWORKER))
    hidden = seal(runtime.units, eva, make_case(runtime.units, eva, **FIRST))
    assert is_listed(pages(eva).get("/cases/twice"), twice[0], hidden)
    page = pages(ana).get("/cases/twice")
    assert str(hidden.id) not in page.html
    assert hidden.reference not in page.html
    pages(ana).get(compare(twice[0], hidden), status=404)


def test_cases_of_another_section_are_not_suggested_nor_compared(runtime, pages, ana, twice):
    leo = make_actor(runtime.units, (make_section(runtime.units, "FR"), Role.CASEWORKER))
    foreign = make_case(runtime.units, leo, state_code="ES", **FIRST)
    assert not is_listed(pages(leo).get("/cases/twice"), foreign, twice[0])
    share(runtime.units, leo, foreign, ana, level=GrantLevel.WRITE)
    for person in (ana, leo):
        assert not is_listed(pages(person).get("/cases/twice"), foreign, twice[0])
    assert "different sections" in pages(ana).get(compare(twice[0], foreign), status=409).words


def test_two_cases_stand_side_by_side(pages, ana, twice):
    page = pages(ana).get(compare(*twice))
    for words in ("Forty huts", "Settlement pulled down", "27 March 2026", "Same place"):
        assert words in page.words
    assert "same case twice" in pages(ana).get(compare(twice[0], twice[0]), status=409).words


def test_two_cases_that_are_not_the_same_are_not_suggested_until_it_is_taken_back(runtime, pages, ana, twice):
    browser = pages(ana)
    address = compare(*twice) + "/different"
    assert "Say why these two cases" in browser.submit(address, status=422).words
    page = browser.submit(address, reason="Two settlements, on two days")
    for words in ("not suggested again", "Two settlements", "by Ana", "Take it back"):
        assert words in page.words
    assert not is_listed(browser.get("/cases/twice"), *twice)
    assert "Two settlements" in browser.get(compare(*twice)).words
    listed = browser.get("/cases/twice/different")
    for words in (twice[0].reference, twice[1].reference, "Two settlements", "by Ana"):
        assert words in listed.words
    again = browser.submit(address, status=409, reason="Again")
    assert "marked as different already" in again.words
    assert "It was taken back" in browser.send(page).words
    assert "saved already" in browser.send(page).words
    assert is_listed(browser.get("/cases/twice"), *twice)
    with runtime.units.begin(ana) as uow:
        for case in twice:
            found = select(AuditEntry.action).where(AuditEntry.case_id == case.id).order_by(AuditEntry.sequence)
            assert uow.session.scalars(found).all()[-2:] == ["case.said_different", "case.different_taken_back"]
    assert "Said that two cases that look the same are not" in browser.get(f"/cases/{twice[0].id}/history").words


def test_the_statements_do_not_grow_with_the_cases(runtime, pages, ana, twice):
    make_person(runtime.units, ana, twice[0], name="Rosa Navarro")
    make_person(runtime.units, ana, twice[1], name="Rosa Navarro")
    few = len(pages(ana).get("/cases/twice").statements)
    for number in range(4):
        case = make_case(runtime.units, ana, **FIRST | {"place_district": f"Town {number}"})
        make_person(runtime.units, ana, case, name="Luis Ortega")
    assert len(pages(ana).get("/cases/twice").statements) == few


MANY = 20_000
FILL = text(
    """
    INSERT INTO "case" (id, section_id, year, number, reference, title, state_code, place_district, happened, narrative, urgency,
      confidentiality, stage, opened_on, rights, version, is_demo, created_at)
    SELECT gen_random_uuid(), :section, 2025, n, 'X-' || n, 'Case ' || n, 'ES', 'Town ' || n % 50,
      to_char(date '2023-01-01' + n % 1000, 'YYYY-MM-DD'), '', 'normal', 'section', 'intake', date '2023-01-01' + n % 1000,
      '{HOUSING}', 1, false, now() FROM generate_series(1000, :most + 999) AS n
    """
)
READ = text("SELECT seq_tup_read, idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'case'")


@pytest.mark.commits
def test_among_many_cases_only_those_near_are_read(runtime, database, section, ana, twice):
    with database.as_superuser() as engine, engine.begin() as connection:
        connection.execute(FILL, {"section": section.id, "most": MANY})
    with database.as_superuser() as engine, engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text('ANALYZE "case"'))
    with runtime.units.begin(ana) as uow:
        found = service.alike_to(uow, twice[0].id)
        seq, fetched = uow.session.execute(READ).one()
    assert [one.second.id for one in found] == [twice[1].id]
    assert seq == 0
    assert fetched < MANY / 20
    with runtime.units.begin(ana) as uow:
        compared = service.latest_alike(uow, section.id, None, COMPARED)
        seq, fetched = uow.session.execute(READ).one()
    assert len(compared.events) == COMPARED
    assert (seq, fetched < MANY) == (0, True)
