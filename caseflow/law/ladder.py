"""The ladder of domestic remedies of a claim, or of one of its victims where not all went the same way.

Remedies stand in the order in which they were used: by the days of their decisions, and where those can't tell by the
list. A next step counts as taken when a later remedy has its stage, or, where it is written in words, when any ordinary
remedy follows.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final, NamedTuple, TypeVar

from caseflow.law.dates import UncertainDate
from caseflow.law.facts import CaseFacts, Claim, Remedy
from caseflow.law.findings import Favours

LOST: Final = frozenset({"inadmissible_late", "inadmissible_form"})
"""Outcomes by which the author's own slip lost the remedy."""
BESIDE: Final = frozenset({"EXTRA", "OMBUDS_NHRI", "REGIONAL"})
"""Stages that normally do not count for exhaustion: exceptional, not binding, or not domestic."""
WON: Final = frozenset({"granted", "partly_granted"})
PASSING: Final = frozenset({"URGENT", "OMBUDS_NHRI"})
"""Stages whose favourable outcome repairs nothing for good: relief for the time being, and what does not bind."""
EXCEPTIONS: Final = {
    "unavailable": "was not available",
    "ineffective_settled_case_law": "would have been ineffective because of settled case law",
    "no_suspensive_effect": "would not have suspended the act",
    "cost_no_legal_aid": "was out of reach for its cost without legal aid",
    "no_standing": "was not open to the author for want of standing",
    "fear": "could not be used for fear of reprisals",
    "unreasonable_delay": "would have been unreasonably prolonged",
}
"""Reasons for not using a remedy that can excuse it, in words that follow the remedy's name."""

_CODE = re.compile(r"[A-Z][A-Z0-9_]+")
_T = TypeVar("_T")


class Step(NamedTuple):
    """A remedy and its place in the document."""

    facts: CaseFacts
    claim: int
    place: int
    remedy: Remedy

    def path(self, name: str) -> str:
        """Return the JSON pointer to one of its fields."""
        return self.facts.path("claims", self.claim, "remedies", self.place, name)

    @property
    def is_ordinary(self) -> bool:
        """Return whether it is ordinary and could have repaired the violation, as far as that is known."""
        return self.remedy.kind == "ordinary" and self.remedy.could_repair is not False

    @property
    def may_be_ordinary(self) -> bool:
        """Return the same where a kind that is not recorded may be ordinary."""
        return self.remedy.kind in ("ordinary", None) and self.remedy.could_repair is not False

    def is_pending(self, on: date) -> bool:
        """Return whether its decision was still awaited on a day."""
        decided = self.remedy.decided
        return self.remedy.outcome == "pending" or (decided is not None and decided.earliest > on)

    def may_be_pending(self, on: date) -> bool:
        """Return whether its decision may have come on a day or after it."""
        decided = self.remedy.decided
        return not self.is_pending(on) and decided is not None and decided.latest > on


Ladder = tuple[Step, ...]
Ways = list[tuple[str | None, Ladder]]
"""The ladder of the claim, under None, or one for each victim."""


def ladders(facts: CaseFacts, place: int, claim: Claim) -> Ways:
    """Return one ladder for the claim, or one for each victim where a remedy names its victims."""
    whole = [Step(facts, place, number, remedy) for number, remedy in enumerate(claim.remedies or ())]
    if all(step.remedy.victims is None for step in whole):
        return [(None, _in_order(whole))]
    ids = claim.victims if claim.victims is not None else tuple(victim.id for victim in facts.victims or ())
    if not ids:
        return [(None, _in_order(whole))]
    return [
        (each, _in_order([step for step in whole if step.remedy.victims is None or each in step.remedy.victims]))
        for each in ids
    ]


def _in_order(steps: list[Step]) -> Ladder:
    """Put each step after those listed before it, but before any that was certainly decided later."""
    ordered: list[Step] = []
    for step in steps:
        later = (at for at, other in enumerate(ordered) if _after(other.remedy.decided, step.remedy.decided))
        ordered.insert(next(later, len(ordered)), step)
    return tuple(ordered)


def each_victim(ways: Ways, assess: Callable[[Ladder], _T]) -> Iterator[tuple[str | None, _T]]:
    """Assess every ladder; give one answer for the claim when they all agree, else one for each victim."""
    if len(ways) == 1:
        yield None, assess(ways[0][1])
        return
    answers = [(victim, assess(ladder)) for victim, ladder in ways]
    first = answers[0][1]
    if all(answer == first for _, answer in answers[1:]):
        yield None, first
    else:
        yield from answers


def is_taken(ladder: Ladder, position: int) -> bool:
    """Return whether the next step of a remedy was taken by a later one of the ladder."""
    wanted = ladder[position].remedy.next_step or ""
    later = ladder[position + 1 :]
    if _CODE.fullmatch(wanted):
        return any(step.remedy.stage == wanted for step in later)
    return any(step.remedy.kind == "ordinary" for step in later)


def untaken(ladder: Ladder, claim: Claim, on: date) -> Iterator[Step]:
    """Find decided remedies with a next step that was not taken and is not explained as not used."""
    explained = {each.stage for each in claim.remedies_not_used or ()}
    for position, step in enumerate(ladder):
        wanted = (step.remedy.next_step or "").strip()
        if wanted and not step.is_pending(on) and wanted not in explained and not is_taken(ladder, position):
            yield step


def perhaps_open(ladder: Ladder, claim: Claim, on: date) -> Step | None:
    """Return the decided ordinary remedy whose next ordinary step may still be open: then its decision is not final.

    A step whose last day has certainly passed is lost, not open; one without a recorded last day may be either.
    """
    for step in untaken(ladder, claim, on):
        due = step.remedy.next_step_due
        wanted = (step.remedy.next_step or "").strip()
        if step.may_be_ordinary and wanted not in BESIDE and (due is None or due.latest >= on):
            return step
    return None


def repaired_by(ladder: Ladder, on: date, awaited: frozenset[int] = frozenset()) -> Step | None:
    """Return the remedy that was won, wholly or in part, so that nothing says it came to nothing.

    A later ordinary remedy that was dismissed, a judgment that was not enforced and an application for enforcement that
    was not granted undo it. Interim relief and advice that does not bind repair nothing. The remedies at the places
    `awaited` are taken as not yet decided.
    """
    won = None
    for step in ladder:
        outcome, pending = step.remedy.outcome, step.place in awaited or step.is_pending(on)
        if step.remedy.stage == "ENFORCE":
            won = step if outcome == "granted" and not pending else None
        elif step.remedy.stage in PASSING or step.remedy.could_repair is False or pending:
            continue
        elif outcome in WON:
            won = step
        elif outcome == "not_enforced" or (outcome == "dismissed" and step.is_ordinary):
            won = None
    return won


def perhaps_repaired_by(ladder: Ladder, on: date) -> list[Step | None]:
    """Return what repaired the violation on each of the days that decisions of vague dates may have; None for nothing."""
    vague = [step.place for step in ladder if step.may_be_pending(on)]
    return [repaired_by(ladder, on, frozenset(vague[count:])) for count in range(len(vague) + 1)]


def pleaded(stage: str | None) -> Favours:
    """Return how exhaustion leans while a remedy that is not ordinary is left: States plead constitutional ones."""
    return "open" if stage == "CONST" else "admissible"


def _after(other: UncertainDate | None, decided: UncertainDate | None) -> bool:
    return other is not None and decided is not None and other.earliest > decided.latest
