"""Words of deadlines. Who is notified when is derived from the kinds and the section's thresholds, so that it is always true."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from babel.lists import format_list
from flask import Flask

from caseflow.features.deadlines.planning import FINAL_WARNING, OVERDUE_AFTER
from caseflow.models import DeadlineKind
from caseflow.models.deadline_kinds import KINDS, OFFERED_KINDS, OVERDUE, thresholds_of
from caseflow.web.feature import Vocabulary
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.texts import ngettext, page_locale
from caseflow.web.words import label


@dataclass(frozen=True, slots=True)
class NotificationWords:
    """When the owner and the coordinators are notified of one kind of deadline, in words."""

    kind: str
    name: str
    owner: str
    coordinators: str


def notification_words_of_manual_kinds(section: Mapping[DeadlineKind, Sequence[int]]) -> list[NotificationWords]:
    """Return the words for each kind that people add, with a section's thresholds."""
    return [notification_words(kind, section.get(kind)) for kind in OFFERED_KINDS]


def notification_words(kind: DeadlineKind, section: Sequence[int] | None) -> NotificationWords:
    """Return the words for a kind."""
    rule = KINDS[kind]
    owner = threshold_words(thresholds_of(kind, section), has_hour=rule.has_hour)
    late = _("the coordinators when it is overdue")
    if rule.escalates_at is not None:
        late = ngettext(
            "the coordinators when it is overdue, and %(num)d day before if nobody has acknowledged it",
            "the coordinators when it is overdue, and %(num)d days before if nobody has acknowledged it",
            rule.escalates_at,
        )
    if rule.is_loud:
        late = _("the coordinators at once, when it is overdue, and a day before if nobody has acknowledged it")
    return NotificationWords(kind.value, label("deadline_kind", kind.value), owner, late)


def threshold_words(thresholds: Sequence[int], *, has_hour: bool = False) -> str:
    """Return thresholds in words: "7 and 1 days before, on the day, and when it has passed"."""
    days = [threshold for threshold in thresholds if threshold > 0]
    parts = []
    if days:
        listed = format_list([str(day) for day in days], locale=page_locale())
        parts.append(
            ngettext("%(days)s day before", "%(days)s days before", days[-1] if len(days) == 1 else 2, days=listed)
        )
    if 0 in thresholds:
        hours = int(FINAL_WARNING.total_seconds() // 3600)
        parts.append(ngettext("%(num)d hour before", "%(num)d hours before", hours) if has_hour else _("on the day"))
    if OVERDUE in thresholds:
        hours = int(OVERDUE_AFTER.total_seconds() // 3600)
        after = ngettext("%(num)d hour after it", "%(num)d hours after it", hours)
        parts.append(after if has_hour else _("the day after"))
    return format_list(parts, locale=page_locale())


VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "deadline_kind": {
        "one_year": _l("One-year clock"),
        "next_domestic_step": _l("Next domestic step"),
        "threatened_act": _l("Threatened act"),
        "committee_request": _l("Request of the Committee"),
        "state_reply": _l("Reply of the State"),
        "views_reply": _l("State's answer to the Views"),
        "contact_check": _l("Contact with a victim"),
        "consent_expiry": _l("Consent ends"),
        "interim_check": _l("Check of interim measures"),
        "task": _l("Task"),
        "manual": _l("Deadline"),
    },
    "deadline_act": {
        "one_year": _l("File the communication"),
        "next_domestic_step": _l("Take the next domestic step"),
        "threatened_act": _l("Act before the threatened act"),
        "committee_request": _l("Answer the Committee"),
        "state_reply": _l("Check whether the State has replied"),
        "views_reply": _l("Check whether the State has answered the Views"),
        "contact_check": _l("Contact the victim"),
        "consent_expiry": _l("Ask for consent again"),
        "interim_check": _l("Check whether the State keeps the interim measures"),
        "task": _l("Do the task"),
        "manual": _l("Meet the deadline"),
    },
    "deadline_done": {
        "one_year": _l("One line, no names. Not that it was sent: record the filing instead."),
        "next_domestic_step": _l("One line, no names. For example: the appeal was filed on 3 May."),
        "threatened_act": _l(
            "Done means: the act will not happen, was stopped, or has happened. Enter which, without names."
        ),
        "committee_request": _l("Done means: the answer has reached the Committee. Enter when and how it was sent."),
        "state_reply": _l("Done means: the State has replied, or the Committee was informed that it has not."),
        "views_reply": _l(
            "Done means: the State has answered the Views, or the Committee was informed that it has not."
        ),
        "contact_check": _l("Done means: someone has spoken with the person. Enter when, without names."),
        "consent_expiry": _l("Done means: consent was requested again, or what depended on it has ended."),
        "interim_check": _l("One line, no names: what was found. Record a breach on the page “Emergency” of the case."),
        "task": _l("One line, no names: the result."),
        "manual": _l("One line, no names. For example: the appeal was filed on 3 May."),
    },
    "act_kind": {"deadlines": _l("Deadlines")},
    "action": {
        "deadline.added": _l("Added a deadline"),
        "deadline.computed": _l("A deadline was calculated"),
        "deadline.moved": _l("A deadline moved"),
        "deadline.changed": _l("Changed a deadline"),
        "deadline.acknowledged": _l("Acknowledged a deadline"),
        "deadline.snoozed": _l("Postponed the reminders of a deadline"),
        "deadline.woken": _l("Resumed the reminders of a deadline"),
        "deadline.done": _l("A deadline was done"),
        "deadline.closed": _l("A deadline no longer applies"),
        "deadline.reopened": _l("A deadline applies again"),
        "deadline.reassigned": _l("A deadline was reassigned"),
        "deadline.given": _l("Chose the person responsible for a deadline"),
    },
    "field": {
        "due_on": _l("Due"),
        "due_at": _l("At"),
        "acknowledged_for": _l("Acknowledged: due on"),
        "snoozed_until": _l("Remind again on"),
        "snooze_reason": _l("Reason"),
        "note": _l("Note"),
        "done_at": _l("Done"),
        "responsible_id": _l("Responsible"),
        "given_to_id": _l("Given to"),
    },
}
HISTORY: Final = {
    "deadline.kind": "deadline_kind",
}
"""Fields of the history whose values are codes, and their vocabulary."""


def install(app: Flask) -> None:
    """Give these functions to templates: pages of reminders use them, too."""
    app.jinja_env.globals.update(notification_words=notification_words, threshold_words=threshold_words)
