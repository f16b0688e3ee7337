"""Opening, describing, assigning and moving cases."""

from dataclasses import replace

import pytest

from caseflow.errors import Conflict, Forbidden, Invalid, NotFound
from caseflow.features.cases.commands import MoveCase
from caseflow.features.cases.moves.service import move_case
from caseflow.features.cases.queries import history, one_case
from caseflow.features.cases.service import (
    assign_case,
    describe_case,
    editable_case,
    read_contact_note,
    take_case,
    write_contact_note,
)
from caseflow.features.cases.stages import MOVES, Needs
from caseflow.law import UncertainDate
from caseflow.models import Confidentiality, GrantLevel, Role, Stage
from tests.factories import (
    in_days,
    known,
    make_actor,
    make_case,
    make_claim,
    make_section,
    move_to,
    not_used,
    reload_case,
    seal,
    share,
)
from tests.factories.cases import description_of


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana")


@pytest.fixture
def lead(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR), name="Lead")


def test_references_run_per_section_and_year(runtime, ana):
    years = [2026, 2026, 2025, 2026]
    cases = [make_case(runtime.units, ana, opened_on=known(year, 2, 3).earliest) for year in years]
    assert [case.reference for case in cases] == ["ES-2026-0001", "ES-2026-0002", "ES-2025-0001", "ES-2026-0003"]
    assert {case.owner_id for case in cases} == {ana.user_id}


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"state_code": "XX"}, "state_code"),
        ({"right": ""}, "right"),
        ({"title": "  "}, "title"),
        ({"happened": known(1899)}, "happened"),
        ({"happened": UncertainDate.of(in_days(400))}, "happened"),
    ],
)
def test_an_invalid_case_is_refused_at_its_field(runtime, ana, details, field):
    with pytest.raises(Invalid) as refused:
        make_case(runtime.units, ana, **details)
    assert field in refused.value.fields


def test_the_date_is_checked_in_a_description_too(runtime, ana):
    case = make_case(runtime.units, ana, happened=UncertainDate.of(in_days(20)))
    with runtime.units.begin(ana) as uow, pytest.raises(Invalid) as refused:
        describe_case(uow, editable_case(uow, case.id), replace(description_of(case), happened=known(2926)))
    assert "happened" in refused.value.fields


def test_nobody_opens_a_case_in_another_section_or_without_the_role(runtime, ana, section):
    other = make_section(runtime.units, "EC")
    reporter = make_actor(runtime.units, (section, Role.SECTION_REPORTER))
    for actor, where in ((ana, other), (reporter, section)):
        with pytest.raises(Forbidden):
            make_case(runtime.units, actor, where)


def test_the_history_has_every_change_with_old_and_new_value(runtime, ana):
    case = make_case(runtime.units, ana, happened=known(2024))
    with runtime.units.begin(ana) as uow:
        new = replace(description_of(case), title="Another title", happened=UncertainDate.parse("2024-05~"))
        describe_case(uow, editable_case(uow, case.id), new)
    with runtime.units.begin(ana) as uow:
        changed, opened = history(uow, case.id, limit=9)
    assert (changed.action, changed.who) == ("case.described", "Ana")
    assert changed.changes == {"title": [case.title, "Another title"], "happened": ["2024", "2024-05~"]}
    assert opened.action == "case.opened"


def test_a_stale_version_is_refused_with_the_saved_row(runtime, ana):
    case = make_case(runtime.units, ana)
    stale = description_of(case)
    for title in ("First", "Second"):
        with runtime.units.begin(ana) as uow:
            present = one_case(uow, case.id)
            describe_case(uow, editable_case(uow, case.id), replace(description_of(present), title=title))
    with runtime.units.begin(ana) as uow, pytest.raises(Conflict) as clash:
        describe_case(uow, editable_case(uow, case.id), replace(stale, title="Third"))
    assert clash.value.row.title == "Second"
    assert reload_case(runtime.units, ana, case).title == "Second"


def test_the_contact_note_is_encrypted_and_reading_it_is_recorded(runtime, ana, database):
    case = make_case(runtime.units, ana, contact_note="Ring twice, say library")
    assert b"library" not in (case.contact_note_sealed or b"")
    with runtime.units.begin(ana) as uow:
        assert read_contact_note(uow, editable_case(uow, case.id)) == "Ring twice, say library"
    with runtime.units.begin(ana) as uow:
        entries = history(uow, case.id, limit=9)
    assert entries[0].action == "case.contact_note_read"
    assert "library" not in str(entries)


def test_the_contact_note_is_written_replaced_and_removed_without_its_text_in_the_history(runtime, ana):
    case = make_case(runtime.units, ana)
    for note in ("Say library", "Only by letter", ""):
        with runtime.units.begin(ana) as uow:
            write_contact_note(uow, editable_case(uow, case.id), one_case(uow, case.id).version, note)
        with runtime.units.begin(ana) as uow:
            assert read_contact_note(uow, editable_case(uow, case.id)) == note
    with runtime.units.begin(ana) as uow, pytest.raises(Conflict):
        write_contact_note(uow, editable_case(uow, case.id), case.version, "Stale")
    with runtime.units.begin(ana) as uow:
        entries = history(uow, case.id, limit=9)
    assert [entry.action for entry in entries].count("case.contact_note_written") == 3
    assert "ibrary" not in str(entries)
    assert "letter" not in str(entries)


