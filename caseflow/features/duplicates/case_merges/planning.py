"""What a merge makes of the description of two cases, computed from their values alone: nothing is read or written here."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from caseflow.features.duplicates.case_merges.commands import Taken
from caseflow.features.duplicates.planning import Row

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title",),
    "happened": ("happened",),
    "place": ("place_region", "place_district"),
    "urgency": ("urgency",),
    "owner": ("owner_id",),
    "narrative": ("narrative",),
    "lateness_reason": ("lateness_reason",),
}
"""What one chooses where two cases differ, and the columns that it stands for."""
LONG_TEXTS: Final = ("narrative", "lateness_reason")
CONFIRMED: Final = ("is_without_other_procedures", "is_without_objections")
"""Stands after a merge only if it was confirmed in both."""
RESTORED: Final = (
    *(column for columns in CHOICES.values() for column in columns), *CONFIRMED, "rights", "contact_note_sealed"
)  # fmt: skip
"""The columns of the case that stays which a merge may change."""


def differing(kept: Any, merged: Any) -> list[str]:
    """Return on which choices two cases differ."""
    return [
        name for name, columns in CHOICES.items() if any(getattr(kept, one) != getattr(merged, one) for one in columns)
    ]


def is_empty(case: Any, name: str) -> bool:
    """Return whether a case says nothing about a choice."""
    return all(getattr(case, one) in (None, "") for one in CHOICES[name])


def values_after(kept: Any, merged: Any, taken: Mapping[str, Taken]) -> dict[str, object]:
    """Return the values of the case that stays, by column."""
    values: dict[str, object] = {name: getattr(kept, name) and getattr(merged, name) for name in CONFIRMED}
    for name, which in taken.items():
        for column in CHOICES[name]:
            if which is Taken.MERGED:
                values[column] = getattr(merged, column)
            elif which is Taken.BOTH and name in LONG_TEXTS:
                values[column] = both_texts(getattr(kept, column), getattr(merged, column), merged.reference)
    return values


def both_texts(first: str, second: str, reference: str) -> str:
    """Return two texts, one below the other, the second with the case that it is from."""
    return "\n\n".join(filter(None, (first, f"{reference}:\n{second}" if second else "")))


def roles_of_one_person(rows: Sequence[Row], moved: Mapping[str, Any], case_id: str) -> list[tuple[Row, Row]]:
    """Return the roles of persons who are in both cases: first that of the case that stays."""
    came = {one["id"] for one in moved["case_person"]}
    roles = [row for row in rows if row.source == "case_person" and row.values["case_id"] == case_id]
    own = {row.values["person_id"]: row for row in roles if row.key not in came}
    return [(own[row.values["person_id"]], row) for row in roles if row.key in came and row.values["person_id"] in own]
