"""Remedy maps: which remedies a country offers for a right."""

from caseflow.db.policies.conditions import IS_ADMINISTRATOR, IS_COORDINATOR, JOB, readable_by_all
from caseflow.db.policies.policy import AccessRules, Policy

KEEPERS = f"{IS_COORDINATOR} OR {IS_ADMINISTRATOR}"

RULES = AccessRules(
    policies=(
        *readable_by_all("remedy_map", "accounts.admin", people=KEEPERS),
        *readable_by_all("remedy_map_step", "accounts.admin", people=KEEPERS),
        Policy("remedy_map_step", "DELETE", f"{JOB} = 'accounts.admin' OR {KEEPERS}"),
    ),
    grants=(
        "GRANT SELECT, INSERT, UPDATE ON remedy_map TO caseflow_app",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON remedy_map_step TO caseflow_app",
    ),
    open_tables=("remedy_map", "remedy_map_step"),
)