def test_a_case_without_an_owner_is_taken_once_by_a_person_of_its_section(runtime, ana, lead):
    case = make_case(runtime.units, lead)
    with runtime.units.begin(lead) as uow:
        assign_case(uow, one_case(uow, case.id), case.version, None)
    other = make_section(runtime.units, "EC")
    guest = make_actor(runtime.units, (other, Role.CASEWORKER))
    share(runtime.units, lead, case, other, GrantLevel.WRITE)
    with runtime.units.begin(guest) as uow, pytest.raises(Forbidden):
        take_case(uow, one_case(uow, case.id))
    with runtime.units.begin(ana) as uow:
        take_case(uow, one_case(uow, case.id))
    assert reload_case(runtime.units, ana, case).owner_id == ana.user_id
    with runtime.units.begin(lead) as uow, pytest.raises(Conflict, match="already has an owner"):
        take_case(uow, one_case(uow, case.id))


def test_a_sealed_case_is_for_its_owner_and_for_those_named(runtime, ana, lead, section):
    eva = make_actor(runtime.units, (section, Role.CASEWORKER))
    case = seal(runtime.units, ana, make_case(runtime.units, ana))
    for actor in (lead, eva):
        with pytest.raises(NotFound):
            reload_case(runtime.units, actor, case)
    share(runtime.units, ana, case, eva)
    reload_case(runtime.units, eva, case)
    with pytest.raises(Forbidden), runtime.units.begin(eva) as uow:
        assign_case(uow, one_case(uow, case.id), case.version, eva.user_id)


def test_a_sealed_case_keeps_an_owner(runtime, lead):
    case = make_case(runtime.units, lead, confidentiality=Confidentiality.SEALED)
    with runtime.units.begin(lead) as uow, pytest.raises(Invalid):
        assign_case(uow, one_case(uow, case.id), case.version, None)


def test_a_case_is_assigned_within_its_section_only(runtime, ana, lead):
    case = make_case(runtime.units, ana)
    stranger = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))
    with runtime.units.begin(lead) as uow, pytest.raises(Invalid):
        assign_case(uow, one_case(uow, case.id), case.version, stranger.user_id)
    with runtime.units.begin(ana) as uow, pytest.raises(Forbidden):
        assign_case(uow, one_case(uow, case.id), case.version, lead.user_id)
    with runtime.units.begin(lead) as uow:
        assert assign_case(uow, one_case(uow, case.id), case.version, None).owner_id is None


def test_a_grant_to_read_does_not_allow_writing(runtime, ana):
    other = make_section(runtime.units, "EC")
    guest = make_actor(runtime.units, (other, Role.CASEWORKER))
    case = make_case(runtime.units, ana)
    share(runtime.units, ana, case, other)
    with pytest.raises(Forbidden):
        make_claim(runtime.units, guest, case)
    share(runtime.units, ana, case, other, GrantLevel.WRITE)
    assert make_claim(runtime.units, guest, case).case_id == case.id


def test_moves_check_their_requirements(runtime, ana, lead):
    case = move_to(runtime.units, ana, make_case(runtime.units, ana), Stage.VERIFICATION)
    with pytest.raises(Invalid, match="stage was not changed"):
        move_to(runtime.units, ana, case, Stage.DOMESTIC_REMEDIES)
    claim = make_claim(runtime.units, ana, case)
    move_to(runtime.units, ana, case, Stage.DOMESTIC_REMEDIES)
    with pytest.raises(Invalid):
        move_to(runtime.units, ana, case, Stage.READINESS_REVIEW)
    not_used(runtime.units, ana, claim)
    move_to(runtime.units, ana, case, Stage.READINESS_REVIEW)
    with pytest.raises(Forbidden):
        move_to(runtime.units, ana, case, Stage.APPROVED)
    assert move_to(runtime.units, lead, case, Stage.APPROVED, Stage.FILED).stage is Stage.FILED


def test_only_the_moves_of_the_table_are_allowed(runtime, lead):
    case = make_case(runtime.units, lead)
    allowed = {move.to for move in MOVES if move.start is Stage.INTAKE}
    for stage in set(Stage) - allowed - {Stage.INTAKE}:
        with runtime.units.begin(lead) as uow, pytest.raises(Invalid):
            move_case(uow, one_case(uow, case.id), MoveCase(version=case.version, to=stage, reason="because"))
    for move in MOVES:
        if move.start is Stage.INTAKE and Needs.REASON in move.needs:
            with runtime.units.begin(lead) as uow, pytest.raises(Invalid) as refused:
                move_case(uow, one_case(uow, case.id), MoveCase(version=case.version, to=move.to, reason=" "))
            assert "reason" in refused.value.fields
