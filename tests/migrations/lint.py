"""What a migration must not do to existing tables, checked by squawk on the SQL that Alembic writes.

Tables of the same migration are exempt, and so are migrations before 0006. The rules that matter most here:

- A CHECK or a foreign key on an existing table is added NOT VALID, and validated by a later migration.
- An index on an existing table is built CONCURRENTLY. All migrations run in one transaction, where PostgreSQL refuses that:
  so add an exception and say how long writes wait, or make the index by hand before the release.
- No new type for a column, no SET NOT NULL without a validated CHECK first, no volatile default for a new column.
- Nothing is dropped or renamed that the previous release still reads, or the exception says why that is safe.
- Whoever changes rows sets the table's forced row security aside first: it holds the owner too, who would change none of them.

An exception is written in the migration: `LINT_EXCEPTIONS = {"ban-drop-table": "the reason"}`. The rules are explained on
https://squawkhq.com/docs/rules. A migration must not need a connection (`op.get_bind()`), so that its SQL can be written.
"""

import json
import re
import subprocess
import sysconfig
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from caseflow.db.base import Base
from caseflow.db.migrate import SCRIPTS

OLDER_THAN_THE_RULES = {
    "0001_first_tables",
    "0002_register_and_assessments",
    "0003_calm_reminders",
    "0004_renewals_and_alarms",
    "0005_told_after_the_mail",
}
NOT_USED = {
    "prefer-bigint-over-int": "positions, counts and versions stay small",
    "prefer-robust-stmts": "a migration that fails is rolled back as a whole",
    "prefer-text-field": "lengths are limits of what people may write; changing-column-type guards a change",
    "renaming-object": "only migrations know the names of constraints and indexes",
    "require-lock-timeout": "migrations/env.py sets it, and test_migrations.py asks PostgreSQL",
    "require-statement-timeout": "a statement that has its lock may take its time: killing it would only repeat the work",
}
"""Rules of squawk that are switched off, with the reason. All others apply."""
OLDEST_POSTGRESQL = "15"
SQUAWK = Path(sysconfig.get_path("scripts")) / "squawk"
WORDS_OF_A_REASON = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule that a migration breaks."""

    rule: str
    message: str


def sql_of(upgrade: Callable[[], None]) -> str:
    """Return the SQL of a migration's `upgrade`, without a database."""
    written = StringIO()
    options = {"as_sql": True, "output_buffer": written, "literal_binds": True, "target_metadata": Base.metadata}
    with Operations.context(MigrationContext.configure(dialect_name="postgresql", opts=options)):
        upgrade()
    return written.getvalue()


def faults_of(sql: str) -> list[Fault]:
    """Return the faults that squawk finds in the SQL of a migration."""
    command = [SQUAWK, "--assume-in-transaction", "--pg-version", OLDEST_POSTGRESQL, "--reporter", "json"]
    answer = subprocess.run(
        [*command, "--exclude", ",".join(NOT_USED)], input=sql, capture_output=True, text=True, check=False
    )
    if answer.returncode not in {0, 1} or answer.stderr:
        raise RuntimeError(f"squawk failed with {answer.returncode}: {answer.stderr}")
    return [
        Fault(found["rule_name"], f"{found['message']} {found['help'] or ''}") for found in json.loads(answer.stdout)
    ]


def unseen_rows(sql: str) -> list[str]:
    """Return the tables whose rows are changed though row security hides them from the owner."""
    seen = set(re.findall(r'ALTER TABLE "?(\w+)"? NO FORCE ROW LEVEL SECURITY', sql))
    return sorted(set(re.findall(r'(?:UPDATE|DELETE FROM) "?(\w+)"?', sql)) - seen - {"alembic_version"})


def complaints(name: str, upgrade: Callable[[], None], exceptions: Mapping[str, str]) -> Iterator[str]:
    """Yield the faults of a migration and its exceptions, each with what to do."""
    faults = faults_of(sql_of(upgrade))
    for fault in faults:
        if fault.rule not in exceptions:
            yield f"{name}: {fault.rule}: {fault.message}"
    for rule, reason in exceptions.items():
        if rule not in {fault.rule for fault in faults}:
            yield f"{name}: take {rule} out of LINT_EXCEPTIONS: the migration does not need it"
        if len(reason.split()) < WORDS_OF_A_REASON:
            yield f"{name}: say in LINT_EXCEPTIONS why {rule} may be broken"


def changes_without_effect() -> list[str]:
    """Return the migrations that change rows which they can't see, up or down."""
    return [
        f"{revision.revision}: ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY before its rows are changed"
        for revision in ScriptDirectory(str(SCRIPTS)).walk_revisions()
        for step in (revision.module.upgrade, revision.module.downgrade)
        for table in unseen_rows(sql_of(step))
    ]


def complaints_about_migrations() -> list[str]:
    """Return the faults of all migrations that are not exempt."""
    return [
        complaint
        for revision in ScriptDirectory(str(SCRIPTS)).walk_revisions()
        if revision.revision not in OLDER_THAN_THE_RULES
        for complaint in complaints(
            revision.revision, revision.module.upgrade, getattr(revision.module, "LINT_EXCEPTIONS", {})
        )
    ]
