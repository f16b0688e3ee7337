"""The verbs of remedy maps: add, change, copy, mark as reviewed. Those of their steps are in `steps.py`.

A map helps people to find a time limit, so an error does harm: a map must be reviewed again after each change. Public
holidays and weekends come from the library `holidays`, which is large and imported when the first working day is counted.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from types import ModuleType
from typing import Final
from uuid import UUID

from caseflow.access import Permission
from caseflow.audit import Changes, assign_changes, changes_of
from caseflow.clock import latest_local_today, now
from caseflow.days import check_year
from caseflow.errors import Forbidden, Invalid, stale
from caseflow.features.reference.queries import state_codes
from caseflow.features.reference.service import note_register_change
from caseflow.features.remedy_maps.commands import CopyMap, MapHead, MapRules, NewRemedyMap, ReviewMap
from caseflow.features.remedy_maps.queries import SUBJECT, map_for, maps_by_place, one_remedy_map
from caseflow.law import load_vocabularies
from caseflow.law.limits import SATURDAY_AND_SUNDAY, ClosedPeriod, WorkingCalendar, closed_days, no_holidays
from caseflow.law.remedy_maps import PackedMap, load_remedy_maps
from caseflow.models import Effectiveness, LimitFrom, LimitUnit, RemedyKind, RemedyMap, RemedyMapStep
from caseflow.unit_of_work import UnitOfWork

STEP_FIELDS = (
    "stage", "name", "authority", "kind", "limit_count", "limit_unit", "limit_from", "runs_in_closed_periods", "limit_note",
    "is_suspensive", "costs", "effectiveness", "effectiveness_note", "source", "checked_on",
)  # fmt: skip

FIRST_REVIEW_YEAR = 1990
"""Earlier years are typing errors."""
MOST_PERIODS = 20
MOST_CLOSED_DAYS = 300
"""Of a year. Courts close for a month or two; with nearly all days closed no limit would end."""
CACHED_YEARS = 2000
"""Size of the cache of holidays: years of a State or region, with about fifteen days each."""
INTERNAL_FIELDS: Final = frozenset({"map_id", "position", "pack", "changed_at"})
"""Fields that the history leaves out."""
ENUMS = {"kind": RemedyKind, "limit_unit": LimitUnit, "limit_from": LimitFrom, "effectiveness": Effectiveness}


def add_map(uow: UnitOfWork, new: NewRemedyMap) -> RemedyMap:
    """Add a map.

    Raises:
        Forbidden: the person may not change maps.
        Invalid: the State or the right is unknown, or has its map already.
    """
    require_editor(uow)
    _check_place(uow, new.state_code, new.right, checked_on=new.checked_on)
    remedy_map = RemedyMap(
        state_code=new.state_code, right=new.right, source=new.source, checked_on=new.checked_on, changed_at=now()
    )
    uow.session.add(remedy_map)
    changes = visible_changes(remedy_map)
    uow.flush()
    record_history(uow, remedy_map, "remedy_map.added", changes)
    return remedy_map


def change_map(uow: UnitOfWork, map_id: UUID, head: MapHead) -> RemedyMap:
    """Change the fields that apply to all steps of a map.

    Raises:
        NotFound, Forbidden: it does not exist, or the person may not change maps.
        Conflict: somebody else has saved it; carries the saved row.
        Invalid: the region is unknown, or the closed periods are faulty or too long.
    """
    remedy_map = editable_map(uow, map_id)
    if remedy_map.version != head.version:
        raise stale(remedy_map)
    _check_head(remedy_map.state_code, head)
    closed = [list(pair) for pair in head.closed_periods]
    same = {name: getattr(head, name) for name in ("holiday_region", "source", "checked_on")}
    assign_changes(remedy_map, {**same, "closed_periods": closed})
    if changes := visible_changes(remedy_map):
        record_change(uow, remedy_map, "remedy_map.changed", changes)
    return remedy_map


def copy_map(uow: UnitOfWork, map_id: UUID, to: CopyMap) -> RemedyMap:
    """Copy a map for another State or right. The copy is an example until a lawyer has reviewed it.

    Raises:
        NotFound, Forbidden: it does not exist, or the person may not change maps.
        Invalid: the State or the right is unknown, or has its map already.
    """
    original = editable_map(uow, map_id)
    _check_place(uow, to.state_code, to.right)
    copy = RemedyMap(
        state_code=to.state_code,
        right=to.right,
        is_example=True,
        source=original.source,
        checked_on=original.checked_on,
        changed_at=now(),
    )
    if original.state_code == to.state_code:
        copy.holiday_region, copy.closed_periods = original.holiday_region, original.closed_periods
    copy.steps = [
        RemedyMapStep(position=step.position, **{name: getattr(step, name) for name in STEP_FIELDS})
        for step in original.steps
    ]
    uow.session.add(copy)
    changes = visible_changes(copy)
    uow.flush()
    changes["copied_from"] = [None, str(original.id)]
    record_history(uow, copy, "remedy_map.copied", changes)
    return copy


def mark_reviewed(uow: UnitOfWork, map_id: UUID, review: ReviewMap) -> RemedyMap:
    """Record the review of a map by a lawyer of the State; it is then no longer an example.

    Raises:
        NotFound, Forbidden: it does not exist, or the person may not change maps.
        Conflict: somebody changed it after the review; carries the present row.
        Invalid: the map has no steps, or the day is impossible.
    """
    remedy_map = editable_map(uow, map_id)
    if remedy_map.version != review.version:
        raise stale(remedy_map)
    problems = {}
    if not remedy_map.steps:
        problems["reviewed_by"] = "There is no step on this map yet. Add the remedies first."
    if review.reviewed_on > latest_local_today():
        problems["reviewed_on"] = "This date is in the future. Enter the date of the review."
    elif review.reviewed_on.year < FIRST_REVIEW_YEAR:
        problems["reviewed_on"] = "No map was reviewed before 1990. Check the year."
    if problems:
        raise Invalid("The map was not marked as reviewed.", problems)
    remedy_map.reviewed_by, remedy_map.reviewed_on = review.reviewed_by, review.reviewed_on
    remedy_map.is_example = False
    changes = visible_changes(remedy_map)
    remedy_map.changed_at = now()
    record_history(uow, remedy_map, "remedy_map.reviewed", changes)
    return remedy_map


def editable_map(uow: UnitOfWork, map_id: UUID) -> RemedyMap:
    """Return a map with its steps, if the person may change it.

    Raises:
        NotFound, Forbidden: it does not exist, or the person may not change maps.
    """
    remedy_map = one_remedy_map(uow, map_id)
    require_editor(uow)
    return remedy_map


def require_editor(uow: UnitOfWork) -> None:
    """Check that the acting person may change maps.

    Raises:
        Forbidden: the person may not; the message says whom to ask.
    """
    if not uow.person.may(Permission.REMEDY_MAP_EDIT):
        raise Forbidden(
            "Remedy maps are changed by coordinators and administrators. Ask the coordinator of your section."
        )


def _check_place(uow: UnitOfWork, state_code: str, right: str, *, checked_on: date | None = None) -> None:
    problems: dict[str, str] = {}
    check_checked_on(problems, checked_on)
    if state_code not in state_codes(uow):
        problems["state_code"] = "Choose the State from the list."
    if right not in {one.code for one in load_vocabularies().rights}:
        problems["right"] = "Choose the right from the list."
    elif map_for(uow, state_code, right) is not None:
        problems["right"] = "There is already a map of this State for this right. Change that one."
    if problems:
        raise Invalid("The map was not saved.", problems)


def check_checked_on(problems: dict[str, str], checked_on: date | None) -> None:
    """Add a message to `problems` if a source cannot have been checked on a day."""
    if checked_on is not None and checked_on > latest_local_today():
        problems["checked_on"] = (
            "The date of checking is in the future. Enter the date on which the source was checked."
        )
    check_year(problems, "checked_on", checked_on)


def _check_head(state_code: str, head: MapHead) -> None:
    problems: dict[str, str] = {}
    check_checked_on(problems, head.checked_on)
    if head.holiday_region and head.holiday_region not in regions_of(state_code):
        problems["holiday_region"] = "Choose the region from the list."
    try:
        closed = [ClosedPeriod.parse(*pair) for pair in head.closed_periods]
    except ValueError:
        problems["closed_periods"] = "Enter two dates for each period, month and day: 08-01 to 08-31 is August."
    else:
        if len(closed) > MOST_PERIODS or closed_days(closed) > MOST_CLOSED_DAYS:
            problems["closed_periods"] = (
                "Enter at most %(periods)s periods, and leave at least %(open)s days of the year open."
            )
    if problems:
        values = {"periods": MOST_PERIODS, "open": 365 - MOST_CLOSED_DAYS}
        raise Invalid("The map was not saved.", problems, values=values)


def knows_holidays(state_code: str) -> bool:
    """Return whether the library has the holidays of a State."""
    return state_code in _regions()


def regions_of(state_code: str) -> Sequence[str]:
    """Return the codes of a State's regions with their own holidays, as in the library (ISO 3166-2)."""
    return _regions().get(state_code, ())


