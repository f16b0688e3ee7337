"""The forms of interim measures."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from wtforms import (
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Optional

from caseflow.features.communications.interim.commands import BreachDetails, RequestDetails, RequestSent, SignRequest
from caseflow.features.communications.interim.words import HINTS, TEXTS
from caseflow.features.dossier.letters.commands import PARTS, LetterWish
from caseflow.models import FilingChannel, InterimRequest
from caseflow.web.fields import DayField, HourField
from caseflow.web.forms import SMALL_RADIOS, CaseflowForm, VersionField
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.threats import THREAT_HOUR_HINT
from caseflow.web.words import choices

SMALL_BOXES = {"params": {"classes": "govuk-checkboxes--small"}}


def _text(name: str, rows: int) -> TextAreaField:
    return TextAreaField(TEXTS[name], [Optional()], description=HINTS[name], render_kw={"rows": rows})


class RequestForm(CaseflowForm):
    """What a request for interim measures says. Everything can be saved half written."""

    sometimes_required = frozenset({"threat_on", "threat_hour", *PARTS})  # for the signature
    version = VersionField()
    base = HiddenField()
    threat_on = DayField(_l("On which day will it happen?"), [Optional()])
    threat_hour = HourField(_l("At what time?"), [Optional()], description=THREAT_HOUR_HINT)
    threat = _text("threat", 4)
    harm = _text("harm", 5)
    prima_facie = _text("prima_facie", 5)
    alternatives = _text("alternatives", 5)
    who_can_stop = _text("who_can_stop", 3)
    measures = _text("measures", 3)
    evidence = SelectMultipleField(_l("Which evidence goes with it?"), [Optional()], render_kw=SMALL_BOXES)

    offered: frozenset[str] = frozenset()
    """The ids of the evidence that can be chosen: a blank is none."""

    def values_of(self, row: object) -> dict[str, Any]:
        """Return the values of a request by the names of the fields."""
        found = super().values_of(row)
        if isinstance(row, InterimRequest):
            found["evidence"] = [str(one) for one in row.evidence_ids]
        return found

    def set_up(self, evidence: Mapping[str, str], *, asks_when: bool) -> None:
        """Offer the evidence of the case, and ask when the act is threatened where the case does not say it."""
        self.offered = frozenset(evidence)
        self.evidence.choices = dict(evidence)
        if not evidence:
            del self.evidence
        if not asks_when:
            del self.threat_on
            del self.threat_hour

    def validate_threat_hour(self, field: HourField) -> None:
        """Ask for day and hour together.

        Raises:
            ValidationError: one is missing.
        """
        if self.threat_on.data and field.data is None and not field.errors:
            raise ValidationError(
                _("Enter the time at which it will happen, for example 14:30. If you do not know it, enter 00:00.")
            )
        if field.data and not self.threat_on.data and not self.threat_on.errors:
            raise ValidationError(_("Enter the day as well."))

    def when(self) -> tuple[date | None, time | None]:
        """Return day and hour of the threatened act, where they were asked for."""
        return (self.threat_on.data, self.threat_hour.data) if "threat_on" in self else (None, None)

    def command(self) -> RequestDetails:
        """Return the command."""
        chosen = self.evidence.data or () if "evidence" in self else ()
        return self.build(RequestDetails, evidence_ids=tuple(UUID(one) for one in chosen if one in self.offered))


class SignRequestForm(CaseflowForm):
    """The sign-off of a request, with the password again."""

    keeps_drafts = False
    sometimes_required = frozenset({"alone_because"})
    version = VersionField()
    fingerprint = HiddenField()
    alone_because = TextAreaField(
        _l("Why do you sign what you wrote yourself?"),
        [Optional()],
        description=_l("Nobody else works on this case. The reason is shown on its page and in its history."),
        render_kw={"rows": 3},
    )
    password = PasswordField(
        _l("Your password"),
        [InputRequired(_l("Enter your password."))],
        render_kw={"autocomplete": "current-password"},
    )

    def set_alone(self, *, is_own: bool) -> None:
        """Ask for the reason only where the person wrote the request or owns the case."""
        if not is_own:
            del self.alone_because

    def show(self, version: int, fingerprint: str) -> None:
        """Bind the form to the words that the page shows."""
        for field, value in ((self.version, version), (self.fingerprint, fingerprint)):
            field.process(None, value)
            field.raw_data = None

    def command(self) -> SignRequest:
        """Return the command."""
        reason = self.alone_because.data or "" if "alone_because" in self else ""
        return self.build(SignRequest, alone_because=reason)


class TakeLetterForm(CaseflowForm):
    """In which form a letter is wanted. Sent again, it is handed out again."""

    is_repeatable = True
    keeps_drafts = False
    kind = RadioField(_l("How do you need it?"), [InputRequired(_l("Choose one."))], choices={}, render_kw=SMALL_RADIOS)
    language = SelectField(_l("Language of the headings"), [InputRequired(_l("Choose one from the list."))])
    reason = StringField(
        _l("Why do you need it with names?"),
        [Optional()],
        description=_l(
            "Leave it empty for a letter with code names. With a reason, those are named who allow it; the history shows it."
        ),
    )

    def set_up(self, language: str, *, may_name: bool) -> None:
        """Offer forms and languages, and names to those who may ask for them."""
        self.kind.choices = choices("letter_form")
        self.kind.data = self.kind.data or "text"
        self.language.choices = choices("dossier_language")
        self.language.data = self.language.data or (language if language in self.language.choices else "en")
        if not may_name:
            del self.reason

    def command(self) -> LetterWish:
        """Return the command."""
        reason = self.reason.data or "" if "reason" in self else ""
        return LetterWish(language=self.language.data or "", is_text=self.kind.data == "text", reason=reason)


class RequestSentForm(CaseflowForm):
    """When and how a request was sent."""

    version = VersionField()
    sent_on = DayField(_l("Day of sending"), [InputRequired(_l("Enter the day on which it was sent."))])
    sent_hour = HourField(
        _l("Time of sending"), [Optional()], description=_l("In the section's time zone, for example 14:30.")
    )
    channel = RadioField(
        _l("How was it sent?"), [InputRequired(_l("Choose how it was sent."))], choices={}, render_kw=SMALL_RADIOS
    )
    proof = StringField(
        _l("Proof"),
        [InputRequired(_l("Enter where the proof is, for example the number of the confirmation."))],
        description=_l(
            "The number of the confirmation or of the registered letter, or where the receipt is kept. No names."
        ),
    )

    def set_choices(self) -> None:
        """Offer the channels."""
        self.channel.choices = choices("filing_channel")

    def command(self) -> RequestSent:
        """Return the command."""
        return self.build(RequestSent, channel=FilingChannel(self.channel.data))


class BreachForm(CaseflowForm):
    """A breach of interim measures."""

    adds = True
    claim_id = SelectField(_l("Claim"), [InputRequired(_l("Choose one from the list."))])
    what = StringField(
        _l("What was done?"),
        [InputRequired(_l("Enter what was done."))],
        description=_l("For example: V1 was evicted in spite of the interim measures. With code names."),
    )
    happened_on = DayField(_l("On which day?"), [InputRequired(_l("Enter the day."))])

    def set_choices(self, claims: Mapping[str, str]) -> None:
        """Offer the claims of the case."""
        self.claim_id.choices = dict(claims)

    def command(self) -> BreachDetails:
        """Return the command."""
        return self.build(BreachDetails, claim_id=UUID(self.claim_id.data))
