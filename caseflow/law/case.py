"""What a rule takes, a `Case`, and what it computes, an `Opinion`; a `Finding` is an opinion with citations."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar

from caseflow.law.dates import UncertainDate
from caseflow.law.facts import CaseFacts, Claim
from caseflow.law.findings import Cure, Favours, Finding, Result
from caseflow.law.ladder import Ladder, LaddersByVictim, ladders
from caseflow.law.register import Register, StateStatus
from caseflow.law.sentences import Sentence, State, Text, joined, note_on_approximate_dates, say
from caseflow.law.year import Year, count_year

_Item = TypeVar("_Item", str, Sentence)


class Opinion(NamedTuple):
    """An answer with its reason. `sources` are keys of the ruleset's readings; `dates` are the dates it depends on.

    A named tuple, like everything that an assessment creates in large numbers: creating one takes less than half the time
    of a frozen dataclass.
    """

    result: Result
    because: Text
    facts: tuple[str, ...]
    favours: Favours | None = None
    cure: Cure | None = None
    settles: Text = ()
    """Each sentence is an item."""
    sources: tuple[str, ...] = ()
    dates: tuple[UncertainDate, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """The facts, the day for which they are assessed, and the register of States and rules."""

    facts: CaseFacts
    on: date
    register: Register
    _ladders: dict[int, LaddersByVictim] = field(default_factory=dict, init=False, repr=False, compare=False)
    _years: dict[int, tuple[Ladder, Year]] = field(default_factory=dict, init=False, repr=False, compare=False)
    status: StateStatus | None = field(init=False, repr=False, compare=False)
    """The State's row in the register; None when the State or its row is not known."""
    state: State | Text | str = field(init=False, repr=False, compare=False)
    """The State for use in a sentence; its code where the register does not have it."""

    def __post_init__(self) -> None:
        status = self.register.get(self.facts.state) if self.facts.state else None
        object.__setattr__(self, "status", status)
        named = State(status.iso2, status.name) if status else self.facts.state or say("the State")
        object.__setattr__(self, "state", named)

    def ladders(self, place: int, claim: Claim) -> LaddersByVictim:
        """Return the ladders of a claim. They are cached: several rules use them."""
        if place not in self._ladders:
            self._ladders[place] = ladders(self.facts, place, claim)
        return self._ladders[place]

    def year(self, ladder: Ladder) -> Year:
        """Return the year of a ladder. It is cached: the rule and the clock use the same one."""
        # The key is the ladder's id; the ladder is stored with the year so that its id is not used again.
        if id(ladder) not in self._years:
            self._years[id(ladder)] = ladder, count_year(ladder, self.on, self.years_to_file)
        return self._years[id(ladder)][1]

    @property
    def years_to_file(self) -> int:
        """Return how many years after exhaustion of domestic remedies the author has to file (art. 3(2)(a))."""
        return self.register.ruleset.thresholds.years_to_file.value

    def finding_without_claims(self, rule: str) -> Finding:
        """Return the finding of a rule about claims when no claim is recorded."""
        opinion = Opinion(
            "unknown", say("No claim is recorded."), (self.facts.path("claims"),), settles=say("the claims")
        )
        return self.finding(rule, opinion)

    def finding(self, rule: str, opinion: Opinion, claim: str | None = None, victim: str | None = None) -> Finding:
        """Turn an opinion into a finding: add the citation, the sources, and a note on approximate dates."""
        ruleset = self.register.ruleset
        citation = ruleset.citations[rule]
        return Finding(
            rule=rule,
            citation=citation,
            claim=claim,
            victim=victim,
            result=opinion.result,
            favours=opinion.favours,
            because=opinion.because + note_on_approximate_dates(opinion.dates) if opinion.dates else opinion.because,
            facts=_deduplicated(opinion.facts),
            settles=_deduplicated(opinion.settles),
            sources=(citation, *[ruleset.readings[key] for key in _deduplicated(opinion.sources)]),
            cure=opinion.cure,
        )


def _deduplicated(texts: tuple[_Item, ...]) -> tuple[_Item, ...]:
    return texts if len(texts) <= 1 else tuple(dict.fromkeys(texts))


Rule = Callable[[Case], Iterable[Finding]]

_WEAKEST_FIRST: tuple[Result, ...] = ("not_met", "unknown", "arguable", "met")
_WORST_LEANING_FIRST: tuple[Favours, ...] = ("inadmissible", "open", "admissible")


def weakest(opinions: Sequence[Opinion]) -> Opinion:
    """Combine opinions on the parts of one question: the weakest result decides. Weakest first: not met, unknown, arguable, met.

    The reasons of all opinions with that result are joined. If it is arguable, the least favourable `favours` is
    returned. If it is not met, an opinion whose `cure` is "never" comes first.
    """
    if len(opinions) == 1:
        return opinions[0]
    results = [each.result for each in opinions]
    result = next(result for result in _WEAKEST_FIRST if result in results)
    deciding = [each for each in opinions if each.result == result]
    if len(deciding) == 1:
        return deciding[0]
    if result == "not_met":
        deciding.sort(key=lambda each: each.cure != "never")
    leanings = {each.favours for each in deciding} if result == "arguable" else set()
    return Opinion(
        result=result,
        because=joined([each.because for each in deciding]),
        facts=tuple([path for each in deciding for path in each.facts]),
        favours=next((each for each in _WORST_LEANING_FIRST if each in leanings), None) if leanings else None,
        cure=deciding[0].cure,
        settles=tuple([item for each in deciding for item in each.settles]),
        sources=tuple([key for each in deciding for key in each.sources]),
        dates=tuple([when for each in deciding for when in each.dates]),
    )
