"""Every table with rows of a case has its place in a merge of two cases (`caseflow/db/case_tables.py`)."""

from sqlalchemy import Column, ForeignKey, MetaData, Table, UniqueConstraint, Uuid

from caseflow.db.base import Base
from caseflow.db.case_tables import FOLLOWING, KEPT, MOVED, REFUSED, UNCHECKED
from caseflow.features.duplicates.case_merges.planning import RESTORED
from caseflow.features.duplicates.case_merges.queries import BY_ITSELF
from caseflow.features.duplicates.words import VOCABULARIES
from caseflow.models import Case

PLACES = (MOVED, FOLLOWING, REFUSED, KEPT)
NOT_MERGED = {
    "id", "section_id", "year", "number", "reference", "state_code", "confidentiality", "stage", "suspended_from", "opened_on",
    "merged_into_id", "version", "is_demo", "created_at", "search", "lookup", "search_version",
}  # fmt: skip
"""Columns of a case that a merge leaves alone: they are equal in both, or say what the case that stays is."""


def tables_of_cases(metadata: MetaData) -> set[str]:
    """Return the tables that name a case, besides `case` itself."""
    return {
        table.name
        for table in metadata.tables.values()
        if table.name != "case" and any(key.column.table.name == "case" for key in table.foreign_keys)
    }


def without_a_place(metadata: MetaData) -> set[str]:
    return tables_of_cases(metadata) - {name for place in PLACES for name in place}


def numbered(metadata: MetaData, table: str) -> set[str]:
    """Return the columns by which rows are numbered within their case."""
    unique = [one for one in metadata.tables[table].constraints if isinstance(one, UniqueConstraint)]
    found = {c.name for one in unique if "case_id" in one.columns for c in one.columns}
    return found - {"id", "case_id"}


def test_every_table_has_one_place():
    assert not without_a_place(Base.metadata), (
        "say in caseflow/db/case_tables.py what becomes of it in a merge of cases"
    )
    names = [name for place in PLACES for name in place]
    assert sorted(names) == sorted(tables_of_cases(Base.metadata)), "a place without a table, or two places"


def test_a_planted_table_is_found():
    metadata = MetaData()
    Table("case", metadata, Column("id", Uuid, primary_key=True))
    Table("visit", metadata, Column("id", Uuid, primary_key=True), Column("case_id", ForeignKey("case.id")))
    assert without_a_place(metadata) == {"visit"}


def test_what_is_numbered_in_a_case_goes_on_behind_the_other():
    for table, columns in MOVED.items():
        of_person_or_key = {"person_id", "key"}  # joined; the deadline of a key that both have stays
        assert numbered(Base.metadata, table) - of_person_or_key <= {*columns}, table
    for table in FOLLOWING:
        assert not numbered(Base.metadata, table), table


def test_what_follows_names_a_row_that_is_moved():
    for table, (parent, column) in FOLLOWING.items():
        assert parent in MOVED, table
        keys = Base.metadata.tables[table].columns[column].foreign_keys
        assert parent in {key.column.table.name for key in keys}, table


def test_what_may_have_changed_has_words():
    changes = VOCABULARIES["case_merge_change"]
    assert {*MOVED, *FOLLOWING, *REFUSED, "case"} - UNCHECKED <= changes.keys()


def test_every_column_of_a_case_is_merged_or_left_alone():
    assert {column.name for column in Case.__table__.columns} == {*RESTORED} | NOT_MERGED


def test_what_is_written_by_itself_is_a_column():
    columns = {c.name for name in ("case", *MOVED, *FOLLOWING) for c in Base.metadata.tables[name].columns}
    assert {*BY_ITSELF} <= columns
