"""Discontinuance seen before it comes: how long the Committee, and the people of a case, have had no word from us.

Of 147 texts of the Committee 88 ended a communication in this way, 42 of them because its author was silent or could not be reached
(docs/law/protocol.md). A counsel who has lost contact is enough (123/2019, para. 4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from caseflow.features.communications.standing import decision_of
from caseflow.features.contacts.queries import Standing
from caseflow.models import Awaited, Letter, LetterDirection

OLD_AFTER: Final = 180
"""Days after which our last letter is old. No rule gives a number; the Committee itself gives States six months."""
LOST_AFTER: Final = 2
"""Failed attempts in a row after which a contact is being lost, as `contacts` counts them."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Why the Committee could discontinue a case. Days are counted until the day of the reader."""

    late: Sequence[Letter]
    """Letters that we should have answered."""
    unwritten_days: int | None
    """Since our last letter, where that is old; or since the first letter of the Committee, where we never wrote."""
    unreached: Sequence[tuple[Standing, int | None]]
    """People whose contact is old or being lost, with the days since they were last reached; None if they never were."""
    is_without_contact: bool = False
    """No way to reach anybody of the case is recorded, and no attempt."""

    @property
    def is_there(self) -> bool:
        """Whether there is any such reason."""
        return bool(self.late or self.unreached or self.is_without_contact or self.unwritten_days is not None)

    @property
    def is_grave(self) -> bool:
        """Whether a day has passed without our answer, or a contact is being lost."""
        return bool(self.late) or any(days is None or one.missed >= LOST_AFTER for one, days in self.unreached)


def silence_of(letters: Sequence[Letter], standings: Sequence[Standing], on: date) -> Silence:
    """Return why the Committee could discontinue a case on a day; nothing once it has decided. The letters are in the order of their days."""
    if decision_of(letters) is not None:
        return Silence((), None, ())
    late = [one for one in letters if one.is_open and one.awaited is Awaited.AUTHOR and one.due_on and one.due_on < on]
    sent = [one for one in letters if one.direction is LetterDirection.SENT] or letters[:1]
    days = (on - sent[-1].dated_on).days if sent else 0
    return Silence(
        late,
        days if days > OLD_AFTER else None,
        [found for one in standings if (found := _old(one, on))],
        not standings,
    )


def _old(one: Standing, on: date) -> tuple[Standing, int | None] | None:
    """Return a person whose contact is older than the rhythm of the section after filing, or failed so often."""
    if one.last_on is None:
        return (one, None)
    days = (on - one.last_on).days
    return (one, days) if days > one.filed_days or one.missed >= LOST_AFTER else None
