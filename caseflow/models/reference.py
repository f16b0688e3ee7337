"""Reference data: loaded from the dated packs of the law engine or by an administrator, with version and source."""

from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from caseflow.db.base import Base, Code, CreatedAt, Line, LongText, RandomId

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class State(Base):
    """A State and its acceptance of the Covenant and the Optional Protocol.

    A row without `changed_at` equals the dated pack and is updated by a newer pack; a row that an administrator changed is
    not, and has its own source and day.
    """

    __tablename__ = "state"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[Line]
    covenant: Mapped[Code]
    op_signed: Mapped[date | None]
    op_deposit: Mapped[date | None]
    op_deposit_kind: Mapped[str | None] = mapped_column(String(40))
    op_in_force: Mapped[date | None]
    op_denounced: Mapped[date | None]
    """The day on which the depositary received a denunciation (art. 20)."""
    inquiry: Mapped[str | None] = mapped_column(String(40))
    """Opt-in to the inquiry procedure (art. 11): yes, no, unknown; null where it is not possible."""
    interstate: Mapped[str | None] = mapped_column(String(40))
    """Opt-in to inter-State communications (art. 10)."""
    declarations: Mapped[LongText] = mapped_column(default="", server_default="")
    verification: Mapped[Code]
    source: Mapped[LongText]
    checked_on: Mapped[date | None]
    pack: Mapped[Code]
    changed_at: Mapped[datetime | None]
    """When an administrator last changed the row; null while it equals the pack."""
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it


class TreatyAcceptance(Base):
    """Whether a State accepted another treaty or its complaint procedure. Without a row it is not known.

    A row with a `pack` equals the dated pack and is updated by a newer one; an imported or changed row has none.
    """

    __tablename__ = "treaty_acceptance"
    __table_args__ = (Index("ix_treaty_acceptance_state_code", "state_code"),)

    treaty: Mapped[Code] = mapped_column(primary_key=True)
    """Code of the instrument that opens a route, such as `OP-ICCPR` or `CERD-14` (`law/data`)."""
    state_code: Mapped[str] = mapped_column(ForeignKey("state.code"), primary_key=True)
    is_accepted: Mapped[bool]
    in_force_on: Mapped[date | None]
    """First day on which it binds the State; null if not known or not accepted."""
    ended_on: Mapped[date | None]
    """First day on which it no longer binds the State."""
    source: Mapped[LongText]
    checked_on: Mapped[date]
    pack: Mapped[str | None] = mapped_column(String(40))
    """Version of the pack that the row equals; null once an administrator wrote it."""
    changed_at: Mapped[CreatedAt]

    @property
    def version(self) -> int:
        """Return the microseconds of the last change since 1970: the version for forms, to detect concurrent changes."""
        return (self.changed_at - EPOCH) // timedelta(microseconds=1)


class RegisterChange(Base):
    """The history of reference data: who changed what, and from which source. Insert-only.

    `subject` is `state`, `treaty_acceptance`, `remedy_map`, `decision` or `holding`; `subject_key` its code or id.
    """

    __tablename__ = "register_change"
    __table_args__ = (
        Index("ix_register_change_subject", "subject", "subject_key", "at"),
        Index("ix_register_change_at", "at"),
    )

    id: Mapped[RandomId]
    at: Mapped[CreatedAt]
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    """Null when a pack was loaded."""
    subject: Mapped[Code]
    subject_key: Mapped[str] = mapped_column(String(60))
    action: Mapped[Code]
    changes: Mapped[dict[str, object]] = mapped_column(JSONB, default=dict, server_default="{}")
    """Maps the name of a field to [before, after]."""
    source: Mapped[LongText] = mapped_column(default="", server_default="")
