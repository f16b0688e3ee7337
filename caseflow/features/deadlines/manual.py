"""Checks of manual deadlines: kind, day, and the moment of those with an hour."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from caseflow.clock import now, time_zones, today
from caseflow.errors import Invalid
from caseflow.features.deadlines.commands import NewDeadline
from caseflow.models import Deadline
from caseflow.models.deadline_kinds import KINDS

FARTHEST = timedelta(days=366 * 20)
"""A later date is treated as a typing error."""


def columns_of(new: NewDeadline, section_zone: str, present: Deadline | None = None) -> dict[str, object]:
    """Return the columns of a manual deadline. `present` is the row to change, if any: its unchanged day may have passed.

    Raises:
        Invalid: this kind is computed, the title is missing, or the day or the hour is impossible.
    """
    kind = KINDS[new.kind]
    if not kind.is_manual:
        raise Invalid(
            "The deadline was not saved.",
            {"kind": "This date is calculated from the facts of the case. Choose another kind."},
        )
    if not new.title.strip():
        raise Invalid("The deadline was not saved.", {"title": "Describe what is due in one line, without names."})
    due_at = _due_at(new)
    zone = new.zone if due_at else section_zone
    has_moved = present is None or (present.due_on, present.due_at) != (new.due_on, due_at)
    if has_moved and new.due_on < today(zone):
        raise Invalid(
            "The deadline was not saved.",
            {"due_on": "This day has passed. Enter the last day on which it can be done."},
        )
    if has_moved and due_at is not None and due_at <= now():
        raise Invalid(
            "The deadline was not saved.",
            {"hour": "This time has passed there. Check the time and the time zone."},
        )
    if new.due_on - today(zone) > FARTHEST:
        raise Invalid("The deadline was not saved.", {"due_on": "This is more than twenty years away. Check the year."})
    return {
        "kind": new.kind,
        "title": new.title.strip(),
        "due_on": new.due_on,
        "due_at": due_at,
        "zone": zone if due_at else "",
        "note": new.note.strip(),
    }


def _due_at(new: NewDeadline) -> datetime | None:
    """Return the moment of a deadline with an hour, otherwise None. Of an ambiguous hour it is the first, which is safe."""
    if not KINDS[new.kind].has_hour:
        if new.hour is not None:
            raise Invalid(
                "The deadline was not saved.",
                {"hour": "Only a threatened act has a time. Leave this empty, or choose that kind."},
            )
        return None
    if new.hour is None:
        raise Invalid(
            "The deadline was not saved.",
            {"hour": "Enter the time at which it will happen, for example 14:30. If you do not know it, enter 00:00."},
        )
    if new.zone not in time_zones():
        raise Invalid("The deadline was not saved.", {"zone": "Choose a time zone."})
    moment = datetime.combine(new.due_on, new.hour, ZoneInfo(new.zone)).astimezone(UTC)
    local = moment.astimezone(ZoneInfo(new.zone))
    # Where the clocks go forward at midnight, 00:00 means the first moment of the day: there is none earlier to enter.
    is_start_of_day = new.hour == time(0) and local.date() == new.due_on
    if local.time() != new.hour and not is_start_of_day:
        raise Invalid(
            "The deadline was not saved.",
            {"hour": "This time does not exist there: the clocks go forward that night. Enter the hour before it."},
        )
    return moment


def is_ambiguous_hour(day: date, hour: time, zone: str) -> bool:
    """Return whether an hour occurs twice because the clocks go back."""
    first = datetime.combine(day, hour, ZoneInfo(zone))
    return first.astimezone(UTC) < first.replace(fold=1).astimezone(UTC)
