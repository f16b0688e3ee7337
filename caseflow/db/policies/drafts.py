"""Drafts: only their writer has them, and only while they see the case. The daily full pass deletes old ones.

Whoever closes an account erases its drafts with a function (`db/sql/drafts.sql`), and sees none.
"""

from caseflow.db.policies.conditions import ACTOR, IS_KEY_ROTATION, IS_REASSESSMENT, of_visible_case
from caseflow.db.policies.policy import AccessRules, Policy

OWN = f"(user_id = {ACTOR} AND (case_id IS NULL OR {of_visible_case('draft')}))"
OLD = (
    f"({IS_REASSESSMENT} AND (saved_at < now() - interval '29 days'"
    " OR (typed_sealed IS NULL AND saved_at < now() - interval '23 hours')))"
)

RULES = AccessRules(
    policies=(
        Policy("draft", "SELECT", f"{OWN} OR {OLD} OR {IS_KEY_ROTATION}"),
        Policy("draft", "INSERT", check=OWN),
        Policy("draft", "UPDATE", f"{OWN} OR {IS_KEY_ROTATION}", f"{OWN} OR {IS_KEY_ROTATION}"),
        Policy("draft", "DELETE", f"{OWN} OR {OLD}"),
        Policy("draft", "SELECT", "true", role="caseflow_guard"),
        Policy("draft", "DELETE", "true", role="caseflow_guard"),
    ),
    grants=(
        "GRANT SELECT, INSERT, DELETE ON draft TO caseflow_app",
        "GRANT UPDATE (typed_sealed, saved_at, written, version) ON draft TO caseflow_app",
        "GRANT SELECT (user_id), DELETE ON draft TO caseflow_guard",
    ),
)
