"""The pages on which the person responsible is chosen and shown."""

from datetime import time

import pytest

from caseflow.clock import now
from caseflow.features.sections.commands import Scope
from caseflow.features.sections.queries import loads
from caseflow.models import DeadlineKind, GrantLevel, Role
from tests.factories import (
    clock,
    deadlines_seen,
    end_roles,
    in_days,
    make_actor,
    make_deadline,
    make_section,
    seal,
    set_clocks,
    share,
)


def day_boxes(days):
    day = in_days(days)
    return {f"due_on__{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def choices(page):
    """Return the words of the choices by value."""
    (box,) = [one for one in page.form().controls if one.name == "given_to"]
    return box.options


def responsible(runtime, by):
    return [row.responsible_id for row in deadlines_seen(runtime.units, by)]


def test_the_owner_is_proposed_and_another_person_can_be_chosen(runtime, pages, *, owner, boss, case, colleague):
    add = pages(owner).get(f"/cases/{case.id}/deadlines/new")
    assert add.form().values()["given_to"] == ["owner"]
    assert f"Owner of the case: {owner.name}" in add.words
    assert "Person responsible (optional)" not in add.words
    after = pages(owner).send(add, title="Ask the court", given_to=str(colleague.user_id), **day_boxes(9))
    assert after.path == f"/cases/{case.id}/tasks"
    assert "Carla Given instead of the owner of the case" in after.words
    assert responsible(runtime, owner) == [colleague.user_id]
    assert "Ask the court" in pages(colleague).get("/my-work").words


def test_without_a_choice_the_owner_is_responsible(runtime, pages, *, owner, case, colleague):
    tasks = pages(owner).submit(f"/cases/{case.id}/deadlines/new", title="Ask the court", **day_boxes(9))
    assert responsible(runtime, owner) == [owner.user_id]
    assert "instead of the owner" not in tasks.words


def test_the_choice_is_changed_with_the_deadline(runtime, pages, *, owner, case, colleague):
    row = make_deadline(runtime.units, owner, case, given_to_id=colleague.user_id)
    edit = pages(owner).get(f"/deadlines/{row.id}/edit")
    assert edit.form().values()["given_to"] == [str(colleague.user_id)]
    pages(owner).send(edit, given_to="owner")
    assert responsible(runtime, owner) == [owner.user_id]


def test_a_person_whom_the_form_does_not_offer_is_refused(runtime, pages, *, owner, case):
    stranger = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))
    page = pages(owner).submit(
        f"/cases/{case.id}/deadlines/new", status=422, title="Ask the court", given_to=str(stranger.user_id), **day_boxes(9)
    )  # fmt: skip
    assert page.error_at("given_to") == "Choose one from the list."
    page = pages(owner).submit(
        f"/cases/{case.id}/deadlines/new", status=422, title="Ask the court", given_to="nobody at all", **day_boxes(9)
    )
    assert page.error_at("given_to")


def test_of_a_computed_deadline_only_the_person_is_chosen(runtime, pages, *, owner, case, colleague):
    set_clocks(runtime.units, owner, case, clock(in_days(100)))
    tasks = pages(owner).get(f"/cases/{case.id}/tasks")
    address = next(href for words, href in tasks.links.items() if words.startswith("Change who is responsible"))
    after = pages(owner).submit(address, given_to=str(colleague.user_id))
    assert after.path == tasks.path
    assert "Saved. Reminders go to the person responsible." in after.words
    assert "Carla Given instead of the owner of the case" in after.words
    history = pages(owner).get(f"/cases/{case.id}/history").words
    assert "Chose the person responsible for a deadline" in history
    assert f"Responsible: from {owner.name} → to Carla Given" in history


def test_two_people_who_choose_at_once_see_both_names(runtime, pages, section, *, owner, case, colleague):
    other = make_actor(runtime.units, (section, Role.CASEWORKER), name="Dora Other")
    set_clocks(runtime.units, owner, case, clock(in_days(100)))
    (row,) = deadlines_seen(runtime.units, owner)
    drawn = pages(owner).get(f"/deadlines/{row.id}/responsible")
    pages(colleague).submit(f"/deadlines/{row.id}/responsible", given_to=str(colleague.user_id))
    page = pages(owner).send(drawn, given_to=str(other.user_id), status=409)
    words = page.words.partition("Compare the versions")[2]
    assert "Carla Given" in words
    assert "Dora Other" in words
    assert str(colleague.user_id) not in page.words
    pages(owner).send(page)
    assert responsible(runtime, owner) == [other.user_id]


def test_the_pages_say_that_the_person_left(runtime, pages, *, owner, case, colleague):
    row = make_deadline(runtime.units, owner, case, given_to_id=colleague.user_id)
    end_roles(runtime.units, colleague)
    make_deadline(runtime.units, owner, case, title="Another", days=20)
    words = pages(owner).get(f"/cases/{case.id}/tasks").words
    assert f"{owner.name} Given to Carla Given, who no longer works here" in words
    edit = pages(owner).get(f"/deadlines/{row.id}/edit")
    assert "Carla Given (no longer works on this case)" in edit.words
    pages(owner).send(edit, title="Ask the court again")
    assert {one.given_to_id for one in deadlines_seen(runtime.units, owner)} == {colleague.user_id, None}


