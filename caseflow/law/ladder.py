"""The ladder of domestic remedies of a claim: its remedies in the order in which they were used.

A claim has one ladder, or one for each victim where a remedy names its victims. The order is that of the dates of the
decisions; where those do not decide it, the order of the document. A next step counts as taken when a later remedy has
its stage, or, where the step is free text and no stage code, when any ordinary remedy follows.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple, TypeVar

from caseflow.law.dates import UncertainDate
from caseflow.law.facts import CaseFacts, Claim, Remedy, RemedyNotUsed
from caseflow.law.findings import Favours
from caseflow.law.sentences import Text, authority, say

PROCEDURAL_DEFAULTS: Final = frozenset({"inadmissible_late", "inadmissible_form"})
"""Outcomes of remedies that the author lost by being late or by a fault of form."""
STAGES_OUTSIDE_EXHAUSTION: Final = frozenset({"EXTRA", "OMBUDS_NHRI", "REGIONAL"})
"""Stages that normally do not count for exhaustion: exceptional, not binding, or not domestic."""
GRANTED_OUTCOMES: Final = frozenset({"granted", "partly_granted"})
INSTANCES: Final = frozenset({"COURT_1", "APPEAL", "CASSATION"})
"""Stages that are instances by their place, whatever the remedy is called (20/2017, para. 7.4)."""
STAGES_WITHOUT_LASTING_REPAIR: Final = frozenset({"URGENT", "OMBUDS_NHRI"})
"""Stages in which a favourable outcome does not repair the violation: interim relief, and advice that does not bind."""
EXCEPTIONS: Final = {
    "unavailable": say("{remedy} was not available"),
    "ineffective_settled_case_law": say("{remedy} would have been ineffective because of settled case law"),
    "no_suspensive_effect": say("{remedy} would not have suspended the act"),
    "cost_no_legal_aid": say("{remedy} was out of reach for its cost without legal aid"),
    "no_standing": say("{remedy} was not open to the author for want of standing"),
    "fear": say("{remedy} could not be used for fear of reprisals"),
    "unreasonable_delay": say("{remedy} would have been unreasonably prolonged"),
}
"""Reasons that can excuse not using a remedy, as they stand inside a sentence."""

_CODE = re.compile(r"[A-Z][A-Z0-9_]+")
_T = TypeVar("_T")


class Step(NamedTuple):
    """A remedy with its place in the document: the number of its claim, and its own within the claim."""

    facts: CaseFacts
    claim: int
    place: int
    remedy: Remedy

    def path(self, name: str) -> str:
        """Return the JSON pointer to one of its fields."""
        return self.facts.path("claims", self.claim, "remedies", self.place, name)

    @property
    def is_ordinary(self) -> bool:
        """Return whether it is recorded as ordinary, and not as one that could not repair the violation."""
        return self.remedy.kind == "ordinary" and self.remedy.could_repair is not False

    @property
    def is_possibly_ordinary(self) -> bool:
        """Return whether it is ordinary, or may be because its kind is not recorded."""
        return self.remedy.kind in ("ordinary", None) and self.remedy.could_repair is not False

    @property
    def is_lost_constitutional(self) -> bool:
        """Return whether it is a constitutional remedy that was lost for its form, and not for its lateness."""
        return self.is_ordinary and self.remedy.stage == "CONST" and self.remedy.outcome == "inadmissible_form"

    @property
    def without_suspension(self) -> RemedyNotUsed | None:
        """Return the record that it need not be awaited, because it does not suspend the act; of several, the one best shown."""
        unused = (self.facts.claims or ())[self.claim].remedies_not_used or ()
        stage = self.remedy.stage
        said = [each for each in unused if stage and each.stage == stage and is_not_suspensive(each)]
        return max(said, key=_how_well_shown, default=None)

    @property
    def need_not_be_awaited(self) -> bool:
        """Return whether it is recorded as one that does not suspend the act."""
        return self.without_suspension is not None

    def is_pending(self, on: date) -> bool:
        """Return whether it was certainly not decided yet on a day."""
        decided = self.remedy.decided
        return self.remedy.outcome == "pending" or (decided is not None and decided.earliest > on)

    def is_possibly_pending(self, on: date) -> bool:
        """Return whether its vague date of decision includes days after a day as well as days up to it."""
        decided = self.remedy.decided
        return not self.is_pending(on) and decided is not None and decided.latest > on


def is_not_suspensive(unused: RemedyNotUsed) -> bool:
    """Return whether a remedy is recorded as one that does not suspend the act."""
    return unused.reason == "no_suspensive_effect"


def _how_well_shown(unused: RemedyNotUsed) -> tuple[bool, bool]:
    """Return whether a reason is explained, and whether it is documented as well; compared, the better shown is greater."""
    is_explained = bool((unused.explanation or "").strip())
    return is_explained, is_explained and bool(unused.documented)


Ladder = tuple[Step, ...]
LaddersByVictim = list[tuple[str | None, Ladder]]
"""Pairs of victim and ladder; a single pair with None as victim where one ladder is that of the whole claim."""


def ladders(facts: CaseFacts, place: int, claim: Claim) -> LaddersByVictim:
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
    """Keep the order of the list, but put a step before any listed earlier that was certainly decided later."""
    ordered: list[Step] = []
    for step in steps:
        later = (at for at, other in enumerate(ordered) if _after(other.remedy.decided, step.remedy.decided))
        ordered.insert(next(later, len(ordered)), step)
    return tuple(ordered)


def with_pending(ladder: Ladder, pending: Step) -> Ladder:
    """Return a ladder in which a remedy is not decided yet."""
    return tuple(
        step._replace(remedy=replace(step.remedy, outcome="pending")) if step.place == pending.place else step
        for step in ladder
    )


def with_decided(ladder: Ladder, decided: Step) -> Ladder:
    """Return a ladder in which a remedy was decided on the earliest day that its vague date can mean."""
    when = decided.remedy.decided
    assert when is not None
    taken = replace(decided.remedy, decided=UncertainDate.of(when.earliest))
    return tuple(step._replace(remedy=taken) if step.place == decided.place else step for step in ladder)


def assess_by_victim(by_victim: LaddersByVictim, assess: Callable[[Ladder], _T]) -> Iterator[tuple[str | None, _T]]:
    """Assess every ladder. Yield one answer, with None as victim, when all agree; else one for each victim."""
    if len(by_victim) == 1:
        yield None, assess(by_victim[0][1])
        return
    answers = [(victim, assess(ladder)) for victim, ladder in by_victim]
    first = answers[0][1]
    if all(answer == first for _, answer in answers[1:]):
        yield None, first
    else:
        yield from answers


def is_next_step_taken(ladder: Ladder, position: int) -> bool:
    """Return whether a later remedy of the ladder is the next step recorded for the one at a position."""
    wanted = ladder[position].remedy.next_step or ""
    later = ladder[position + 1 :]
    if _CODE.fullmatch(wanted):
        return any(step.remedy.stage == wanted for step in later)
    return any(step.remedy.kind == "ordinary" for step in later)


def untaken_next_steps(ladder: Ladder, claim: Claim, on: date) -> Iterator[Step]:
    """Yield the decided remedies whose next step was neither taken nor explained as not used."""
    explained = {each.stage for each in claim.remedies_not_used or ()}
    for position, step in enumerate(ladder):
        wanted = (step.remedy.next_step or "").strip()
        if wanted and not step.is_pending(on) and wanted not in explained and not is_next_step_taken(ladder, position):
            yield step


def possibly_open_next_step(ladder: Ladder, claim: Claim, on: date) -> Step | None:
    """Return the decided remedy whose next ordinary step may still be open, so that its decision may not be final.

    A next step is closed once its last day has certainly passed; without a recorded last day it may be open.
    """
    for step in untaken_next_steps(ladder, claim, on):
        due = step.remedy.next_step_due
        wanted = (step.remedy.next_step or "").strip()
        if step.is_possibly_ordinary and wanted not in STAGES_OUTSIDE_EXHAUSTION and (due is None or due.latest >= on):
            return step
    return None


def repaired_by(ladder: Ladder, on: date, awaited: frozenset[int] = frozenset()) -> Step | None:
    """Return the remedy that was granted, wholly or in part, and not undone by a later one.

    It is undone by a later ordinary remedy that was dismissed, by a judgment that was not enforced, and by an application
    for enforcement that was not granted. Interim relief and advice that does not bind repair nothing. Remedies whose
    places are in `awaited` are taken as not yet decided.
    """
    granted = None
    for step in ladder:
        outcome, pending = step.remedy.outcome, step.place in awaited or step.is_pending(on)
        if step.remedy.stage == "ENFORCE":
            granted = step if outcome == "granted" and not pending else None
        elif step.remedy.stage in STAGES_WITHOUT_LASTING_REPAIR or step.remedy.could_repair is False or pending:
            continue
        elif outcome in GRANTED_OUTCOMES:
            granted = step
        elif outcome == "not_enforced" or (outcome == "dismissed" and step.is_ordinary):
            granted = None
    return granted


def possible_repairs(ladder: Ladder, on: date) -> list[Step | None]:
    """Return every remedy that may have repaired the violation by a day, None where it may be that none did.

    Decisions with vague dates come in the order of the ladder: the first of them, none or several, are tried as taken.
    """
    vague = [step.place for step in ladder if step.is_possibly_pending(on)]
    return [repaired_by(ladder, on, frozenset(vague[count:])) for count in range(len(vague) + 1)]


def unusual_remedy(step: Step) -> Text:
    """Return the words for a remedy that is recorded as discretionary or extraordinary, as they stand inside a sentence."""
    court = authority(step.remedy)
    if step.remedy.kind == "discretionary":
        return say("the discretionary remedy before {court}", court=court)
    return say("the extraordinary remedy before {court}", court=court)


def leaning_of_non_ordinary(stage: str | None) -> Favours:
    """Return whom it favours that a remedy that is not ordinary is left. States plead constitutional ones."""
    return "open" if stage == "CONST" else "admissible"


def _after(other: UncertainDate | None, decided: UncertainDate | None) -> bool:
    return other is not None and decided is not None and other.earliest > decided.latest
