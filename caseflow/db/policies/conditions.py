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

IS_ADMINISTRATION = f"{JOB} = 'accounts.admin'"
IS_REASSESSMENT = f"{JOB} = 'readiness.reassess'"
IS_KEY_ROTATION = f"{JOB} = 'keys.rotate'"

OWN_CASE = f"(section_id = {CASE_SECTIONS} AND (confidentiality <> 'sealed' OR owner_id = {ACTOR}))"
IS_ONE_FILE = "merged_into_id IS NULL"
"""Of a case: a case that was merged into another one is hidden from everybody, until that is undone."""
VISIBLE_CASE = f"({IS_ONE_FILE} AND ({OWN_CASE} OR id IN (SELECT caseflow_granted_cases('read'))))"
WRITABLE_CASE = f"({IS_ONE_FILE} AND ({OWN_CASE} OR id IN (SELECT caseflow_granted_cases('write'))))"
OF_KEPT_CASE = 'EXISTS (SELECT FROM "case" WHERE "case".id = case_merge.kept_id)'
"""Of a merge: the case that was kept is visible; the policy on `case` decides."""


def of_merged_case(table: str) -> str:
    """Return the condition that the row's case was merged into one that is visible: its history is read with that of the other one."""
    return (
        f"EXISTS (SELECT FROM case_merge WHERE case_merge.merged_id = {table}.case_id "
        f"AND case_merge.section_id = {table}.section_id AND case_merge.undone_at IS NULL)"
    )


def of_own_section(table: str) -> str:
    """Return the condition that the actor works in the section of the row's case."""
    return f'EXISTS (SELECT FROM "case" WHERE "case".id = {table}.case_id AND "case".section_id = {CASE_SECTIONS})'


def of_visible_case(table: str, *, is_read_in_order: bool = False) -> str:
    """Return the condition that the row's case is visible: the policy on `case` decides, inside the sub-select.

    Args:
        table: the table of the policy.
        is_read_in_order: the first rows of an order are read, so the case of each is looked up. Otherwise PostgreSQL may collect
            all visible cases first, which it can't with OFFSET 0.
    """
    return f'EXISTS (SELECT FROM "case" WHERE "case".id = {table}.case_id{" OFFSET 0" if is_read_in_order else ""})'


def of_case_visible_to_people(table: str) -> str:
    """Return the condition for rows that no job needs, though it works on the case: who looked, who has a grant."""
    return f"({JOB} IS NULL AND {of_visible_case(table)})"


def of_writable_case(table: str, condition: str = WRITABLE_CASE) -> str:
    """Return the condition that the actor may change the row's case, and so the rows that belong to it.

    The bare names in the condition are those of the case: inside the sub-select they mean its columns.
    """
    return f'EXISTS (SELECT FROM "case" WHERE "case".id = {table}.case_id AND {condition})'


def of_same_case(table: str, parent: str) -> str:
    """Return the condition that the row of `parent` that a row names, if any, is of the same case: no row of another one.

    A foreign key asks only whether there is such a row, in any case, visible or not.
    """
    named = f"{table}.{parent}_id"
    return f"({named} IS NULL OR EXISTS (SELECT FROM {parent} WHERE {parent}.id = {named} AND {parent}.case_id = {table}.case_id))"


def children_of_case(*tables: str, condition: str = WRITABLE_CASE, parent: str = "") -> list[Policy]:
    """Return the four policies of tables whose rows belong to a case: read with the case, written under the condition.

    `parent` is the table of another row of the case that a row names.
    """
    policies = []
    for table in tables:
        visible, writable = of_visible_case(table), of_writable_case(table, condition)
        check = f"{writable} AND {of_same_case(table, parent)}" if parent else writable
        policies += [
            Policy(table, "SELECT", visible),
            Policy(table, "INSERT", check=check),
            Policy(table, "UPDATE", writable, check),
            Policy(table, "DELETE", writable),
        ]
    return policies


def children_written_by_reassessment(table: str, parent: str = "") -> list[Policy]:
    """Return the policies of what reassessment writes too, besides the people who work on the case. It deletes nothing."""
    writable = f"({of_writable_case(table)} OR {IS_REASSESSMENT})"
    check = f"{writable} AND {of_same_case(table, parent)}" if parent else writable
    return [
        policy
        if policy.command in {"SELECT", "DELETE"}
        else replace(policy, using=policy.using and writable, check=check)
        for policy in children_of_case(table)
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
