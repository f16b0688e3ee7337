"""Keeps what people type and have not saved, sealed, in the table `draft`: one row for each person, form and window."""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Row, Select, String, and_, delete, exists, func, literal, null, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased
from sqlalchemy.types import DateTime, Integer, LargeBinary, Uuid

from caseflow.clock import now
from caseflow.db.sealing import KeyRing, SealBroken
from caseflow.models import Case, Deadline, Draft

KEPT: Final = timedelta(days=30)
"""How long what was typed is kept. Row security lets the daily full pass delete older rows."""
FORGOTTEN_AFTER: Final = timedelta(days=1)
"""How long it is remembered that a form was saved: a text that its page sent before may arrive later."""
MOST: Final = 200
"""Drafts that a person may have."""
SHOWN: Final = 5
"""Drafts of one form that its page offers, the latest first."""
MOST_CHARACTERS: Final = 400_000
"""Of one draft. No form of ours is half as long."""
ALWAYS: Final = 0
"""The order of what the application keeps itself: it is newer than what the page sent before."""
NOT_LOADED: Final = {"synchronize_session": False}
"""Rows of this table are not kept in the session."""
_OWN = aliased(Draft)


@dataclass(frozen=True, slots=True)
class Place:
    """One form in one window: who types, the path to which it is sent, its key, and what tells its case."""

    user_id: UUID
    address: str
    form_key: str
    case_id: UUID | None = None
    deadline_id: UUID | None = None
    """Instead of the case: a deadline of it."""

    @property
    def bound_to(self) -> str:
        """What the sealed text is bound to."""
        return Draft(user_id=self.user_id, address=self.address, form_key=self.form_key).bound_to("typed")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: names and values of the fields in their order, and the query of the page of the form."""

    fields: Sequence[tuple[str, str]]
    query: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft without its text."""

    id: UUID
    address: str
    form_key: str
    saved_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A draft in the list of a person, with the id and the reference of its case, if it belongs to one."""

    draft: Kept
    case_id: UUID | None
    reference: str | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft with its text."""

    listed: Listed
    typed: Typed

    @property
    def draft(self) -> Kept:
        """The draft without its text."""
        return self.listed.draft


def seal(keys: KeyRing, place: Place, typed: Typed) -> bytes | None:
    """Return what was typed, sealed; None if it is longer than any form of ours."""
    text = json.dumps([typed.query, [list(pair) for pair in typed.fields]])
    if len(text) > MOST_CHARACTERS:
        return None
    packed = b64encode(zlib.compress(text.encode(errors="surrogatepass"))).decode()
    return keys.seal(packed, place.bound_to)


def keep(session: Session, place: Place, sealed: bytes, written: int = ALWAYS) -> UUID | None:
    """Keep what was typed in the place of what was kept of this form in this window; return its id.

    None if the person does not see the case, has too many drafts, has saved the form meanwhile, or if something newer is kept.
    """
    kinds: dict[str, tuple[Any, Any]] = {
        "id": (uuid4(), Uuid()),
        "user_id": (place.user_id, Uuid()),
        "address": (place.address, String()),
        "form_key": (place.form_key, String()),
        "typed_sealed": (sealed, LargeBinary()),
        "saved_at": (now(), DateTime(timezone=True)),
        "written": (written, BigInteger()),
        "version": (1, Integer()),
    }
    values = {name: literal(value, kind) for name, (value, kind) in kinds.items()}
    source = _with_case(place, values).where(or_(_has_room(place), _is_there(place)))
    row = insert(Draft).from_select([*values, "case_id"], source)
    is_newer = Draft.written < row.excluded.written if written != ALWAYS else literal(value=True)
    replaced = row.on_conflict_do_update(
        index_elements=["user_id", "address", "form_key"],
        set_={
            "typed_sealed": row.excluded.typed_sealed,
            "saved_at": row.excluded.saved_at,
            "written": func.greatest(Draft.written, row.excluded.written),
            "version": Draft.version + 1,
        },
        where=and_(Draft.typed_sealed.is_not(None), is_newer),
    )
    return session.scalar(replaced.returning(Draft.id), execution_options={"populate_existing": False})


def _with_case(place: Place, values: dict[str, Any]) -> Select[Any]:
    """Return the row to insert. There is none if the person does not see its case."""
    if place.case_id is not None:
        return select(*values.values(), Case.id).where(Case.id == place.case_id)
    if place.deadline_id is not None:
        return select(*values.values(), Deadline.case_id).where(Deadline.id == place.deadline_id)
    return select(*values.values(), literal(None, Uuid()))


def _has_room(place: Place) -> Any:
    mine = select(func.count()).where(_OWN.user_id == place.user_id, _OWN.typed_sealed.is_not(None))
    return mine.scalar_subquery() < MOST


def _is_there(place: Place) -> Any:
    form = (_OWN.user_id == place.user_id, _OWN.address == place.address, _OWN.form_key == place.form_key)
    return exists(select(_OWN.id).where(*form))


