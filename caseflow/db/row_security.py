"""Install row security: functions, policies and grants.

The migrations call `install` after every upgrade, in the same transaction: policies are a definition, not history
(decision 3 in docs/decisions). What is defined is in `db/policies` and `db/sql`.

Each function of `db/sql` that reads other tables is SECURITY DEFINER with a fixed search path, owned by a role that can't
sign in, and written in PL/pgSQL, because that keeps the plan of its query for the life of the connection; a function in
SQL with SECURITY DEFINER is planned at every call (0.15 to 0.8 ms each, several in every statement). ROWS says how many
rows the planner shall expect, where the default of a thousand would mislead it.
"""

import json
from importlib.resources import files

from sqlalchemy import Connection, text

from caseflow.db.case_tables import FOLLOWING, MOVED
from caseflow.db.policies import GRANTS, GUARDED, POLICIES
from caseflow.db.policies.conditions import VISIBLE_CASE

OLD_POLICIES = text("SELECT format('DROP POLICY %I ON %I', policyname, tablename) FROM pg_policies WHERE schemaname = 'public'")  # fmt: skip
OLD_TRIGGERS = text(
    "SELECT format('DROP TRIGGER %I ON %s', t.tgname, t.tgrelid::regclass) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
    "WHERE NOT t.tgisinternal AND p.proowner IN ('caseflow_guard'::regrole, 'caseflow_counter'::regrole)"
)
OLD_FUNCTIONS = text(
    "SELECT format('DROP FUNCTION %s', oid::regprocedure) FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
    "AND proowner IN ('caseflow_guard'::regrole, 'caseflow_counter'::regrole)"
)


def function_scripts() -> list[str]:
    """Return the scripts of `db/sql`, in the order of their names. None depends on another when it is installed.

    `{visible_case}` in them is the condition of the policies, which stays one definition; so do the tables of a case (`db/case_tables.py`).
    """
    scripts = [entry for entry in files("caseflow.db").joinpath("sql").iterdir() if entry.name.endswith(".sql")]
    texts = [script.read_text(encoding="utf-8") for script in sorted(scripts, key=lambda script: script.name)]
    named = {"visible_case": VISIBLE_CASE, "moved_tables": json.dumps(MOVED), "following_tables": json.dumps(FOLLOWING)}
    for name, value in named.items():
        texts = [script.replace(f"{{{name}}}", value) for script in texts]
    return texts


def install(connection: Connection) -> None:
    """Replace all functions, policies and grants. Run as `caseflow_owner`, inside the migration's transaction."""
    for old in (OLD_POLICIES, OLD_TRIGGERS, OLD_FUNCTIONS):
        for drop in connection.scalars(old).all():
            connection.execute(text(drop))
    for script in function_scripts():
        connection.exec_driver_sql(script, execution_options={"no_parameters": True})
    for table in GUARDED:
        connection.execute(text(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'))
        connection.execute(text(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'))
    for policy in POLICIES:
        connection.exec_driver_sql(policy.sql())
    for grant in GRANTS:
        connection.execute(text(grant))
