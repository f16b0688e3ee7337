"""The audit trail: collected during a unit of work, written in its transaction, chained by a trigger."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Column, Row, bindparam, cast, func, insert, inspect, select, update
from sqlalchemy.dialects.postgresql import TEXT
from sqlalchemy.orm import ColumnProperty, Session

from caseflow.access.actor import Actor, PersonActor
from caseflow.clock import now
from caseflow.db.base import Base
from caseflow.errors import Invalid
from caseflow.law.dates import UncertainDate
from caseflow.models import AuditChain, AuditEntry, Case, CaseListing, Section, User

UNRECORDED = frozenset({"id", "version", "created_at", "search", "lookup", "case_id", "claim_id", "section_id"})
HIDDEN = "(hidden)"
"""Replaces the value of an identity field: the trail records that it changed, not the value."""

Changes = dict[str, list[object]]
FIRST_ACTION = "section.added"
"""What every chain begins with: a chain that was emptied, or one that was begun again, does not."""
CLOCK_TOLERANCE = timedelta(hours=1)
"""By how much the clock of the database may have been put back, or ahead, without a fault of the trail."""
MOMENT_FORMAT = "%Y-%m-%dT%H:%M:%S.%f"
_MOMENT = func.to_char(func.timezone("UTC", AuditEntry.at), 'YYYY-MM-DD"T"HH24:MI:SS.US')


_LISTED = Base.metadata.tables[CaseListing.__tablename__]
_ACTIVE = update(_LISTED).where(_LISTED.c.case_id == bindparam("acted_on")).values(active_at=bindparam("at"))


def changes_of(row: Base) -> Changes:
    """Return `{field: [old, new]}` of the fields that changed since the row was read, or that were set on a new row."""
    state = inspect(row)
    changes: Changes = {}
    for attribute in state.mapper.column_attrs:
        name, column = attribute.key, attribute.columns[0]
        if not _is_recorded(attribute):
            continue
        history = state.attrs[name].history
        old = history.deleted[0] if history.deleted else None
        new = history.added[0] if history.added else None
        if not history.added or old == new or ((state.transient or state.pending) and new in (None, "", [], False)):
            continue
        hidden = column.info.get("audit") == "hidden"
        changes[name] = [HIDDEN if old else None, HIDDEN if new else None] if hidden else [plain(old), plain(new)]
    return changes


def contents_of(row: Base) -> Changes:
    """Return `{field: [value, null]}` of a row that is about to be deleted, with the claim that it belonged to."""
    state = inspect(row)
    names = (one.key for one in state.mapper.column_attrs if _is_recorded(one, UNRECORDED - {"claim_id"}))
    values = {name: plain(state.dict.get(name)) for name in names}
    return {name: [value, None] for name, value in values.items() if value not in (None, "", [], False)}


def _is_recorded(attribute: ColumnProperty[Any], unrecorded: frozenset[str] = UNRECORDED) -> bool:
    """Return whether an attribute is a column that people's acts fill, and no expression that a query computes."""
    column = attribute.columns[0]
    return attribute.key not in unrecorded and isinstance(column, Column) and column.computed is None


def plain(value: object) -> object:
    """Return a value that JSON can represent."""
    if isinstance(value, UncertainDate):
        return value.edtf
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def values_of(details: Any) -> dict[str, object]:
    """Return the values of a dataclass by their names."""
    return {one.name: getattr(details, one.name) for one in fields(details)}


def assign_changes(row: Base, details: object, **replaced: object) -> None:
    """Write the fields of a command (or a mapping) into a row where they differ, so that only real changes are recorded.

    The fields have the names of the row's columns; `version` is not written. `replaced` overrides single values.
    A tuple becomes a list, as in the columns.
    """
    named: Mapping[str, object] = details if isinstance(details, Mapping) else values_of(details)
    for name, value in {**named, **replaced}.items():
        wanted = list(value) if isinstance(value, tuple) else value
        if name != "version" and getattr(row, name) != wanted:
            setattr(row, name, wanted)


