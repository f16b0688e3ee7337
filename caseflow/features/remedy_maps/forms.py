"""The forms of remedy maps. They run no queries."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from flask import request
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Optional

from caseflow.features.remedy_maps.commands import CopyMap, MapHead, NewRemedyMap, ReviewMap, StepDetails
from caseflow.law import load_register
from caseflow.law.dates import add_months
from caseflow.models import Effectiveness, RemedyKind, RemedyMap
from caseflow.web.fields import DayField, YesNoField
from caseflow.web.forms import PAGE_EXPIRED, CaseflowForm, VersionField
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices, state_choices

CLOSED_PERIOD = re.compile(r"([0-9]{2}-[0-9]{2})\s*(?:(?:to|[-\u2013/,;])\s*)?([0-9]{2}-[0-9]{2})")
"""Blanks match in one way only; else matching a line of many blanks takes quadratic time."""


DUE: Final = "due"
"""The maps that no lawyer has reviewed for a year, or ever, or that were not checked for a year."""


class MapFilterForm(CaseflowForm):
    """The filters of the list."""

    state = SelectField(_l("State"))
    right = SelectField(_l("Right"))
    review = SelectField(_l("Review"))

    class Meta(CaseflowForm.Meta):
        """Without a token: the form is read from the address and changes nothing."""

        csrf = False

    def set_choices(self, states: Sequence[str]) -> None:
        """Set the choices; `states` are the codes of the register."""
        self.state.choices = state_choices(states, empty=str(_l("All")))
        self.right.choices = choices("right", empty=str(_l("All")))
        self.review.choices = {"": str(_l("All")), DUE: str(_l("To review, or older than a year"))}

    def search(self, on: date) -> dict[str, Any]:
        """Return what is asked for, as the query takes it."""
        given: dict[str, Any] = dict(self.given())
        if given.pop(self.review.name, ""):
            given["due_before"] = add_months(on, -load_register().ruleset.thresholds.months_fresh.value)
        return given

    def given(self) -> dict[str, str]:
        """Return the filters in the address; unknown values are ignored."""
        return {field.name: request.args[field.name] for field in self if request.args.get(field.name) in field.choices}


class PlaceForm(CaseflowForm):
    """The State and right of a new map or a copy."""

    adds = True
    state_code = SelectField(_l("State"), [InputRequired(_l("Choose the State from the list."))])
    right = SelectField(_l("Right"), [InputRequired(_l("Choose the right from the list."))])

    def set_choices(self, states: Sequence[str]) -> None:
        """Set the choices; `states` are the codes of the register."""
        self.state_code.choices = state_choices(states, empty=str(_l("Choose a State")))
        self.right.choices = choices("right", empty=str(_l("Choose a right")))

    def copied(self) -> CopyMap:
        """Return the State and right of the copy."""
        return self.build(CopyMap)


class NewMapForm(PlaceForm):
    """A new map."""

    source = TextAreaField(
        _l("Sources, and what the map covers"),
        description=_l("Laws, decisions, who was asked. Also state what it leaves out."),
        render_kw={"rows": 4},
    )
    checked_on = DayField(_l("Checked on"))

    def command(self) -> NewRemedyMap:
        """Return the details entered."""
        return self.build(NewRemedyMap)


class HeadForm(CaseflowForm):
    """The fields of a map that apply to all its steps."""

    version = VersionField()
    base = HiddenField()
    holiday_region = SelectField(
        _l("Region whose public holidays also count"),
        description=_l(
            "With “None” only the State's holidays are excluded. The real deadline may then be later, never earlier."
        ),
    )
    closed_periods = TextAreaField(
        _l("Closed periods"),
        description=_l(
            "Days of each year on which working days do not run, a period a line, month and day: 08-01 to 08-31 is August."
        ),
        render_kw={"rows": 3},
    )
    source = TextAreaField(_l("Sources, and what the map covers"), render_kw={"rows": 4})
    checked_on = DayField(_l("Checked on"))

    def set_choices(self, remedy_map: RemedyMap, regions: Mapping[str, str]) -> None:
        """Set the choices, and fill in the closed periods of the map."""
        self.holiday_region.choices = {"": str(_l("None"))} | dict(regions)
        if not self.closed_periods.raw_data:
            self.closed_periods.data = periods_text(remedy_map.closed_periods)

    def validate_closed_periods(self, field: TextAreaField) -> None:
        """Require two days in each line; a form without this field is refused as expired."""
        if not field.raw_data:
            raise ValidationError(PAGE_EXPIRED)
        for line in _lines(field.data):
            if CLOSED_PERIOD.fullmatch(line) is None:
                raise ValidationError(
                    _(
                        "Enter each period as two dates, for example 08-01 to 08-31. “%(line)s” is not a period.",
                        line=line,
                    )
                )

    def values_of(self, row: object) -> dict[str, Any]:
        """Return a map's values by the names of fields."""
        assert isinstance(row, RemedyMap)
        return super().values_of(row) | {"closed_periods": periods_text(row.closed_periods)}

    def command(self) -> MapHead:
        """Return the details entered."""
        found = (CLOSED_PERIOD.fullmatch(line) for line in _lines(self.closed_periods.data))
        return MapHead(
            version=self.version.data,
            holiday_region=self.holiday_region.data or "",
            closed_periods=tuple((match[1], match[2]) for match in found if match),
            source=self.source.data or "",
            checked_on=self.checked_on.data,
        )


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def periods_text(periods: list[list[str]]) -> str:
    """Return closed periods as text for the form, one for each line."""
    return "\n".join(f"{first} to {last}" for first, last in periods)


