"""The columns by which a case is found: the words of its own text, and of its claims, acts, remedies, procedures, notes, letters and tasks.

They are written in the flush that changes one of these texts, so that they are never behind it. The contact note is none
of them, nor is a note on evidence: evidence may be restricted to the section of the case, and a case must not be found by words
that the reader may not see.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    Connection,
    Engine,
    Integer,
    Select,
    String,
    Table,
    Uuid,
    any_,
    bindparam,
    event,
    inspect,
    literal,
    select,
    text,
    true,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from caseflow.db.base import Base
from caseflow.db.searching import VERSION, lookup, vector
from caseflow.models.case import Act, Case, Claim, OtherProcedure
from caseflow.models.letter import Letter
from caseflow.models.note import Note
from caseflow.models.remedy import DomesticRemedy
from caseflow.models.task import Task

LOOKED_UP: Final = ("reference", "place_region", "place_district")
SEARCHED: Final = ("title", *LOOKED_UP, "narrative")
"""The columns of a case that are searched. The narrative may be long, so its words are stored last."""
CHILDREN: Final[Mapping[type[Base], tuple[str, ...]]] = {
    Claim: ("label",),
    Act: ("what",),
    DomesticRemedy: ("authority", "file_number"),
    OtherProcedure: ("file_number",),
    Letter: ("registration_number",),
    Note: ("text",),
    Task: ("title",),
}
"""The columns that are searched of what belongs to a case."""
NOT_SEARCHED: Final[Mapping[str, str]] = {"note": "evidence_id"}
"""Tables of which the rows that name something in this column are left out."""
BATCH = 500
CASES: Final = Base.metadata.tables["case"]
CHILD_TABLES: Final = {Base.metadata.tables[child.__tablename__]: names for child, names in CHILDREN.items()}
LOCK_TIMEOUT: Final = text("SET LOCAL lock_timeout = '5s'")
WITHOUT_POLICIES, WITH_POLICIES = (
    [text(f'ALTER TABLE "{table.name}" {word}FORCE ROW LEVEL SECURITY') for table in (CASES, *CHILD_TABLES)]
    for word in ("NO ", "")
)
_IDS: Final = bindparam("ids", type_=ARRAY(Uuid))
_LOCK: Final = select(CASES.c.id).where(CASES.c.id == any_(_IDS)).order_by(CASES.c.id).with_for_update(key_share=True)


def _texts_of(table: Table, name: str) -> Any:
    case_id = CASES.c.id if table is CASES else table.c.case_id
    position = table.c.position.cast(Integer) if "position" in table.c else literal(0)
    place = literal(f"{table.name}.{name}", String)
    left_out = NOT_SEARCHED.get(table.name)
    is_searched = table.c[left_out].is_(None) if left_out else true()
    return select(
        case_id.label("case_id"),
        place.label("place"),
        position.label("position"),
        table.c.id,
        table.c[name].label("text"),
    ).where(case_id == any_(_IDS), table.c[name] != "", is_searched)


_PLACES: Final = {
    f"{table.name}.{name}": (table, name)
    for table, names in {CASES: SEARCHED, **CHILD_TABLES}.items()
    for name in names
}


@cache
def searched_texts(places: tuple[str, ...] = tuple(_PLACES)) -> Select[UUID, str, str]:
    """Return the statement for the texts of the cases `ids` that are searched: those of places such as "act.what", in order."""
    each = union_all(*(_texts_of(*_PLACES[place]) for place in places)).subquery()
    return select(each.c.case_id, each.c.place, each.c.text).order_by(
        each.c.case_id, each.c.place, each.c.position, each.c.id
    )


OUTDATED: Final = (
    select(CASES.c.id)
    .where(CASES.c.search_version < VERSION, CASES.c.id > bindparam("last"))
    .order_by(CASES.c.id)
    .limit(bindparam("most"))
)
RENEWAL: Final = (
    update(CASES)
    .where(CASES.c.id == bindparam("row"))
    .values({name: bindparam(name) for name in ("search", "lookup", "search_version")})
)


def search_text(texts: Mapping[str, str], of_children: Iterable[str] = ()) -> dict[str, Any]:
    """Return the columns by which a case with these texts is found."""
    *first, narrative = (texts.get(name, "") for name in SEARCHED)
    return {
        "search": vector(*(one for one in (*first, *of_children, narrative) if one)),
        "lookup": lookup(*(texts.get(name, "") for name in LOOKED_UP)),
        "search_version": VERSION,
    }


@event.listens_for(Case, "before_insert")
def write_search_text(_mapper: object, _connection: object, case: Case) -> None:
    """Store the words of a new case together with its text."""
    for name, value in search_text({name: getattr(case, name) or "" for name in SEARCHED}).items():
        setattr(case, name, value)


@event.listens_for(Session, "after_flush")
def renew_changed(session: Session, _context: object) -> None:
    """Write the words of the cases of which a text has changed, or that of something that belongs to them.

    The case is locked first, in a statement of its own: what another transaction has changed is then seen.
    """
    changed = {_case_id(row) for row in chain(session.new, session.dirty, session.deleted) if _is_changed(session, row)}
    if changed:
        connection, ids = session.connection(), sorted(changed)
        renew_words(connection, ids)


def renew_words(connection: Connection, ids: Sequence[UUID]) -> None:
    """Write the words of cases from their stored texts, which nobody else changes meanwhile."""
    connection.execute(_LOCK, {"ids": ids})
    _write(connection, ids)


def _case_id(row: Any) -> UUID:
    found: UUID = row.id if isinstance(row, Case) else row.case_id
    return found


def _is_changed(session: Session, row: object) -> bool:
    names: tuple[str, ...] = SEARCHED
    if isinstance(row, Case):
        if row in session.new or row in session.deleted:
            return False
    else:
        names = CHILDREN.get(type(row), ())  # type: ignore[arg-type]  # any object of the session is asked
        if not names or row in session.deleted:
            return bool(names)
    return any(inspect(row).attrs[name].history.has_changes() for name in names)


def _write(connection: Connection, ids: Sequence[UUID]) -> None:
    """Write the words of cases from their stored texts."""
    own: dict[UUID, dict[str, str]] = {case_id: {} for case_id in ids}
    of_children: dict[UUID, list[str]] = {case_id: [] for case_id in ids}
    for case_id, place, found in connection.execute(searched_texts(), {"ids": ids}):
        table, _, name = place.partition(".")
        if table == CASES.name:
            own[case_id][name] = found
        else:
            of_children[case_id].append(found)
    connection.execute(
        RENEWAL,
        [{"row": case_id, **search_text(own[case_id], of_children[case_id])} for case_id in ids if own[case_id]],
    )


def renew_search_text(engine: Engine) -> int:
    """Write the words of all cases that have those of an older normal form; return how many there were.

    Run as `caseflow_owner` after migrations. Each batch is a transaction, so that stopping loses nothing; the policies,
    which bind the owner too, are off while it holds the tables.
    """
    last, renewed = UUID(int=0), 0
    while True:
        with engine.begin() as connection:
            connection.execute(LOCK_TIMEOUT)
            for statement in WITHOUT_POLICIES:
                connection.execute(statement)
            ids = connection.scalars(OUTDATED, {"last": last, "most": BATCH}).all()
            if ids:
                _write(connection, ids)
                last = ids[-1]
            for statement in WITH_POLICIES:
                connection.execute(statement)
        renewed += len(ids)
        if len(ids) < BATCH:
            return renewed
