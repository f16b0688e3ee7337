"""Two cases are merged and taken apart: every row as it was, what comes together, what stands against it, and the pages."""

import os
from random import Random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from caseflow.db.base import Base
from caseflow.errors import CaseMerged, Conflict, Forbidden, NotFound
from caseflow.features.cases.queries import one_case, whole_case
from caseflow.features.cases.service import editable_case
from caseflow.features.duplicates.case_merges.commands import Taken
from caseflow.features.duplicates.case_merges.queries import obstacles
from caseflow.features.evidence.uploads.queries import open_uploads
from caseflow.features.people.commands import ConcernedPerson, RoleDetails
from caseflow.features.people.queries import one_person, people_of_case
from caseflow.features.people.service import add_known_person, set_concerned
from caseflow.law import UncertainDate
from caseflow.models import ConsentScope, ConsentStatus, GrantLevel, NoteMention, Role, Stage
from tests.factories import (
    make_act,
    make_actor,
    make_attempt,
    make_case,
    make_channel,
    make_claim,
    make_consent,
    make_deadline,
    make_evidence,
    make_housing_application,
    make_intervention,
    make_letter_of_old_case,
    make_note,
    make_other_treaty,
    make_person,
    make_procedure,
    make_remedy,
    make_section,
    make_task,
    seal,
    share,
)
from tests.factories.dates import in_days
from tests.factories.dossier import make_text
from tests.factories.evidence import make_upload
from tests.factories.merging import merge_two_cases, undo_two_cases

EXAMPLES = int(os.environ.get("CASEFLOW_MERGES", "3"))
COMPUTED_AGAIN = {"assessment", "reminder", "case_listing", "deadline_acknowledgement"}
NOT_RESTORED = {"audit_entry", "audit_chain", "case_merge", "code_name_counter", "mail"} | COMPUTED_AGAIN
"""The trail, the record of the merge, counters that never go back, and what is computed again."""


def rows_of(database):
    """Return all rows of all tables as text; of cases without version, and of deadlines those that people set."""
    with database.as_superuser() as engine, engine.connect() as connection:
        found = {}
        for name in sorted(Base.metadata.tables.keys() - NOT_RESTORED):
            where = "WHERE t.source = ''" if name == "deadline" else ""
            row = "to_jsonb(t) - 'version'" if name in {"case", "deadline"} else "to_jsonb(t)"
            found[name] = sorted(connection.scalars(text(f'SELECT CAST({row} AS text) FROM "{name}" t {where}')))
        return found


def computed_of(database):
    """Return the computed deadlines that are open."""
    asked = "SELECT case_id, key, due_on, basis FROM deadline WHERE source <> '' AND done_at IS NULL ORDER BY 1, 2"
    with database.as_superuser() as engine, engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(asked))]


def fill(units, ana, case, chance, known=()):
    """Give a case random children; `known` are persons of another case who are in this one too."""
    claims = [make_claim(units, ana, case) for _ in range(chance.randint(1, 2))]
    people = [
        make_person(units, ana, case, name=f"Person {n}", is_affected=chance.choice([True, None])) for n in range(2)
    ]
    with units.begin(ana) as uow:
        for other, role in known:
            role_details = RoleDetails(roles=("witness",), description=chance.choice(["tenant", ""]))
            people.append(
                add_known_person(uow, editable_case(uow, case.id), one_person(uow, other, role.id), role_details)
            )
    for claim in claims:
        make_act(units, ana, claim)
        make_housing_application(units, ana, claim)
        make_other_treaty(units, ana, claim)
        make_remedy(units, ana, claim, concerns_some=True, person_ids=(people[0].id,))
        with units.begin(ana) as uow:
            harmed = [ConcernedPerson(case_person_id=one.id, harm=chance.choice(["Cold", ""])) for one in people[:2]]
            set_concerned(uow, editable_case(uow, case.id), whole_case(uow, case.id).claims[0], harmed)
    for person in people:
        make_attempt(units, ana, case, person, ago=chance.randint(0, 4))
    make_channel(units, ana, case, people[0])
    evidence = make_evidence(units, ana, case, claims[0])
    make_upload(units, ana, case)
    make_note(units, ana, case)
    on_evidence = make_note(units, ana, case, evidence_id=evidence.id)
    with units.begin(ana) as uow:
        mention = NoteMention(case_id=case.id, note_id=on_evidence.id, user_id=ana.user_id, mentioned_by_id=ana.user_id)
        uow.session.add(mention)
    make_task(units, ana, case)
    make_task(units, ana, case, "By a day", due_on=in_days(9))
    make_deadline(units, ana, case)
    make_intervention(units, ana, case)
    make_procedure(units, ana, case)
    for person in people:
        status = chance.choice([ConsentStatus.GIVEN, ConsentStatus.REFUSED])
        make_consent(units, ana, case, person, ConsentScope.PUBLISH, status=status)
    return people


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana")


