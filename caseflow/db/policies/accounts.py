"""People's accounts, their memberships and sessions, what limits how often somebody may try to sign in, and the key that signs who acts.

The web server reads no hash of a password and begins no session by itself: `db/sql/sign_in.sql` does both.
"""

from caseflow.db.policies.conditions import (
    ACTOR,
    IS_ADMINISTRATION,
    IS_ADMINISTRATOR,
    IS_AUDITOR,
    IS_KEY_ROTATION,
    JOB,
    MEMBER_SECTIONS,
    REPORT_SECTIONS,
)
from caseflow.db.policies.policy import AccessRules, Policy

# A person who is signed in has one only for giving the password again.
HAS_BUCKET = f"{JOB} = 'accounts' OR ({ACTOR} IS NOT NULL AND starts_with(key, 'own:'))"

RULES = AccessRules(
    policies=(
        Policy(
            "app_user",
            "SELECT",
            f"{IS_ADMINISTRATION} OR id = {ACTOR} OR {IS_ADMINISTRATOR} OR {IS_AUDITOR} OR id IN (SELECT caseflow_colleagues())",
        ),
        Policy("app_user", "INSERT", check=IS_ADMINISTRATION),
        Policy("app_user", "UPDATE", f"{IS_ADMINISTRATION} OR id = {ACTOR}"),
        Policy(
            "membership",
            "SELECT",
            f"{IS_ADMINISTRATION} OR user_id = {ACTOR} OR {IS_ADMINISTRATOR} OR {IS_AUDITOR} OR section_id = {MEMBER_SECTIONS}",
        ),
        Policy("membership", "SELECT", "true", role="caseflow_guard"),
        Policy("membership", "SELECT", f"section_id = {REPORT_SECTIONS}", role="caseflow_counter"),
        Policy("membership", "INSERT", check=IS_ADMINISTRATION),
        Policy("membership", "UPDATE", IS_ADMINISTRATION),
        Policy("user_session", "SELECT", f"{IS_ADMINISTRATION} OR user_id = {ACTOR}"),
        Policy("user_session", "UPDATE", f"{IS_ADMINISTRATION} OR user_id = {ACTOR}"),
        *(Policy("app_user", command, "true", role="caseflow_guard") for command in ("SELECT", "UPDATE")),
        *(Policy("user_session", command, "true", role="caseflow_guard") for command in ("SELECT", "UPDATE")),
        Policy("user_session", "INSERT", check="true", role="caseflow_guard"),
        Policy("data_key_check", "SELECT", "true"),
        Policy("data_key_check", "INSERT", check="true"),
        Policy("data_key_check", "UPDATE", IS_KEY_ROTATION),
        Policy("signing_key", "SELECT", "true", role="caseflow_guard"),
        Policy("sign_in_bucket", "ALL", HAS_BUCKET, HAS_BUCKET),
    ),
    grants=(
        "REVOKE ALL ON app_user, membership, user_session FROM caseflow_app",
        "GRANT SELECT (id, email, name, language, is_active, device_generation, created_at), "
        "UPDATE (language, device_generation) ON app_user TO caseflow_app",
        "GRANT INSERT, UPDATE ON app_user TO caseflow_command",
        "GRANT SELECT ON membership TO caseflow_app, caseflow_guard",
        "GRANT SELECT (user_id, section_id, role, ended_at) ON membership TO caseflow_counter",
        "GRANT INSERT, UPDATE ON membership TO caseflow_command",
        "GRANT SELECT, UPDATE (ended_at, token_hash) ON user_session TO caseflow_app",
        "GRANT SELECT, UPDATE ON app_user TO caseflow_guard",
        "GRANT SELECT, INSERT, UPDATE ON user_session TO caseflow_guard",
        "GRANT SELECT ON signing_key TO caseflow_guard",
        "GRANT SELECT, INSERT ON data_key_check TO caseflow_app",
        "GRANT UPDATE (retired_at) ON data_key_check TO caseflow_command",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_bucket TO caseflow_app",
    ),
    open_tables=("data_key_check",),
)
