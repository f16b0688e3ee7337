"""The findings on the case page: links with a clear target, one card for rules that wait, the language of sentences."""

import re

import pytest

from caseflow.features.accounts.service import choose_language
from caseflow.models import EvidenceKind, Role
from tests.factories import known, make_actor, make_case, make_claim, make_evidence, make_remedy, make_section, not_used


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


def test_links_name_the_court_or_the_stage(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    claim = make_claim(runtime.units, ana, case)
    make_remedy(runtime.units, ana, claim, stage="COURT_1", authority="Provincial Court")
    make_remedy(runtime.units, ana, claim, stage="APPEAL", outcome="dismissed")
    not_used(runtime.units, ana, claim, stage="CONST")
    links = pages(ana).get(f"/cases/{case.id}/readiness").links
    for words in (
        "Provincial Court: ",
        "Court of second instance: ",
        "Not used (Constitutional complaint, amparo, tutela): ",
    ):
        assert any(words in link for link in links), (words, links)
    assert not any("remedy 1" in link for link in links)


def test_a_case_without_claims_shows_one_gap_with_the_waiting_rules(pages, runtime, ana):
    page = pages(ana).get(f"/cases/{make_case(runtime.units, ana).id}/readiness")
    assert page.words.count("Needed for these requirements:") == 1
    assert "No claim is recorded" not in page.words


def test_findings_are_in_the_language_of_the_reader(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    sentence = "The Protocol has been in force for Spain"
    assert f"<p>{sentence}" in pages(ana).get(f"/cases/{case.id}/readiness").html
    with runtime.units.begin(ana) as uow:
        choose_language(uow, "es")
    page = pages.another(ana).get(f"/cases/{case.id}/readiness")
    assert "<p>El Protocolo está en vigor para España desde el 5 de mayo de 2013" in page.html
    findings = re.findall(r'<article class="cf-finding.*?</article>', page.html, re.DOTALL)
    assert findings
    assert not any('<span lang="en">' in finding for finding in findings)


def test_findings_name_their_sources_and_the_page_who_checked_them_and_when(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    page = pages(ana).get(f"/cases/{case.id}/readiness")
    assert "The reading rests on:" in page.words
    assert "The rules were last compared with their sources on" in page.words
    assert "by the coalition's legal working group" in page.words


def test_facts_that_do_not_fit_each_other_are_listed_with_links_to_their_fields(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    claim = make_claim(runtime.units, ana, case)
    make_remedy(runtime.units, ana, claim, stage="COURT_1", outcome="dismissed", decided=known(2016, 5, 2))
    page = pages(ana).get(f"/cases/{case.id}/readiness")
    assert "No facts contradict each other" in page.words
    make_remedy(runtime.units, ana, claim, stage="APPEAL", authority="Provincial Court", filed=known(2016, 4, 2))
    page = pages(ana).get(f"/cases/{case.id}/readiness")
    listed = page.html.partition('id="check"')[2].partition("</section>")[0]
    assert "The remedy before the Provincial Court was filed on 2 April 2016, before" in listed
    assert re.findall(r'href="[^"]*/remedies/[^"#]*(#[a-z-]+)"', listed) == ["#filed-day", "#decided-day"]


def test_missing_evidence_leads_to_where_the_file_is_added(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    claim = make_claim(runtime.units, ana, case)
    page = pages(ana).get(f"/cases/{case.id}/readiness")
    assert f'href="/cases/{case.id}/evidence/new#files"' in page.html
    assert "Whether there is evidence is not recorded." in page.words
    make_evidence(runtime.units, ana, case, claim, kind=EvidenceKind.TESTIMONY)
    assert "Whether there is evidence is not recorded." not in pages(ana).get(f"/cases/{case.id}/readiness").words


def test_a_barred_claim_does_not_hide_the_outlook_of_another(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    make_remedy(
        runtime.units, ana, make_claim(runtime.units, ana, case), outcome="inadmissible_late", decided=known(2015, 3, 5)
    )
    assert "Each claim alone:" not in pages(ana).get(f"/cases/{case.id}/readiness").words
    make_claim(runtime.units, ana, case)
    assert "Each claim alone: Claim 1 Barred Claim 2 Gaps" in pages(ana).get(f"/cases/{case.id}/readiness").words
