"""What was typed is given back when it can't be saved: the row was removed, the case sealed, the role ended."""

from uuid import uuid4

import pytest

from caseflow.clock import now
from caseflow.features.cases.queries import one_case
from caseflow.features.cases.service import editable_case, remove_child
from caseflow.features.claims.queries import one_act
from caseflow.features.claims.service import remove_act
from caseflow.features.procedures.queries import one_procedure
from caseflow.features.procedures.service import remove_procedure
from caseflow.features.remedies.queries import one_remedy
from caseflow.features.remedies.service import remove_remedy
from caseflow.features.remedy_maps.steps import remove_step
from caseflow.models import Claim, Role
from caseflow.web.dates import show_moment
from tests.factories import (
    end_roles,
    make_act,
    make_actor,
    make_case,
    make_claim,
    make_deadline,
    make_procedure,
    make_remedy,
    make_section,
    seal,
)
from tests.factories.remedy_maps import make_map, make_map_step

TYPED = "What I had typed for twenty minutes"


@pytest.fixture
def office(runtime):
    section = make_section(runtime.units, "ES")
    role = Role.SECTION_COORDINATOR
    return make_actor(runtime.units, (section, role)), make_actor(runtime.units, (section, role), name="Bea Colleague")


@pytest.fixture
def claim(runtime, office):
    return make_claim(runtime.units, office[0], make_case(runtime.units, office[0]))


def removed_act(runtime, claim, me, other):
    act = make_act(runtime.units, me, claim)

    def remove(uow):
        case = editable_case(uow, claim.case_id)
        remove_act(uow, case, one_act(uow, case, act.id))

    return f"/cases/{claim.case_id}/acts/{act.id}", remove, "what"


def removed_remedy(runtime, claim, me, other):
    remedy = make_remedy(runtime.units, me, claim)

    def remove(uow):
        case = editable_case(uow, claim.case_id)
        remove_remedy(uow, case, one_remedy(uow, case, remedy.id))

    return f"/cases/{claim.case_id}/remedies/{remedy.id}", remove, "authority"


def removed_procedure(runtime, claim, me, other):
    case = one_of(runtime, me, claim)
    procedure = make_procedure(runtime.units, me, case)

    def remove(uow):
        case = editable_case(uow, claim.case_id)
        remove_procedure(uow, case, one_procedure(uow, case, procedure.id))

    return f"/cases/{claim.case_id}/procedures/{procedure.id}", remove, "file_number"


def removed_step(runtime, claim, me, other):
    remedy_map = make_map(runtime.units, me)
    step = make_map_step(runtime.units, me, remedy_map)

    def remove(uow):
        remove_step(uow, remedy_map.id, step.id, step.version)

    return f"/remedy-maps/{remedy_map.id}/steps/{step.id}", remove, "name"


def one_of(runtime, me, claim):
    with runtime.units.begin(me) as uow:
        return one_case(uow, claim.case_id)


@pytest.mark.parametrize("kind", [removed_act, removed_remedy, removed_procedure, removed_step])
def test_a_row_that_a_colleague_removed_gives_the_text_back_and_can_be_added_again(pages, runtime, office, claim, kind):
    me, other = office
    address, remove, box = kind(runtime, claim, me, other)
    drawn = pages(me).get(address)
    with runtime.units.begin(other) as uow:
        remove(uow)
    gone = pages(me).send(drawn, **{box: TYPED}, status=410)
    assert "This was removed by Bea Colleague on" in gone.words
    assert show_moment(now()).split(",")[0] in gone.words
    assert "Nothing was saved" in gone.words
    assert gone.form().values()[box] == [TYPED]
    again = pages(me).send(gone)
    assert "was added" in again.words or "was recorded" in again.words
    assert TYPED in again.words
    assert "This was saved already" in pages(me).send(gone).words


def test_the_history_does_not_name_the_claim_by_its_id(pages, runtime, office, claim):
    me, other = office
    _, remove, _ = removed_act(runtime, claim, me, other)
    with runtime.units.begin(other) as uow:
        remove(uow)
    assert str(claim.id) not in pages(me).get(f"/cases/{claim.case_id}/history").html


def test_an_id_that_never_was_is_not_called_removed(pages, runtime, office, claim):
    me, other = office
    address, *_ = removed_act(runtime, claim, me, other)
    values = dict(pages(me).get(address).form().values()) | {"what": TYPED}
    answer = pages(me).post(f"/cases/{claim.case_id}/acts/{uuid4()}", values)
    assert answer.status == 404
    assert "removed" not in answer.words
    assert TYPED in answer.html


