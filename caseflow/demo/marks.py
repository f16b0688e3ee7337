"""Flags on cases of the demo coalition, and links between some of them."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from caseflow.access import PersonActor
from caseflow.demo.duplicates import BY, CASE_OF_COUSINS, TWO_CASES
from caseflow.features.cases.flags.commands import NewFlag
from caseflow.features.cases.flags.queries import one_flag
from caseflow.features.cases.flags.service import raise_flag, resolve_flag
from caseflow.features.cases.links.commands import NewLink, Relation
from caseflow.features.cases.links.queries import one_link
from caseflow.features.cases.links.service import link_cases, remove_link
from caseflow.features.cases.queries import one_case
from caseflow.features.cases.service import editable_case
from caseflow.models import FlagKind
from caseflow.unit_of_work import Units

FLAGS: Final = (
    (TWO_CASES[0], FlagKind.MEDIA, "The regional paper asks for an interview.", ""),
    (TWO_CASES[0], FlagKind.OTHER, "The neighbour has a key and lets the bailiff in.", ""),
    (TWO_CASES[0], FlagKind.PAPERS, "The lease of 1998 is with the first lawyer.", "She sent a certified copy."),
    (TWO_CASES[1], FlagKind.STRATEGIC, "The first case on notices that were never delivered.", ""),
)
"""Title of the case, kind, reason, and what came of it."""


def add_marks(units: Units, people: Mapping[str, PersonActor], case_ids: Mapping[str, UUID]) -> None:
    """Flag two cases, and link them; nothing if one lacks. `case_ids` are by the titles of the cases."""
    if not case_ids.keys() >= {CASE_OF_COUSINS, *TWO_CASES}:
        return
    with units.begin(people[BY]) as uow:
        for title, kind, reason, resolution in FLAGS:
            case = editable_case(uow, case_ids[title])
            flag = raise_flag(uow, case, NewFlag(kind=kind, reason=reason))
            if resolution:
                resolve_flag(uow, case, one_flag(uow, case, flag.id), resolution)
        case = editable_case(uow, case_ids[TWO_CASES[0]])
        other, cousins = (one_case(uow, case_ids[title]).reference for title in (TWO_CASES[1], CASE_OF_COUSINS))
        links = (
            NewLink(relation=Relation.LAW, reference=other, reason="The same law on evictions of 2000, art. 441."),
            NewLink(relation=Relation.FOLLOWS, reference=other, reason="The plenary decides there first."),
        )
        for new in links:
            link_cases(uow, case, new)
        wrong = link_cases(uow, case, NewLink(relation=Relation.OPPONENT, reference=cousins, reason="The same fund"))
        remove_link(uow, one_link(uow, case, wrong.id), "Another fund of nearly the same name.")
