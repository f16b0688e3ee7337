"""What the list of cases is sorted by: written by triggers, read with the case."""

from caseflow.db.policies.conditions import of_case_visible_to_people, of_visible_case
from caseflow.db.policies.policy import AccessRules, Policy

OF_PERSON = of_case_visible_to_people("case_listing")

RULES = AccessRules(
    policies=(
        Policy("case_listing", "SELECT", of_visible_case("case_listing", is_read_in_order=True)),
        # Only the moment of the last act, by whoever acts in the case: also a guest who acknowledges a deadline.
        Policy("case_listing", "UPDATE", OF_PERSON, OF_PERSON),
        Policy("case_listing", "SELECT", "true", role="caseflow_guard"),
        Policy("case_listing", "INSERT", check="true", role="caseflow_guard"),
        Policy("case_listing", "UPDATE", "true", "true", role="caseflow_guard"),
        Policy("deadline", "SELECT", "true", role="caseflow_guard"),
    ),
    grants=(
        "GRANT SELECT, UPDATE (active_at) ON case_listing TO caseflow_app",
        "GRANT SELECT, INSERT, UPDATE ON case_listing TO caseflow_guard",
        "GRANT SELECT (case_id, kind, due_on, done_at) ON deadline TO caseflow_guard",
    ),
)
