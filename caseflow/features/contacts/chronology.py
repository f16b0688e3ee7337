"""Attempts to reach the people of a case, for the chronology: by code name, without numbers and without what was noted."""

from collections.abc import Sequence

from caseflow.features.contacts.queries import attempts_of_case
from caseflow.law.dates import UncertainDate
from caseflow.models import Case
from caseflow.sources import DatedEntry
from caseflow.unit_of_work import UnitOfWork


def chronology(uow: UnitOfWork, case: Case) -> Sequence[DatedEntry]:
    """Return when somebody tried to reach a person, how, and with which result: one statement."""
    return [
        DatedEntry(
            on=UncertainDate.of(one.made_on),
            kind="contact",
            what="contact.attempted",
            subject=one.code_name,
            details=(("contact_kind", one.kind.value), ("contact_result", one.result.value)),
            endpoint="people.show",
            values={"case_person_id": one.case_person_id},
            anchor="attempts",
        )
        for one in attempts_of_case(uow, case)
    ]
