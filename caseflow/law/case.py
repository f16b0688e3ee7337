"""What a rule is given, and what it gives back before citations are added."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from caseflow.law.dates import UncertainDate
from caseflow.law.facts import CaseFacts, Claim
from caseflow.law.findings import Cure, Favours, Finding, Result
from caseflow.law.ladder import Ladder, Ways, ladders
from caseflow.law.register import Register, StateStatus
from caseflow.law.wording import about_dates
from caseflow.law.year import Year, count_year


class Opinion(NamedTuple):
    """An answer with its reason. `sources` are keys of the ruleset's readings; `dates` those it rests on.

    A tuple, like all that is made many times in an assessment: it is put together in less than half the time of a frozen
    dataclass.
    """

    result: Result
    because: str
    facts: tuple[str, ...]
    favours: Favours | None = None
    cure: Cure | None = None
    settles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    dates: tuple[UncertainDate, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """The facts, the day, and the data they are measured against."""

    facts: CaseFacts
    on: date
    register: Register
    _ladders: dict[int, Ways] = field(default_factory=dict, init=False, repr=False, compare=False)
    _years: dict[int, tuple[Ladder, Year]] = field(default_factory=dict, init=False, repr=False, compare=False)
    status: StateStatus | None = field(init=False, repr=False, compare=False)
    """The State's row in the register; None when the State or its row is not known."""

    def __post_init__(self) -> None:
        status = self.register.get(self.facts.state) if self.facts.state else None
        object.__setattr__(self, "status", status)

    def ladders(self, place: int, claim: Claim) -> Ways:
        """Return the ladders of a claim; several rules climb them, so they are put up once."""
        if place not in self._ladders:
            self._ladders[place] = ladders(self.facts, place, claim)
        return self._ladders[place]

    def year(self, ladder: Ladder) -> Year:
        """Return the year of a ladder: rule and clock ask for the same one. The ladder is kept, so that its id is its own."""
        if id(ladder) not in self._years:
            self._years[id(ladder)] = ladder, count_year(ladder, self.on, self.years_to_file)
        return self._years[id(ladder)][1]

    @property
    def state_name(self) -> str:
        """Return the State's name as the register writes it, or its code."""
        status = self.status
        return status.name if status else self.facts.state or "the State"

    @property
    def years_to_file(self) -> int:
        """Return how many years the author has after domestic remedies were exhausted (art. 3(2)(a))."""
        return self.register.ruleset.thresholds.years_to_file.value

    def without_claims(self, rule: str) -> Finding:
        """Make the finding of a rule that asks about claims, where none is recorded."""
        opinion = Opinion("unknown", "No claim is recorded.", (self.facts.path("claims"),), settles=("the claims",))
        return self.finding(rule, opinion)

    def finding(self, rule: str, opinion: Opinion, claim: str | None = None, victim: str | None = None) -> Finding:
        """Make a finding of an opinion: with its citation, its sources, and what it says of rough dates."""
        ruleset = self.register.ruleset
        citation = ruleset.citations[rule]
        return Finding(
            rule=rule,
            citation=citation,
            claim=claim,
            victim=victim,
            result=opinion.result,
            favours=opinion.favours,
            because=opinion.because + about_dates(opinion.dates) if opinion.dates else opinion.because,
            facts=_once(opinion.facts),
            settles=_once(opinion.settles),
            sources=(citation, *[ruleset.readings[key] for key in _once(opinion.sources)]),
            cure=opinion.cure,
        )


def _once(texts: tuple[str, ...]) -> tuple[str, ...]:
    return texts if len(texts) <= 1 else tuple(dict.fromkeys(texts))


Rule = Callable[[Case], Iterable[Finding]]

_STRENGTH: tuple[Result, ...] = ("not_met", "unknown", "arguable", "met")
_LEANING: tuple[Favours, ...] = ("inadmissible", "open", "admissible")


def weakest(opinions: Sequence[Opinion]) -> Opinion:
    """Put opinions on parts of one question together: the chain is as strong as its weakest link.

    What is not met decides over what is not known, that over what is arguable; the reasons of the deciding parts are
    joined, the worst leaning counts, and what no one can mend any more counts before what time will mend.
    """
    if len(opinions) == 1:
        return opinions[0]
    results = [each.result for each in opinions]
    result = next(result for result in _STRENGTH if result in results)
    deciding = [each for each in opinions if each.result == result]
    if len(deciding) == 1:
        return deciding[0]
    if result == "not_met":
        deciding.sort(key=lambda each: each.cure != "never")
    leans = {each.favours for each in deciding} if result == "arguable" else set()
    return Opinion(
        result=result,
        because=" ".join(dict.fromkeys([each.because for each in deciding])),
        facts=tuple([path for each in deciding for path in each.facts]),
        favours=next((lean for lean in _LEANING if lean in leans), None) if leans else None,
        cure=deciding[0].cure,
        settles=tuple([text for each in deciding for text in each.settles]),
        sources=tuple([key for each in deciding for key in each.sources]),
        dates=tuple([when for each in deciding for when in each.dates]),
    )
