"""Notes: whoever sees a case reads them, whoever may change it adds to them, and nobody removes or rewrites one."""

from caseflow.db.policies.conditions import ACTOR, of_case_visible_to_people, of_same_case, of_writable_case
from caseflow.db.policies.policy import AccessRules, Policy

OWN_AND_NEW = f"written_by_id = {ACTOR} AND created_at > now() - interval '15 minutes' AND {of_writable_case('note')}"
OF_THE_CASE = " AND ".join(
    (
        of_same_case("note", "claim"),
        of_same_case("note", "domestic_remedy"),
        "(note.person_id IS NULL OR EXISTS (SELECT FROM case_person "
        "WHERE case_person.person_id = note.person_id AND case_person.case_id = note.case_id))",
    )
)

RULES = AccessRules(
    policies=(
        Policy("note", "SELECT", of_case_visible_to_people("note")),
        Policy("note", "INSERT", check=f"written_by_id = {ACTOR} AND {of_writable_case('note')} AND {OF_THE_CASE}"),
        Policy("note", "UPDATE", OWN_AND_NEW, f"{OWN_AND_NEW} AND {OF_THE_CASE}"),
    ),
    grants=(
        "GRANT SELECT, INSERT ON note TO caseflow_app",
        "GRANT UPDATE (kind, held_on, text, claim_id, domestic_remedy_id, person_id, version) ON note TO caseflow_app",
    ),
)