def test_the_text_is_given_back_when_the_claim_of_the_removed_row_is_gone_too(pages, runtime, office, claim):
    me, other = office
    address, remove, _ = removed_act(runtime, claim, me, other)
    drawn = pages(me).get(address)
    with runtime.units.begin(other) as uow:
        remove(uow)
        remove_claim(uow, claim)
    gone = pages(me).send(drawn, what=TYPED, status=404)
    assert TYPED in gone.html


def remove_claim(uow, claim):
    case = editable_case(uow, claim.case_id)
    remove_child(uow, case, uow.session.get(Claim, claim.id), "claim.removed")


def test_the_text_is_given_back_when_the_claim_was_removed_that_it_belongs_to(pages, runtime, office, claim):
    me, other = office
    drawn = pages(me).get(f"/cases/{claim.case_id}/claims/{claim.id}/remedies/new")
    with runtime.units.begin(other) as uow:
        remove_claim(uow, claim)
    gone = pages(me).send(drawn, stage="COURT_1", authority=TYPED, explanation="One\nTwo", status=404)
    assert "What you typed" in gone.words
    texts = {control.attributes.get("value") or control.text for control in gone.markup.controls}
    assert {TYPED, "COURT_1"} <= texts
    assert any("One\nTwo" in text for text in texts)
    assert "Court or authority" in gone.words
    assert "Explanation" in gone.words


def form_of_a_case(claim, runtime, me):
    return f"/cases/{claim.case_id}/edit", {"narrative": TYPED}


def form_of_a_claim(claim, runtime, me):
    return f"/cases/{claim.case_id}/claims/{claim.id}", {"disadvantage": TYPED}


def form_of_a_note(claim, runtime, me):
    deadline = make_deadline(runtime.units, me, one_of(runtime, me, claim))
    return f"/deadlines/{deadline.id}/edit", {"note": TYPED}


def form_of_an_outcome(claim, runtime, me):
    deadline = make_deadline(runtime.units, me, one_of(runtime, me, claim))
    return f"/deadlines/{deadline.id}/done", {"outcome": TYPED}


def form_of_a_new_act(claim, runtime, me):
    return f"/cases/{claim.case_id}/claims/{claim.id}/acts/new", {"what": TYPED}


FORMS = [form_of_a_case, form_of_a_claim, form_of_a_note, form_of_an_outcome, form_of_a_new_act]


@pytest.mark.parametrize("form", FORMS)
def test_the_text_is_given_back_when_the_case_was_sealed(pages, runtime, office, claim, form):
    """It is shown to its author, and nothing else of the case."""
    me, other = office
    owner_case = make_case(runtime.units, other, title="Something that must not be seen")
    claim = make_claim(runtime.units, other, owner_case)
    address, typed = form(claim, runtime, other)
    drawn = pages(me).get(address)
    seal(runtime.units, other, one_of(runtime, other, claim))
    gone = pages(me).send(drawn, **typed, status=404)
    assert TYPED in gone.html
    assert "What you typed" in gone.words
    assert owner_case.reference not in gone.html
    assert owner_case.title not in gone.html


@pytest.mark.parametrize("form", FORMS)
def test_the_text_is_given_back_when_the_role_was_ended(pages, runtime, office, claim, form):
    me, other = office
    address, typed = form(claim, runtime, other)
    drawn = pages(me).get(address)
    end_roles(runtime.units, me)
    gone = pages(me).send(drawn, **typed, status=403)
    assert TYPED in gone.html


def test_what_a_stranger_sends_is_not_repeated(pages, claim):
    answer = pages().client.post(
        f"/cases/{claim.case_id}/edit", data={"title": TYPED}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert TYPED not in answer.text


def test_a_form_that_is_larger_than_any_of_ours_is_not_repeated(pages, office, claim):
    answer = pages(office[0]).post(f"/cases/{uuid4()}/edit", {"narrative": TYPED + "x" * 300_000})
    assert answer.status == 404
    assert TYPED not in answer.html


def test_a_password_is_never_repeated(pages, runtime, office):
    me, _ = office
    answer = pages(me).post(f"/cases/{uuid4()}/edit", {"current": "a secret", "new": "another", "title": TYPED})
    assert TYPED in answer.html
    assert "a secret" not in answer.html
    assert "another" not in answer.html
