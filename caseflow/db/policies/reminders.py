"""Reminders, each person's settings for them, and absences."""

from caseflow.db.policies.conditions import (
    ACTOR,
    IS_ADMINISTRATOR,
    IS_COORDINATOR,
    IS_REASSESSMENT,
    JOB,
    of_same_case,
    of_visible_case,
    of_writable_case,
)
from caseflow.db.policies.policy import AccessRules, Policy

OWN_REMINDER = f"(recipient_id = {ACTOR} AND {of_visible_case('reminder')})"
"""To mark one's own reminder as read, one need not be allowed to change the case."""
CHANGES_REMINDERS = (
    f"{JOB} IN ('deadlines.remind', 'readiness.reassess') OR {OWN_REMINDER} OR {of_writable_case('reminder')}"
)
ENDS_ABSENCES = f"{JOB} = 'accounts.admin'"
"""Those of somebody whose account is closed."""
OWN_OR_OF_A_COLLEAGUE = f"user_id = {ACTOR} OR ({IS_COORDINATOR} AND user_id IN (SELECT caseflow_colleagues()))"

RULES = AccessRules(
    policies=(
        Policy(
            "reminder",
            "SELECT",
            f"{JOB} = 'deadlines.remind' OR {IS_ADMINISTRATOR} OR {of_visible_case('reminder')}",
        ),
        Policy(
            "reminder",
            "INSERT",
            # The job that sends reminders sees no deadline: it hands on those that there are.
            check=f"{JOB} = 'deadlines.remind' OR (({of_writable_case('reminder')} OR {IS_REASSESSMENT}) "
            f"AND {of_same_case('reminder', 'deadline')})",
        ),
        # Administrators queue again what failed.
        Policy(
            "reminder",
            "UPDATE",
            f"{CHANGES_REMINDERS} OR ({IS_ADMINISTRATOR} AND status = 'failed')",
            f"{CHANGES_REMINDERS} OR ({IS_ADMINISTRATOR} AND status = 'waiting')",
        ),
        Policy("reminder", "SELECT", "true", role="caseflow_guard"),
        Policy(
            "reminder_setting",
            "SELECT",
            f"{JOB} = 'deadlines.remind' OR {IS_ADMINISTRATOR} OR user_id = {ACTOR}",
        ),
        Policy("reminder_setting", "UPDATE", f"{JOB} = 'deadlines.remind' OR user_id = {ACTOR}"),
        Policy("reminder_setting", "INSERT", check="true", role="caseflow_guard"),
        Policy("reminder_setting", "SELECT", "true", role="caseflow_guard"),
        Policy("reminder_setting", "UPDATE", "true", role="caseflow_guard"),
        # Colleagues may know who is away: it explains why nothing moves.
        Policy(
            "absence",
            "SELECT",
            f"{ENDS_ABSENCES} OR user_id = {ACTOR} OR substitute_id = {ACTOR} OR user_id IN (SELECT caseflow_colleagues())",
        ),
        Policy("absence", "INSERT", check=OWN_OR_OF_A_COLLEAGUE),
        Policy("absence", "DELETE", f"{ENDS_ABSENCES} OR {OWN_OR_OF_A_COLLEAGUE}"),
    ),
    grants=(
        # Which deadline, case and recipient a reminder is of never changes.
        "REVOKE UPDATE ON reminder FROM caseflow_app",
        "GRANT UPDATE (deadline_version, threshold, cause, due_on, due_at, status, mail_id, sent_at, read_at, reason) "
        "ON reminder TO caseflow_app",
        "GRANT SELECT, INSERT ON reminder TO caseflow_app",
        "GRANT SELECT (status, mail_id, due_at, created_at) ON reminder TO caseflow_guard",
        "GRANT SELECT, UPDATE ON reminder_setting TO caseflow_app",
        "GRANT SELECT, INSERT, UPDATE ON reminder_setting TO caseflow_guard",
        "GRANT SELECT, INSERT, DELETE ON absence TO caseflow_app",
    ),
)
