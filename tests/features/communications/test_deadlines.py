"""For random histories of dockets the deadlines and reminders are those of a naive simulation, and no other source loses its own."""

import os
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest

from caseflow.features.cases.commands import MoveCase
from caseflow.features.cases.moves.service import move_case
from caseflow.features.cases.queries import whole_case
from caseflow.features.cases.service import editable_case
from caseflow.features.communications import service
from caseflow.features.communications.commands import LetterDetails, NoAnswer, Removal
from caseflow.features.communications.queries import letters_of_case, one_letter
from caseflow.features.communications.standing import proposed_day
from caseflow.models import Awaited, DeadlineKind, LetterDirection, LetterKind, ReminderStatus, Stage
from caseflow.models.deadline_kinds import KINDS
from tests.factories import deadlines_seen, in_days, make_deadline, make_letter, reload_case, reminders_seen

EXAMPLES = int(os.environ.get("CASEFLOW_EXAMPLES", "12"))
SEED = int(os.environ.get("CASEFLOW_SEED", "20261201"))
STEPS = 14
ASKING = ("comments_requested", "state_merits", "warning", "registration", "views", "admissible", "follow_up")


@dataclass
class Asked:
    """What the simulation knows of a letter."""

    kind: str
    dated_on: date
    awaited: Awaited | None
    due_on: date | None = None
    answered_by: UUID | None = None
    is_not_needed: bool = False

    @property
    def is_open(self) -> bool:
        return self.awaited is not None and self.answered_by is None and not self.is_not_needed


@dataclass
class Naive:
    """The docket as somebody would keep it on paper."""

    letters: dict[UUID, Asked] = field(default_factory=dict)

    def due(self) -> set[tuple[str, date, DeadlineKind]]:
        return {
            (f"letter:{one_id}", one.due_on, self.kind(one))
            for one_id, one in self.letters.items()
            if one.is_open and one.due_on
        }

    def kind(self, one: Asked) -> DeadlineKind:
        if one.awaited is Awaited.AUTHOR:
            return DeadlineKind.COMMITTEE_REQUEST
        return DeadlineKind.VIEWS_REPLY if one.kind == "views" else DeadlineKind.STATE_REPLY


class History:
    """Draws steps, takes them through the services, and keeps the simulation beside."""

    def __init__(self, runtime, actor, case, chance: Random) -> None:
        self.units, self.actor, self.case, self.chance, self.naive = runtime.units, actor, case, chance, Naive()

    def step(self) -> str:
        name = self.chance.choice(("ask", "ask", "answer", "answer", "remove", "no_answer", "day", "correct", "open"))
        getattr(self, name)()
        return name

    def ask(self) -> None:
        known = {one.kind for one in self.naive.letters.values()}
        kind = self.chance.choice([one for one in ASKING if one != "registration" or one not in known])
        awaited = self.chance.choice((Awaited.AUTHOR, Awaited.STATE, None))
        dated_on = in_days(-self.chance.randrange(1, 190))
        due_on = in_days(self.chance.randrange(0, 90)) if awaited and self.chance.random() < 0.6 else None
        number = {"registration_number": "7/2014"} if kind == "registration" else {}
        letter = make_letter(
            self.units, self.actor, self.case, kind, dated_on=dated_on, awaited=awaited, due_on=due_on, **number
        )
        self.naive.letters[letter.id] = Asked(kind, dated_on, awaited, due_on)

    def answer(self) -> None:
        ours = self.chance.random() < 0.5
        open_ones = [
            (one_id, one)
            for one_id, one in self.naive.letters.items()
            if one.is_open and (one.awaited is Awaited.AUTHOR) == ours
        ]
        chosen = self.chance.sample(open_ones, min(len(open_ones), self.chance.randrange(0, 3)))
        letter = make_letter(
            self.units,
            self.actor,
            self.case,
            "comments" if ours else "state_follow_up",
            direction=LetterDirection.SENT if ours else LetterDirection.RECEIVED,
            answers=tuple(one_id for one_id, _ in chosen),
        )
        self.naive.letters[letter.id] = Asked("answer", in_days(0), None)
        for _, one in chosen:
            one.answered_by = letter.id

    def drawn(self, *, is_open: bool = False) -> UUID | None:
        found = [one_id for one_id, one in self.naive.letters.items() if one.is_open or not is_open]
        return self.chance.choice(found) if found else None

    def with_letter(self, act, letter_id: UUID | None) -> None:
        if letter_id is None:
            return
        with self.units.begin(self.actor) as uow:
            case = editable_case(uow, self.case.id)
            act(uow, case, one_letter(uow, case, letter_id))

    def remove(self) -> None:
        chosen = self.drawn()
        self.with_letter(
            lambda uow, case, row: service.remove_letter(uow, case, row, Removal(version=row.version, reason="x")),
            chosen,
        )
        if chosen:
            del self.naive.letters[chosen]
            for one in self.naive.letters.values():
                one.answered_by = None if one.answered_by == chosen else one.answered_by

    def no_answer(self) -> None:
        chosen = self.drawn(is_open=True)
        self.with_letter(
            lambda uow, case, row: service.set_no_answer(uow, case, row, NoAnswer(version=row.version, reason="x")),
            chosen,
        )
        if chosen:
            self.naive.letters[chosen].is_not_needed = True

    def open(self) -> None:
        found = [one_id for one_id, one in self.naive.letters.items() if one.is_not_needed]
        chosen = self.chance.choice(found) if found else None
        self.with_letter(
            lambda uow, case, row: service.set_no_answer(uow, case, row, NoAnswer(version=row.version)), chosen
        )
        if chosen:
            self.naive.letters[chosen].is_not_needed = False

    def day(self) -> None:
        chosen = self.drawn(is_open=True)
        months = {"registration": 6, "admissible": 4, "views": 6}
        one = self.naive.letters[chosen] if chosen else None
        if one is None or one.due_on or one.awaited is not Awaited.STATE or one.kind not in months:
            return

        def confirm(uow, case, row):
            one.due_on = proposed_day(row)
            service.confirm_day(uow, case, row, row.version)

        self.with_letter(confirm, chosen)

    def correct(self) -> None:
        chosen = self.drawn(is_open=True)
        due_on = in_days(self.chance.randrange(0, 90)) if self.chance.random() < 0.7 else None

        def change(uow, case, row):
            answers = tuple(one.id for one in letters_of_case(uow, case) if one.answered_by_id == row.id)
            own = {name: getattr(row, name) for name in LetterDetails.__slots__ if hasattr(row, name)}
            service.change_letter(uow, case, row, LetterDetails(**{**own, "answers": answers, "due_on": due_on}))

        self.with_letter(change, chosen)
        if chosen:
            self.naive.letters[chosen].due_on = due_on


