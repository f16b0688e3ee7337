"""The reminder rules of each kind of deadline: thresholds, urgency and escalation (docs/ux.md#reminders).

A section may change thresholds (`SectionThresholds`), but not switch off the last ones of a hard kind, because a missed
legal time limit can't be repaired.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from caseflow.models.deadline import DeadlineKind

OVERDUE: Final = -1
"""The threshold of the day after the deadline."""
CLOSE: Final = 3
"""From this threshold on, a reminder of a hard kind is sent at once and not with the digest."""
FARTHEST: Final = 730
MOST: Final = 15
ALWAYS_SENT: Final = 3
"""How many of the last thresholds of a hard kind can't be switched off."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The rule of one kind. Thresholds are days before the last day, in descending order; -1 is the day after."""

    thresholds: tuple[int, ...]
    is_hard: bool = False
    """Whether a missed deadline can't be repaired."""
    is_loud: bool = False
    """Whether every reminder is sent at once, at the hour of the deadline."""
    escalates_at: int | None = None
    """The threshold at which coordinators are notified if nobody has acknowledged the deadline."""
    is_manual: bool = True
    """Whether people add it; the others are computed."""
    has_hour: bool = False

    @property
    def always_sent(self) -> tuple[int, ...]:
        """Return the thresholds that can be neither switched off nor snoozed."""
        return self.thresholds[-ALWAYS_SENT:] if self.is_hard else self.thresholds[-1:]

    def is_sent_at_once(self, threshold: int) -> bool:
        """Return whether the reminder of a threshold is sent at once, in a mail of its own."""
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
        # OP-ICESCR arts. 6(2) and 9(2): the State has six months.
        DeadlineKind.STATE_REPLY: Kind((14, 0, OVERDUE)),
        DeadlineKind.VIEWS_REPLY: Kind((30, 0, OVERDUE)),
        DeadlineKind.CONTACT_CHECK: Kind((7, 0, OVERDUE)),
        DeadlineKind.CONSENT_EXPIRY: Kind((60, 30, 7, 0, OVERDUE)),
        # OP-ICESCR art. 5: whether the State keeps interim measures, every week.
        DeadlineKind.INTERIM_CHECK: Kind((0, OVERDUE), is_manual=False),
        DeadlineKind.TASK: Kind((3, 0, OVERDUE)),
        DeadlineKind.MANUAL: Kind((7, 1, 0, OVERDUE)),
    }
)

HARD_KINDS: Final = tuple(kind for kind, rule in KINDS.items() if rule.is_hard)
"""The kinds of which a missed deadline can't be repaired."""
MANUAL_KINDS: Final = tuple(kind for kind, rule in KINDS.items() if rule.is_manual)
OFFERED_KINDS: Final = tuple(kind for kind in MANUAL_KINDS if kind is not DeadlineKind.TASK)
"""The kinds that can be chosen for a new deadline: a task is more than that, and is added as one."""


def thresholds_of(kind: DeadlineKind, section: Sequence[int] | None) -> tuple[int, ...]:
    """Return the thresholds of a kind in descending order: the section's own, if any, with those always sent."""
    rule = KINDS[kind]
    if section is None:
        return rule.thresholds
    return tuple(sorted({*section, *rule.always_sent}, reverse=True))
