"""Reviews: the section of a case reads and writes them, whatever is shared; a version and what was said of it never change.

A version holds restricted evidence, which other sections do not see.
"""

from caseflow.db.policies.conditions import ACTOR, of_case_visible_to_people, of_own_section, of_writable_case
from caseflow.db.policies.policy import AccessRules, Policy


def _read(table: str) -> str:
    return f"{of_case_visible_to_people(table)} AND {of_own_section(table)}"


def _write(table: str) -> str:
    return f"{of_writable_case(table)} AND {of_own_section(table)}"


_PREPARED = of_writable_case("prepared_filing")
RULES = AccessRules(
    policies=(
        Policy("case_review", "SELECT", _read("case_review")),
        Policy(
            "case_review",
            "INSERT",
            check=f"{_write('case_review')} AND requested_by_id = {ACTOR} AND signed_by_id IS NULL AND second_by_id IS NULL",
        ),
        Policy("case_review", "UPDATE", _write("case_review"), _write("case_review")),
        Policy("review_comment", "SELECT", _read("review_comment")),
        Policy("review_comment", "INSERT", check=f"{_write('review_comment')} AND written_by_id = {ACTOR}"),
        Policy("review_comment", "UPDATE", _write("review_comment"), _write("review_comment")),
        Policy("prepared_filing", "SELECT", of_case_visible_to_people("prepared_filing")),
        Policy("prepared_filing", "INSERT", check=f"{_PREPARED} AND prepared_by_id = {ACTOR}"),
        Policy("prepared_filing", "UPDATE", _PREPARED, _PREPARED),
    ),
    grants=(
        "GRANT SELECT, INSERT ON case_review, review_comment, prepared_filing TO caseflow_app",
        # Not the version: its content, hash and number, nor who asked for its review.
        "GRANT UPDATE (status, signed_by_id, signed_at, stops, reason, alone_because, second_by_id, second_at, changed_at, ended_at, "
        "ended_by_id, ended_because, version) ON case_review TO caseflow_app",
        "GRANT UPDATE (resolved_at, resolved_by_id) ON review_comment TO caseflow_app",
        "GRANT UPDATE (ended_at) ON prepared_filing TO caseflow_app",
    ),
)
