"""The register of States and acceptances, and the history of its changes."""

from caseflow.db.policies.conditions import (
    ACTOR,
    HAS_ANY_ROLE,
    IS_ADMINISTRATOR,
    IS_COORDINATOR,
    JOB,
    readable_by_all,
)
from caseflow.db.policies.policy import AccessRules, Policy

RULES = AccessRules(
    policies=(
        *readable_by_all("state", "accounts.admin", people=IS_ADMINISTRATOR),
        *readable_by_all("treaty_acceptance", "accounts.admin", people=IS_ADMINISTRATOR),
        # Who changed the register is shown to people with a role, and not on the public page.
        Policy("register_change", "SELECT", f"{HAS_ANY_ROLE} OR {JOB} = 'accounts.admin'"),
        Policy(
            "register_change",
            "INSERT",
            check=f"{JOB} = 'accounts.admin' OR (actor_id = {ACTOR} AND ({IS_COORDINATOR} OR {IS_ADMINISTRATOR}))",
        ),
    ),
    grants=(
        "GRANT SELECT, INSERT, UPDATE ON state, treaty_acceptance TO caseflow_app",
        "GRANT SELECT, INSERT ON register_change TO caseflow_app",
    ),
    open_tables=("state", "treaty_acceptance"),
)