@pytest.fixture
def cases(runtime, ana):
    first = make_case(runtime.units, ana, title="Huts demolished", place_district="Níjar", narrative="Forty huts.")
    return first, make_case(runtime.units, ana, title="Settlement pulled down", narrative="V1 called from there.")


@pytest.mark.commits
@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_a_merge_that_is_undone_leaves_every_row_as_it_was(runtime, database, ana, cases, seed):
    chance = Random(seed)
    people = fill(runtime.units, ana, cases[0], chance)
    fill(runtime.units, ana, cases[1], chance, [(cases[0], one) for one in people[: chance.randint(0, 2)]])
    before, computed = rows_of(database), computed_of(database)
    taken = {name: chance.choice([*Taken]) for name in ("title", "narrative")} | {"place": Taken.MERGED}
    taken["title"] = Taken.MERGED if taken["title"] is Taken.BOTH else taken["title"]
    made = merge_two_cases(runtime.units, ana, *cases, **taken)
    after = rows_of(database)
    assert {name for name, rows in after.items() if rows != before[name]} >= {
        "case",
        "claim",
        "note",
        "evidence",
        "task",
    }
    assert sum(map(len, after["claim"])) == sum(map(len, before["claim"])), "nothing is lost"
    undo_two_cases(runtime.units, ana, made.id)
    again = rows_of(database)
    assert {name: set(again[name]) ^ set(before[name]) for name in before if again[name] != before[name]} == {}
    assert computed_of(database) == computed


def test_what_belongs_to_both_comes_together(runtime, ana, cases):
    chance = Random(1)
    people = fill(runtime.units, ana, cases[0], chance)
    fill(runtime.units, ana, cases[1], chance, [(cases[0], people[0])])
    make_consent(runtime.units, ana, cases[0], people[0], ConsentScope.CONTACT, status=ConsentStatus.GIVEN)
    merge_two_cases(runtime.units, ana, *cases, narrative=Taken.BOTH)
    with runtime.units.begin(ana) as uow:
        case = whole_case(uow, cases[0].id)
        found = people_of_case(uow, case)
        assert [one.code_name for one in found] == ["V1", "V2", "V3", "V4"], "two of each, and one in both"
        assert {"victim", "witness"} == set(found[0].roles)
        assert case.narrative == f"Forty huts.\n\n{cases[1].reference}:\nV1 called from there."
        assert len({one.position for one in case.claims}) == len(case.claims) > 1
        with pytest.raises(CaseMerged):
            one_case(uow, cases[1].id)
        words = uow.session.scalars(text("SELECT id FROM \"case\" WHERE CAST(search AS text) LIKE '%called%'")).all()
        assert words == [cases[0].id]


def test_who_may_not_does_not_and_hears_why(runtime, section, ana, cases):
    units, other = runtime.units, make_actor(runtime.units, (make_section(runtime.units, "FR"), Role.CASEWORKER))
    foreign = make_case(units, ana, state_code="FI")
    with units.begin(ana) as uow:
        assert obstacles(uow, cases[0].id, foreign.id) == ["state"]
        assert obstacles(uow, cases[0].id, cases[0].id) == ["hidden"]
        assert obstacles(uow, cases[0].id, cases[1].id) == []
    with units.begin(other) as uow:
        assert obstacles(uow, cases[0].id, cases[1].id) == ["hidden"]
    for level in GrantLevel:
        for case in cases:
            share(units, ana, case, other, level=level)
        with units.begin(other) as uow:
            assert obstacles(uow, cases[0].id, cases[1].id) == ["hidden"], "whoever was given a case merges nothing"
        with pytest.raises((Forbidden, Conflict)):
            merge_two_cases(units, other, *cases)
    reporter = make_actor(units, (section, Role.SECTION_REPORTER))
    with pytest.raises((Forbidden, NotFound)):
        merge_two_cases(units, reporter, *cases)


