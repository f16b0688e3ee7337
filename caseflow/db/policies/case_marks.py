"""Flags on cases, and links between them. Nobody removes one: a flag is resolved, a link is taken back.

A link shows that the other case exists, so it is seen by those who see both cases, and by no job.
"""

from caseflow.db.policies.conditions import ACTOR, JOB, WRITABLE_CASE, of_case_visible_to_people, of_writable_case
from caseflow.db.policies.policy import AccessRules, Policy


def _side(column: str, condition: str = "true") -> str:
    return f'EXISTS (SELECT FROM "case" WHERE "case".id = case_link.{column} AND {condition})'


OF_ITS_SECTION = (
    'EXISTS (SELECT FROM "case" WHERE "case".id = case_flag.case_id AND "case".section_id = case_flag.section_id)'
)
WRITABLE_FLAG = of_writable_case("case_flag")
BOTH_SEEN = f"{JOB} IS NULL AND {_side('first_id')} AND {_side('second_id')}"
ONE_WRITABLE = f"({_side('first_id', WRITABLE_CASE)} OR {_side('second_id', WRITABLE_CASE)})"

RULES = AccessRules(
    policies=(
        Policy("case_flag", "SELECT", of_case_visible_to_people("case_flag")),
        Policy(
            "case_flag",
            "INSERT",
            check=f"raised_by_id = {ACTOR} AND resolved_at IS NULL AND {OF_ITS_SECTION} AND {WRITABLE_FLAG}",
        ),
        Policy("case_flag", "UPDATE", f"resolved_at IS NULL AND {WRITABLE_FLAG}", f"resolved_by_id = {ACTOR}"),
        Policy("case_link", "SELECT", BOTH_SEEN),
        Policy(
            "case_link",
            "INSERT",
            check=f"linked_by_id = {ACTOR} AND removed_at IS NULL AND {BOTH_SEEN} AND {ONE_WRITABLE}",
        ),
        Policy(
            "case_link",
            "UPDATE",
            f"removed_at IS NULL AND {BOTH_SEEN} AND {ONE_WRITABLE}",
            f"removed_by_id = {ACTOR}",
        ),
    ),
    grants=(
        "GRANT SELECT, INSERT, UPDATE (resolution, resolved_by_id, resolved_at) ON case_flag TO caseflow_app",
        "GRANT SELECT, INSERT, UPDATE (removal_reason, removed_by_id, removed_at) ON case_link TO caseflow_app",
    ),
)
