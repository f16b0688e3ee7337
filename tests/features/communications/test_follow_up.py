"""The follow-up of each recommendation: reports, comments, assessments of the Committee, closure and reopening."""

import re

import pytest

from caseflow.errors import Invalid
from caseflow.features.cases.service import editable_case
from caseflow.features.communications.commands import Removal
from caseflow.features.communications.decision.service import remove_recommendation
from caseflow.features.communications.follow_up.commands import FollowUpDetails
from caseflow.features.communications.follow_up.queries import steps_of
from caseflow.features.communications.follow_up.service import add_step, change_step, remove_step
from caseflow.features.communications.follow_up.standing import closure_of
from caseflow.features.communications.queries import one_letter
from caseflow.features.communications.service import remove_letter
from caseflow.models import ClosureReason, FollowUpGrade, FollowUpKind
from tests.factories import in_days, make_letter, make_recommendation

K = FollowUpKind
DONE = ClosureReason.CARRIED_OUT


@pytest.fixture
def views(runtime, ana, case):
    return make_letter(runtime.units, ana, case, "views", dated_on=in_days(-100))


@pytest.fixture
def recommendation(runtime, ana, case, views):
    return make_recommendation(runtime.units, ana, case)


@pytest.fixture
def follow_up(runtime, ana, case, recommendation):
    """Record a step `ago` days before today."""

    def record(kind, ago, **details):
        given = {"kind": kind, "on_day": in_days(-ago), "text": "So it is", **details}
        with runtime.units.begin(ana) as uow:
            return add_step(uow, editable_case(uow, case.id), recommendation, FollowUpDetails(**given))

    return record


@pytest.mark.parametrize(
    ("kind", "ago", "wrong", "field"),
    [
        (K.OBSERVED, -1, {}, "on_day"),
        (K.OBSERVED, 101, {}, "on_day"),
        (K.OBSERVED, 700000, {}, "on_day"),
        (K.OBSERVED, 1, {"text": " "}, "text"),
        (K.OBSERVED, 1, {"grade": FollowUpGrade.PARTLY}, "grade"),
        (K.ASSESSED, 1, {}, "grade"),
        (K.CLOSED, 1, {}, "closed_because"),
        (K.STATE_REPORTED, 1, {"closed_because": DONE}, "closed_because"),
        (K.REOPENED, 1, {}, "kind"),
    ],
)
def test_faulty_entries_are_refused_at_their_field(follow_up, kind, ago, wrong, field):
    with pytest.raises(Invalid) as refused:
        follow_up(kind, ago, **wrong)
    assert list(refused.value.fields) == [field]


def test_what_is_closed_is_reopened_and_closed_again_on_any_day_in_turn(runtime, ana, case, follow_up, recommendation):
    closed = follow_up(K.CLOSED, 50, closed_because=DONE)
    with pytest.raises(Invalid):
        follow_up(K.CLOSED, 40, closed_because=DONE)
    with pytest.raises(Invalid):
        follow_up(K.REOPENED, 51)
    reopened = follow_up(K.REOPENED, 50)
    follow_up(K.STATE_REPORTED, 20)
    with runtime.units.begin(ana) as uow:
        found = editable_case(uow, case.id)
        assert closure_of(steps_of(uow, recommendation)) is None
        with pytest.raises(Invalid, match="remove the later entry first"):
            remove_step(uow, found, recommendation, uow.session.merge(closed))
        late = FollowUpDetails(version=closed.version, kind=K.CLOSED, on_day=in_days(-10), closed_because=DONE)
        with pytest.raises(Invalid):
            change_step(uow, found, recommendation, uow.session.merge(closed), late)
        remove_step(uow, found, recommendation, uow.session.merge(reopened))
    with runtime.units.begin(ana) as uow:
        assert closure_of(steps_of(uow, recommendation)).id == closed.id


def test_a_letter_and_a_recommendation_with_follow_up_are_not_removed(runtime, ana, case, follow_up, recommendation):
    letter = make_letter(runtime.units, ana, case, "state_follow_up", dated_on=in_days(-10))
    follow_up(K.STATE_REPORTED, 10, letter_id=letter.id)
    with runtime.units.begin(ana) as uow:
        found = editable_case(uow, case.id)
        with pytest.raises(Invalid, match="Remove its entries first"):
            remove_recommendation(uow, found, uow.session.merge(recommendation))
        row = one_letter(uow, found, letter.id)
        with pytest.raises(Invalid, match="Remove them first"):
            remove_letter(uow, found, row, Removal(version=row.version, reason="Wrong case"))


def boxes(ago: int) -> dict[str, str]:
    return {f"on_day__{part}": str(getattr(in_days(-ago), part)) for part in ("day", "month", "year")}


def test_a_recommendation_is_followed_up_on_its_page(ana, case, pages, recommendation):
    browser, here = pages(ana), f"/cases/{case.id}/recommendations/{recommendation.id}"
    assert here in browser.get(f"/cases/{case.id}/committee").html
    assert "until it examines the next report of the State" in browser.get(here).words
    page = browser.submit(
        f"{here}/new?kind=assessed", grade="partly", text="The Committee regrets the delay.", **boxes(30)
    )
    assert "Partly satisfactory" in page.words
    page = browser.submit(f"{here}/new?kind=closed", closed_because="periodic_report", **boxes(2))
    assert "The Committee goes on with it in the next report of the State" in page.words
    committee = browser.get(f"/cases/{case.id}/committee").words
    assert "Committee: Partly satisfactory" in committee
    assert "Closed on" in committee
    (first, _last) = re.findall(rf'href="({here}/[0-9a-f-]{{36}})"', page.html)
    page = browser.submit(first, text="The Committee regrets it.")
    assert "The Committee regrets it." in page.words
    assert "The entry was removed" in browser.submit(f"{first}/remove").words
    assert "Corrected the follow-up of a recommendation" in browser.get(f"/cases/{case.id}/history").words
    assert "Recommendation closed" in browser.get(f"/cases/{case.id}/chronology").words
