"""Reprisals: read and added to in the section of the case alone, whatever is shared; nobody changes or removes an entry."""

from caseflow.db.policies.conditions import ACTOR, of_case_visible_to_people, of_own_section, of_writable_case
from caseflow.db.policies.policy import AccessRules, Policy

_OWN = of_own_section("reprisal")
_PERSON_OF_CASE = (
    "(reprisal.person_id IS NULL OR EXISTS (SELECT FROM case_person "
    "WHERE case_person.person_id = reprisal.person_id AND case_person.case_id = reprisal.case_id))"
)

RULES = AccessRules(
    policies=(
        Policy("reprisal", "SELECT", f"{of_case_visible_to_people('reprisal')} AND {_OWN}"),
        Policy(
            "reprisal",
            "INSERT",
            check=f"written_by_id = {ACTOR} AND {of_writable_case('reprisal')} AND {_OWN} AND {_PERSON_OF_CASE}",
        ),
    ),
    grants=("GRANT SELECT, INSERT ON reprisal TO caseflow_app",),
)
