"""Grants: cases shared with another section or a person."""

from caseflow.db.policies.conditions import OWN_CASE, children_of_case, of_case_visible_to_people
from caseflow.db.policies.policy import AccessRules, Policy

RULES = AccessRules(
    policies=(
        Policy("case_grant", "SELECT", of_case_visible_to_people("case_grant")),
        Policy("case_grant", "SELECT", "true", role="caseflow_guard"),
        Policy("case_grant", "UPDATE", "true", "true", role="caseflow_guard"),  # for `caseflow_end_grants` alone
        # A person with a grant can't pass it on: only people of the case's own section give and end grants.
        *[policy for policy in children_of_case("case_grant", condition=OWN_CASE) if policy.command != "SELECT"],
    ),
    grants=(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON case_grant TO caseflow_app",
        "GRANT SELECT, UPDATE (ends_on) ON case_grant TO caseflow_guard",
    ),
)
