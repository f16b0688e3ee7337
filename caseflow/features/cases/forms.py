"""The forms of cases. They shape and word; they never query."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Optional

from caseflow.features.cases.commands import ActDetails, CaseDescription, CaseFilters, ClaimDetails, MoveCase, NewCase
from caseflow.features.cases.stages import Move
from caseflow.models import Act, Claim, Confidentiality, Stage, Urgency
from caseflow.web.fields import UncertainDateField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.words import choices, label, right_of_violation_type, state_choices


def yes_no_unknown() -> dict[str, str]:
    """Return the choices of a question that may stay open."""
    return {"yes": str(_l("Yes")), "no": str(_l("No")), "": str(_l("Not known yet"))}


def yes_no(value: str | None) -> bool | None:
    """Return what a yes/no/not-known answer means."""
    return {"yes": True, "no": False}.get(value or "")


def of_yes_no(value: bool | None) -> str:  # noqa: FBT001 - it is the value, not a switch
    """Return the answer that stands for a value."""
    return "" if value is None else "yes" if value else "no"


class CaptureForm(CaseflowForm):
    """Quick capture: five questions."""

    section = SelectField(_l("Section"), [InputRequired(_l("Choose the section the case belongs to."))])
    state_code = SelectField(_l("Which State is responsible?"), [InputRequired(_l("Choose the State from the list."))])
    right = SelectField(
        _l("Which right is at stake?"), [InputRequired(_l("Choose the right; it can be changed later."))]
    )
    title = StringField(
        _l("What happened, in a line?"),
        [InputRequired(_l("Say in a line what happened, without names."))],
        description=_l(
            "Without names: this line is the title of the case. For example: Family of five evicted without notice"
        ),
    )
    happened = UncertainDateField(
        _l("When did it happen, as far as known?"),
        description=_l("The year alone is enough. What is not known may stay empty."),
    )
    contact_note = TextAreaField(
        _l("How is it safe to make contact?"),
        description=_l("Times, ways, a word to use. It is stored encrypted, and reading it stands in the history."),
        render_kw={"rows": 2},
    )
    urgency = RadioField(_l("How urgent is it?"), choices={}, default=Urgency.NORMAL.value)

    def set_choices(self, states: Sequence[str], sections: dict[str, str], state: str) -> None:
        """Fill the boxes: the person's sections, States, rights."""
        self.section.choices = sections
        self.state_code.choices = state_choices(states, empty=str(_l("Choose a State")))
        self.right.choices = choices("right", empty=str(_l("Choose a right")))
        self.urgency.choices = choices("urgency")
        if not self.is_submitted():
            self.state_code.data = state
            self.section.data = next(iter(sections))

    def command(self) -> NewCase:
        """Return what the form says."""
        return NewCase(
            section_id=UUID(self.section.data),
            state_code=self.state_code.data,
            right=self.right.data,
            title=self.title.data or "",
            happened=self.happened.data,
            contact_note=self.contact_note.data or "",
            urgency=Urgency(self.urgency.data),
        )


class CaseForm(CaseflowForm):
    """What the case is about."""

    version = VersionField()
    base = HiddenField()
    title = StringField(_l("Title, without names"), [InputRequired(_l("Say in a line what happened, without names."))])
    state_code = SelectField(_l("State"))
    place_region = StringField(_l("Region or city"))
    place_district = StringField(_l("District or neighbourhood"))
    happened = UncertainDateField(_l("When it happened, as far as known"))
    narrative = TextAreaField(
        _l("What happened"),
        description=_l("In the order of time, with code names (V1, V2) instead of names."),
        render_kw={"rows": 12},
    )
    lateness_reason = TextAreaField(
        _l("If the year has run out: why could it not be filed in time?"),
        description=_l("OP-ICESCR art. 3(2)(a)."),
        render_kw={"rows": 3},
    )
    urgency = RadioField(_l("Urgency"))
    confidentiality = RadioField(_l("Who in the section may see the case"))

    def set_choices(self, states: Sequence[str]) -> None:
        """Fill the boxes."""
        self.state_code.choices = state_choices(states)
        self.urgency.choices = choices("urgency")
        self.confidentiality.choices = choices("confidentiality")

    def command(self) -> CaseDescription:
        """Return what the form says."""
        return CaseDescription(
            version=self.version.data or 0,
            title=self.title.data or "",
            state_code=self.state_code.data,
            place_region=self.place_region.data or "",
            place_district=self.place_district.data or "",
            happened=self.happened.data,
            narrative=self.narrative.data or "",
            urgency=Urgency(self.urgency.data),
            confidentiality=Confidentiality(self.confidentiality.data),
            lateness_reason=self.lateness_reason.data or "",
        )


