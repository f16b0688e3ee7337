"""What the list of cases can be sorted by, and its rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from caseflow.features.cases.commands import Sort
from caseflow.features.cases.queries import NextDue
from caseflow.models import NO_DAY, Case, CaseListing
from caseflow.models.case_listing import or_last


@dataclass(frozen=True, slots=True)
class ListRow:
    """A case of the list, with the days that it is sorted by, and what features count of it."""

    case: Case
    one_year_on: date | None
    irreversible_on: date | None
    due_on: date | None
    active_at: datetime
    next_due: NextDue | None = None
    """The next deadline that cannot be undone; where there is none, the next other one."""
    counts: Sequence[object] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is sorted by, before the id."""

    keys: tuple[Any, ...]
    id: Any
    """The id, of the table that has the keys and so the index."""
    values: Callable[[ListRow], tuple[date | datetime, ...]]
    """The values of the keys for a row."""
    is_descending: bool = False


ORDERS: Final[Mapping[Sort, Order]] = {
    Sort.DUE: Order(
        (or_last(CaseListing.irreversible_on), or_last(CaseListing.due_on)),
        CaseListing.case_id,
        lambda row: (row.irreversible_on or NO_DAY, row.due_on or NO_DAY),
    ),
    Sort.CLOCK: Order(
        (or_last(CaseListing.one_year_on),), CaseListing.case_id, lambda row: (row.one_year_on or NO_DAY,)
    ),
    Sort.ACTIVITY: Order(
        (CaseListing.active_at,), CaseListing.case_id, lambda row: (row.active_at,), is_descending=True
    ),
    Sort.OPENED: Order((Case.opened_on,), Case.id, lambda row: (row.case.opened_on,), is_descending=True),
}
