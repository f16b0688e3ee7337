"""The forms of saved lists."""

from collections.abc import Mapping
from uuid import UUID

from wtforms import SelectField, StringField
from wtforms.validators import InputRequired

from caseflow.features.cases.saved.commands import NewSavedList
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.texts import lazy_gettext as _l

FOR_ME = "me"


class NameForm(CaseflowForm):
    """The form that renames a saved list."""

    version = VersionField()
    name = StringField(_l("Name of the list"), [InputRequired(_l("Enter a name of at most 80 characters."))])


class NewListForm(CaseflowForm):
    """The form that saves a list. Coordinators choose for whom."""

    adds = True
    name = StringField(_l("Name of the list"), [InputRequired(_l("Enter a name of at most 80 characters."))])
    whose = SelectField(_l("Who has this list"), default=FOR_ME)

    def set_choices(self, sections: Mapping[UUID, str]) -> None:
        """Set the choices: the person, or a section that the person coordinates."""
        self.whose.choices = {
            FOR_ME: str(_l("Only me")),
            **{str(section_id): name for section_id, name in sections.items()},
        }

    def command(self, query: str) -> NewSavedList:
        """Return the command for the list with this query string."""
        section_id = None if self.whose.data == FOR_ME else UUID(self.whose.data)
        return NewSavedList(name=self.name.data or "", query=query, section_id=section_id)
