"""Evidence and its custody. The content of a restricted piece is shown in the section of the case only, whatever is shared."""

from caseflow.db.policies.conditions import (
    ACTOR,
    IS_KEY_ROTATION,
    JOB,
    children_of_case,
    of_case_visible_to_people,
    of_own_section,
    of_same_case,
    of_writable_case,
)
from caseflow.db.policies.policy import AccessRules, Policy

IS_EVIDENCE_CHECK = f"{JOB} = 'evidence.check'"
IS_EVIDENCE_WORK = f"{JOB} IN ('evidence.check', 'evidence.copy')"
"""The jobs that read every file: the one compares it with its fingerprint, the other makes its copy for looking."""


def may_be_shown(table: str) -> str:
    """Return the condition that the actor sees the piece of evidence of a row, and may know what it is."""
    own = of_own_section("evidence")
    return f"EXISTS (SELECT FROM evidence WHERE evidence.id = {table}.evidence_id AND (NOT evidence.is_restricted OR {own}))"


_UNRESTRICTED = f"(NOT is_restricted OR {of_own_section('evidence')})"
_WRITABLE = f"{of_writable_case('evidence')} AND {_UNRESTRICTED}"
_CONTENT = f"{of_case_visible_to_people('evidence_content')} AND {may_be_shown('evidence_content')}"
_WRITABLE_CONTENT = f"{of_writable_case('evidence_content')} AND {may_be_shown('evidence_content')}"
_OF_ONE_CASE = " AND ".join(
    of_same_case("evidence_support", one) for one in ("evidence", "claim", "act", "case_person")
)
_REMEDY_OF_CASE = (
    "(remedy_id IS NULL OR EXISTS (SELECT FROM domestic_remedy WHERE domestic_remedy.id = evidence_support.remedy_id "
    "AND domestic_remedy.case_id = evidence_support.case_id))"
)
_WRITABLE_SUPPORT = f"{of_writable_case('evidence_support')} AND {may_be_shown('evidence_support')}"
_CUSTODY = f"{of_case_visible_to_people('evidence_custody')} AND {may_be_shown('evidence_custody')}"
_EVIDENCE_OF_CASE = of_same_case("evidence_custody", "evidence")

RULES = AccessRules(
    policies=(
        *[one for one in children_of_case("evidence") if one.command == "SELECT"],
        Policy("evidence", "INSERT", check=_WRITABLE),
        Policy("evidence", "UPDATE", _WRITABLE, _WRITABLE),
        Policy("evidence_content", "SELECT", f"({_CONTENT}) OR {IS_KEY_ROTATION} OR {IS_EVIDENCE_WORK}"),
        Policy("evidence_content", "INSERT", check=_WRITABLE_CONTENT),
        Policy("evidence_content", "UPDATE", f"({_WRITABLE_CONTENT}) OR {IS_KEY_ROTATION} OR {IS_EVIDENCE_WORK}"),
        *[one for one in children_of_case("evidence_support") if one.command == "SELECT"],
        Policy("evidence_support", "INSERT", check=f"{_WRITABLE_SUPPORT} AND {_OF_ONE_CASE} AND {_REMEDY_OF_CASE}"),
        Policy("evidence_support", "DELETE", _WRITABLE_SUPPORT),
        Policy("evidence_custody", "SELECT", f"({_CUSTODY}) OR {IS_EVIDENCE_CHECK}"),
        # Whoever may see a file may take it out, which is an event; only in their own name.
        Policy(
            "evidence_custody",
            "INSERT",
            check=f"({_CUSTODY} AND {_EVIDENCE_OF_CASE} AND user_id = {ACTOR}) OR ({IS_EVIDENCE_CHECK} AND user_id IS NULL)",
        ),
    ),
    grants=(
        "GRANT SELECT, INSERT ON evidence, evidence_content, evidence_custody TO caseflow_app",
        "GRANT SELECT, INSERT, DELETE ON evidence_support TO caseflow_app",
        # The number and the case never change, nor does anything of the file but who can open it, what a check found, and whether it is still there.
        "GRANT UPDATE (kind, is_restricted, removed_at, removed_because, version) ON evidence TO caseflow_app",
        "GRANT UPDATE (title, dated, language, pages, source, received_on, obtained, original_place, shows, "
        "file_name_sealed, key_sealed, verified_at, damage, copy_as, copy_key_sealed, copy_ends, copy_pages, "
        "copy_refusal, copy_begun_at, copy_tries, destroyed_at) ON evidence_content TO caseflow_app",
    ),
)
