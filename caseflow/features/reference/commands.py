"""Commands of the services of reference data."""

from dataclasses import dataclass
from datetime import date

STATE_FIELDS = (
    "name", "covenant", "op_signed", "op_deposit", "op_deposit_kind", "op_denounced", "inquiry", "interstate",
    "declarations", "verification", "source", "checked_on",
)  # fmt: skip
"""The fields that are entered for a State. The day of entry into force is computed from the deposit."""

STATE_COLUMNS = (
    "iso2", "name", "covenant", "op_signed", "op_deposit", "op_deposit_kind", "op_in_force", "op_denounced", "inquiry",
    "interstate", "declarations", "verification", "source", "checked_on",
)  # fmt: skip
"""The columns of the register as a file, imported or exported: those of the packaged `states.csv`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateDetails:
    """The new values of a State's row."""

    name: str
    covenant: str
    op_signed: date | None
    op_deposit: date | None
    op_deposit_kind: str | None
    op_denounced: date | None
    inquiry: str | None
    interstate: str | None
    declarations: str
    verification: str
    source: str
    checked_on: date | None
