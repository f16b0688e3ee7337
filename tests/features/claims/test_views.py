"""The pages of claims: a claim with its first act, and the way on to the remedies."""

import pytest
from sqlalchemy import select

from caseflow.models import Act, Claim, HousingApplication, OtherTreatyArticle, Role
from tests.factories import known, make_actor, make_case, make_claim, make_housing_application, make_section


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana, happened=known(2024, 3))


def acts(runtime, ana, case):
    with runtime.units.begin(ana) as uow:
        claims = uow.session.scalars(select(Claim.id).where(Claim.case_id == case.id)).all()
        return [uow.session.scalars(select(Act).where(Act.claim_id == claim)).all() for claim in claims]


def test_a_new_claim_takes_its_first_act_along(runtime, pages, ana, case):
    page = pages(ana).submit(f"/cases/{case.id}/claims/new", what="Doors sealed", is_attributable="yes")
    assert page.path == f"/cases/{case.id}/facts"
    ((act,),) = acts(runtime, ana, case)
    assert (act.what, act.began.edtf, act.is_attributable) == ("Doors sealed", "2024-03", True)


def test_a_claim_without_an_act_is_saved_too(runtime, pages, ana, case):
    pages(ana).submit(f"/cases/{case.id}/claims/new")
    assert acts(runtime, ana, case) == [[]]


def test_a_fault_of_the_act_saves_neither(runtime, pages, ana, case):
    page = pages(ana).submit(f"/cases/{case.id}/claims/new", is_attributable="yes", label="The flat", status=422)
    assert "Describe in one line" in page.error_at("what")
    assert "The flat" in page.html
    assert acts(runtime, ana, case) == []


def test_saving_can_lead_on_to_the_remedies_and_from_one_to_the_next(pages, ana, case):
    form = pages(ana).get(f"/cases/{case.id}/claims/new")
    values = dict(form.form().values()) | {"what": "Doors sealed", "then": "remedy"}
    answer = pages(ana).post(f"/cases/{case.id}/claims/new", values)
    assert answer.answer.location.endswith("/remedies/new")
    form = pages(ana).get(answer.answer.location)
    values = dict(form.form().values()) | {"stage": "COURT_1", "then": "another"}
    assert pages(ana).post(form.path, values).answer.location == form.path


def requests(runtime, ana, case):
    with runtime.units.begin(ana) as uow:
        found = select(HousingApplication).where(HousingApplication.case_id == case.id)
        return uow.session.scalars(found.order_by(HousingApplication.position)).all()


def test_requests_for_housing_are_kept_with_their_day_and_answer(runtime, pages, ana, case):
    claim = make_claim(runtime.units, ana, case)
    facts = f"/cases/{case.id}/facts"
    assert "No request recorded" in pages(ana).get(facts).words
    address = f"/cases/{case.id}/claims/{claim.id}/housing/new"
    typed = {
        "authority": "Social services of Valdeoliva",
        "applied-day": "2",
        "applied-month": "3",
        "applied-year": "2015",
    }
    page = pages(ana).submit(address, **typed, answer="list_closed")
    assert page.path == facts
    (asked,) = requests(runtime, ana, case)
    assert (asked.authority, asked.applied.edtf, asked.answer) == (
        "Social services of Valdeoliva",
        "2015-03-02",
        "list_closed",
    )
    assert "List closed to who occupies without title" in pages(ana).get(facts).words
    pages(ana).submit(f"/cases/{case.id}/housing/{asked.id}", answer="refused")
    assert requests(runtime, ana, case)[0].answer == "refused"
    pages(ana).submit(f"/cases/{case.id}/housing/{asked.id}/remove")
    assert requests(runtime, ana, case) == []


def test_a_request_for_housing_that_cannot_be_is_refused_and_nothing_is_lost(runtime, pages, ana, case):
    claim = make_claim(runtime.units, ana, case)
    address = f"/cases/{case.id}/claims/{claim.id}/housing/new"
    page = pages(ana).submit(address, answer="refused", status=422)
    assert "Say to whom the request was made, or when" in page.error_at("authority")
    when = {"applied-year": "2016", "answered-year": "2015"}
    page = pages(ana).submit(address, authority="The city", **when, status=422)
    assert "cannot have come before the request" in page.error_at("answered")
    assert 'value="The city"' in page.html
    page = pages(ana).submit(address, authority="The city", answer="no_answer", **{"answered-year": "2016"}, status=422)
    assert "There was no answer" in page.error_at("answered")
    assert requests(runtime, ana, case) == []


def test_only_claims_on_housing_ask_for_requests(runtime, pages, ana, case):
    make_claim(runtime.units, ana, case, rights=("HEALTH",))
    assert "Requests for housing" not in pages(ana).get(f"/cases/{case.id}/facts").words


def test_the_first_request_is_a_fact_of_the_finding(runtime, pages, ana, case):
    claim = make_claim(runtime.units, ana, case)
    make_housing_application(runtime.units, ana, claim, applied=known(2015, 3, 2), answer="no_answer")
    page = pages(ana).get(f"/cases/{case.id}/readiness")
    assert (
        "Housing was first asked for on 2 March 2015 (Social services of the city): there was no answer" in page.words
    )
    assert f"/cases/{case.id}/housing/" in page.html


def test_articles_of_another_treaty_are_recorded_changed_and_removed(runtime, pages, ana, case):
    claim = make_claim(runtime.units, ana, case)
    facts = f"/cases/{case.id}/facts"
    assert "Outside the Committee's competence" not in pages(ana).get(facts).words
    page = pages(ana).submit(f"/cases/{case.id}/claims/{claim.id}/treaties/new", treaty="ICCPR", article="17, 23(1)")
    assert page.path == facts
    assert "International Covenant on Civil and Political Rights" in page.words
    assert "Outside the Committee's competence" in page.words
    readiness = pages(ana).get(f"/cases/{case.id}/readiness")
    assert "art. 17, 23(1). The Committee decides on the Covenant alone" in readiness.words
    with runtime.units.begin(ana) as uow:
        (row,) = uow.session.scalars(select(OtherTreatyArticle).where(OtherTreatyArticle.claim_id == claim.id))
    pages(ana).submit(f"/cases/{case.id}/treaties/{row.id}", treaty="CRC")
    assert "Convention on the Rights of the Child" in pages(ana).get(facts).words
    pages(ana).submit(f"/cases/{case.id}/treaties/{row.id}/remove")
    assert "Outside the Committee's competence" not in pages(ana).get(facts).words


def test_articles_need_a_treaty_and_what_was_typed_is_kept(runtime, pages, ana, case):
    claim = make_claim(runtime.units, ana, case)
    page = pages(ana).submit(f"/cases/{case.id}/claims/{claim.id}/treaties/new", article="17", status=422)
    assert "Choose the treaty from the list" in page.error_at("treaty")
    assert 'value="17"' in page.html
