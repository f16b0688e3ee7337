"""Cases of people who left: found, listed, taken and assigned; people of one name told apart."""

import re
from uuid import uuid4

import pytest

from caseflow.access.actor import JobActor, SystemRole
from caseflow.errors import Conflict
from caseflow.features.accounts.service import deactivate, end_role
from caseflow.features.cases.commands import WAITING, CaseFilters, Window
from caseflow.features.cases.lists.queries import case_list
from caseflow.features.cases.owners.queries import owners
from caseflow.features.cases.queries import one_case
from caseflow.features.cases.service import take_case
from caseflow.models import Role, Stage
from tests.factories import alter_case, end_roles, make_actor, make_case, make_section, reload_case, seal, share

ADMINISTRATION = JobActor(SystemRole.ACCOUNTS_ADMIN)


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    """Somebody who will leave."""
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana", email="ana@example.org")


@pytest.fixture
def eva(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Eva", email="eva@example.org")


@pytest.fixture
def lead(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR), name="Lena", email="lena@example.org")


def leaves(runtime, email="ana@example.org", section_code="ES"):
    with runtime.units.begin(ADMINISTRATION) as uow:
        end_role(uow, email, section_code, Role.CASEWORKER)


def titles(runtime, actor, **filters):
    with runtime.units.begin(actor) as uow:
        return sorted(case.title for case in case_list(uow, CaseFilters(**filters), Window(cursor=None)).cases)


def chips(page):
    return re.findall(r"Remove the filter </span>([^<]+)</a>", page.html)


def test_cases_without_a_working_owner_are_those_of_nobody_and_of_people_who_left(runtime, section, ana, eva, lead):
    """Also of somebody who kept a role without cases, whose account is closed, or who works in another section."""
    second = make_section(runtime.units, "EC")
    everywhere = make_actor(
        runtime.units, (section, Role.CASEWORKER), (second, Role.CASEWORKER), email="both@example.org"
    )
    closed = make_actor(runtime.units, (section, Role.CASEWORKER), email="closed@example.org")
    counts = make_actor(
        runtime.units, (section, Role.CASEWORKER), (section, Role.SECTION_REPORTER), email="counts@example.org"
    )
    for person, title in (
        (ana, "Ana's"),
        (eva, "Eva's"),
        (everywhere, "Both's"),
        (closed, "Closed's"),
        (counts, "Reporter's"),
    ):
        make_case(runtime.units, person, title=title)
    make_case(runtime.units, everywhere, second, title="In the other section")
    alter_case(runtime.units, eva, make_case(runtime.units, eva, title="Nobody's"), owner_id=None)
    alter_case(runtime.units, ana, make_case(runtime.units, ana, title="Ended"), stage=Stage.CLOSED)
    seal(runtime.units, ana, make_case(runtime.units, ana, title="Sealed"))
    assert titles(runtime, lead, owner=WAITING) == ["Nobody's"]
    for email in ("ana@example.org", "both@example.org", "counts@example.org"):
        leaves(runtime, email)
    with runtime.units.begin(ADMINISTRATION) as uow:
        deactivate(uow, "closed@example.org")
    waiting = ["Ana's", "Both's", "Closed's", "Nobody's", "Reporter's"]
    assert titles(runtime, lead, owner=WAITING) == waiting
    assert titles(runtime, eva, owner=WAITING) == waiting
    assert titles(runtime, everywhere, owner=WAITING) == [], "in the other section they work"


def test_my_work_shows_them_with_the_way_to_all(runtime, pages, ana, eva, lead):
    case = make_case(runtime.units, ana, title="Family evicted")
    assert "Family evicted" not in pages(lead).get("/my-work").words
    leaves(runtime)
    page = pages(lead).get("/my-work")
    assert "Family evicted" in page.words
    assert "Ana has left the section" in page.words
    assert 'href="/cases?owner=waiting"' in page.html
    assert f"/cases/{case.id}/take" in pages(eva).get("/my-work").html


def test_a_kept_link_shows_the_cases_of_somebody_who_left_and_says_so(runtime, pages, ana, eva, lead):
    for number in range(3):
        make_case(runtime.units, ana, title=f"Ana's {number}")
        make_case(runtime.units, eva, title=f"Eva's {number}")
    link = f"/cases?owner={ana.user_id}"
    assert chips(pages(lead).get(link)) == ["Owner: Ana"]
    leaves(runtime)
    page = pages(lead).get(link)
    assert chips(page) == ["Owner: Ana (has left)"]
    assert page.words.count("Ana's") == 3
    assert "Eva's" not in page.words
    assert f'<option value="{ana.user_id}" selected>Ana (has left)\n' in page.html
    assert page.words.count("Ana (has left)") >= 5, "in the rows too"


