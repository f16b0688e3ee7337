"""Tasks: whoever sees a case reads them, so do the jobs that plan its reminders; whoever may change it writes them; nobody removes one."""

from caseflow.db.policies.conditions import (
    ACTOR,
    CASE_SECTIONS,
    IS_COORDINATOR,
    of_same_case,
    of_visible_case,
    of_writable_case,
)
from caseflow.db.policies.policy import AccessRules, Policy

WRITABLE = of_writable_case("task")
OF_THE_CASE = " AND ".join(
    (
        WRITABLE,
        of_same_case("task", "claim"),
        of_same_case("task", "domestic_remedy"),
        # The record of a person may have been merged into another one since: the task then is on that one.
        "(task.person_id IS NULL OR EXISTS (SELECT FROM person JOIN case_person "
        "ON case_person.person_id IN (person.id, person.merged_into_id) "
        "WHERE person.id = task.person_id AND case_person.case_id = task.case_id))",
    )
)

COORDINATES = f"({IS_COORDINATOR} AND section_id = {CASE_SECTIONS})"

RULES = AccessRules(
    policies=(
        Policy("task", "SELECT", of_visible_case("task")),
        Policy("task", "INSERT", check=f"asked_by_id = {ACTOR} AND {OF_THE_CASE}"),
        Policy("task", "UPDATE", WRITABLE, OF_THE_CASE),
        # Templates hold no cases: the people of the section use them, its coordinators write them.
        Policy("task_template", "SELECT", f"section_id = {CASE_SECTIONS}"),
        Policy("task_template", "INSERT", check=COORDINATES),
        Policy("task_template", "UPDATE", COORDINATES, COORDINATES),
        Policy("task_template", "DELETE", COORDINATES),
    ),
    grants=(
        "GRANT SELECT, INSERT ON task TO caseflow_app",
        "GRANT UPDATE (title, details, due_on, given_to_id, claim_id, domestic_remedy_id, person_id, steps, done_steps, "
        "status, result, ended_at, ended_by_id, version) ON task TO caseflow_app",
        "GRANT SELECT, INSERT, DELETE ON task_template TO caseflow_app",
        "GRANT UPDATE (name, date_name, stage, urgency, lines, version) ON task_template TO caseflow_app",
    ),
)
