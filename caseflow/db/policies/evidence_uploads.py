"""Uploads in progress: only whoever sends a file has them, and only while they may change the case. A job removes what is left."""

from caseflow.db.policies.conditions import ACTOR, IS_KEY_ROTATION, of_writable_case
from caseflow.db.policies.evidence import IS_EVIDENCE_CHECK
from caseflow.db.policies.policy import AccessRules, Policy

OWN = f"(user_id = {ACTOR} AND {of_writable_case('evidence_upload')})"

RULES = AccessRules(
    policies=(
        Policy("evidence_upload", "SELECT", f"{OWN} OR {IS_EVIDENCE_CHECK} OR {IS_KEY_ROTATION}"),
        Policy("evidence_upload", "INSERT", check=OWN),
        Policy(
            "evidence_upload",
            "UPDATE",
            f"{OWN} OR {IS_EVIDENCE_CHECK} OR {IS_KEY_ROTATION}",
            f"{OWN} OR {IS_EVIDENCE_CHECK} OR {IS_KEY_ROTATION}",
        ),
        Policy("evidence_upload", "DELETE", IS_EVIDENCE_CHECK),
    ),
    grants=(
        "GRANT SELECT, INSERT, DELETE ON evidence_upload TO caseflow_app",
        # Whose it is, to which case and how large never changes.
        "GRANT UPDATE (file_name_sealed, received, parts_as, keys_sealed, media_type, stored_as, key_sealed, sha256, touched_at, ended_at) "
        "ON evidence_upload TO caseflow_app",
    ),
)
