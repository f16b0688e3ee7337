"""Queries on merges of cases. Row security decides which rows are seen; whoever may merge sees all of both cases."""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import joinedload

from caseflow.db.case_tables import FOLLOWING, MOVED, REFUSED, UNCHECKED
from caseflow.errors import NotFound
from caseflow.features.duplicates.case_merges.planning import RESTORED
from caseflow.models import Case, CaseMerge, CasePerson, User
from caseflow.models.case_search import renew_words
from caseflow.unit_of_work import UnitOfWork, one

CHECKED: Final = tuple(table for table in (*MOVED, *FOLLOWING, *REFUSED) if table not in UNCHECKED)
COUNTED: Final = (*(table for table in MOVED if table not in UNCHECKED), "consent", "contact_attempt")
"""What the pages count: not the files that somebody is still sending, which only they see."""
BY_ITSELF: Final = (
    "version", "search", "lookup", "search_version", "responsible_id", "verified_at", "destroyed_at", "damage", "key_sealed", "file_name_sealed", "copy_as", "copy_key_sealed",
    "copy_ends", "copy_pages", "copy_refusal", "copy_begun_at", "copy_tries",
)  # fmt: skip
"""Columns that jobs write, or that follow from others."""


def _digest(table: str) -> str:
    only_manual = " AND t.source = ''" if table == "deadline" else ""
    rows = f"SELECT CAST(to_jsonb(t) - CAST(:but AS text[]) AS text) AS row FROM {table} t WHERE t.case_id = :case{only_manual}"  # noqa: S608 - names of our own tables
    digest = "encode(sha256(convert_to(coalesce(string_agg(row, ' ' ORDER BY row), ''), 'UTF8')), 'hex')"
    return f"SELECT '{table}' AS source, {digest} AS digest FROM ({rows}) AS rows_of_{table}"  # noqa: S608 - the same


_OF_CASE: Final = (
    "SELECT 'case' AS source, encode(sha256(convert_to(CAST(to_jsonb(c) - CAST(:but AS text[]) AS text), 'UTF8')), 'hex') AS digest "
    'FROM "case" c WHERE c.id = :case'
)
_DIGESTS: Final = text(" UNION ALL ".join([*map(_digest, CHECKED), _OF_CASE]))
_COUNTS: Final = text(
    " UNION ALL ".join(f"SELECT '{table}' AS source, count(*) AS number FROM {table} WHERE case_id = :case" for table in COUNTED)  # noqa: S608 - the same
)  # fmt: skip
_VALUES: Final = text(
    f"""SELECT jsonb_build_object({", ".join(f"'{name}', {name}" for name in RESTORED)}) FROM "case" WHERE id = :case"""  # noqa: S608 - the same
)
_RESTORE: Final = text(
    f"""UPDATE "case" c SET version = c.version + 1, {", ".join(f"{name} = r.{name}" for name in RESTORED)} """  # noqa: S608 - the same
    """FROM jsonb_populate_record(NULL::"case", CAST(:values AS jsonb)) r WHERE c.id = :case"""
)


def digests_of(uow: UnitOfWork, case_id: UUID) -> dict[str, str]:
    """Return a digest of what each table has of a case: one statement."""
    asked = {"case": case_id, "but": list(BY_ITSELF)}
    return {row.source: row.digest for row in uow.session.execute(_DIGESTS, asked)}


def digest_of_both(uow: UnitOfWork, case_ids: Iterable[UUID]) -> str:
    """Return one digest of all that belongs to two cases, to see whether it is still the same."""
    found = [digests_of(uow, case_id) for case_id in case_ids]
    return sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def counts_of(uow: UnitOfWork, case_id: UUID) -> dict[str, int]:
    """Return how much of each kind a case has: one statement."""
    return {row.source: row.number for row in uow.session.execute(_COUNTS, {"case": case_id}) if row.number}


def obstacles(uow: UnitOfWork, kept_id: UUID, merged_id: UUID) -> list[str]:
    """Return why two cases can't be merged, as codes of the vocabulary `case_merge_obstacle`."""
    found = uow.session.scalar(
        text("SELECT caseflow_merge_obstacles(:kept, :merged)"), {"kept": kept_id, "merged": merged_id}
    )
    return list(found or ())


