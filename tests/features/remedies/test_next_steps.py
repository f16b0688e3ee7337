"""Proposals of the remedy map on the case page and in the form of a remedy, with the packaged map of Spain for housing."""

from datetime import date

import pytest

from caseflow.features.cases.queries import one_case
from caseflow.features.remedies.queries import remedies_of_case
from caseflow.models import Role
from tests.factories import days_ago, known, make_actor, make_case, make_claim, make_remedy, make_section, share
from tests.factories.remedy_maps import packaged_map

NEXT = "Suggested next remedy:"
MOST = 20


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


@pytest.fixture
def claim(runtime, ana, case):
    return make_claim(runtime.units, ana, case)


@pytest.fixture
def lost(runtime, ana, claim):
    """A case lost in the first instance, with no Spanish holiday in the week after."""
    return make_remedy(
        runtime.units, ana, claim, outcome="dismissed", decided=known(2026, 1, 26), notified=known(2026, 2, 2)
    )


def step_of(runtime, ana, stage):
    return next(step for step in packaged_map(runtime.units, ana).steps if step.stage == stage)


def ladder(runtime, ana, claim):
    with runtime.units.begin(ana) as uow:
        return remedies_of_case(uow, one_case(uow, claim.case_id))


def test_the_next_step_is_shown_with_its_day_and_how_it_was_counted(pages, ana, claim, lost):
    page = pages(ana).get(f"/cases/{claim.case_id}/remedies", most=MOST)
    for words in (
        f"{NEXT} Recurso de apelación",
        "Calculated, check before use",
        "2 March 2026",
        "20 working days after notification on 2 February 2026, without weekends.",
        "Example, not reviewed",
    ):
        assert words in page.words, words
    assert f"/cases/{claim.case_id}/remedies/{lost.id}?map_step=" in page.links["Use as next step"]


def test_maps_take_one_statement_for_any_number_of_claims_and_steps(pages, runtime, ana, case, lost):
    pages(ana).get(f"/cases/{case.id}/remedies")  # the first view of a day is recorded
    few = pages(ana).get(f"/cases/{case.id}/remedies").statements
    for right in ("SOCSEC", "WATER"):
        another = make_claim(runtime.units, ana, case, rights=(right,))
        make_remedy(runtime.units, ana, another, stage="COURT_1", outcome="dismissed", decided=days_ago(3))
    many = pages(ana).get(f"/cases/{case.id}/remedies")
    assert len(many.statements) == len(few)
    assert sum("remedy_map" in statement for statement in many.statements) == 1
    assert many.words.count(NEXT) == 2


def test_a_proposal_fills_the_form_and_saves_nothing(pages, runtime, ana, claim, lost):
    href = pages(ana).get(f"/cases/{claim.case_id}/remedies").links["Use as next step"]
    form = pages(ana).get(href.partition("#")[0])
    values = form.form().values()
    assert (values["next_step"], values["next_step_due-day"], values["next_step_due-year"]) == (
        ["APPEAL"],
        ["2"],
        ["2026"],
    )
    assert "is not saved yet: check it" in form.words
    assert ladder(runtime, ana, claim)[0].next_step is None
    page = pages(ana).send(form)
    (saved,) = ladder(runtime, ana, claim)
    assert (saved.next_step, saved.next_step_due) == ("APPEAL", date(2026, 3, 2))
    assert NEXT not in page.words


def test_filled_in_values_count_as_typed_in_a_conflict(pages, runtime, ana, claim, lost):
    path = f"/cases/{claim.case_id}/remedies/{lost.id}"
    stale = pages(ana).get(f"{path}?map_step={step_of(runtime, ana, 'APPEAL').id}")
    pages(ana).submit(path, authority="Juzgado n.º 4")
    page = pages(ana).send(stale, status=409)
    values = page.form().values()
    assert (values["next_step"], values["authority"]) == (["APPEAL"], ["Juzgado n.º 4"])


def test_an_address_cannot_inject_another_step(pages, runtime, ana, claim, lost):
    path = f"/cases/{claim.case_id}/remedies/{lost.id}"
    for chosen in (step_of(runtime, ana, "CONST").id, lost.id, "nonsense"):
        values = pages(ana).get(f"{path}?map_step={chosen}").form().values()
        assert values["next_step"] == [""]


@pytest.mark.parametrize(
    ("recorded", "words"),
    [
        (date(2026, 2, 27), "An earlier date is recorded, 27 February 2026. It is the safer one."),
        (date(2026, 3, 5), "A later date is recorded, 5 March 2026. Check which date is correct."),
    ],
)
def test_a_different_recorded_day_is_shown(pages, runtime, ana, claim, recorded, words):  # noqa: PLR0917 - fixtures and a table
    day = known(2026, 2, 2)
    make_remedy(
        runtime.units,
        ana,
        claim,
        outcome="dismissed",
        decided=day,
        notified=day,
        next_step="APPEAL",
        next_step_due=recorded,
    )
    page = pages(ana).get(f"/cases/{claim.case_id}/remedies")
    assert words in page.words
    assert "2 March 2026" in page.words


def test_a_used_remedy_is_filled_in_from_the_map(pages, ana, claim, lost):
    href = pages(ana).get(f"/cases/{claim.case_id}/remedies").links["Already used: record it"]
    page = pages(ana).get(href)
    values = page.form().values()
    assert (values["stage"], values["authority"], values["kind"]) == (
        ["APPEAL"],
        ["Audiencia Provincial"],
        ["ordinary"],
    )


