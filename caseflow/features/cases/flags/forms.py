"""The forms of flags."""

from collections.abc import Mapping
from uuid import UUID

from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired

from caseflow.features.cases.assigning.forms import ids_in
from caseflow.features.cases.flags.commands import FlagCases, NewFlag, ResolveFlags
from caseflow.models import FlagKind
from caseflow.web.forms import SMALL_RADIOS, CaseflowForm
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices


class FlagForm(CaseflowForm):
    """A flag: what it says, and why."""

    adds = True
    kind = RadioField(_l("What does the flag say?"), [InputRequired(_l("Choose what the flag says."))], choices={}, render_kw=SMALL_RADIOS)  # fmt: skip
    reason = StringField(
        _l("Why?"),
        [InputRequired(_l("Say why the case is flagged."))],
        description=_l("In one line, without names. Of another flag, what it says."),
    )

    def set_choices(self) -> None:
        """Offer the kinds."""
        self.kind.choices = choices("flag_kind")

    def command(self) -> NewFlag:
        """Return the command."""
        return NewFlag(kind=FlagKind(self.kind.data), reason=self.reason.data or "")


class FlagSeveralForm(FlagForm):
    """Several cases, and the flag that each gets."""

    chosen = SelectMultipleField(
        _l("Cases"), [InputRequired(_l("Choose at least one case."))], validate_choice=False,
        render_kw={"params": {"classes": "govuk-checkboxes--small"}},
    )  # fmt: skip

    def set_cases(self, described: Mapping[UUID, str]) -> None:
        """Offer the cases, all chosen at first."""
        self.set_choices()
        self.chosen.choices = {str(case_id): words for case_id, words in described.items()}
        if not self.is_filled():
            self.chosen.data = list(self.chosen.choices)

    def of_cases(self) -> FlagCases:
        """Return the command."""
        return FlagCases(case_ids=ids_in(self.chosen.data or ()), flag=self.command())


class ResolveFlagForm(CaseflowForm):
    """What came of a flag."""

    resolution = StringField(
        _l("What came of it?"),
        [InputRequired(_l("Say what came of it."))],
        description=_l("In one line, without names."),
    )


class ResolveSeveralForm(ResolveFlagForm):
    """Several flags, and what came of all of them."""

    chosen = SelectMultipleField(
        _l("Flags"), [InputRequired(_l("Choose at least one flag."))], validate_choice=False,
        render_kw={"params": {"classes": "govuk-checkboxes--small"}},
    )  # fmt: skip

    def set_flags(self, described: Mapping[UUID, str]) -> None:
        """Offer the flags, all chosen at first."""
        self.chosen.choices = {str(flag_id): words for flag_id, words in described.items()}
        if not self.is_filled():
            self.chosen.data = list(self.chosen.choices)

    def command(self) -> ResolveFlags:
        """Return the command."""
        return ResolveFlags(flag_ids=ids_in(self.chosen.data or ()), resolution=self.resolution.data or "")
