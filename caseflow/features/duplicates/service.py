"""The service of duplicates: merge two records of one person, and undo it while nothing was added or changed since.

Nothing that is sealed is opened or moved: the merged person keeps it and points to the person who stands for both, and a reveal of
that person shows it too, if it was allowed after the merge.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import func

from caseflow.access import Permission
from caseflow.access.policy import require_in_section, require_on_case
from caseflow.audit import Changes
from caseflow.clock import now
from caseflow.errors import Conflict, Invalid
from caseflow.features.cases.queries import locked_case
from caseflow.features.duplicates import queries
from caseflow.features.duplicates.commands import Merging
from caseflow.features.duplicates.planning import Discarded, Row, RowStep, digest_of, kept_identity, plan_merge
from caseflow.models import CasePerson, PersonMerge, PersonMergeRow, RowChange
from caseflow.unit_of_work import UnitOfWork

CHANGED_MEANWHILE: Final = Conflict(
    "Something of these two was changed while you looked. Check both again, and confirm once more."
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two roles whose persons may be one. The first person stands for both after a merge."""

    kept: CasePerson
    merged: CasePerson


def pair_of(uow: UnitOfWork, first_id: UUID, second_id: UUID) -> Pair:
    """Return two roles as a pair. If somebody was merged into the second person before, that one is kept.

    Raises:
        NotFound: one of them may not be seen.
        Forbidden: they are of a section in which the acting person does not work on cases.
        Conflict: they are one person already, or cannot be merged.
    """
    (first, _), (second, _) = (queries.one_role(uow, one) for one in (first_id, second_id))
    require_in_section(uow.actor, Permission.CASE_EDIT, first.section_id)
    if first.section_id != second.section_id:
        raise Conflict("These two are recorded in different sections. Only persons of one section can be merged.")
    if first.person_id == second.person_id:
        raise Conflict("These two are recorded as the same person already.")
    if first.person.merged_into_id or second.person.merged_into_id:
        raise Conflict("One of these two was merged with another person. Compare with that person instead.")
    if not queries.has_merged(uow, second.person_id):
        return Pair(first, second)
    if queries.has_merged(uow, first.person_id):
        raise Conflict("Both were merged with others before. Undo one of these merges first, and merge one by one.")
    return Pair(second, first)


def merge_persons(uow: UnitOfWork, pair: Pair, command: Merging) -> PersonMerge:
    """Merge the second person of a pair into the first: roles, consents, attempts, claims and relations come to the first.

    Raises:
        Forbidden: a case of one of them may be seen, but not be changed.
        Conflict: something of them was changed since the page was drawn, or somebody said that they are not the same.
        Invalid: values of the second person were chosen, and the first does not allow that more is recorded.
    """
    kept_id, merged_id, section_id = pair.kept.person_id, pair.merged.person_id, pair.kept.section_id
    queries.lock_persons(uow, [kept_id, merged_id])
    for case_id in sorted(_cases(queries.rows_of(uow, [kept_id, merged_id]))):
        require_on_case(uow.session, uow.actor, Permission.CASE_EDIT, locked_case(uow, case_id))
    rows = queries.rows_of(uow, [kept_id, merged_id])
    if queries.differences_between(uow, [kept_id, merged_id]):
        raise Conflict("These two are marked as different. If they are the same, take that back first.")
    if digest_of(rows) != command.seen:
        raise CHANGED_MEANWHILE
    _check_record(uow, pair, command)
    plan = plan_merge(kept_id, merged_id, rows, command.choices)
    identities = {one.values["id"]: one.values for one in rows if one.source == "person"}
    merge = PersonMerge(
        section_id=section_id,
        kept_id=kept_id,
        merged_id=merged_id,
        identity=kept_identity(command.choices.identity, identities[str(kept_id)], identities[str(merged_id)]),
        row_count=len(plan.steps),
        user_id=uow.person.user_id,
        merged_at=func.now(),
    )
    uow.session.add(merge)
    uow.flush()
    queries.keep_rows(uow, merge, plan.steps)
    _record(uow, merge, "person.merged", _roles(plan.steps, kept_id, merged_id))
    _record_discarded(uow, merge, plan.discarded)
    queries.apply_steps(uow, plan.steps)
    return merge


def _check_record(uow: UnitOfWork, pair: Pair, command: Merging) -> None:
    """Refuse to write values of the second person over those of somebody who allows no record, as each form of theirs does."""
    chosen = {case_id for case_id, _field in command.choices.roles}
    for role, case in queries.roles_of(uow, [pair.kept.person_id]).get(pair.kept.person_id, ()):
        if command.choices.person or case.id in chosen:
            for check in uow.sources.person_checks:
                check(uow, case, role)


def _cases(rows: Iterable[Row]) -> set[UUID]:
    return {row.case_id for row in rows if row.source == "case_person" and row.case_id}


