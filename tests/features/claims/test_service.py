"""The service of claims and acts, and what it refuses."""

import pytest

from caseflow.errors import Invalid, NotFound
from caseflow.features.cases.queries import history
from caseflow.features.cases.service import editable_case
from caseflow.features.claims.commands import ActDetails, ClaimDetails
from caseflow.features.claims.queries import one_act, one_claim
from caseflow.features.claims.service import change_act, change_claim, remove_act
from caseflow.law import UncertainDate
from caseflow.models import Role
from tests.factories import in_days, known, make_act, make_actor, make_case, make_claim, make_section, reload_case


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER), name="Ana")


def test_the_rights_of_a_case_are_those_of_its_claims(runtime, ana):
    case = make_case(runtime.units, ana, right="FOOD")
    claim = make_claim(runtime.units, ana, case, rights=("WATER", "SANIT"))
    assert reload_case(runtime.units, ana, case).rights == ["WATER", "SANIT"]
    with runtime.units.begin(ana) as uow:
        editable = editable_case(uow, case.id)
        details = ClaimDetails(version=claim.version, rights=("HEALTH",))
        change_claim(uow, editable, one_claim(uow, editable, claim.id), details)
    assert reload_case(runtime.units, ana, case).rights == ["HEALTH"]


@pytest.mark.parametrize("articles", [("2(1)", "11", "15(1)(a)"), ("7(a)(ii)", "8(1)(d)")])
def test_articles_of_the_covenant_are_accepted(runtime, ana, articles):
    case = make_case(runtime.units, ana)
    assert make_claim(runtime.units, ana, case, articles=articles).articles == list(articles)


@pytest.mark.parametrize("article", ["16", "0", "art. 11", "11(0)", "11)", "a", "11(1)(a", "25 ECHR", "²"])
def test_other_articles_are_refused_with_an_example(runtime, ana, article):
    case = make_case(runtime.units, ana)
    with pytest.raises(Invalid) as refused:
        make_claim(runtime.units, ana, case, articles=("11(1)", article))
    assert "15(1)(a)" in refused.value.fields["articles"]


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"is_continuing": True, "continuing_reason": "No flat yet", "ended": known(2025)}, "ended"),
        ({"began": UncertainDate.of(in_days(400))}, "began"),
        ({"ended": UncertainDate.of(in_days(400))}, "ended"),
        ({"began": known(1066)}, "began"),
    ],
)
def test_an_impossible_act_is_refused_at_its_field(runtime, ana, details, field):
    claim = make_claim(runtime.units, ana, make_case(runtime.units, ana))
    with pytest.raises(Invalid) as refused:
        make_act(runtime.units, ana, claim, **details)
    assert list(refused.value.fields) == [field]


def test_an_act_can_not_end_before_it_began_and_is_kept_in_the_history_when_removed(runtime, ana):
    case = make_case(runtime.units, ana)
    claim = make_claim(runtime.units, ana, case)
    act = make_act(runtime.units, ana, claim, began=known(2024, 5), ended=known(2024))
    details = ActDetails(version=act.version, what="x", began=known(2024, 5), ended=known(2023))
    with runtime.units.begin(ana) as uow:
        editable = editable_case(uow, case.id)
        found = one_act(uow, editable, act.id)
        with pytest.raises(Invalid) as refused:
            change_act(uow, editable, found, details)
    assert "ended" in refused.value.fields
    with runtime.units.begin(ana) as uow:
        editable = editable_case(uow, case.id)
        remove_act(uow, editable, one_act(uow, editable, act.id))
    with runtime.units.begin(ana) as uow:
        assert history(uow, case.id, limit=1)[0].changes["what"] == [act.what, None]
    with runtime.units.begin(ana) as uow, pytest.raises(NotFound):
        one_act(uow, case, act.id)


def test_a_case_has_a_maximum_of_claims_and_a_claim_of_acts(runtime, ana, monkeypatch):
    monkeypatch.setattr("caseflow.features.claims.service.MOST_CLAIMS", 1)
    monkeypatch.setattr("caseflow.features.claims.service.MOST_ACTS", 1)
    case = make_case(runtime.units, ana)
    claim = make_claim(runtime.units, ana, case)
    make_act(runtime.units, ana, claim)
    with pytest.raises(Invalid, match="at most 1 claims"):
        make_claim(runtime.units, ana, case)
    with pytest.raises(Invalid, match="at most 1 acts"):
        make_act(runtime.units, ana, claim)
