"""What all children of a case share: positions, versions, limits, and the history."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import pytest

from caseflow.errors import Conflict, Forbidden, Invalid
from caseflow.features.cases.queries import history
from caseflow.features.cases.service import add_child, change_child, editable_case, move_child, remove_child
from caseflow.features.procedures.queries import one_procedure
from caseflow.models import OtherProcedure, Role
from tests.factories import make_actor, make_case, make_section, reload_case, share

FULL = Invalid("The list is full.")


@dataclass(frozen=True, kw_only=True)
class Details:
    """The fields of a procedure."""

    version: int | None = None
    body: str = "CRC"
    file_number: str = ""


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


def add(runtime, by, case, most=None, **details):
    with runtime.units.begin(by) as uow:
        found, among = editable_case(uow, case.id), OtherProcedure.case_id == case.id
        child = OtherProcedure()
        return add_child(
            uow, found, child, Details(**details), "procedure.added", among=among, most=most, too_many=FULL
        )


def move(runtime, by, child, *, earlier):
    with runtime.units.begin(by) as uow:
        case = editable_case(uow, child.case_id)
        row, among = one_procedure(uow, case, child.id), OtherProcedure.case_id == case.id
        return move_child(uow, case, row, "procedure.moved", among=among, earlier=earlier)


def change(runtime, by, child, check=lambda _details: None, **details):
    with runtime.units.begin(by) as uow:
        case = editable_case(uow, child.case_id)
        row = one_procedure(uow, case, child.id)
        changed = change_child(uow, case, row, Details(**details), "procedure.changed", check=check)
        return changed, uow.changed_cases.copy()


def remove(runtime, by, child):
    with runtime.units.begin(by) as uow:
        case = editable_case(uow, child.case_id)
        return remove_child(uow, case, one_procedure(uow, case, child.id), "procedure.removed")


def numbers(runtime, by, case):
    """Return the file numbers in the order of the positions, and the positions."""
    rows = sorted(reload_case(runtime.units, by, case).other_procedures, key=lambda row: row.position)
    return [row.file_number for row in rows], [row.position for row in rows]


def latest(runtime, by, case):
    with runtime.units.begin(by) as uow:
        return history(uow, case.id, limit=1)[0]


def test_a_child_is_added_at_the_end_of_its_list_and_recorded_in_the_history(runtime, ana, case):
    add(runtime, ana, make_case(runtime.units, ana), file_number="of another case")
    made = [add(runtime, ana, case, file_number=number) for number in "abc"]
    assert numbers(runtime, ana, case) == (["a", "b", "c"], [1, 2, 3])
    assert {row.case_id for row in made} == {case.id}
    entry = latest(runtime, ana, case)
    assert (entry.action, entry.changes["file_number"]) == ("procedure.added", [None, "c"])
    remove(runtime, ana, made[1])
    add(runtime, ana, case, file_number="d")
    assert numbers(runtime, ana, case) == (["a", "c", "d"], [1, 3, 4])


def test_a_list_has_a_maximum(runtime, ana, case):
    for number in "ab":
        add(runtime, ana, case, most=2, file_number=number)
    with pytest.raises(Invalid) as refused:
        add(runtime, ana, case, most=2)
    assert refused.value is FULL
    assert numbers(runtime, ana, case)[0] == ["a", "b"]


def test_a_change_is_checked_first_and_its_fields_are_recorded(runtime, ana, case):
    child = add(runtime, ana, case, file_number="1/2024")
    changed, touched = change(runtime, ana, child, version=child.version, file_number="2/2024")
    assert (changed.file_number, changed.position) == ("2/2024", 1)
    assert touched == {case.id}
    assert latest(runtime, ana, case).changes == {"file_number": ["1/2024", "2/2024"]}

    def refuse(_details):
        raise FULL

    with pytest.raises(Invalid):
        change(runtime, ana, child, refuse, version=changed.version, file_number="3/2024")
    assert numbers(runtime, ana, case)[0] == ["2/2024"]


def test_a_stale_version_is_refused_with_the_saved_row(runtime, ana, case):
    child = add(runtime, ana, case, file_number="1/2024")
    change(runtime, ana, child, version=child.version, file_number="2/2024")
    with pytest.raises(Conflict) as clash:
        change(runtime, ana, child, version=child.version, file_number="3/2024")
    assert clash.value.row.file_number == "2/2024"
    assert numbers(runtime, ana, case)[0] == ["2/2024"]


def test_a_child_moves_one_place_and_not_beyond_the_end(runtime, ana, case):
    first, _second, third = (add(runtime, ana, case, file_number=number) for number in "abc")
    move(runtime, ana, third, earlier=True)
    assert numbers(runtime, ana, case) == (["a", "c", "b"], [1, 2, 3])
    assert latest(runtime, ana, case).action == "procedure.moved"
    move(runtime, ana, third, earlier=False)
    assert numbers(runtime, ana, case)[0] == ["a", "b", "c"]
    with runtime.units.begin(ana) as uow:
        before = len(history(uow, case.id, limit=100))
    move(runtime, ana, first, earlier=True)
    move(runtime, ana, third, earlier=False)
    assert numbers(runtime, ana, case)[0] == ["a", "b", "c"]
    with runtime.units.begin(ana) as uow:
        assert len(history(uow, case.id, limit=100)) == before


def test_a_removed_child_is_kept_by_the_history(runtime, ana, case):
    child = add(runtime, ana, case, file_number="1/2024")
    remove(runtime, ana, child)
    assert numbers(runtime, ana, case) == ([], [])
    entry = latest(runtime, ana, case)
    assert (entry.action, entry.changes["file_number"]) == ("procedure.removed", ["1/2024", None])


def test_a_person_who_may_only_read_can_not_add_children(runtime, ana, case):
    other = make_section(runtime.units, "EC")
    guest = make_actor(runtime.units, (other, Role.CASEWORKER))
    share(runtime.units, ana, case, other)
    with pytest.raises(Forbidden):
        add(runtime, guest, case)


def test_a_row_of_a_unit_of_work_that_has_ended_is_refused(runtime, ana, case):
    child = add(runtime, ana, case, file_number="1/2024")
    details = Details(version=child.version, file_number="2/2024")
    with runtime.units.begin(ana) as uow:
        found = editable_case(uow, case.id)
        with pytest.raises(ValueError, match="of a unit of work that has ended"):
            change_child(uow, found, child, details, "procedure.changed", check=lambda _details: None)
    assert numbers(runtime, ana, case)[0] == ["1/2024"]


@pytest.mark.commits
def test_two_children_added_concurrently_get_two_positions(runtime, ana):
    case = make_case(runtime.units, ana)
    both_are_in = Barrier(2, timeout=20)

    def add_one(number):
        with runtime.units.begin(ana) as uow:
            found, among = editable_case(uow, case.id), OtherProcedure.case_id == case.id
            both_are_in.wait()
            add_child(uow, found, OtherProcedure(), Details(file_number=number), "procedure.added", among=among)

    with ThreadPoolExecutor(2) as people:
        for saved in [people.submit(add_one, number) for number in "ab"]:
            saved.result(timeout=30)
    assert numbers(runtime, ana, case)[1] == [1, 2]
