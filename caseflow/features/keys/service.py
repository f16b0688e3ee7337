"""Rotation of the data keys: every sealed field is sealed again with the current key, in batches that are committed one by one.

The beginning of a sealed field says its key, so nothing else is kept: whoever is stopped goes on where they were.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Update, bindparam, inspect, update

from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.clock import now
from caseflow.db.sealing import SUFFIX, KeyRing, SealBroken, SealedRow, open_field
from caseflow.features.keys.queries import fields_of, next_rows, sealed_models, sections
from caseflow.features.people.identity.service import replace_tokens, tokens_of
from caseflow.models import DataKeyCheck, PersonIdentity
from caseflow.unit_of_work import UnitOfWork, Units

BATCH: Final = 500
"""Rows sealed again in one transaction."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What a batch of a table came to."""

    table: str
    sealed: int
    """Rows that have the current key now."""
    broken: int
    """Rows of which a field can't be opened. They are left as they are."""


def rotate_keys(units: Units, *, batch: int = BATCH) -> Iterator[Progress]:
    """Seal everything that has another key than the current one again with it. Yields after each batch, when it is committed.

    The checks of the other keys are retired if nothing is left that needs them: then they may be taken off the ring. The trail
    of every section has an entry for the start and, unless it was stopped, one for the end with the numbers of rows.
    """
    with units.begin(JobActor(SystemRole.ROTATE_KEYS)) as uow:
        _record(uow, "keys.rotation_started")
    sealed = broken = 0
    for model in sealed_models():
        key = inspect(model).primary_key
        after: Sequence[Any] | None = None
        while True:
            with units.begin(JobActor(SystemRole.ROTATE_KEYS)) as uow:
                rows = next_rows(uow, model, after, batch)
                done = _seal_again(uow, model, rows)
                after = tuple(getattr(rows[-1], column.name) for column in key) if rows else None
            if not rows:
                break
            sealed, broken = sealed + done, broken + len(rows) - done
            yield Progress(model.__tablename__, done, len(rows) - done)
    with units.begin(JobActor(SystemRole.ROTATE_KEYS)) as uow:
        if not broken:
            _retire_other_keys(uow)
        _record(uow, "keys.rotation_ended", rows_sealed=[None, sealed], rows_not_opened=[None, broken])


def _record(uow: UnitOfWork, action: str, **numbers: list[object]) -> None:
    """Record an act in the trail of every section: the sealed rows are those of all."""
    changes: dict[str, list[object]] = {"data_key": [None, uow.keys.current], **numbers}
    for section in sections(uow):
        uow.audit.record(action, section, section_id=section.id, changes=changes)


def _seal_again(uow: UnitOfWork, model: type[Any], rows: Sequence[Any]) -> int:
    """Seal the fields of locked rows again, with the digests by which persons are found; return how many could be opened.

    Versions stay: for whoever has a form open nothing changed.
    """
    opened = [(row, texts) for row in rows if (texts := _texts(uow.keys, row)) is not None]
    if model is PersonIdentity:
        replace_tokens(uow, {row.person_id: tokens_of(uow.keys, row, texts) for row, texts in opened})
    if opened:
        values = [_values(uow.keys, row, texts) for row, texts in opened]
        uow.session.connection().execute(_sealed_update(model), values)
    return len(opened)


def _texts(keys: KeyRing, row: SealedRow) -> dict[str, str] | None:
    try:
        return {field: open_field(keys, row, field) for field in fields_of(type(row))}
    except SealBroken:
        return None


def _values(keys: KeyRing, row: SealedRow, texts: Mapping[str, str]) -> dict[str, object]:
    """Return the parameters of `_sealed_update` for a row."""
    key = {f"of_{column.name}": getattr(row, column.name) for column in inspect(type(row)).primary_key}
    return key | {field: keys.seal(text, row.bound_to(field)) if text else None for field, text in texts.items()}


def _sealed_update(model: type[Any]) -> Update:
    """Return the change of the sealed columns of one row, past the version."""
    table = model.__table__
    row = [column == bindparam(f"of_{column.name}") for column in inspect(model).primary_key]
    return update(table).where(*row).values({field + SUFFIX: bindparam(field) for field in fields_of(model)})


def _retire_other_keys(uow: UnitOfWork) -> None:
    others = update(DataKeyCheck).where(DataKeyCheck.key_id != uow.keys.current, DataKeyCheck.retired_at.is_(None))
    uow.session.execute(others.values(retired_at=now()).execution_options(synchronize_session=False))
