"""The forms of delivery: each is one button, which names the row that it is about."""

from uuid import UUID

from wtforms import HiddenField

from caseflow.errors import NotFound
from caseflow.web.forms import CaseflowForm


class ChosenForm(CaseflowForm):
    """A button for a row, with the row's id in the form so that it appears in no address."""

    chosen = HiddenField()

    @property
    def chosen_id(self) -> UUID:
        """Return the id.

        Raises:
            NotFound: it is not an id.
        """
        try:
            return UUID(self.chosen.data or "")
        except ValueError as error:
            raise NotFound("This row does not exist.") from error
