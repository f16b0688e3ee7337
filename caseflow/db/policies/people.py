"""Persons: seen and changed with the cases in which they have a role. Their identity is shown during a reveal only.

A person with a grant to write in a case may record somebody there, but nobody of another section is ever revealed to them.
"""

from caseflow.db.policies.conditions import (
    ACTOR,
    CASE_SECTIONS,
    IS_KEY_ROTATION,
    JOB,
    WRITABLE_CASE,
    children_of_case,
    of_case_visible_to_people,
    of_same_case,
    of_visible_case,
    of_writable_case,
)
from caseflow.db.policies.policy import AccessRules, Policy


def of_visible_person(table: str, column: str = "person_id") -> str:
    """Return the condition that the person of a row is visible: the policy on `person` decides, inside the sub-select."""
    return f"EXISTS (SELECT FROM person WHERE person.id = {table}.{column})"


def has_visible_role(column: str) -> str:
    """Return the condition that a person has a role in a case that the actor sees."""
    return f"EXISTS (SELECT FROM case_person WHERE case_person.person_id = {column})"


def has_writable_role(column: str) -> str:
    """Return the condition that a person has a role in a case that the actor may change."""
    writable = of_writable_case("case_person")
    return f"EXISTS (SELECT FROM case_person WHERE case_person.person_id = {column} AND {writable})"


def of_writable_person(table: str, column: str = "person_id") -> str:
    """Return the condition that the person of a row, or the one they were merged into, has a role in a case that the actor may change."""
    whom = f"{table}.{column}"
    merged = f"EXISTS (SELECT FROM person WHERE person.id = {whom} AND {has_writable_role('person.merged_into_id')})"
    return f"({has_writable_role(whom)} OR {merged})"


def of_section(table: str) -> str:
    """Return the condition that the actor works in the section of the row, or may change a case of it."""
    granted = f'EXISTS (SELECT FROM "case" WHERE "case".section_id = {table}.section_id AND {WRITABLE_CASE})'
    return f"({table}.section_id = {CASE_SECTIONS} OR {granted})"


def is_revealed(table: str) -> str:
    """Return the condition that the person of a row is revealed to the actor at this moment.

    Or the person that they were merged into, if the reveal was allowed after the merge: nobody sees more than was agreed to.
    """
    merged = (
        f"EXISTS (SELECT FROM person_merge WHERE person_merge.merged_id = {table}.person_id "
        "AND person_merge.kept_id = identity_reveal.person_id AND person_merge.undone_at IS NULL "
        "AND person_merge.merged_at < coalesce(identity_reveal.approved_at, identity_reveal.requested_at))"
    )
    return (
        f"EXISTS (SELECT FROM identity_reveal WHERE (identity_reveal.person_id = {table}.person_id OR {merged}) "
        f"AND identity_reveal.user_id = {ACTOR} AND identity_reveal.expires_at > now())"
    )


IS_OWN = f"section_id = {CASE_SECTIONS}"
IDENTITY = f"{IS_OWN} AND {is_revealed('person_identity')}"
IS_COORDINATOR = f"{ACTOR} IN (SELECT caseflow_coordinators(section_id))"
OF_CASE = (
    'EXISTS (SELECT FROM "case" WHERE "case".id = case_person.case_id AND "case".section_id = case_person.section_id)'
)
NEEDS_SECOND = (
    "EXISTS (SELECT FROM people_setting WHERE people_setting.section_id = identity_reveal.section_id "
    "AND people_setting.reveal_needs_second_person)"
)
ENDS_SOON = "(expires_at IS NULL OR expires_at <= now() + interval '20 minutes')"
"""A reveal lasts fifteen minutes by the clock of the application, which may be ahead of that of the database."""
IN_THIS_CASE = (
    "EXISTS (SELECT FROM case_person WHERE case_person.person_id = identity_reveal.person_id "
    "AND case_person.case_id = identity_reveal.case_id)"
)
CASE_PERSON_CHECK = f"{of_writable_case('case_person')} AND {OF_CASE}"
CLAIM_PERSON_CHECK = (
    f"{of_writable_case('claim_person')} AND {of_same_case('claim_person', 'claim')} "
    f"AND {of_same_case('claim_person', 'case_person')}"
)
OF_MERGE = f"{JOB} IS NULL AND EXISTS (SELECT FROM person_merge WHERE person_merge.id = person_merge_row.merge_id)"
OF_ITS_CASE = f"(case_id IS NULL OR {of_visible_case('person_merge_row')})"
OF_OWN_MERGE = (
    "EXISTS (SELECT FROM person_merge WHERE person_merge.id = person_merge_row.merge_id "
    f"AND person_merge.user_id = {ACTOR} AND person_merge.merged_at = now())"
)

