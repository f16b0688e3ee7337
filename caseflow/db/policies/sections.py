"""The sections of the coalition, and their public contacts."""

from caseflow.db.policies.conditions import (
    HAS_ANY_ROLE,
    IS_ADMINISTRATOR,
    IS_COORDINATOR,
    JOB,
    MEMBER_SECTIONS,
    readable_by_all,
)
from caseflow.db.policies.policy import AccessRules, Policy

IS_OWN = f"section_id = {MEMBER_SECTIONS}"
WRITES_CONTACT = f"{IS_OWN} AND ({IS_COORDINATOR} OR {IS_ADMINISTRATOR})"

RULES = AccessRules(
    policies=(
        *readable_by_all("section", "accounts.admin"),
        Policy("section", "SELECT", "true", role="caseflow_counter"),
        # Public pages read as the job `register`: of contacts only those that their section publishes.
        Policy("section_contact", "SELECT", f"(is_published AND ({JOB} = 'register' OR {HAS_ANY_ROLE})) OR {IS_OWN}"),
        Policy("section_contact", "INSERT", check=WRITES_CONTACT),
        Policy("section_contact", "UPDATE", WRITES_CONTACT, WRITES_CONTACT),
    ),
    grants=(
        "GRANT SELECT, INSERT, UPDATE ON section TO caseflow_app",
        "GRANT SELECT ON section TO caseflow_guard",
        "GRANT SELECT (id, time_zone) ON section TO caseflow_counter",
        "GRANT SELECT, INSERT, UPDATE ON section_contact TO caseflow_app",
    ),
    open_tables=("section",),
)