@pytest.mark.parametrize("who", ["stranger", "reader"])
def test_the_function_asks_itself(runtime, ana, cases, who):
    other = make_actor(runtime.units, (make_section(runtime.units, "FR"), Role.SECTION_COORDINATOR))
    made = merge_two_cases(runtime.units, ana, *cases)
    if who == "reader":
        share(runtime.units, ana, cases[0], other, level=GrantLevel.WRITE)
    statements = {
        "SELECT caseflow_unmerge_cases(:merge, 'no')": {"merge": made.id},
        "SELECT caseflow_merge_cases(:kept, :merged, 'no')": {"kept": cases[0].id, "merged": cases[1].id},
        "UPDATE case_merge SET reason = 'no'": {},
        'UPDATE "case" SET merged_into_id = NULL': {},
        "UPDATE note SET case_id = case_id": {},
    }
    for statement, values in statements.items():
        with pytest.raises(ProgrammingError), runtime.units.begin(other) as uow:
            uow.session.execute(text(statement), values)
    with runtime.units.begin(other) as uow:
        uow.session.execute(text("SELECT caseflow_keep_merge(:merge, '{}')"), {"merge": made.id})
    undo_two_cases(runtime.units, ana, made.id)


@pytest.mark.commits
def test_what_stands_against_it(runtime, ana, cases):
    units = runtime.units
    old = make_case(units, ana)
    make_letter_of_old_case(units, ana, old)
    sealed = seal(units, ana, make_case(units, ana))
    shared = make_case(units, ana)
    share(units, ana, shared, make_actor(units, (make_section(units, "FR"), Role.CASEWORKER)))
    with units.begin(ana) as uow:
        assert "letters" in obstacles(uow, cases[0].id, old.id)
        assert obstacles(uow, cases[0].id, sealed.id) == ["sealed"]
        assert obstacles(uow, cases[0].id, shared.id) == ["shared"]
    made = merge_two_cases(units, ana, *cases)
    third = make_case(units, ana)
    with units.begin(ana) as uow:
        assert obstacles(uow, third.id, cases[0].id) == ["merged_before"]
        assert obstacles(uow, third.id, cases[1].id) == ["hidden"]
    second = merge_two_cases(units, ana, cases[0], third)
    with pytest.raises(Conflict):
        undo_two_cases(units, ana, made.id)
    undo_two_cases(units, ana, second.id)
    undo_two_cases(units, ana, made.id)


def merge_address(first, second):
    return f"/cases/{first.id}/twice/{second.id}/merge"


def test_the_pages_of_a_merge(runtime, pages, ana, cases):
    make_note(runtime.units, ana, cases[1], "She calls from the dock.")
    make_person(runtime.units, ana, cases[0])
    make_person(runtime.units, ana, cases[1])
    browser = pages(ana)
    compared = browser.get(f"/cases/{cases[1].id}/twice/{cases[0].id}")
    assert merge_address(*cases) in compared.html, "the older one is proposed to stay"
    page = browser.get(merge_address(*cases))
    for words in ("Notes", "Persons", "Both, one below the other", f"Let {cases[1].reference} stay", "Nothing is lost"):
        assert words in page.words
    assert "Say why these two cases" in browser.send(page, status=422, is_same="y").words
    done = browser.send(browser.get(merge_address(*cases)), reason="One village, one morning", is_same="y")
    for words in ("was merged into this case", "One village", "by Ana", "Undo the merge", "V1 is V2 here"):
        assert words in done.words
    facts = browser.get(f"/cases/{cases[0].id}/facts")
    assert "was merged into this case on" in facts.words
    assert "Forty huts." in facts.words
    assert "V1 called from there." in facts.words
    led = browser.get(f"/cases/{cases[1].id}/people", status=303)
    assert led.answer.headers["Location"].endswith(f"/cases/{cases[0].id}")
    led = browser.get(f"/cases/{cases[0].id}")
    assert "recorded twice, and was merged into this case" in led.words
    assert cases[0].reference in led.words
    for address in ("/cases", "/cases/twice", "/calendar"):
        assert str(cases[1].id) not in browser.get(address).html
    assert "Merged two cases" in browser.get(f"/cases/{cases[0].id}/history").words
    assert cases[1].reference in browser.get("/cases/merged").words
    assert "not about the same event" in browser.send(done, status=422, reason="").words
    undone = browser.send(done, reason="Two villages")
    assert "Both cases are as they were" in undone.words
    assert "Two villages" in undone.words
    assert "Settlement pulled down" in browser.get(f"/cases/{cases[1].id}").words


