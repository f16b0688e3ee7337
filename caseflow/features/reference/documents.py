"""The register as a file with the columns of the packaged `states.csv`, so that it can be changed and imported again."""

from collections.abc import Iterator
from datetime import date

from caseflow.features.reference.commands import STATE_COLUMNS
from caseflow.law import Register, StateStatus
from caseflow.outbound.tables import csv_table


def register_csv(register: Register) -> bytes:
    """Return all States as one CSV table, in the order of their codes."""
    return csv_table(STATE_COLUMNS, [list(_cells(state)) for _code, state in sorted(register.states.items())])


def _cells(state: StateStatus) -> Iterator[str]:
    for column in STATE_COLUMNS:
        value = state.bound_from if column == "op_in_force" else getattr(state, column)
        yield value.isoformat() if isinstance(value, date) else value or ""
