"""What becomes of each table of a case when the case is merged into another one (`db/sql/case_merges.sql`).

Every table with a case has its place in one of these (`tests/features/duplicates/test_case_places.py`).
"""

from collections.abc import Mapping
from typing import Final

MOVED: Final[Mapping[str, tuple[str, ...]]] = {
    "claim": ("position",),
    "case_person": ("position", "code_name"),
    "domestic_remedy": (),
    "intervention": ("position",),
    "other_procedure": ("position",),
    "state_objection": ("position",),
    "evidence": ("number",),
    "evidence_upload": (),
    "note": (),
    "task": (),
    "deadline": (),
    "case_flag": (),
    "reprisal": (),
}
"""Moved by their ids, which are kept, and the columns in which they are numbered on behind the rows of the other case."""
FOLLOWING: Final[Mapping[str, tuple[str, str]]] = {
    "act": ("claim", "claim_id"),
    "housing_application": ("claim", "claim_id"),
    "other_treaty_article": ("claim", "claim_id"),
    "claim_person": ("claim", "claim_id"),
    "remedy_person": ("domestic_remedy", "domestic_remedy_id"),
    "consent": ("case_person", "case_person_id"),
    "contact_attempt": ("case_person", "case_person_id"),
    "evidence_content": ("evidence", "evidence_id"),
    "evidence_custody": ("evidence", "evidence_id"),
    "evidence_support": ("evidence", "evidence_id"),
    "note_mention": ("note", "note_id"),
    "deadline_acknowledgement": ("deadline", "deadline_id"),
    "reminder": ("deadline", "deadline_id"),
}
"""Moved with a row of another table, which they name."""
REFUSED: Final = (
    "filing",
    "letter",
    "claim_decision",
    "recommendation",
    "follow_up_step",
    "case_review",
    "review_comment",
    "prepared_filing",
    "dossier_text",
    "dossier_annex",
    "dossier_build",
    "interim_request",
    "interim_breach",
)
"""What was reviewed or filed, and what the Committee wrote, is of one case as it was: a case that has such rows is not merged.

A dossier that was begun, with its versions and numbers of annexes, stays where it is: its case is not merged into another.
"""
KEPT: Final[Mapping[str, str]] = {
    "assessment": "what the engine said of the case as it was",
    "audit_entry": "the history of the case; it is read with that of the other one",
    "case_difference": "what was said of the case",
    "case_grant": "both have the same, or they are not merged",
    "case_link": "links that were taken back; a case with one that holds is not merged into another",
    "case_listing": "what the list sorted the case by",
    "case_merge": "what was merged into the case before: that is undone first",
    "case_view": "who looked at the case",
    "code_name_counter": "which code names the case gave",
    "draft": "what was typed on the pages of the case, and is offered there again",
    "identity_reveal": "who saw a name, and why",
    "person_merge_row": "what a merge of persons changed in the case as it was",
}
"""Stays with the merged case, and is there again when the merge is undone; with the reason."""
UNCHECKED: Final = frozenset(
    {"evidence_custody", "evidence_upload", "deadline_acknowledgement", "note_mention", "reminder"}
)
"""What happens to rows by itself or by looking, and files on their way: it does not stand against undoing a merge."""
