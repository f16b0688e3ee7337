"""The filters of the queue, in the query string. The form never queries the database."""

from collections.abc import Mapping
from typing import Any, TypedDict

from wtforms import HiddenField, SelectField

from caseflow.features.review.queue.commands import QueueState, QueueView
from caseflow.features.review.queue.words import STATE_WORDS
from caseflow.web.forms import CaseflowForm
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices

CHOSEN = ("state", "section", "urgency")


class Chosen(TypedDict):
    """The filters as `queries.queue_filters` takes them."""

    view: QueueView | None
    state: QueueState | None
    section: str
    urgency: str


class QueueForm(CaseflowForm):
    """The filters of the queue. Values that are not offered are ignored, so that old links keep working."""

    view = HiddenField()
    state = SelectField(_l("State"), validate_choice=False)
    section = SelectField(_l("Section"), validate_choice=False)
    urgency = SelectField(_l("Urgency"), validate_choice=False)

    class Meta(CaseflowForm.Meta):
        """No CSRF token: the form is read from the query string and changes nothing."""

        csrf = False

    def set_choices(self, sections: Mapping[str, str]) -> None:
        """Set the choices of the selects."""
        every = {"": str(_l("All"))}
        self.state.choices = every | {state.value: str(words) for state, words in STATE_WORDS.items()}
        self.section.choices = every | dict(sections)
        self.urgency.choices = choices("urgency", empty=every[""])

    def chosen(self) -> Chosen:
        """Return the filters in use."""
        used = {name: self[name].data if self[name].data in self[name].choices else "" for name in CHOSEN}
        view = self.view.data
        return Chosen(
            view=QueueView(view) if view in set(QueueView) else None,
            state=QueueState(used["state"]) if used["state"] else None,
            section=used["section"],
            urgency=used["urgency"],
        )

    def given(self) -> dict[str, Any]:
        """Return what the address of the queue with these filters has, without the view and the page."""
        return {name: value for name, value in self.chosen().items() if value and name != "view"}

    def labels(self) -> dict[str, str]:
        """Return the filters in use in words, by name."""
        return {
            name: f"{self[name].label.text}: {self[name].choices[str(value)]}" for name, value in self.given().items()
        }
