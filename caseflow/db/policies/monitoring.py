"""Heartbeats of processes, alarms for administrators, and which migration the database has."""

from caseflow.db.policies.conditions import ACTOR, IS_ADMINISTRATOR, IS_REASSESSMENT, JOB, readable_by_all
from caseflow.db.policies.policy import AccessRules, Policy

RAISES_ALARM = (
    f"({IS_REASSESSMENT} OR ({JOB} = 'watch' AND kind = 'clock') OR ({JOB} = 'evidence.check' AND kind = 'files'))"
)

RULES = AccessRules(
    policies=(
        *readable_by_all("heartbeat", "watch", "deadlines.remind"),
        Policy("alarm", "SELECT", f"{IS_REASSESSMENT} OR {JOB} IN ('watch', 'evidence.check') OR {IS_ADMINISTRATOR}"),
        Policy("alarm", "SELECT", "true", role="caseflow_guard"),
        Policy("alarm", "INSERT", check=RAISES_ALARM),
        Policy(
            "alarm",
            "UPDATE",
            f"{RAISES_ALARM} OR ({IS_ADMINISTRATOR} AND seen_at IS NULL)",
            f"{RAISES_ALARM} OR ({IS_ADMINISTRATOR} AND seen_by_id = {ACTOR})",
        ),
    ),
    grants=(
        "GRANT SELECT, INSERT, UPDATE ON heartbeat, alarm TO caseflow_app",
        "GRANT SELECT (name, beat_at) ON heartbeat TO caseflow_guard",
        "GRANT SELECT (seen_at, kind) ON alarm TO caseflow_guard",
        "GRANT SELECT ON alembic_version TO caseflow_app",
    ),
    open_tables=("heartbeat",),
)
