"""Install row security: functions, policies and grants.

The migrations call `install` after every upgrade, in the same transaction: policies are a definition, not history
(docs/decisions/0003-policies-are-not-history.md). What is defined is in `db/policies` and `db/sql`.
"""

from sqlalchemy import Connection, text

from caseflow.db.guard_functions import (
    AUDIT_TRIGGER,
    COUNTER_FUNCTIONS,
    GUARD_FUNCTIONS,
    REMINDER_SETTING_TRIGGERS,
)
from caseflow.db.policies import GRANTS, GUARDED, POLICIES


def install(connection: Connection) -> None:
    """Replace all functions, policies and grants. Run as `caseflow_owner`, inside the migration's transaction."""
    old = connection.execute(text("SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public'")).all()
    for name, table in old:
        connection.execute(text(f'DROP POLICY {name} ON "{table}"'))
    for statement in (*GUARD_FUNCTIONS, *COUNTER_FUNCTIONS, *AUDIT_TRIGGER, *REMINDER_SETTING_TRIGGERS):
        connection.exec_driver_sql(statement)
    for table in GUARDED:
        connection.execute(text(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'))
        connection.execute(text(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'))
    for policy in POLICIES:
        connection.exec_driver_sql(policy.sql())
    for grant in GRANTS:
        connection.execute(text(grant))
