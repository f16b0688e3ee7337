"""The pages of cases, and bad input: a message at the field, all input kept, nothing saved."""

import re

import pytest

from caseflow.db.base import LONGEST_TEXT
from caseflow.features.cases.commands import CaseFilters, Window
from caseflow.features.cases.lists.queries import case_list
from caseflow.features.cases.queries import history
from caseflow.models import Role
from tests.factories import (
    alter_case,
    make_actor,
    make_case,
    make_claim,
    make_section,
    open_browser,
    reload_case,
    share,
)


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


GOOD = {"state_code": "ES", "right": "HOUSING", "title": "A family evicted", "happened__year": "2024"}


def count(runtime, actor):
    with runtime.units.begin(actor) as uow:
        return case_list(uow, CaseFilters(), Window()).total


def test_five_answers_open_a_case(pages, runtime, ana):
    page = pages(ana).submit("/cases/new", **GOOD)
    assert "ES-2" in page.words
    assert re.fullmatch(r"Summary \W ES-\d{4}-\d{4} \W caseflow", page.markup.title), "no name or title of a case"
    assert "2024" in page.words


def test_urgency_is_folded_away_until_it_is_chosen(pages, ana):
    drawn = pages(ana).get("/cases/new")
    assert '<details class="cf-fold">' in drawn.html
    page = pages(ana).send(drawn, urgency="emergency", status=422)
    assert '<details class="cf-fold" open>' in page.html


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        (("31", "2", "2026"), "There is no day 31 in February 2026: it has 28 days."),
        (("", "", "26"), "The year must have 4 digits"),
        (("5", "", "2026"), "Enter the month as well"),
        (("", "Brumaire", "2026"), "Enter the month as a number"),
        (("0", "1", "2026"), "There is no day 0 in January 2026"),
        (("", "", "99999"), "must have 4 digits"),
    ],
)
def test_an_impossible_date_has_an_error_at_its_field_and_is_kept(pages, runtime, ana, boxes, sentence):
    day, month, year = boxes
    typed = {**GOOD, "happened__day": day, "happened__month": month, "happened__year": year}
    answer = pages(ana).submit("/cases/new", **typed, status=422)
    assert sentence in answer.error_at("happened")
    values = answer.form().values()
    assert (values["happened-day"], values["happened-month"], values["happened-year"]) == ([day], [month], [year])
    assert values["title"] == ["A family evicted"]
    assert count(runtime, ana) == 0


def test_a_narrative_of_two_megabytes_has_an_error_at_its_field_and_is_kept(pages, runtime, ana):
    case = make_case(runtime.units, ana, narrative="As it was")
    long = "ñandú " * 350_000
    page = pages(ana).submit(f"/cases/{case.id}/edit", title="New title", narrative=long, status=422)
    assert f"Use at most {LONGEST_TEXT:,} characters" in page.error_at("narrative")
    assert page.form().values()["narrative"][0].split() == long.split()
    assert page.form().values()["title"] == ["New title"]
    assert reload_case(runtime.units, ana, case).narrative == "As it was"


@pytest.mark.parametrize("token", ["", "nonsense", "IjAwMDAi.Z1.x"])
def test_a_wrong_token_saves_nothing_and_keeps_the_input(pages, runtime, ana, token):
    page = pages(ana).submit("/cases/new", **GOOD, csrf_token=token, status=422)
    assert "had been open for too long" in page.words
    assert page.form().values()["title"] == ["A family evicted"]
    assert count(runtime, ana) == 0
    assert pages(ana).send(page).path.startswith("/cases/")


def test_a_stale_form_shows_both_texts_and_saves_when_sent_again(pages, runtime, ana, section):
    case = make_case(runtime.units, ana, narrative="Yesterday")
    eva = make_actor(runtime.units, (section, Role.CASEWORKER))
    yesterday = pages(ana).get(f"/cases/{case.id}/edit")
    pages(eva).submit(f"/cases/{case.id}/edit", narrative="What Eva wrote")
    page = pages(ana).send(yesterday, narrative="What Ana wrote", status=409)
    assert "What Eva wrote" in page.words
    assert page.form().values()["narrative"] == ["What Ana wrote"]
    assert reload_case(runtime.units, ana, case).narrative == "What Eva wrote"
    pages(ana).send(page)
    assert reload_case(runtime.units, ana, case).narrative == "What Ana wrote"