def move_rows(uow: UnitOfWork, kept_id: UUID, merged_id: UUID, reason: str) -> CaseMerge:
    """Move what belongs to a case to another one, and hide it."""
    asked = {"kept": kept_id, "merged": merged_id, "why": reason}
    merge_id = uow.session.scalar(text("SELECT caseflow_merge_cases(:kept, :merged, :why)"), asked)
    _forget(uow, merged_id)
    return uow.session.get_one(CaseMerge, merge_id)


def move_back(uow: UnitOfWork, merge: CaseMerge, reason: str) -> None:
    """Move the rows of a merge back, and show the merged case again."""
    uow.session.execute(text("SELECT caseflow_unmerge_cases(:merge, :why)"), {"merge": merge.id, "why": reason})
    _forget(uow, merge.kept_id)
    uow.session.refresh(merge)


def defer_roles(uow: UnitOfWork) -> None:
    """Ask at the end of the transaction only that a person has one role in a case."""
    uow.session.execute(text("SET CONSTRAINTS uq_case_person_case_id_person_id DEFERRED"))


def keep_changes(uow: UnitOfWork, merge: CaseMerge, changed: Mapping[str, object]) -> None:
    """Keep what else a merge has changed."""
    asked = {"merge": merge.id, "what": json.dumps(changed)}
    uow.session.execute(text("SELECT caseflow_keep_merge(:merge, CAST(:what AS jsonb))"), asked)
    uow.session.refresh(merge)


def values_of(uow: UnitOfWork, case_id: UUID) -> dict[str, Any]:
    """Return what a merge may change of the case that stays, as PostgreSQL writes it."""
    return dict(uow.session.execute(_VALUES, {"case": case_id}).scalar_one())


def restore_values(uow: UnitOfWork, case_id: UUID, values: Mapping[str, Any]) -> None:
    """Write back what a merge changed of the case that stayed."""
    uow.session.execute(_RESTORE, {"case": case_id, "values": json.dumps(values)})
    _forget(uow, case_id)


def renew_search(uow: UnitOfWork, case_ids: Iterable[UUID]) -> None:
    """Write the words by which cases are found, after rows were moved."""
    renew_words(uow.session.connection(), sorted(case_ids))


def _forget(uow: UnitOfWork, case_id: UUID) -> None:
    """Forget a case and its rows, which the session would otherwise show as they were."""
    for row in list(uow.session.identity_map.values()):
        if case_id in (getattr(row, "case_id", None), row.id if isinstance(row, Case) else None):
            uow.session.expunge(row)


_WHO: Final = (
    joinedload(CaseMerge.user).undefer(User.shown_name),
    joinedload(CaseMerge.undone_by).undefer(User.shown_name),
)


def one_merge(uow: UnitOfWork, merge_id: UUID) -> CaseMerge:
    """Return a merge with who did it.

    Raises:
        NotFound: there is none with this id, or the case that stayed may not be seen.
    """
    missing = NotFound("This merge does not exist, or you do not have access to the case.")
    return one(uow, select(CaseMerge).where(CaseMerge.id == merge_id).options(*_WHO), missing)


def merges_into(uow: UnitOfWork, case_id: UUID) -> Sequence[CaseMerge]:
    """Return the merges into a case that hold, the latest first."""
    found = select(CaseMerge).where(CaseMerge.kept_id == case_id, CaseMerge.undone_at.is_(None)).options(*_WHO)
    return uow.session.scalars(found.order_by(CaseMerge.merged_at.desc())).all()


def merges_in(uow: UnitOfWork, section_id: UUID, most: int) -> Sequence[tuple[CaseMerge, Case]]:
    """Return the merges of a section that hold with the case that stayed, the latest first."""
    found = select(CaseMerge, Case).join(Case, Case.id == CaseMerge.kept_id).options(*_WHO)
    found = found.where(CaseMerge.section_id == section_id, CaseMerge.undone_at.is_(None))
    found = found.options(joinedload(Case.section))
    rows = uow.session.execute(found.order_by(CaseMerge.merged_at.desc(), CaseMerge.id.desc()).limit(most))
    return [(row[0], row[1]) for row in rows]


def persons_of(uow: UnitOfWork, case_ids: Iterable[UUID]) -> Sequence[CasePerson]:
    """Return the roles of persons in cases."""
    found = select(CasePerson).where(CasePerson.case_id.in_(list(case_ids))).order_by(CasePerson.position)
    return uow.session.scalars(found).all()