@dataclass(slots=True)
class AuditTrail:
    """The entries of one unit of work, in order."""

    actor: Actor
    entries: list[dict[str, object]] = field(default_factory=list)
    unrecorded: list[tuple[UUID, UUID, str]] = field(default_factory=list)
    """Texts that were entered and that the history does not keep, with the ids of the case and of its section."""

    def record(
        self,
        action: str,
        subject: Base,
        *,
        section_id: UUID,
        case_id: UUID | None = None,
        changes: Mapping[str, list[object]] | None = None,
    ) -> None:
        """Record an act, such as `case.opened`, with the changed fields (by default those of the row).

        Raises:
            ValueError: the row belongs to a transaction that has ended, so its changes would not be saved.
        """
        if inspect(subject).detached:
            raise ValueError(f"{action}: the row is of a unit of work that has ended. Read it again in this one.")
        user_id, job = (self.actor.user_id, "") if isinstance(self.actor, PersonActor) else (None, self.actor.job.value)
        self.entries.append(
            {
                "id": uuid4(),
                "section_id": section_id,
                "actor_id": user_id,
                "job": job,
                "action": action,
                "subject": subject.__tablename__,
                "subject_id": getattr(subject, "id", None),
                "case_id": case_id,
                "changes": dict(changes_of(subject) if changes is None else changes),
            },
        )

    def texts_of_cases(self) -> dict[tuple[UUID, UUID], list[str]]:
        """Return the texts that were entered, by the ids of the case and of its section."""
        found: dict[tuple[UUID, UUID], list[str]] = {}
        for entry in self.entries:
            case_id, section_id, changes = entry["case_id"], entry["section_id"], entry["changes"]
            if isinstance(case_id, UUID) and isinstance(section_id, UUID) and isinstance(changes, dict):
                new = [values[1] for values in changes.values() if isinstance(values[1], str)]
                found.setdefault((case_id, section_id), []).extend(new)
        for case_id, section_id, text in self.unrecorded:
            found.setdefault((case_id, section_id), []).append(text)
        return found

    def write(self, session: Session) -> None:
        """Insert the entries. The trigger chains them; the head of the chain stays locked until the commit.

        Entries are sorted by section, so that two transactions that write to several sections can't deadlock; for the same
        reason the cases in which a person acted are marked before any head is locked, in the order of their ids.
        """
        if self.entries:
            acted_on = {UUID(str(entry["case_id"])) for entry in self.entries if entry["case_id"] and entry["actor_id"]}
            if acted_on:
                session.execute(_ACTIVE, [{"acted_on": case_id, "at": now()} for case_id in sorted(acted_on)])
            session.execute(insert(AuditEntry), sorted(self.entries, key=lambda entry: str(entry["section_id"])))
            self.entries = []


@dataclass(frozen=True, slots=True)
class Removal:
    """That a row was removed: when, by whom (None for somebody whose name the reader may not know), and the row it was part of."""

    at: datetime
    zone: str
    """The time zone in which the moment is shown."""
    who: str | None
    claim_id: UUID | None = None


def removal_of(session: Session, case_id: UUID, subject_id: UUID) -> Removal | None:
    """Return when and by whom a child of a case was removed; None if the trail that the reader may see does not say it."""
    removed = (
        select(AuditEntry.at, Section.time_zone, User.name, AuditEntry.changes)
        .join(Section, Section.id == AuditEntry.section_id)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(
            AuditEntry.case_id == case_id, AuditEntry.subject_id == subject_id, AuditEntry.action.endswith("removed")
        )
        .order_by(AuditEntry.at.desc())
        .limit(1)
    )
    found = session.execute(removed).one_or_none()
    if found is None:
        return None
    claim = found.changes.get("claim_id")
    return Removal(found.at, found.time_zone, found.name, UUID(str(claim[0])) if isinstance(claim, list) else None)


def case_imported_from(session: Session, section_id: UUID, document: str) -> str | None:
    """Return the reference of the visible case of a section that was imported from a document, by the hash of its facts."""
    imported = (
        select(Case.reference)
        .join(AuditEntry, AuditEntry.case_id == Case.id)
        .where(AuditEntry.section_id == section_id, AuditEntry.action == "case.imported")
        .where(AuditEntry.changes["document"][1].astext == document)
    )
    return session.scalar(imported.limit(1))


@dataclass(frozen=True, slots=True)
class ChainFault:
    """Where a chain is broken, and how."""

    section_id: UUID
    sequence: int
    what: str

    def __str__(self) -> str:
        return f"section {self.section_id}, entry {self.sequence}: {self.what}"


def verify(session: Session) -> Iterator[ChainFault]:
    """Yield every fault of every chain: an altered, missing, swapped or added row, a cut tail, a wrong head.

    The hashed text of each row is computed here, not by the database function that chained it. Needs the system role
    `audit.verify`.
    """
    heads = {chain.section_id: chain for chain in session.scalars(select(AuditChain))}
    chained = session.scalars(select(AuditEntry.section_id).union(select(Section.id)))
    for section_id in sorted(set(chained) - heads.keys()):
        yield ChainFault(section_id, 0, "the head of the chain is missing")
    for section_id, head in sorted(heads.items()):
        yield from _verify_chain(session, section_id, head)


