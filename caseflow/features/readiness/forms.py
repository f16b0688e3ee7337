"""The form of what-if questions. It saves nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from wtforms import SelectField
from wtforms.validators import Optional

from caseflow.features.readiness.commands import NOT_PURSUED, WhatIf
from caseflow.features.readiness.what_if import first_filing_day
from caseflow.features.remedies.service import WITHOUT_DECISION, UntriedStep
from caseflow.law import UncertainDate
from caseflow.models import DomesticRemedy
from caseflow.web.dates import show_date
from caseflow.web.fields import DayField
from caseflow.web.forms import CaseflowForm
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices, label

STEP: Final = "step:"
"""Begins the values of next steps; those of remedies are their ids."""
NOT_EXCUSED: Final = ("missed", "not_tried")
"""Reasons that are none: the time limit passes unused."""


class WhatIfForm(CaseflowForm):
    """A day of filing, and a decision in one remedy or what becomes of a next step. An empty form gives today's answer."""

    keeps_drafts = False
    is_repeatable = True
    remedy = SelectField(_l("What do you want to try?"), [Optional()])
    outcome = SelectField(_l("With which outcome?"), [Optional()])
    filed = DayField(_l("The next step is filed on"), description=_l("Only for a next step."))
    decided = DayField(_l("Decided on"))
    notified = DayField(
        _l("Notified on"), description=_l("Optional. The safe deadline is calculated from the earlier of the two.")
    )
    reason_not_used = SelectField(_l("If it is not pursued: why?"), [Optional()])
    filed_on = DayField(
        _l("Day on which the case goes to the Committee"),
        description=_l("Leave empty for today, or for the latest date above if that is later."),
    )

    def set_choices(self, remedies: Iterable[DomesticRemedy], steps: Sequence[UntriedStep]) -> None:
        """Set the choices: next steps, then the remedies that were used, those without a decision first; outcomes; reasons."""
        self._steps: dict[str, tuple[UntriedStep, ...]] = {f"{STEP}{one.stage}:{one.claim.id}": (one,) for one in steps}
        for stage in dict.fromkeys(one.stage for one in steps):
            same = tuple(one for one in steps if one.stage == stage)
            if len(same) > 1:
                self._steps[f"{STEP}{stage}"] = same
        used = sorted((one for one in remedies if one.is_used), key=lambda one: one.decided is not None)
        nothing = _("Only another filing date") if steps or used else _("Another filing date")
        self.remedy.choices = (
            {"": nothing}
            | {value: _step_in_words(given) for value, given in self._steps.items()}
            | {str(one.id): _remedy_in_words(one) for one in used}
        )
        self.outcome.choices = choices("outcome", empty=_("Choose an outcome"))
        if steps:
            self.outcome.choices[NOT_PURSUED] = _("Not pursued: the next step is not taken")
        reasons = choices("reason_not_used", empty=_("No reason: its time limit passes unused"))
        self.reason_not_used.choices = {code: words for code, words in reasons.items() if code not in NOT_EXCUSED}

    def command(self, today: date) -> WhatIf:
        """Return the question."""
        chosen = self.remedy.data or ""
        asked = WhatIf(
            on=today,
            remedy_id=UUID(chosen) if chosen and chosen not in self._steps else None,
            steps=self._steps.get(chosen, ()),
            filed=_exact(self.filed.data),
            decided=_exact(self.decided.data),
            notified=_exact(self.notified.data),
            outcome=self.outcome.data or None,
            reason_not_used=self.reason_not_used.data or None,
        )
        return replace(asked, on=self.filed_on.data or first_filing_day(today, asked))


def _step_in_words(steps: Sequence[UntriedStep]) -> str:
    claims = [str(one.claim.position) for one in steps]
    words = {"step": ": ".join(filter(None, (label("remedy_stage", steps[0].stage), steps[0].authority)))}
    day = min((one.last_day for one in steps if one.last_day), default=None)
    if len(claims) > 1:
        text = _("Next step: %(step)s, in claims %(claims)s together", **words, claims=", ".join(claims))
    else:
        text = _("Next step: %(step)s, in claim %(claim)s", **words, claim=claims[0])
    return f"{text} ({_('last day %(day)s', day=show_date(day))})" if day else text


def _remedy_in_words(remedy: DomesticRemedy) -> str:
    name = ": ".join(filter(None, (label("remedy_stage", remedy.stage), remedy.authority)))
    if remedy.decided is None or remedy.outcome in WITHOUT_DECISION:
        return _("Decision in: %(remedy)s", remedy=name)
    return _("Another decision in: %(remedy)s (decided: %(day)s)", remedy=name, day=show_date(remedy.decided))


def _exact(day: date | None) -> UncertainDate | None:
    return UncertainDate.of(day) if day else None
