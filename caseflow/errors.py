"""The errors that people see, with messages that say what to do. `caseflow.web.errors` turns each into a page.

The sentences are English literals with named placeholders (`"Use %(most)s characters."`), so that `deploy/messages.py`
finds them and the web translates them; services do not deal with languages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Code:
    """A value of a message that is a code of a vocabulary: pages show its label (`web.words`)."""

    vocabulary: str
    code: str

    def __str__(self) -> str:
        """Return the code as English words, for the command line."""
        return self.code.replace("_", " ")


class CaseflowError(Exception):
    """Base of all errors that are shown to people. The message says what happened and what to do next.

    `str()` gives the English text, for the command line; `sentence` and `values` are used for translations.
    """

    status = 500

    def __init__(self, sentence: str, *, values: Mapping[str, object] | None = None) -> None:
        self.sentence = sentence
        self.values = dict(values or {})
        super().__init__(sentence % self.values if self.values else sentence)


class NotFound(CaseflowError):
    """The object does not exist, or the person may not know that it exists; both look the same."""

    status = 404


class CaseMerged(NotFound):
    """The case was merged into another one that the person sees."""

    def __init__(self, kept_id: UUID, reference: str) -> None:
        super().__init__("This case was merged into another one. Open that one, and do it there.")
        self.kept_id, self.reference = kept_id, reference


class Forbidden(CaseflowError):
    """The person may see the object but not do this to it."""

    status = 403


class Conflict(CaseflowError):
    """Another person changed the object after the form was drawn.

    `row` is the current row, for merging both changes.
    """

    status = 409

    def __init__(self, sentence: str, row: object | None = None) -> None:
        super().__init__(sentence)
        self.row = row


def stale(row: object) -> Conflict:
    """Return the conflict for a row that was saved by another person after the form was drawn."""
    return Conflict(
        "This was changed while you were editing, by someone else or by you in another tab. Compare the versions below, then save.",
        row,
    )


class Invalid(CaseflowError):
    """The input can't be accepted. `fields` maps a field's name to its error message; `values` fills all messages."""

    status = 422

    def __init__(
        self, sentence: str, fields: Mapping[str, str] | None = None, *, values: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(sentence, values=values)
        self.fields = dict(fields or {})