class ContactForm(CaseflowForm):
    """How it is safe to make contact. The note in force is in the box only after it was shown on request."""

    version = VersionField()
    note = TextAreaField(
        _l("The note"),
        description=_l("Times, ways, a word to use. It is stored encrypted, and reading it stands in the history."),
        render_kw={"rows": 3},
    )
    remove = BooleanField(_l("Remove the note"))

    def validate_note(self, field: TextAreaField) -> None:
        """Refuse to guess: an empty box removes nothing unless that is ticked, and what is typed is not thrown away."""
        if not field.data and not self.remove.data:
            raise ValidationError(_("Write the note, or tick that it is removed."))

    def command(self) -> str:
        """Return the note; nothing when it is removed."""
        return "" if self.remove.data else self.note.data or ""


@dataclass(frozen=True, slots=True)
class TypeGroup:
    """Types of violation that go with one right: code, words, ticked."""

    label: str
    is_open: bool
    types: list[tuple[str, str, bool]]


class ClaimForm(CaseflowForm):
    """One claim. The first right is the principal one."""

    version = VersionField()
    base = HiddenField()
    right = SelectField(_l("Right"), [InputRequired(_l("Choose the right that was violated."))])
    further_rights = SelectMultipleField(_l("Further rights"))
    violation_types = SelectMultipleField(_l("Types of violation"))
    label = StringField(_l("Short name of the claim"), description=_l("To tell several claims apart. May stay empty."))
    articles = StringField(
        _l("Articles of the Covenant"), description=_l("Separated by commas, for example: 11(1), 2(1)")
    )
    disadvantage = TextAreaField(
        _l("What was lost"),
        description=_l("The clear disadvantage, in a sentence or two (OP-ICESCR art. 4)."),
        render_kw={"rows": 3},
    )
    general_importance = TextAreaField(
        _l("Does it raise a serious issue of general importance?"),
        description=_l("Such as: many people are in the same situation (OP-ICESCR art. 4). May stay empty."),
        render_kw={"rows": 3},
    )
    delay_claimed = BooleanField(_l("Domestic remedies take unreasonably long"))
    delay_since = UncertainDateField(_l("Since when"))
    delay_explanation = TextAreaField(_l("What took so long, and what was done to speed it up"), render_kw={"rows": 3})

    def set_choices(self, claim: Claim | None, right: str = "") -> None:
        """Fill the boxes, and show the claim that is changed."""
        self.right.choices = choices("right", empty=str(_l("Choose a right")))
        self.further_rights.choices = choices("right")
        self.violation_types.choices = choices("violation_type")
        if not isinstance(self.articles.data, str):  # the claim's own list, where the form did not send the box
            self.articles.data = ", ".join(self.articles.data or [])
        if self.is_submitted():
            return
        if claim is None:
            self.right.data, self.version.data = right, 0
        else:
            self.right.data, self.further_rights.data = next(iter(claim.rights), ""), claim.rights[1:]

    def values_of(self, row: object) -> dict[str, Any]:
        """Return a claim's values by the names of the boxes."""
        assert isinstance(row, Claim)
        first, further = next(iter(row.rights), ""), row.rights[1:]
        own = {"right": first, "further_rights": further, "articles": ", ".join(row.articles)}
        return super().values_of(row) | own

    def command(self) -> ClaimDetails:
        """Return what the form says."""
        further = dict.fromkeys(code for code in self.further_rights.data or [] if code != self.right.data)
        return ClaimDetails(
            version=self.version.data,
            rights=(self.right.data, *further),
            violation_types=tuple(dict.fromkeys(self.violation_types.data or [])),
            articles=tuple(filter(None, "".join((self.articles.data or "").split()).split(","))),
            label=self.label.data or "",
            disadvantage=self.disadvantage.data or "",
            general_importance=self.general_importance.data or "",
            delay_claimed=self.delay_claimed.data,
            delay_since=self.delay_since.data,
            delay_explanation=self.delay_explanation.data or "",
        )


def type_groups(form: ClaimForm) -> list[TypeGroup]:
    """Return the types of violation by right: those of the claim's rights first and open, the others folded away."""
    chosen = set(form.violation_types.data or [])
    rights = [form.right.data, *(form.further_rights.data or [])]
    groups: dict[str, list[tuple[str, str, bool]]] = {}
    for code, words in choices("violation_type").items():
        for right in right_of_violation_type(code)[:1] or ("",):
            groups.setdefault(right, []).append((code, words, code in chosen))
    found = [
        TypeGroup(
            label("right", right) or str(_l("With any right")),
            is_open=right in rights or any(ticked for _, _, ticked in types),
            types=types,
        )
        for right, types in groups.items()
    ]
    return sorted(found, key=lambda group: not group.is_open)


