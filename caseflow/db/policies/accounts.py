"""People's accounts, their memberships and sessions, and what limits how often somebody may try to sign in."""

from caseflow.db.policies.conditions import (
    ACTOR,
    IS_ACCOUNTS_JOB,
    IS_ADMINISTRATOR,
    IS_AUDITOR,
    JOB,
    MEMBER_SECTIONS,
)
from caseflow.db.policies.policy import AccessRules, Policy

# A person who is signed in has one only for giving the password again.
HAS_BUCKET = f"{JOB} = 'accounts' OR ({ACTOR} IS NOT NULL AND starts_with(key, 'own:'))"

RULES = AccessRules(
    policies=(
        Policy(
            "app_user",
            "SELECT",
            f"{IS_ACCOUNTS_JOB} OR id = {ACTOR} OR {IS_ADMINISTRATOR} OR {IS_AUDITOR} OR id IN (SELECT caseflow_colleagues())",
        ),
        Policy("app_user", "INSERT", check=f"{JOB} = 'accounts.admin'"),
        Policy("app_user", "UPDATE", f"{IS_ACCOUNTS_JOB} OR id = {ACTOR}"),
        Policy(
            "membership",
            "SELECT",
            f"{IS_ACCOUNTS_JOB} OR user_id = {ACTOR} OR {IS_ADMINISTRATOR} OR {IS_AUDITOR} OR section_id = {MEMBER_SECTIONS}",
        ),
        Policy("membership", "SELECT", "true", role="caseflow_guard"),
        Policy("membership", "INSERT", check=f"{JOB} = 'accounts.admin'"),
        Policy("membership", "UPDATE", f"{JOB} = 'accounts.admin'"),
        Policy("user_session", "SELECT", f"{IS_ACCOUNTS_JOB} OR user_id = {ACTOR}"),
        Policy("user_session", "INSERT", check=IS_ACCOUNTS_JOB),
        Policy("user_session", "UPDATE", f"{IS_ACCOUNTS_JOB} OR user_id = {ACTOR}"),
        Policy("sign_in_bucket", "ALL", HAS_BUCKET, HAS_BUCKET),
    ),
    grants=(
        "GRANT SELECT, INSERT, UPDATE ON app_user, membership, user_session TO caseflow_app",
        "GRANT SELECT ON membership TO caseflow_guard",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_bucket TO caseflow_app",
    ),
)
