"""The forms of persons."""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from caseflow.features.people.commands import (
    ConcernedPerson,
    IdentityDetails,
    Member,
    NewHousehold,
    NewRelation,
    PersonDetails,
    RoleDetails,
)
from caseflow.models import CasePerson, Claim, ClaimPerson
from caseflow.web.fields import YesNoField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices, label

LONGEST_AGE: Final = 3
"""Digits."""


class NameFields(CaseflowForm):
    """How somebody is found again. Both are sealed."""

    shows_identity = True
    name = StringField(
        _l("Name"),
        description=_l("It is sealed at once, and shown only with a reason."),
        render_kw={"autocomplete": "off"},
    )
    phone = TelField(_l("Phone"), render_kw={"autocomplete": "off"})

    def identity(self) -> IdentityDetails:
        """Return the command."""
        return self.build(IdentityDetails)


class RoleForm(CaseflowForm):
    """What a person is in a case."""

    adds = True
    version = VersionField()
    base = HiddenField()
    roles = SelectMultipleField(
        _l("What is this person in the case?"),
        [InputRequired(_l("Choose what the person is in this case."))],
        render_kw={"params": {"classes": "govuk-checkboxes--small"}},
    )
    description = StringField(
        _l("Who is it, without names?"), description=_l("For example: mother of four, tenants' association.")
    )
    is_affected = YesNoField(_l("Is this person affected personally?"), [Optional()])
    affected_how = TextAreaField(_l("How?"), description=_l("Without names."), render_kw={"rows": 2})
    is_within_jurisdiction = YesNoField(_l("Was this person under the State's jurisdiction?"), [Optional()])
    is_identified = YesNoField(
        _l("Is it known who this is?"),
        [Optional()],
        description=_l(
            "For a group: can its members be named one by one? A name that is recorded here counts by itself."
        ),
    )

    def set_choices(self) -> None:
        """Set the choices of the lists."""
        self.roles.choices = choices("person_role")

    def role(self) -> RoleDetails:
        """Return the command."""
        return self.build(RoleDetails)


class KindFields(CaseflowForm):
    """Whether it is a person or a group."""

    kind = SelectField(_l("Person or group"), [InputRequired(_l("Choose one from the list."))])
    size = IntegerField(
        _l("How many people, if it is a group?"),
        [Optional()],
        render_kw={"params": {"classes": "govuk-input--width-5"}},
    )
    is_child = YesNoField(_l("Is it a child?"), [Optional()])

    def set_choices(self) -> None:
        """Set the choices of the lists."""
        self.kind.choices = choices("person_kind")

    def person(self) -> PersonDetails:
        """Return the command."""
        return self.build(PersonDetails)


class PersonForm(KindFields):
    """What is recorded of a person in every case."""

    adds = True
    version = VersionField()
    base = HiddenField()
    life_status = SelectField(_l("Alive?"), [Optional()])
    lacks_capacity = YesNoField(_l("Must someone else decide for this person?"), [Optional()])

    def set_choices(self) -> None:
        """Set the choices of the lists."""
        super().set_choices()
        self.life_status.choices = choices("life_status", empty=str(_l("Not known")))


class IdentityForm(NameFields):
    """What identifies a person. All of it is sealed."""

    adds = True
    version = VersionField()
    base = HiddenField()
    other_names = StringField(_l("Other names or spellings"), render_kw={"autocomplete": "off"})
    email = EmailField(_l("Email"), render_kw={"autocomplete": "off"})
    address = TextAreaField(_l("Address"), render_kw={"rows": 2, "autocomplete": "off"})
    birth_date = StringField(_l("Date of birth"), description=_l("As 1984-03-27."), render_kw={"autocomplete": "off"})
    number = StringField(_l("Number of an identity document"), render_kw={"autocomplete": "off"})


