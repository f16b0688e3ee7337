"""The deadlines that follow from consents: one ends, or one was withdrawn and what depended on it must end."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from caseflow.features.consent.queries import consents_that_end
from caseflow.law.sentences import Text, say
from caseflow.law.sentences import document as document_of
from caseflow.models import Case, Consent, ConsentScope, ConsentStatus, DeadlineKind
from caseflow.sources import ComputedDeadline, DeadlineSource
from caseflow.unit_of_work import UnitOfWork

TIME_TO_FOLLOW: Final = timedelta(days=7)
"""After a withdrawal. Decided for this project: no law sets it."""
FOLLOWS: Final[Mapping[ConsentScope, Text]] = {
    ConsentScope.RECORD: say("Decide with the coordinator what may stay in the case file, and remove the rest."),
    ConsentScope.CONTACT: say("Do not contact the person any more, and tell everyone who might."),
    ConsentScope.SHARE: say("Stop sharing the case inside the coalition, and tell those who received it."),
    ConsentScope.REFER: say("Do not refer the case, and tell the organisations that received it."),
    ConsentScope.SUBMIT: say(
        "Review the communication: it cannot go on for this person. If it was filed, tell the Committee."
    ),
    ConsentScope.DISCLOSE: say(
        "Do not disclose who the person is to the State. If the communication was filed, ask the Committee to withhold the identity."
    ),
    ConsentScope.PUBLISH: say("Take down what was published about the person, and publish nothing more."),
    ConsentScope.SENSITIVE: say(
        "Grounds and vulnerability of the person are removed from the case file. Remove them from texts as well, and tell those who received them."
    ),
}
"""What follows from a withdrawal, by scope."""
_ENDS: Final[Mapping[ConsentScope, Text]] = {
    ConsentScope.RECORD: say("The consent to keep a record ends."),
    ConsentScope.CONTACT: say("The consent to be contacted ends."),
    ConsentScope.SHARE: say("The consent to share the case inside the coalition ends."),
    ConsentScope.REFER: say("The consent to refer the case ends."),
    ConsentScope.SUBMIT: say("The consent to submit the case to the United Nations ends."),
    ConsentScope.DISCLOSE: say("The consent to disclose the identity to the State ends."),
    ConsentScope.PUBLISH: say("The consent to publish ends."),
    ConsentScope.SENSITIVE: say("The consent to record sensitive grounds ends."),
}


def deadlines(uow: UnitOfWork, cases: Sequence[Case]) -> Mapping[UUID, Sequence[ComputedDeadline]]:
    """Return the deadlines of the consents of cases: one statement."""
    found: dict[UUID, list[ComputedDeadline]] = {}
    for consent, code_name in consents_that_end(uow, [case.id for case in cases]):
        found.setdefault(consent.case_id, []).append(_deadline(consent, code_name))
    return found


def _deadline(consent: Consent, code_name: str) -> ComputedDeadline:
    if consent.status is ConsentStatus.WITHDRAWN:
        key, due_on = f"consent_withdrawn:{consent.id}", consent.decided_on + TIME_TO_FOLLOW
        because = say("{person} withdrew a consent.", person=code_name) + FOLLOWS[consent.scope]
    else:
        assert consent.until is not None, "the query finds no others"
        key, due_on = f"consent:{consent.id}", consent.until
        because = say("{person}:", person=code_name) + _ENDS[consent.scope]
    basis = {"because": document_of(because)}
    return ComputedDeadline(kind=DeadlineKind.CONSENT_EXPIRY, key=key, due_on=due_on, basis=basis)


CONSENT: Final = DeadlineSource(name="consent", kinds=frozenset({DeadlineKind.CONSENT_EXPIRY}), wanted=deadlines)
