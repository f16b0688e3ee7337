"""The audit trail. Nobody changes an entry; the chain is written by its trigger alone."""

from caseflow.db.policies.conditions import (
    ACTOR,
    JOB,
    MEMBER_SECTIONS,
    REPORT_SECTIONS,
    of_case_visible_to_people,
    of_visible_case,
)
from caseflow.db.policies.policy import AccessRules, Policy

OF_AUDITED_SECTION = f"{JOB} = 'audit.verify' OR section_id = ANY ((SELECT caseflow_audit_sections())::uuid[])"

RULES = AccessRules(
    policies=(
        Policy(
            "audit_entry",
            "SELECT",
            f"{OF_AUDITED_SECTION} OR (case_id IS NOT NULL AND {of_case_visible_to_people('audit_entry')})",
        ),
        Policy(
            "audit_entry",
            "INSERT",
            # Only in one's own name, and only into the trail of a section or a case that one may see; a job names itself.
            check=f"actor_id IS NOT DISTINCT FROM {ACTOR} AND job = coalesce({JOB}, '') AND (job <> '' OR ("
            f"actor_id IS NOT NULL AND CASE WHEN case_id IS NULL THEN section_id = {MEMBER_SECTIONS} "
            f"OR section_id = {REPORT_SECTIONS} ELSE {of_visible_case('audit_entry')} END))",
        ),
        Policy("audit_chain", "SELECT", OF_AUDITED_SECTION),
        Policy("audit_chain", "ALL", "true", "true", role="caseflow_guard"),
    ),
    grants=(
        "GRANT SELECT, INSERT ON audit_entry TO caseflow_app",
        "GRANT SELECT ON audit_chain TO caseflow_app",
        "GRANT SELECT, INSERT, UPDATE ON audit_chain TO caseflow_guard",
    ),
)
