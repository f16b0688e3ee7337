"""A list of cases as a table: what the list shows, and no name of a person concerned."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from caseflow.features.cases.flags.queries import kinds_in
from caseflow.features.cases.lists.orders import ListRow

HEADER: Final = (
    "case", "title", "section", "state", "region", "rights", "stage", "urgency", "confidentiality", "owner", "opened",
    "one_year_ends", "next_due", "next_due_what", "last_activity", "flags",
)  # fmt: skip
"""The columns, with the same names in every language so that programs can read them."""
Words = Callable[[str, str], str]
"""Returns the words of a code of a vocabulary in the reader's language."""


def list_rows(found: Iterable[ListRow], words: Words) -> list[tuple[str, ...]]:
    """Return the rows of the table."""
    return [_row(one, words) for one in found]


def _row(one: ListRow, words: Words) -> tuple[str, ...]:
    case, due = one.case, one.next_due
    return (
        case.reference,
        case.title,
        case.section.code,
        case.state_code,
        case.place_region,
        ", ".join(words("right", right) for right in case.rights),
        words("stage", case.stage.value),
        words("urgency", case.urgency.value),
        words("confidentiality", case.confidentiality.value),
        case.owner.name if case.owner else "",
        case.opened_on.isoformat(),
        _day(one.one_year_on),
        _day(due.due_on if due else None),
        (due.title or words("deadline_kind", due.kind.value)) if due else "",
        one.active_at.astimezone(ZoneInfo(case.section.time_zone)).date().isoformat(),
        ", ".join(words("flag_kind", kind.value) for kind in kinds_in(one.counts[0])),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
