"""The forms of cases. They never query the database."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, Self
from uuid import UUID
from zoneinfo import ZoneInfo

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

from caseflow.features.cases.commands import CaseDescription, HistorySearch, MoveCase, NewCase
from caseflow.features.cases.stages import Move
from caseflow.models import Case, Urgency
from caseflow.web.fields import DayField, HourField, UncertainDateField
from caseflow.web.forms import SMALL_RADIOS, SMALL_RADIOS_IN_A_LINE, CaseflowForm, VersionField
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.threats import THREAT_HOUR, THREAT_HOUR_HINT, THREAT_ON, THREAT_ON_HINT, SaysThreat
from caseflow.web.words import choices, label, state_choices


class CaptureForm(SaysThreat, CaseflowForm):
    """Quick capture: five questions, and for whom."""

    shows_identity = True
    adds = True
    section = SelectField(_l("Section"), [InputRequired(_l("Choose the section the case belongs to."))])
    state_code = SelectField(_l("Which State is responsible?"), [InputRequired(_l("Choose the State from the list."))])
    right = SelectField(
        _l("Which right was violated?"), [InputRequired(_l("Choose the right; it can be changed later."))]
    )
    title = StringField(
        _l("What happened?"),
        [InputRequired(_l("Describe what happened in one line, without names."))],
        description=_l(
            "One line, no names. This becomes the case title. For example: Family of five evicted without notice"
        ),
    )
    happened = UncertainDateField(
        _l("When did it happen?"),
        description=_l("Enter what you know; the year alone is enough."),
    )
    people_number = IntegerField(
        _l("For whom? How many people?"),
        [Optional()],
        description=_l("As far as you know, together with the person named below."),
        render_kw={"params": {"classes": "govuk-input--width-4"}},
    )
    person_name = StringField(
        _l("For whom? Name of the person concerned"),
        description=_l("It is sealed at once. Everywhere else this person is V1."),
        render_kw={"autocomplete": "off"},
    )
    contact_note = TextAreaField(
        _l("How can we contact them safely?"),
        description=_l(
            "Safe times, channels and any code word. This note is encrypted, and the history records who opens it."
        ),
        render_kw={"rows": 2},
    )
    urgency = RadioField(_l("How urgent is it?"), choices={}, default=Urgency.NORMAL.value)
    threat_on = DayField(THREAT_ON, description=THREAT_ON_HINT)
    threat_hour = HourField(THREAT_HOUR, description=THREAT_HOUR_HINT)

    def set_choices(self, states: Sequence[str], sections: dict[str, str], state: str) -> None:
        """Offer the person's sections, States and rights, with a section and a State preselected."""
        self.section.choices = sections
        self.state_code.choices = state_choices(states, empty=str(_l("Choose a State")))
        self.right.choices = choices("right", empty=str(_l("Choose a right")))
        self.urgency.choices = choices("urgency")
        if not self.is_filled():
            self.state_code.data = state
            self.section.data = next(iter(sections))

    def command(self) -> NewCase:
        """Return the command."""
        return self.build(NewCase, section_id=UUID(self.section.data))

    def for_whom(self) -> tuple[str, int | None]:
        """Return the name of the person concerned and the number of people. Both may be missing."""
        return self.person_name.data or "", self.people_number.data


class CaseForm(SaysThreat, CaseflowForm):
    """The description of a case."""

    version = VersionField()
    base = HiddenField()
    title = StringField(
        _l("Case title (no names)"), [InputRequired(_l("Describe what happened in one line, without names."))]
    )
    state_code = SelectField(_l("State"))
    place_region = StringField(_l("Region or city"))
    place_district = StringField(_l("District or neighbourhood"))
    happened = UncertainDateField(_l("When it happened"))
    narrative = TextAreaField(
        _l("What happened"),
        description=_l("In chronological order, with code names (V1, V2) instead of names."),
        render_kw={"rows": 12},
    )
    urgency = RadioField(_l("Urgency"), render_kw=SMALL_RADIOS_IN_A_LINE)
    threat_on = DayField(THREAT_ON, description=_l("Dates that are recorded already are on the page “Tasks”."))
    threat_hour = HourField(THREAT_HOUR, description=THREAT_HOUR_HINT)
    confidentiality = RadioField(_l("Who in the section may see the case"), render_kw=SMALL_RADIOS)
    lateness_reason = TextAreaField(
        _l("If the one-year limit has passed: why could the communication not be filed in time?"),
        description=_l("OP-ICESCR art. 3(2)(a)."),
        render_kw={"rows": 3},
    )

    def set_choices(self, states: Sequence[str]) -> None:
        """Set the choices of the selects."""
        self.state_code.choices = state_choices(states)
        self.urgency.choices = choices("urgency")
        self.confidentiality.choices = choices("confidentiality")

    def command(self) -> CaseDescription:
        """Return the command."""
        return self.build(CaseDescription)


