"""What the people of some demo cases allow, by the title of their case and their code name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from caseflow.features.cases.service import EditableCase
from caseflow.features.consent.commands import ConsentDetails, Withdrawal
from caseflow.features.consent.queries import consent_of
from caseflow.features.consent.service import record_consent, withdraw
from caseflow.features.people.queries import people_of_case
from caseflow.models import CasePerson, ConsentForm, ConsentScope, ConsentStatus, NoConsentReason
from caseflow.unit_of_work import UnitOfWork

ALWAYS: Final = ("record", "contact", "share")
ON_PAPER: Final = "Form in the safe of the section"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person answered for some uses, `asked` days ago. `by` is the code name of the parent who answered."""

    scopes: tuple[str, ...]
    status: str = "given"
    asked: int = 20
    how: str = "signed"
    by: str = ""
    reason: str = ""
    words: str = ""
    ends_in: int | None = None
    """Days from today."""
    proof: str = ""


def _child(age: str) -> tuple[Answer, ...]:
    words = f"{age} old; the mother acts for the child"
    return (
        Answer(("record", "share"), by="V1"),
        Answer(("submit",), "not_needed", by="V1", reason="child", words=words),
    )


CONSENTS: Final[Mapping[str, Mapping[str, tuple[Answer, ...]]]] = {
    "Mother with three children to be evicted without alternative housing": {
        "V1": (
            Answer((*ALWAYS, "submit"), proof=ON_PAPER),
            Answer(("publish",), "refused", words="Not while the children go to school there"),
            Answer(("sensitive",), ends_in=45, proof=ON_PAPER),
        ),
        "V2": _child("eleven years"),
        "V3": _child("seven years"),
        "V4": _child("two years"),
    },
    "Foreclosure on a family home after notices never delivered": {
        "V1": (Answer((*ALWAYS, "submit"), asked=60, proof=ON_PAPER),),
        "V2": (Answer(("record", "submit"), asked=60, proof=ON_PAPER),),
    },
    "Eviction of a couple suspended, then carried out against interim measures": {
        "V1": (Answer((*ALWAYS, "submit", "disclose", "publish"), asked=400, proof="Folder 3, form 12"),),
        "V2": (
            Answer(("record", "submit", "disclose"), asked=400, proof="Folder 3, form 13"),
            Answer(("share",), asked=380, how="telephone"),
            Answer(("publish",), "refused", asked=380, how="telephone"),
        ),
    },
    "Widow's pension recovered in full after an error of the office": {
        "V1": (
            Answer(("record", "contact", "submit"), asked=200, proof="Recording 14, kept by the section"),
            Answer(("share",), asked=200, how="witnessed"),
            Answer(("share",), "withdrawn", asked=3, how="telephone", words="The office must not learn of it"),
        ),
    },
    "School of a hamlet closed, eleven children walk three hours": {
        "A1": (Answer((*ALWAYS, "submit"), asked=140, how="witnessed"),),
        "V1": (
            Answer(("submit",), "not_needed", asked=140, reason="child", words="eleven children; their parents signed"),
        ),
    },
    "Follow-up of Views on evictions without alternative housing": {
        "V1": (Answer((*ALWAYS, "submit", "disclose"), asked=1030, proof="Folder 1, form 2"),),
    },
    "Women in labour turned away from a rural hospital": {
        "V1": (Answer((*ALWAYS, "submit"), asked=120, how="witnessed"),),
        "V2": (Answer(("record", "contact"), asked=120, how="witnessed"),),
        "V3": (
            Answer(("submit",), "not_needed", asked=110, reason="dead", words="died after the birth; the sister acts"),
        ),
    },
}


def add_consents_of(uow: UnitOfWork, case: EditableCase, on: date) -> None:
    """Record what the people of a demo case answered until the day `on`."""
    people = {one.code_name: one for one in people_of_case(uow, case)}
    for code_name, answers in CONSENTS.get(case.title, {}).items():
        for answer in answers:
            for scope in answer.scopes:
                _add(uow, case, people[code_name], ConsentScope(scope), _details(answer, on, people))


def _details(plan: Answer, on: date, people: Mapping[str, CasePerson]) -> ConsentDetails:
    return ConsentDetails(
        status=ConsentStatus(plan.status),
        reason=NoConsentReason(plan.reason) if plan.reason else None,
        words=plan.words,
        given_by_id=people[plan.by].id if plan.by else None,
        decided_on=on - timedelta(days=plan.asked),
        how=ConsentForm(plan.how),
        until=None if plan.ends_in is None else on + timedelta(days=plan.ends_in),
        proof=plan.proof,
    )


def _add(uow: UnitOfWork, case: EditableCase, person: CasePerson, scope: ConsentScope, details: ConsentDetails) -> None:
    present = consent_of(uow, person, scope)
    if present is None or details.status is not ConsentStatus.WITHDRAWN:
        record_consent(uow, case, person, scope, details)
        return
    words = Withdrawal(version=present.version, decided_on=details.decided_on, how=details.how, words=details.words)
    withdraw(uow, case, person, scope, words)
