"""Requests for interim measures: written by who works on the case, and what was sent never changes; breaches are only added."""

from caseflow.db.policies.conditions import ACTOR, of_case_visible_to_people, of_same_case, of_writable_case
from caseflow.db.policies.policy import AccessRules, Policy

_WRITE = of_writable_case("interim_request")
_BREACH = f"{of_writable_case('interim_breach')} AND recorded_by_id = {ACTOR}"

RULES = AccessRules(
    policies=(
        Policy("interim_request", "SELECT", of_case_visible_to_people("interim_request")),
        Policy("interim_request", "INSERT", check=f"{_WRITE} AND signed_by_id IS NULL AND sent_on IS NULL"),
        Policy("interim_request", "UPDATE", f"{_WRITE} AND sent_on IS NULL", _WRITE),
        Policy("interim_breach", "SELECT", of_case_visible_to_people("interim_breach")),
        Policy("interim_breach", "INSERT", check=f"{_BREACH} AND {of_same_case('interim_breach', 'act')}"),
    ),
    grants=(
        "GRANT SELECT, INSERT ON interim_request, interim_breach TO caseflow_app",
        # Neither the case nor the number.
        "GRANT UPDATE (threat, harm, prima_facie, alternatives, who_can_stop, measures, evidence_ids, writer_ids, signed_by_id, "
        "signed_at, alone_because, content, sha256, sent_on, sent_hour, channel, proof, sent_by_id, recorded_at, version) "
        "ON interim_request TO caseflow_app",
    ),
)
