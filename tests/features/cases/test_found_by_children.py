"""A case is found by what belongs to it, and by what stands there now."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from caseflow.errors import Invalid
from caseflow.features.cases.commands import CaseFilters, Window
from caseflow.features.cases.lists.queries import case_list
from caseflow.features.cases.service import describe_case, editable_case
from caseflow.models import Act, Claim, DomesticRemedy, GrantLevel, Letter, Note, OtherProcedure, Role, Task
from caseflow.models.case_search import CHILDREN
from tests.factories import (
    make_act,
    make_actor,
    make_case,
    make_claim,
    make_letter_of_old_case,
    make_note,
    make_procedure,
    make_remedy,
    make_section,
    make_task,
    share,
)
from tests.factories.cases import description_of


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana, narrative="They came at night.")


def is_found(runtime, actor, typed):
    with runtime.units.begin(actor) as uow:
        return bool(case_list(uow, CaseFilters(text=typed), Window()).cases)


def make_each(runtime, ana, case) -> dict[type, Any]:
    """Return one row of each kind that belongs to the case."""
    claim = make_claim(runtime.units, ana, case)
    return {
        Claim: claim,
        Act: make_act(runtime.units, ana, claim),
        DomesticRemedy: make_remedy(runtime.units, ana, claim),
        OtherProcedure: make_procedure(runtime.units, ana, case),
        Letter: make_letter_of_old_case(runtime.units, ana, case, "registration"),
        Note: make_note(runtime.units, ana, case),
        Task: make_task(runtime.units, ana, case),
    }


COLUMNS = [(kind, name) for kind, names in CHILDREN.items() for name in names]


@pytest.mark.parametrize(("kind", "name"), COLUMNS, ids=[f"{kind.__name__}.{name}" for kind, name in COLUMNS])
def test_what_stands_there_now_is_found_and_nothing_else(runtime, ana, case, kind, name):
    row = make_each(runtime, ana, case)[kind]
    assert not is_found(runtime, ana, "ballena")
    write(runtime, ana, row, **{name: "Ballena 12/34"})
    assert is_found(runtime, ana, "ballena")
    assert is_found(runtime, ana, "12/34")
    write(runtime, ana, row, **{name: "Delfín"})
    assert not is_found(runtime, ana, "ballena")
    assert is_found(runtime, ana, "delfin")
    with runtime.units.begin(ana) as uow:
        describe_case(
            uow, described := editable_case(uow, case.id), replace(description_of(described), title="Changed")
        )
    assert is_found(runtime, ana, "delfin changed"), "a changed title must not lose the other words"
    if kind in {Note, Task}:
        return  # they are never removed
    with runtime.units.begin(ana) as uow:
        uow.session.delete(uow.session.get_one(kind, row.id))
    assert not is_found(runtime, ana, "delfin")
    assert is_found(runtime, ana, "night")


def write(runtime, ana, row, **words):
    with runtime.units.begin(ana) as uow:
        stored = uow.session.get_one(type(row), row.id)
        for name, written in words.items():
            setattr(stored, name, written)


def test_what_is_added_is_found(runtime, ana, case):
    claim = make_claim(runtime.units, ana, case, label="Ballena")
    make_act(runtime.units, ana, claim, what="Doors sealed")
    make_remedy(runtime.units, ana, claim, authority="Juzgado 4", file_number="T-025/04")
    make_procedure(runtime.units, ana, case, file_number="33290/96")
    for typed in ("ballena", "doors sealed", "juzgado", "T-025/04", "025/04", "33290", "ballena night 33290/96"):
        assert is_found(runtime, ana, typed), typed


def test_a_step_that_is_taken_back_leaves_no_words(runtime, ana, case):
    claim = make_claim(runtime.units, ana, case, label="Ballena")
    with runtime.units.begin(ana) as uow, pytest.raises(Invalid), uow.attempt():
        refuse(uow, claim)
    assert is_found(runtime, ana, "ballena")
    assert not is_found(runtime, ana, "delfin")


def refuse(uow, claim):
    uow.session.get_one(Claim, claim.id).label = "Delfín"
    uow.flush()
    raise Invalid("Refused after the words were written.")


def test_a_guest_who_may_write_changes_what_is_found(runtime, ana, case):
    guest = make_actor(runtime.units, (make_section(runtime.units, "FR"), Role.CASEWORKER))
    share(runtime.units, ana, case, guest, GrantLevel.WRITE)
    make_claim(runtime.units, guest, case, label="Ballena")
    assert is_found(runtime, ana, "ballena")
    assert is_found(runtime, guest, "ballena")


def test_the_contact_note_and_reasons_are_not_searched(runtime, ana):
    make_case(runtime.units, ana, contact_note="Ballena at noon", lateness_reason="Ballena was away")
    assert not is_found(runtime, ana, "ballena")


@pytest.mark.commits
def test_two_who_change_different_rows_at_once_lose_no_words(runtime, ana, case):
    rows = make_each(runtime, ana, case)
    with runtime.units.begin(ana) as first:
        first.session.get_one(Claim, rows[Claim].id).label = "Ballena"
        first.flush()
        with ThreadPoolExecutor(1) as pool:
            second = pool.submit(write, runtime, ana, rows[OtherProcedure], file_number="Delfín")
            waits = text(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )
            while not second.done() and not first.session.scalar(waits):
                first.session.execute(text("SELECT pg_stat_clear_snapshot()"))
            first.session.commit()
            second.result()
    assert is_found(runtime, ana, "ballena delfin")
