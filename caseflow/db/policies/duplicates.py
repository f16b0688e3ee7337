"""What was said to be two although it looks like one: seen by whoever sees both, said by whoever may change both.

Nobody changes what was said: it is taken back, and said again.
"""

from caseflow.db.policies.conditions import ACTOR, CASE_SECTIONS, JOB, WRITABLE_CASE
from caseflow.db.policies.people import of_visible_person, of_writable_person
from caseflow.db.policies.policy import AccessRules, Policy

SIDES = ("first_id", "second_id")
IS_OWN = f"section_id = {CASE_SECTIONS}"


def _of_case(column: str, condition: str = "true") -> str:
    table = "case_difference"
    same = f'"case".id = {table}.{column} AND "case".section_id = {table}.section_id'
    return f'EXISTS (SELECT FROM "case" WHERE {same} AND {condition})'


def _policies(table: str, visible: str, writable: str) -> list[Policy]:
    new = f"user_id = {ACTOR} AND taken_back_by_id IS NULL AND taken_back_at IS NULL"
    return [
        Policy(table, "SELECT", f"{JOB} IS NULL AND {visible}"),
        Policy(table, "INSERT", check=f"{IS_OWN} AND {new} AND {writable}"),
        Policy(table, "UPDATE", f"{IS_OWN} AND taken_back_at IS NULL AND {writable}", f"taken_back_by_id = {ACTOR}"),
    ]


RULES = AccessRules(
    policies=(
        *_policies(
            "person_difference",
            " AND ".join(of_visible_person("person_difference", side) for side in SIDES),
            " AND ".join(of_writable_person("person_difference", side) for side in SIDES),
        ),
        *_policies(
            "case_difference",
            " AND ".join(_of_case(side) for side in SIDES),
            " AND ".join(_of_case(side, WRITABLE_CASE) for side in SIDES),
        ),
    ),
    grants=(
        "GRANT SELECT, INSERT, UPDATE (taken_back_by_id, taken_back_at) ON person_difference, case_difference TO caseflow_app",
        # For `sql/near_cases.sql` alone.
        'GRANT SELECT (state_code, place_district, place_region, happened) ON "case" TO caseflow_guard',
    ),
)
