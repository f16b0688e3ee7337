"""The sections of the coalition."""

from caseflow.db.policies.conditions import readable_by_all
from caseflow.db.policies.policy import AccessRules, Policy

RULES = AccessRules(
    policies=(
        *readable_by_all("section", "accounts.admin"),
        Policy("section", "SELECT", "true", role="caseflow_counter"),
    ),
    grants=(
        "GRANT SELECT, INSERT, UPDATE ON section TO caseflow_app",
        "GRANT SELECT ON section TO caseflow_guard",
        "GRANT SELECT (id, time_zone) ON section TO caseflow_counter",
    ),
    open_tables=("section",),
)
