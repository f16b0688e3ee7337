"""How alike two events are, from what is known of both: nothing is read or written here.

What is not known is no reason, neither for nor against. Weights were chosen so that a case is suggested for two reasons that say much (a
person, the place, the time, the text), of which the State and a right are none.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from rapidfuzz import fuzz

from caseflow.db.searching import WORD, plain
from caseflow.features.duplicates.cases.commands import Event, Likeness, Reason, SameEvent
from caseflow.law.dates import UncertainDate

NEAR: Final = timedelta(days=7)
"""Days that two reports of the same event may differ."""
LONGEST: Final = timedelta(days=31)
"""A date that says less than a month is no reason: every case of a year would match."""
ANOTHER_DAY: Final = 3
"""What it weighs against two cases that they are of different days."""
LIKELY: Final = 7
"""Weight from which two cases are suggested."""
STRONG: Final = frozenset(SameEvent) - {SameEvent.RIGHT, SameEvent.STATE}
ALIKE: Final = 70
"""Of 100, from which two texts are alike. Of 1,770 pairs of texts of the demo cases the highest has 59; the same event told by two people
had 86, and told in other words 50, which is not found."""
FEWEST_WORDS: Final = 8
"""Of a text that is compared. Shorter ones are alike by chance."""


def likeness(one: Event, other: Event, people: Collection[str] = ()) -> Likeness:
    """Return why two events may be the same. `people` are the code names of persons who are in both."""
    found = [Reason(SameEvent.PERSON, {"people": ", ".join(sorted(people))})] if people else []
    if place := place_in_common(one, other):
        found.append(Reason(SameEvent.PLACE, {"place": place}))
    near = are_near(one.happened, other.happened)
    if near:
        found.append(Reason(SameEvent.DAY, {"when": other.happened}))
    if _are_alike(one.text, other.text):
        found.append(Reason(SameEvent.TEXT))
    if common := [right for right in one.rights if right in other.rights]:
        found.append(Reason(SameEvent.RIGHT, {"right": common[0]}))
    if one.state_code and one.state_code == other.state_code:
        found.append(Reason(SameEvent.STATE, {"state": one.state_code}))
    return Likeness(found, ANOTHER_DAY if near is False else 0)


def is_likely(found: Likeness) -> bool:
    """Return whether two cases are suggested as the same event."""
    strong = [reason for reason in found.reasons if reason.what in STRONG]
    return len(strong) > 1 and found.weight >= LIKELY


def place_in_common(one: Event, other: Event) -> str:
    """Return the place that both name, as the second writes it; empty if they name none, or two districts of one region."""
    are_precise = all(event.district and event.region for event in (one, other))
    own, named = ([event.district] if are_precise else [event.district, event.region] for event in (one, other))
    pairs = ((place, plain(place), plain(each)) for place in named for each in own if place and each)
    return next((place for place, first, second in pairs if first in second or second in first), "")


def are_near(one: UncertainDate | None, other: UncertainDate | None) -> bool | None:
    """Return whether two dates may be those of two reports of one event; None where one is not known well enough."""
    if not (says_when(one) and says_when(other)):
        return None
    assert one is not None
    assert other is not None
    return max(one.earliest - other.latest, other.earliest - one.latest) <= NEAR


def says_when(date: UncertainDate | None) -> bool:
    """Return whether a date says at least in which month something happened."""
    return date is not None and date.latest - date.earliest <= LONGEST


def _are_alike(one: str, other: str) -> bool:
    texts = [plain(text) for text in (one, other)]
    if any(len(WORD.findall(text)) < FEWEST_WORDS for text in texts):
        return False
    return fuzz.token_set_ratio(*texts, score_cutoff=ALIKE) > 0
