"""Letters of the docket: read with their case, and removed by the person who entered them or a coordinator."""

from dataclasses import replace

from caseflow.db.policies.conditions import ACTOR, IS_COORDINATOR, children_of_case
from caseflow.db.policies.policy import AccessRules

_READ, _ADD, _CHANGE, _REMOVE = children_of_case("letter", parent="evidence")
_OF_AUTHOR = f"(entered_by_id = {ACTOR} OR {IS_COORDINATOR})"

RULES = AccessRules(
    policies=(
        _READ,
        replace(_ADD, check=f"{_ADD.check} AND entered_by_id = {ACTOR}"),
        _CHANGE,
        replace(_REMOVE, using=f"{_REMOVE.using} AND {_OF_AUTHOR}"),
    ),
    grants=(
        "GRANT SELECT, INSERT, DELETE ON letter TO caseflow_app",
        # Whose letter it is, and who entered it, never changes.
        "GRANT UPDATE (kind, direction, registration_number, dated_on, received_on, channel, asks, awaited, due_on, due_rule, answered_by_id, no_answer_because, evidence_id, version) ON letter TO caseflow_app",
    ),
)
