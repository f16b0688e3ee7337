"""The pages of claims: a claim with its first act, and the way on to the remedies."""

import pytest
from sqlalchemy import select

from caseflow.models import Act, Claim, Role
from tests.factories import known, make_actor, make_case, make_section


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
