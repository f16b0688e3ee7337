"""What can go wrong, in the words of the person who has to mend it. `caseflow.web.errors` turns each into a page."""

from collections.abc import Mapping


class CaseflowError(Exception):
    """Base of all errors that are shown to people. The message says what happened and what to do next."""

    status = 500


class NotFound(CaseflowError):  # noqa: N818 - the names say what happened
    """The thing does not exist, or this person may not know that it does: the two can't be told apart."""

    status = 404


class Forbidden(CaseflowError):  # noqa: N818
    """The person may see the thing but not do this to it."""

    status = 403


class Conflict(CaseflowError):  # noqa: N818
    """Somebody else changed the thing after the form was drawn.

    `theirs` maps field names to what stands there now, so that both texts can be shown.
    """

    status = 409

    def __init__(self, message: str, theirs: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.theirs = dict(theirs or {})


class Invalid(CaseflowError):  # noqa: N818
    """What was sent can't be true. `fields` maps a field's name to the sentence to show beside it."""

    status = 422

    def __init__(self, message: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})
