"""When the people of a case are to be contacted next.

Silence of the author ends in discontinuance: rules of procedure under the Protocol, rule 17 of 2013, now 18 (docs/law/protocol.md).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from caseflow.features.contacts.queries import Standing, standings, standings_of_case
from caseflow.law.sentences import Text, say
from caseflow.law.sentences import document as document_of
from caseflow.models import ENDED_STAGES, STAGES_AFTER_FILING, Case, DeadlineKind, Urgency
from caseflow.sources import ComputedDeadline, DeadlineSource
from caseflow.unit_of_work import UnitOfWork

MISSED_IN_A_ROW: Final = 2
"""After so many attempts a contact is being lost: it is due at once, and coordinators are notified the next day."""


def rhythm(case: Case, one: Standing) -> timedelta:
    """Return how long a person of a case may go without a contact, as its section has set it."""
    days = one.filed_days if case.stage in STAGES_AFTER_FILING else one.prepared_days
    if case.urgency is not Urgency.NORMAL and one.urgent_days is not None:
        days = min(days, one.urgent_days)
    return timedelta(days=days)


def is_being_lost(one: Standing) -> bool:
    """Return whether the latest attempts in a row reached nobody."""
    return one.missed >= MISSED_IN_A_ROW


def due_on(case: Case, one: Standing) -> tuple[date, Text]:
    """Return when a person is to be contacted next, and why."""
    who = one.code_name
    if is_being_lost(one) and one.last_missed_on is not None:
        return one.last_missed_on, say(
            "{person}: the last attempts reached nobody ({number} in a row). Try the other ways now.",
            person=who,
            number=one.missed,
        )
    if one.wished_on is not None and (one.last_on is None or one.wished_on > one.last_on):
        return one.wished_on, say("{person} wished to be contacted on this day.", person=who)
    wait = rhythm(case, one)
    if one.last_on is None:
        begun = one.since.astimezone(ZoneInfo(case.section.time_zone)).date()
        return begun + wait, say(
            "{person} was not reached since the record was made. A contact is due every {days} days.",
            person=who,
            days=wait.days,
        )
    return one.last_on + wait, say("{person} was last reached {days} days before this day.", person=who, days=wait.days)


def deadlines(uow: UnitOfWork, cases: Sequence[Case]) -> Mapping[UUID, Sequence[ComputedDeadline]]:
    """Return the next contacts of open cases: one statement."""
    open_cases = {case.id: case for case in cases if case.stage not in ENDED_STAGES}
    if len(open_cases) == 1:
        found = uow.cached(standings_of_case, next(iter(open_cases.values())))
    else:
        found = standings(uow, open_cases) if open_cases else []
    wanted: dict[UUID, list[ComputedDeadline]] = {}
    for one in found:
        wanted.setdefault(one.case_id, []).append(_deadline(open_cases[one.case_id], one))
    return wanted


def _deadline(case: Case, one: Standing) -> ComputedDeadline:
    on, because = due_on(case, one)
    return ComputedDeadline(
        kind=DeadlineKind.CONTACT_CHECK,
        key=f"contact:{one.case_person_id}",
        due_on=on,
        basis={"because": document_of(because)},
    )


CONTACTS: Final = DeadlineSource(
    name="contacts", kinds=frozenset({DeadlineKind.CONTACT_CHECK}), wanted=deadlines, follows_settings=True
)
