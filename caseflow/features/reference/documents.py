"""The register as a file with the columns of the packaged `states.csv`, so that it can be changed and imported again."""

from collections.abc import Iterable, Iterator
from datetime import date

from caseflow.features.reference.commands import STATE_COLUMNS, StateDetails
from caseflow.law import Register, StateStatus
from caseflow.outbound.tables import csv_table


def register_csv(register: Register) -> bytes:
    """Return all States as one CSV table, in the order of their codes."""
    return csv_table(STATE_COLUMNS, [list(_cells(state)) for _code, state in sorted(register.states.items())])


def previewed_csv(rows: Iterable[tuple[str, StateDetails]]) -> str:
    """Return the rows of a preview that would be written, by code, for its confirmation. Entry into force follows from the deposit."""
    return csv_table(STATE_COLUMNS, [list(_cells_of(code, details)) for code, details in rows]).decode()


def _cells(state: StateStatus) -> Iterator[str]:
    for column in STATE_COLUMNS:
        yield _cell(state.bound_from if column == "op_in_force" else getattr(state, column))


def _cells_of(code: str, details: StateDetails) -> Iterator[str]:
    for column in STATE_COLUMNS:
        yield code if column == "iso2" else _cell(getattr(details, column, None))


def _cell(value: date | str | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""
