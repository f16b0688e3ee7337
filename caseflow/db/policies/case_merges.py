"""Merges of cases: seen by whoever sees the case that was kept. The functions of `sql/case_merges.sql` alone write them, and move rows."""

from caseflow.db.case_tables import FOLLOWING, MOVED, REFUSED
from caseflow.db.policies.conditions import JOB, OF_KEPT_CASE
from caseflow.db.policies.policy import AccessRules, Policy

READ_ALREADY = {"case_person", "deadline", "reminder"}
"""By functions of other files, which have the policy."""
_COLUMNS = {
    **{table: ("id", "case_id", *numbered) for table, numbered in MOVED.items()},
    **{table: ("case_id", parent) for table, (_parent, parent) in FOLLOWING.items()},
}


def _written(table: str) -> str:
    return ", ".join(("case_id", *MOVED.get(table, ())))


RULES = AccessRules(
    policies=(
        Policy("case_merge", "SELECT", f"{JOB} IS NULL AND {OF_KEPT_CASE}"),
        *(Policy("case_merge", command, "true", role="caseflow_guard") for command in ("SELECT", "UPDATE")),
        Policy("case_merge", "INSERT", check="true", role="caseflow_guard"),
        *(Policy(table, "UPDATE", "true", role="caseflow_guard") for table in _COLUMNS),
        *(
            Policy(table, "SELECT", "true", role="caseflow_guard")
            for table in (*_COLUMNS, *REFUSED, "case_difference", "case_link")
            if table not in READ_ALREADY
        ),
        *(Policy("code_name_counter", command, "true", role="caseflow_guard") for command in ("SELECT", "UPDATE")),
        Policy("code_name_counter", "INSERT", check="true", role="caseflow_guard"),
    ),
    grants=(
        "GRANT SELECT ON case_merge TO caseflow_app",
        "GRANT SELECT, INSERT, UPDATE ON case_merge, code_name_counter TO caseflow_guard",
        *(f"GRANT SELECT ({', '.join(columns)}), UPDATE ({_written(table)}) ON {table} TO caseflow_guard"
          for table, columns in _COLUMNS.items()),
        "GRANT SELECT (key) ON deadline TO caseflow_guard",
        "GRANT SELECT (kind, resolved_at) ON case_flag TO caseflow_guard",
        "GRANT SELECT (first_id, second_id, removed_at) ON case_link TO caseflow_guard",
        "GRANT SELECT (case_id, ended_at) ON filing TO caseflow_guard",
        "GRANT SELECT (case_id) ON letter, claim_decision, recommendation, follow_up_step, case_review, review_comment, prepared_filing TO caseflow_guard",
        "GRANT SELECT (case_id) ON dossier_text, dossier_annex, dossier_build, interim_request, interim_breach TO caseflow_guard",
        "GRANT SELECT (first_id, second_id, taken_back_at) ON case_difference TO caseflow_guard",
        'GRANT SELECT (merged_into_id), UPDATE (merged_into_id) ON "case" TO caseflow_guard',
    ),
)  # fmt: skip
