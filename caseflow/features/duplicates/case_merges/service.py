"""The service of merged cases: two files of one event become one, and are taken apart while nothing was added or changed since."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from caseflow.access import Permission
from caseflow.access.policy import require_on_case
from caseflow.audit import Changes, assign_changes, changes_of
from caseflow.db.sealing import SealBroken, open_field, seal_fields
from caseflow.errors import Conflict, Invalid
from caseflow.features.cases.queries import lock_case, locked_case, rights_of_claims
from caseflow.features.cases.service import editable_case
from caseflow.features.duplicates import queries as persons
from caseflow.features.duplicates.case_merges import queries
from caseflow.features.duplicates.case_merges.commands import MergingCases
from caseflow.features.duplicates.case_merges.planning import both_texts, roles_of_one_person, values_after
from caseflow.features.duplicates.cases.service import CasePair
from caseflow.features.duplicates.planning import Plan, Row, RowStep, plan_joined_roles
from caseflow.models import Case, CaseMerge, RowChange
from caseflow.unit_of_work import UnitOfWork

CHANGED_MEANWHILE: Final = Conflict(
    "Something of these two cases was changed while you looked. Check both again, and confirm once more."
)


def merge_cases(uow: UnitOfWork, pair: CasePair, command: MergingCases) -> CaseMerge:
    """Merge the second case of a pair into the first: all that belongs to it comes to the first, and it is hidden.

    Raises:
        Invalid: no reason.
        Conflict: something stands against it, or something of both was changed since the page was drawn.
        Forbidden: the contact note of one can't be opened.
    """
    if not command.reason.strip():
        raise Invalid("The reason is missing.", {"reason": "Say why these two cases are about the same event."})
    for case_id in sorted((pair.first.id, pair.second.id)):
        lock_case(uow, case_id)
    kept, merged = locked_case(uow, pair.first.id), locked_case(uow, pair.second.id)
    if queries.obstacles(uow, kept.id, merged.id):
        raise Conflict("These two cases can't be merged. The page says why.")
    if queries.digest_of_both(uow, (kept.id, merged.id)) != command.seen:
        raise CHANGED_MEANWHILE
    before, values = queries.values_of(uow, kept.id), values_after(kept, merged, command.taken)
    notes, rights = _contact_notes(uow, kept, merged), [*kept.rights, *merged.rights]
    merge = queries.move_rows(uow, kept.id, merged.id, command.reason.strip())
    joined = _join_roles(uow, merge)
    rights = rights_of_claims(uow, kept.id) or list(dict.fromkeys(rights))
    assign_changes(kept, values, rights=rights)
    seal_fields(uow.keys, kept, {"contact_note": notes})
    changes = changes_of(kept)
    uow.flush()
    queries.renew_search(uow, [kept.id])
    changed = {
        "case": before,
        "roles": [_kept_step(step) for step in joined.steps if step.change is not RowChange.NONE],
        "codes": _codes(uow, merge, joined),
    }
    queries.keep_changes(uow, merge, {**changed, "digests": queries.digests_of(uow, kept.id)})
    _record(uow, merge, "case.merged", {"reason": [None, merge.reason], **changes})
    _record_discarded(uow, merge, joined)
    uow.facts_changed(kept.id)
    return merge


def _contact_notes(uow: UnitOfWork, kept: Case, merged: Case) -> str:
    """Return the contact notes of both as one: they are opened for nobody, and sealed again."""
    try:
        first, second = (open_field(uow.keys, case, "contact_note") for case in (kept, merged))
    except SealBroken as error:
        raise Conflict(
            "The contact note of one of these cases can't be opened: its key is missing. Contact your administrator."
        ) from error
    return first if first == second else both_texts(first, second, merged.reference)


def _join_roles(uow: UnitOfWork, merge: CaseMerge) -> Plan:
    """Join the roles of everybody who is in both cases."""
    here = queries.persons_of(uow, [merge.kept_id])
    rows = persons.rows_of(uow, sorted({one.person_id for one in here}))
    plan = plan_joined_roles(roles_of_one_person(rows, merge.moved, str(merge.kept_id)), rows)
    persons.apply_steps(uow, plan.steps)
    return plan


def _codes(uow: UnitOfWork, merge: CaseMerge, joined: Plan) -> list[list[str]]:
    """Return the code names of the merged case, each with the one that the person has now, where they differ."""
    stays = {row.person_id: row.code_name for row in queries.persons_of(uow, [merge.kept_id])}
    now_called = {str(row.id): row.code_name for row in queries.persons_of(uow, [merge.kept_id])}
    gone = {step.before.key: step.before.values for step in joined.steps if step.before and step.after is None}
    found = []
    for one in merge.moved["case_person"]:
        code = now_called.get(one["id"]) or stays[UUID(gone[one["id"]]["person_id"])]
        found.append([one["code_name"], code])
    return sorted(pair for pair in found if pair[0] != pair[1])


def _kept_step(step: RowStep) -> list[Any]:
    return [step.row.source, step.before and step.before.values, step.after and step.after.values]


def _record(uow: UnitOfWork, merge: CaseMerge, action: str, changes: Changes) -> None:
    """Record an act in the history of both cases; whoever sees the one reads the other's history with it."""
    for case_id in (merge.kept_id, merge.merged_id):
        said: Changes = changes if case_id == merge.kept_id else {"reason": changes["reason"]}
        uow.audit.record(action, merge, section_id=merge.section_id, case_id=case_id, changes=said)


