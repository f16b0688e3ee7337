"""The sections of the coalition."""

from caseflow.db.policies.conditions import readable_by_all
from caseflow.db.policies.policy import AccessRules

RULES = AccessRules(
    policies=(*readable_by_all("section", "accounts.admin"),),
    grants=(
        "GRANT SELECT, INSERT, UPDATE ON section TO caseflow_app",
        "GRANT SELECT ON section TO caseflow_guard",
    ),
    open_tables=("section",),
)
