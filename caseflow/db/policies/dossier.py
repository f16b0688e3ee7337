"""The dossier: texts are only added, numbers of annexes never change, and documents stay in the section of the case.

They list restricted evidence by its title, which other sections do not see, whatever is shared with them.
"""

from caseflow.db.policies.conditions import (
    ACTOR,
    IS_KEY_ROTATION,
    JOB,
    of_case_visible_to_people,
    of_own_section,
    of_same_case,
    of_writable_case,
)
from caseflow.db.policies.evidence import IS_EVIDENCE_CHECK
from caseflow.db.policies.policy import AccessRules, Policy

IS_BUILDING = f"{JOB} = 'dossier.build'"
_ANNEX = f"{of_writable_case('dossier_annex')} AND {of_same_case('dossier_annex', 'evidence')}"
_BUILD = f"{of_case_visible_to_people('dossier_build')} AND {of_own_section('dossier_build')}"

RULES = AccessRules(
    policies=(
        Policy("dossier_text", "SELECT", of_case_visible_to_people("dossier_text")),
        Policy(
            "dossier_text",
            "INSERT",
            check=f"written_by_id = {ACTOR} AND {of_writable_case('dossier_text')} AND {of_same_case('dossier_text', 'claim')}",
        ),
        Policy("dossier_annex", "SELECT", of_case_visible_to_people("dossier_annex")),
        Policy("dossier_annex", "INSERT", check=_ANNEX),
        Policy("dossier_annex", "UPDATE", of_writable_case("dossier_annex"), _ANNEX),
        # The job that compares the store with the database must know every file in it.
        Policy("dossier_build", "SELECT", f"({_BUILD}) OR {IS_BUILDING} OR {IS_KEY_ROTATION} OR {IS_EVIDENCE_CHECK}"),
        Policy(
            "dossier_build",
            "INSERT",
            check=f"asked_by_id = {ACTOR} AND {of_writable_case('dossier_build')} AND {of_own_section('dossier_build')}",
        ),
        Policy("dossier_build", "UPDATE", f"{IS_BUILDING} OR {IS_KEY_ROTATION}"),
    ),
    grants=(
        "GRANT SELECT, INSERT ON dossier_text, dossier_annex, dossier_build TO caseflow_app",
        "GRANT UPDATE (left_out_at) ON dossier_annex TO caseflow_app",
        "GRANT UPDATE (state, fault, begun_at, tries, ended_at, input_sealed, key_sealed, stored_as, size, sha256, pages) "
        "ON dossier_build TO caseflow_app",
    ),
)
