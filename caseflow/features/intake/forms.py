"""The forms of the three steps of intake, and of the grid of persons and claims."""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from flask import request
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
)
from wtforms.validators import InputRequired, Optional

from caseflow.errors import Invalid
from caseflow.features.cases.commands import NewCase
from caseflow.features.contacts.commands import ChannelDetails
from caseflow.features.intake.commands import Asked, NewIntake, NewMember, SpokenConsent, ToFirst
from caseflow.features.intake.service import check_consent
from caseflow.features.intake.words import QUESTIONS
from caseflow.models import CasePerson, ConsentForm, ConsentScope, ConsentStatus, PersonRole, Urgency
from caseflow.web.carried import StepForm
from caseflow.web.fields import RADIOS_IN_A_LINE, DayField, HourField, UncertainDateField
from caseflow.web.scopes import ScopeFields, asks
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.threats import THREAT_HOUR, THREAT_HOUR_HINT, THREAT_ON, THREAT_ON_HINT, SaysThreat
from caseflow.web.words import choices, label, state_choices

MOST_ROWS: Final = 20
"""Persons in one pass. Who is not listed is recorded as a group, and can be named later."""
KNOWN: Final = "known"
"""The name of the buttons that open a case for somebody who is recorded already, with the id of a role of theirs."""
SEALED: Final = {"autocomplete": "off"}
_ANSWERS: Final = (ConsentStatus.GIVEN, ConsentStatus.REFUSED)


class PlaceFields(StepForm):
    """Where and against which State: asked once, and carried from the search to the form."""

    section = SelectField(_l("Section"), [InputRequired(_l("Choose the section the case belongs to."))])

    def set_choices(self, states: Sequence[str], sections: dict[str, str], state: str) -> None:
        """Offer the person's sections, States and rights; a section and a State are preselected where nothing was chosen."""
        self.section.choices = sections
        self["state_code"].choices = state_choices(states, empty=str(_l("Choose a State")))
        self["right"].choices = choices("right", empty=str(_l("Choose a right")))
        self.section.data = self.section.data or next(iter(sections))
        if self["state_code"].data is None:
            self["state_code"].data = state


class SearchForm(PlaceFields):
    """Step 1: what the caller says, to find whether the person or the case is recorded already."""

    is_repeatable = True
    keeps_drafts = False
    name = StringField(
        _l("Name of the person concerned"), description=_l("In any order, with or without accents."), render_kw=SEALED
    )
    phone = TelField(_l("Phone"), render_kw=SEALED)
    people_number = IntegerField(
        _l("How many people does it concern?"),
        [Optional()],
        render_kw={"params": {"classes": "govuk-input--width-4"}},
    )
    state_code = SelectField(_l("Which State is responsible?"), [Optional()])
    right = SelectField(_l("Which right was violated?"), [Optional()])
    place = StringField(_l("Where?"), description=_l("City, district or village."))
    happened = UncertainDateField(
        _l("When did it happen?"), description=_l("Enter what you know; the year alone is enough.")
    )

    def answers(self) -> dict[str, list[str]]:
        """Return what was answered. A known person is chosen by a button and is not kept."""
        chosen = request.form.getlist(KNOWN)
        return {name: values for name, values in super().answers().items() if name != KNOWN} | (
            {KNOWN: chosen} if chosen else {}
        )

    def asked(self) -> Asked:
        """Return the command.

        Raises:
            Invalid: nothing to search for.
        """
        asked = self.build(Asked)
        if not (asked.name or asked.phone or asked.place or asked.happened):
            raise Invalid(
                "Nothing to search for.",
                {"name": "Enter a name, a phone number, a place or a day to search for; or go on without a search."},
            )
        return asked


def _scope_field(scope: ConsentScope) -> RadioField:
    return RadioField(QUESTIONS[scope], [Optional()], default="", render_kw=RADIOS_IN_A_LINE)


