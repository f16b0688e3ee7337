"""The form of a remedy."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from caseflow.features.remedies.commands import RemedyDetails
from caseflow.features.remedies.proposals import Offer
from caseflow.law import load_vocabularies
from caseflow.models import CasePerson, DomesticRemedy, RemedyKind, RemedyMapStep
from caseflow.web.fields import DayField, UncertainDateField, YesNoField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.merging import store_base_digests
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices


def read_day(text: object) -> date | None:
    """Return the day of a hidden field; None if it holds none."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def usual_kind(stage: str) -> str:
    """Return the usual kind of remedies of a stage."""
    return next((one.usual_kind for one in load_vocabularies().remedy_stages if one.code == stage), "ordinary")


def sorted_ids(chosen: list[str] | None) -> list[str] | None:
    """Return chosen ids in the order in which the row has them, so that two versions are compared without their order."""
    return sorted(chosen) if chosen else chosen


def show_victim(one: CasePerson) -> str:
    """Return a victim by code name and description."""
    return " · ".join(filter(None, (one.code_name, one.description)))


class RemedyForm(CaseflowForm):
    """One remedy. Only the stage is required; dates may be uncertain."""

    sometimes_required = frozenset({"reason_not_used", "explanation", "concerns_some", "person_ids"})
    adds = True
    version = VersionField()
    base = HiddenField()
    is_used = YesNoField(
        _l("Was it used?"),
        [InputRequired(_l("Choose whether it was used."))],
        words=lambda: {"yes": str(_l("Yes")), "no": str(_l("No (you must give the reason)"))},
        default=True,
    )
    stage = SelectField(_l("Stage"), [InputRequired(_l("Choose the stage from the list."))])
    kind = RadioField(
        _l("Kind of remedy"),
        description=_l(
            "Only ordinary remedies restart the one-year clock. Interim orders, ombuds complaints, criminal complaints, reviews and pardons usually do not."
        ),
        default="",
    )
    authority = StringField(_l("Court or authority"), description=_l("As it is called in its country."))
    file_number = StringField(_l("File number"))
    concerns_some = YesNoField(
        _l("Which victims of the claim does it concern?"),
        [Optional()],
        words=lambda: {"no": str(_l("All of them")), "yes": str(_l("Only some of them"))},
        default=False,
        description=_l("The one-year clock is counted for each victim, from the remedies that concern that victim."),
    )
    person_ids = SelectMultipleField(
        _l("If only some: which?"),
        [Optional()],
        filters=(sorted_ids,),
        render_kw={"params": {"classes": "govuk-checkboxes--small"}},
    )
    filed = UncertainDateField(_l("Filed"))
    decided = UncertainDateField(
        _l("Decided"),
        description=_l("If there was no reply: the day on which silence counts as refusal by law, if there is one."),
    )
    notified = UncertainDateField(
        _l("Decision notified"),
        description=_l(
            "The date on which the person or their lawyer received it. The safe deadline is calculated from the earlier of the two dates."
        ),
    )
    notified_to = StringField(_l("Notified to"), description=_l("The person or the lawyer, by code name."))
    outcome = SelectField(_l("Outcome"), [Optional()])
    raised_right = YesNoField(_l("Was the right raised in substance?"), [Optional()])
    could_repair = YesNoField(_l("Could this remedy have put the violation right?"), [Optional()])
    is_suspensive = YesNoField(_l("Did filing it stop the measure while it was decided?"), [Optional()])
    next_step = SelectField(_l("Next remedy available"), [Optional()])
    next_step_due = DayField(_l("Deadline of the next step"))
    next_step_reason = StringField(
        _l("Why you keep this deadline"),
        description=_l("Only if the remedy map calculates another one. One line, no names."),
    )
    next_step_computed = HiddenField(_l("Calculated by the remedy map"))
    """The day that the page shows as calculated: a reason is one for this day only."""
    reason_not_used = SelectField(_l("Why it was not used"), [Optional()])
    explanation = TextAreaField(
        _l("Explanation"),
        description=_l("Doubt alone is not enough: give what shows it, such as settled case law."),
        render_kw={"rows": 3},
    )
    is_documented = YesNoField(_l("Is there proof of this reason?"), [Optional()])

    def set_choices(self) -> None:
        """Set the choices of the select fields."""
        self.stage.choices = choices("remedy_stage", empty=str(_l("Choose a stage")))
        self.next_step.choices = choices("remedy_stage", empty=str(_l("None")))
        self.kind.choices = choices("remedy_kind", empty=str(_l("Usual kind for this stage")))
        self.outcome.choices = choices("outcome", empty=str(_l("Not known yet")))
        self.reason_not_used.choices = choices("reason_not_used", empty=str(_l("Choose a reason")))

    def set_victims(self, victims: Sequence[CasePerson], remedy: DomesticRemedy | None = None) -> None:
        """Offer the victims of the claim to choose from. One alone is not asked about, unless the remedy names its victims."""
        if len(victims) < 2 and not (remedy and remedy.concerns_some):  # noqa: PLR2004 - more than one
            del self.concerns_some, self.person_ids
        else:
            self.person_ids.choices = {str(one.id): show_victim(one) for one in victims}

    def validate(self, extra_validators: Any = None) -> bool:
        """Check also that victims are chosen if it concerns only some of them, and none if it concerns all."""
        is_valid: bool = super().validate(extra_validators)
        if "person_ids" not in self or not self.is_used.data:
            return is_valid
        chosen = bool(self.person_ids.data)
        if self.concerns_some.data and not chosen:
            self.person_ids.errors = [
                *self.person_ids.errors,
                _("Choose whom it concerns, or choose all of them above."),
            ]
        elif chosen and not self.concerns_some.data:
            sentence = _("Single victims are chosen below: clear them, or choose that it concerns only some of them.")
            self.concerns_some.errors = [*self.concerns_some.errors, sentence]
        else:
            return is_valid
        return False

    def use_proposal(self, offer: Offer | None) -> None:
        """Fill in the next step that a remedy map proposes, for a person to check and save."""
        if offer is None or offer.proposal is None or self.is_filled():
            return
        store_base_digests(self)  # of the saved values, so that what is filled in here counts as typed
        computed = offer.proposal.last_day
        if computed is not None:
            if self.next_step_computed.data not in (None, "", computed.day):
                self.next_step_reason.data = ""  # the page shows it: it was given for another day
            self.next_step_computed.data = computed.day.isoformat()
        if offer.is_to_fill_in:
            self.next_step.data = offer.proposal.step.stage
            if computed is not None:
                self.next_step_due.process(None, computed.day)

    def fill_from(self, step: RemedyMapStep) -> None:
        """Fill in what a remedy map says of the remedy that is added; everything else keeps what was typed."""
        self.stage.data, self.authority.data, self.kind.data = step.stage, step.authority, step.kind.value

    def command(self) -> RemedyDetails:
        """Return the details entered."""
        kind = RemedyKind(self.kind.data or usual_kind(self.stage.data))
        computed = read_day(self.next_step_computed.data) if self.next_step_reason.data else None
        persons = tuple(UUID(one) for one in self.person_ids.data or ()) if "person_ids" in self else ()
        some = "concerns_some" in self and bool(self.concerns_some.data)
        return self.build(RemedyDetails, kind=kind, next_step_computed=computed, concerns_some=some, person_ids=persons)
