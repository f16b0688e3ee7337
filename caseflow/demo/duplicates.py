"""Persons and cases of the demo coalition that look the same and are not."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from caseflow.access import PersonActor
from caseflow.features.cases.queries import one_case
from caseflow.features.duplicates.case_merges.commands import MergingCases, Taken
from caseflow.features.duplicates.case_merges.queries import digest_of_both
from caseflow.features.duplicates.case_merges.service import merge_cases
from caseflow.features.duplicates.cases import service as cases
from caseflow.features.duplicates.dismissing import say_different
from caseflow.features.duplicates.service import pair_of
from caseflow.features.people.queries import people_of_case
from caseflow.unit_of_work import Units

BY: Final = "lucia"
CASE_OF_COUSINS: Final = "Widow's pension recovered in full after an error of the office"
COUSINS: Final = "Two cousins of the same name: one is 74 years old, the other 51."
TWO_CASES: Final = (
    "Tenant of 81 evicted at the end of a lease by an investment fund",
    "Foreclosure on a family home after notices never delivered",
)
ONE_ROOM: Final = (
    "Room without window rented out after energy was cut off",
    "Windowless room let to a couple without electricity",
)
ONE_CALL: Final = "Both calls are about the room in the cellar: the couple told the neighbour to call."
TWO_HOUSES: Final = "Two flats in one street: a lease that ended, and a mortgage."


def say_what_differs(units: Units, people: Mapping[str, PersonActor], case_ids: Mapping[str, UUID]) -> None:
    """Say of two persons, and of two cases, that they are not the same. `case_ids` are by the titles of the cases; nothing if one lacks."""
    if not case_ids.keys() >= {CASE_OF_COUSINS, *TWO_CASES}:
        return
    with units.begin(people[BY]) as uow:
        first, second, *_ = people_of_case(uow, one_case(uow, case_ids[CASE_OF_COUSINS]))
        say_different(uow, pair_of(uow, first.id, second.id), COUSINS)
        cases.say_different(uow, cases.pair_of(uow, *(case_ids[title] for title in TWO_CASES)), TWO_HOUSES)


def merge_what_is_one(units: Units, people: Mapping[str, PersonActor], case_ids: Mapping[str, UUID]) -> None:
    """Merge the two cases of one event. `case_ids` are by the titles of the cases; nothing if one lacks."""
    if not case_ids.keys() >= {*ONE_ROOM}:
        return
    ids = [case_ids[title] for title in ONE_ROOM]
    with units.begin(people[BY]) as uow:
        pair = cases.pair_of(uow, *ids)
        taken = {"narrative": Taken.BOTH}
        merge_cases(uow, pair, MergingCases(reason=ONE_CALL, seen=digest_of_both(uow, ids), taken=taken))
