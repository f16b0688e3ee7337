"""On the page of a person: that they were recorded twice."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseflow.features.duplicates.queries import merges_of
from caseflow.models import Case, CasePerson, PersonMerge
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.feature import PersonPanel


@dataclass(frozen=True, slots=True)
class MergesPanel:
    """The merges into a person that hold, the latest first, and the time zone of the section."""

    merges: Sequence[PersonMerge]
    zone: str


def merges(uow: UnitOfWork, case: Case, one: CasePerson) -> MergesPanel:
    """Return the merges into a person: one statement."""
    return MergesPanel(merges_of(uow, one.person_id), case.section.time_zone)


PERSON_PANELS = (PersonPanel(merges, "duplicates/_merges.html"),)