class ActForm(CaseflowForm):
    """One act behind a claim."""

    version = VersionField()
    base = HiddenField()
    what = StringField(
        _l("What did the State do, or fail to do?"),
        [InputRequired(_l("Say in a line what the State did or failed to do."))],
    )
    began = UncertainDateField(_l("When did it begin?"))
    ended = UncertainDateField(_l("When did it end?"), description=_l("Leave empty when it is not over, or not known."))
    is_continuing = BooleanField(_l("It still goes on"))
    continuing_reason = TextAreaField(
        _l("Why it still goes on"),
        description=_l("The act itself or the situation must go on; effects that merely last are not enough."),
        render_kw={"rows": 2},
    )
    attributable = RadioField(
        _l("Is it the State's act, or its failure to protect?"), [Optional()], choices=yes_no_unknown, default=""
    )

    def values_of(self, row: object) -> dict[str, Any]:
        """Return an act's values by the names of the boxes."""
        assert isinstance(row, Act)
        return super().values_of(row) | {"attributable": of_yes_no(row.is_attributable)}

    def command(self) -> ActDetails:
        """Return what the form says."""
        return ActDetails(
            version=self.version.data,
            what=self.what.data or "",
            began=self.began.data,
            ended=self.ended.data,
            is_continuing=self.is_continuing.data,
            continuing_reason=self.continuing_reason.data or "",
            is_attributable=yes_no(self.attributable.data),
        )


class MoveForm(CaseflowForm):
    """A move along the stages."""

    version = VersionField()
    to = RadioField(_l("New stage"), [InputRequired(_l("Choose the new stage."))])
    reason = TextAreaField(
        _l("Reason"), description=_l("Needed for closing, suspending, referring and going back."), render_kw={"rows": 3}
    )

    def set_choices(self, moves: list[Move]) -> None:
        """Fill the box with the allowed moves."""
        self.to.choices = {move.to.value: label("stage", move.to.value) for move in moves}

    def command(self) -> MoveCase:
        """Return what the form says."""
        return MoveCase(version=self.version.data or 0, to=Stage(self.to.data), reason=self.reason.data or "")


class AssignForm(CaseflowForm):
    """Who owns the case."""

    version = VersionField()
    owner = SelectField(_l("Owner"))

    def set_choices(self, people: list[tuple[UUID, str]]) -> None:
        """Fill the box with the people of the section."""
        self.owner.choices = {"": str(_l("Nobody yet: it waits for an owner")), **{str(i): name for i, name in people}}

    def owner_id(self) -> UUID | None:
        """Return who was chosen."""
        return UUID(self.owner.data) if self.owner.data else None


class FilterForm(CaseflowForm):
    """The filters of the list, in the address."""

    text = StringField(_l("Words, reference or place"))
    section = SelectField(_l("Section"))
    state = SelectField(_l("State"))
    right = SelectField(_l("Right"))
    stage = SelectField(_l("Stage"))
    owner = SelectField(_l("Owner"))
    opened_from = DateField(_l("Opened from"), [Optional()])
    opened_until = DateField(_l("Opened until"), [Optional()])

    class Meta(CaseflowForm.Meta):
        """Read from the address: nothing is changed, so no token."""

        csrf = False

    def set_choices(self, states: Sequence[str], sections: dict[str, str], people: list[tuple[UUID, str]]) -> None:
        """Fill the boxes."""
        every = str(_l("All"))
        self.section.choices = {"": every, **sections}
        self.state.choices = state_choices(states, empty=every)
        self.right.choices = choices("right", empty=every)
        self.stage.choices = choices("stage", empty=every)
        self.owner.choices = {"": every, "none": str(_l("Waits for an owner")), **{str(i): name for i, name in people}}

    def given(self) -> dict[str, str]:
        """Return what stands in the address for these filters, and nothing else that somebody put there."""
        return {field.name: request.args[field.name] for field in self if request.args.get(field.name)}

    def filters(self) -> CaseFilters:
        """Return what the list is narrowed to. A value that is in no box narrows nothing: old links keep working."""
        given: dict[str, Any] = {}
        for name in ("section", "state", "right", "stage", "owner"):
            field = self[name]
            given[name] = field.data if field.data in field.choices else ""
        return CaseFilters(
            text=(self.text.data or "")[:200],
            opened_from=self.opened_from.data,
            opened_until=self.opened_until.data,
            **given,
        )
