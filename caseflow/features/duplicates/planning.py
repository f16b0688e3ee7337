"""What a merge of two persons changes, row by row, computed from their rows alone: nothing is read or written here.

A row is what PostgreSQL's `to_jsonb` makes of it. What is sealed is in none of them: it stays with the record it was sealed for.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final
from uuid import UUID, uuid5

from caseflow.features.duplicates.commands import MergeChoices
from caseflow.models import ConsentScope, ConsentStatus, KeptIdentity, PersonRole, RowChange

Values = dict[str, Any]
PERSON_FIELDS: Final = ("kind", "life_status", "is_child", "lacks_capacity")
"""The size of a group goes with its kind."""
ROLE_FIELDS: Final = ("description", "is_affected", "affected_how", "is_within_jurisdiction", "is_identified")
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "person": ("id",),
    "case_person": ("id",),
    "consent": ("id",),
    "contact_attempt": ("id",),
    "claim_person": ("claim_id", "case_person_id"),
    "remedy_person": ("domestic_remedy_id", "case_person_id"),
    "evidence_support": ("id",),
    "person_relation": ("id",),
    "contact_channel": ("id",),
}
"""The primary key of each table, in the order in which rows are changed."""
_ENDED: Final = frozenset({ConsentStatus.REFUSED.value, ConsentStatus.WITHDRAWN.value})
_NOTHING: Final = (None, "")
_NO_END: Final = "9999-12-31"
_OF_ANSWER: Final = ("status", "reason", "words", "given_by_id", "decided_on", "how", "until", "proof", "note")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table that belongs to one of the persons."""

    source: str
    values: Values

    @property
    def key(self) -> str:
        """Return the primary key as one text."""
        return " ".join(str(self.values[name]) for name in KEYS[self.source])

    @property
    def case_id(self) -> UUID | None:
        """Return the case of the row; None for what belongs to persons in every case."""
        found = self.values.get("case_id")
        return UUID(found) if found else None

    @property
    def digest(self) -> bytes:
        """Return the digest of the whole row."""
        return sha256(json.dumps([self.source, self.values], sort_keys=True).encode()).digest()


