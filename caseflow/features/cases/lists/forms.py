"""The filters of the list, in the query string. The form never queries the database."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from wtforms import HiddenField, SelectField, SelectMultipleField, StringField

from caseflow.features.cases.commands import WAITING, CaseFilters, ListView, Sort
from caseflow.features.cases.flags.queries import ANY_FLAG
from caseflow.features.cases.forms import has_left
from caseflow.features.cases.owners.queries import Owner
from caseflow.law import DateError, UncertainDate
from caseflow.web.fields import PARTS, UncertainDateField
from caseflow.web.forms import CaseflowForm
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices, state_choices

CHOSEN = ("section", "state", "right", "owner", "urgency", "flag", "outlook")
"""The filters that offer one choice."""
LONGEST_QUESTION = 200


class LimitField(UncertainDateField):
    """A limit of the list in three boxes, of which the year alone is enough. Links have it in one: `opened_from=2026-05`."""

    has_bound = False

    def __init__(self, label: str | None = None, **options: Any) -> None:
        super().__init__(label, takes_any_year=True, **options)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Fill the boxes from the query string; a limit in one that is no date is none."""
        written = (formdata or {}).get(self.name, "")
        if written and not any(f"{self.name}-{part}" in formdata for part in PARTS):
            try:
                data, formdata = UncertainDate.parse(written), None
            except DateError:
                data = None
        super().process(formdata, data, extra_filters)

    @property
    def first(self) -> date | None:
        """Return the first day that it can mean."""
        return self.data.earliest if self.data else None

    @property
    def last(self) -> date | None:
        """Return the last day that it can mean."""
        return self.data.latest if self.data else None


LIMITS = ("clock_before", "active_before", "opened_from", "opened_until")


def _is_id(text: str | None) -> bool:
    try:
        return bool(text) and str(UUID(text)) == text
    except ValueError:
        return False


def _codes(field: SelectField) -> list[str]:
    return list(cast("dict[str, str]", field.choices))


class FilterForm(CaseflowForm):
    """The filters of the list. Values that are no longer offered are ignored, so that old links keep working."""

    view = HiddenField()
    sort = HiddenField()
    text = StringField(_l("Search cases"), description=_l("Words of the file, a reference or a place"))
    section = SelectField(_l("Section"), validate_choice=False)
    state = SelectField(_l("State"), validate_choice=False)
    right = SelectField(_l("Right"), validate_choice=False)
    owner = SelectField(_l("Owner"), validate_choice=False)
    urgency = SelectField(_l("Urgency"), validate_choice=False)
    flag = SelectField(_l("Flag"), validate_choice=False)
    outlook = SelectField(_l("Outlook"), validate_choice=False)
    stage = SelectMultipleField(
        _l("Stage"), validate_choice=False, render_kw={"params": {"classes": "govuk-checkboxes--small cf-many"}}
    )
    clock_before = LimitField(_l("One-year clock ends by"))
    active_before = LimitField(_l("No activity after"))
    opened_from = LimitField(_l("Opened from"))
    opened_until = LimitField(_l("Opened until"))

    class Meta(CaseflowForm.Meta):
        """No CSRF token: the form is read from the query string and changes nothing."""

        csrf = False

    def set_choices(self, states: Sequence[str], sections: dict[str, str], people: Sequence[Owner]) -> None:
        """Set the choices of the selects. An owner in a kept link whom the person no longer sees is a choice too."""
        every = str(_l("All"))
        self.section.choices = {"": every, **sections}
        self.state.choices = state_choices(states, empty=every)
        self.right.choices = choices("right", empty=every)
        self.stage.choices = choices("stage")
        self.urgency.choices = choices("urgency", empty=every)
        self.flag.choices = {"": every, ANY_FLAG: str(_l("Any flag")), **choices("flag_kind")}
        self.outlook.choices = choices("outlook", empty=every)
        self.owner.choices = {
            "": every,
            WAITING: str(_l("Without an owner who works here")),
            "none": str(_l("No owner")),
            **{str(one.user_id): one.name if one.works_in else has_left(one.name) for one in people},
        }
        if _is_id(self.owner.data):
            self.owner.choices.setdefault(self.owner.data, str(_l("Someone whom you do not see")))

    def given(self) -> dict[str, Any]:
        """Return what the address of the list with these filters has, without sort and page. Dates are in one, as in links."""
        given: dict[str, Any] = {name: self[name].data for name in ("text", *CHOSEN) if self[name].data}
        given |= {name: self[name].data.edtf for name in LIMITS if self[name].data}
        given |= {"view": self.view.data} if self.chosen_view() else {}
        return given | ({"stage": list(dict.fromkeys(self.stage.data))} if self.stage.data else {})

    def left_out(self) -> dict[str, str]:
        """Return the labels of the filters in the address that are not used, as their values are not offered, by name."""
        unused = [self[name] for name in CHOSEN if self[name].data and self[name].data not in self[name].choices]
        unused += [self.stage] if set(self.stage.data or ()).difference(_codes(self.stage)) else []
        return {field.name: field.label.text for field in unused}

    def chosen_view(self) -> ListView | None:
        """Return the view in the address; None for all cases, or what is no view."""
        return ListView(self.view.data) if self.view.data in set(ListView) else None

    def chosen_sort(self) -> tuple[Sort, bool] | None:
        """Return what the address sorts by, and whether the other way round (a minus in front); None if it does not say."""
        name = (self.sort.data or "").removeprefix("-")
        return (Sort(name), (self.sort.data or "").startswith("-")) if name in set(Sort) else None

    def question(self) -> str:
        """Return the words to look for."""
        return (self.text.data or "")[:LONGEST_QUESTION]

    def filters(self, on: date) -> CaseFilters:
        """Return the filters of the list for a day."""
        chosen: Mapping[str, Any] = {
            name: self[name].data if self[name].data in self[name].choices else "" for name in CHOSEN
        }
        return CaseFilters(
            view=self.chosen_view(),
            on=on,
            text=self.question(),
            stage=tuple(code for code in _codes(self.stage) if code in (self.stage.data or ())),
            clock_before=self.clock_before.last,
            active_before=self.active_before.last,
            opened_from=self.opened_from.first,
            opened_until=self.opened_until.last,
            **chosen,
        )
