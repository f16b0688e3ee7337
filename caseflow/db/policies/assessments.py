"""Stored answers of the engine, and the runs that reassess all cases."""

from caseflow.db.policies.conditions import (
    IS_ADMINISTRATOR,
    IS_REASSESSMENT,
    children_written_by_reassessment,
    of_visible_case,
)
from caseflow.db.policies.policy import AccessRules, Policy

RULES = AccessRules(
    policies=(
        *children_written_by_reassessment("assessment"),
        Policy("assessment", "SELECT", of_visible_case("assessment"), role="caseflow_counter"),
        Policy("reassessment_run", "SELECT", f"{IS_REASSESSMENT} OR {IS_ADMINISTRATOR}"),
        Policy("reassessment_run", "INSERT", check=IS_REASSESSMENT),
        Policy("reassessment_run", "UPDATE", IS_REASSESSMENT, IS_REASSESSMENT),
    ),
    grants=(
        # An answer is never rewritten: only that it was confirmed, replaced or seen is noted.
        "REVOKE UPDATE ON assessment FROM caseflow_app",
        "GRANT UPDATE (is_current, confirmed_on, ruleset, data, seen_at) ON assessment TO caseflow_app",
        "GRANT SELECT, INSERT ON assessment TO caseflow_app",
        "GRANT SELECT (case_id, is_current, outlook) ON assessment TO caseflow_counter",
        "GRANT SELECT, INSERT, UPDATE ON reassessment_run TO caseflow_app",
    ),
)