class StepForm(CaseflowForm):
    """One remedy of a map."""

    adds = True
    version = VersionField()
    base = HiddenField()
    stage = SelectField(_l("Stage"), [InputRequired(_l("Choose the stage from the list."))])
    name = StringField(
        _l("Name"),
        [InputRequired(_l("Enter the name of the remedy in its country."))],
        description=_l("As the remedy is called in its country."),
    )
    authority = StringField(_l("Court or authority"), description=_l("As it is called in its country."))
    kind = RadioField(_l("Kind of remedy"), default=RemedyKind.ORDINARY.value)
    limit_count = IntegerField(
        _l("How many days, months or years"),
        [Optional()],
        description=_l("Leave empty if none exists or it is not known."),
    )
    limit_unit = SelectField(_l("Counted in"), [Optional()])
    limit_from = SelectField(_l("Counted from the day after"), [Optional()])
    runs_in_closed_periods = BooleanField(
        _l("Working days also run in the closed periods of the map"),
        description=_l("If in doubt, tick this: the deadline is then the earlier one."),
    )
    limit_note = TextAreaField(
        _l("What else must be known of the time limit"),
        description=_l("After silence, for some decisions only, what is still to be confirmed."),
        render_kw={"rows": 3},
    )
    is_suspensive = YesNoField(_l("Does filing it stop the measure while it is decided?"), [Optional()])
    costs = TextAreaField(_l("Costs, lawyer, legal aid"), render_kw={"rows": 2})
    effectiveness = RadioField(_l("How effective is it?"), default=Effectiveness.NOT_KNOWN.value)
    effectiveness_note = TextAreaField(_l("What shows that"), render_kw={"rows": 3})
    source = TextAreaField(
        _l("Source"),
        description=_l("The provision, and whether its text was read. Enter “to be confirmed” where it was not."),
        render_kw={"rows": 2},
    )
    checked_on = DayField(_l("Checked on"))

    def set_choices(self) -> None:
        """Set the choices of the select fields."""
        self.stage.choices = choices("remedy_stage", empty=str(_l("Choose a stage")))
        self.kind.choices = choices("remedy_kind")
        self.limit_unit.choices = choices("limit_unit", empty=str(_l("None")))
        self.limit_from.choices = choices("limit_from", empty=str(_l("None")))
        self.effectiveness.choices = choices("effectiveness")

    def command(self) -> StepDetails:
        """Return the details entered."""
        return self.build(StepDetails)


class VersionForm(CaseflowForm):
    """A button that applies only to the version that was on the page."""

    version = VersionField()


class ReviewForm(CaseflowForm):
    """Who has reviewed the map."""

    version = VersionField()
    reviewed_by = StringField(
        _l("Reviewed by"),
        [InputRequired(_l("Enter who has reviewed the map."))],
        description=_l("Name and profession: everybody who uses the map sees it."),
    )
    reviewed_on = DayField(_l("Date"), [InputRequired(_l("Enter the date of the review."))])

    def command(self) -> ReviewMap:
        """Return the details entered."""
        return self.build(ReviewMap)
