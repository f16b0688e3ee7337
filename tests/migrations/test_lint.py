"""Migrations do not block other transactions for long: the rules of `lint.py`, and a planted fault for each."""

import pytest
import sqlalchemy as sa
from alembic import op
from alembic.script import ScriptDirectory

from caseflow.db.migrate import SCRIPTS
from tests.migrations.lint import (
    OLDER_THAN_THE_RULES,
    changes_without_effect,
    complaints,
    complaints_about_migrations,
    faults_of,
    sql_of,
    unseen_rows,
)

NEW_COLUMN = {"server_default": sa.text("gen_random_uuid()"), "nullable": False}
PLANTED = [
    ("constraint-missing-not-valid", lambda: op.create_check_constraint("planted", "claim", "position > 0")),
    ("adding-foreign-key-constraint", lambda: op.create_foreign_key("planted", "claim", "case", ["case_id"], ["id"])),
    ("disallowed-unique-constraint", lambda: op.create_unique_constraint("planted", "claim", ["position"])),
    ("require-concurrent-index-creation", lambda: op.create_index("planted", "claim", ["position"])),
    ("require-concurrent-index-deletion", lambda: op.drop_index("planted", "claim")),
    ("changing-column-type", lambda: op.alter_column("claim", "position", type_=sa.BigInteger())),
    ("adding-not-nullable-field", lambda: op.alter_column("claim", "position", nullable=False)),
    ("adding-field-with-default", lambda: op.add_column("claim", sa.Column("planted", sa.Uuid(), **NEW_COLUMN))),
    ("adding-required-field", lambda: op.add_column("claim", sa.Column("planted", sa.Uuid(), nullable=False))),
    ("ban-drop-table", lambda: op.drop_table("claim")),
    ("ban-drop-column", lambda: op.drop_column("claim", "position")),
    ("renaming-table", lambda: op.rename_table("claim", "planted")),
    ("renaming-column", lambda: op.alter_column("claim", "position", new_column_name="planted")),
    ("syntax-error", lambda: op.execute("ALTER TABLE claim PLANT")),
]


def add_check_and_validate_it():
    op.create_check_constraint("planted", "claim", "position > 0", postgresql_not_valid=True)
    op.execute("ALTER TABLE claim VALIDATE CONSTRAINT ck_claim_planted")


def make_a_table():
    op.create_table(
        "planted",
        sa.Column("case_id", sa.Uuid(), sa.ForeignKey("case.id"), primary_key=True),
        sa.Column("position", sa.Integer(), sa.CheckConstraint("position > 0", name="is_positive"), nullable=False),
    )
    op.create_index("planted_position", "planted", ["position"], unique=True)


def add_a_check_for_later():
    op.create_check_constraint("planted", "claim", "position > 0", postgresql_not_valid=True)


def validate_and_set_not_null():
    op.execute("ALTER TABLE claim VALIDATE CONSTRAINT ck_claim_planted")
    op.alter_column("claim", "position", nullable=False)


def add_a_column_with_a_constant():
    op.add_column("claim", sa.Column("planted", sa.Boolean(), server_default="false", nullable=False))


def test_no_migration_blocks_other_transactions():
    assert complaints_about_migrations() == []


def test_every_migration_sees_the_rows_that_it_changes():
    assert changes_without_effect() == []


def test_a_planted_change_without_effect_is_found():
    assert unseen_rows("UPDATE deadline SET source = 'x'; DELETE FROM alarm;") == ["alarm", "deadline"]
    assert unseen_rows("ALTER TABLE deadline NO FORCE ROW LEVEL SECURITY; UPDATE deadline SET source = 'x';") == []


def test_the_exempt_migrations_are_those_before_the_rules():
    names = sorted(revision.revision for revision in ScriptDirectory(str(SCRIPTS)).walk_revisions())
    assert names[:5] == sorted(OLDER_THAN_THE_RULES)
    assert len(names) > 5


@pytest.mark.parametrize(("rule", "planted"), PLANTED, ids=[rule for rule, _ in PLANTED])
def test_a_planted_fault_is_found(rule, planted):
    assert rule in {fault.rule for fault in faults_of(sql_of(planted))}
    assert any(rule in complaint for complaint in complaints("planted", planted, {}))


def test_a_check_validated_in_the_same_migration_is_found():
    assert [fault.rule for fault in faults_of(sql_of(add_check_and_validate_it))] == ["constraint-missing-not-valid"]


@pytest.mark.parametrize(
    "careful", [make_a_table, add_a_check_for_later, validate_and_set_not_null, add_a_column_with_a_constant]
)
def test_a_migration_that_blocks_nothing_passes(careful):
    assert faults_of(sql_of(careful)) == []


def test_an_exception_has_a_reason_and_is_needed():
    def planted():
        op.drop_table("planted")

    assert list(complaints("planted", planted, {"ban-drop-table": "nothing reads the table"})) == []
    assert list(complaints("planted", planted, {"ban-drop-table": "unused"})) == [
        "planted: say in LINT_EXCEPTIONS why ban-drop-table may be broken"
    ]
    unneeded = {"ban-drop-table": "nothing reads the table", "renaming-table": "nobody knows the old name"}
    assert list(complaints("planted", planted, unneeded)) == [
        "planted: take renaming-table out of LINT_EXCEPTIONS: the migration does not need it"
    ]
