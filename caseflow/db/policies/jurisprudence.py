"""Decisions of the Committee: published law, read by everybody and written by the command that loads the pack."""

from caseflow.db.policies.conditions import JOB, readable_by_all
from caseflow.db.policies.policy import AccessRules, Policy

TABLES = ("decided_communication", "holding")

RULES = AccessRules(
    policies=tuple(
        policy
        for table in TABLES
        for policy in (*readable_by_all(table, "accounts.admin"), Policy(table, "DELETE", f"{JOB} = 'accounts.admin'"))
    ),
    grants=(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(TABLES)} TO caseflow_app",),
    open_tables=TABLES,
)