RULES = AccessRules(
    policies=(
        Policy("person", "SELECT", f"({has_visible_role('person.id')} OR {has_visible_role('person.merged_into_id')})"),
        Policy("person", "INSERT", check=of_section("person")),
        Policy(
            "person", "UPDATE", f"({has_writable_role('person.id')} OR {has_writable_role('person.merged_into_id')})"
        ),
        Policy("person_identity", "SELECT", f"({IDENTITY}) OR {IS_KEY_ROTATION}"),
        Policy("person_identity", "INSERT", check=of_writable_person("person_identity")),
        Policy(
            "person_identity", "UPDATE", f"{IDENTITY} AND {of_writable_person('person_identity')} OR {IS_KEY_ROTATION}"
        ),
        Policy("identity_token", "SELECT", f"{IS_OWN} AND {of_visible_person('identity_token')} OR {IS_KEY_ROTATION}"),
        Policy("identity_token", "INSERT", check=f"{of_writable_person('identity_token')} OR {IS_KEY_ROTATION}"),
        Policy("identity_token", "DELETE", f"{IS_OWN} AND {of_writable_person('identity_token')} OR {IS_KEY_ROTATION}"),
        Policy(
            "identity_reveal",
            "SELECT",
            f"{IS_OWN} AND {of_visible_person('identity_reveal')} AND (user_id = {ACTOR} OR {IS_COORDINATOR})",
        ),
        Policy(
            "identity_reveal",
            "INSERT",
            check=f"{IS_OWN} AND user_id = {ACTOR} AND {IN_THIS_CASE} AND approved_by_id IS NULL "
            f"AND (expires_at IS NULL OR NOT {NEEDS_SECOND}) AND {ENDS_SOON}",
        ),
        Policy(
            "identity_reveal",
            "UPDATE",
            f"{IS_OWN} AND user_id <> {ACTOR} AND {IS_COORDINATOR}",
            f"approved_by_id = {ACTOR} AND {ENDS_SOON}",
        ),
        Policy("people_setting", "SELECT", f"{JOB} IS NULL AND {IS_OWN}"),
        Policy("people_setting", "INSERT", check=f"{IS_OWN} AND {IS_COORDINATOR}"),
        Policy("people_setting", "UPDATE", f"{IS_OWN} AND {IS_COORDINATOR}"),
        Policy("code_name_counter", "SELECT", of_case_visible_to_people("code_name_counter")),
        Policy("code_name_counter", "INSERT", check=of_writable_case("code_name_counter")),
        Policy("code_name_counter", "UPDATE", of_writable_case("code_name_counter")),
        *[policy for policy in children_of_case("case_person") if policy.command in {"SELECT", "DELETE"}],
        Policy("case_person", "INSERT", check=CASE_PERSON_CHECK),
        Policy("case_person", "UPDATE", of_writable_case("case_person"), CASE_PERSON_CHECK),
        *[policy for policy in children_of_case("claim_person") if policy.command in {"SELECT", "DELETE"}],
        Policy("claim_person", "INSERT", check=CLAIM_PERSON_CHECK),
        Policy("claim_person", "UPDATE", of_writable_case("claim_person"), CLAIM_PERSON_CHECK),
        Policy(
            "person_relation",
            "SELECT",
            f"{JOB} IS NULL AND {of_visible_person('person_relation')} AND {of_visible_person('person_relation', 'other_id')}",
        ),
        Policy(
            "person_relation",
            "INSERT",
            check=f"{of_writable_person('person_relation')} AND {of_writable_person('person_relation', 'other_id')}",
        ),
        Policy(
            "person_relation",
            "UPDATE",
            f"{of_writable_person('person_relation')} AND {of_writable_person('person_relation', 'other_id')}",
        ),
        Policy("person_relation", "DELETE", of_writable_person("person_relation")),
        Policy("person_merge", "SELECT", f"{JOB} IS NULL AND {of_visible_person('person_merge', 'kept_id')}"),
        Policy(
            "person_merge",
            "INSERT",
            check=f"{IS_OWN} AND user_id = {ACTOR} AND merged_at = now() AND undone_at IS NULL "
            f"AND {of_writable_person('person_merge', 'kept_id')} AND {of_writable_person('person_merge', 'merged_id')}",
        ),
        Policy(
            "person_merge",
            "UPDATE",
            f"{IS_OWN} AND undone_at IS NULL AND {of_writable_person('person_merge', 'kept_id')}",
            f"undone_by_id = {ACTOR}",
        ),
        Policy("person_merge_row", "SELECT", f"{OF_MERGE} AND {OF_ITS_CASE}"),
        Policy(
            "person_merge_row",
            "INSERT",
            check=f"{OF_OWN_MERGE} AND (case_id IS NULL OR {of_writable_case('person_merge_row')})",
        ),
        *(
            Policy(table, "SELECT", "true", role="caseflow_guard")
            for table in ("person", "case_person", "identity_token")
        ),
    ),
    grants=(
        "GRANT SELECT, INSERT, UPDATE ON person, person_identity, people_setting, code_name_counter TO caseflow_app",
        "GRANT SELECT, INSERT, DELETE ON identity_token, person_relation TO caseflow_app",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON case_person, claim_person TO caseflow_app",
        # What was asked for stays: only the agreement of a second person is added.
        "REVOKE UPDATE ON identity_reveal FROM caseflow_app",
        "GRANT UPDATE (approved_by_id, approved_at, expires_at) ON identity_reveal TO caseflow_app",
        "GRANT SELECT, INSERT ON identity_reveal TO caseflow_app",
        # Of which section a person is never changes; who it is only when two records of a person are merged, or that is undone.
        "REVOKE UPDATE ON case_person FROM caseflow_app",
        "GRANT UPDATE (person_id, position, roles, description, is_within_jurisdiction, is_affected, affected_how, is_identified, groups, version) "
        "ON case_person TO caseflow_app",
        "GRANT UPDATE (person_id, other_id) ON person_relation TO caseflow_app",
        "GRANT SELECT, INSERT, UPDATE (undone_by_id, undone_at, undo_reason) ON person_merge TO caseflow_app",
        "GRANT SELECT, INSERT ON person_merge_row TO caseflow_app",
        # For `sql/recorded_twice.sql` alone.
        "GRANT SELECT (id, section_id, merged_into_id) ON person TO caseflow_guard",
        "GRANT SELECT (person_id, case_id) ON case_person TO caseflow_guard",
        "GRANT SELECT (section_id, field, token, person_id) ON identity_token TO caseflow_guard",
    ),
)
