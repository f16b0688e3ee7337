"""Merging two persons of a test, and the tables that a merge may touch."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from caseflow.access import PersonActor
from caseflow.features.duplicates.case_merges import queries as case_merges
from caseflow.features.duplicates.case_merges.commands import MergingCases, Taken
from caseflow.features.duplicates.case_merges.service import merge_cases
from caseflow.features.duplicates.case_merges.service import undo_merge as undo_merge_of_cases
from caseflow.features.duplicates.cases.service import pair_of as pair_of_cases
from caseflow.features.duplicates.commands import MergeChoices, Merging
from caseflow.features.duplicates.planning import digest_of
from caseflow.features.duplicates.queries import one_merge, rows_of
from caseflow.features.duplicates.service import merge_persons, pair_of, undo_merge
from caseflow.models import Case, CaseMerge, CasePerson, PersonMerge
from caseflow.unit_of_work import UnitOfWork, Units

TABLES = (
    "person",
    "person_identity",
    "identity_token",
    "identity_reveal",
    "case_person",
    "claim_person",
    "consent",
    "remedy_person",
    "evidence_support",
    "domestic_remedy",
    "contact_attempt",
    "contact_channel",
    "contact_channel_value",
    "person_relation",
    "code_name_counter",
)


def merging_of(uow: UnitOfWork, kept: CasePerson, merged: CasePerson, **choices: Any) -> Merging:
    """Return the command to merge two persons as they are now."""
    rows = rows_of(uow, [kept.person_id, merged.person_id])
    return Merging(choices=MergeChoices(**choices), seen=digest_of(rows))


def merge(units: Units, by: PersonActor, kept: CasePerson, merged: CasePerson, **choices: Any) -> PersonMerge:
    """Merge the second person into the first and return the merge."""
    with units.begin(by) as uow:
        pair = pair_of(uow, kept.id, merged.id)
        return merge_persons(uow, pair, merging_of(uow, pair.kept, pair.merged, **choices))


def undo(units: Units, by: PersonActor, merge_id: UUID, reason: str = "They are sisters") -> PersonMerge:
    """Undo a merge."""
    with units.begin(by) as uow:
        return undo_merge(uow, one_merge(uow, merge_id), reason)


def tables(database: Any) -> dict[str, list[str]]:
    """Return all rows of all tables that a merge may touch, as text."""
    with database.as_superuser() as engine, engine.connect() as connection:
        return {
            name: sorted(connection.scalars(text(f"SELECT CAST(to_jsonb(t) AS text) FROM {name} t"))) for name in TABLES
        }


def merge_two_cases(units: Units, by: PersonActor, kept: Case, merged: Case, **taken: Taken) -> CaseMerge:
    """Merge the second case into the first and return the merge."""
    with units.begin(by) as uow:
        seen = case_merges.digest_of_both(uow, (kept.id, merged.id))
        command = MergingCases(reason="One eviction, two calls", seen=seen, taken=taken)
        return merge_cases(uow, pair_of_cases(uow, kept.id, merged.id), command)


def undo_two_cases(units: Units, by: PersonActor, merge_id: UUID, reason: str = "Two evictions") -> CaseMerge:
    """Undo a merge of cases."""
    with units.begin(by) as uow:
        return undo_merge_of_cases(uow, case_merges.one_merge(uow, merge_id), reason)
