"""What can go wrong, in the words of the person who has to mend it. `caseflow.web.errors` turns each into a page.

The sentences are written here in English, as literals with named places for values (`"Use %(most)s characters."`), so that
`deploy/messages.py` finds them and the web translates them; services know nothing of languages.
"""

from collections.abc import Mapping


class CaseflowError(Exception):
    """Base of all errors that are shown to people. The message says what happened and what to do next.

    `str()` gives it complete in English, for the command line; `sentence` and `values` are what translating needs.
    """

    status = 500

    def __init__(self, sentence: str, *, values: Mapping[str, object] | None = None) -> None:
        self.sentence = sentence
        self.values = dict(values or {})
        super().__init__(sentence % self.values if self.values else sentence)


class NotFound(CaseflowError):
    """The thing does not exist, or this person may not know that it does: the two can't be told apart."""

    status = 404


class Forbidden(CaseflowError):
    """The person may see the thing but not do this to it."""

    status = 403


class Conflict(CaseflowError):
    """Somebody else changed the thing after the form was drawn.

    `row` is the thing as it stands now, so that what both wrote can be brought together.
    """

    status = 409

    def __init__(self, sentence: str, row: object | None = None) -> None:
        super().__init__(sentence)
        self.row = row


def stale(row: object) -> Conflict:
    """Return the conflict of a row that was saved after somebody's form was drawn from it."""
    return Conflict(
        "This was changed while you were editing, by someone else or by you in another tab. Compare the versions below, then save.",
        row,
    )


class Invalid(CaseflowError):
    """What was sent can't be true. `fields` maps a field's name to the sentence to show beside it; `values` fills all of them."""

    status = 422

    def __init__(
        self, sentence: str, fields: Mapping[str, str] | None = None, *, values: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(sentence, values=values)
        self.fields = dict(fields or {})