def _record_discarded(uow: UnitOfWork, merge: CaseMerge, joined: Plan) -> None:
    """Record every value of a person that does not stand any more, with the one that does."""
    by_scope: dict[str, Changes] = {}
    for one in joined.discarded:
        by_scope.setdefault(one.scope, {})[one.field] = [one.value, one.stands]
    for scope, changes in sorted(by_scope.items()):
        action = "consent.merged" if scope else "person.values_merged"
        said: Changes = {"scope": [None, scope], **changes} if scope else changes
        uow.audit.record(action, merge, section_id=merge.section_id, case_id=merge.kept_id, changes=said)


def why_not_undone(uow: UnitOfWork, merge: CaseMerge) -> list[str]:
    """Return what stands against undoing a merge, as codes of the vocabulary `case_merge_change`; nothing if it can be undone."""
    if merge.undone_at is not None:
        return ["undone"]
    if queries.merges_into(uow, merge.kept_id)[0].id != merge.id:
        return ["merged_again"]
    present = queries.digests_of(uow, merge.kept_id)
    return [table for table, digest in merge.changed["digests"].items() if present[table] != digest]


def undo_merge(uow: UnitOfWork, merge: CaseMerge, reason: str) -> CaseMerge:
    """Take two cases apart again: every row becomes what it was before the merge.

    Raises:
        Forbidden: the acting person may not change the case.
        Invalid: no reason.
        Conflict: something was added or changed since, or it was undone already.
    """
    lock_case(uow, merge.kept_id)
    require_on_case(uow.session, uow.actor, Permission.CASE_EDIT, editable_case(uow, merge.kept_id))
    if not reason.strip():
        raise Invalid("The reason is missing.", {"reason": "Say why these two cases are not about the same event."})
    uow.session.refresh(merge, ["undone_at"])
    if why_not_undone(uow, merge):
        raise Conflict("This merge can't be undone any more. The page says why.")
    steps = [_step(*step) for step in merge.changed["roles"]]
    before = merge.changed["case"]
    queries.defer_roles(uow)
    persons.apply_steps(uow, [step.reverted() for step in steps], is_undone=True)
    queries.move_back(uow, merge, reason.strip())
    queries.restore_values(uow, merge.kept_id, before)
    queries.renew_search(uow, [merge.kept_id, merge.merged_id])
    _record(uow, merge, "case.unmerged", {"reason": [None, merge.undo_reason]})
    for case_id in (merge.kept_id, merge.merged_id):
        uow.facts_changed(case_id)
    return merge


def _step(source: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> RowStep:
    first, second = (Row(source, values) if values is not None else None for values in (before, after))
    return RowStep(first, second)


def counts_of(uow: UnitOfWork, case: Case) -> Sequence[tuple[str, int]]:
    """Return how much of each kind would move: one statement."""
    return list(queries.counts_of(uow, case.id).items())
