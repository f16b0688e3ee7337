"""What every table shares: names of constraints, the kinds of columns, random ids."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Enum, MetaData, String, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column

from caseflow.clock import now
from caseflow.db.types import UncertainDateColumn
from caseflow.law.dates import UncertainDate

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

LONGEST_LINE = 250
"""Characters of a single line; the longest name of a court in the demo data has 120."""
LONGEST_TEXT = 20_000
"""Characters of a narrative: about ten printed pages; the Committee asks for submissions of at most fifty pages."""
WIDTH_OF_A_LINE = 300
"""Characters that the column of a line can hold."""

RandomId = Annotated[UUID, mapped_column(primary_key=True, default=uuid4)]
"""Ids are random (122 bits), so that no address can be guessed and none reveals how many cases there are."""
Code = Annotated[str, mapped_column(String(40))]
Line = Annotated[str, mapped_column(String(WIDTH_OF_A_LINE))]
LongText = Annotated[str, mapped_column(Text)]
CodeList = Annotated[list[str], mapped_column(ARRAY(String(40)), default=list, server_default="{}")]
CreatedAt = Annotated[datetime, mapped_column(default=now)]


class Base(DeclarativeBase):
    """Declarative base. Relationships are `lazy="raise_on_sql"`: queries say what they load."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - declared as SQLAlchemy documents it
        datetime: DateTime(timezone=True),
        UncertainDate: UncertainDateColumn,
    }


E = TypeVar("E", bound=StrEnum)


def choice(values: type[E], name: str, **options: Any) -> MappedColumn[E]:
    """Return a column for an enum; a CHECK made from the enum allows no other values."""
    kind = Enum(
        values,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda kinds: [kind.value for kind in kinds],
    )
    return mapped_column(kind, **options)


__all__ = ["Base", "Code", "CodeList", "CreatedAt", "Line", "LongText", "RandomId", "choice"]
