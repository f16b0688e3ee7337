"""Reference data: loaded from the dated packs of the law engine, with version and source."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from caseflow.db.base import Base, Code, Line, LongText


class State(Base):
    """A State and what is known of its acceptance of the Covenant and the Optional Protocol."""

    __tablename__ = "state"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[Line]
    covenant: Mapped[Code]
    op_signed: Mapped[date | None]
    op_deposit: Mapped[date | None]
    op_in_force: Mapped[date | None]
    verification: Mapped[Code]
    source: Mapped[LongText]
    pack: Mapped[Code]


class VocabularyTerm(Base):
    """One code of a controlled vocabulary. Codes are stable: a term is retired, never deleted or renamed."""

    __tablename__ = "vocabulary_term"

    vocabulary: Mapped[Code] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    label: Mapped[Line]
    position: Mapped[int]
    parent_code: Mapped[str | None] = mapped_column(String(60))
    details: Mapped[dict[str, object]] = mapped_column(JSONB, default=dict, server_default="{}")
    is_active: Mapped[bool] = mapped_column(default=True)
    pack: Mapped[Code]
