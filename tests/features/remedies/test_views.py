"""The pages of remedies."""

import pytest

from caseflow.features.cases.queries import one_case
from caseflow.features.remedies.queries import remedies_of_case
from caseflow.models import Role
from tests.factories import known, make_actor, make_case, make_claim, make_remedy, make_section, not_used


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


@pytest.fixture
def claim(runtime, ana):
    return make_claim(runtime.units, ana, make_case(runtime.units, ana))


def ladder(runtime, ana, claim):
    with runtime.units.begin(ana) as uow:
        return remedies_of_case(uow, one_case(uow, claim.case_id))


def test_a_remedy_with_uncertain_dates_is_recorded_and_shown(pages, runtime, ana, claim):
    page = pages(ana).submit(
        f"/cases/{claim.case_id}/claims/{claim.id}/remedies/new",
        stage="COURT_1",
        authority="Court No. 4",
        filed__year="2024",
        decided__month="5",
        decided__year="2025",
        decided__bound="about",
        outcome="dismissed",
    )
    assert "Court No. 4" in page.words
    assert "about May 2025" in page.words
    (remedy,) = ladder(runtime, ana, claim)
    assert (remedy.filed.edtf, remedy.decided.edtf, remedy.outcome) == ("2024", "2025-05~", "dismissed")


def test_after_saving_the_message_names_what_changed_in_the_clocks(pages, runtime, ana, claim):
    remedy = make_remedy(runtime.units, ana, claim, outcome="dismissed", decided=known(2026, 2, 2))
    path = f"/cases/{claim.case_id}/remedies/{remedy.id}"
    page = pages(ana).submit(path, decided__day="9")
    assert "One-year clock: now ends on 9 February 2027." in page.words
    assert "now ends on" not in pages(ana).submit(path, authority="Court No. 9").words
    assert "One-year clock: no longer applies." in pages(ana).submit(f"{path}/remove").words


def test_a_decision_before_its_filing_is_reported_at_the_field_and_input_is_kept(pages, runtime, ana, claim):
    page = pages(ana).submit(
        f"/cases/{claim.case_id}/claims/{claim.id}/remedies/new",
        stage="APPEAL",
        authority="Provincial Court",
        filed__day="5",
        filed__month="3",
        filed__year="2025",
        decided__year="2024",
        status=422,
    )
    assert "cannot have been decided before it was filed" in page.error_at("decided")
    values = page.form().values()
    assert (values["stage"], values["authority"], values["filed-day"]) == (["APPEAL"], ["Provincial Court"], ["5"])
    assert list(ladder(runtime, ana, claim)) == []


def test_not_used_needs_a_reason(pages, runtime, ana, claim):
    path = f"/cases/{claim.case_id}/claims/{claim.id}/remedies/new"
    page = pages(ana).submit(path, stage="CASSATION", is_used="no", status=422)
    assert "Choose why" in page.error_at("reason_not_used")
    pages(ana).send(page, reason_not_used="fear", explanation="Two were arrested")
    (remedy,) = ladder(runtime, ana, claim)
    assert (remedy.is_used, remedy.reason_not_used) == (False, "fear")


def test_dates_of_an_unused_remedy_are_reported_and_kept(pages, runtime, ana, claim):
    path = f"/cases/{claim.case_id}/claims/{claim.id}/remedies/new"
    page = pages(ana).submit(
        path, stage="CASSATION", is_used="no", reason_not_used="fear", filed__year="2025", status=422
    )
    assert "Dates or an outcome are filled in below" in page.error_at("is_used")
    assert page.form().values()["filed-year"] == ["2025"]
    assert list(ladder(runtime, ana, claim)) == []


def test_a_next_step_is_shown_only_while_it_is_open(pages, runtime, ana, claim):
    def shows() -> bool:
        return "cf-step--next" in pages(ana).get(f"/cases/{claim.case_id}/remedies").html

    make_remedy(runtime.units, ana, claim, stage="COURT_1", next_step="APPEAL")
    assert shows()
    make_remedy(runtime.units, ana, claim, stage="APPEAL", next_step="CASSATION")
    assert shows()
    not_used(runtime.units, ana, claim, stage="CASSATION")
    assert not shows()


def test_a_step_is_changed_moved_and_removed(pages, runtime, ana, claim):
    first, second = (make_remedy(runtime.units, ana, claim, stage=stage) for stage in ("COURT_1", "APPEAL"))
    base = f"/cases/{claim.case_id}/remedies"
    page = pages(ana).submit(f"{base}/{first.id}", authority="Court No. 9")
    assert "Court No. 9" in page.words
    token = page.form().values()["csrf_token"]
    pages(ana).post(f"{base}/{second.id}/move", {"csrf_token": token, "to": "earlier"})
    assert [remedy.id for remedy in ladder(runtime, ana, claim)] == [second.id, first.id]
    pages(ana).submit(f"{base}/{second.id}/remove")
    assert [remedy.id for remedy in ladder(runtime, ana, claim)] == [first.id]


def test_a_stale_step_shows_both_texts(pages, runtime, ana, claim):
    remedy = make_remedy(runtime.units, ana, claim, authority="Court No. 1")
    path = f"/cases/{claim.case_id}/remedies/{remedy.id}"
    stale = pages(ana).get(path)
    pages(ana).submit(path, authority="Court No. 2")
    page = pages(ana).send(stale, authority="Court No. 3", status=409)
    assert "Court No. 2" in page.words
    assert page.form().values()["authority"] == ["Court No. 3"]


@pytest.mark.parametrize(
    ("stage", "said", "kind"),
    [("COURT_1", "", "ordinary"), ("URGENT", "", "discretionary"), ("EXTRA", "", "extraordinary"),
     ("URGENT", "ordinary", "ordinary")],
)  # fmt: skip
def test_the_default_kind_is_the_usual_one_of_the_stage(pages, runtime, ana, *, claim, stage, said, kind):
    """An extraordinary remedy must not move the clock because the kind was left at its default."""
    pages(ana).submit(f"/cases/{claim.case_id}/claims/{claim.id}/remedies/new", stage=stage, kind=said)
    (remedy,) = ladder(runtime, ana, claim)
    assert remedy.kind.value == kind
