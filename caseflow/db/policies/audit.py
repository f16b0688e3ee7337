"""The audit trail. Nobody changes an entry; the chain is written by its trigger alone."""

from caseflow.db.policies.conditions import (
    ACTOR,
    JOB,
    MEMBER_SECTIONS,
    REPORT_SECTIONS,
    of_case_visible_to_people,
    of_merged_case,
)
from caseflow.db.policies.policy import AccessRules, Policy

OF_AUDITED_SECTION = f"{JOB} = 'audit.verify' OR section_id = ANY ((SELECT caseflow_audit_sections())::uuid[])"

OF_CASE_OF_SECTION = (
    'EXISTS (SELECT FROM "case" WHERE "case".id = audit_entry.case_id AND "case".section_id = audit_entry.section_id)'
)

RULES = AccessRules(
    policies=(
        Policy(
            "audit_entry",
            "SELECT",
            f"{OF_AUDITED_SECTION} OR (case_id IS NOT NULL AND ({of_case_visible_to_people('audit_entry')} "
            f"OR {JOB} IS NULL AND {of_merged_case('audit_entry')}))",
        ),
        Policy(
            "audit_entry",
            "INSERT",
            # Only in one's own name, and only into the trail of one's section, or of the section of a case that one may see.
            # The jobs that record anything name themselves. One of them sees no case, and asks which section one is of.
            check=f"actor_id IS NOT DISTINCT FROM {ACTOR} AND job = coalesce({JOB}, '') "
            "AND (actor_id IS NOT NULL OR job IN ('accounts.admin', 'readiness.reassess', 'keys.rotate')) "
            f"AND CASE WHEN case_id IS NOT NULL THEN {OF_CASE_OF_SECTION} OR section_id = caseflow_section_of_case(case_id) "
            f"OR {of_merged_case('audit_entry')} "
            "WHEN actor_id IS NULL THEN job IN ('accounts.admin', 'keys.rotate') "
            f"ELSE section_id = {MEMBER_SECTIONS} OR section_id = {REPORT_SECTIONS} END",
        ),
        Policy("audit_chain", "SELECT", OF_AUDITED_SECTION),
        Policy("audit_chain", "ALL", "true", "true", role="caseflow_guard"),
    ),
    grants=(
        "REVOKE INSERT ON audit_entry FROM caseflow_app",
        "GRANT SELECT, INSERT (id, section_id, actor_id, job, action, subject, subject_id, case_id, changes) ON audit_entry "
        "TO caseflow_app",
        "GRANT SELECT ON audit_chain TO caseflow_app",
        "GRANT SELECT, INSERT, UPDATE ON audit_chain TO caseflow_guard",
    ),
)