def of_docket(runtime, by) -> set[tuple[str, date, DeadlineKind]]:
    rows = [one for one in deadlines_seen(runtime.units, by) if one.source == "docket" and one.done_at is None]
    return {(one.key, one.due_on, one.kind) for one in rows}


def of_others(runtime, by) -> list[tuple[object, ...]]:
    rows = [one for one in deadlines_seen(runtime.units, by) if one.source != "docket"]
    return [(one.key, one.source, one.due_on, one.done_at, one.version) for one in rows]


def waiting(runtime, by) -> dict[str, set[int]]:
    """Return the thresholds of the owner's reminders that are still to come, by deadline."""
    keys = {one.id: one.key for one in deadlines_seen(runtime.units, by) if one.source == "docket"}
    found: dict[str, set[int]] = {}
    for one in reminders_seen(runtime.units, by):
        is_ahead = one.status is ReminderStatus.WAITING and one.due_on > in_days(0)
        if is_ahead and one.recipient_id == by.user_id and one.deadline_id in keys:
            found.setdefault(keys[one.deadline_id], set()).add(one.threshold)
    return found


def naive_reminders(due: set[tuple[str, date, DeadlineKind]]) -> dict[str, set[int]]:
    """Return the thresholds that are still to come, by deadline."""
    found = {
        key: {days for days in KINDS[kind].thresholds if due_on - timedelta(days=days) > in_days(0)}
        for key, due_on, kind in due
    }
    return {key: days for key, days in found.items() if days}


@pytest.mark.parametrize("number", range(EXAMPLES))
def test_deadlines_and_reminders_are_those_of_a_naive_simulation(runtime, ana, case, number):
    make_deadline(runtime.units, ana, case, kind=DeadlineKind.COMMITTEE_REQUEST)
    others = of_others(runtime, ana)
    history = History(runtime, ana, case, Random(f"{SEED}.{number}"))
    for step in range(STEPS):
        name, due = history.step(), history.naive.due()
        place = f"seed {SEED}, example {number}, step {step}: {name}"
        assert of_docket(runtime, ana) == due, place
        assert waiting(runtime, ana) == naive_reminders(due), place
        assert of_others(runtime, ana) == others, place


def test_the_clock_of_the_engine_is_not_opened_by_a_letter(runtime, ana, case):
    clocks = [one for one in deadlines_seen(runtime.units, ana) if one.kind is DeadlineKind.ONE_YEAR]
    assert [one.done_at is None for one in clocks] == [False]
    make_letter(runtime.units, ana, case, awaited=Awaited.AUTHOR, due_on=in_days(9))
    clocks = [one for one in deadlines_seen(runtime.units, ana) if one.kind is DeadlineKind.ONE_YEAR]
    assert [one.done_at is None for one in clocks] == [False]


def test_it_says_that_silence_ends_in_discontinuance(runtime, ana, case, pages):
    make_letter(runtime.units, ana, case, awaited=Awaited.AUTHOR, due_on=in_days(9))
    words = pages(ana).get(f"/cases/{case.id}/tasks").words
    assert "the Committee can discontinue a case whose author stays silent" in words
    assert "9 days left" in words
    assert "Request of the Committee" in pages(ana).get(f"/cases/{case.id}").words


def test_nothing_is_due_any_more_once_the_case_has_ended(runtime, ana, lead, case):
    make_letter(runtime.units, ana, case, awaited=Awaited.AUTHOR, due_on=in_days(9))

    def move(to):
        with runtime.units.begin(lead) as uow:
            found = whole_case(uow, case.id)
            move_case(uow, found, MoveCase(version=found.version, to=to, reason="V1 asked for it."))

    move(Stage.SUSPENDED)
    assert len(of_docket(runtime, ana)) == 1, "a suspended case still has to answer"
    move(Stage.FILED)
    move(Stage.WITHDRAWN)
    assert of_docket(runtime, ana) == set()
    assert reload_case(runtime.units, ana, case).stage is Stage.WITHDRAWN
    assert make_letter(runtime.units, ana, case, LetterKind.DISCONTINUANCE.value), "its docket can still be completed"
