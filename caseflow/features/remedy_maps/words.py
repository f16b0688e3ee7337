"""The labels of remedy maps by vocabulary and code, and functions for templates, also of other features (`install`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Flask

from caseflow.models import LimitUnit, RemedyMap, RemedyMapStep
from caseflow.web.dates import Kind, show_date
from caseflow.web.feature import Vocabulary
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.texts import ngettext
from caseflow.web.words import label, state_name

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "limit_unit": {
        "calendar_days": _l("calendar days"),
        "working_days": _l("working days"),
        "months": _l("months"),
        "years": _l("years"),
    },
    "limit_from": {
        "act": _l("the act"),
        "decision": _l("the decision"),
        "notification": _l("the notification"),
        "publication": _l("the publication"),
        "silence": _l("the silence that counts as a refusal"),
    },
    "effectiveness": {
        "effective": _l("Effective"),
        "doubtful": _l("Doubtful"),
        "ineffective": _l("Not effective"),
        "not_known": _l("Not assessed"),
    },
}


@dataclass(frozen=True, slots=True)
class MapStanding:
    """Whether a map was reviewed, in words, and its kind (colour)."""

    words: str
    kind: Kind


def map_title(remedy_map: RemedyMap) -> str:
    """Return the title of a map: its State and its right."""
    return f"{state_name(remedy_map.state_code)}: {label('right', remedy_map.right)}"


def map_standing(remedy_map: RemedyMap) -> MapStanding:
    """Return whether a map is an example, reviewed or neither."""
    if remedy_map.reviewed_by:
        day = show_date(remedy_map.reviewed_on)
        return MapStanding(_("Reviewed by %(who)s on %(day)s", who=remedy_map.reviewed_by, day=day), "good")
    if remedy_map.is_example:
        return MapStanding(_("Example, not reviewed"), "warn")
    return MapStanding(_("Not reviewed"), "warn")


def limit_words(step: RemedyMapStep) -> str:
    """Return a time limit: "20 working days after the notification"."""
    if step.limit_count is None or step.limit_unit is None or step.limit_from is None:
        return ""
    amount = {
        LimitUnit.CALENDAR_DAYS: ngettext("%(num)d calendar day", "%(num)d calendar days", step.limit_count),
        LimitUnit.WORKING_DAYS: ngettext("%(num)d working day", "%(num)d working days", step.limit_count),
        LimitUnit.MONTHS: ngettext("%(num)d month", "%(num)d months", step.limit_count),
        LimitUnit.YEARS: ngettext("%(num)d year", "%(num)d years", step.limit_count),
    }[step.limit_unit]
    return str(_("%(amount)s after %(event)s", amount=amount, event=label("limit_from", step.limit_from.value)))


def install(app: Flask) -> None:
    """Add these functions to the globals of templates, as pages of remedies show steps of maps."""
    app.jinja_env.globals.update(map_title=map_title, map_standing=map_standing, limit_words=limit_words)
