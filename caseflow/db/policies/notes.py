"""Notes: whoever sees a case reads them, whoever may change it adds to them, and nobody removes or rewrites one.

A note on a restricted piece of evidence is read only by those who may know what that is. Who is mentioned in a note may see it.
"""

from caseflow.db.policies.conditions import ACTOR, of_case_visible_to_people, of_same_case, of_writable_case
from caseflow.db.policies.evidence import may_be_shown
from caseflow.db.policies.policy import AccessRules, Policy

SHOWN = f"(evidence_id IS NULL OR {may_be_shown('note')})"
OWN_AND_NEW = f"written_by_id = {ACTOR} AND created_at > now() - interval '15 minutes' AND {of_writable_case('note')}"
OF_THE_CASE = " AND ".join(
    (
        of_same_case("note", "claim"),
        of_same_case("note", "domestic_remedy"),
        of_same_case("note", "evidence"),
        "(note.person_id IS NULL OR EXISTS (SELECT FROM case_person "
        "WHERE case_person.person_id = note.person_id AND case_person.case_id = note.case_id))",
        SHOWN,
    )
)
_OF_NOTE = "note.id = note_mention.note_id AND note.case_id = note_mention.case_id"
_ITS_NOTE = f"EXISTS (SELECT FROM note WHERE {_OF_NOTE})"
_IS_ON_RESTRICTED = f"EXISTS (SELECT FROM note JOIN evidence ON evidence.id = note.evidence_id WHERE {_OF_NOTE} AND evidence.is_restricted)"
_READERS = "SELECT reader.user_id FROM caseflow_case_readers(note_mention.case_id) AS reader"
_MAY_READ_IT = f"note_mention.user_id IN ({_READERS} WHERE reader.is_of_section OR NOT {_IS_ON_RESTRICTED})"
_OWN_AND_NEW_MENTION = (
    f"mentioned_by_id = {ACTOR} AND created_at > now() - interval '15 minutes' AND {of_writable_case('note_mention')}"
)

RULES = AccessRules(
    policies=(
        Policy("note", "SELECT", f"{of_case_visible_to_people('note')} AND {SHOWN}"),
        Policy("note", "INSERT", check=f"written_by_id = {ACTOR} AND {of_writable_case('note')} AND {OF_THE_CASE}"),
        Policy("note", "UPDATE", OWN_AND_NEW, f"{OWN_AND_NEW} AND {OF_THE_CASE}"),
        # The policy on the note decides, inside the sub-select.
        Policy("note_mention", "SELECT", _ITS_NOTE),
        Policy(
            "note_mention",
            "INSERT",
            check=f"mentioned_by_id = {ACTOR} AND {of_writable_case('note_mention')} AND {_ITS_NOTE} AND {_MAY_READ_IT}",
        ),
        Policy("note_mention", "UPDATE", f"user_id = {ACTOR} AND {_ITS_NOTE}", f"user_id = {ACTOR}"),
        Policy("note_mention", "DELETE", _OWN_AND_NEW_MENTION),
    ),
    grants=(
        "GRANT SELECT, INSERT ON note TO caseflow_app",
        "GRANT UPDATE (kind, held_on, text, claim_id, domestic_remedy_id, person_id, evidence_id, version) ON note TO caseflow_app",
        "GRANT SELECT, INSERT, UPDATE (read_at), DELETE ON note_mention TO caseflow_app",
    ),
)
