"""Addresses of calendar feeds. The address is the key: the job that answers it finds the person by it."""

from caseflow.db.policies.conditions import ACTOR, JOB
from caseflow.db.policies.policy import AccessRules, Policy

RULES = AccessRules(
    policies=(
        Policy("calendar_feed", "SELECT", f"{JOB} IN ('calendar', 'accounts.admin') OR user_id = {ACTOR}"),
        Policy("calendar_feed", "INSERT", check=f"user_id = {ACTOR}"),
        Policy("calendar_feed", "UPDATE", f"{JOB} IN ('calendar', 'accounts.admin') OR user_id = {ACTOR}"),
    ),
    grants=("GRANT SELECT, INSERT, UPDATE ON calendar_feed TO caseflow_app",),
)
