"""Persons in cases."""

from typing import Any

from caseflow.access import PersonActor
from caseflow.features.cases.service import editable_case
from caseflow.features.consent.commands import ConsentDetails, Withdrawal
from caseflow.features.consent.queries import consent_of
from caseflow.features.consent.service import record_consent, withdraw
from caseflow.features.contacts.commands import ChannelDetails, NewAttempt
from caseflow.features.contacts.service import add_channel, log_attempt
from caseflow.features.people.commands import IdentityDetails, PersonDetails, RoleDetails
from caseflow.features.people.queries import one_person
from caseflow.features.people.service import add_person
from caseflow.models import (
    Case,
    CasePerson,
    Consent,
    ConsentForm,
    ConsentScope,
    ConsentStatus,
    ContactAttempt,
    ContactChannel,
    ContactKind,
    ContactResult,
)
from caseflow.unit_of_work import Units
from tests.factories.dates import in_days


def make_person(units: Units, by: PersonActor, case: Case, *roles: str, **details: Any) -> CasePerson:
    """Record a person in a case, by default a victim. Details of person, role and identity are told apart by their names."""
    parts = []
    for command, given in ((PersonDetails, {}), (RoleDetails, {"roles": roles or ("victim",)}), (IdentityDetails, {})):
        names = [name for name in command.__slots__ if name in details]
        parts.append(command(**given, **{name: details.pop(name) for name in names}))  # type: ignore[arg-type]  # by name
    assert not details, f"unknown details: {sorted(details)}"
    with units.begin(by) as uow:
        return add_person(uow, editable_case(uow, case.id), *parts)  # type: ignore[arg-type]  # in this order


def make_consent(
    units: Units,
    by: PersonActor,
    case: Case,
    person: CasePerson,
    scope: ConsentScope = ConsentScope.SUBMIT,
    **details: Any,
) -> Consent:
    """Record the answer of a person for a scope, by default a consent signed today; an answer that there is is replaced."""
    given = {"status": ConsentStatus.GIVEN, "decided_on": in_days(0), "how": ConsentForm.SIGNED} | details
    with units.begin(by) as uow:
        editable, row = editable_case(uow, case.id), one_person(uow, case, person.id)
        present = consent_of(uow, row, scope)
        command = ConsentDetails(version=present.version if present else None, **given)
        return record_consent(uow, editable, row, scope, command)


def withdraw_consent(
    units: Units, by: PersonActor, case: Case, person: CasePerson, scope: ConsentScope = ConsentScope.SUBMIT
) -> Consent:
    """Withdraw a consent today."""
    with units.begin(by) as uow:
        editable, row = editable_case(uow, case.id), one_person(uow, case, person.id)
        present = consent_of(uow, row, scope)
        return withdraw(uow, editable, row, scope, Withdrawal(version=present.version, decided_on=in_days(0)))


def make_channel(
    units: Units, by: PersonActor, case: Case, person: CasePerson, kind: str = "phone", **details: Any
) -> ContactChannel:
    """Record a way to reach a person, by default a number at any hour."""
    given = {"zone": "Europe/Madrid", "address": "+34 600 111 222", **details}
    with units.begin(by) as uow:
        editable = editable_case(uow, case.id)
        new = ChannelDetails(kind=ContactKind(kind), **given)
        return add_channel(uow, editable, one_person(uow, editable, person.id), new)


def make_attempt(
    units: Units, by: PersonActor, case: Case, person: CasePerson, result: str = "reached", *, ago: int = 0, **more: Any
) -> ContactAttempt:
    """Record an attempt to reach a person, by default by phone and today."""
    with units.begin(by) as uow:
        editable = editable_case(uow, case.id)
        new = NewAttempt(made_on=in_days(-ago), kind=ContactKind.PHONE, result=ContactResult(result), **more)
        return log_attempt(uow, editable, one_person(uow, editable, person.id), new)
