"""How each kind of deadline is reminded of: from which days on, how loudly, and who hears when nothing happens.

Defaults of ux.md ("Reminders"). A section may move thresholds (`SectionThresholds`), but what a hard clock tells last
can't be switched off: a missed year can't be mended by anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from caseflow.models.deadline import DeadlineKind

OVERDUE: Final = -1
"""The threshold of the day after."""
CLOSE: Final = 3
"""From so many days before, what can't be mended is told by itself and does not wait for the digest."""
FARTHEST: Final = 730
MOST: Final = 15
ALWAYS_SENT: Final = 3
"""So many of the last thresholds of a hard kind can't be switched off."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The rule of one kind. Thresholds are days before the last day, the first warning first; -1 is the day after."""

    thresholds: tuple[int, ...]
    is_hard: bool = False
    """Missing it can't be mended."""
    is_loud: bool = False
    """Each threshold is told at once, at its hour."""
    escalates_at: int | None = None
    """So many days before, the coordinators hear that nobody has said that they have seen it."""
    is_manual: bool = True
    """People add it by hand; the others are computed."""
    has_hour: bool = False

    @property
    def always_sent(self) -> tuple[int, ...]:
        """Return the thresholds that can be neither switched off nor slept through."""
        return self.thresholds[-ALWAYS_SENT:] if self.is_hard else self.thresholds[-1:]

    def is_sent_at_once(self, threshold: int) -> bool:
        """Tell whether a threshold is a mail of its own."""
        return self.is_loud or (self.is_hard and threshold <= CLOSE)


KINDS: Final[Mapping[DeadlineKind, Kind]] = MappingProxyType(
    {
        # OP-ICESCR art. 3(2)(a): computed by the law engine.
        DeadlineKind.ONE_YEAR: Kind(
            (270, 180, 90, 30, 14, 7, 3, 1, 0, OVERDUE), is_hard=True, escalates_at=10, is_manual=False
        ),
        # OP-ICESCR art. 3(1): a domestic time limit that was recorded with a remedy.
        DeadlineKind.NEXT_DOMESTIC_STEP: Kind((14, 7, 3, 1, 0, OVERDUE), is_hard=True, escalates_at=2, is_manual=False),
        # OP-ICESCR art. 5: interim measures only help before the act.
        DeadlineKind.THREATENED_ACT: Kind(
            (7, 3, 2, 1, 0, OVERDUE), is_hard=True, is_loud=True, escalates_at=1, has_hour=True
        ),
        # E/C.12/5: repeated silence of the author ends in discontinuance.
        DeadlineKind.COMMITTEE_REQUEST: Kind((30, 14, 7, 3, 1, 0, OVERDUE), is_hard=True, escalates_at=5),
        # OP-ICESCR arts. 6(2) and 9(2): six months; the State's to keep, ours to notice.
        DeadlineKind.STATE_REPLY: Kind((14, 0, OVERDUE)),
        DeadlineKind.VIEWS_REPLY: Kind((30, 0, OVERDUE)),
        DeadlineKind.CONTACT_CHECK: Kind((7, 0, OVERDUE)),
        DeadlineKind.CONSENT_EXPIRY: Kind((60, 30, 7, 0, OVERDUE)),
        DeadlineKind.TASK: Kind((3, 0, OVERDUE)),
        DeadlineKind.MANUAL: Kind((7, 1, 0, OVERDUE)),
    }
)

MANUAL_KINDS: Final = tuple(kind for kind, rule in KINDS.items() if rule.is_manual)


def thresholds_of(kind: DeadlineKind, section: Sequence[int] | None) -> tuple[int, ...]:
    """Return the thresholds that hold, the first warning first: the section's own and what is always told."""
    rule = KINDS[kind]
    if section is None:
        return rule.thresholds
    return tuple(sorted({*section, *rule.always_sent}, reverse=True))
