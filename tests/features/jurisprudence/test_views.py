"""The pages of the decisions, and the way to them from a case."""

import re

import pytest
from structlog.testing import capture_logs

from caseflow.features.accounts.service import choose_language
from caseflow.features.jurisprudence.queries import QUESTIONS
from caseflow.law import RULES_OF_THE_PROTOCOL
from caseflow.law.jurisprudence import load_jurisprudence
from caseflow.models import Role
from tests.factories import make_actor, make_case, make_claim, make_remedy, make_section

PACK = load_jurisprudence()


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


def rows(page):
    return page.html.count('<tr role="row">') - page.html.count("<thead")


@pytest.mark.parametrize("role", list(Role))
def test_everybody_with_a_role_reads_decisions(pages, runtime, role):
    browser = pages(make_actor(runtime.units, (make_section(runtime.units, "ES"), role)))
    for address in ("", "/rules", "/rules/exhaustion", "/figures", "/330-2023"):
        browser.get(f"/decisions{address}")


def contents(page):
    return " ".join(page.html.partition("<h1")[2].partition("</main>")[0].split())


OPEN_PAGES = ("", "?right=SOCSEC", "?text=pension", "/rules", "/rules/exhaustion", "/figures", "/330-2023")


def test_the_pages_of_signed_in_people_are_not_those_that_are_open(pages):
    assert pages(None).client.get("/decisions").status_code in {302, 303}


@pytest.mark.parametrize("address", OPEN_PAGES)
def test_the_same_is_open_to_everybody_and_stores_and_records_nothing(pages, ana, address):
    with capture_logs() as logs:
        page = pages().get(f"/bound/decisions{address}", most=3)
    own = pages(ana).get(f"/decisions{address}")
    assert page.html == pages(ana).get(f"/bound/decisions{address}").html
    assert contents(page) == contents(own).replace("/decisions", "/bound/decisions")
    assert "Set-Cookie" not in page.answer.headers
    assert not logs
    for inside in ("csrf_token", "Sign out", "/cases", "/my-work", "<script", "/edit"):
        assert inside not in page.html, inside
    assert {link for link in page.links.values() if not link.startswith(("/bound", "#", "https://docs.un.org/"))} == {
        "/sign-in",
        "/help/en",
    }


@pytest.mark.parametrize("address", OPEN_PAGES)
def test_only_pages_that_nobody_chose_are_cached(pages, address):
    headers = pages().get(f"/bound/decisions{address}").answer.headers
    is_same_for_all = address in {"", "/rules", "/figures"}
    assert headers["Cache-Control"] == ("public, max-age=60" if is_same_for_all else "no-store")
    assert "script-src 'none'" in headers["Content-Security-Policy"]


def test_open_pages_take_no_statement_however_often_they_are_asked(pages):
    pages().get("/bound/decisions")
    for address in OPEN_PAGES:
        assert pages().get(f"/bound/decisions{address}").statements == []


def test_an_open_page_that_is_not_there_is_not_found(pages):
    for address in ("/9999-2026", "/nothing", "/rules/nothing"):
        answer = pages().client.get(f"/bound/decisions{address}")
        assert answer.status_code == 404
        assert "Set-Cookie" not in answer.headers


def test_the_open_pages_are_linked_where_the_other_one_is(pages):
    assert pages().get("/bound").links["Decisions of the Committee"] == "/bound/decisions"
    assert pages().get("/sign-in").links["Decisions of the Committee"] == "/bound/decisions"


def test_an_open_page_is_in_the_language_of_the_browser(pages):
    answer = pages().client.get("/bound/decisions", headers={"Accept-Language": "es"})
    assert '<html class="govuk-template" lang="es"' in answer.text
    assert "59 comunicaciones" in answer.text


def test_the_menu_leads_to_the_list(pages, ana):
    assert pages(ana).get("/states").links["Decisions of the Committee"] == "/decisions"


def test_the_list_is_read_page_by_page(pages, ana):
    browser = pages(ana)
    address, seen, count = "/decisions?outcome=examined", [], 0
    while address:
        page = browser.get(address.replace("&amp;", "&"), most=8)
        assert "59 communications" in page.words
        seen += re.findall(r'href="(/decisions/\d+-\d{4})"', page.html)
        following = re.search(r'href="([^"]+)" rel="next"', page.html)
        address, count = following[1] if following else "", count + 1
    assert (len(seen), len(set(seen)), count) == (59, 59, 2)


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        ("text=lopez+rodriguez", 1),
        ("text=OCCUPATIONAL", 7),
        ("text=ecuador", 3),
        ("text=5/2015", 1),
        ("text=E/C.12/79/D/330/2023", 1),
        ("text=5/2015+zzzz", 0),
        ("state=FI&outcome=all", 2),
        ("outcome=examined", 59),
        ("outcome=all", 279),
        ("year=2017&outcome=violation", 1),
        ("outcome=nothing&year=never&rule=none", 59),
    ],
)
def test_the_list_is_filtered_by_the_address(pages, ana, filters, number):
    words = pages(ana).get(f"/decisions?{filters}").words
    if not number:
        assert "No decisions match" in words
        return
    assert re.search(rf"\b{number} communications?\b", words), words[:600]


def test_tabs_keep_the_other_filters(pages, ana):
    links = pages(ana).get("/decisions?state=IT").links
    assert "/decisions?state=IT&outcome=discontinued" in links["Discontinued decisions"].replace("&amp;", "&")


