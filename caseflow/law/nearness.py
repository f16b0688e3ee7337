"""How near decided communications are to a case: points for what both share, added up.

A help for finding what to read, made for this application: no rule of law, and no measure of how strong a case is. Nobody's
outcome counts, only what a communication was about, where, and on which requirements it turned.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final


class Trait(StrEnum):
    """What a case and a communication can share."""

    VIOLATION_TYPES = "violation_types"
    RIGHTS = "rights"
    GROUNDS = "grounds"
    """It was inadmissible on a rule that is open in the case."""
    HELD = "held"
    """Something was held in it on a rule that is open in the case."""
    STATE = "state"
    GROUPS = "groups"
    INTERIM_MEASURES = "interim_measures"
    """Interim measures were asked for, and the case is an emergency."""


POINTS: Final[Mapping[Trait, int]] = {
    Trait.VIOLATION_TYPES: 6,
    Trait.RIGHTS: 4,
    Trait.GROUNDS: 4,
    Trait.HELD: 2,
    Trait.STATE: 2,
    Trait.GROUPS: 2,
    Trait.INTERIM_MEASURES: 1,
}
"""The points of a trait that is shared in full. Of types, rights and groups a part of the case's own gives that part of the points."""
SUBJECT: Final = frozenset({Trait.VIOLATION_TYPES, Trait.RIGHTS, Trait.GROUNDS})
"""A communication that shares none of these is not near, wherever it came from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a case or a communication is about; codes of the vocabularies, and names of rules."""

    state: str
    rights: Sequence[str] = ()
    violation_types: Sequence[str] = ()
    groups: Sequence[str] = ()
    is_urgent: bool = False
    """Of a case, whether it is an emergency; of a communication, whether interim measures were asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCase(Subject):
    """A case. `open_rules` are those that are not met, arguable or not confirmed in it."""

    open_rules: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedCase(Subject):
    """A decided communication."""

    number: str
    decided_on: date
    grounds: Sequence[str] = ()
    """The rules on which it was inadmissible."""
    held: Sequence[str] = ()
    """The rules on which something was held in it."""


@dataclass(frozen=True, slots=True)
class Near:
    """A communication that is near: its points, and the codes of what it shares with the case by trait, as the case has them."""

    number: str
    decided_on: date
    points: Fraction
    shared: Mapping[Trait, Sequence[str]]


def nearest(case: OwnCase, decided: Iterable[DecidedCase], most: int) -> list[Near]:
    """Return the communications that are nearest to a case, at most so many: the most points first, then the latest.

    Of the same day, the one with the higher number comes first.
    """
    found = [near for near in (nearness(case, one) for one in decided) if near.shared.keys() & SUBJECT]
    return sorted(found, key=lambda near: (near.points, near.decided_on, _serial(near.number)), reverse=True)[:most]


def nearness(case: OwnCase, decided: DecidedCase) -> Near:
    """Return what a communication shares with a case, and the points for it (`POINTS`)."""
    has_grounds = _both(case.open_rules, decided.grounds)
    found: dict[Trait, list[str]] = {
        Trait.VIOLATION_TYPES: _both(case.violation_types, decided.violation_types),
        Trait.RIGHTS: _both(case.rights, decided.rights),
        Trait.GROUNDS: has_grounds,
        Trait.HELD: [rule for rule in _both(case.open_rules, decided.held) if rule not in has_grounds],
        Trait.STATE: _both([case.state], [decided.state]),
        Trait.GROUPS: _both(case.groups, decided.groups),
        Trait.INTERIM_MEASURES: ["yes"] if case.is_urgent and decided.is_urgent else [],
    }
    shared = {trait: codes for trait, codes in found.items() if codes}
    own = {
        Trait.VIOLATION_TYPES: len(set(case.violation_types)),
        Trait.RIGHTS: len(set(case.rights)),
        Trait.GROUPS: len(set(case.groups)),
    }
    points = (POINTS[trait] * Fraction(len(codes), own.get(trait, len(codes))) for trait, codes in shared.items())
    return Near(decided.number, decided.decided_on, sum(points, Fraction()), shared)


def _both(own: Iterable[str], other: Iterable[str]) -> list[str]:
    others = set(other)
    return [code for code in dict.fromkeys(own) if code in others]


def _serial(number: str) -> int:
    return int(number.partition("/")[0])
