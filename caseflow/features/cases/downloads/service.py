"""Take a list of cases out. The trail records who did, why, and how many cases there were."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from caseflow.errors import Invalid
from caseflow.features.cases.commands import Window
from caseflow.features.cases.downloads.commands import ListToTake
from caseflow.features.cases.flags.queries import OPEN_KINDS
from caseflow.features.cases.lists.orders import ListRow
from caseflow.features.cases.lists.queries import case_list
from caseflow.models import Section
from caseflow.unit_of_work import UnitOfWork

MOST_TAKEN: Final = 5_000
"""Cases of one file."""


@dataclass(frozen=True, slots=True)
class TakenList:
    """The cases of a file, and whether there are more than it may hold."""

    rows: Sequence[ListRow]
    is_cut: bool


def take_list(uow: UnitOfWork, asked: ListToTake) -> TakenList:
    """Return the cases of a list. Each section of the person gets an entry in its trail, each shared case one in its history.

    Raises:
        Invalid: a reason is missing.
    """
    if not asked.reason.strip():
        raise Invalid("Nothing was downloaded.", {"reason": "Say why you need the file, without names."})
    window = Window(sort=asked.sort, is_reversed=asked.is_reversed, size=MOST_TAKEN, count_up_to=MOST_TAKEN)
    found = case_list(uow, asked.filters, window, (OPEN_KINDS,))
    own = {member.section_id for member in uow.person.memberships}
    numbers = Counter(case.section_id for case in found.cases if case.section_id in own)
    for section_id, number in numbers.items():
        section = uow.session.get_one(Section, section_id)
        changes: dict[str, list[object]] = {"reason": [None, asked.reason.strip()], "cases": [None, number]}
        uow.audit.record("case_list.exported", section, section_id=section_id, changes=changes)
    for case in found.cases:
        if case.section_id not in own:
            reason: dict[str, list[object]] = {"reason": [None, asked.reason.strip()]}
            uow.audit.record("case_list.exported", case, section_id=case.section_id, case_id=case.id, changes=reason)
    return TakenList(found.rows, found.is_more)
