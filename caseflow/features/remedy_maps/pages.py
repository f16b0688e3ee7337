"""Remedy maps in words: the facts of steps, and the history."""

from collections.abc import Iterable, Mapping
from datetime import date

from babel.dates import format_date, format_skeleton
from markupsafe import Markup

from caseflow.features.reference.queries import RegisterEntry
from caseflow.features.remedy_maps.words import limit_words
from caseflow.models import RemedyMap, RemedyMapStep
from caseflow.web.dates import show_date, show_moment
from caseflow.web.history import Change, HistoryLine
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.texts import page_locale
from caseflow.web.words import label, state_name

ACTIONS = {
    "remedy_map.pack_loaded": _l("Loaded an example"),
    "remedy_map.added": _l("Created the map"),
    "remedy_map.changed": _l("Changed what holds for all steps"),
    "remedy_map.copied": _l("Copied the map from another"),
    "remedy_map.reviewed": _l("Marked the map as reviewed"),
    "remedy_map.step_added": _l("Added a step"),
    "remedy_map.step_changed": _l("Changed a step"),
    "remedy_map.step_moved": _l("Changed the order of steps"),
    "remedy_map.step_removed": _l("Removed a step"),
}
FIELDS = {
    "step": _l("Step"),
    "place": _l("Place"),
    "steps": _l("Steps"),
    "state_code": _l("State"),
    "right": _l("Right"),
    "is_example": _l("Example"),
    "holiday_region": _l("Region of the holidays"),
    "closed_periods": _l("Closed periods"),
    "stage": _l("Stage"),
    "name": _l("Name"),
    "authority": _l("Authority"),
    "kind": _l("Kind"),
    "limit_count": _l("Time limit"),
    "limit_unit": _l("Counted in"),
    "limit_from": _l("Counted from the day after"),
    "runs_in_closed_periods": _l("Runs in closed periods"),
    "limit_note": _l("On the time limit"),
    "is_suspensive": _l("Suspensive"),
    "costs": _l("Costs"),
    "effectiveness": _l("Effectiveness"),
    "effectiveness_note": _l("What shows that"),
    "source": _l("Source"),
    "checked_on": _l("Checked on"),
    "reviewed_by": _l("Reviewed by"),
    "reviewed_on": _l("Reviewed on"),
}
FIELD_VOCABULARIES = {
    "right": "right",
    "stage": "remedy_stage",
    "kind": "remedy_kind",
    "limit_unit": "limit_unit",
    "limit_from": "limit_from",
    "effectiveness": "effectiveness",
}


def periods_of(remedy_map: RemedyMap) -> list[str]:
    """Return the closed periods of a map in words."""
    return [
        _("%(first)s to %(last)s", first=_day_of_year(first), last=_day_of_year(last))
        for first, last in remedy_map.closed_periods
    ]


def _day_of_year(text: str) -> str:
    month, day = (int(part) for part in text.split("-"))
    locale, of_a_leap_year = page_locale(), date(2024, month, day)
    if locale.language == "en":  # day first, as everywhere (`web.dates`)
        return format_date(of_a_leap_year, "d MMMM", locale=locale)
    return format_skeleton("MMMMd", of_a_leap_year, locale=locale)


def step_facts(step: RemedyMapStep, *, has_closed_periods: bool) -> list[tuple[str, object]]:
    """Return the facts of a step with their labels, without empty ones except the time limit."""
    suspends = {True: _("Yes"), False: _("No"), None: ""}[step.is_suspensive]
    runs = _("Also counted in the closed periods.") if has_closed_periods and step.runs_in_closed_periods else ""
    checked = _("Checked on %(day)s.", day=show_date(step.checked_on)) if step.checked_on else ""
    facts: list[tuple[str, object]] = [
        (_("Time limit"), _limit(step, runs)),
        (_("Suspends the measure"), suspends),
        (_("Costs"), step.costs),
        (_("Effectiveness"), ": ".join(filter(None, (_assessed(step), step.effectiveness_note)))),
        (_("Source"), _with_note(step.source, checked)),
    ]
    return [(words, value) for words, value in facts if value]


def _limit(step: RemedyMapStep, runs: str) -> Markup:
    words = Markup("<strong>{}</strong>").format(limit_words(step) or _("None recorded"))
    return _with_note(words, " ".join(filter(None, (runs, step.limit_note))))


def _with_note(words: str, note: str) -> Markup:
    """Return a value with a note in smaller type below."""
    if not note:
        return Markup("{}").format(words)
    return Markup('{}{}<span class="cf-small cf-soft">{}</span>').format(words, Markup("<br>") if words else "", note)


def _assessed(step: RemedyMapStep) -> str:
    known = step.effectiveness.value != "not_known"
    return label("effectiveness", step.effectiveness.value) if known else ""


def shown_history(changes: Iterable[RegisterEntry]) -> list[HistoryLine]:
    """Return the history in words, in UTC as a map belongs to no section."""
    return [_entry(change) for change in changes]


def _entry(change: RegisterEntry) -> HistoryLine:
    unnamed = _("Someone in another section") if change.by_person else _("caseflow")
    fields = [
        Change(str(words), *(_in_words(name, value) for value in change.changes[name]))
        for name, words in FIELDS.items()
        if name in change.changes
    ]
    return HistoryLine(str(ACTIONS[change.action]), change.who or unnamed, show_moment(change.at), fields)


def _in_words(name: str, value: object) -> str:
    plain: Mapping[object, str] = {None: "", True: _("yes"), False: _("no")}
    if value is None or isinstance(value, bool):
        return plain[value]
    if isinstance(value, list):
        return ", ".join(f"{first} \u2013 {last}" for first, last in value)
    text = str(value)
    if name in FIELD_VOCABULARIES and text:
        return label(FIELD_VOCABULARIES[name], text)
    return state_name(text) if name == "state_code" else text
