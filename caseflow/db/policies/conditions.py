"""The conditions that policies are made of, and the policies that many tables share.

The functions of `db/sql` are called as scalar sub-selects, so that PostgreSQL runs each once per statement and not once
per row.
"""

from dataclasses import replace

from caseflow.db.policies.policy import Policy

ACTOR = "(SELECT caseflow_actor())"
JOB = "(SELECT caseflow_job())"
IS_ADMINISTRATOR = "(SELECT caseflow_has_role('administrator'))"
IS_COORDINATOR = (
    "((SELECT caseflow_has_role('section_coordinator')) OR (SELECT caseflow_has_role('coalition_coordinator')))"
)
IS_AUDITOR = "(SELECT caseflow_has_role('auditor'))"
HAS_ANY_ROLE = "cardinality((SELECT caseflow_member_sections())) > 0"
CASE_SECTIONS = "ANY ((SELECT caseflow_case_sections())::uuid[])"
MEMBER_SECTIONS = "ANY ((SELECT caseflow_member_sections())::uuid[])"
REPORT_SECTIONS = "ANY ((SELECT caseflow_report_sections())::uuid[])"

IS_ACCOUNTS_JOB = f"{JOB} IN ('accounts', 'accounts.admin')"
IS_REASSESSMENT = f"{JOB} = 'readiness.reassess'"

OWN_CASE = f"(section_id = {CASE_SECTIONS} AND (confidentiality <> 'sealed' OR owner_id = {ACTOR}))"
VISIBLE_CASE = f"({OWN_CASE} OR id IN (SELECT caseflow_granted_cases('read')))"
WRITABLE_CASE = f"({OWN_CASE} OR id IN (SELECT caseflow_granted_cases('write')))"


def of_visible_case(table: str) -> str:
    """Return the condition that the row's case is visible: the policy on `case` decides, inside the sub-select."""
    return f'EXISTS (SELECT FROM "case" WHERE "case".id = {table}.case_id)'


def of_case_visible_to_people(table: str) -> str:
    """Return the condition for rows that no job needs, though it works on the case: who looked, who has a grant."""
    return f"({JOB} IS NULL AND {of_visible_case(table)})"


def of_writable_case(table: str, condition: str = WRITABLE_CASE) -> str:
    """Return the condition that the actor may change the row's case, and so the rows that belong to it.

    The bare names in the condition are those of the case: inside the sub-select they mean its columns.
    """
    return f'EXISTS (SELECT FROM "case" WHERE "case".id = {table}.case_id AND {condition})'


def children_of_case(*tables: str, condition: str = WRITABLE_CASE) -> list[Policy]:
    """Return the four policies of tables whose rows belong to a case: read with the case, written under the condition."""
    policies = []
    for table in tables:
        visible, writable = of_visible_case(table), of_writable_case(table, condition)
        policies += [
            Policy(table, "SELECT", visible),
            Policy(table, "INSERT", check=writable),
            Policy(table, "UPDATE", writable, writable),
            Policy(table, "DELETE", writable),
        ]
    return policies


def children_written_by_reassessment(*tables: str) -> list[Policy]:
    """Return the policies of what reassessment writes too, besides the people who work on the case. It deletes nothing."""
    return [
        policy
        if policy.command in {"SELECT", "DELETE"}
        else replace(
            policy,
            using=policy.using and f"{policy.using} OR {IS_REASSESSMENT}",
            check=f"{policy.check} OR {IS_REASSESSMENT}",
        )
        for policy in children_of_case(*tables)
    ]


def readable_by_all(table: str, *jobs: str, people: str = "false") -> list[Policy]:
    """Return the policies of a table that everybody reads and that only named jobs write, and people under a condition."""
    writers = f"({JOB} IN ({', '.join(repr(job) for job in jobs)}) OR {people})"
    return [
        Policy(table, "SELECT", "true"),
        Policy(table, "SELECT", "true", role="caseflow_guard"),
        Policy(table, "INSERT", check=writers),
        Policy(table, "UPDATE", writers, writers),
    ]