def _roles(steps: Iterable[RowStep], kept_id: UUID, merged_id: UUID) -> dict[UUID, list[object]]:
    """Return by case the code names of the merged and of the kept person; None for whoever has no role there."""
    found: dict[UUID, list[object]] = {}
    for step in steps:
        row = step.row
        if row.source == "case_person" and row.case_id and row.values["person_id"] in {str(kept_id), str(merged_id)}:
            place = 0 if row.values["person_id"] == str(merged_id) else 1
            found.setdefault(row.case_id, [None, None])[place] = row.values["code_name"]
    return found


def _record(
    uow: UnitOfWork,
    merge: PersonMerge,
    action: str,
    roles: Mapping[UUID, list[object]],
    further: Changes | None = None,
) -> None:
    """Record an act in the history of every case of both. No case names another one: not everybody sees both."""
    for case_id, (merged, kept) in sorted(roles.items()):
        names: Changes = {"code_name": [merged, kept] if merged and kept else [None, merged or kept]}
        changes: Changes = {**names, "identity": [None, merge.identity.value], **(further or {})}
        uow.audit.record(action, merge, section_id=merge.section_id, case_id=case_id, changes=changes)
        uow.facts_changed(case_id)


def _record_discarded(uow: UnitOfWork, merge: PersonMerge, discarded: Sequence[Discarded]) -> None:
    """Record every value that does not stand any more, with the one that does."""
    by_place: dict[tuple[UUID, str], Changes] = {}
    for one in discarded:
        by_place.setdefault((one.case_id, one.scope), {})[one.field] = [one.value, one.stands]
    for (case_id, scope), changes in sorted(by_place.items()):
        action = "consent.merged" if scope else "person.values_merged"
        named: Changes = {"scope": [None, scope], **changes} if scope else changes
        uow.audit.record(action, merge, section_id=merge.section_id, case_id=case_id, changes=named)


def why_not_undone(uow: UnitOfWork, merge: PersonMerge) -> list[str]:
    """Return what stands against undoing a merge, as codes of the vocabulary `merge_obstacle`; nothing if it can be undone."""
    return _undoing(uow, merge)[0]


def undo_merge(uow: UnitOfWork, merge: PersonMerge, reason: str) -> PersonMerge:
    """Take two persons apart again: every row becomes what it was before the merge.

    Raises:
        Forbidden: the acting person may not change all cases of both.
        Invalid: no reason.
        Conflict: something was added or changed since, or it was undone already.
    """
    require_in_section(uow.actor, Permission.CASE_EDIT, merge.section_id)
    if not reason.strip():
        raise Invalid("The reason is missing.", {"reason": "Say why these two are not the same person."})
    queries.lock_persons(uow, [merge.kept_id, merge.merged_id])
    for case_id in sorted({row.case_id for row in queries.kept_rows(uow, merge) if row.case_id}):
        require_on_case(uow.session, uow.actor, Permission.CASE_EDIT, locked_case(uow, case_id))
    obstacles, steps = _undoing(uow, merge)
    if obstacles:
        raise Conflict("This merge can't be undone any more. The page says why.")
    merge.undone_by_id, merge.undone_at, merge.undo_reason = uow.person.user_id, now(), reason.strip()
    roles = _roles(steps, merge.kept_id, merge.merged_id)
    _record(uow, merge, "person.unmerged", roles, {"reason": [None, merge.undo_reason]})
    uow.flush()
    queries.apply_steps(uow, [step.reverted() for step in steps], is_undone=True)
    return merge


def _undoing(uow: UnitOfWork, merge: PersonMerge) -> tuple[list[str], list[RowStep]]:
    """Return what stands against undoing a merge, and what the merge did if nothing does."""
    if merge.undone_at is not None:
        return ["undone"], []
    if queries.merges_of(uow, merge.kept_id)[0].id != merge.id:
        return ["merged_again"], []
    kept = queries.kept_rows(uow, merge)
    if len(kept) != merge.row_count:
        return ["hidden"], []
    present = _known_then(queries.rows_of(uow, [merge.kept_id, merge.merged_id]), merge, kept)
    expected = {(row.source, row.after) for row in kept if row.after is not None}
    found = {(row.source, row.digest) for row in present}
    if differing := {source for source, _ in expected ^ found}:
        return sorted(differing), []
    by_digest = {row.digest: row for row in present}
    return [], [_step(row, by_digest[row.after] if row.after else None) for row in kept]


def _step(row: PersonMergeRow, present: Row | None) -> RowStep:
    if row.change is RowChange.NONE:
        return RowStep(present, present)
    return RowStep(Row(row.source, row.before) if row.before else None, present)


def _known_then(rows: Sequence[Row], merge: PersonMerge, kept: Iterable[PersonMergeRow]) -> list[Row]:
    """Return rows without the roles, and what belongs to them, that were hidden from whoever merged: the merge left them alone."""
    known = {row.row_key for row in kept if row.source == "case_person"}
    before = merge.merged_at.isoformat()
    hidden = {
        row.key
        for row in rows
        if row.source == "case_person" and row.key not in known and row.values["created_at"] <= before
    }
    return [
        row
        for row in rows
        if not (row.source == "case_person" and row.key in hidden) and row.values.get("case_person_id") not in hidden
    ]
