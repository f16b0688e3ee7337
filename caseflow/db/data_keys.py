"""Whether the data keys are those with which the notes of this database were encrypted.

With each key a known text is kept, encrypted (`data_key_check`). Another key under the same id does not open it: without
this, a wrong key is noticed when the first note is asked for, and new notes are encrypted with it until then.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Row, text

from caseflow.db.sealing import KeyRing, SealBroken

KNOWN_TEXT = "This text opens with the right key."
_EXISTS = text("SELECT to_regclass('public.data_key_check') IS NOT NULL")
_READ = text("SELECT key_id, sealed, retired_at FROM data_key_check ORDER BY key_id")
_ADD = text("INSERT INTO data_key_check (key_id, sealed) VALUES (:key_id, :sealed) ON CONFLICT DO NOTHING")


def wrong_data_keys(connection: Connection, ring: KeyRing) -> list[str]:
    """Return what is wrong with the data keys, in sentences; keep a check of each key that is new. The caller commits.

    A database that is not migrated yet has no checks: nothing is wrong with its keys.
    """
    if not connection.scalar(_EXISTS):
        return []
    for key_id in ring.keys:
        sealed = replace(ring, current=key_id).seal(KNOWN_TEXT, _bound_to(key_id))
        connection.execute(_ADD, {"key_id": key_id, "sealed": sealed})
    return [problem for row in connection.execute(_READ) if (problem := _problem(ring, row))]


def _problem(ring: KeyRing, row: Row[str, bytes, datetime | None]) -> str | None:
    key_id, sealed, retired_at = row
    if retired_at is not None and key_id == ring.current:
        return f"The key {key_id} of DATA_KEYS was replaced by another one: give a new key an id of its own."
    if key_id not in ring.keys:
        return (
            None
            if retired_at is not None
            else (
                f"DATA_KEYS lacks the key {key_id}, with which notes of this database were encrypted: "
                "add it behind the current one."
            )
        )
    try:
        ring.open(sealed, _bound_to(key_id))
    except SealBroken:
        return (
            f"DATA_KEYS holds another key under the id {key_id} than the one with which notes of this database were "
            "encrypted: bring that one back from a backup, and give a new key an id of its own."
        )
    return None


def _bound_to(key_id: str) -> str:
    return f"data_key_check:{key_id}"
