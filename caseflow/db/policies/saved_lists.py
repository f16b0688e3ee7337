"""Saved lists: everybody has their own, and reads those of the sections on whose cases they work; coordinators keep these."""

from caseflow.db.policies.conditions import ACTOR, CASE_SECTIONS, IS_COORDINATOR
from caseflow.db.policies.policy import AccessRules, Policy

OWN = f"(section_id IS NULL AND user_id = {ACTOR})"
READABLE = f"({OWN} OR section_id = {CASE_SECTIONS})"
KEPT = f"({OWN} OR (section_id = {CASE_SECTIONS} AND {IS_COORDINATOR}))"

RULES = AccessRules(
    policies=(
        Policy("saved_list", "SELECT", READABLE),
        Policy("saved_list", "INSERT", check=f"user_id = {ACTOR} AND {KEPT}"),
        Policy("saved_list", "UPDATE", KEPT, KEPT),
        Policy("saved_list", "DELETE", KEPT),
        Policy("list_setting", "SELECT", f"user_id = {ACTOR}"),
        Policy("list_setting", "INSERT", check=f"user_id = {ACTOR}"),
        Policy("list_setting", "UPDATE", f"user_id = {ACTOR}", f"user_id = {ACTOR}"),
    ),
    grants=(
        "GRANT SELECT, INSERT, DELETE ON saved_list TO caseflow_app",
        "GRANT UPDATE (name, version) ON saved_list TO caseflow_app",
        "GRANT SELECT, INSERT, UPDATE (columns) ON list_setting TO caseflow_app",
    ),
)
