"""Notes: added, changed for fifteen minutes, amended after that, found again, and never removed."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from caseflow.clock import now, today
from caseflow.errors import Conflict, Invalid
from caseflow.features.cases.service import editable_case
from caseflow.features.notes.commands import NoteDetails
from caseflow.features.notes.queries import LISTED, one_note
from caseflow.features.notes.service import MOST_NOTES, change_note
from caseflow.models import GrantLevel, NoteKind, Role
from tests.factories import make_actor, make_case, make_claim, make_note, make_person, make_remedy, make_section, share
from tests.factories.merging import merge

INTERVIEW = {"kind": "interview", "text": "V1 saw the lorry come at six in the morning."}


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana")


@pytest.fixture
def carmen(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR), name="Carmen")


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


def tasks(case):
    return f"/cases/{case.id}/tasks"


def test_an_interview_is_noted_and_found_again_by_a_word_of_it(pages, ana, case):
    page = pages(ana).submit(f"/cases/{case.id}/notes/new", **INTERVIEW)
    assert page.path == tasks(case)
    for words in ("Interview", INTERVIEW["text"], "Ana"):
        assert words in page.words
    assert INTERVIEW["text"] in pages(ana).get(tasks(case) + "?note=lorries+lorry").words
    assert "No note of this case has these words." in pages(ana).get(tasks(case) + "?note=whale").words
    found = pages(ana).get("/cases?text=lorry")
    assert case.reference in found.words
    assert "Note: " in found.words
    assert "lorry" in found.words


def test_a_note_is_about_a_claim_a_remedy_or_a_person(pages, runtime, ana, case):
    claim = make_claim(runtime.units, ana, case, label="The house")
    remedy = make_remedy(runtime.units, ana, claim, authority="Court of Puerto Claro")
    person = make_person(runtime.units, ana, case, name="Rosa Navarro")
    subjects = {
        f"claim:{claim.id}": ("Claim 1: The house", f"/cases/{case.id}/facts"),
        f"remedy:{remedy.id}": ("Court of Puerto Claro", f"/cases/{case.id}/remedies"),
        f"person:{person.person_id}": ("V1", f"/cases/{case.id}/people"),
    }
    for about in subjects:
        page = pages(ana).submit(f"/cases/{case.id}/notes/new", **INTERVIEW, about=about)
    for words, address in subjects.values():
        assert [one for one, href in page.links.items() if words in one and href == address], words
    assert "Rosa" not in page.words


def test_a_note_on_a_person_who_was_merged_is_about_the_one_who_stays(pages, runtime, ana, case):
    kept, merged = (make_person(runtime.units, ana, case, name="Rosa Navarro") for _ in range(2))
    make_note(runtime.units, ana, case, "She called.", person_id=merged.person_id)
    assert "About V2" in pages(ana).get(tasks(case)).words
    merge(runtime.units, ana, kept, merged)
    page = pages(ana).get(tasks(case))
    assert "About V1" in page.words
    assert "She called." in page.words


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({"text": " \n "}, ("text", "Enter what was said or agreed.")),
        ({"kind": ""}, ("kind", "Choose one from the list.")),
        ({"about": "claim:00000000-0000-4000-8000-000000000000"}, ("about", "list")),
        ({"held_on__day": "1", "held_on__month": "1", "held_on__year": "2190"}, ("held_on", "year")),
    ],
)
def test_what_cannot_be_is_refused_at_its_box(pages, ana, case, typed, refused):
    box, words = refused
    page = pages(ana).submit(f"/cases/{case.id}/notes/new", status=422, **INTERVIEW | typed)
    assert words in page.error_at(box)
    assert "No note yet" in pages(ana).get(tasks(case)).words


def test_a_day_to_come_is_a_deadline_and_no_note(pages, ana, case):
    day = today() + timedelta(days=2)
    typed = {"held_on__day": str(day.day), "held_on__month": str(day.month), "held_on__year": str(day.year)}
    page = pages(ana).submit(f"/cases/{case.id}/notes/new", status=422, **INTERVIEW | typed)
    assert "add a deadline" in page.error_at("held_on")


def test_its_author_changes_it_for_fifteen_minutes_and_then_amends_it(pages, runtime, ana, case):
    note = make_note(runtime.units, ana, case, "She called.")
    changed = pages(ana).submit(f"/cases/{case.id}/notes/{note.id}", text="He called.")
    assert "He called." in changed.words
    assert "She called." not in changed.words
    drawn = pages(ana).get(f"/cases/{case.id}/notes/{note.id}")
    with time_machine.travel(now() + timedelta(minutes=16)):
        late = pages(ana)
        assert "Change" not in {link.split()[0] for link in late.get(tasks(case)).links if link.endswith("UTC")}
        refused = late.send(drawn, status=422, text="They called.")
        assert "Add an amendment instead" in refused.words
        assert "They called." in refused.html
        page = late.submit(f"/cases/{case.id}/notes/{note.id}/amend", text="It was on Monday.")
    assert page.words.index("He called.") < page.words.index("It was on Monday.")
    assert "Amendment" in page.words
    history = pages.another(ana).get(f"/cases/{case.id}/history").words
    for words in ("Added a note", "Changed a note", "Amended a note"):
        assert words in history


def test_nobody_else_changes_it_but_a_colleague_amends_it(pages, runtime, ana, carmen, case):
    note = make_note(runtime.units, ana, case)
    details = NoteDetails(version=note.version, kind=NoteKind.CALL, text="He called.")
    with runtime.units.begin(carmen) as uow:
        found = editable_case(uow, case.id)
        with pytest.raises(Invalid, match="by its author"):
            change_note(uow, found, one_note(uow, found, note.id), details)
    assert pages(carmen).client.get(f"/cases/{case.id}/notes/{note.id}").location.endswith("/amend")
    page = pages(carmen).submit(f"/cases/{case.id}/notes/{note.id}/amend", text="She called twice.")
    assert "Carmen" in page.words


@pytest.mark.parametrize(
    ("statement", "is_done"),
    [
        ("UPDATE note SET text = 'x' WHERE id = :id", True),
        ("UPDATE note SET written_by_id = written_by_id WHERE id = :id", False),
        ("UPDATE note SET created_at = now() WHERE id = :id", False),
        ("DELETE FROM note WHERE id = :id", False),
    ],
)
def test_the_database_lets_only_the_text_of_an_own_new_note_be_changed(runtime, ana, case, statement, is_done):
    note = make_note(runtime.units, ana, case)
    with runtime.units.begin(ana) as uow:
        attempt = uow.session.begin_nested()
        if is_done:
            assert uow.session.execute(text(statement), {"id": note.id}).rowcount == 1
        else:
            with pytest.raises(ProgrammingError, match="permission denied"):
                uow.session.execute(text(statement), {"id": note.id})
        attempt.rollback()


def test_the_database_keeps_the_note_of_somebody_else(runtime, ana, carmen, case):
    note = make_note(runtime.units, ana, case)
    with runtime.units.begin(carmen) as uow:
        assert uow.session.execute(text("UPDATE note SET text = 'x' WHERE id = :id"), {"id": note.id}).rowcount == 0


def test_the_database_keeps_a_note_whose_quarter_of_an_hour_is_over(runtime, ana, case):
    with time_machine.travel(now() - timedelta(minutes=16)):
        note = make_note(runtime.units, ana, case)
    with runtime.units.begin(ana) as uow:
        assert uow.session.execute(text("UPDATE note SET text = 'x' WHERE id = :id"), {"id": note.id}).rowcount == 0


def test_two_windows_do_not_overwrite_each_other(runtime, ana, case):
    note = make_note(runtime.units, ana, case)
    for words in ("One", "Two"):
        details = NoteDetails(version=note.version, kind=NoteKind.CALL, text=words)
        with runtime.units.begin(ana) as uow:
            found = editable_case(uow, case.id)
            row = one_note(uow, found, note.id)
            if words == "One":
                change_note(uow, found, row, details)
            else:
                with pytest.raises(Conflict):
                    change_note(uow, found, row, details)


def test_who_may_only_read_reads_notes_and_writes_none(pages, runtime, ana, case):
    note = make_note(runtime.units, ana, case)
    other = make_section(runtime.units, "FI")
    reader = make_actor(runtime.units, (other, Role.CASEWORKER), name="Reader")
    share(runtime.units, ana, case, other, GrantLevel.READ)
    page = pages(reader).get(tasks(case), may_name=("ES",))
    assert "She called." in page.words
    assert "Add a note" not in page.words
    pages(reader).get(f"/cases/{case.id}/notes/new", status=403)
    pages(reader).get(f"/cases/{case.id}/notes/{note.id}/amend", status=403)


def test_a_longer_list_is_read_page_by_page_with_the_same_statements(pages, runtime, ana, case):
    make_note(runtime.units, ana, case, "The first one")
    few = len(pages(ana).get(tasks(case)).statements)
    for number in range(LISTED):
        make_note(runtime.units, ana, case, f"Call {number}")
    page = pages(ana).get(tasks(case))
    assert len(page.statements) == few
    assert "The first one" not in page.words
    older = pages(ana).get(page.links["Older"].partition("#")[0])
    assert "The first one" in older.words
    assert f"Call {LISTED - 1}" not in older.words


def test_a_case_takes_no_more_than_so_many(runtime, monkeypatch, pages, ana, case):
    monkeypatch.setattr("caseflow.features.notes.service.MOST_NOTES", 1)
    make_note(runtime.units, ana, case)
    page = pages(ana).submit(f"/cases/{case.id}/notes/new", status=422, **INTERVIEW)
    assert "has reached that number" in page.words
    assert MOST_NOTES > LISTED
