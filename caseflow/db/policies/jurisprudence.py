"""Decisions of the Committee: published law, read by everybody and written by administrators and the command line."""

from caseflow.db.policies.conditions import IS_ADMINISTRATOR, JOB, readable_by_all
from caseflow.db.policies.policy import AccessRules, Policy

TABLES = ("decided_communication", "holding")

RULES = AccessRules(
    policies=tuple(
        policy
        for table in TABLES
        for policy in (
            *readable_by_all(table, "accounts.admin", people=IS_ADMINISTRATOR),
            Policy(table, "DELETE", f"{JOB} = 'accounts.admin' OR {IS_ADMINISTRATOR}"),
        )
    ),
    grants=(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(TABLES)} TO caseflow_app",),
    open_tables=TABLES,
)
