"""Consent: seen and changed with the case. No answer is ever deleted, except with the person's role in the case."""

from caseflow.db.policies.conditions import children_of_case
from caseflow.db.policies.policy import AccessRules

RULES = AccessRules(
    policies=tuple(
        policy for policy in children_of_case("consent", parent="case_person") if policy.command != "DELETE"
    ),
    grants=(
        "GRANT SELECT, INSERT ON consent TO caseflow_app",
        # For what it is never changes; whose it is only when a person was recorded twice in the case.
        "GRANT UPDATE (case_person_id, status, reason, words, given_by_id, decided_on, how, until, proof, note, version) ON consent TO caseflow_app",
    ),
)
