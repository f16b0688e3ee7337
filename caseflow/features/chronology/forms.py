"""The filter of the chronology, and why somebody takes it out."""

from collections.abc import Mapping
from typing import Any, Self
from uuid import UUID

from flask import request
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired

from caseflow.features.chronology.commands import Chosen
from caseflow.web.forms import CaseflowForm
from caseflow.web.texts import lazy_gettext as _l


class ChronologyFilter(CaseflowForm):
    """Kinds of entries, and a claim or a remedy, in the query string. What is not offered is ignored, so that old links keep working."""

    kinds: Mapping[str, str]
    subjects: Mapping[str, str]
    kind = SelectMultipleField(
        _l("Kinds"), validate_choice=False, render_kw={"params": {"classes": "govuk-checkboxes--small cf-many"}}
    )
    about = SelectField(_l("Claim or remedy"), validate_choice=False)

    @classmethod
    def from_address(cls, kinds: Mapping[str, str], subjects: Mapping[str, str]) -> Self:
        """Return the form filled from the address, with the kinds and subjects that the case has. Without a token, as it changes nothing."""
        form = cls(formdata=request.args, meta={"csrf": False})
        form.kinds, form.subjects = kinds, subjects
        form.kind.choices = list(kinds.items())
        form.about.choices = {"": str(_l("The whole case")), **subjects}
        form.kind.data = [code for code in kinds if code in (form.kind.data or ())]
        form.about.data = form.about.data if form.about.data in subjects else ""
        return form

    def given(self) -> dict[str, Any]:
        """Return what an address with this filter has."""
        given = {"kind": self.kind.data, "about": self.about.data}
        return {name: value for name, value in given.items() if value}

    def in_words(self) -> list[str]:
        """Return what was chosen, in words."""
        about = [self.subjects[self.about.data]] if self.about.data else []
        return about + [self.kinds[code] for code in self.kind.data or ()]

    def chosen(self) -> Chosen:
        """Return which entries are wanted."""
        what, _, row_id = (self.about.data or "").partition(":")
        return Chosen(
            kinds=frozenset(self.kind.data or ()),
            claim_id=UUID(row_id) if what == "claim" else None,
            remedy_id=UUID(row_id) if what == "remedy" else None,
        )


class DownloadForm(CaseflowForm):
    """Why somebody takes the chronology out. Sent again, it is handed out again."""

    is_repeatable = True
    keeps_drafts = False
    reason = StringField(
        _l("Why do you need it?"),
        [InputRequired(_l("Say why you need the file, without names."))],
        description=_l("The history shows it. Without names."),
    )
