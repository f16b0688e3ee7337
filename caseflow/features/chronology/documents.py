"""The chronology as a file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from caseflow.models import Case
from caseflow.outbound.tables import csv_table
from caseflow.sources import DatedEntry, Term

HEADER: Final = ("case", "first_day", "last_day", "date", "kind", "what", "subject", "details", "claims")
"""The columns, with the same names in every language so that programs can read them. `date` is EDTF, as in the facts of a case.

`first_day` and `last_day` are the days between which it was; an open end is an empty cell.
"""
OPEN_ENDS: Final = (date.min, date.max)
Words = Callable[[str | Term], str]
"""Returns a text as it is, and the words of a code in the reader's language."""


def chronology_csv(case: Case, found: Iterable[DatedEntry], words: Words) -> bytes:
    """Return entries as one CSV table."""
    numbers = {claim.id: number for number, claim in enumerate(case.claims, 1)}
    return csv_table(HEADER, [_row(case.reference, entry, sorted(_claims(entry, numbers)), words) for entry in found])


def _claims(entry: DatedEntry, numbers: Mapping[UUID, int]) -> list[int]:
    return [numbers[claim_id] for claim_id in entry.claim_ids if claim_id in numbers]


def _row(reference: str, entry: DatedEntry, claims: Sequence[int], words: Words) -> tuple[str, ...]:
    first, last = ("" if day in OPEN_ENDS else day.isoformat() for day in (entry.on.earliest, entry.on.latest))
    return (
        reference,
        first,
        last,
        entry.on.edtf,
        words(("chronology_kind", entry.kind)),
        words(("chronology", entry.what)),
        words(entry.subject),
        "; ".join(map(words, entry.details)),
        ", ".join(map(str, claims)),
    )
