"""The form of what-if questions. It saves nothing."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from wtforms import SelectField
from wtforms.validators import Optional

from caseflow.features.readiness.commands import WhatIf
from caseflow.features.readiness.what_if import first_filing_day
from caseflow.law import UncertainDate
from caseflow.models import DomesticRemedy
from caseflow.web.fields import DayField
from caseflow.web.forms import CaseflowForm
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices, label


class WhatIfForm(CaseflowForm):
    """A day of filing, and a decision in one remedy. An empty form gives today's answer."""

    remedy = SelectField(_l("What if this remedy were decided"), [Optional()])
    decided = DayField(_l("Decided on"))
    notified = DayField(
        _l("Notified on"), description=_l("Optional. The safe deadline is calculated from the earlier of the two.")
    )
    outcome = SelectField(_l("With which outcome?"), [Optional()])
    filed_on = DayField(
        _l("Filing date to test"),
        description=_l("Leave empty for today, or for the latest date above if that is later."),
    )

    def set_choices(self, remedies: Iterable[DomesticRemedy]) -> None:
        """Set the choices: the remedies that were used, and the outcomes."""
        used = {str(one.id): _in_words(one) for one in remedies if one.is_used}
        self.remedy.choices = {"": str(_l("None: only the filing date"))} | used
        self.outcome.choices = choices("outcome", empty=str(_l("Choose an outcome")))

    def command(self, today: date) -> WhatIf:
        """Return the question."""
        asked = WhatIf(
            on=today,
            remedy_id=UUID(self.remedy.data) if self.remedy.data else None,
            decided=_exact(self.decided.data),
            notified=_exact(self.notified.data),
            outcome=self.outcome.data or None,
        )
        return replace(asked, on=self.filed_on.data or first_filing_day(today, asked))


def _in_words(remedy: DomesticRemedy) -> str:
    return ": ".join(filter(None, (label("remedy_stage", remedy.stage), remedy.authority)))


def _exact(day: date | None) -> UncertainDate | None:
    return UncertainDate.of(day) if day else None
