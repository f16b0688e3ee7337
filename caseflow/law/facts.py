"""The facts of a case: one frozen dataclass for each kind of object in the document `caseflow/case-facts/1`.

None means "not known"; an empty tuple means "none, and that was checked". Fields have the names that they have in the
document, except `start`, which is `from` there: a reserved word in Python.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

from caseflow.law.dates import UncertainDate

SCHEMA: Final = "caseflow/case-facts/1"
ROUTE: Final = "OP-ICESCR"
FROM: Final = {"name": "from"}
"""Metadata of a field that has another name in the document."""
MOST_CLAIMS: Final = 100
MOST_VICTIMS: Final = 500
MOST_ACTS: Final = 200
MOST_REMEDIES: Final = 200
MOST_HOUSING_APPLICATIONS: Final = 100
MOST_OTHER_TREATIES: Final = 30
MOST_OBJECTIONS: Final = 50
"""The largest case: claims, victims and objections of the State of a document; acts, remedies (used and not used together),
requests for housing and entries of other treaties of a claim.

Some rules compare each remedy with every other one, so their work grows with the square of the number. No decided
communication comes near these figures. The schema has the same limits (`maxItems`).
"""


@dataclass(frozen=True, slots=True)
class Author:
    """Who submits the communication."""

    named: bool | None = None
    in_writing: bool | None = None


@dataclass(frozen=True, slots=True)
class Victim:
    """A person or group who claims to be a victim."""

    id: str
    kind: str | None = None
    identified: bool | None = None
    within_jurisdiction: bool | None = None
    personally_affected: bool | None = None
    consent: str | None = None
    consent_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """An act or omission complained of."""

    what: str | None = None
    start: UncertainDate | None = field(default=None, metadata=FROM)
    until: UncertainDate | None = None
    continuing: bool | None = None
    continuing_reason: str | None = None
    attributable_to_state: bool | None = None


@dataclass(frozen=True, slots=True)
class Remedy:
    """A domestic remedy that was used. `victims` is None where it concerns all victims of the claim."""

    stage: str | None = None
    authority: str | None = None
    kind: str | None = None
    filed: UncertainDate | None = None
    decided: UncertainDate | None = None
    notified: UncertainDate | None = None
    outcome: str | None = None
    raised_right: bool | None = None
    could_repair: bool | None = None
    next_step: str | None = None
    next_step_due: UncertainDate | None = None
    victims: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class RemedyNotUsed:
    """A domestic remedy that was not used, and why."""

    stage: str | None = None
    kind: str | None = None
    reason: str | None = None
    explanation: str | None = None
    documented: bool | None = None


@dataclass(frozen=True, slots=True)
class Delay:
    """The author's assertion that the remedies are unreasonably prolonged."""

    claimed: bool | None = None
    since: UncertainDate | None = None
    explanation: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence. `proves` is the code of the stage of a domestic remedy that it proves, or free text on what it shows."""

    kind: str | None = None
    proves: str | None = None


@dataclass(frozen=True, slots=True)
class HousingApplication:
    """A request for housing to an authority or to social services: whom, when, and with which answer."""

    authority: str | None = None
    applied: UncertainDate | None = None
    answered: UncertainDate | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class OtherTreatyArticle:
    """Articles of another treaty that the claim invokes besides the Covenant: `treaty` is a code of `other_treaties`."""

    treaty: str | None = None
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One alleged violation: the rights, the acts, the victims, the remedies."""

    id: str
    rights: tuple[str, ...] | None = None
    articles: tuple[str, ...] | None = None
    victims: tuple[str, ...] | None = None
    acts: tuple[Act, ...] | None = None
    remedies: tuple[Remedy, ...] | None = None
    remedies_not_used: tuple[RemedyNotUsed, ...] | None = None
    delay: Delay | None = None
    evidence: tuple[Evidence, ...] | None = None
    disadvantage: str | None = None
    general_importance: str | None = None
    housing_applications: tuple[HousingApplication, ...] | None = None
    other_treaty_articles: tuple[OtherTreatyArticle, ...] | None = None


@dataclass(frozen=True, slots=True)
class OtherProcedure:
    """Another international procedure, past or pending."""

    body: str | None = None
    same_persons: bool | None = None
    same_facts: bool | None = None
    same_rights: bool | None = None
    status: str | None = None
    start: UncertainDate | None = field(default=None, metadata=FROM)
    until: UncertainDate | None = None


@dataclass(frozen=True, slots=True)
class EarlierCommunication:
    """A communication to the Committee itself that was filed before."""

    number: str | None = None
    filed: UncertainDate | None = None
    status: str | None = None
    same_persons: bool | None = None
    same_facts: bool | None = None
    same_rights: bool | None = None
    anything_new: bool | None = None


@dataclass(frozen=True, slots=True)
class StateObjection:
    """An objection of the State to admissibility. `ground` is a code of `objection_grounds`: the name of the rule at issue."""

    ground: str | None = None
    raised: UncertainDate | None = None
    names_remedy: bool | None = None
    """Of an objection to exhaustion: whether it names a remedy left to the author, and says that it works."""
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """The whole document. `left_out` holds the JSON pointers of the fields that are absent from it."""

    schema: str = SCHEMA
    reference: str | None = None
    route: str | None = ROUTE
    state: str | None = None
    on: date | None = None
    author: Author | None = None
    victims: tuple[Victim, ...] | None = None
    claims: tuple[Claim, ...] | None = None
    other_procedures: tuple[OtherProcedure, ...] | None = None
    earlier_communications: tuple[EarlierCommunication, ...] | None = None
    state_objections: tuple[StateObjection, ...] | None = None
    lateness_reason: str | None = None
    language: str | None = None
    left_out: frozenset[str] = field(default=frozenset(), compare=False, repr=False, metadata={"name": None})

    def path(self, *steps: str | int) -> str:
        """Return the JSON pointer to a fact, or to the nearest enclosing object where the document does not have it."""
        pointer = _pointer(*steps)
        while pointer in self.left_out:
            pointer = pointer.rpartition("/")[0]
        return pointer

    def claims_by_index(self) -> Iterator[tuple[int, Claim]]:
        """Iterate over the claims with their positions in the document."""
        return enumerate(self.claims or ())


@lru_cache(maxsize=16_384)
def _pointer(*steps: str | int) -> str:
    """Join the steps of a JSON pointer; cached, since all cases have largely the same paths."""
    return f"/{'/'.join(map(str, steps))}"
