"""Forms that were saved. Each person finds their own; the daily full pass deletes old ones."""

from caseflow.db.policies.conditions import ACTOR, IS_REASSESSMENT
from caseflow.db.policies.policy import AccessRules, Policy

OWN = f"user_id = {ACTOR}"
OLD = f"({IS_REASSESSMENT} AND created_at < now() - interval '6 days')"

RULES = AccessRules(
    policies=(
        Policy("request_key", "SELECT", f"{OWN} OR {OLD}"),
        Policy("request_key", "INSERT", check=OWN),
        Policy("request_key", "UPDATE", OWN, OWN),
        Policy("request_key", "DELETE", f"{OWN} OR {OLD}"),
    ),
    grants=("GRANT SELECT, INSERT, UPDATE, DELETE ON request_key TO caseflow_app",),
)
