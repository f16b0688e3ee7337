"""The forms of consent."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from wtforms import Field, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from caseflow.features.consent.commands import ConsentAnswers, ConsentDetails, Grounds, Withdrawal
from caseflow.features.consent.queries import Representative
from caseflow.features.consent.words import SCOPES
from caseflow.models import (
    CasePerson,
    Consent,
    ConsentForm,
    ConsentScope,
    ConsentStatus,
    NoConsentReason,
)
from caseflow.web.fields import RADIOS_IN_A_LINE, DayField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.scopes import ScopeFields, asks
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices, label

HAS_OWN_PAGE: Final = frozenset({ConsentStatus.GIVEN, ConsentStatus.WITHDRAWN})
"""Answers that the form for all scopes does not change."""


class OccasionFields(CaseflowForm):
    """By whom, when and how something was answered."""

    given_by_id = SelectField(_l("Who answered?"), [Optional()])
    decided_on = DayField(_l("When?"), [InputRequired(_l("Enter the day of the answer."))])
    how = SelectField(_l("How?"), [Optional()])

    def set_occasion(self, person: CasePerson, representatives: Sequence[Representative]) -> None:
        """Set who may answer for the person, and the ways to do so."""
        self.how.choices = choices("consent_form", empty=str(_("Choose how")))
        acting = {str(one.id): _acting(person, one) for one in representatives}
        self.given_by_id.choices = {"": str(_("The person: %(code)s", code=person.code_name)), **acting}

    def occasion(self) -> dict[str, Any]:
        """Return the values for the command."""
        given_by = self.given_by_id.data
        return {
            "given_by_id": UUID(given_by) if given_by else None,
            "how": ConsentForm(self.how.data) if self.how.data else None,
        }


def _acting(person: CasePerson, one: Representative) -> str:
    words = f"{one.code_name}: {label('relation_kind', one.kind.value)} {person.code_name}"
    return f"{words} ({one.note})" if one.note else words


def _scope_field(scope: ConsentScope) -> SelectField:
    return SelectField(SCOPES[scope.value], [Optional()], default="")


@asks(_scope_field)
class AnswersForm(OccasionFields, ScopeFields):
    """All scopes of a person in one pass: a line for each, and once by whom, when and how."""

    is_repeatable = True
    sometimes_required = frozenset({"given_by_id", "how", "reason", "words"})
    proof = StringField(
        _l("Where is the proof?"), description=_l("For example: form in the safe, recording 14. Without names.")
    )
    reason = SelectField(_l("If consent is not needed, why?"), [Optional()])
    words = StringField(
        _l("The same in one line, for the Committee"),
        description=_l("For example: four years old, the mother acts for her. Without names."),
    )

    def set_choices(self, person: CasePerson, representatives: Sequence[Representative]) -> None:
        """Set the choices of the lists."""
        self.set_occasion(person, representatives)
        self.reason.choices = choices("no_consent_reason", empty=str(_("It is needed")))
        known = {one.scope: one for one in person.consents}
        answers = {one.value: label("consent_status", one.value) for one in _ANSWERS}
        for scope, field in self.scope_fields().items():
            first = _("No change") if scope in known else _("Not asked yet")
            field.choices = {"": str(first), **answers}

    def answered(self, person: CasePerson) -> list[tuple[Field, Consent]]:
        """Return the scopes whose answer has a page of its own, each with its field and the answer."""
        known = {one.scope: one for one in person.consents if one.status in HAS_OWN_PAGE}
        fields = ((field, known[scope]) for scope, field in self.scope_fields().items() if scope in known)
        return [(field, one) for field, one in fields if not field.errors]

    def open_fields(self, person: CasePerson) -> list[Field]:
        """Return the fields of the other scopes."""
        answered = {field.name for field, _consent in self.answered(person)}
        return [field for field in self.scope_fields().values() if field.name not in answered]

    def command(self) -> ConsentAnswers:
        """Return the command."""
        return self.build(
            ConsentAnswers,
            answers=self.answers_by_scope(),
            reason=NoConsentReason(self.reason.data) if self.reason.data else None,
            **self.occasion(),
        )


_ANSWERS: Final = (ConsentStatus.GIVEN, ConsentStatus.REFUSED, ConsentStatus.NOT_NEEDED)


class ConsentDetailsForm(OccasionFields):
    """The answer for one scope, with all details."""

    is_repeatable = True
    sometimes_required = frozenset({"given_by_id", "how", "reason", "words"})
    version = VersionField()
    base = HiddenField()
    status = RadioField(_l("Answer"), [InputRequired(_l("Choose the answer."))], render_kw=RADIOS_IN_A_LINE)
    until = DayField(_l("Until when?"), [Optional()], description=_l("Leave it empty if it holds until withdrawn."))
    proof = StringField(_l("Where is the proof?"), description=_l("Without names."))
    reason = SelectField(_l("If consent is not needed, why?"), [Optional()])
    words = StringField(_l("In one line, without names"), description=_l("The reason, or what the person said."))
    note = TextAreaField(_l("Note"), description=_l("Without names."), render_kw={"rows": 2})

    def set_choices(self, person: CasePerson, representatives: Sequence[Representative]) -> None:
        """Set the choices of the lists."""
        self.set_occasion(person, representatives)
        self.status.choices = {one.value: label("consent_status", one.value) for one in _ANSWERS}
        self.reason.choices = choices("no_consent_reason", empty=str(_("It is needed")))

    def command(self) -> ConsentDetails:
        """Return the command."""
        return self.build(
            ConsentDetails,
            status=ConsentStatus(self.status.data),
            reason=NoConsentReason(self.reason.data) if self.reason.data else None,
            **self.occasion(),
        )


def details_form(row: Consent | None, on: date) -> ConsentDetailsForm:
    """Return the form with the present answer; after a withdrawal, and where nobody asked, it is asked on the day `on`."""
    if row is None or row.status is ConsentStatus.WITHDRAWN:
        return ConsentDetailsForm(version=row.version if row else 0, decided_on=on)
    return ConsentDetailsForm(obj=row)


class WithdrawalForm(OccasionFields):
    """That a consent was withdrawn."""

    is_repeatable = True
    sometimes_required = frozenset({"given_by_id"})
    version = VersionField()
    base = HiddenField()
    words = StringField(_l("What did the person say?"), description=_l("In one line, without names."))

    def command(self) -> Withdrawal:
        """Return the command."""
        return self.build(Withdrawal, **self.occasion())


class GroundsForm(CaseflowForm):
    """Grounds and vulnerability of a person."""

    is_repeatable = True
    version = VersionField()
    base = HiddenField()
    groups = SelectMultipleField(_l("Grounds and vulnerability"))

    def set_choices(self) -> None:
        """Set the choices of the list."""
        self.groups.choices = choices("group")

    def command(self) -> Grounds:
        """Return the command."""
        return self.build(Grounds)