@dataclass(frozen=True, slots=True)
class RowStep:
    """A row before and after a merge; one of them is None where it is added or removed, and both are equal where it stays."""

    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        """Return the row as it was, or as it was added."""
        found = self.before or self.after
        assert found is not None
        return found

    @property
    def change(self) -> RowChange:
        """Return what happens to the row."""
        if self.before is None or self.after is None:
            return RowChange.ADDED if self.before is None else RowChange.REMOVED
        return RowChange.NONE if self.before == self.after else RowChange.CHANGED

    def reverted(self) -> "RowStep":
        """Return the step back."""
        return RowStep(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Discarded:
    """A value, in one case, that another one stands for after the merge. The history keeps both."""

    case_id: UUID
    field: str
    value: object
    stands: object
    scope: str = ""
    """Of an answer on consent."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All rows of both persons with what happens to them, and the values that do not stand."""

    steps: Sequence[RowStep]
    discarded: Sequence[Discarded]


def digest_of(rows: Iterable[Row]) -> str:
    """Return the digest of rows in any order, to see whether they are still the same."""
    return sha256(b"".join(sorted(row.digest for row in rows))).hexdigest()


def plan_merge(kept_id: UUID, merged_id: UUID, rows: Sequence[Row], choices: MergeChoices) -> Plan:
    """Return what a merge of the second person into the first changes. `rows` are all rows of both."""
    return _Planner(str(kept_id), str(merged_id), rows, choices).plan()


def plan_joined_roles(pairs: Sequence[tuple[Row, Row]], rows: Sequence[Row]) -> Plan:
    """Return what changes when each second role of a pair, of the same person in the same case, is joined with the first.

    Where the first says nothing, what the second says is taken. `rows` are all rows of these persons.
    """
    planner = _Planner("", "", rows, MergeChoices())
    for kept, merged in pairs:
        unsaid = {name for name in ROLE_FIELDS if kept.values[name] in _NOTHING and merged.values[name] not in _NOTHING}
        planner.choices = MergeChoices(roles=frozenset((UUID(kept.values["case_id"]), name) for name in unsaid))
        planner.join(kept, merged)
    return planner.result()


def stricter(first: Values, second: Values) -> Values:
    """Return of two answers for the same scope the one that allows less; of equal ones the first.

    What was refused or withdrawn stands, the later of two such; then what ends first; then what the person said themselves before what
    others decided without them.
    """
    ended = [one for one in (first, second) if one["status"] in _ENDED]
    if ended:
        return max(ended, key=lambda one: one["decided_on"])
    return min(
        (first, second),
        key=lambda one: (one["until"] or _NO_END, one["status"] == ConsentStatus.NOT_NEEDED.value),
    )


class _Planner:
    """The state of one plan: the rows after the merge by table and key."""

    def __init__(self, kept: str, merged: str, rows: Sequence[Row], choices: MergeChoices) -> None:
        self.kept, self.merged, self.choices = kept, merged, choices
        self.before = {(row.source, row.key): row for row in rows}
        self.after: dict[tuple[str, str], Row | None] = dict(self.before)
        self.discarded: list[Discarded] = []

    def plan(self) -> Plan:
        own = {role.values["case_id"]: role for role in self._of("case_person", person_id=self.kept)}
        for role in self._of("case_person", person_id=self.merged):
            if known := own.get(role.values["case_id"]):
                self.join(known, role)
            else:
                self._change(role, person_id=self.kept)
        self._persons()
        self._relations()
        return self.result()

    def result(self) -> Plan:
        keys = sorted(self.after, key=lambda one: (list(KEYS).index(one[0]), one[1]))
        return Plan([RowStep(self.before.get(key), self.after[key]) for key in keys], self.discarded)

    def _of(self, source: str, **where: str) -> list[Row]:
        """Return rows as they are by now, in the order of their keys."""
        found = [row for row in self.after.values() if row is not None and row.source == source]
        wanted = [row for row in found if all(row.values[name] == value for name, value in where.items())]
        return sorted(wanted, key=lambda row: row.key)

    def _now(self, row: Row) -> Row:
        found = self.after[row.source, row.key]
        assert found is not None
        return found

    def _change(self, row: Row, **values: object) -> None:
        """Set values of a row. Its version grows once, however often it is changed."""
        present = self._now(row).values
        if all(present[name] == value for name, value in values.items()):
            return
        known = self.before.get((row.source, row.key))
        if known is not None and "version" in present:
            values["version"] = known.values["version"] + 1
        self.after[row.source, row.key] = Row(row.source, {**present, **values})

    def _add(self, row: Row) -> None:
        """Add a row, unless there is one with its key."""
        self.after.setdefault((row.source, row.key), row)

    def _remove(self, row: Row) -> None:
        self.after[row.source, row.key] = None

    def _persons(self) -> None:
        kept, merged = (self._of("person", id=one)[0] for one in (self.kept, self.merged))
        taken = {name: merged.values[name] for name in self.choices.person if name in PERSON_FIELDS}
        if "kind" in taken:
            taken["size"] = merged.values["size"]
        cases = {row.case_id for row in self.before.values() if row.source == "case_person"}
        for name in (*PERSON_FIELDS, "size"):
            given, other = (merged, kept) if name in taken else (kept, merged)
            for case_id in sorted(filter(None, cases), key=str):
                self._discard(case_id, name, other.values[name], given.values[name])
        identity = kept_identity(self.choices.identity, kept.values, merged.values)
        named = {KeptIdentity.KEPT: [kept], KeptIdentity.MERGED: [merged]}.get(identity, [kept, merged])
        self._change(kept, is_named=any(one.values["is_named"] for one in named), **taken)
        for aside, one in ((KeptIdentity.KEPT, merged), (KeptIdentity.MERGED, kept)):
            if identity is aside:
                for row in (one, *self._of("person", merged_into_id=one.values["id"])):
                    self._change(row, is_set_aside=True)
        self._change(merged, merged_into_id=self.kept)

    def _relations(self) -> None:
        """Move the relations of the merged person. What both have, and what they are to each other, stays where it is, unseen."""
        known = {_ends(row) for row in self._of("person_relation")}
        for row in self._of("person_relation"):
            moved = {name: self.kept for name in ("person_id", "other_id") if row.values[name] == self.merged}
            wanted = _ends(replace(row, values={**row.values, **moved}))
            if moved and wanted[0] != wanted[1] and wanted not in known:
                known.add(wanted)
                self._change(row, **moved)

    def join(self, kept: Row, merged: Row) -> None:
        """Join two roles in one case: the merged one goes, and all that belongs to it comes to the kept one."""
        case_id = UUID(kept.values["case_id"])
        either = {*kept.values["roles"], *merged.values["roles"]}
        joined: Values = {"roles": [role.value for role in PersonRole if role in either]}
        for name in ROLE_FIELDS:
            given, other = (merged, kept) if (case_id, name) in self.choices.roles else (kept, merged)
            joined[name] = given.values[name]
            self._discard(case_id, name, other.values[name], given.values[name])
        self._consents(kept, merged)
        self._claims(kept, merged)
        self._remedies(kept, merged)
        self._evidence(kept, merged)
        for row in self._of("contact_attempt", case_person_id=merged.values["id"]):
            self._change(row, case_person_id=kept.values["id"])
        joined["groups"] = self._groups(kept, merged)
        self._change(kept, **joined)
        self._remove(merged)

    def _groups(self, kept: Row, merged: Row) -> list[str]:
        """Return grounds and vulnerability of both; none where the answer that stands does not allow them."""
        answers = self._of("consent", case_person_id=kept.values["id"], scope=ConsentScope.SENSITIVE.value)
        if any(one.values["status"] in _ENDED for one in answers):
            return []
        return list(dict.fromkeys([*kept.values["groups"], *merged.values["groups"]]))

    def _consents(self, kept: Row, merged: Row) -> None:
        new, old = kept.values["id"], merged.values["id"]
        for row in self._of("consent", given_by_id=old):
            self._change(row, given_by_id=new)
        answered = {row.values["scope"]: row for row in self._of("consent", case_person_id=new)}
        for row in self._of("consent", case_person_id=old):
            known = answered.get(row.values["scope"])
            if known is None:
                self._change(row, case_person_id=new)
                continue
            stands = stricter(known.values, row.values)
            other = row.values if stands is known.values else known.values
            for name in _OF_ANSWER:
                if name != "given_by_id":
                    self._discard(UUID(row.values["case_id"]), name, other[name], stands[name], row.values["scope"])
            self._change(known, **{name: stands[name] for name in _OF_ANSWER})
            self._remove(row)
        for row in self._of("consent", case_person_id=new):
            if row.values["given_by_id"] == new:  # the two were one person, who answered
                self._change(row, given_by_id=None)

    def _claims(self, kept: Row, merged: Row) -> None:
        new = kept.values["id"]
        concerned = {row.values["claim_id"]: row for row in self._of("claim_person", case_person_id=new)}
        for row in self._of("claim_person", case_person_id=merged.values["id"]):
            known = concerned.get(row.values["claim_id"])
            if known is None:
                self._add(Row(row.source, {**row.values, "case_person_id": new}))
            else:
                harms = dict.fromkeys(filter(None, (known.values["harm"], row.values["harm"])))
                self._change(known, harm="\n".join(harms))
            self._remove(row)

    def _remedies(self, kept: Row, merged: Row) -> None:
        for row in self._of("remedy_person", case_person_id=merged.values["id"]):
            self._add(Row(row.source, {**row.values, "case_person_id": kept.values["id"]}))
            self._remove(row)

    def _evidence(self, kept: Row, merged: Row) -> None:
        """Let evidence support the kept role. What it supports is never changed, so another row is added."""
        new = kept.values["id"]
        known = {row.values["evidence_id"] for row in self._of("evidence_support", case_person_id=new)}
        for row in self._of("evidence_support", case_person_id=merged.values["id"]):
            if row.values["evidence_id"] not in known:
                new_id = str(uuid5(UUID(row.values["id"]), new))
                self._add(Row(row.source, {**row.values, "id": new_id, "case_person_id": new}))
            self._remove(row)

    def _discard(self, case_id: UUID, field: str, value: object, stands: object, scope: str = "") -> None:
        if value != stands and value not in (None, "", []):
            self.discarded.append(Discarded(case_id, field, value, stands, scope))


def kept_identity(wanted: KeptIdentity, kept: Values, merged: Values) -> KeptIdentity:
    """Return whose identity is shown: that of one alone only if a name is recorded of them."""
    alone = {KeptIdentity.KEPT: kept, KeptIdentity.MERGED: merged}.get(wanted)
    return wanted if alone is not None and alone["is_named"] else KeptIdentity.BOTH


def _ends(row: Row) -> tuple[str, str, str]:
    return row.values["person_id"], row.values["other_id"], row.values["kind"]


def shared_cases(kept_id: UUID, merged_id: UUID, rows: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield the two roles in each case in which both persons have one."""
    roles = [row for row in rows if row.source == "case_person"]
    own = {row.values["case_id"]: row for row in roles if row.values["person_id"] == str(kept_id)}
    for row in sorted(roles, key=lambda one: one.key):
        if row.values["person_id"] == str(merged_id) and row.values["case_id"] in own:
            yield own[row.values["case_id"]], row
