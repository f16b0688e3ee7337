"""How a feature declares itself: one `Feature` in its `feature.py`, listed in `app.py`.

Nothing is discovered at run time: that list has all features, and each record all that a feature contributes.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, cast

from flask import Blueprint, Flask, current_app
from flask_babel import LazyString

from caseflow.access import Permission
from caseflow.errors import NotFound
from caseflow.models import Case, CasePerson, Evidence, Stage
from caseflow.sources import (
    AfterChange,
    ChronologySource,
    DeadlineSource,
    EvidenceCheck,
    FactsSource,
    MoveCheck,
    PersonCheck,
    Sources,
)
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import (
    CaseCount,
    CasePage,
    CasePanel,
    CaseView,
    MovePanel,
    Summary,
    SummaryPart,
    summary_of,
)
from caseflow.web.words import codes

Vocabulary = Mapping[str, LazyString]
"""Words by code."""


@dataclass(frozen=True, slots=True)
class WorkPanel:
    """A block of "My work". `build` returns a dataclass for the acting person, which the template gets as `data`."""

    build: Callable[[UnitOfWork], object]
    template: str
    order: int = 50
    """The lowest comes first; among equals, the order of the features."""


@dataclass(frozen=True, slots=True)
class StatePanel:
    """A block of the page of a State. `build` takes the State's code; the template gets the result as `data`."""

    build: Callable[[UnitOfWork, str], object]
    template: str


@dataclass(frozen=True, slots=True)
class PersonPanel:
    """A block of the page of a person of a case. `build` returns a dataclass, which the template gets as `data`."""

    build: Callable[[UnitOfWork, Case, CasePerson], object]
    template: str


@dataclass(frozen=True, slots=True)
class EvidencePanel:
    """A block of the page of a piece of evidence. `build` returns a dataclass, which the template gets as `data`."""

    build: Callable[[UnitOfWork, Case, Evidence], object]
    template: str


@dataclass(frozen=True, slots=True)
class Number:
    """How many of something there are, in words, with the list behind the number."""

    words: str
    href: str
    number: int


@dataclass(frozen=True, slots=True)
class GapOffer:
    """What a feature offers for a gap of readiness: something to be made of it (`is_new`), or what was made of it."""

    words: str
    href: str
    is_new: bool = False


OffersOfGap = Callable[[str], Sequence[GapOffer]]
"""Takes the key of a gap (`readiness.gaps`)."""


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
    group: LazyString | None = None
    """Entries of one group are opened by one entry with this name, in the place of the first."""
    is_button: bool = False
    """Whether it is shown as a button, for what is begun there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """All that a feature contributes to the application."""

    name: str
    blueprints: tuple[Blueprint, ...] = ()
    menu: tuple[MenuItem, ...] = ()
    case_panels: tuple[CasePanel, ...] = ()
    case_counts: tuple[CaseCount, ...] = ()
    case_summary: Callable[[UnitOfWork, CaseView], SummaryPart] | None = None
    """The feature's part of the summary of a case."""
    move_panels: tuple[MovePanel, ...] = ()
    """What it shows of a case on the pages of moves to certain stages."""
    gap_offers: Callable[[UnitOfWork, CaseView], OffersOfGap] | None = None
    """What it offers for each gap of readiness of a case."""
    work_panels: tuple[WorkPanel, ...] = ()
    waiting: Callable[[UnitOfWork, str], Sequence[Number]] | None = None
    """What of it waits for the acting person, in the section with a code, or in all sections for an empty one."""
    state_panels: tuple[StatePanel, ...] = ()
    person_panels: tuple[PersonPanel, ...] = ()
    evidence_panels: tuple[EvidencePanel, ...] = ()
    words: Mapping[str, Vocabulary] = field(default_factory=dict)
    """Vocabularies by name. `action` and `field` are those of the history."""
    history: Mapping[str, str] = field(default_factory=dict)
    """Maps a field of the history (or `table.field`) whose values are codes to the vocabulary of these codes."""
    acts: Mapping[str, Collection[str]] = field(default_factory=dict)
    """The actions in the history of a case, by their kind (vocabulary `act_kind`), by which the history can be filtered."""
    automatic: frozenset[str] = frozenset()
    """Actions of the history that the application does by itself after a change by a person."""
    facts: FactsSource | None = None
    deadlines: tuple[DeadlineSource, ...] = ()
    chronology: ChronologySource | None = None
    """Its entries of the chronology of a case."""
    move_check: MoveCheck | None = None
    """What it asks of every case that is moved to another stage."""
    person_check: PersonCheck | None = None
    """What it asks before more is recorded of a person."""
    evidence_check: EvidenceCheck | None = None
    """What it asks before the file of a piece of evidence is removed."""
    after_change: AfterChange | None = None
    """What it keeps of a case whose facts changed."""
    record_threat: Callable[[UnitOfWork, Case, date, time], object] | None = None
    """Records when a threatened act will happen, which people also say in the forms of a case."""
    record_victims: Callable[[UnitOfWork, Case, str, int | None], object] | None = None
    """Records for whom a case is opened: the name of a person and a number of people, which quick capture asks for."""
    remarks: Callable[[UnitOfWork], Sequence[str]] | None = None
    """What it says on the next page about what a form has just saved. Asked before the commit."""
    install: Callable[[Flask], None] | None = None
    """Called once, when the application starts."""


@dataclass(frozen=True, slots=True)
class BuiltPanel:
    """The data of a panel, and its template."""

    data: object
    template: str