def test_the_pages_say_that_the_case_was_sealed(runtime, pages, *, owner, case, colleague):
    make_deadline(runtime.units, owner, case, given_to_id=colleague.user_id)
    seal(runtime.units, owner, case)
    words = pages(owner).get(f"/cases/{case.id}/tasks").words
    assert f"{owner.name} Given to Carla Given, who has no access to this sealed case" in words


def test_of_a_sealed_case_only_people_with_access_are_offered(runtime, pages, section, *, owner, boss, case, colleague):
    seal(runtime.units, owner, case)
    add = f"/cases/{case.id}/deadlines/new"
    assert "Carla Given" not in pages(owner).get(add).words
    share(runtime.units, owner, case, colleague, GrantLevel.WRITE)
    offered = pages(owner).get(add).words
    assert "Carla Given" in offered
    assert boss.name not in offered


def test_people_of_another_section_do_not_see_who_works_in_this_one(runtime, pages, *, owner, case, colleague):
    make_deadline(runtime.units, owner, case, title="Ask the court", given_to_id=colleague.user_id)
    guest = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))
    share(runtime.units, owner, case, guest, GrantLevel.WRITE)
    add = pages(guest).get(f"/cases/{case.id}/deadlines/new", may_name=("ES",))
    tasks = pages(guest).get(f"/cases/{case.id}/tasks", may_name=("ES",))
    (row,) = deadlines_seen(runtime.units, owner)
    edit = pages(guest).get(f"/deadlines/{row.id}/edit", may_name=("ES",))
    for page in (add, tasks, edit):
        assert "Carla Given" not in page.words
        assert owner.name not in page.words
    assert "Someone in another section" in tasks.words
    assert edit.form().values()["given_to"] == [str(colleague.user_id)], "and saving the form changes nobody"


def test_a_case_without_an_owner_says_so(runtime, pages, section, *, owner, boss, case, colleague):
    end_roles(runtime.units, owner)
    add = pages(colleague).get(f"/cases/{case.id}/deadlines/new")
    assert "Owner of the case: nobody at present" in add.words


@pytest.mark.usefixtures("frozen_clock")
def test_the_page_takes_the_same_statements_for_any_number_of_people(runtime, pages, section, *, owner, case):
    make_deadline(runtime.units, owner, case)
    few = pages(owner).get(f"/cases/{case.id}/tasks", most=14)
    for number in range(4):
        person = make_actor(runtime.units, (section, Role.CASEWORKER), name=f"Person {number}")
        make_deadline(runtime.units, owner, case, given_to_id=person.user_id)
    many = pages(owner).get(f"/cases/{case.id}/tasks", most=14)
    assert len(many.statements) == len(few.statements)
    assert "Person 3" in many.words


def test_a_person_is_told_in_my_work_that_a_deadline_was_given_to_them(runtime, pages, *, owner, case, colleague):
    row = make_deadline(runtime.units, owner, case)
    make_deadline(runtime.units, owner, case, title="Of the owner")
    before = pages(colleague).get("/my-work").words
    assert case.reference not in before
    pages(owner).submit(f"/deadlines/{row.id}/responsible", given_to=str(colleague.user_id))
    words = pages(colleague).get("/my-work").words
    assert f"{case.reference} Chose the person responsible for a deadline · {owner.name}" in words
    changes = words.partition("Changes by colleagues")[2]
    assert changes.count(case.reference) == 2, "the deadline was added and given: nothing else of the case"


def test_the_inbox_of_the_person_shows_the_reminder_and_that_of_the_owner_none(
    runtime, pages, *, owner, case, colleague
):
    make_deadline(runtime.units, owner, case, title="Ask the court", days=5, given_to_id=colleague.user_id)
    inbox = pages(colleague).get("/reminders").words
    assert "Ask the court" in inbox
    assert "You are responsible" in inbox
    assert "Ask the court" not in pages(owner).get("/reminders").words


def test_the_section_s_home_shows_the_person_and_leads_to_their_choice(runtime, pages, *, owner, boss, case, colleague):
    row = make_deadline(runtime.units, owner, case, title="Ask the court", days=5, given_to_id=colleague.user_id)
    page = pages(boss).get("/section/due-this-week")
    assert "Carla Given" in page.words
    assert f"/deadlines/{row.id}/responsible" in page.links.values()


def test_an_emergency_names_who_has_to_act(runtime, pages, *, owner, boss, case, colleague):
    act = {"kind": DeadlineKind.THREATENED_ACT, "hour": time(9), "zone": "Europe/Madrid"}
    row = make_deadline(runtime.units, owner, case, title="Eviction", days=3, given_to_id=colleague.user_id, **act)
    home = pages(boss).get("/section")
    emergencies = home.html.partition('id="emergencies"')[2].partition("</section>")[0]
    assert "Carla Given" in emergencies
    assert owner.name not in emergencies
    assert f"/deadlines/{row.id}/responsible" in emergencies
    assert f"/cases/{case.id}/assign" not in emergencies


def test_the_team_counts_a_deadline_for_the_person(runtime, pages, *, owner, boss, case, colleague):
    make_deadline(runtime.units, owner, case, days=5, given_to_id=colleague.user_id)
    with runtime.units.begin(boss) as uow:
        found = loads(uow, Scope(sections=(case.section_id,), at=now()))
    assert (found[colleague.user_id].open, found[colleague.user_id].week) == (0, 1)
    assert (found[owner.user_id].open, found[owner.user_id].week) == (1, 0)
