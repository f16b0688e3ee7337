"""The weekly check whether the State keeps interim measures, as long as they are in force."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from caseflow.clock import today
from caseflow.features.communications.deadlines import is_before_committee
from caseflow.features.communications.interim.queries import letters_by_case
from caseflow.features.communications.standing import interim_of
from caseflow.law.sentences import document as document_of
from caseflow.law.sentences import say
from caseflow.models import Case, DeadlineKind, Letter
from caseflow.sources import ComputedDeadline, DeadlineSource
from caseflow.unit_of_work import UnitOfWork

WEEK: Final = timedelta(days=7)


def deadlines(uow: UnitOfWork, cases: Sequence[Case]) -> Mapping[UUID, Sequence[ComputedDeadline]]:
    """Return the checks of cases in which interim measures are in force: the last that was due, and the next. One statement, none for cases that are not before the Committee."""
    asked = [case for case in cases if is_before_committee(case)]
    dockets = letters_by_case(uow, asked) if asked else {}
    wanted: dict[UUID, Sequence[ComputedDeadline]] = {}
    for case in asked:
        interim = interim_of(dockets.get(case.id, []))
        if interim is not None and interim.is_in_force:
            wanted[case.id] = [
                _check(interim.letter, on) for on in checks(interim.letter, today(case.section.time_zone))
            ]
    return wanted


def checks(granted: Letter, on: date) -> list[date]:
    """Return the day of the check that was due last, if any, and of the next one: every seventh day after the letter came."""
    passed = max((on - granted.since) // WEEK, 0)
    days = [granted.since + number * WEEK for number in (passed, passed + 1)]
    return [day for day in days if day > granted.since]


def _check(granted: Letter, on: date) -> ComputedDeadline:
    because = document_of(
        say(
            "Interim measures are in force since {since}. The State must keep them until they are lifted or the case is decided, also while it asks for their end.",
            since=granted.dated_on,
        )
    )
    basis = {"because": because, "citation": "OP-ICESCR art. 5"}
    return ComputedDeadline(kind=DeadlineKind.INTERIM_CHECK, key=f"interim:{granted.id}:{on}", due_on=on, basis=basis)


INTERIM: Final = DeadlineSource(
    name="interim_measures", kinds=frozenset({DeadlineKind.INTERIM_CHECK}), wanted=deadlines
)
