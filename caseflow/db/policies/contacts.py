"""Ways to reach persons, and the log of attempts. The numbers are shown during a reveal of the person only, as identities are."""

from caseflow.db.policies.conditions import (
    ACTOR,
    CASE_SECTIONS,
    HAS_ANY_ROLE,
    IS_ADMINISTRATOR,
    IS_COORDINATOR,
    IS_KEY_ROTATION,
    IS_REASSESSMENT,
    MEMBER_SECTIONS,
    children_of_case,
)
from caseflow.db.policies.people import IS_OWN, is_revealed, of_visible_person, of_writable_person
from caseflow.db.policies.policy import AccessRules, Policy

_SHOWN = f"{IS_OWN} AND {is_revealed('contact_channel_value')}"
_ATTEMPTS = {policy.command: policy for policy in children_of_case("contact_attempt", parent="case_person")}
_BY_ACTOR = f"{_ATTEMPTS['INSERT'].check} AND user_id = {ACTOR}"

_DECIDES = (
    f"({IS_COORDINATOR} AND section_id = {CASE_SECTIONS} OR {IS_ADMINISTRATOR} AND section_id = {MEMBER_SECTIONS})"
)

RULES = AccessRules(
    policies=(
        Policy("contact_channel", "SELECT", of_visible_person("contact_channel")),
        Policy("contact_channel", "INSERT", check=of_writable_person("contact_channel")),
        Policy("contact_channel", "UPDATE", of_writable_person("contact_channel")),
        Policy("contact_channel", "DELETE", of_writable_person("contact_channel")),
        Policy("contact_channel_value", "SELECT", f"({_SHOWN}) OR {IS_KEY_ROTATION}"),
        Policy("contact_channel_value", "INSERT", check=of_writable_person("contact_channel_value")),
        Policy(
            "contact_channel_value",
            "UPDATE",
            f"{_SHOWN} AND {of_writable_person('contact_channel_value')} OR {IS_KEY_ROTATION}",
        ),
        _ATTEMPTS["SELECT"],
        Policy("contact_attempt", "INSERT", check=_BY_ACTOR),
        _ATTEMPTS["UPDATE"],
        _ATTEMPTS["DELETE"],
        # Whoever changes a fact of a case sets its next contacts, also a guest of another section.
        Policy("contact_rhythm", "SELECT", f"{HAS_ANY_ROLE} OR {IS_REASSESSMENT}"),
        Policy("contact_rhythm", "INSERT", check=_DECIDES),
        Policy("contact_rhythm", "UPDATE", _DECIDES, _DECIDES),
    ),
    grants=(
        "GRANT SELECT, INSERT, DELETE ON contact_channel, contact_attempt TO caseflow_app",
        "GRANT SELECT, INSERT ON contact_channel_value TO caseflow_app",
        "GRANT SELECT, INSERT, UPDATE ON contact_rhythm TO caseflow_app",
        # Whose channel it is never changes; of attempts only that, when a person was recorded twice in the case.
        "GRANT UPDATE (case_person_id) ON contact_attempt TO caseflow_app",
        "GRANT UPDATE (rank, kind, safe_from, safe_until, zone, never_call, no_message, note, version) ON contact_channel TO caseflow_app",
        "GRANT UPDATE (address_sealed, word_sealed) ON contact_channel_value TO caseflow_app",
    ),
)
