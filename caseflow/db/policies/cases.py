"""Cases, and the rows that belong to a case and to no other aggregate."""

from caseflow.db.policies.conditions import (
    ACTOR,
    CASE_SECTIONS,
    IS_KEY_ROTATION,
    IS_ONE_FILE,
    IS_REASSESSMENT,
    REPORT_SECTIONS,
    VISIBLE_CASE,
    WRITABLE_CASE,
    children_of_case,
    of_case_visible_to_people,
    of_visible_case,
)
from caseflow.db.policies.policy import AccessRules, Policy

RULES = AccessRules(
    policies=(
        Policy("case", "SELECT", f"{VISIBLE_CASE} OR ({IS_REASSESSMENT} AND {IS_ONE_FILE}) OR {IS_KEY_ROTATION}"),
        Policy("case", "SELECT", "true", role="caseflow_guard"),
        # What is counted: the cases of sections whose counts the actor may see, and of the sealed ones only those that the
        # actor sees: or a number, or its difference from the list, would betray a sealed case.
        Policy(
            "case",
            "SELECT",
            f"{IS_ONE_FILE} AND section_id = {REPORT_SECTIONS} AND (confidentiality <> 'sealed' OR {VISIBLE_CASE})",
            role="caseflow_counter",
        ),
        Policy("case", "INSERT", check=f"section_id = {CASE_SECTIONS} AND {IS_ONE_FILE}"),
        # Reassessment may lock a row (that needs USING), and change none of it (that needs the CHECK).
        Policy(
            "case",
            "UPDATE",
            f"{WRITABLE_CASE} OR {IS_REASSESSMENT} OR {IS_KEY_ROTATION}",
            f"{WRITABLE_CASE} OR {IS_KEY_ROTATION}",
        ),
        # For the functions of `sql/leavers.sql` and `sql/case_merges.sql` alone.
        Policy("case", "UPDATE", "true", "true", role="caseflow_guard"),
        Policy("case_counter", "SELECT", f"section_id = {CASE_SECTIONS}"),
        Policy("case_counter", "INSERT", check=f"section_id = {CASE_SECTIONS}"),
        Policy("case_counter", "UPDATE", f"section_id = {CASE_SECTIONS}", f"section_id = {CASE_SECTIONS}"),
        *children_of_case("claim", "intervention", "other_procedure", "state_objection"),
        *children_of_case("act", "housing_application", "other_treaty_article", parent="claim"),
        Policy("act", "SELECT", of_visible_case("act"), role="caseflow_counter"),
        Policy("case_view", "SELECT", of_case_visible_to_people("case_view")),
        Policy("case_view", "SELECT", "true", role="caseflow_guard"),  # for `sql/audited_cases.sql` alone
        Policy("case_view", "INSERT", check=f"user_id = {ACTOR} AND {of_visible_case('case_view')}"),
    ),
    grants=(
        # All of a case may be changed but which case of which section it is: a transfer will be an act of its own (L14).
        'REVOKE UPDATE ON "case" FROM caseflow_app',
        "DO $body$ BEGIN EXECUTE (SELECT 'GRANT UPDATE (' || string_agg(quote_ident(attname), ', ') || ') ON \"case\" TO caseflow_app' "
        "FROM pg_attribute WHERE attrelid = '\"case\"'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' "
        "AND attname NOT IN ('id', 'section_id', 'year', 'number', 'reference', 'created_at', 'merged_into_id')); END $body$",
        'GRANT SELECT, INSERT ON "case" TO caseflow_app',
        'GRANT SELECT (id, section_id, reference, confidentiality, owner_id, search, lookup, rights, stage, version) ON "case" TO caseflow_guard',
        'GRANT UPDATE (owner_id, version) ON "case" TO caseflow_guard',
        'GRANT SELECT ON "case" TO caseflow_counter',
        "GRANT SELECT, INSERT, UPDATE ON case_counter TO caseflow_app",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON claim, act, housing_application, intervention, other_treaty_article TO caseflow_app",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON other_procedure, state_objection TO caseflow_app",
        "GRANT SELECT (case_id, is_continuing) ON act TO caseflow_counter",
        "GRANT SELECT, INSERT ON case_view TO caseflow_app",
        "GRANT SELECT ON case_view TO caseflow_guard",
    ),
)
