"""A reprisal in the demo: pressure on a man whose communication is pending, and what was done about it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

from caseflow.access import PersonActor
from caseflow.clock import today
from caseflow.demo.interim import BREACHED
from caseflow.features.cases.service import editable_case
from caseflow.features.communications.reprisals.commands import NewReprisal, NewReprisalEntry
from caseflow.features.communications.reprisals.service import add_entry, record_reprisal
from caseflow.features.people.queries import people_of_case
from caseflow.law.dates import UncertainDate
from caseflow.models import ReportedTo, ReprisalEntryKind
from caseflow.unit_of_work import Units

ENTRIES: Final = (
    (
        ReprisalEntryKind.REPORTED,
        ReportedTo.COMMITTEE,
        9,
        "A letter to the Committee describes both visits, without the name of the employer, and asks it to remind the State of article 13.",
    ),
    (
        ReprisalEntryKind.PROTECTION_ASKED,
        ReportedTo.INSTITUTION,
        6,
        "The ombudsman of Monteluz was asked to find out who ordered the visits. V1 calls us every Monday and Thursday.",
    ),
)
"""Kind, to whom, how many days ago, and the words."""


def add_reprisal_of(units: Units, people: Mapping[str, PersonActor], case_ids: Mapping[str, UUID]) -> None:
    """Record a reprisal with two later entries in the case whose interim measures were breached; nothing if it lacks."""
    if BREACHED not in case_ids:
        return
    with units.begin(people["lucia"]) as uow:
        case = editable_case(uow, case_ids[BREACHED])
        day = today(case.section.time_zone)
        new = NewReprisal(
            text="Two officers came to the workshop where V1 works, twice in a week, and asked in front of the employer why he "
            "complains about the country in Geneva. The employer has since said that there may be no work for him next month.",
            person_id=people_of_case(uow, case)[0].person_id,
            happened=UncertainDate.of(day - timedelta(days=12)),
            by_whom="Two officers of the municipal police, in uniform",
            is_continuing=True,
        )
        event = record_reprisal(uow, case, new, "A reprisal was recorded: read it, and decide today what is done")
        for kind, to_whom, ago, text in ENTRIES:
            when = UncertainDate.of(day - timedelta(days=ago))
            add_entry(uow, case, event, NewReprisalEntry(kind=kind, to_whom=to_whom, happened=when, text=text))
