"""The request, with a body that may be malformed."""

from flask import Request
from werkzeug.exceptions import BadRequest, HTTPException


class FormRequest(Request):
    """A request whose form may break off or be sent in malformed chunks: that is the sender's error and not ours."""

    def _load_form_data(self) -> None:
        """Parse the form.

        Raises:
            BadRequest: the body can't be read. Every server raises errors of its own for that, while it is read.
        """
        try:
            super()._load_form_data()
        except HTTPException:
            raise
        except Exception as error:
            raise BadRequest from error
