"""Addresses of calendar feeds. The address is the key: `caseflow_enter_feed` finds the person by it."""

from caseflow.db.policies.conditions import ACTOR, IS_ADMINISTRATION
from caseflow.db.policies.policy import AccessRules, Policy

RULES = AccessRules(
    policies=(
        Policy("calendar_feed", "SELECT", f"{IS_ADMINISTRATION} OR user_id = {ACTOR}"),
        Policy("calendar_feed", "INSERT", check=f"user_id = {ACTOR}"),
        Policy("calendar_feed", "UPDATE", f"{IS_ADMINISTRATION} OR user_id = {ACTOR}"),
        *(Policy("calendar_feed", command, "true", role="caseflow_guard") for command in ("SELECT", "UPDATE")),
    ),
    grants=(
        "GRANT SELECT, INSERT, UPDATE ON calendar_feed TO caseflow_app",
        "GRANT SELECT, UPDATE ON calendar_feed TO caseflow_guard",
    ),
)
