"""The forms of decisions."""

from collections.abc import Mapping
from uuid import UUID

from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Optional

from caseflow.features.communications.decision.commands import ClaimDecisionDetails, RecommendationDetails
from caseflow.web.fields import RADIOS_IN_A_LINE, DayField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices


class OutcomeForm(CaseflowForm):
    """What the decision found on a claim."""

    adds = True
    version = VersionField()
    base = HiddenField()
    claim_id = SelectField(_l("Claim"), [InputRequired(_l("Choose one from the list."))])
    result = RadioField(_l("Outcome"), [InputRequired(_l("Choose the outcome."))], render_kw=RADIOS_IN_A_LINE)
    why_inadmissible = SelectField(_l("Ground, if it is inadmissible"), [Optional()])

    def set_choices(self, claims: Mapping[str, str]) -> None:
        """Set the choices of the lists; `claims` in words."""
        self.claim_id.choices = {"": str(_l("Choose the claim")), **claims}
        self.result.choices = dict(choices("claim_result"))
        self.why_inadmissible.choices = choices("objection_ground", empty=str(_l("None")))

    def command(self) -> ClaimDecisionDetails:
        """Return the command."""
        return self.build(ClaimDecisionDetails, claim_id=UUID(self.claim_id.data) if self.claim_id.data else None)


class RecommendationForm(CaseflowForm):
    """A recommendation, and what the State did about it."""

    adds = True
    sometimes_required = frozenset({"as_of"})
    version = VersionField()
    base = HiddenField()
    kind = RadioField(_l("For whom?"), [InputRequired(_l("Choose for whom it is."))], render_kw=RADIOS_IN_A_LINE)
    text = TextAreaField(
        _l("What does the Committee recommend?"),
        [InputRequired(_l("Enter what the Committee recommends."))],
        description=_l("In its words, without names. One recommendation at a time: each is followed up on its own."),
        render_kw={"rows": 4},
    )
    progress = RadioField(
        _l("What has the State done?"),
        [InputRequired(_l("Choose what the State has done."))],
        default="open",
        render_kw=RADIOS_IN_A_LINE,
    )
    as_of = DayField(_l("As of"), [Optional()], description=_l("The day on which this was so."))
    note = TextAreaField(
        _l("What was done, and what is missing?"),
        description=_l("With code names (V1, V2) instead of names."),
        render_kw={"rows": 3},
    )

    def set_choices(self) -> None:
        """Set the choices of the lists."""
        self.kind.choices = dict(choices("recommendation_kind"))
        self.progress.choices = dict(choices("recommendation_status"))

    def command(self) -> RecommendationDetails:
        """Return the command."""
        return self.build(RecommendationDetails)