def calendar_of(rules: MapRules, *, with_closed_periods: bool = True) -> WorkingCalendar:
    """Return the calendar by which working days are counted.

    Without known holidays only Saturdays, Sundays and closed periods are skipped; pages must say so (`knows_holidays`).
    """
    pairs = rules.closed_periods if with_closed_periods else []
    closed = tuple(ClosedPeriod.parse(first, last) for first, last in pairs)
    if not knows_holidays(rules.state_code):
        return WorkingCalendar(no_holidays, SATURDAY_AND_SUNDAY, closed)
    region = rules.holiday_region if rules.holiday_region in regions_of(rules.state_code) else ""
    return WorkingCalendar(
        lambda year: _holidays(rules.state_code, region, year), _weekend(rules.state_code, region), closed
    )


@lru_cache(maxsize=CACHED_YEARS)
def _holidays(state_code: str, region: str, year: int) -> frozenset[date]:
    return frozenset(_library().country_holidays(state_code, subdiv=region or None, years=year))


@cache
def _weekend(state_code: str, region: str) -> frozenset[int]:
    return frozenset(_library().country_holidays(state_code, subdiv=region or None).weekend)


@cache
def _regions() -> dict[str, list[str]]:
    return dict(_library().list_supported_countries(include_aliases=False))


