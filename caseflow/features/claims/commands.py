"""Commands for the service of claims."""

from dataclasses import dataclass

from caseflow.law.dates import UncertainDate


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDetails:
    """The fields of a claim: rights, types of violation, unreasonable delay (art. 3(1)), clear disadvantage (art. 4)."""

    version: int | None
    rights: tuple[str, ...]
    violation_types: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    label: str = ""
    disadvantage: str = ""
    general_importance: str = ""
    delay_claimed: bool = False
    delay_since: UncertainDate | None = None
    delay_explanation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActDetails:
    """The fields of an act of a claim."""

    version: int | None
    what: str
    began: UncertainDate | None = None
    ended: UncertainDate | None = None
    is_continuing: bool = False
    continuing_reason: str = ""
    is_attributable: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HousingApplicationDetails:
    """The fields of a request for housing: to whom, when, and its answer (a code of `housing_answers`)."""

    version: int | None
    authority: str = ""
    applied: UncertainDate | None = None
    answered: UncertainDate | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherTreatyDetails:
    """Articles of another treaty that a claim invokes: the treaty (a code of `other_treaties`), and its articles as text."""

    version: int | None
    treaty: str
    article: str = ""