def _verify_chain(session: Session, section_id: UUID, head: AuditChain) -> Iterator[ChainFault]:
    previous, expected = hashlib.sha256(str(section_id).encode()).digest(), 1
    latest, last_moment = "", _in_words(now() + CLOCK_TOLERANCE)
    columns = [column for column in AuditEntry.__table__.columns if column.name not in {"changes", "at"}]
    rows = (
        # Columns and not objects, in batches: the values stored now, without loading the whole table. The time as text:
        # PostgreSQL knows moments that Python does not.
        select(*columns, cast(AuditEntry.changes, TEXT).label("changes"), _MOMENT.label("moment"))
        .where(AuditEntry.section_id == section_id)
        .order_by(AuditEntry.sequence)
        .execution_options(yield_per=1000)
    )
    for entry in session.execute(rows):
        if entry.sequence != expected:
            yield ChainFault(section_id, expected, f"expected entry {expected}, found {entry.sequence}")
            expected = entry.sequence or expected
        if entry.previous_hash != previous:
            yield ChainFault(section_id, expected, "does not follow from the entry before it")
        if entry.hash != hashlib.sha256((entry.previous_hash or b"") + _hashed_text(entry)).digest():
            yield ChainFault(section_id, expected, "was altered")
        if expected == 1 and entry.action != FIRST_ACTION:
            yield ChainFault(section_id, 1, f"the chain does not begin with {FIRST_ACTION}")
        if fault := _fault_of_time(entry.moment, latest, last_moment):
            yield ChainFault(section_id, expected, fault)
        previous, expected, latest = entry.hash or b"", expected + 1, max(latest, entry.moment or "")
    if expected == 1:
        yield ChainFault(section_id, 1, f"the chain does not begin with {FIRST_ACTION}")
    if head.last_sequence != expected - 1 or head.last_hash != previous:
        yield ChainFault(section_id, head.last_sequence, "the chain ends elsewhere than its head says")


def _in_words(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(MOMENT_FORMAT)


def _fault_of_time(moment: str | None, latest: str, last_moment: str) -> str | None:
    """Return what is wrong with the time of an entry. Times of the same form are in the order of their texts."""
    if not moment or len(moment) != len(last_moment):
        return "has a time that is none"
    if moment > last_moment:
        return "is of a time to come"
    try:
        is_older = bool(latest) and datetime.fromisoformat(latest) - datetime.fromisoformat(moment) > CLOCK_TOLERANCE
    except ValueError:
        return "has a time that is none"
    return "is older than an entry before it" if is_older else None


def _hashed_text(entry: Row[*tuple[Any, ...]]) -> bytes:
    parts = (
        str(entry.id),
        str(entry.section_id),
        str(entry.sequence),
        entry.moment or "",
        str(entry.actor_id or "-"),
        entry.job,
        entry.action,
        entry.subject,
        str(entry.subject_id or "-"),
        str(entry.case_id or "-"),
        entry.changes,
    )
    return "".join(f"{len(part.encode())}:{part}" for part in parts).encode()


def heads(session: Session) -> list[str]:
    """Return the head of each chain as `SECTION:NUMBER:HASH`. A copy kept elsewhere shows later whether entries were cut off."""
    rows = select(Section.code, AuditChain.last_sequence, AuditChain.last_hash)
    found = session.execute(rows.join(Section, Section.id == AuditChain.section_id).order_by(Section.code))
    return [f"{code}:{sequence}:{value.hex()}" for code, sequence, value in found]


def contains_head(session: Session, head: str) -> bool:
    """Return whether an earlier result of `heads` is still in the trail; later entries may follow it.

    Raises:
        Invalid: the text does not have the format of `heads`.
    """
    code, _, rest = head.partition(":")
    sequence, _, value = rest.partition(":")
    try:
        number, digest = int(sequence), bytes.fromhex(value)
    except ValueError as error:
        raise Invalid(
            "%(head)s is not a head. Its form is SECTION:NUMBER:HASH, as `caseflow audit verify` prints it.",
            values={"head": repr(head)},
        ) from error
    entry = select(AuditEntry.id).join(Section, Section.id == AuditEntry.section_id)
    found = entry.where(Section.code == code, AuditEntry.sequence == number, AuditEntry.hash == digest)
    return session.scalar(found) is not None
