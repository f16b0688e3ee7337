"""How the people of some demo cases are reached, by the title of their case and their code name. All numbers are invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from caseflow.access import Permission, PersonActor
from caseflow.features.cases.service import EditableCase
from caseflow.features.contacts.commands import ChannelDetails, NewAttempt
from caseflow.features.contacts.rhythm.commands import RhythmDetails
from caseflow.features.contacts.rhythm.service import set_rhythm
from caseflow.features.contacts.service import add_channel, log_attempt
from caseflow.features.people.queries import people_of_case
from caseflow.models import ContactKind, ContactResult, Section
from caseflow.unit_of_work import UnitOfWork, Units

QUICKER: Final = "SI"
"""The section with fewer days between contacts than usual."""


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt some days ago; `wish` is the day on which the person wished to be contacted next, in days from today."""

    ago: int
    result: str
    kind: str = "phone"
    note: str = ""
    wish: int | None = None


@dataclass(frozen=True, slots=True)
class ContactPlan:
    """Ways to reach a person, the first to try first, and the attempts."""

    ways: tuple[ChannelDetails, ...]
    tried: tuple[Tried, ...] = ()


def _way(
    rank: int, kind: ContactKind, address: str, *, hours: tuple[int, int] | None = None, **more: object
) -> ChannelDetails:
    given: dict[str, object] = {"zone": "Europe/Madrid", **more}
    begin, end = (time(hours[0]), time(hours[1])) if hours else (None, None)
    return ChannelDetails(rank=rank, kind=kind, address=address, safe_from=begin, safe_until=end, **given)  # type: ignore[arg-type]  # names of its fields


PHONE, MESSENGER, IN_PERSON, THROUGH = (
    ContactKind.PHONE,
    ContactKind.MESSENGER,
    ContactKind.IN_PERSON,
    ContactKind.THROUGH_PERSON,
)
CONTACTS: Final[Mapping[str, Mapping[str, ContactPlan]]] = {
    "Mother with three children to be evicted without alternative housing": {
        "V1": ContactPlan(
            (
                _way(1, MESSENGER, "+34 600 000 101", hours=(9, 14), never_call=True, word="the school meeting"),
                _way(2, THROUGH, "Her sister at the bakery", no_message=True, note="in the mornings"),
            ),
            (
                Tried(12, "reached", "messenger", "The date of the eviction was confirmed"),
                Tried(2, "message_left", "messenger"),
            ),
        )
    },
    "Foreclosure on a family home after notices never delivered": {
        "V1": ContactPlan(
            (
                _way(1, PHONE, "+34 600 000 102", hours=(18, 21), no_message=True, word="the insurance"),
                _way(2, IN_PERSON, "Neighbourhood centre, Thursdays"),
            ),
            (
                Tried(44, "reached", note="Papers of the court are with his lawyer"),
                Tried(9, "no_answer"),
                Tried(3, "wrong_person", note="A man answered; nothing was said"),
            ),
        )
    },
    "Eviction of a couple suspended, then carried out against interim measures": {
        "V1": ContactPlan(
            (_way(1, PHONE, "+34 600 000 105"), _way(2, ContactKind.EMAIL, "celso@example.org")),
            (Tried(63, "reached"), Tried(40, "no_answer", "email"), Tried(17, "reached")),
        )
    },
    "Girl kept out of school for want of a residence paper": {
        "V1": ContactPlan(
            (_way(1, MESSENGER, "+34 600 000 106", hours=(16, 20), never_call=True),),
            (Tried(8, "reached", "messenger", "She asks for a call after the school's answer", wish=6),),
        )
    },
    "Tenant of 81 evicted at the end of a lease by an investment fund": {
        "V1": ContactPlan((_way(1, PHONE, "+34 600 000 103", hours=(10, 13)),), (Tried(20, "reached"),))
    },
}


def add_contacts_of(uow: UnitOfWork, case: EditableCase, on: date) -> None:
    """Record how the people of a demo case are reached, and the attempts, counted from a day."""
    plans = CONTACTS.get(case.title, {})
    for person in people_of_case(uow, case) if plans else ():
        plan = plans.get(person.code_name, ContactPlan(()))
        for way in plan.ways:
            add_channel(uow, case, person, way)
        for one in plan.tried:
            wish = on + timedelta(days=one.wish) if one.wish is not None else None
            new = NewAttempt(
                made_on=on - timedelta(days=one.ago),
                kind=ContactKind(one.kind),
                result=ContactResult(one.result),
                note=one.note,
                next_on=wish,
            )
            log_attempt(uow, case, person, new)


def set_rhythms(units: Units, sections: Mapping[str, Section], people: Mapping[str, PersonActor]) -> None:
    """Set other days between contacts in one section than the usual ones."""
    section_id = sections[QUICKER].id
    leader = next(one for one in people.values() if one.may(Permission.SECTION_RHYTHM, section_id))
    with units.begin(leader) as uow:
        set_rhythm(uow, section_id, RhythmDetails(version=0, prepared_days=21, filed_days=14, urgent_days=7))
