"""What the law engine reads of evidence: its kinds for each claim, and the stage whose decision a copy proves."""

import pytest

from caseflow import law
from caseflow.features.cases.queries import whole_case
from caseflow.features.evidence.queries import code_of
from caseflow.features.readiness.facts import case_document
from caseflow.models import EvidenceKind, GrantLevel, Role
from tests.factories import (
    make_act,
    make_actor,
    make_case,
    make_claim,
    make_evidence,
    make_person,
    make_remedy,
    make_section,
    share,
)


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


def told(runtime, by, case):
    with runtime.units.begin(by) as uow:
        return [claim.evidence for claim in case_document(uow, whole_case(uow, case.id)).facts.claims]


def add(runtime, ana, case, kind, *supported, **details):
    names = {"Claim": "claim_id", "Act": "act_id", "DomesticRemedy": "remedy_id", "CasePerson": "case_person_id"}
    codes = tuple(code_of(names[type(one).__name__], one.id) for one in supported)
    make_evidence(runtime.units, ana, case, kind=kind, supports=codes, **details)


def test_each_claim_has_the_kinds_of_what_supports_it(runtime, ana, case):
    first, second, third = (make_claim(runtime.units, ana, case) for _ in range(3))
    act, remedy = make_act(runtime.units, ana, first), make_remedy(runtime.units, ana, second, stage="APPEAL")
    add(runtime, ana, case, EvidenceKind.PHOTO, act)
    add(runtime, ana, case, EvidenceKind.MEDIA, first, second)
    add(runtime, ana, case, EvidenceKind.DECISION, remedy, second)
    add(runtime, ana, case, None, first)
    assert told(runtime, ana, case) == [
        (law.Evidence("photo"), law.Evidence("media"), law.Evidence()),
        (law.Evidence("media"), law.Evidence("decision", "APPEAL")),
        None,
    ], "of the third claim nothing is known"
    assert third.id


def test_what_proves_who_may_act_substantiates_nothing(runtime, ana, case):
    claim, person = make_claim(runtime.units, ana, case), make_person(runtime.units, ana, case)
    add(runtime, ana, case, EvidenceKind.AUTHORISATION, person, claim)
    add(runtime, ana, case, EvidenceKind.CONSENT_PROOF, claim)
    add(runtime, ana, case, EvidenceKind.TESTIMONY, person)
    assert told(runtime, ana, case) == [None]


def test_the_engine_is_told_the_same_whoever_may_see_what_it_is(runtime, ana, case):
    claim = make_claim(runtime.units, ana, case)
    add(runtime, ana, case, EvidenceKind.MEDICAL, claim, is_restricted=True)
    other = make_section(runtime.units, "FI")
    guest = make_actor(runtime.units, (other, Role.CASEWORKER))
    share(runtime.units, ana, case, other, GrantLevel.WRITE)
    assert told(runtime, guest, case) == told(runtime, ana, case) == [(law.Evidence("medical"),)]
