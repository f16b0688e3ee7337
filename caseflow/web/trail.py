"""The list from which a person opened a case: the way back to it, and the cases before and after.

Kept for the session (`session_store`). Without Redis there is only the way to all cases.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final
from uuid import UUID

from caseflow.web.session_store import recall, remember

NAME: Final = "trail"


@dataclass(frozen=True, slots=True)
class Trail:
    """A page of a list: its address, what it is called, and the ids on it in order."""

    href: str
    name: str
    ids: Sequence[str]
    is_whole: bool
    """Whether the list has no other pages."""


def remember_trail(trail: Trail) -> None:
    """Keep the page of a list that the person is shown, for the pages of its cases."""
    remember(NAME, json.dumps(asdict(trail)))


def recall_trail(case_id: UUID) -> Trail | None:
    """Return the page of the list from which the person came, if the case is on it."""
    kept = recall(NAME)
    try:
        trail = Trail(**json.loads(kept)) if kept else None
    except (ValueError, TypeError):
        return None  # of an older release
    return trail if trail and str(case_id) in trail.ids else None