def _library() -> ModuleType:
    import holidays  # noqa: PLC0415 - large: imported only to count working days

    return holidays


def visible_changes(row: RemedyMap | RemedyMapStep) -> Changes:
    """Return the changes of a row, without internal fields."""
    return {name: values for name, values in changes_of(row).items() if name not in INTERNAL_FIELDS}


def record_history(uow: UnitOfWork, remedy_map: RemedyMap, action: str, changes: Changes, *, source: str = "") -> None:
    """Add an entry to the history of a map, with the acting person; without one for packs."""
    note_register_change(uow, SUBJECT, str(remedy_map.id), action, changes, source=source)


def record_change(uow: UnitOfWork, remedy_map: RemedyMap, action: str, changes: Changes) -> None:
    """Record a change by a person, and remove the review. Changes of steps increase the map's version, too."""
    if remedy_map.reviewed_by:
        changes = {**changes, "reviewed_by": [remedy_map.reviewed_by, None]}
        remedy_map.reviewed_by, remedy_map.reviewed_on = "", None
    remedy_map.changed_at = now()
    record_history(uow, remedy_map, action, changes)


def load_map_pack(uow: UnitOfWork) -> None:
    """Load the examples of the pack where there is no map yet, or an unchanged one of an older pack; idempotent."""
    pack, known = load_remedy_maps(), maps_by_place(uow)
    for packed in pack.maps:
        remedy_map = known.get((packed.state_code, packed.right))
        if remedy_map is None:
            remedy_map = RemedyMap(state_code=packed.state_code, right=packed.right)
            uow.session.add(remedy_map)
        elif remedy_map.changed_at is not None or remedy_map.pack == pack.version:
            continue
        _write(uow, remedy_map, packed, pack.version)


def _write(uow: UnitOfWork, remedy_map: RemedyMap, packed: PackedMap, version: str) -> None:
    remedy_map.is_example, remedy_map.pack = True, version
    remedy_map.holiday_region, remedy_map.closed_periods = (
        packed.holiday_region,
        [list(p) for p in packed.closed_periods],
    )
    remedy_map.source, remedy_map.checked_on = packed.source, packed.checked_on
    remedy_map.steps = [
        RemedyMapStep(position=place, **{name: _value(name, getattr(step, name)) for name in STEP_FIELDS})
        for place, step in enumerate(packed.steps, 1)
    ]
    uow.flush()
    record_history(uow, remedy_map, "remedy_map.pack_loaded", {"steps": [None, len(packed.steps)]}, source=version)


def _value(name: str, value: object) -> object:
    return ENUMS[name](value) if name in ENUMS and isinstance(value, str) else value