def test_who_left_without_cases_is_no_choice(runtime, ana, lead):
    leaves(runtime)
    with runtime.units.begin(lead) as uow:
        assert [one.name for one in owners(uow)] == ["Lena"]


def test_a_sealed_case_does_not_betray_its_owner(runtime, ana, lead):
    seal(runtime.units, ana, make_case(runtime.units, ana))
    leaves(runtime)
    with runtime.units.begin(lead) as uow:
        assert [one.name for one in owners(uow)] == ["Lena"]


@pytest.mark.parametrize("unknown", ["of nobody", "not an id", "stage"])
def test_a_filter_that_is_not_used_is_not_shown_as_if_it_were(runtime, pages, ana, unknown):
    """Rather the page shows nothing, or says that it left the filter out."""
    make_case(runtime.units, ana, title="Family evicted")
    if unknown == "of nobody":
        page = pages(ana).get(f"/cases?owner={uuid4()}")
        assert chips(page) == ["Owner: Someone whom you do not see"]
        assert "Family evicted" not in page.words
    else:
        page = pages(ana).get(
            "/cases?owner=a9dd95" if unknown == "not an id" else "/cases?stage=nothing&state=XX&right=x"
        )
        assert chips(page) == []
        assert "Family evicted" in page.words
        assert "were left out: " + ("Owner." if unknown == "not an id" else "State, Right, Stage.") in page.words


def test_a_colleague_takes_the_case_of_somebody_who_left_and_of_nobody_else(runtime, pages, ana, eva):
    case = make_case(runtime.units, ana)
    page = pages(eva).get(f"/cases/{case.id}")
    assert "Take this case" not in page.words
    with pytest.raises(Conflict), runtime.units.begin(eva) as uow:
        take_case(uow, one_case(uow, case.id))
    leaves(runtime)
    page = pages(eva).get(f"/cases/{case.id}")
    assert "Ana (has left)" in page.words
    assert "Take this case" in page.words
    pages(eva).send(page)
    assert reload_case(runtime.units, eva, case).owner_id == eva.user_id


def test_assigning_shows_who_left_as_the_present_owner(runtime, pages, ana, eva, lead):
    case = make_case(runtime.units, ana)
    leaves(runtime)
    page = pages(lead).get(f"/cases/{case.id}/assign")
    assert f'<option value="{ana.user_id}" selected>Ana (has left)\n' in page.html
    page = pages(lead).submit(f"/cases/{case.id}/assign", status=422)
    assert "Choose someone who works on cases of this section." in page.words
    pages(lead).submit(f"/cases/{case.id}/assign", owner=str(eva.user_id))
    assert reload_case(runtime.units, lead, case).owner_id == eva.user_id


def test_an_owner_in_another_section_is_not_called_nobody(runtime, pages, ana, section):
    foreign = make_section(runtime.units, "EC")
    reader = make_actor(runtime.units, (foreign, Role.CASEWORKER))
    case = make_case(runtime.units, ana)
    share(runtime.units, ana, case, foreign)
    for address in ("/cases", f"/cases/{case.id}"):
        page = pages(reader).get(address, may_name=("ES",))
        assert "Someone in another section" in page.words
        assert "has left" not in page.words


def test_two_people_of_one_name_are_told_apart_wherever_one_is_chosen_or_named(runtime, pages, section, lead):
    first, second = (
        make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana López", email=f"{one}@example.org")
        for one in ("ana.lopez", "lopez.a")
    )
    case = make_case(runtime.units, first)
    pages(lead).submit(f"/cases/{case.id}/assign", owner=str(second.user_id))
    for address in ("/cases", f"/cases/{case.id}/assign", f"/cases/{case.id}/history", "/account/absences/new"):
        page = pages(lead).get(address)
        assert "Ana López (ana.lopez)" in page.words, address
        assert "Ana López (lopez.a)" in page.words, address
    assert "Ana López (lopez.a)" in pages(lead).get(f"/cases/{case.id}").words
    end_roles(runtime.units, first)
    assert "Ana López (ana.lopez)" in pages(lead).get(f"/cases/{case.id}/history").words


def test_namesakes_with_the_same_first_part_of_their_addresses_have_the_whole_address(runtime, section, lead):
    for host in ("example.org", "example.net"):
        make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana", email=f"ana@{host}")
    with runtime.units.begin(lead) as uow:
        assert [one.name for one in owners(uow)] == ["Ana (ana@example.net)", "Ana (ana@example.org)", "Lena"]


def test_a_namesake_in_another_section_is_not_revealed(runtime, ana, lead):
    make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER), name="Ana")
    with runtime.units.begin(lead) as uow:
        assert [one.name for one in owners(uow)] == ["Ana", "Lena"]
