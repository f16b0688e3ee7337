"""The forms of claims and acts."""

from dataclasses import dataclass
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from caseflow.features.claims.commands import ActDetails, ClaimDetails, HousingApplicationDetails, OtherTreatyDetails
from caseflow.models import Claim
from caseflow.web.fields import UncertainDateField, YesNoField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices, label, right_of_violation_type


@dataclass(frozen=True, slots=True)
class TypeGroup:
    """Types of violation of one right. `types` holds code, label and whether it is chosen."""

    label: str
    is_open: bool
    types: list[tuple[str, str, bool]]


class ClaimForm(CaseflowForm):
    """The form of a claim. `right` is the principal one."""

    sometimes_required = frozenset({"delay_explanation"})
    adds = True
    version = VersionField()
    base = HiddenField()
    right = SelectField(_l("Right"), [InputRequired(_l("Choose the right that was violated."))])
    further_rights = SelectMultipleField(_l("Further rights"))
    violation_types = SelectMultipleField(_l("Types of violation"))
    label = StringField(_l("Short name of the claim"), description=_l("Helps to distinguish several claims. Optional."))
    articles = StringField(
        _l("Articles of the Covenant"), description=_l("Separated by commas, for example: 11(1), 2(1)")
    )
    disadvantage = TextAreaField(
        _l("What was lost"),
        description=_l("The clear disadvantage, in a sentence or two (OP-ICESCR art. 4)."),
        render_kw={"rows": 2},
    )
    general_importance = TextAreaField(
        _l("Does it raise a serious issue of general importance?"),
        description=_l("For example: many people are in the same situation (OP-ICESCR art. 4). Optional."),
        render_kw={"rows": 2},
    )
    delay_claimed = BooleanField(_l("Domestic remedies take unreasonably long"))
    delay_since = UncertainDateField(_l("Since when"))
    delay_explanation = TextAreaField(
        _l("What caused the delay, and what was done to speed things up"), render_kw={"rows": 2}
    )

    def set_choices(self, claim: Claim | None, right: str = "") -> None:
        """Set the choices of the selects, and the rights of the claim that is edited, or `right` for a new one."""
        self.right.choices = choices("right", empty=str(_l("Choose a right")))
        self.further_rights.choices = choices("right")
        self.violation_types.choices = choices("violation_type")
        if not isinstance(self.articles.data, str):  # the list of the claim, if the form was not submitted
            self.articles.data = ", ".join(self.articles.data or [])
        if self.is_filled():
            return
        if claim is None:
            self.right.data, self.version.data = right, 0
        else:
            self.right.data, self.further_rights.data = next(iter(claim.rights), ""), claim.rights[1:]

    def values_of(self, row: object) -> dict[str, Any]:
        """Return the values of a claim by field name."""
        assert isinstance(row, Claim)
        first, further = next(iter(row.rights), ""), row.rights[1:]
        own = {"right": first, "further_rights": further, "articles": ", ".join(row.articles)}
        return super().values_of(row) | own

    def command(self) -> ClaimDetails:
        """Return the command."""
        further = dict.fromkeys(code for code in self.further_rights.data or [] if code != self.right.data)
        return self.build(
            ClaimDetails,
            rights=(self.right.data, *further),
            articles=tuple(filter(None, "".join((self.articles.data or "").split()).split(","))),
        )


def type_groups(form: ClaimForm) -> list[TypeGroup]:
    """Return the types of violation by right: the groups of the claim's rights first and open, the others closed."""
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


class NewClaimForm(ClaimForm):
    """The form of a new claim, with its first act: most claims have one, and need no second page for it."""

    sometimes_required = frozenset({"what", "delay_explanation"})
    what = StringField(_l("What did the State do, or fail to do?"))
    began = UncertainDateField(_l("When did it begin?"))
    is_attributable = YesNoField(
        _l("Is the State responsible for this? (It acted, or failed to protect.)"), [Optional()]
    )

    def first_act(self) -> ActDetails | None:
        """Return the command of the act; None if nothing was said of it. The day is that of the case, unless it is changed."""
        is_typed = (self.what.data or "").strip() or self.is_attributable.data is not None
        return self.build(ActDetails) if is_typed else None


class ActForm(CaseflowForm):
    """The form of an act of a claim."""

    sometimes_required = frozenset({"continuing_reason"})
    adds = True
    version = VersionField()
    base = HiddenField()
    what = StringField(
        _l("What did the State do, or fail to do?"),
        [InputRequired(_l("Describe in one line what the State did or failed to do."))],
    )
    began = UncertainDateField(_l("When did it begin?"))
    ended = UncertainDateField(
        _l("When did it end?"), description=_l("Leave empty if it has not ended or the date is not known.")
    )
    is_continuing = BooleanField(_l("This violation is continuing"))
    continuing_reason = TextAreaField(
        _l("Why it is continuing"),
        description=_l("The act or the situation itself must continue. Lasting effects of a past act are not enough."),
        render_kw={"rows": 2},
    )
    is_attributable = YesNoField(
        _l("Is the State responsible for this? (It acted, or failed to protect.)"), [Optional()]
    )

    def command(self) -> ActDetails:
        """Return the command."""
        return self.build(ActDetails)


class HousingApplicationForm(CaseflowForm):
    """The form of a request for housing of a claim."""

    adds = True
    version = VersionField()
    base = HiddenField()
    authority = StringField(
        _l("To whom was the request made?"),
        description=_l("For example the housing office, or social services of the city."),
    )
    applied = UncertainDateField(_l("When was housing asked for?"))
    answer = SelectField(_l("Answer"), [Optional()], filters=[lambda code: code or None])
    answered = UncertainDateField(_l("When did the answer come?"))

    def set_choices(self) -> None:
        """Set the choices of the answer."""
        self.answer.choices = choices("housing_answer", empty=str(_l("Not known")))

    def command(self) -> HousingApplicationDetails:
        """Return the command."""
        return self.build(HousingApplicationDetails)


class OtherTreatyForm(CaseflowForm):
    """The form of articles of another treaty that a claim invokes."""

    adds = True
    version = VersionField()
    base = HiddenField()
    treaty = SelectField(_l("Which treaty?"), [InputRequired(_l("Choose the treaty from the list."))])
    article = StringField(
        _l("Which articles?"),
        description=_l("For example: 17, 23(1). Name any other treaty here too."),
        render_kw={"params": {"classes": "govuk-input--width-20"}},
    )

    def set_choices(self) -> None:
        """Set the choices of the treaty."""
        self.treaty.choices = choices("other_treaty", empty=str(_l("Choose a treaty")))

    def command(self) -> OtherTreatyDetails:
        """Return the command."""
        return self.build(OtherTreatyDetails)
