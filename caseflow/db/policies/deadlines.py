"""Deadlines, what people answered to them, and a section's own thresholds for reminders."""

from caseflow.db.policies.conditions import (
    ACTOR,
    CASE_SECTIONS,
    HAS_ANY_ROLE,
    IS_ADMINISTRATOR,
    IS_REASSESSMENT,
    JOB,
    MEMBER_SECTIONS,
    children_written_by_reassessment,
    of_same_case,
    of_visible_case,
)
from caseflow.db.policies.policy import AccessRules, Policy

OF_VISIBLE_DEADLINE = of_same_case("deadline_acknowledgement", "deadline")

RULES = AccessRules(
    policies=(
        *children_written_by_reassessment("deadline", parent="claim"),
        *(
            Policy(table, "SELECT", of_visible_case(table), role="caseflow_counter")
            for table in ("deadline", "deadline_acknowledgement")
        ),
        # What one person answered to a deadline: read by all who see the case, written by themselves.
        Policy("deadline_acknowledgement", "SELECT", of_visible_case("deadline_acknowledgement")),
        Policy(
            "deadline_acknowledgement",
            "INSERT",
            check=f"user_id = {ACTOR} AND {OF_VISIBLE_DEADLINE}",
        ),
        Policy(
            "deadline_acknowledgement",
            "UPDATE",
            f"user_id = {ACTOR} AND {of_visible_case('deadline_acknowledgement')}",
            f"user_id = {ACTOR} AND {OF_VISIBLE_DEADLINE}",
        ),
        Policy("section_thresholds", "SELECT", f"{HAS_ANY_ROLE} OR {IS_REASSESSMENT}"),
        Policy("section_thresholds", "INSERT", check=f"section_id = {CASE_SECTIONS}"),
        Policy("section_thresholds", "UPDATE", f"section_id = {CASE_SECTIONS}"),
        Policy("section_thresholds", "DELETE", f"section_id = {CASE_SECTIONS}"),
        # A change of recipients or dates asks for reminders to be reconciled; the job does it.
        Policy("reminder_sync_request", "SELECT", f"{IS_REASSESSMENT} OR {IS_ADMINISTRATOR}"),
        Policy(
            "reminder_sync_request",
            "INSERT",
            check=f"{IS_REASSESSMENT} OR {JOB} = 'accounts.admin' OR section_id = {CASE_SECTIONS} "
            f"OR ({IS_ADMINISTRATOR} AND section_id = {MEMBER_SECTIONS} AND kind = 'contact_check')",
        ),
        Policy("reminder_sync_request", "UPDATE", IS_REASSESSMENT, IS_REASSESSMENT),
        Policy("reminder_sync_request", "DELETE", IS_REASSESSMENT),
        Policy("reminder_sync_request", "SELECT", "true", role="caseflow_guard"),
    ),
    grants=(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON deadline, section_thresholds, reminder_sync_request TO caseflow_app",
        "GRANT SELECT, INSERT, UPDATE ON deadline_acknowledgement TO caseflow_app",
        "GRANT SELECT (id, case_id, kind, due_on, done_at) ON deadline TO caseflow_counter",
        "GRANT SELECT (deadline_id, case_id, acknowledged_for) ON deadline_acknowledgement TO caseflow_counter",
        "GRANT SELECT (is_full_pass, asked_at, ended_at) ON reminder_sync_request TO caseflow_guard",
    ),
)
