"""Persons in cases."""

from typing import Any

from caseflow.access import PersonActor
from caseflow.features.cases.service import editable_case
from caseflow.features.people.commands import IdentityDetails, PersonDetails, RoleDetails
from caseflow.features.people.service import add_person
from caseflow.models import Case, CasePerson
from caseflow.unit_of_work import Units


def make_person(units: Units, by: PersonActor, case: Case, *roles: str, **details: Any) -> CasePerson:
    """Record a person in a case, by default a victim. Details of person, role and identity are told apart by their names."""
    parts = []
    for command, given in ((PersonDetails, {}), (RoleDetails, {"roles": roles or ("victim",)}), (IdentityDetails, {})):
        names = [name for name in command.__slots__ if name in details]
        parts.append(command(**given, **{name: details.pop(name) for name in names}))  # type: ignore[arg-type]
    assert not details, f"unknown details: {sorted(details)}"
    with units.begin(by) as uow:
        return add_person(uow, editable_case(uow, case.id), *parts)  # type: ignore[arg-type]
