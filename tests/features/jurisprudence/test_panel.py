"""Decided communications near a case, on its page "Readiness"."""

import re

import pytest

from caseflow.features.accounts.service import choose_language
from caseflow.law.jurisprudence import load_jurisprudence
from caseflow.models import Role
from caseflow.models.case import Urgency
from tests.factories import alter_case, make_actor, make_case, make_claim, make_remedy, make_section

HELD = {(one.symbol, one.paragraph): one for one in load_jurisprudence().holdings}
EVICTION = {"rights": ("HOUSING",), "violation_types": ("HOUSING_EVICTION_NO_TITLE", "HOUSING_EVICTION_NO_ALTERNATIVE")}


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


def panel(page):
    return page.html.partition('id="near"')[2].partition("</section>")[0]


def text(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def near(pages, actor, case):
    return panel(pages(actor).get(f"/cases/{case.id}/readiness"))


def test_each_says_why_it_is_near_and_what_decided_it(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    make_remedy(runtime.units, ana, make_claim(runtime.units, ana, case, **EVICTION))
    found = near(pages, ana, case)
    articles = found.split("<article")[1:]
    assert "The 5 nearest decisions of the Committee" in found
    assert len(articles) == 5
    for one in articles:
        words = text(one)
        assert re.search(r'href="/decisions/\d+-\d{4}"', one)
        assert "Same right: Adequate housing" in words
        assert "Same violation: " in words
        assert ("Same State: Spain" in words) == ("v. Spain" in words)
        symbol, paragraph = re.search(
            r'href="https://docs\.un\.org/en/([^"]+)"[^>]*>[^<]*para\. ([\d.]+)<', one
        ).groups()
        assert (symbol, paragraph) in HELD
    without_title = "Same violation: Forced eviction for occupation without title"
    assert [without_title in text(one) for one in articles[:4]] == [True] * 4
    assert 'href="/decisions?right=HOUSING"' in found


def test_what_is_open_in_the_case_brings_decisions_that_failed_on_it(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    make_remedy(runtime.units, ana, make_claim(runtime.units, ana, case, rights=("WORK",)))
    words = text(near(pages, ana, case))
    assert "Failed on what is open here: Domestic remedies exhausted" in words
    assert "Declared inadmissible" in words
    assert "Article 3(1): domestic remedies not exhausted" in words


def test_an_emergency_is_near_to_decisions_with_interim_measures(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    make_claim(runtime.units, ana, case, **EVICTION)
    sentence = "Interim measures were asked for"
    assert sentence not in near(pages, ana, case)
    alter_case(runtime.units, ana, case, urgency=Urgency.EMERGENCY)
    assert sentence in near(pages, ana, case)


def test_a_case_without_a_claim_has_the_right_of_its_first_report(pages, runtime, ana):
    found = text(near(pages, ana, make_case(runtime.units, ana)))
    assert "open here" not in found


def test_it_takes_one_statement_whatever_the_case_holds(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    claim = make_claim(runtime.units, ana, case, **EVICTION)
    browser = pages(ana)
    one = browser.get(f"/cases/{case.id}/readiness").statements
    make_remedy(runtime.units, ana, claim)
    make_claim(runtime.units, ana, case, rights=("SOCSEC", "WORK"))
    more = browser.get(f"/cases/{case.id}/readiness").statements
    assert len(more) == len(one)
    assert sum("decided_communication" in statement for statement in more) == 1


def test_it_is_spanish_on_spanish_pages(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    make_claim(runtime.units, ana, case, **EVICTION)
    with runtime.units.begin(ana) as uow:
        choose_language(uow, "es")
    words = text(near(pages, ana, case))
    assert "El mismo Estado: España" in words
    assert "Why it is near" not in words