class NewPersonForm(NameFields, KindFields, RoleForm):
    """A new person: name and phone, which are sealed, and what the person is in the case. The rest is asked on their page."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        del self.affected_how, self.is_identified

    def set_choices(self) -> None:
        """Set the choices of the lists."""
        KindFields.set_choices(self)
        RoleForm.set_choices(self)


class HouseholdForm(CaseflowForm):
    """A household in one pass: a line for each member."""

    shows_identity = True
    adds = True
    people = TextAreaField(
        _l("Who lives there? One person on each line"),
        [InputRequired(_l("Enter one person on each line."))],
        description=_l(
            "Name, age, and who it is, with commas between: “Rosa Navarro, 34, mother”. Leave out what you do not know. Names are sealed."
        ),
        render_kw={"rows": 7, "autocomplete": "off"},
    )
    is_parent = BooleanField(_l("The first person is the parent of the children"))
    size = IntegerField(
        _l("How many people live there in all, if not all are named?"),
        [Optional()],
        render_kw={"params": {"classes": "govuk-input--width-4"}},
    )
    phone = TelField(_l("Phone of the first person"), render_kw={"autocomplete": "off"})
    is_affected = YesNoField(_l("Are they affected personally?"), [Optional()])
    is_within_jurisdiction = YesNoField(_l("Were they under the State's jurisdiction?"), [Optional()])

    def command(self) -> NewHousehold:
        """Return the command."""
        lines = (self.people.data or "").splitlines()
        return self.build(NewHousehold, members=tuple(_member(line) for line in lines if line.strip()))


def _member(line: str) -> Member:
    """Read a line: the name, then the age where there is a number, and what else is said of the person."""
    name, *further = [part.strip() for part in line.split(",")]
    ages = [part for part in further if part.isdecimal() and len(part) <= LONGEST_AGE]
    said = [part for part in further if part and part not in ages]
    return Member(name=name, age=int(ages[0]) if ages else None, description=", ".join(said))


class RevealForm(CaseflowForm):
    """The reason for which an identity is shown."""

    keeps_drafts = False
    is_repeatable = True
    reason = StringField(
        _l("Why do you need to know who this is?"), [InputRequired(_l("Say why you need to know who this is."))]
    )


class RelationForm(CaseflowForm):
    """What one person of a case is to another."""

    adds = True
    kind = SelectField(_l("What is this person to the other?"), [InputRequired(_l("Choose one from the list."))])
    other_id = SelectField(_l("To whom?"), [InputRequired(_l("Choose one from the list."))])
    note = StringField(
        _l("By what right, if this person acts for the other"),
        description=_l("For example: judgment of guardianship, power of attorney. Without names."),
    )

    def set_choices(self, person: CasePerson, people: Sequence[CasePerson]) -> None:
        """Set the choices of the lists."""
        self.kind.choices = choices("relation_kind", empty=str(_l("Choose a relation")))
        others = {str(one.id): show_person(one) for one in people if one.id != person.id}
        self.other_id.choices = {"": str(_l("Choose a person")), **others}

    def command(self, person: CasePerson) -> NewRelation:
        """Return the command."""
        chosen = self.other_id.data
        return self.build(NewRelation, person_id=person.id, other_id=UUID(chosen) if chosen else person.id)


ALL_VICTIMS: Final = _l("It concerns all victims of the case, also those who are recorded later")


class ConcernedForm(CaseflowForm):
    """Whom a claim concerns: for each person a box, and the harm. Made by `concerned_form`, since each case has its own persons."""

    is_repeatable = True
    people: Sequence[CasePerson] = ()
    claim: Claim

    def everybody(self) -> Field | None:
        """Return the box that says that all victims are concerned; none where nobody was chosen before."""
        return _box(self, _everybody(self.claim))

    def is_everybody(self) -> bool:
        """Return whether it was said that all victims are concerned."""
        box = self.everybody()
        return box is not None and bool(box.data)

    def rows(self) -> Iterator[tuple[CasePerson, Field, Field]]:
        """Yield each person with the box and the field of the harm."""
        for one in self.people:
            yield one, self[f"concerns_{one.id.hex}"], self[f"harm_{one.id.hex}"]

    def concerned(self) -> list[ConcernedPerson]:
        """Return the command."""
        return [
            ConcernedPerson(case_person_id=one.id, harm=harm.data or "") for one, box, harm in self.rows() if box.data
        ]


def _everybody(claim: Claim) -> str:
    return f"everybody_{claim.id.hex}"


def _box(form: CaseflowForm, name: str) -> Field | None:
    return next((field for field in form if field.name == name), None)


def concerned_form(claim: Claim, people: Sequence[CasePerson], known: Sequence[ClaimPerson]) -> ConcernedForm:
    """Return the form for the persons of a case, filled with what is recorded."""
    fields: dict[str, object] = {"people": people, "claim": claim}
    if known:
        fields[_everybody(claim)] = BooleanField(ALL_VICTIMS)
    for one in people:
        fields[f"concerns_{one.id.hex}"] = BooleanField(show_person(one))
        fields[f"harm_{one.id.hex}"] = StringField(_l("Harm to %(person)s", person=one.code_name))
    recorded = {f"concerns_{row.case_person_id.hex}": True for row in known}
    recorded_harm = {f"harm_{row.case_person_id.hex}": row.harm for row in known}
    form = type("ConcernedForm", (ConcernedForm,), fields)(data={**recorded, **recorded_harm})
    assert isinstance(form, ConcernedForm)
    return form


class GridForm(CaseflowForm):
    """Whom each claim of a case concerns, and the harm to each. Made by `grid_form`, since each case has its own."""

    is_repeatable = True
    people: Sequence[CasePerson] = ()
    claims: Sequence[Claim] = ()

    def same(self, claim: Claim) -> Field:
        """Return the box that gives one harm to all whom a claim concerns."""
        box: Field = self[f"same_{claim.id.hex}"]
        return box

    def everybody(self, claim: Claim) -> Field | None:
        """Return the box that says that a claim concerns all victims; none where nobody was chosen before."""
        return _box(self, _everybody(claim))

    def of_claims(self) -> list[tuple[Claim, list[ConcernedPerson], bool]]:
        """Return the command for each claim: whom it concerns, and whether it was said that this is everybody."""
        boxes = [(claim, self.everybody(claim)) for claim in self.claims]
        return [(claim, self.concerned(claim), box is not None and bool(box.data)) for claim, box in boxes]

    def rows(self, claim: Claim) -> Iterator[tuple[Field, Field]]:
        """Yield for each person the box of a claim, and the field of the harm."""
        for one in self.people:
            yield self[_cell("concerns", claim, one)], self[_cell("harm", claim, one)]

    def concerned(self, claim: Claim) -> list[ConcernedPerson]:
        """Return the command for a claim: with the same harm for everybody without one of their own, where that is ticked."""
        ticked = [
            (one, harm.data or "") for one, (box, harm) in zip(self.people, self.rows(claim), strict=True) if box.data
        ]
        first = next((harm for _one, harm in ticked if harm), "") if self.same(claim).data else ""
        return [ConcernedPerson(case_person_id=one.id, harm=harm or first) for one, harm in ticked]


def _cell(part: str, claim: Claim, one: CasePerson) -> str:
    return f"{part}_{claim.id.hex}_{one.id.hex}"


def grid_form(claims: Sequence[Claim], people: Sequence[CasePerson]) -> GridForm:
    """Return the form for the claims and the persons of a case, filled with what is recorded."""
    fields: dict[str, object] = {"claims": claims, "people": people}
    recorded: dict[str, object] = {}
    for claim in claims:
        fields[f"same_{claim.id.hex}"] = BooleanField(_l("The same harm to everybody chosen above without one"))
        for one in people:
            fields[_cell("concerns", claim, one)] = BooleanField(show_person(one))
            fields[_cell("harm", claim, one)] = StringField(_l("Harm to %(person)s", person=one.code_name))
            for row in one.concerned:
                if row.claim_id == claim.id:
                    fields[_everybody(claim)] = BooleanField(ALL_VICTIMS)
                    recorded |= {_cell("concerns", claim, one): True, _cell("harm", claim, one): row.harm}
    fields["sometimes_required"] = frozenset(fields)
    form = type("GridForm", (GridForm,), fields)(data=recorded)
    assert isinstance(form, GridForm)
    return form


def show_person(one: CasePerson) -> str:
    """Return a person by code name and description."""
    return " · ".join(filter(None, (one.code_name, one.description or label("person_role", one.roles[0]))))
