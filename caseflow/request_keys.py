"""Finds and stores which forms were saved, so that a form that is sent again is saved once.

The first transaction inserts the form's key; a concurrent one with the same key waits at the primary key until the first has
committed, and then finds what was saved, or has failed, and then saves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, null, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from caseflow.clock import now
from caseflow.models import RequestKey

KEPT: Final = timedelta(days=7)
"""How long a form that is sent again is recognised. Row security lets the daily full pass delete older ones."""
LIKE_BEFORE: Final = timedelta(days=1)
"""How long the same content from another form is taken for a likely repetition."""

NOT_LOADED: Final = {"synchronize_session": False}
"""Rows of this table are not kept in the session."""
_OTHER = aliased(RequestKey)


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form as it was sent: the hash of its key, and that of its content."""

    user_id: UUID
    key: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class Saved:
    """A form that was saved before: where its sender was led, and what it shares with the form that was sent now."""

    location: str
    is_same_form: bool
    is_same_content: bool


def claim(session: Session, form: SentForm, *, also_by_content: bool) -> Saved | None:
    """Store the key of a form, in the transaction that saves it; return what was saved if it was saved before.

    `also_by_content`: return also another form with the same content, saved in the last day.
    """
    like = (
        select(_OTHER.location)
        .where(_OTHER.user_id == form.user_id, _OTHER.content == form.content, _OTHER.created_at > now() - LIKE_BEFORE)
        .order_by(_OTHER.created_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    values = {"key": form.key, "content": form.content, "user_id": form.user_id, "location": "", "created_at": now()}
    stored = insert(RequestKey).values(values).on_conflict_do_nothing(index_elements=["key"])
    row = session.execute(stored.returning(like if also_by_content else null())).one_or_none()
    if row is None:
        return find(session, [form.key], form.content)
    return None if row[0] is None else Saved(row[0], is_same_form=False, is_same_content=True)


def find(session: Session, keys: Sequence[bytes], content: bytes) -> Saved | None:
    """Return the form that was saved under one of the keys, if there is one."""
    row = session.scalar(select(RequestKey).where(RequestKey.key.in_(keys)).limit(1))
    return None if row is None else Saved(row.location, is_same_form=True, is_same_content=row.content == content)


def finish(session: Session, form: SentForm, location: str) -> None:
    """Store where the person is led after saving; without a location forget the form, which may be sent again."""
    this = RequestKey.key == form.key
    statement = update(RequestKey).where(this).values(location=location) if location else delete(RequestKey).where(this)
    session.execute(statement, execution_options=NOT_LOADED)


def forget_old(session: Session) -> None:
    """Delete the forms that are no longer recognised."""
    session.execute(delete(RequestKey).where(RequestKey.created_at < now() - KEPT), execution_options=NOT_LOADED)