@pytest.mark.parametrize(
    "values",
    [
        {"title": "<script>alert(1)</script> {{ 7*7 }} ' OR 1=1 --"},
        {"title": "\0\u202e\u200b x"},
        {"state_code": "'; DROP TABLE case"},
        {"right": "\ud83d\ude00"},
        {"urgency": "nothing"},
        {"section": "00000000-0000-0000-0000-000000000000"},
        {"section": "not an id"},
        {"happened__bound": "<b>"},
    ],
)
def test_hostile_input_has_no_effect(pages, runtime, ana, values):
    typed = {
        key: value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        for key, value in {**GOOD, **values}.items()
    }
    drawn = pages(ana).get("/cases/new")
    sent = {**drawn.form().values(), **{key.replace("__", "-"): value for key, value in typed.items()}}
    page = pages(ana).post("/cases/new", sent)
    assert page.status in {303, 422, 403}
    if page.status == 303:
        shown = pages(ana).get(page.answer.headers["Location"])
        assert "<script>alert" not in shown.html


@pytest.mark.parametrize(
    "query", ["page=%00", "owner=x", "opened_from=99", "text=%25%5C_", "stage=x&right=y", "page=<9999-99-99_1"]
)
def test_invalid_filters_show_the_list(pages, runtime, ana, query):
    make_case(runtime.units, ana)
    pages(ana).get(f"/cases?{query}")


def test_the_list_takes_the_same_statements_for_any_length(pages, runtime, ana):
    make_case(runtime.units, ana)
    one = len(pages(ana).get("/cases").statements)
    for _ in range(6):
        make_case(runtime.units, ana)
    assert len(pages(ana).get("/cases").statements) == one


def test_hidden_and_missing_are_the_same_page(pages, runtime, ana):
    other = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))
    case = make_case(runtime.units, ana)
    claim = make_claim(runtime.units, ana, case)
    missing = "11111111-2222-4333-8444-555555555555"
    for path in (
        "",
        "/edit",
        "/history",
        "/move",
        "/contact",
        f"/claims/{claim.id}",
        f"/claims/{claim.id}/remedies/new",
    ):
        hidden = pages(other).get(f"/cases/{case.id}{path}", status=404)
        none = pages(other).get(f"/cases/{missing}{path}", status=404)
        assert hidden.html == none.html, path
        assert hidden.links["Go to: My work"] == "/my-work"


def test_a_shared_case_is_read_and_not_edited(pages, runtime, ana):
    other = make_section(runtime.units, "EC")
    guest = make_actor(runtime.units, (other, Role.CASEWORKER))
    case = make_case(runtime.units, ana)
    share(runtime.units, ana, case, other)
    page = pages(guest).get(f"/cases/{case.id}", may_name=("ES",))
    assert "Change stage" not in page.words
    pages(guest).get(f"/cases/{case.id}/edit", status=403)


def test_the_history_is_shown_and_reading_the_contact_note_is_recorded(pages, runtime, ana):
    case = make_case(runtime.units, ana, contact_note="say library")
    pages(ana).get(f"/cases/{case.id}")
    page = pages(ana).get(f"/cases/{case.id}/history")
    assert "Opened the case" in page.words
    assert ana.name in page.words
    shown = pages(ana).submit(f"/cases/{case.id}/contact")
    assert "say library" in shown.words
    with runtime.units.begin(ana) as uow:
        assert history(uow, case.id, limit=1)[0].action == "case.contact_note_read"


