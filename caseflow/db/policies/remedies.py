"""Domestic remedies of a claim."""

from caseflow.db.policies.conditions import children_of_case, of_visible_case
from caseflow.db.policies.policy import AccessRules, Policy

RULES = AccessRules(
    policies=(
        *children_of_case("domestic_remedy", parent="claim"),
        Policy("domestic_remedy", "SELECT", of_visible_case("domestic_remedy"), role="caseflow_counter"),
    ),
    grants=(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON domestic_remedy TO caseflow_app",
        "GRANT SELECT (case_id, is_used, decided, outcome) ON domestic_remedy TO caseflow_counter",
    ),
)
