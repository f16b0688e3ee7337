"""A form in several steps: what was answered in the other steps travels in one sealed box, and is nowhere else.

Each step is a page with a form of its own, and its answer is the next step, which has an address (`web.kept_pages`): Back shows
every step as it was sent. The box is bound to the person, so that nobody else's server text can be put in its place.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any, Final

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField

from caseflow.db.sealing import SealBroken
from caseflow.web.access import units, uow
from caseflow.web.forms import CaseflowForm
from caseflow.web.once import NO_CONTENT
from caseflow.web.texts import lazy_gettext as _l

Answers = Mapping[str, list[str]]
"""Values by the name of their box, as a browser sends them."""
THEN: Final = "then"
"""The name of the buttons that lead elsewhere than the first one."""
LOST: Final = _l("What was entered in the steps before can't be read any more. Go back to the first step.")


class CarriedField(HiddenField):
    """What was answered in the other steps of a form; its data is `Answers`."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.data: Any = {}
        super().__init__(*arguments, **options)

    def process_data(self, value: Any) -> None:
        """Take the answers of the other steps."""
        self.data = value or {}

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Open what the page carried; another person's, or an altered one, is refused."""
        if not valuelist or not valuelist[0]:
            return
        self.data = {}
        try:
            self.data = json.loads(units().keys.open(b64decode(valuelist[0], validate=True), _binding()))
        except (SealBroken, ValueError, IndexError) as error:
            raise ValueError(LOST) from error

    def _value(self) -> str:
        if not self.data:
            return self.raw_data[0] if self.raw_data else ""
        return b64encode(units().keys.seal(json.dumps(self.data), _binding())).decode()


def _binding() -> str:
    return f"form-steps:{uow().person.user_id}"


class StepForm(CaseflowForm):
    """One step of a form. A step that is not the last one saves nothing."""

    shows_identity = True
    saves = False
    carried = CarriedField()

    def answers(self) -> dict[str, list[str]]:
        """Return what was answered in all steps, in this one as it was sent."""
        own = {box.name for box in self.boxes()}
        kept = {name: values for name, values in self.carried.data.items() if name.partition("-")[0] not in own}
        left_out = NO_CONTENT | {self.carried.name, THEN}
        return kept | {name: request.form.getlist(name) for name in request.form if name not in left_out}


def chosen_button() -> str:
    """Return what the button that sent the form leads to; empty for the first one."""
    return request.form.get(THEN, "") if request.method == "POST" else ""


def as_form_data(answers: Answers) -> MultiDict[str, str]:
    """Return answers as the form data from which another step is drawn."""
    return MultiDict([(name, value) for name, values in answers.items() for value in values])
