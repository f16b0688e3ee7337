"""Mails and bounces. They hold nothing of a case: only the recipient, when, and whether the mail was sent."""

from caseflow.db.policies.conditions import ACTOR, IS_ADMINISTRATOR, JOB
from caseflow.db.policies.policy import AccessRules, Policy

RULES = AccessRules(
    policies=(
        Policy("mail", "SELECT", f"{JOB} = 'deadlines.remind' OR {IS_ADMINISTRATOR} OR recipient_id = {ACTOR}"),
        Policy("mail", "INSERT", check=f"{JOB} = 'deadlines.remind' OR (kind = 'test' AND recipient_id = {ACTOR})"),
        Policy("mail", "UPDATE", f"{JOB} = 'deadlines.remind' OR {IS_ADMINISTRATOR}"),
        Policy(
            "mail_bounce",
            "SELECT",
            f"{JOB} IN ('deadlines.remind', 'accounts.admin') OR {IS_ADMINISTRATOR} OR user_id = {ACTOR}",
        ),
        Policy("mail_bounce", "INSERT", check=f"{JOB} = 'deadlines.remind'"),
        Policy("mail_bounce", "UPDATE", f"{JOB} = 'accounts.admin' OR {IS_ADMINISTRATOR}"),
        *(Policy(table, "SELECT", "true", role="caseflow_guard") for table in ("mail", "mail_bounce")),
    ),
    grants=(
        "GRANT SELECT, INSERT, UPDATE ON mail TO caseflow_app",
        "GRANT SELECT (status, due_at, created_at) ON mail TO caseflow_guard",
        "GRANT SELECT (user_id, is_permanent, cleared_at, at) ON mail_bounce TO caseflow_guard",
        "GRANT SELECT, INSERT ON mail_bounce TO caseflow_app",
        "GRANT UPDATE (cleared_at) ON mail_bounce TO caseflow_app",
    ),
)