class ContactForm(CaseflowForm):
    """How to contact people safely. The field contains the stored note only after the person asked to see it."""

    shows_identity = True
    sometimes_required = frozenset({"note"})
    version = VersionField()
    note = TextAreaField(
        _l("The note"),
        description=_l(
            "Safe times, channels and any code word. This note is encrypted, and the history records who opens it."
        ),
        render_kw={"rows": 3},
    )
    remove = BooleanField(_l("Remove the note"))

    def validate_note(self, field: TextAreaField) -> None:
        """Refuse an empty note unless "remove" is ticked.

        Raises:
            ValidationError: the note is empty and not to be removed.
        """
        if not field.data and not self.remove.data:
            raise ValidationError(_("Enter the note, or tick the box to remove it."))

    def command(self) -> str:
        """Return the note; empty if it is to be removed."""
        return "" if self.remove.data else self.note.data or ""


class MoveForm(CaseflowForm):
    """A move to another stage."""

    sometimes_required = frozenset({"reason"})
    version = VersionField()
    to = RadioField(_l("New stage"), [InputRequired(_l("Choose the new stage."))])
    reason = TextAreaField(
        _l("Reason"),
        description=_l("Required when you close, suspend, refer or move a case back."),
        render_kw={"rows": 3},
    )

    def set_choices(self, moves: list[Move], wanted: str) -> None:
        """Offer the allowed moves that have no page of their own, or only the one that is `wanted`."""
        offered = [move for move in moves if not move.page]
        self.moves = [move for move in offered if move.to.value == wanted] or offered
        self.only = self.moves[0].to if wanted and len(self.moves) == 1 else None
        self.to.choices = {move.to.value: label("stage", move.to.value) for move in self.moves}

    def command(self) -> MoveCase:
        """Return the command."""
        return self.build(MoveCase)


def has_left(name: str) -> str:
    """Return the name of somebody who no longer works in a section."""
    return str(_("%(name)s (has left)", name=name))


class AssignForm(CaseflowForm):
    """Who owns the case."""

    version = VersionField()
    owner = SelectField(_l("Owner"))

    def set_choices(self, people: list[tuple[UUID, str]], case: Case) -> None:
        """Offer the people of the section; a present owner who left stands among them, or nobody would seem chosen."""
        offered = {str(user_id): name for user_id, name in people}
        if case.owner and str(case.owner_id) not in offered:
            offered[str(case.owner_id)] = has_left(case.owner.shown_name)
        self.owner.choices = {"": str(_l("Leave without an owner")), **offered}

    def owner_id(self) -> UUID | None:
        """Return the id of the chosen owner; None for nobody."""
        return UUID(self.owner.data) if self.owner.data else None


ONE_DAY: Final = timedelta(days=1)
UNNAMED: Final = "-"
"""Stands for everybody whose name the history does not show."""


class HistoryForm(CaseflowForm):
    """The filter of the history of a case, in the query string."""

    acts: Mapping[str, Collection[str]]
    kind = SelectField(_l("Kind"))
    person = SelectField(_l("Person"))
    first_day = DayField(_l("From"), takes_any_year=True)
    last_day = DayField(_l("Until"), takes_any_year=True)

    @classmethod
    def from_address(cls, people: Mapping[UUID, str], acts: Mapping[str, Collection[str]]) -> Self:
        """Return the form filled from the address. Without a token, as it changes nothing."""
        form = cls(formdata=request.args, data={"kind": "", "person": ""}, meta={"csrf": False})
        form.acts, every = acts, _("All")
        form.kind.choices = {"": every} | {kind: label("act_kind", kind) for kind in acts}
        named = {str(user_id): name for user_id, name in people.items()}
        form.person.choices = {"": every, **named, UNNAMED: _("Someone in another section, or the system")}
        return form

    def validate_last_day(self, field: DayField) -> None:
        """Refuse a last day before the first one.

        Raises:
            ValidationError: it is.
        """
        if field.data and self.first_day.data and field.data < self.first_day.data:
            raise ValidationError(_("The last day must not be before the first day."))

    def search(self, zone: str) -> HistorySearch:
        """Return what is asked for, in the time zone of the section."""
        person, last = self.person.data or "", self.last_day.data
        return HistorySearch(
            actions=self.acts[self.kind.data] if self.kind.data else (),
            person_id=UUID(person) if person not in ("", UNNAMED) else None,
            is_unnamed=person == UNNAMED,
            begins_at=_begin(self.first_day.data, zone) if self.first_day.data else None,
            ends_at=_begin(last + ONE_DAY, zone) if last and last < date.max else None,
        )

    def given(self) -> dict[str, str]:
        """Return the filters in the address."""
        return {name: value for name, value in request.args.items() if value and name.partition("-")[0] in self._fields}


def _begin(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))
