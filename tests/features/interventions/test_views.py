"""What the organisations did for the people of a case: recorded with dates and result, shown, changed, removed, in the history."""

import pytest

from caseflow.errors import Conflict
from caseflow.features.cases.service import editable_case
from caseflow.features.interventions.commands import InterventionDetails
from caseflow.features.interventions.queries import interventions_of, one_intervention
from caseflow.features.interventions.service import change_intervention
from caseflow.models import GrantLevel, InterventionKind, InterventionResult, Role
from tests.factories import make_actor, make_case, make_intervention, make_section, share

LETTER = {
    "kind": "letter",
    "measure": "Asked for a stay of the eviction",
    "party": "City of Puerto Claro",
    "began__month": "3",
    "began__year": "2026",
}


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


def rows(runtime, ana, case):
    with runtime.units.begin(ana) as uow:
        return interventions_of(uow, editable_case(uow, case.id))


def test_an_intervention_is_recorded_and_shown_with_its_result(pages, runtime, ana, case):
    typed = {**LETTER, "result": "partly", "ended__year": "2026", "outcome": "The eviction was put off by a month."}
    page = pages(ana).submit(f"/cases/{case.id}/interventions/new", **typed)
    assert page.path == f"/cases/{case.id}/remedies"
    shown = (
        "Letter",
        LETTER["measure"],
        LETTER["party"],
        "March 2026 \u2013 2026",
        "Achieved in part",
        typed["outcome"],
    )
    assert not [words for words in shown if words not in page.words]
    (row,) = rows(runtime, ana, case)
    assert (row.kind, row.began.edtf, row.result) == (InterventionKind.LETTER, "2026-03", InterventionResult.PARTLY)


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({"kind": ""}, ("kind", "Choose one from the list.")),
        ({"measure": "", "party": ""}, ("measure", "Say in a few words what was done, without names.")),
        ({"ended__year": "2025"}, ("ended", "cannot have ended before it began")),
        ({"result": "open", "ended__year": "2026"}, ("result", "There is an end date")),
        ({"began__year": "2199"}, ("began", "year")),
    ],
)
def test_what_cannot_be_is_refused_at_its_box(pages, ana, case, typed, refused):
    page = pages(ana).submit(f"/cases/{case.id}/interventions/new", status=422, **LETTER | typed)
    box, words = refused
    assert words in page.error_at(box)
    assert LETTER["began__month"] in page.html
    assert "Nothing is recorded" in pages(ana).get(f"/cases/{case.id}/remedies").words


def test_a_result_is_added_later_and_the_history_tells_it_in_words(pages, runtime, ana, case):
    row = make_intervention(runtime.units, ana, case, kind="shelter")
    pages(ana).submit(f"/cases/{case.id}/interventions/{row.id}", result="achieved")
    page = pages(ana).get(f"/cases/{case.id}/history")
    for words in ("Recorded an intervention", "Changed an intervention", "Shelter", "Achieved what was asked"):
        assert words in page.words, words


def test_two_windows_do_not_overwrite_each_other(runtime, ana, case):
    row = make_intervention(runtime.units, ana, case)
    first, second = (
        InterventionDetails(version=row.version, kind=InterventionKind.LETTER, measure=words)
        for words in ("One", "Two")
    )
    with runtime.units.begin(ana) as uow:
        found = editable_case(uow, case.id)
        change_intervention(uow, found, one_intervention(uow, found, row.id), first)
    with runtime.units.begin(ana) as uow:
        found = editable_case(uow, case.id)
        known = one_intervention(uow, found, row.id)
        with pytest.raises(Conflict):
            change_intervention(uow, found, known, second)


def test_one_is_removed_after_a_question_and_the_history_keeps_it(pages, runtime, ana, case):
    row = make_intervention(runtime.units, ana, case)
    browser = pages(ana)
    asked = browser.get(f"/cases/{case.id}/interventions/{row.id}/remove")
    assert "Letter · Asked for a stay of the eviction" in asked.words
    browser.send(asked)
    assert not rows(runtime, ana, case)
    assert "Removed an intervention" in browser.get(f"/cases/{case.id}/history").words


def test_who_may_only_read_sees_them_and_changes_none(pages, runtime, ana, case):
    row = make_intervention(runtime.units, ana, case)
    other = make_section(runtime.units, "FI")
    reader = make_actor(runtime.units, (other, Role.CASEWORKER), name="Reader")
    share(runtime.units, ana, case, other, GrantLevel.READ)
    page = pages(reader).get(f"/cases/{case.id}/remedies", may_name=("ES",))
    assert "Asked for a stay of the eviction" in page.words
    assert "Add an intervention" not in page.words
    pages(reader).get(f"/cases/{case.id}/interventions/{row.id}", status=403)


def test_the_statements_do_not_grow_with_the_interventions(pages, runtime, ana, case):
    make_intervention(runtime.units, ana, case)
    few = len(pages(ana).get(f"/cases/{case.id}/remedies").statements)
    for _ in range(5):
        make_intervention(runtime.units, ana, case)
    assert len(pages(ana).get(f"/cases/{case.id}/remedies").statements) == few