def test_the_form_offers_the_steps_of_the_map(pages, ana, claim):
    page = pages(ana).get(f"/cases/{claim.case_id}/claims/{claim.id}/remedies/new", most=MOST)
    assert "Spain: Adequate housing" in page.links
    assert "30 working days after the notification" in page.words
    assert "Recurso de amparo" in page.words


def test_a_step_of_the_map_fills_the_form_and_keeps_what_was_typed(pages, runtime, ana, claim):
    page = pages(ana).get(f"/cases/{claim.case_id}/claims/{claim.id}/remedies/new", most=MOST)
    step = step_of(runtime, ana, "CONST")
    assert f'form="remedy" name="map_step" value="{step.id}"' in page.html
    typed = {"file_number": "301/2026", "filed-day": "5", "filed-month": "3", "filed-year": "2025"}
    filled = pages(ana).post(page.path, page.form().values() | typed | {"map_step": str(step.id)})
    values = filled.form().values()
    assert (values["stage"], values["file_number"], values["filed-day"]) == (["CONST"], ["301/2026"], ["5"])
    assert "Nothing is saved yet" in filled.words
    assert list(ladder(runtime, ana, claim)) == []
    pages(ana).send(filled)
    (saved,) = ladder(runtime, ana, claim)
    assert (saved.stage, saved.file_number, saved.filed.edtf) == ("CONST", "301/2026", "2025-03-05")


def recorded_until(runtime, ana, claim, day, **details):
    notified = known(2026, 2, 2)
    return make_remedy(
        runtime.units, ana, claim, outcome="dismissed", decided=notified, notified=notified, next_step="APPEAL",
        next_step_due=day, **details,
    )  # fmt: skip


def test_both_days_stand_in_the_step_with_a_button_for_each(pages, runtime, ana, claim):
    recorded_until(runtime, ana, claim, date(2026, 3, 5))
    page = pages(ana).get(f"/cases/{claim.case_id}/remedies")
    assert page.html.count('class="cf-step cf-step--next') == 1
    assert {"Use 2 March 2026", "Keep 5 March 2026, because…"} <= page.links.keys()
    used = pages(ana).get(page.links["Use 2 March 2026"].partition("#")[0])
    pages(ana).send(used)
    assert ladder(runtime, ana, claim)[0].next_step_due == date(2026, 3, 2)


def test_a_reason_for_the_recorded_day_ends_the_warning_until_the_calculated_day_changes(pages, runtime, ana, claim):
    recorded_until(runtime, ana, claim, date(2026, 3, 5))
    summary, remedies = (f"/cases/{claim.case_id}{page}" for page in ("", "/remedies"))
    warning, reason = "Check this date: 5 March 2026 is recorded", "The court closed for two days."
    assert warning in pages(ana).get(summary).words
    page = pages(ana).get(pages(ana).get(remedies).links["Keep 5 March 2026, because…"].partition("#")[0])
    pages(ana).send(page, next_step_reason=reason)
    (saved,) = ladder(runtime, ana, claim)
    assert (saved.next_step_reason, saved.next_step_computed) == (reason, date(2026, 3, 2))
    assert warning not in pages(ana).get(summary).words
    assert f"5 March 2026 is kept because: {reason}" in pages(ana).get(remedies).words
    path = f"{remedies}/{saved.id}"
    pages(ana).submit(path, authority="Juzgado n.º 4")
    assert warning not in pages(ana).get(summary).words
    pages(ana).submit(path, notified__day="29", notified__month="1", decided__day="29", decided__month="1")
    assert warning in pages(ana).get(summary).words
    asked = pages(ana).get(path)
    assert asked.form().values()["next_step_reason"] == [""]
    assert reason in asked.words


def test_a_reason_without_a_deadline_is_refused(pages, runtime, ana, claim, lost):
    path = f"/cases/{claim.case_id}/remedies/{lost.id}"
    page = pages(ana).submit(path, next_step="APPEAL", next_step_reason="Agreed", status=422)
    assert "Enter the deadline that you keep" in page.error_at("next_step_due")


def test_whether_it_was_used_is_asked_first(pages, ana, claim):
    page = pages(ana).get(f"/cases/{claim.case_id}/claims/{claim.id}/remedies/new", most=MOST)
    assert page.html.index('name="is_used"') < page.html.index('name="stage"')
    assert "cf-half--used" in page.html
    assert "cf-half--unused" in page.html


def test_without_a_map_nothing_is_proposed(pages, runtime, ana):
    case = make_case(runtime.units, ana, state_code="FI")
    finland = make_claim(runtime.units, ana, case)
    make_remedy(runtime.units, ana, finland, outcome="dismissed", decided=days_ago(5))
    assert NEXT not in pages(ana).get(f"/cases/{case.id}/remedies").words
    page = pages(ana).get(f"/cases/{case.id}/claims/{finland.id}/remedies/new")
    assert "What the remedy map offers" not in page.words


def test_before_the_first_remedy_the_first_step_is_proposed(pages, ana, claim):
    page = pages(ana).get(f"/cases/{claim.case_id}/remedies")
    assert f"{NEXT} Oposición a la ejecución" in page.words
    assert "once the contested decision is recorded" in page.words
    assert "Use as next step" not in page.links


def test_readers_see_the_proposal_without_its_buttons(pages, runtime, ana, case, lost):
    reader = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))
    share(runtime.units, ana, case, reader)
    page = pages(reader).get(f"/cases/{case.id}/remedies", may_name=("ES",))
    assert f"{NEXT} Recurso de apelación" in page.words
    assert not {"Use as next step", "Already used: record it"} & page.links.keys()
