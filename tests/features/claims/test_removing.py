"""Removing a claim that was logged by mistake: what goes with it, what goes to another claim, and what is refused."""

import pytest
from sqlalchemy import select

from caseflow.db.base import Base
from caseflow.errors import Conflict, Forbidden, Invalid
from caseflow.features.cases.queries import history
from caseflow.features.cases.service import editable_case
from caseflow.features.claims.queries import claim_to_remove
from caseflow.features.claims.removing.commands import RemoveClaim
from caseflow.features.claims.removing.queries import belongings_of
from caseflow.features.claims.removing.service import remove_claim
from caseflow.models import (
    Act,
    Claim,
    DomesticRemedy,
    DossierPart,
    EvidenceSupport,
    GrantLevel,
    HousingApplication,
    Note,
    OtherTreatyArticle,
    Role,
    Stage,
    Task,
)
from tests.factories import (
    alter_case,
    known,
    make_act,
    make_actor,
    make_case,
    make_claim,
    make_evidence,
    make_housing_application,
    make_note,
    make_other_treaty,
    make_remedy,
    make_section,
    make_task,
    reload_case,
    share,
)
from tests.factories.dossier import make_text


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER), name="Ana")


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


@pytest.fixture
def wrong(runtime, ana, case):
    claim = make_claim(runtime.units, ana, case, rights=("WATER",), label="Logged twice")
    make_act(runtime.units, ana, claim, what="Water cut off")
    make_remedy(runtime.units, ana, claim, decided=known(2026, 3, 5))
    make_housing_application(runtime.units, ana, claim)
    make_other_treaty(runtime.units, ana, claim)
    return claim


@pytest.fixture
def right(runtime, ana, case, wrong):
    claim = make_claim(runtime.units, ana, case, rights=("HOUSING",))
    make_act(runtime.units, ana, claim, what="Doors sealed")
    return claim


def removed(runtime, actor, claim, to=None, *, reason="Logged twice", seen=None):
    with runtime.units.begin(actor) as uow:
        case = editable_case(uow, claim.case_id)
        found = claim_to_remove(uow, case, claim.id)
        digest = seen or belongings_of(uow, found).digest
        asked = RemoveClaim(reason=reason, move_to=to and to.id, seen=digest)
        remove_claim(uow, case, found, asked)


def of_claim(runtime, ana, kind, claim):
    with runtime.units.begin(ana) as uow:
        return uow.session.scalars(select(kind).where(kind.claim_id == claim.id)).all()


def number_of(runtime, ana, kind, case):
    with runtime.units.begin(ana) as uow:
        return len(uow.session.scalars(select(kind).where(kind.case_id == case.id)).all())


CHILDREN = (Act, DomesticRemedy, HousingApplication, OtherTreatyArticle)


def test_what_belongs_to_it_goes_to_another_claim(runtime, ana, case, wrong, right):
    make_task(runtime.units, ana, case, claim_id=wrong.id)
    removed(runtime, ana, wrong, right)
    assert [len(of_claim(runtime, ana, kind, right)) for kind in (*CHILDREN, Task)] == [2, 1, 1, 1, 1]
    acts = of_claim(runtime, ana, Act, right)
    assert {act.what: act.position for act in acts} == {"Doors sealed": 1, "Water cut off": 2}
    shown = reload_case(runtime.units, ana, case)
    assert [(one.id, one.position) for one in shown.claims] == [(right.id, 1)]
    assert shown.rights == ["HOUSING"]


def test_the_history_keeps_the_claim_and_what_was_removed_with_it(runtime, ana, case, wrong):
    removed(runtime, ana, wrong, reason="It is a case of its own")
    assert [number_of(runtime, ana, kind, case) for kind in (Claim, *CHILDREN)] == [0, 0, 0, 0, 0]
    with runtime.units.begin(ana) as uow:
        entries = {one.action: one.changes for one in history(uow, case.id, limit=10)}
    assert entries["claim.removed"]["label"] == ["Logged twice", None]
    assert entries["claim.removed"]["reason"] == [None, "It is a case of its own"]
    assert entries["act.removed"]["what"] == ["Water cut off", None]
    assert {"remedy.removed", "housing_application.removed", "other_treaty.removed"} <= entries.keys()


def test_evidence_keeps_supporting_something(runtime, ana, case, wrong, right):
    make_evidence(runtime.units, ana, case, wrong)
    with pytest.raises(Invalid) as refused:
        removed(runtime, ana, wrong)
    assert "Evidence" in refused.value.fields["then"]
    removed(runtime, ana, wrong, right)
    assert len(of_claim(runtime, ana, EvidenceSupport, right)) == 1