def test_a_search_finds_situations_and_states_in_the_language_of_the_reader(pages, runtime, ana):
    with runtime.units.begin(ana) as uow:
        choose_language(uow, "es")
    browser = pages(ana)
    assert "7 comunicaciones" in browser.get("/decisions?text=complementaria").words
    assert "2 comunicaciones" in browser.get("/decisions?text=finlandia").words


def test_an_empty_list_says_what_to_do(pages, ana):
    page = pages(ana).get("/decisions?text=zzzz")
    assert "No decisions match these filters" in page.words
    assert page.links["Clear all"] == "/decisions"
    assert "Look in all decisions" not in page.links
    hidden = pages(ana).get("/decisions?state=ES&outcome=partly&year=2024")
    assert hidden.links["Look in all decisions"].replace("&amp;", "&") == "/decisions?state=ES&year=2024&outcome=all"


def test_the_list_opens_at_the_decisions_with_a_result_of_law(pages, ana):
    words = pages(ana).get("/decisions").words
    assert "Examined decisions , 59 All decisions , 279 Discontinued decisions , 215" in words
    assert "59 communications" in words
    number = pages(ana).get("/decisions?text=4/2014")
    assert "1 communication" in number.words


def test_a_decision_shows_facts_holdings_and_the_official_text(pages, ana):
    page = pages(ana).get("/decisions/330-2023", most=8)
    for words in (
        "J.H. et al. v. Spain", "Violation", "20 February 2026", "2 years 7 months", "941 days", "Views on the merits",
        "Asked for by the Committee", "Eviction from a home occupied without title", "11(1)", "legal costs",
        "housing plan for people on low income",
    ):  # fmt: skip
        assert words in page.words, words
    assert page.links["Official text: E/C.12/79/D/330/2023"] == "https://docs.un.org/en/E/C.12/79/D/330/2023"
    assert rows(page) == sum(one.symbol == "E/C.12/79/D/330/2023" for one in PACK.holdings)


def test_what_is_not_known_of_a_decision_is_said(pages, ana):
    page = pages(ana).get("/decisions/320-2023")
    assert "Communication 320/2023" in page.words
    assert "Only named in the title of a decision on several communications" in page.words
    assert "Not known: the text was not seen" in page.words
    assert page.links["Official text: E/C.12/79/D/287/2022"]
    assert page.links["287/2022"] == "/decisions/287-2022"
    assert "No holding is recorded" in page.words


def test_every_decision_has_its_page(pages, ana):
    browser = pages(ana)
    for one in PACK.communications:
        answer = browser.client.get(f"/decisions/{one.number.replace('/', '-')}")
        assert answer.status_code == 200, one.number


@pytest.mark.parametrize("rule", QUESTIONS)
def test_every_rule_has_a_page_with_all_its_holdings(pages, ana, rule):
    page = pages(ana).get(f"/decisions/rules/{rule}", most=6)
    assert rows(page) == sum(one.rule == rule for one in PACK.holdings)


@pytest.mark.parametrize("address", ["/decisions/9999-2026", "/decisions/nothing", "/decisions/rules/nothing"])
def test_what_does_not_exist_is_not_found(pages, ana, address):
    pages(ana).get(address, status=404)


def test_the_figures_have_a_bar_for_every_row(pages, ana):
    page = pages(ana).get("/decisions/figures", most=8)
    assert page.html.count("<svg") - page.html.count('class="cf-shape') >= 30
    assert "2 years 11 months" in page.words
    assert "Of 215 communications that were discontinued." in page.words
    assert "Of 31 communications that are wholly inadmissible" in page.words


def test_three_clicks_from_a_case_lead_to_what_went_against_authors(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    make_remedy(runtime.units, ana, make_claim(runtime.units, ana, case))
    browser = pages(ana)
    first = browser.get(f"/cases/{case.id}").markup
    readiness = browser.get(next(href for href in first.links.values() if href.endswith("/readiness")))
    finding = next(one for one in readiness.html.split("<article") if "Domestic remedies exhausted</h4>" in one)
    on_rule = browser.get(re.search(r'href="([^"]+)">Decisions on this rule<', finding)[1])
    against, _, rest = on_rule.html.partition("For the author")
    assert "Against the author (20)" in on_rule.words
    expected = [one for one in PACK.holdings if (one.rule, one.direction) == ("exhaustion", "for_state")]
    for one in expected:
        assert f"{one.symbol}, para. {one.paragraph}" in against
        assert f"{one.symbol}, para. {one.paragraph}" in on_rule.links
    assert rest


def test_every_finding_leads_to_the_decisions_on_its_rules(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    browser = pages(ana)
    without_claim = browser.get(f"/cases/{case.id}/readiness").html
    make_remedy(runtime.units, ana, make_claim(runtime.units, ana, case))
    for html in (without_claim, browser.get(f"/cases/{case.id}/readiness").html):
        findings = html.split('<article class="cf-finding')[1:]
        assert findings
        assert all("/decisions/rules/" in one for one in findings)
        assert {*re.findall(r"/decisions/rules/([\w-]+)", html)} == set(RULES_OF_THE_PROTOCOL)


def test_holdings_are_marked_as_english_on_spanish_pages(pages, runtime, ana):
    with runtime.units.begin(ana) as uow:
        choose_language(uow, "es")
    browser = pages(ana)
    one = next(one for one in PACK.holdings if one.rule == "exhaustion" and "'" not in one.sentence)
    number = one.symbol.partition("/D/")[2].replace("/", "-")
    for address in ("/decisions/rules/exhaustion", f"/decisions/{number}"):
        page = browser.get(address)
        assert f'<span lang="en">{one.sentence}</span>' in page.html
        assert "párr. " in page.words
