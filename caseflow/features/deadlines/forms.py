"""The forms of deadlines."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from caseflow.features.deadlines.commands import NewDeadline, Snooze
from caseflow.models import Deadline, DeadlineKind
from caseflow.models.deadline_kinds import KINDS, MANUAL_KINDS, OFFERED_KINDS
from caseflow.web.fields import DayField, HourField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.texts import gettext
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import label
from caseflow.web.zones import zone_choices

OWNER: Final = "owner"
"""The choice of whoever owns the case."""


def _person_field() -> SelectField:
    return SelectField(
        _l("Person responsible"),
        default=OWNER,
        description=_l(
            "Receives the reminders. A person whom you choose keeps this deadline when the case gets another owner."
        ),
    )


def _person_of(field: SelectField) -> UUID | None:
    """Return the chosen person; None for whoever owns the case."""
    return None if field.data in (None, OWNER) else UUID(field.data)


class DeadlineForm(CaseflowForm):
    """The form of a manual deadline. All fields are shown for all kinds, so that it works without scripts."""

    adds = True
    kind = SelectField(
        _l("Kind"),
        default=DeadlineKind.MANUAL.value,
        description=_l("This decides who is notified and when. Threatened acts are notified immediately."),
    )
    title = StringField(
        _l("What is due"),
        [InputRequired(_l("Describe what is due in one line, without names."))],
        description=_l("One line, no names. For example: ask the court for a copy of the judgment."),
    )
    due_on = DayField(
        _l("Last day"),
        [InputRequired(_l("Enter the last day on which it can be done."))],
        description=_l(
            "The last day on which it can still be done, for example 27 3 2027. For a threatened act: the day of the act."
        ),
    )
    hour = HourField(
        _l("Time, for a threatened act"),
        description=_l("Local time where it will happen, for example 14:30."),
    )
    zone = SelectField(
        _l("Time zone"),
        description=_l("Only needed if you enter a time. The time zone of the section is preselected."),
    )
    given_to = _person_field()
    note = TextAreaField(_l("Note"), description=_l("Optional."), render_kw={"rows": 3})

    def __init__(self, section_zone: str, people: Mapping[str, str], **options: Any) -> None:
        if options.get("kind") not in MANUAL_KINDS:
            options.pop("kind", None)
        super().__init__(**{"zone": section_zone, **options})
        own = [kind for kind in MANUAL_KINDS if kind.value == options.get("kind")]
        self.kind.choices = {kind.value: label("deadline_kind", kind.value) for kind in (*OFFERED_KINDS, *own)}
        self.zone.choices = zone_choices(section_zone)
        self.given_to.choices = dict(people)

    def command(self) -> NewDeadline:
        """Return the command."""
        kind = DeadlineKind(self.kind.data)
        return NewDeadline(
            title=self.title.data or "",
            due_on=self.due_on.data,
            note=self.note.data or "",
            kind=kind,
            hour=self.hour.data,
            zone=self.zone.data or "" if KINDS[kind].has_hour else "",
            given_to_id=_person_of(self.given_to),
        )


class DeadlineEditForm(DeadlineForm):
    """The form to change a manual deadline."""

    version = VersionField()
    base = HiddenField()

    def __init__(self, deadline: Deadline, section_zone: str, people: Mapping[str, str]) -> None:
        self._section_zone = section_zone
        super().__init__(section_zone, people, version=deadline.version, **self.values_of(deadline))

    def values_of(self, row: object) -> dict[str, Any]:
        """Return the values of a deadline by field name, with the hour in its own time zone."""
        assert isinstance(row, Deadline)
        names = ("title", "due_on", "note")
        hour = row.due_at.astimezone(ZoneInfo(row.zone)).time() if row.due_at else None
        own = {"kind": row.kind.value, "hour": hour, "zone": row.zone or self._section_zone, "given_to": _given_to(row)}
        return own | {name: getattr(row, name) for name in names}


def _given_to(row: Deadline) -> str:
    return str(row.given_to_id or OWNER)


class ResponsibleForm(CaseflowForm):
    """The form to choose the person responsible for a deadline."""

    given_to = _person_field()
    version = VersionField()
    base = HiddenField()

    def __init__(self, deadline: Deadline, people: Mapping[str, str]) -> None:
        super().__init__(version=deadline.version, **self.values_of(deadline))
        self.given_to.choices = dict(people)

    def values_of(self, row: object) -> dict[str, Any]:
        """Return the values of a deadline by field name."""
        assert isinstance(row, Deadline)
        return {"given_to": _given_to(row)}

    def person_id(self) -> UUID | None:
        """Return the chosen person; None for whoever owns the case."""
        return _person_of(self.given_to)


class DoneForm(CaseflowForm):
    """The form to mark a deadline as done."""

    outcome = StringField(
        _l("How was it done?"),
        [InputRequired(_l("Describe in one line how it was done."))],
    )
    is_sure = BooleanField(
        _l("Nothing has to be filed by this day any more, for the reason above: no more reminders of it")
    )
    """Shown for the one-year clock only."""
    version = VersionField()
    back = HiddenField()
    """The page to return to: `case`, `reminders`, or empty for "My work"."""

    def __init__(self, deadline: Deadline | None = None, **options: Any) -> None:
        super().__init__(**options)
        if deadline is not None and deadline.kind is DeadlineKind.ONE_YEAR:
            self.outcome.label.text = gettext("Why does it no longer apply?")

    def version_and_outcome(self) -> tuple[int, str]:
        """Return the version that the person has seen, and the outcome."""
        return self.version.data or 0, self.outcome.data or ""


class AcknowledgeForm(CaseflowForm):
    """The form to acknowledge a deadline or to end a snooze."""

    version = VersionField()
    back = HiddenField()


class SnoozeForm(CaseflowForm):
    """The form to snooze a deadline."""

    until = DayField(
        _l("Remind me again on"),
        [InputRequired(_l("Enter the day on which you want to be reminded."))],
    )
    reason = StringField(
        _l("Why can it wait?"),
        [InputRequired(_l("Give the reason why it can wait, in one line."))],
        description=_l("One line, no names. It is kept in the case history."),
    )
    version = VersionField()
    back = HiddenField()

    def command(self) -> Snooze:
        """Return the command."""
        return self.build(Snooze)
