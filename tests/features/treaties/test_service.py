"""Writing acceptances, as a list or one by one, with history, by administrators only."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest

from caseflow.access.actor import JobActor, SystemRole
from caseflow.errors import Conflict, Forbidden, Invalid, NotFound
from caseflow.features.treaties.commands import AcceptanceDetails
from caseflow.features.treaties.queries import acceptance_history, register_and_acceptances
from caseflow.features.treaties.service import import_acceptances, preview, set_acceptance
from caseflow.law.routes import Acceptance
from caseflow.models import Role
from tests.factories import make_actor, make_section
from tests.factories.acceptances import forget_acceptances

OURS = "treaty,state,accepted,in_force_on,ended_on,source,checked_on\n"
LIST = f"{OURS}OP-ICCPR,ES,yes,1985-04-25,,UNTC,2026-11-01\nCERD-14,ES,no,,,UNTC,2026-11-01\n".encode()


def details(in_force_on, ended_on, source, checked_on):
    return AcceptanceDetails(
        is_accepted=True, in_force_on=in_force_on, ended_on=ended_on, source=source, checked_on=checked_on
    )


def refused(in_force_on, ended_on, source, checked_on):
    return replace(details(in_force_on, ended_on, source, checked_on), is_accepted=False)


@pytest.fixture(autouse=True)
def without_the_pack(database):
    """Nothing is known at the beginning."""
    forget_acceptances(database)


@pytest.fixture
def admin(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.ADMINISTRATOR))


def known(runtime, actor, state="ES"):
    with runtime.units.begin(actor) as uow:
        _register, acceptances = register_and_acceptances(uow, state)
        return {row.treaty: row for row in acceptances}


def written(runtime, actor, content=LIST):
    with runtime.units.begin(actor) as uow:
        return import_acceptances(uow, content)


def test_a_preview_writes_nothing(runtime, admin):
    with runtime.units.begin(admin) as uow:
        found = preview(uow, LIST)
    assert (found.count_of_kind("new"), found.can_be_written) == (2, True)
    assert known(runtime, admin) == {}


def test_a_list_is_written_with_its_history(runtime, admin):
    written(runtime, admin)
    assert known(runtime, admin)["OP-ICCPR"] == Acceptance(
        "OP-ICCPR", "ES", is_accepted=True, in_force_on=date(1985, 4, 25), source="UNTC", checked_on=date(2026, 11, 1)
    )
    assert known(runtime, admin)["CERD-14"].is_accepted is False
    with runtime.units.begin(admin) as uow:
        (entry,) = acceptance_history(uow, "CERD-14", "ES", 5)
    assert (entry.action, entry.who, entry.source) == ("acceptance.imported", admin.name, "UNTC")
    assert entry.changes["is_accepted"] == [None, False]


def test_the_same_list_changes_nothing_except_a_later_day_of_checking(runtime, admin):
    written(runtime, admin)
    again = written(runtime, admin)
    assert (again.count_of_kind("unchanged"), again.can_be_written) == (2, False)
    later = written(runtime, admin, LIST.replace(b"2026-11-01", b"2026-11-02"))
    assert later.count_of_kind("changed") == 2
    assert known(runtime, admin)["CERD-14"].checked_on == date(2026, 11, 2)
    with runtime.units.begin(admin) as uow:
        assert len(acceptance_history(uow, "CERD-14", "ES", 5)) == 2


def test_an_older_day_of_checking_changes_nothing(runtime, admin):
    written(runtime, admin)
    assert written(runtime, admin, LIST.replace(b"2026-11-01", b"2026-10-01")).count_of_kind("unchanged") == 2


def test_nothing_is_written_with_a_faulty_row(runtime, admin):
    with pytest.raises(Invalid, match="Nothing was saved"):
        written(runtime, admin, LIST + b"XX,ES,yes,,,s,2026-11-01\n")
    assert known(runtime, admin) == {}


def test_one_acceptance_is_changed_with_its_source(runtime, admin):
    with runtime.units.begin(admin) as uow:
        row = set_acceptance(uow, "ECHR", "ES", 0, details(date(1979, 10, 4), None, "ECtHR", date(2026, 11, 1)))
        uow.flush()
        version = row.version
    with runtime.units.begin(admin) as uow:
        set_acceptance(
            uow, "ECHR", "ES", version, details(date(1979, 10, 4), date(2026, 1, 1), "CoE", date(2026, 11, 2))
        )
    assert known(runtime, admin)["ECHR"].ended_on == date(2026, 1, 1)
    with runtime.units.begin(admin) as uow:
        latest, _first = acceptance_history(uow, "ECHR", "ES", 5)
    assert latest.changes["ended_on"] == [None, "2026-01-01"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (refused(date(1990, 1, 1), None, "s", date(2026, 1, 1)), "is_accepted"),
        (details(date(1990, 1, 1), date(1980, 1, 1), "s", date(2026, 1, 1)), "ended_on"),
        (details(date(1900, 1, 1), None, "s", date(2026, 1, 1)), "in_force_on"),
        (details(None, None, "", date(2026, 1, 1)), "source"),
        (details(None, None, "s", None), "checked_on"),
        (details(None, None, "s", date(2999, 1, 1)), "checked_on"),
    ],
)
def test_what_cannot_be_true_is_refused(runtime, admin, said, field):
    with runtime.units.begin(admin) as uow, pytest.raises(Invalid) as error:
        set_acceptance(uow, "ECHR", "ES", 0, said)
    assert set(error.value.fields) == {field}


@pytest.mark.parametrize(("treaty", "state"), [("XX", "ES"), ("ECHR", "XX")])
def test_an_unknown_treaty_or_state_is_not_found(runtime, admin, treaty, state):
    with runtime.units.begin(admin) as uow, pytest.raises(NotFound):
        set_acceptance(uow, treaty, state, 0, details(None, None, "s", date(2026, 1, 1)))


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.COALITION_COORDINATOR, Role.AUDITOR])
def test_only_administrators_write(runtime, role):
    actor = make_actor(runtime.units, (make_section(runtime.units, "ES"), role))
    with pytest.raises(Forbidden):
        written(runtime, actor)
    with runtime.units.begin(actor) as uow, pytest.raises(Forbidden):
        set_acceptance(uow, "ECHR", "ES", 0, details(None, None, "s", date(2026, 1, 1)))


def test_the_command_line_writes_without_a_person(runtime, admin):
    written(runtime, JobActor(SystemRole.ACCOUNTS_ADMIN))
    with runtime.units.begin(admin) as uow:
        (entry,) = acceptance_history(uow, "CERD-14", "ES", 5)
    assert (entry.who, entry.by_person) == (None, False)


def test_a_concurrent_change_is_a_conflict(runtime, admin):
    written(runtime, admin, f"{OURS}ECHR,ES,yes,1979-10-04,,UNTC,2026-11-01\n".encode())
    with runtime.units.begin(admin) as uow, pytest.raises(Conflict) as clash:
        set_acceptance(uow, "ECHR", "ES", 0, details(None, None, "s", date(2026, 11, 2)))
    assert clash.value.row is not None
    assert known(runtime, admin)["ECHR"].source == "UNTC"


def test_a_different_row_with_an_older_day_of_checking_is_faulty(runtime, admin):
    written(runtime, admin)
    older = f"{OURS}CERD-14,ES,no,,,UNTC,2026-11-01\nOP-ICCPR,ES,no,,,UNTC,2026-10-01\n".encode()
    with runtime.units.begin(admin) as uow:
        found = preview(uow, older)
    assert [(fault.number, "checked on a later date" in fault.text) for fault in found.faults] == [(3, True)]
    with pytest.raises(Invalid, match="Nothing was saved"):
        written(runtime, admin, older)
    assert known(runtime, admin)["OP-ICCPR"].is_accepted is True


@pytest.mark.commits
def test_of_two_concurrent_new_acceptances_the_second_is_a_conflict(runtime, admin):
    with runtime.units.begin(admin) as uow:
        seen = preview(uow, LIST).seen
    start = Barrier(2)

    def write(_which):
        with runtime.units.begin(admin) as uow:
            start.wait(10)
            try:
                import_acceptances(uow, LIST, seen=seen)
            except Conflict as clash:
                return str(clash)
        return "written"

    with ThreadPoolExecutor(2) as pool:
        first, second = sorted(pool.map(write, range(2)))
    assert first.startswith("Acceptances were changed after you opened this page.")
    assert second == "written"