def saved(session: Session, place: Place) -> None:
    """Erase what was kept of a form that is saved in this transaction, and remember for a day that it was saved."""
    values = {"id": uuid4(), "user_id": place.user_id, "address": place.address, "form_key": place.form_key}
    row = insert(Draft).values(**values, typed_sealed=null(), saved_at=now(), written=ALWAYS, version=1)
    erased = row.on_conflict_do_update(
        index_elements=["user_id", "address", "form_key"],
        set_={"typed_sealed": None, "saved_at": row.excluded.saved_at},
    )
    session.execute(erased, execution_options=NOT_LOADED)


def erase(session: Session, draft_id: UUID, version: int, address: str | None = None) -> bool:
    """Erase a draft, of this address if one is given; return whether it was there with this version."""
    is_this = Draft.version == literal(version, BigInteger)  # as sent: it may be more than the column holds
    this = delete(Draft).where(Draft.id == draft_id, is_this, Draft.typed_sealed.is_not(None))
    if address is not None:
        this = this.where(Draft.address == address)
    return bool(session.execute(this.returning(Draft.id), execution_options=NOT_LOADED).all())


def erase_of_form(session: Session, place: Place) -> None:
    """Erase what was kept of a form in a window."""
    form = (Draft.user_id == place.user_id, Draft.address == place.address, Draft.form_key == place.form_key)
    session.execute(delete(Draft).where(*form), execution_options=NOT_LOADED)


def erase_of_window(session: Session, place: Place) -> None:
    """Erase what was kept of all forms with the key of a form: those of its steps."""
    this = delete(Draft).where(Draft.user_id == place.user_id, Draft.form_key == place.form_key)
    session.execute(this, execution_options=NOT_LOADED)


def drafts_of_forms(session: Session, user_id: UUID, addresses: Sequence[str]) -> list[Kept]:
    """Return the latest drafts of a person for a form, or for the steps of one, the newest first."""
    return _kept(session, _of(user_id).where(Draft.address.in_(addresses)).limit(SHOWN))


def drafts_of(session: Session, user_id: UUID, most: int = MOST) -> list[Listed]:
    """Return the drafts of a person, the newest first."""
    return [_listed(row) for row in session.execute(_with_reference(user_id).limit(most))]


def draft_of(session: Session, user_id: UUID, draft_id: UUID) -> Kept | None:
    """Return a draft of a person; None if there is none, or if they do not see its case any more."""
    return next(iter(_kept(session, _of(user_id).where(Draft.id == draft_id))), None)


def number_of(session: Session, user_id: UUID) -> int:
    """Return how many drafts a person has."""
    mine = select(func.count()).where(Draft.user_id == user_id, Draft.typed_sealed.is_not(None))
    return session.scalar(mine.where(Draft.saved_at > now() - KEPT)) or 0


def open_draft(session: Session, keys: KeyRing, user_id: UUID, draft_id: UUID) -> Opened | None:
    """Return a draft of a person with its text; None if there is none, or if it can't be read any more."""
    one = _with_reference(user_id).add_columns(Draft.typed_sealed).where(Draft.id == draft_id)
    found = session.execute(one).one_or_none()
    if found is None:
        return None
    listed = _listed(found)
    place = Place(user_id, listed.draft.address, listed.draft.form_key)
    try:
        packed = keys.open(found.typed_sealed, place.bound_to)
    except (SealBroken, ValueError, IndexError):
        return None
    query, fields = json.loads(zlib.decompress(b64decode(packed)).decode(errors="surrogatepass"))
    return Opened(listed, Typed([(name, value) for name, value in fields], query))


def _of(user_id: UUID) -> Select[*tuple[Any, ...]]:
    columns = (Draft.id, Draft.address, Draft.form_key, Draft.saved_at, Draft.version)
    lasting = (Draft.user_id == user_id, Draft.typed_sealed.is_not(None), Draft.saved_at > now() - KEPT)
    return select(*columns).where(*lasting).order_by(Draft.saved_at.desc(), Draft.id)


def _with_reference(user_id: UUID) -> Select[*tuple[Any, ...]]:
    return _of(user_id).add_columns(Draft.case_id, Case.reference).outerjoin(Case, Case.id == Draft.case_id)


def _listed(row: Row[Any]) -> Listed:
    kept = Kept(row.id, row.address, row.form_key, row.saved_at, row.version)
    return Listed(kept, row.case_id, row.reference)


def _kept(session: Session, statement: Select[*tuple[Any, ...]]) -> list[Kept]:
    return [Kept(*row) for row in session.execute(statement)]


def forget_old(session: Session) -> None:
    """Delete what was kept for too long, and the marks of forms that were saved."""
    old = Draft.saved_at < now() - KEPT
    done = and_(Draft.typed_sealed.is_(None), Draft.saved_at < now() - FORGOTTEN_AFTER)
    session.execute(delete(Draft).where(or_(old, done)), execution_options=NOT_LOADED)


def erase_all_of(session: Session, user_id: UUID) -> None:
    """Erase all drafts of a person whose account is closed. Only whoever manages accounts can."""
    session.execute(select(func.caseflow_erase_drafts(user_id)))