@asks(_scope_field)
class ConsentStepForm(StepForm, ScopeFields):
    """Step 2: what the caller allows, each use in a question of its own."""

    is_repeatable = True
    keeps_drafts = False  # the person has not said yet whether a record may be kept
    sometimes_required = frozenset({"how"})
    how = SelectField(_l("How did the person answer?"), [Optional()])
    words = StringField(_l("In the person's own words"), description=_l("What matters of the answer, without names."))
    for_children = BooleanField(_l("The person answers for their children and wards too"))

    def set_choices(self) -> None:
        """Set the choices of the lists."""
        answers = {one.value: label("consent_status", one.value) for one in _ANSWERS}
        for field in self.scopes():
            field.choices = {**answers, "": str(_("Not asked yet"))}
        self.how.choices = choices("consent_form", empty=str(_("Choose how")))

    def scopes(self) -> list[SelectField]:
        """Return the questions."""
        return list(self.scope_fields().values())

    def consent(self) -> SpokenConsent:
        """Return the command.

        Raises:
            Invalid: as `check_consent` does.
        """
        spoken = self.build(
            SpokenConsent,
            answers=self.answers_by_scope(),
            how=ConsentForm(self.how.data) if self.how.data else None,
            for_children=bool(self.for_children.data),
        )
        check_consent(spoken)
        return spoken


def _row() -> dict[str, Field]:
    """Return the boxes of a person, by the end of their names."""
    return {
        "name": StringField(_l("Name"), render_kw=SEALED),
        "age": SelectField(_l("Child or adult?"), [Optional()]),
        "to_first": SelectField(_l("What to person 1?"), [Optional()]),
        "role": SelectField(_l("Role"), default="victim"),
        "description": StringField(_l("Who is it, without names?")),
    }


def _names(number: int) -> dict[str, str]:
    """Return the names of the boxes of a person, by their ends. Person 1 is nothing to person 1."""
    return {part: f"p{number}_{part}" for part in _PARTS if number > 1 or part != "to_first"}


_PARTS: Final = tuple(_row())
_BOXES: Final = frozenset(name for number in range(1, MOST_ROWS + 1) for name in _names(number).values())


