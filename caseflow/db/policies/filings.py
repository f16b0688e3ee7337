"""Filings of cases."""

from caseflow.db.policies.conditions import ACTOR, of_case_visible_to_people, of_writable_case
from caseflow.db.policies.policy import AccessRules, Policy

WRITABLE = of_writable_case("filing")
PREPARED = (
    "EXISTS (SELECT FROM prepared_filing WHERE prepared_filing.case_id = filing.case_id "
    "AND prepared_filing.prepared_by_id = filing.prepared_by_id)"
)
"""That the person who is named as having prepared it has done so: rows of it are written in one's own name only."""
RULES = AccessRules(
    policies=(
        Policy("filing", "SELECT", of_case_visible_to_people("filing")),
        Policy("filing", "INSERT", check=f"{WRITABLE} AND recorded_by_id = {ACTOR} AND {PREPARED}"),
        Policy("filing", "UPDATE", WRITABLE, WRITABLE),
    ),
    grants=(
        # What was recorded of a filing stays: only its end is added.
        "REVOKE UPDATE ON filing FROM caseflow_app",
        "GRANT UPDATE (ended_at, ended_because) ON filing TO caseflow_app",
        "GRANT SELECT, INSERT ON filing TO caseflow_app",
    ),
)
