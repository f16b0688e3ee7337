"""What the Committee decided on the claims of a case, and its recommendations."""

from dataclasses import replace

from caseflow.db.policies.conditions import children_of_case, of_same_case
from caseflow.db.policies.policy import AccessRules

_OF_LETTER = of_same_case("claim_decision", "letter")
_CLAIMS = [
    replace(policy, check=f"{policy.check} AND {_OF_LETTER}") if policy.check else policy
    for policy in children_of_case("claim_decision", parent="claim")
]

_OF_FOLLOWED_LETTER = of_same_case("follow_up_step", "letter")
_FOLLOW_UP = [
    replace(policy, check=f"{policy.check} AND {_OF_FOLLOWED_LETTER}") if policy.check else policy
    for policy in children_of_case("follow_up_step", parent="recommendation")
]

RULES = AccessRules(
    policies=(*_CLAIMS, *_FOLLOW_UP, *children_of_case("recommendation", parent="letter")),
    grants=("GRANT SELECT, INSERT, UPDATE, DELETE ON claim_decision, recommendation, follow_up_step TO caseflow_app",),
)
