"""The audit chain, computed as the trigger would, so that `caseflow audit verify` accepts the seeded trail.

The trigger itself takes a lock and an update of the head for each entry, which is right for people and slow for a million.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

Changes = Mapping[str, Sequence[object]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the audit trail."""

    id: UUID
    section_id: UUID
    at: datetime
    actor_id: UUID
    action: str
    subject: str
    subject_id: UUID
    case_id: UUID | None
    changes: Changes


def jsonb_text(changes: Changes) -> str:
    """Return an object as PostgreSQL writes `jsonb`: keys by length, then by bytes; a blank after comma and colon."""
    ordered = dict(sorted(changes.items(), key=lambda item: (len(item[0].encode()), item[0].encode())))
    return json.dumps(ordered, ensure_ascii=False)


class Chains:
    """The current head of each section's chain."""

    def __init__(self) -> None:
        self._heads: dict[str, tuple[int, bytes]] = {}

    def entry(self, entry: Entry) -> tuple[object, ...]:
        """Return the next row of a section's chain, in the order of the columns in `seed.COLUMNS`."""
        section = str(entry.section_id)
        sequence, previous = self._heads.get(section) or (0, sha256(section.encode()).digest())
        text = jsonb_text(entry.changes)
        moment = entry.at.strftime("%Y-%m-%dT%H:%M:%S.%f")
        before = (str(entry.id), section, str(sequence + 1))
        case = None if entry.case_id is None else str(entry.case_id)
        after = (str(entry.actor_id), "", entry.action, entry.subject, str(entry.subject_id))
        written = "".join([f"{len(part.encode())}:{part}" for part in (*before, moment, *after, case or "-", text)])
        value = sha256(previous + written.encode()).digest()
        self._heads[section] = (sequence + 1, value)
        return (*before, entry.at, *after, case, text, _bytes(previous), _bytes(value))

    def heads(self) -> Iterator[tuple[object, ...]]:
        """Yield the rows of `audit_chain`."""
        for section, (sequence, value) in self._heads.items():
            yield section, sequence, _bytes(value)


def _bytes(value: bytes) -> str:
    """Return bytes as COPY reads them: the backslash of the hexadecimal form is doubled."""
    return "\\\\x" + value.hex()
