"""What each kind of letter on the docket is: who sends it, who usually answers it, and the period that a rule gives for that.

A period is only ever proposed: the day that counts is the one in the letter (docs/law/protocol.md). How sure a source is stands
there as well. Rule numbers moved in 2022, so each is named with its document.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from caseflow.models.letter import Awaited, LetterDirection, LetterKind


@dataclass(frozen=True, slots=True)
class Period:
    """The time that a rule gives for an answer, in months from the day of the letter."""

    code: str
    months: int
    source: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of letter."""

    directions: tuple[LetterDirection, ...]
    awaited: Awaited | None = None
    """Who usually answers it."""
    period: Period | None = None
    answers: LetterKind | None = None
    """With which kind of letter it is usually answered."""
    is_from_state: bool = False
    """Whether the Committee transmits what the State wrote."""
    is_from_third_party: bool = False
    is_decision: bool = False
    """Whether it ends the examination of the case."""


SIX_MONTHS: Final = Period("op_6_2", 6, "OP-ICESCR art. 6(2)")
FOUR_MONTHS: Final = Period("rule_15_2", 4, "E/C.12/5 rule 15(2)")
VIEWS_SIX_MONTHS: Final = Period("op_9_2", 6, "OP-ICESCR art. 9(2)")
PERIODS: Final[Mapping[str, Period]] = MappingProxyType(
    {period.code: period for period in (SIX_MONTHS, FOUR_MONTHS, VIEWS_SIX_MONTHS)}
)

_RECEIVED, _SENT = (LetterDirection.RECEIVED,), (LetterDirection.SENT,)
_BOTH: Final = (LetterDirection.RECEIVED, LetterDirection.SENT)
_K, _A = LetterKind, Awaited
LETTER_KINDS: Final[Mapping[LetterKind, Kind]] = MappingProxyType(
    {
        _K.ACKNOWLEDGEMENT: Kind(_RECEIVED),
        _K.CLARIFICATION: Kind(_RECEIVED, _A.AUTHOR, answers=_K.INFORMATION),
        _K.REGISTRATION: Kind(_RECEIVED, _A.STATE, SIX_MONTHS, answers=_K.STATE_MERITS),
        _K.NOT_REGISTERED: Kind(_RECEIVED, is_decision=True),
        _K.STATE_ADMISSIBILITY: Kind(_RECEIVED, _A.AUTHOR, answers=_K.COMMENTS, is_from_state=True),
        _K.STATE_MERITS: Kind(_RECEIVED, _A.AUTHOR, answers=_K.COMMENTS, is_from_state=True),
        _K.COMMENTS_REQUESTED: Kind(_RECEIVED, _A.AUTHOR, answers=_K.COMMENTS),
        _K.COMMENTS: Kind(_SENT),
        _K.INFORMATION_REQUESTED: Kind(_RECEIVED, _A.AUTHOR, answers=_K.INFORMATION),
        _K.INFORMATION: Kind(_BOTH),
        _K.THIRD_PARTY: Kind(_RECEIVED, _A.AUTHOR, answers=_K.COMMENTS, is_from_third_party=True),
        _K.INTERIM_REQUESTED: Kind(_SENT, _A.COMMITTEE, answers=_K.INTERIM_GRANTED),
        _K.INTERIM_GRANTED: Kind(_RECEIVED),
        _K.INTERIM_REFUSED: Kind(_RECEIVED),
        _K.INTERIM_REVIEW: Kind(_RECEIVED, _A.AUTHOR, answers=_K.COMMENTS, is_from_state=True),
        _K.INTERIM_MAINTAINED: Kind(_RECEIVED),
        _K.INTERIM_LIFTED: Kind(_RECEIVED),
        _K.INTERIM_BREACH: Kind(_SENT),
        _K.SUSPENSION: Kind(_RECEIVED),
        _K.RESUMPTION: Kind(_RECEIVED),
        _K.SETTLEMENT: Kind(_BOTH),
        _K.SPLIT: Kind(_RECEIVED),
        _K.JOINDER: Kind(_RECEIVED),
        _K.WARNING: Kind(_RECEIVED, _A.AUTHOR, answers=_K.COMMENTS),
        _K.ADMISSIBLE: Kind(_RECEIVED, _A.STATE, FOUR_MONTHS, answers=_K.STATE_MERITS),
        _K.INADMISSIBLE: Kind(_RECEIVED, is_decision=True),
        _K.VIEWS: Kind(_RECEIVED, _A.STATE, VIEWS_SIX_MONTHS, answers=_K.STATE_FOLLOW_UP, is_decision=True),
        _K.DISCONTINUANCE: Kind(_RECEIVED, is_decision=True),
        _K.WITHDRAWAL: Kind(_SENT),
        _K.STATE_FOLLOW_UP: Kind(_RECEIVED, _A.AUTHOR, answers=_K.FOLLOW_UP_COMMENTS, is_from_state=True),
        _K.FOLLOW_UP: Kind(_RECEIVED),
        _K.FOLLOW_UP_COMMENTS: Kind(_SENT),
        _K.REPRISAL: Kind(_SENT),
        _K.OTHER: Kind(_BOTH),
    }
)