def test_what_was_added_since_is_said(runtime, pages, ana, cases):
    made = merge_two_cases(runtime.units, ana, *cases)
    make_note(runtime.units, ana, cases[0])
    page = pages(ana).get(f"/cases/merged/{made.id}")
    assert "can't be undone any more" in page.words
    assert "A note was added or amended since." in page.words
    with pytest.raises(Conflict):
        undo_two_cases(runtime.units, ana, made.id)


def test_a_file_on_its_way_goes_on_in_the_case_that_stays(runtime, pages, section, ana, cases):
    other = make_actor(runtime.units, (section, Role.CASEWORKER), name="Bruno")
    sent = make_upload(runtime.units, other, cases[1])
    assert "evidence_upload" not in pages(ana).get(merge_address(*cases)).html
    made = merge_two_cases(runtime.units, ana, *cases)
    with runtime.units.begin(other) as uow:
        assert [one.id for one in open_uploads(uow, one_case(uow, cases[0].id))] == [sent.id]
    assert "evidence_upload" not in pages(ana).get(f"/cases/merged/{made.id}").html
    undo_two_cases(runtime.units, ana, made.id)
    with runtime.units.begin(other) as uow:
        assert [one.id for one in open_uploads(uow, one_case(uow, cases[1].id))] == [sent.id]


def test_a_dossier_that_was_begun_stays_where_it_is(runtime, pages, ana, cases):
    make_text(runtime.units, ana, cases[0])
    assert "The dossier of the case that goes was begun" in pages(ana).get(merge_address(*reversed(cases))).words
    with pytest.raises(Conflict):
        merge_two_cases(runtime.units, ana, *reversed(cases))
    made = merge_two_cases(runtime.units, ana, *cases)
    make_text(runtime.units, ana, cases[0], "The water was cut twice.")
    assert "A text of the dossier was written since." in pages(ana).get(f"/cases/merged/{made.id}").words
    with pytest.raises(Conflict):
        undo_two_cases(runtime.units, ana, made.id)


def test_cases_that_cannot_be_merged_are_said_to_be_so(runtime, pages, ana, cases):
    foreign = make_case(runtime.units, ana, state_code="FI")
    page = pages(ana).get(merge_address(cases[0], foreign))
    assert "They are against different States" in page.words
    assert "Merge into one case" not in page.words


def test_what_changed_while_one_looked_is_refused(runtime, pages, ana, cases):
    browser = pages(ana)
    page = browser.get(merge_address(*cases))
    make_note(runtime.units, ana, cases[1])
    assert "was changed while you looked" in browser.send(page, status=409, reason="One", is_same="y").words


def test_a_merged_case_is_not_suggested(runtime, pages, ana):
    same = {"place_district": "Níjar", "happened": UncertainDate.parse("2026-03-27")}
    first, second, third = (make_case(runtime.units, ana, **same) for _ in range(3))
    merge_two_cases(runtime.units, ana, first, second)
    html = pages(ana).get("/cases/twice").html
    assert str(second.id) not in html
    assert str(third.id) in html
    assert first.stage is Stage.INTAKE
