"""The home of administrators, and where people are led who may not open a page."""

import pytest

from caseflow.models import Role, SectionKind
from tests.factories import end_roles, make_actor, make_case, make_section


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def admin(runtime):
    secretariat = make_section(runtime.units, "SEC", kind=SectionKind.SECRETARIAT)
    return make_actor(runtime.units, (secretariat, Role.ADMINISTRATOR))


def test_the_tiles_say_in_words_what_needs_attention(runtime, pages, section, admin):
    worker = make_actor(runtime.units, (section, Role.CASEWORKER))
    case = make_case(runtime.units, worker, title="A title of a case")
    end_roles(runtime.units, make_actor(runtime.units, (section, Role.CASEWORKER)))
    assert pages(admin).client.get("/", follow_redirects=True).request.path == "/admin"
    page = pages(admin).get("/admin", may_name=("ES",))
    for words in ("3 active accounts", "1 person has no role", "2 sections", "Without a coordinator", "Nightly checks"):
        assert words in page.words
    for words in ("Show email delivery", "Show nightly assessments", "States", "Treaties", "Remedy maps"):
        pages(admin).get(page.links[words], may_name=("ES",))
    assert case.title not in page.html
    assert case.reference not in page.html


@pytest.mark.parametrize(
    "case",
    [
        (Role.CASEWORKER, "/section", "My work", "Ask your coordinator"),
        (Role.SECTION_COORDINATOR, "/admin", "Section", "Ask an administrator"),
        (Role.COALITION_COORDINATOR, "/admin", "Coalition", "Ask an administrator"),
        (Role.SECTION_REPORTER, "/cases", "Reports", "Ask your coordinator"),
        (Role.ADMINISTRATOR, "/cases", "Administration", "administrators see no cases"),
        (Role.AUDITOR, "/cases", "Audit trail", "Ask an administrator"),
    ],
)
def test_a_refused_page_names_whom_to_ask_and_leads_to_the_work_of_the_role(runtime, pages, section, case):
    """It said "Ask your coordinator" and "Go to my work" to everybody."""
    role, address, door, asked = case
    browser = pages(make_actor(runtime.units, (section, role)))
    page = browser.get(address, status=403)
    assert asked in page.words
    browser.get(page.links[f"Go to: {door}"])


@pytest.mark.parametrize("role", list(Role))
def test_no_link_of_the_account_is_refused(runtime, pages, section, role):
    """The reminder settings led people who work on no case to pages that are not theirs."""
    browser = pages(make_actor(runtime.units, (section, role)))
    for address in ("/account", "/account/reminders", "/account/calendar"):
        for link in browser.get(address).links.values():
            if link.startswith("/"):
                assert browser.client.get(link).status_code != 403, (address, link)
