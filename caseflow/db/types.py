"""Custom column types."""

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator

from caseflow.law.dates import UncertainDate


class UncertainDateColumn(TypeDecorator[UncertainDate]):
    """A date with its precision, stored as EDTF text (ISO 8601-2): `2013-10-03`, `2013-10~`, `../2013-05`.

    The text is what people knew; the days it may mean are computed where they are needed, so a better reading of
    "about" changes no stored row.
    """

    impl = String(24)
    cache_ok = True

    def process_bind_param(self, value: UncertainDate | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - its signature
        """Give the database the EDTF text."""
        return None if value is None else value.edtf

    def process_result_value(self, value: str | None, dialect: Dialect) -> UncertainDate | None:  # noqa: ARG002 - its signature
        """Give Python the date."""
        return None if value is None else UncertainDate.parse(value)