def acts_of_cases() -> dict[str, frozenset[str]]:
    """Return the actions in histories of cases by their kind, in the order of the vocabulary `act_kind`."""
    found: dict[str, set[str]] = {}
    for feature in features():
        for kind, actions in feature.acts.items():
            found.setdefault(kind, set()).update(actions)
    return {kind: frozenset(found[kind]) for kind in codes("act_kind") if kind in found}


def sources_of(features: Sequence[Feature]) -> Sources:
    """Return what all features contribute to every case: facts, computed deadlines, entries of its chronology, checks."""
    return Sources(
        facts=tuple(feature.facts for feature in features if feature.facts is not None),
        deadlines=tuple(source for feature in features for source in feature.deadlines),
        chronology=tuple(feature.chronology for feature in features if feature.chronology is not None),
        move_checks=tuple(feature.move_check for feature in features if feature.move_check is not None),
        person_checks=tuple(feature.person_check for feature in features if feature.person_check is not None),
        evidence_checks=tuple(feature.evidence_check for feature in features if feature.evidence_check is not None),
        after_change=tuple(feature.after_change for feature in features if feature.after_change is not None),
    )


def features() -> Sequence[Feature]:
    """Return the features of this application."""
    return cast("Sequence[Feature]", current_app.extensions["caseflow.features"])


def case_pages() -> list[CasePage]:
    """Return the pages of a case that have panels, in the order of the navigation."""
    filled = {panel.page for feature in features() for panel in feature.case_panels}
    return [page for page in CasePage if page is CasePage.SUMMARY or page in filled]


def page_of_case(name: str) -> CasePage:
    """Return a page of a case by its name in the address.

    Raises:
        NotFound: no feature has anything for it.
    """
    page = CasePage(name)
    if page not in case_pages():
        raise NotFound("This page does not exist, or you do not have access to it.")
    return page


def case_panels(uow: UnitOfWork, view: CaseView, page: CasePage) -> list[BuiltPanel]:
    """Build the panels of one page of a case, in their order."""
    found = (panel for feature in features() for panel in feature.case_panels if panel.page is page)
    return [
        BuiltPanel(panel.build(uow, view), panel.template) for panel in sorted(found, key=lambda panel: panel.order)
    ]


def form_of(panels: Sequence[BuiltPanel]) -> object:
    """Return the form of a panel, whose faults the title of the page tells; None if there is none."""
    return next((panel.data.form for panel in panels if hasattr(panel.data, "form")), None)


def record_threat(uow: UnitOfWork, case: Case, on: date | None, hour: time | None) -> Case:
    """Record when a threatened act will happen, if that was said with the case; return the case."""
    if on is not None and hour is not None:
        for feature in features():
            if feature.record_threat is not None:
                feature.record_threat(uow, case, on, hour)
    return case


def record_victims(uow: UnitOfWork, case: Case, name: str, number: int | None) -> Case:
    """Record for whom a case was opened, if that was said; return the case. The name goes to what is sealed, and nowhere else."""
    if name or number is not None:
        for feature in features():
            if feature.record_victims is not None:
                feature.record_victims(uow, case, name, number)
    return case


def move_panels(uow: UnitOfWork, view: CaseView, stages: Collection[Stage]) -> list[BuiltPanel]:
    """Build what features show of a case before it is moved to one of these stages."""
    found = (panel for feature in features() for panel in feature.move_panels if panel.to in stages)
    return [BuiltPanel(panel.build(uow, view), panel.template) for panel in found]


def gap_offers(uow: UnitOfWork, view: CaseView) -> OffersOfGap:
    """Return what all features offer for a gap of readiness of a case."""
    asked = [feature.gap_offers(uow, view) for feature in features() if feature.gap_offers]
    return lambda key: [offer for offers in asked for offer in offers(key)]


def case_summary(uow: UnitOfWork, view: CaseView) -> Summary:
    """Build the summary of a case from the parts of all features."""
    return summary_of([feature.case_summary(uow, view) for feature in features() if feature.case_summary])


def case_counts() -> list[CaseCount]:
    """Return what all features count of a case."""
    return [count for feature in features() for count in feature.case_counts]


def work_panels(uow: UnitOfWork) -> list[BuiltPanel]:
    """Build the blocks of "My work"."""
    found = sorted((panel for feature in features() for panel in feature.work_panels), key=lambda panel: panel.order)
    return [BuiltPanel(panel.build(uow), panel.template) for panel in found]


def waiting(uow: UnitOfWork, section: str = "") -> list[Number]:
    """Return what of all features waits for the acting person, in the section with this code or in all."""
    return [number for feature in features() if feature.waiting for number in feature.waiting(uow, section)]


def state_panels(uow: UnitOfWork, state_code: str) -> list[BuiltPanel]:
    """Build the blocks of the page of a State."""
    panels = [panel for feature in features() for panel in feature.state_panels]
    return [BuiltPanel(panel.build(uow, state_code), panel.template) for panel in panels]


def person_panels(uow: UnitOfWork, case: Case, person: CasePerson) -> list[BuiltPanel]:
    """Build the blocks of the page of a person."""
    panels = [panel for feature in features() for panel in feature.person_panels]
    return [BuiltPanel(panel.build(uow, case, person), panel.template) for panel in panels]


def evidence_panels(uow: UnitOfWork, case: Case, evidence: Evidence) -> list[BuiltPanel]:
    """Build the blocks of the page of a piece of evidence."""
    panels = [panel for feature in features() for panel in feature.evidence_panels]
    return [BuiltPanel(panel.build(uow, case, evidence), panel.template) for panel in panels]


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
