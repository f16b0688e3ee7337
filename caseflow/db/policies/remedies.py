"""Domestic remedies of a claim."""

from caseflow.db.policies.conditions import children_of_case, of_same_case, of_visible_case, of_writable_case
from caseflow.db.policies.policy import AccessRules, Policy

PERSON_CHECK = (
    f"{of_writable_case('remedy_person')} AND {of_same_case('remedy_person', 'domestic_remedy')} "
    f"AND {of_same_case('remedy_person', 'case_person')}"
)

RULES = AccessRules(
    policies=(
        *children_of_case("domestic_remedy", parent="claim"),
        Policy("domestic_remedy", "SELECT", of_visible_case("domestic_remedy"), role="caseflow_counter"),
        *[policy for policy in children_of_case("remedy_person") if policy.command in {"SELECT", "DELETE"}],
        Policy("remedy_person", "INSERT", check=PERSON_CHECK),
    ),
    grants=(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON domestic_remedy TO caseflow_app",
        "GRANT SELECT, INSERT, DELETE ON remedy_person TO caseflow_app",
        "GRANT SELECT (case_id, is_used, decided, outcome) ON domestic_remedy TO caseflow_counter",
    ),
)
