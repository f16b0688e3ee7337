"""Random sections and histories of their deadlines: changes and sweeps in order, from a seed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tests.features.reminders.naive import DAYS_BEFORE, HARD, Facts, SectionSetup, local_time

ZONES = (
    "UTC", "Europe/Madrid", "Europe/Helsinki", "America/Guayaquil", "America/Santiago", "America/New_York",
    "Africa/Cairo", "Asia/Kathmandu", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Kiritimati", "Pacific/Honolulu",
)  # fmt: skip
DAYS_OF_INTEREST = (
    date(2028, 2, 29), date(2027, 3, 1), date(2026, 12, 31), date(2027, 1, 1), date(2027, 4, 30), date(2026, 8, 31),
    date(2026, 10, 25), date(2027, 3, 28), date(2026, 11, 1), date(2027, 3, 14), date(2027, 4, 4), date(2026, 9, 6),
)  # fmt: skip
"""29 February, ends of months and of a year, and changes to or from summer time in one of the zones."""
OWNERS = ("ana", "bea", "chief", None)
COORDINATORS = ("chief", "deputy")
GAPS = (0.25, 1, 3, 7, 11, 24, 24, 24, 25, 30, 72, 240)
"""Hours between steps: from a quarter of an hour to days without power."""


@dataclass(frozen=True)
class Step:
    """A change of a deadline, or a sweep if there are no facts."""

    at: datetime
    name: str = ""
    facts: Facts | None = None


def make_setup(chance: Random) -> SectionSetup:
    """Return a section with its people."""
    people = ("ana", "bea", *COORDINATORS)
    kinds = chance.sample(sorted(DAYS_BEFORE), 4)
    return SectionSetup(
        chance.choice(ZONES),
        COORDINATORS,
        {person: (chance.randrange(24), chance.choice(ZONES)) for person in people},
        {kind: sorted(chance.sample(range(-1, 40), 3), reverse=True) for kind in kinds if chance.random() < 0.5},
    )


def make_history(chance: Random, setup: SectionSetup, steps: int, deadlines: int) -> Iterator[Step]:
    """Yield the steps of a history."""
    goal = chance.choice(DAYS_OF_INTEREST) + timedelta(days=chance.randrange(-3, 4))
    at = datetime.combine(goal, time(chance.randrange(24)), UTC) - timedelta(days=chance.choice((1, 3, 8, 20, 100)))
    present: dict[str, Facts] = {}
    for number in range(deadlines):
        present[f"d{number}"] = _new(chance, setup, goal, at)
        yield Step(at, f"d{number}", present[f"d{number}"])
    for _ in range(steps):
        at += timedelta(hours=chance.choice(GAPS), minutes=chance.randrange(15))
        if chance.random() < 0.7:
            yield Step(at)
            continue
        name = chance.choice(sorted(present))
        present[name] = _changed(chance, setup, present[name], at)
        yield Step(at, name, present[name])


def _new(chance: Random, setup: SectionSetup, goal: date, at: datetime) -> Facts:
    kind, owner = chance.choice(sorted(DAYS_BEFORE)), chance.choice(OWNERS)
    if kind == "threatened_act":
        place = chance.choice(ZONES)
        return Facts(kind, goal, at, owner, _moment(chance, goal, place), place)
    return Facts(kind, goal + timedelta(days=chance.choice((0, 0, 1, 30))), at, owner)


def _moment(chance: Random, day: date, place: str) -> datetime:
    return datetime.combine(day, time(chance.randrange(4, 24)), ZoneInfo(place)).astimezone(UTC)


def _changed(chance: Random, setup: SectionSetup, facts: Facts, at: datetime) -> Facts:
    what = chance.choice(("move", "move", "move", "done", "owner", "given", "snooze", "snooze", "snooze", "seen"))
    if facts.is_done or what == "done":
        return replace(facts, is_done=not facts.is_done)
    if what in {"owner", "given"}:
        return replace(facts, **{what: chance.choice(OWNERS)})
    if what == "seen":
        return replace(facts, acknowledged_for=facts.due_on)
    if what == "snooze":
        return _snoozed(chance, setup, facts, at)
    day = facts.due_on + timedelta(days=chance.choice((-30, -7, -2, -1, 1, 2, 7, 30, 365)))
    if facts.hour is None:
        return replace(facts, due_on=day, set_at=at)
    day = chance.choice((day, facts.due_on))
    return replace(facts, due_on=day, hour=_moment(chance, day, facts.place), set_at=at)


def _snoozed(chance: Random, setup: SectionSetup, facts: Facts, at: datetime) -> Facts:
    if facts.snoozed_until and chance.random() < 0.5:
        return replace(facts, snoozed_until={})
    person = facts.responsible or chance.choice(setup.coordinators)
    until = local_time(at, setup.zone).date() + timedelta(days=chance.randrange(1, 20))
    if facts.kind in HARD and until > facts.due_on:
        return facts  # a hard deadline can't be snoozed beyond its last day
    return replace(facts, snoozed_until={**facts.snoozed_until, person: until})