def test_the_only_claim_that_evidence_supports_stays(runtime, ana, case, wrong):
    make_evidence(runtime.units, ana, case, wrong)
    with pytest.raises(Conflict):
        removed(runtime, ana, wrong)
    assert number_of(runtime, ana, Claim, case) == 1


def test_notes_stay_in_the_case(runtime, ana, case, wrong, right):
    make_note(runtime.units, ana, case, claim_id=wrong.id)
    removed(runtime, ana, wrong, right)
    with runtime.units.begin(ana) as uow:
        note = uow.session.scalars(select(Note).where(Note.case_id == case.id)).one()
        assert note.claim_id is None


@pytest.mark.parametrize("stage", [Stage.FILED, Stage.CLOSED])
def test_after_filing_nothing_is_removed(runtime, ana, case, wrong, stage):
    alter_case(runtime.units, ana, case, stage=stage)
    with pytest.raises(Conflict):
        removed(runtime, ana, wrong)


def test_a_reason_is_needed_and_the_other_claim_must_be_of_the_case(runtime, ana, case, wrong, right):
    with pytest.raises(Invalid) as refused:
        removed(runtime, ana, wrong, right, reason=" ")
    assert list(refused.value.fields) == ["reason"]
    foreign = make_claim(runtime.units, ana, make_case(runtime.units, ana))
    with pytest.raises(Invalid) as refused:
        removed(runtime, ana, wrong, foreign)
    assert list(refused.value.fields) == ["then"]


def test_what_a_colleague_added_meanwhile_is_not_removed_unseen(runtime, ana, case, wrong):
    with runtime.units.begin(ana) as uow:
        seen = belongings_of(uow, wrong).digest
    make_act(runtime.units, ana, wrong, what="Meters removed")
    with pytest.raises(Conflict):
        removed(runtime, ana, wrong, seen=seen)
    assert number_of(runtime, ana, Act, case) == 2


def test_only_people_of_its_section_remove_a_claim(runtime, ana, case, wrong):
    ben = make_actor(runtime.units, (make_section(runtime.units, "FR"), Role.CASEWORKER))
    share(runtime.units, ana, case, ben, GrantLevel.WRITE)
    with pytest.raises(Forbidden):
        removed(runtime, ben, wrong)


def test_the_page_shows_what_belongs_to_it_and_asks(pages, ana, case, wrong, right):
    address = f"/cases/{case.id}/claims/{wrong.id}/remove"
    page = pages(ana).get(address)
    assert "Water cut off" in page.html
    refused = pages(ana).submit(address, reason="Twice", status=422)
    assert "Choose what becomes" in refused.error_at("then")
    done = pages(ana).submit(address, reason="Twice", then=str(right.id))
    assert done.path == f"/cases/{case.id}/facts"
    assert "Logged twice" not in done.html


def test_a_claim_without_anything_is_removed_with_a_reason_alone(runtime, pages, ana, case):
    claim = make_claim(runtime.units, ana, case)
    page = pages(ana).submit(f"/cases/{case.id}/claims/{claim.id}/remove", reason="Twice")
    assert page.path == f"/cases/{case.id}/facts"
    assert number_of(runtime, ana, Claim, case) == 0


BELONG_TO_A_CLAIM = {
    "act", "claim_decision", "claim_person", "domestic_remedy", "dossier_text", "evidence_support", "housing_application",
    "note", "other_treaty_article", "task",
}  # fmt: skip
"""Tables whose rows belong to a claim, each of which `Belongings` reads. A deadline is calculated again."""


def test_every_table_of_a_claim_is_known_to_its_removal():
    """A new one is read by `belongings_of` and shown before the claim is removed, or its rows would go unseen."""
    of_claims = {
        table.name
        for table in Base.metadata.tables.values()
        if any(key.referred_table.name == "claim" for key in table.foreign_key_constraints)
    }
    assert of_claims == BELONG_TO_A_CLAIM | {"deadline"}


def test_what_the_dossier_says_on_a_claim_is_shown_first_and_stays_in_the_history(pages, runtime, ana, case, wrong):
    make_text(runtime.units, ana, case, "The first draft.", DossierPart.MERITS, claim_id=wrong.id)
    make_text(runtime.units, ana, case, "They had no choice.", DossierPart.MERITS, claim_id=wrong.id)
    shown = pages(ana).get(f"/cases/{case.id}/claims/{wrong.id}/remove").words
    assert "Texts of the dossier" in shown
    assert "What the dossier says on this claim is removed with it." in shown
    removed(runtime, ana, wrong)
    told = pages(ana).get(f"/cases/{case.id}/history").words
    assert "They had no choice." in told
