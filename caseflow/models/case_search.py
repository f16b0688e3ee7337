"""The columns by which a case is found, written together with its text."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, bindparam, event, inspect, select, text, update

from caseflow.db.base import Base
from caseflow.db.searching import VERSION, lookup, vector
from caseflow.models.case import Case

SEARCHED = ("reference", "title", "narrative", "place_region", "place_district")
LOOKED_UP = ("reference", "place_region", "place_district")
BATCH = 500
WITHOUT_POLICIES = text('ALTER TABLE "case" NO FORCE ROW LEVEL SECURITY')
LOCK_TIMEOUT = text("SET LOCAL lock_timeout = '5s'")
WITH_POLICIES = text('ALTER TABLE "case" FORCE ROW LEVEL SECURITY')
CASES = Base.metadata.tables["case"]
OUTDATED = (
    select(CASES.c.id, *(CASES.c[name] for name in SEARCHED))
    .where(CASES.c.search_version < VERSION, CASES.c.id > bindparam("last"))
    .order_by(CASES.c.id)
    .limit(bindparam("most"))
)
RENEWAL = (
    update(CASES)
    .where(CASES.c.id == bindparam("row"))
    .values({name: bindparam(name) for name in ("search", "lookup", "search_version")})
)


def search_text(texts: Mapping[str, str]) -> dict[str, Any]:
    """Return the columns by which a case with these texts is found."""
    return {
        "search": vector(*(texts[name] for name in SEARCHED)),
        "lookup": lookup(*(texts[name] for name in LOOKED_UP)),
        "search_version": VERSION,
    }


@event.listens_for(Case, "before_insert")
@event.listens_for(Case, "before_update")
def write_search_text(_mapper: object, _connection: object, case: Case) -> None:
    """Store the words of a case together with its text."""
    state = inspect(case)
    if state.has_identity and not any(state.attrs[name].history.has_changes() for name in SEARCHED):
        return
    for name, value in search_text({name: getattr(case, name) or "" for name in SEARCHED}).items():
        setattr(case, name, value)


def renew_search_text(engine: Engine) -> int:
    """Write the words of all cases that have those of an older normal form; return how many there were.

    Run as `caseflow_owner` after migrations. Each batch is a transaction, so that stopping loses nothing; the policies,
    which bind the owner too, are off while it holds the table.
    """
    last, renewed = UUID(int=0), 0
    while True:
        with engine.begin() as connection:
            connection.execute(LOCK_TIMEOUT)
            connection.execute(WITHOUT_POLICIES)
            rows = connection.execute(OUTDATED, {"last": last, "most": BATCH}).all()
            new = [{"row": row.id, **search_text(row._asdict())} for row in rows]
            if new:
                connection.execute(RENEWAL, new)
                last = rows[-1].id
            connection.execute(WITH_POLICIES)
        renewed += len(rows)
        if len(rows) < BATCH:
            return renewed
