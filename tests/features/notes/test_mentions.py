"""Notes on evidence, which stay with those who may see it, and colleagues who are mentioned in notes."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import ProgrammingError

from caseflow.models import Confidentiality, GrantLevel, Mail, Role
from tests.factories import make_actor, make_case, make_evidence, make_note, make_section, share

WORDS = "The doctor names the disease."


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


@pytest.fixture
def guest(runtime, ana, section, case):
    """Work on the case from another section, to which it is shared; Ana sees the name, for the guest reports for her section."""
    other = make_section(runtime.units, "FI")
    share(runtime.units, ana, case, other, GrantLevel.WRITE)
    return make_actor(runtime.units, (other, Role.CASEWORKER), (section, Role.SECTION_REPORTER), name="Guest")


@pytest.fixture
def team(ana, carmen, guest):
    return ana, carmen, guest


def write(pages, who, case, *, status=200, **typed):
    typed = {"kind": "call", "text": "She called.", **typed}
    return pages(who).submit(f"/cases/{case.id}/notes/new", status=status, **typed)


def test_a_colleague_finds_a_note_in_the_product_and_never_in_a_mail(pages, runtime, ana, carmen, case):
    shown = write(pages, ana, case, mentions=[str(carmen.user_id)])
    assert "Carmen" in shown.words
    assert "(read)" not in shown.words
    for address in ("/my-work", "/reminders"):
        page = pages(carmen).get(address)
        assert "Notes for you to read" in page.words
        assert "Reminders 1 not read" in page.words
        assert "She called." not in page.words
        assert "Notes for you to read" not in pages(ana).get(address).words
    page = pages(carmen).get("/my-work")
    opened = pages(carmen).send(page, form=place_of(page, "open-note"))
    assert opened.path == f"/cases/{case.id}/tasks"
    assert "She called." in opened.words
    assert "Notes for you to read" not in pages(carmen).get("/my-work").words
    assert "(read)" in pages(ana).get(f"/cases/{case.id}/tasks").words
    with runtime.units.begin(carmen) as uow:
        assert uow.session.scalar(select(func.count()).select_from(Mail)) == 0


def place_of(page, name):
    return next(
        place
        for place, form in enumerate(one for one in page.markup.main if one.is_post)
        if form.attributes.get("id") == name
    )


def test_a_mention_is_taken_away_while_the_note_can_be_changed(pages, runtime, ana, carmen, case):
    note = make_note(runtime.units, ana, case, mentions=[carmen.user_id])
    form = pages(ana).get(f"/cases/{case.id}/notes/{note.id}")
    assert f'value="{carmen.user_id}" checked' in form.html
    pages(ana).submit(f"/cases/{case.id}/notes/{note.id}", mentions=[])
    assert "Notes for you to read" not in pages(carmen).get("/my-work").words


def test_an_amendment_mentions_as_well(pages, runtime, ana, carmen, case):
    note = make_note(runtime.units, carmen, case)
    pages(ana).submit(f"/cases/{case.id}/notes/{note.id}/amend", text="Twice.", mentions=[str(carmen.user_id)])
    page = pages(carmen).get("/my-work")
    opened = pages(carmen).send(page, form=place_of(page, "open-note"), follow=False, status=303)
    assert opened.answer.headers["Location"].endswith(f"#note-{note.id}"), "the note with the amendment below it"


def test_who_may_not_see_the_case_or_the_evidence_is_not_mentioned(pages, runtime, ana, case, guest):
    stranger = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER), name="Stranger")
    page = write(pages, ana, case, status=422, mentions=[str(stranger.user_id)])
    assert "Choose people who have access to this case." in page.error_at("mentions")
    evidence = make_evidence(runtime.units, ana, case, is_restricted=True)
    about = {"about": f"evidence:{evidence.id}", "mentions": [str(guest.user_id)]}
    page = write(pages, ana, case, status=422, **about)
    assert "E1 is restricted to the section of the case, and Guest may not read notes on it" in page.error_at(
        "mentions"
    )
    assert write(pages, ana, case, mentions=[str(guest.user_id)]).path == f"/cases/{case.id}/tasks"


def test_a_note_on_restricted_evidence_stays_in_the_section(pages, runtime, team, case):
    ana, carmen, guest = team
    hidden, shown = (make_evidence(runtime.units, ana, case, is_restricted=one) for one in (True, False))
    page = write(pages, ana, case, text=WORDS, about=f"evidence:{hidden.id}", mentions=[str(carmen.user_id)])
    assert page.path == f"/cases/{case.id}/evidence/{hidden.id}"
    assert WORDS in page.words
    note = make_note(runtime.units, ana, case, "A word on the judgment.", evidence_id=shown.id)
    restricted = note_on(runtime, ana, hidden)
    pages(ana).submit(f"/cases/{case.id}/notes/{restricted}/amend", text="Amended " + WORDS)
    for who, sees in ((carmen, True), (guest, False)):
        tasks = pages(who).get(f"/cases/{case.id}/tasks", may_name=("ES",)).words
        assert (WORDS in tasks, "A word on the judgment." in tasks) == (sees, True)
        assert (WORDS in pages(who).get(f"/cases/{case.id}/tasks?note=disease", may_name=("ES",)).words) == sees
        assert case.reference not in pages(who).get("/cases?text=disease", may_name=("ES",)).words, (
            "no case is found by a note on evidence: who sees it would differ"
        )
        history = pages(who).get(f"/cases/{case.id}/history", may_name=("ES",)).words
        assert "Added a note" in history
        assert "disease" not in history
        assert "judgment" not in history, "for it may be restricted later"
        pages(who).get(f"/cases/{case.id}/notes/{restricted}/amend", status=200 if sees else 404, may_name=("ES",))
    assert "E2" in pages(ana).get(f"/cases/{case.id}/notes/{note.id}").words


def note_on(runtime, who, evidence):
    with runtime.units.begin(who) as uow:
        return uow.session.scalar(text("SELECT id FROM note WHERE evidence_id = :id"), {"id": evidence.id})


@pytest.mark.parametrize("is_restricted", [True, False])
def test_the_database_mentions_nobody_who_may_not_read_it(runtime, team, case, is_restricted):
    ana, carmen, guest = team
    stranger = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))
    evidence = make_evidence(runtime.units, ana, case, is_restricted=is_restricted)
    note = make_note(runtime.units, ana, case, evidence_id=evidence.id)
    add = text(
        "INSERT INTO note_mention (id, note_id, case_id, user_id, mentioned_by_id, created_at) "
        "VALUES (gen_random_uuid(), :note, :case, :user, :by, now())"
    )
    for who, may in ((carmen, True), (guest, not is_restricted), (stranger, False)):
        with runtime.units.begin(ana) as uow:
            attempt = uow.session.begin_nested()
            values = {"note": note.id, "case": case.id, "user": who.user_id, "by": ana.user_id}
            if may:
                uow.session.execute(add, values)
            else:
                with pytest.raises(ProgrammingError, match="row-level security"):
                    uow.session.execute(add, values)
            attempt.rollback()


def test_only_its_owner_and_those_with_a_grant_may_be_mentioned_on_a_sealed_case(pages, runtime, ana, carmen):
    sealed = make_case(runtime.units, ana, confidentiality=Confidentiality.SEALED)
    page = pages(ana).get(f"/cases/{sealed.id}/notes/new")
    assert "Carmen" not in page.words
    assert "Who should read it?" not in page.words