class RecordForm(SaysThreat, PlaceFields):
    """Step 3: what happened, how the person is reached, and the people. It has a row of boxes for each person."""

    adds = True
    saves = True
    sometimes_required = frozenset({"kind", "address", "safe_from", "safe_until", *_BOXES})
    known_consent: SpokenConsent = SpokenConsent()
    known: CasePerson | None = None
    """The role of the first person in another case, if they are recorded already."""

    def __init__(self, *arguments: Any, rows: int = 1, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.rows = max(1, min(rows, MOST_ROWS))
        for number in range(self.rows + 1, MOST_ROWS + 1):
            for name in _names(number).values():
                del self[name]

    title = StringField(
        _l("What happened?"),
        [InputRequired(_l("Describe what happened in one line, without names."))],
        description=_l(
            "One line, no names. This becomes the case title. For example: Family of five evicted without notice"
        ),
    )
    state_code = SelectField(_l("Which State is responsible?"), [InputRequired(_l("Choose the State from the list."))])
    right = SelectField(
        _l("Which right was violated?"), [InputRequired(_l("Choose the right; it can be changed later."))]
    )
    further_rights = SelectMultipleField(_l("Further rights"), description=_l("Each becomes a claim."))
    happened = UncertainDateField(
        _l("When did it happen?"), description=_l("Enter what you know; the year alone is enough.")
    )
    place = StringField(_l("Where?"), description=_l("City, district or village."))
    urgency = RadioField(_l("How urgent is it?"), default=Urgency.NORMAL.value, render_kw=RADIOS_IN_A_LINE)
    threat_on = DayField(THREAT_ON, description=THREAT_ON_HINT)
    threat_hour = HourField(THREAT_HOUR, description=THREAT_HOUR_HINT)
    kind = SelectField(_l("How can person 1 be reached safely?"), [Optional()])
    address = StringField(
        _l("Number or address, or who passes it on"), description=_l("It is sealed at once."), render_kw=SEALED
    )
    safe_from = HourField(
        _l("Safe from"),
        description=_l("For example 18:00."),
        render_kw={"params": {"classes": "govuk-input--width-5"}},
    )
    safe_until = HourField(
        _l("Safe until"), description=_l("Empty: any hour."), render_kw={"params": {"classes": "govuk-input--width-5"}}
    )
    word = StringField(
        _l("Word to use"),
        description=_l("By which the person knows you, or what you say if someone else answers. It is sealed."),
        render_kw=SEALED,
    )
    never_call = BooleanField(_l("Never call"))
    no_message = BooleanField(_l("Leave no message, neither on a machine nor with someone"))
    people_number = IntegerField(
        _l("How many people does it concern in all?"),
        [Optional()],
        description=_l("Who is not listed above is recorded as a group, and can be named later."),
        render_kw={"params": {"classes": "govuk-input--width-4"}},
    )
    row_count = HiddenField()

    def set_choices(self, states: Sequence[str], sections: dict[str, str], state: str) -> None:
        """Set the choices of the lists."""
        super().set_choices(states, sections, state)
        self.further_rights.choices = choices("right")
        self.urgency.choices = choices("urgency")
        self.kind.choices = choices("contact_kind")
        for number in range(1, self.rows + 1):
            self[f"p{number}_role"].choices = _roles()
            self[f"p{number}_age"].choices = {"": _("Not known"), "adult": _("Adult"), "child": _("Child")}
            if number > 1:
                self[f"p{number}_to_first"].choices = choices("to_first", empty=str(_("Not said")))

    def set_known(self, known: CasePerson) -> None:
        """Record the case for somebody who is known: in their section, and without asking again who they are."""
        self.known = known
        own = str(known.section_id)
        self.section.choices = {choice[0]: choice[1] for choice in self.section.iter_choices() if choice[0] == own}
        self.section.data = own
        self.p1_description.data = self.p1_description.data or known.description
        del self.p1_name, self.p1_age

    def members(self) -> Iterator[tuple[int, list[Field]]]:
        """Yield the number of each person with the boxes."""
        for number in range(1, self.rows + 1):
            yield number, [self[name] for name in _names(number).values() if name in self]

    def validate(self, extra_validators: Any = None) -> bool:
        """Validate, and say in each message on a person which one it is."""
        is_valid = super().validate(extra_validators)
        self._name_persons()
        return bool(is_valid)

    def explain(self, error: Invalid) -> None:
        """Add a service's errors to the fields, and say in each message on a person which one it is."""
        super().explain(error)
        self._name_persons()

    def _name_persons(self) -> None:
        for number, fields in self.members():
            start = _("Person %(number)s: %(message)s", number=number, message="")
            for field in fields:
                field.errors = [one if str(one).startswith(start) else f"{start}{one}" for one in field.errors]

    def intake(self) -> NewIntake:
        """Return the command. A row in which nothing was entered is nobody, but for the first person."""
        case = self.build(
            NewCase,
            section_id=UUID(self.section.data),
            place_region=self.place.data or "",
            contact_note="",
        )
        return NewIntake(
            case=case,
            rights=tuple(dict.fromkeys([self.right.data, *(self.further_rights.data or ())])),
            members=tuple(one for one in map(self._member, range(1, self.rows + 1)) if one is not None),
            size=self.people_number.data,
            consent=self.known_consent,
            channel=self.build(ChannelDetails, version=None, zone="", rank=1) if self.address.data else None,
        )

    def _member(self, number: int) -> NewMember | None:
        typed = {part: (self[name].data or "") if name in self else "" for part, name in _names(number).items()}
        to_first = typed.get("to_first", "")
        if number > 1 and not (typed["name"] or typed["age"] or to_first or typed["description"]):
            return None
        return NewMember(
            number=number,
            name=typed["name"],
            roles=tuple(typed["role"].split()),
            is_child={"adult": False, "child": True}.get(typed["age"]),
            to_first=ToFirst(to_first) if to_first else None,
            description=typed["description"],
        )


def _roles() -> dict[str, str]:
    """Return what a person may be, first the usual; who submits the communication is often a victim too."""
    words = {one.value: label("person_role", one.value) for one in PersonRole}
    return {"victim": words["victim"], "victim author": _("Victim and author of the communication"), **words}


for _number in range(1, MOST_ROWS + 1):
    for _part, _field in _row().items():
        if _part in _names(_number):
            setattr(RecordForm, _names(_number)[_part], _field)