def test_the_contact_note_has_a_form_of_its_own(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    path = f"/cases/{case.id}/contact"
    first = pages(ana).get(path)
    assert "Show the note?" not in first.words
    assert "Enter the note, or tick" in pages(ana).send(first, status=422).error_at("note")
    assert "was saved and encrypted" in pages(ana).send(first, note="say library").words
    again = pages(ana).get(path)
    assert "say library" not in again.html
    shown = pages(ana).send(again)
    assert shown.form().values()["note"] == ["say library"]
    assert "removed" in pages(ana).send(shown, remove="y").words
    assert reload_case(runtime.units, ana, case).contact_note_sealed is None
    assert "contact_note" not in pages(ana).get(f"/cases/{case.id}/edit").form().values()


def test_a_caseworker_takes_a_case_without_an_owner(pages, runtime, ana, section):
    case = make_case(runtime.units, ana)
    address = f"/cases/{case.id}"
    assert "Take this case" not in pages(ana).get(address).words
    alter_case(runtime.units, ana, case, owner_id=None)
    drawn = pages(ana).get(address)
    assert "You now own this case" in pages(ana).send(drawn).words
    eva = make_actor(runtime.units, (section, Role.CASEWORKER))
    token = pages(eva).get(f"{address}/edit").form().values()["csrf_token"]
    pages(eva).post(f"{address}/take", {"csrf_token": token})
    assert "already has an owner" in pages(eva).get(address).words
    assert reload_case(runtime.units, ana, case).owner_id == ana.user_id


def test_a_reporter_sees_no_case(pages, runtime, ana, section):
    reporter = make_actor(runtime.units, (section, Role.SECTION_REPORTER))
    case = make_case(runtime.units, ana)
    for path in ("/cases", f"/cases/{case.id}"):
        page = pages(reporter).get(path, status=403)
        assert case.title not in page.html
    assert open_browser(runtime.units, reporter)


def test_a_conflict_merges_fields_that_only_one_person_changed(pages, runtime, ana, section):
    case = make_case(runtime.units, ana)
    eva = make_actor(runtime.units, (section, Role.CASEWORKER))
    drawn = pages(ana).get(f"/cases/{case.id}/edit")
    pages(eva).submit(f"/cases/{case.id}/edit", place_region="Andalucía")
    page = pages(ana).send(drawn, title="A new title", status=409)
    assert "Also updated, because you had not edited it" in page.words
    pages(ana).send(page)
    saved = reload_case(runtime.units, ana, case)
    assert (saved.title, saved.place_region) == ("A new title", "Andalucía")


def test_a_form_sent_after_the_session_ended_keeps_the_input(pages, runtime, ana):
    drawn = pages(ana).get("/cases/new")
    page = pages().send(drawn, title="Water cut off", state_code="ES", right="WATER", status=401)
    assert "Your session has ended" in page.words
    assert page.form().values()["title"] == ["Water cut off"]
    back = pages(ana).send(page, status=422)
    assert back.form().values()["title"] == ["Water cut off"]
    assert pages(ana).send(back).path.startswith("/cases/")


def test_a_form_that_another_site_sends_is_refused(pages, runtime, ana):
    client = pages(ana).client
    answer = client.post("/cases/new", data=GOOD, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert count(runtime, ana) == 0


@pytest.mark.parametrize("address", ["/cases?text=a&endpoint=x", "/cases?text=a&_method=FOO&_external=1&_scheme=x"])
def test_unknown_parameters_in_the_address_are_ignored(pages, ana, address):
    assert "_scheme" not in pages(ana).get(address).html


@pytest.mark.parametrize("body", ['{"title": 5}', "[1]", '"abc"', '{"csrf_token": 5}', '{"title": {}}'])
def test_json_is_not_accepted_as_a_form(pages, ana, body):
    answer = pages(ana).client.post("/cases/new", data=body, content_type="application/json")
    assert answer.status_code == 422


def test_the_history_names_the_owner_before_and_after(pages, runtime, section):
    head = make_actor(runtime.units, (section, Role.SECTION_COORDINATOR), name="Head of section")
    eva = make_actor(runtime.units, (section, Role.CASEWORKER), name="Eva of the section")
    case = make_case(runtime.units, head)
    pages(head).submit(f"/cases/{case.id}/assign", owner=str(eva.user_id))
    assert "Owner: from Head of section" in pages(head).get(f"/cases/{case.id}/history").words
