"""How a feature declares itself: one `Feature` in its `feature.py`, listed in `app.py`.

Nothing is discovered at run time: that list has all features, and each record all that a feature contributes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any, cast
from uuid import UUID

from flask import Blueprint, Flask, current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString

from caseflow.access import Permission
from caseflow.clock import today
from caseflow.models import Case
from caseflow.sources import DeadlineSource, FactsSource, Sources
from caseflow.unit_of_work import UnitOfWork

Vocabulary = Mapping[str, LazyString]
"""Words by code."""


class CasePlace(IntEnum):
    """The places of the case page, in their order. Those before FACTS are boxes of the clock strip."""

    CLOCKS = 10
    NEXT_DEADLINE = 11
    OUTLOOK = 12
    NEXT_ROUTE = 13
    FACTS = 20
    CLAIMS = 30
    REMEDIES = 40
    PROCEDURES = 45
    READINESS = 50
    DEADLINES = 60
    HISTORY = 90

    @property
    def is_in_strip(self) -> bool:
        """Return whether the panel is one or more boxes of the clock strip."""
        return self < CasePlace.FACTS


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as one person sees it. Its claims, acts, procedures and remedies are loaded."""

    case: Case
    on: date
    """Today, in the case's section."""
    may_edit: bool


@dataclass(frozen=True, slots=True)
class CasePanel:
    """A feature's part of the case page. `build` returns a dataclass, which the template gets as `data`."""

    place: CasePlace
    build: Callable[[UnitOfWork, CaseView], object]
    template: str


@dataclass(frozen=True, slots=True)
class WorkPanel:
    """A block of "My work". `build` returns a dataclass for the acting person, which the template gets as `data`."""

    build: Callable[[UnitOfWork], object]
    template: str


@dataclass(frozen=True, slots=True)
class StatePanel:
    """A block of the page of a State. `build` takes the State's code; the template gets the result as `data`."""

    build: Callable[[UnitOfWork, str], object]
    template: str


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the main menu, shown to people with the permission. The lowest `order` comes first."""

    order: int
    endpoint: str
    label: LazyString
    permission: Permission
    features: tuple[str, ...] = ()
    """Features on whose pages the entry is marked as the current one."""
    is_home: bool = False
    """Whether this can be the first page after signing in; the first such entry that a person may open is used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """All that a feature contributes to the application."""

    name: str
    blueprints: tuple[Blueprint, ...] = ()
    menu: tuple[MenuItem, ...] = ()
    case_panels: tuple[CasePanel, ...] = ()
    work_panels: tuple[WorkPanel, ...] = ()
    state_panels: tuple[StatePanel, ...] = ()
    words: Mapping[str, Vocabulary] = field(default_factory=dict)
    """Vocabularies by name. `action` and `field` are those of the history."""
    history: Mapping[str, str] = field(default_factory=dict)
    """Maps a field of the history (or `table.field`) whose values are codes to the vocabulary of these codes."""
    facts: FactsSource | None = None
    deadlines: tuple[DeadlineSource, ...] = ()
    install: Callable[[Flask], None] | None = None
    """Called once, when the application starts."""


@dataclass(frozen=True, slots=True)
class BuiltPanel:
    """The data of a panel, and its template."""

    data: object
    template: str


def sources_of(features: Sequence[Feature]) -> Sources:
    """Return the sources of all features."""
    facts = tuple(feature.facts for feature in features if feature.facts is not None)
    return Sources(facts, tuple(source for feature in features for source in feature.deadlines))


def features() -> Sequence[Feature]:
    """Return the features of this application."""
    return cast("Sequence[Feature]", current_app.extensions["caseflow.features"])


def case_panels(uow: UnitOfWork, view: CaseView) -> tuple[list[BuiltPanel], list[BuiltPanel]]:
    """Build the case page: the boxes of the clock strip, and the panels below, in the order of their places."""
    ordered = sorted((panel for feature in features() for panel in feature.case_panels), key=lambda panel: panel.place)
    shown = [(panel.place, BuiltPanel(panel.build(uow, view), panel.template)) for panel in ordered]
    return [one for place, one in shown if place.is_in_strip], [one for place, one in shown if not place.is_in_strip]


def work_panels(uow: UnitOfWork) -> list[BuiltPanel]:
    """Build the blocks of "My work"."""
    return [BuiltPanel(panel.build(uow), panel.template) for feature in features() for panel in feature.work_panels]


def state_panels(uow: UnitOfWork, state_code: str) -> list[BuiltPanel]:
    """Build the blocks of the page of a State."""
    panels = [panel for feature in features() for panel in feature.state_panels]
    return [BuiltPanel(panel.build(uow, state_code), panel.template) for panel in panels]


def view_of(case: Case, *, may_edit: bool) -> CaseView:
    """Return a case as the acting person sees it today."""
    return CaseView(case, today(case.section.time_zone), may_edit)


def to_case(case_id: UUID, anchor: str | None = None) -> ResponseReturnValue:
    """Redirect to the page of a case after something was saved."""
    return redirect(url_for("cases.show", case_id=case_id, _anchor=anchor), 303)


def merged(parts: Sequence[Mapping[str, Any]], what: str) -> dict[str, Any]:
    """Return one mapping with the entries of all `parts`. `what` names them in the error.

    Raises:
        ValueError: two features define the same name differently.
    """
    joined: dict[str, Any] = {}
    for part in parts:
        for name, value in part.items():
            if str(joined.setdefault(name, value)) != str(value):
                raise ValueError(f"Two features have different {what} for {name}")
    return joined
