"""Queries of remedy maps. They contain no cases, so everybody with a role may see all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, or_, select, tuple_
from sqlalchemy.orm import contains_eager, joinedload

from caseflow.errors import NotFound
from caseflow.features.reference.queries import RegisterEntry, history_of
from caseflow.models import RemedyMap, RemedyMapStep, State
from caseflow.unit_of_work import UnitOfWork

SUBJECT = "remedy_map"
"""The subject of maps in the history of the register."""
MAPS_PAGE = 50


@dataclass(frozen=True, slots=True)
class MapRow:
    """A map in the list, with its number of steps."""

    map: RemedyMap
    steps: int


@dataclass(frozen=True, slots=True)
class MapPage:
    """A page of the list, ordered by the State's name and the right; `next` is its last map if more follow."""

    rows: list[MapRow]
    next: UUID | None


def is_due(before: date) -> ColumnElement[bool]:
    """Return the condition that no lawyer has reviewed a map since a day, or ever, or it was not checked since."""
    reviewed, checked = RemedyMap.reviewed_on, RemedyMap.checked_on
    return or_(reviewed.is_(None), reviewed < before, checked.is_(None), checked < before)


@dataclass(frozen=True, slots=True)
class NumberOfMaps:
    """How many maps there are, and how many are due for review."""

    all: int
    due: int


def numbers_of_maps(uow: UnitOfWork, before: date) -> NumberOfMaps:
    """Return how many maps were not reviewed or checked since a day: one statement."""
    counted = select(func.count(), func.count().filter(is_due(before))).select_from(RemedyMap)
    return NumberOfMaps(*uow.session.execute(counted).one())


def map_list(
    uow: UnitOfWork, *, state: str = "", right: str = "", due_before: date | None = None, after: UUID | None = None
) -> MapPage:
    """Return a page of maps with their number of steps; with `due_before` only those that are due for review."""
    steps = select(func.count()).where(RemedyMapStep.map_id == RemedyMap.id).scalar_subquery()
    maps = select(RemedyMap, steps).join(State, State.code == RemedyMap.state_code)
    if state:
        maps = maps.where(RemedyMap.state_code == state)
    if right:
        maps = maps.where(RemedyMap.right == right)
    if due_before is not None:
        maps = maps.where(is_due(due_before))
    if after is not None:
        last = select(State.name, RemedyMap.right).join(RemedyMap, RemedyMap.state_code == State.code)
        maps = maps.where(tuple_(State.name, RemedyMap.right) > last.where(RemedyMap.id == after).scalar_subquery())
    found = uow.session.execute(maps.order_by(State.name, RemedyMap.right).limit(MAPS_PAGE + 1)).all()
    rows = [MapRow(*row) for row in found[:MAPS_PAGE]]
    return MapPage(rows, rows[-1].map.id if len(found) > MAPS_PAGE else None)


def one_remedy_map(uow: UnitOfWork, map_id: UUID) -> RemedyMap:
    """Return a map with its steps.

    Raises:
        NotFound: it does not exist.
    """
    found = select(RemedyMap).where(RemedyMap.id == map_id).options(joinedload(RemedyMap.steps))
    remedy_map = uow.session.scalars(found).unique().one_or_none()
    if remedy_map is None:
        raise NotFound("There is no such remedy map.")
    return remedy_map


def one_step(uow: UnitOfWork, map_id: UUID, step_id: UUID) -> RemedyMapStep:
    """Return a step of a map.

    Raises:
        NotFound: it does not exist.
    """
    step = uow.session.scalar(select(RemedyMapStep).where(RemedyMapStep.id == step_id, RemedyMapStep.map_id == map_id))
    if step is None:
        raise NotFound("There is no such step on this remedy map.")
    return step


def map_for(uow: UnitOfWork, state_code: str, right: str) -> RemedyMap | None:
    """Return the map of a State for a right with its steps; None if there is none."""
    return maps_for(uow, state_code, [right]).get(right)


_MAPS = (
    select(RemedyMap)
    .outerjoin(RemedyMap.steps)
    .where(RemedyMap.state_code == bindparam("state_code"), RemedyMap.right.in_(bindparam("rights", expanding=True)))
    .options(contains_eager(RemedyMap.steps))
    .order_by(RemedyMapStep.position)
)


def maps_for(uow: UnitOfWork, state_code: str, rights: Sequence[str]) -> Mapping[str, RemedyMap]:
    """Return the maps of a State by right, with their steps: one statement, none without rights."""
    if not rights:
        return {}
    found = uow.session.scalars(_MAPS, {"state_code": state_code, "rights": list(rights)})
    return {one.right: one for one in found.unique()}


def map_history(uow: UnitOfWork, map_id: UUID, *, limit: int, before: UUID | None = None) -> list[RegisterEntry]:
    """Return the history of a map, the latest first; `before` is the last entry of the previous page."""
    return history_of(uow, SUBJECT, str(map_id), limit, before=before)


def maps_by_place(uow: UnitOfWork) -> Mapping[tuple[str, str], RemedyMap]:
    """Return all maps with their steps, by State and right: for loading a pack."""
    found = uow.session.scalars(select(RemedyMap).options(joinedload(RemedyMap.steps))).unique()
    return {(one.state_code, one.right): one for one in found}
