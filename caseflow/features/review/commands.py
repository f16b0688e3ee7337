"""Commands for the service of reviews."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseflow.models import CommentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestReview:
    """A review that somebody asks for. `version` is that of the case when the form was loaded."""

    version: int
    reviewer_ids: tuple[UUID, ...] = ()
    note: str = ""
    wished_on: date | None = None
    task: str
    """What the reviewers have to do, as the title of their task."""
    replaced: str
    """What becomes of the tasks of an earlier version that nobody decided on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewComment:
    """A comment on a gap or a page of a case, or a decision on a gap."""

    kind: CommentKind = CommentKind.COMMENT
    about: str = ""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnReview:
    """A case that goes back to its author, with what the reviewer says. `version` is that of the review."""

    version: int
    words: str
    task: str
    """What the author has to do, as the title of their task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignReview:
    """The approval of a version. `version` is that of the review when the page was loaded."""

    version: int
    reason: str = ""
    """Why it is approved although something stops it, or a requirement is not met."""
    alone_because: str = ""
    """Why one person asks and approves, where nobody else works on the case."""
    result: str
    """What becomes of the tasks of the reviewers."""
