"""What a merge plans, without a database: which answer is kept, and that every row stays known."""

from uuid import uuid4

import pytest

from caseflow.db.base import Base
from caseflow.features.duplicates.commands import MergeChoices
from caseflow.features.duplicates.planning import KEYS, Row, plan_merge, stricter
from caseflow.models import KeptIdentity, RowChange


def answer(status="given", until=None, decided_on="2026-01-05"):
    return {"status": status, "until": until, "decided_on": decided_on}


@pytest.mark.parametrize(
    ("stands", "other"),
    [
        (answer("refused"), answer("given")),
        (answer("withdrawn"), answer("not_needed")),
        (answer("withdrawn", decided_on="2026-02-01"), answer("refused", decided_on="2026-01-01")),
        (answer("refused", decided_on="2026-02-01"), answer("withdrawn", decided_on="2026-01-01")),
        (answer("given", until="2026-06-01"), answer("given")),
        (answer("given", until="2026-06-01"), answer("given", until="2026-07-01")),
        (answer("not_needed", until="2026-06-01"), answer("given")),
        (answer("given"), answer("not_needed")),
    ],
)
def test_the_stricter_answer_is_kept_in_either_order(stands, other):
    assert stricter(stands, other) is stands
    assert stricter(other, stands) is stands


def person(**values):
    given = {
        "id": str(uuid4()), "kind": "individual", "size": None, "life_status": None, "is_child": None,
        "lacks_capacity": None, "is_named": True, "merged_into_id": None, "is_set_aside": False, "version": 1,
    }  # fmt: skip
    return Row("person", {**given, **values})


def after(plan):
    return {step.after.key: step.after.values for step in plan.steps if step.after is not None}


def plan_of(first, second, *further, **choices):
    ids = (first.values["id"], second.values["id"])
    return plan_merge(*ids, [first, second, *further], MergeChoices(**choices))


def test_the_merged_person_points_to_the_one_who_stays():
    first, second = person(is_named=False), person()
    rows = after(plan_of(first, second))
    assert rows[second.key]["merged_into_id"] == first.key
    assert rows[first.key]["is_named"]
    assert rows[first.key]["version"] == 2


def test_an_identity_that_is_not_kept_is_set_aside_with_those_merged_before():
    first, second = person(), person()
    before = person(merged_into_id=first.key)
    rows = after(plan_of(first, second, before, identity=KeptIdentity.MERGED))
    aside = {key: row["is_set_aside"] for key, row in rows.items()}
    assert aside == {first.key: True, second.key: False, before.key: True}


def test_the_only_name_is_never_set_aside():
    first, second = person(), person(is_named=False)
    rows = after(plan_of(first, second, identity=KeptIdentity.MERGED))
    assert not any(row["is_set_aside"] for row in rows.values())


def test_a_size_goes_with_its_kind():
    first, second = person(), person(kind="household", size=4)
    row = after(plan_of(first, second, person=frozenset({"kind"})))[first.key]
    assert (row["kind"], row["size"]) == ("household", 4)


def test_what_the_two_were_to_each_other_stays_where_it_is():
    first, second, other = person(), person(), person()
    pairs = [(first, second), (second, other), (first, other)]
    relations = [
        Row("person_relation", {"id": str(uuid4()), "person_id": one.key, "other_id": two.key, "kind": "spouse"})
        for one, two in pairs
    ]
    plan = plan_of(first, second, *relations)
    assert {step.change for step in plan.steps if step.row.source == "person_relation"} == {RowChange.NONE}


def role(person, code_name, **values):
    given = {"id": str(uuid4()), "case_id": CASE, "person_id": person.key, "code_name": code_name, "roles": ["victim"],
             "groups": [], "description": "", "is_affected": None, "affected_how": "", "is_within_jurisdiction": None,
             "is_identified": None, "version": 1}  # fmt: skip
    return Row("case_person", {**given, **values})


CASE = str(uuid4())


def test_evidence_of_a_second_role_supports_the_one_that_stays_once():
    first, second = person(), person()
    roles = [role(first, "V1"), role(second, "V2")]
    shared, other = str(uuid4()), str(uuid4())
    supports = [
        Row("evidence_support", {"id": str(uuid4()), "case_id": CASE, "evidence_id": one, "case_person_id": of.key})
        for one, of in ((shared, roles[0]), (shared, roles[1]), (other, roles[1]))
    ]
    rows = after(plan_of(first, second, *roles, *supports)).values()
    kept = [(one["evidence_id"], one["case_person_id"]) for one in rows if "evidence_id" in one]
    assert sorted(kept) == sorted([(shared, roles[0].key), (other, roles[0].key)])


STAYS = {
    "person_identity", "identity_token", "identity_reveal", "contact_channel_value",  # sealed or keyed for one record
    "person_merge",
    "person_difference",  # of whoever stands for the two
    "note", "task", "reprisal",  # their pages say about whom they are now
}  # fmt: skip


def test_every_table_that_names_a_person_has_its_place_in_a_merge():
    naming = {
        table.name
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name in {"person", "case_person"} and key.column.name == "id"
    }
    assert naming == {*KEYS, *STAYS} - {"contact_channel_value"}


def test_a_step_back_is_the_opposite():
    first, second = person(), person()
    for step in plan_of(first, second).steps:
        assert step.reverted().after == step.before
        assert step.reverted().before == step.after
