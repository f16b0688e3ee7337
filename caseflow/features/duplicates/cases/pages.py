"""What the pages of cases that may be recorded twice show. Nobody's identity is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import url_for

from caseflow.access import Permission
from caseflow.access.actor import MemberOf
from caseflow.db.paging import Cursor
from caseflow.features.duplicates.cases import queries, service
from caseflow.features.duplicates.cases.commands import Likeness, Reason, RecordedEvent
from caseflow.models import STAGES_BEFORE_FILING, Case, CaseDifference
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import case_url
from caseflow.web.dates import show_date
from caseflow.web.kit import Link
from caseflow.web.texts import gettext as _
from caseflow.web.words import label, labels, state_name

COMPARED: Final = 100
"""Cases of one page of the list, each of which is compared with all older ones."""
MOST_DIFFERENCES: Final = 100
"""Of a section, on one page."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two cases."""

    reference: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two cases that may be about one event, and why."""

    sides: tuple[Side, Side]
    reasons: Sequence[str]
    href: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """The cases of a section that may be recorded twice: the latest, compared with all older ones."""

    section: str
    sections: list[Link]
    suggestions: Sequence[Suggestion]
    number: int
    """Cases that this page compared."""
    since: date | None
    """The day on which the oldest of them was opened."""
    next_href: str
    differences_href: str
    merges_href: str


def list_page(uow: UnitOfWork, section: str, after: str) -> ListPage:
    """Return which cases of a section may be recorded twice, from a place in their order: up to nine statements."""
    chosen, links = _sections(uow, section, "duplicate_cases.index")
    compared = service.latest_alike(uow, chosen.section_id, _place(after), COMPARED)
    last = compared.events[-1] if compared.events else None
    after_last = str(Cursor(*last.order)) if last is not None and len(compared.events) == COMPARED else ""
    return ListPage(
        section=chosen.section_name,
        sections=links,
        suggestions=[_suggestion(one) for one in compared.found],
        number=len(compared.events),
        since=last.opened_on if last else None,
        next_href=url_for("duplicate_cases.index", section=chosen.section_id, after=after_last) if after_last else "",
        differences_href=url_for("duplicate_cases.differences", section=chosen.section_id),
        merges_href=url_for("case_merges.index", section=chosen.section_id),
    )


def _place(text: str) -> Cursor | None:
    """Read a place in the order of cases from an address; none for what somebody made up."""
    found = Cursor.parse(text)
    return found if found is not None and type(found.value) is date else None


def _sections(uow: UnitOfWork, wanted: str, endpoint: str) -> tuple[MemberOf, list[Link]]:
    own = uow.person.sections_for(Permission.CASE_EDIT)
    chosen = next((one for one in own if str(one.section_id) == wanted), own[0])
    return chosen, [Link(one.section_name, url_for(endpoint, section=one.section_id), one is chosen) for one in own]


def _suggestion(one: service.Alike) -> Suggestion:
    href = url_for("duplicate_cases.compare", case_id=one.second.id, other_case_id=one.first.id)
    return Suggestion((_side(one.first), _side(one.second)), reasons_in_words(one.likeness), href)


def _side(event: RecordedEvent) -> Side:
    return Side(event.reference, event.title, case_url(event.id))


_SHOWN: Final[Mapping[str, Callable[[Any], str]]] = {
    "when": show_date,
    "state": state_name,
    "right": lambda code: label("right", code),
}
"""How values of reasons are shown."""


def reasons_in_words(likeness: Likeness) -> list[str]:
    """Return in words why two cases may be about one event."""
    return [reason_in_words(one) for one in likeness.reasons]


def reason_in_words(reason: Reason) -> str:
    """Return one reason in words."""
    values = {name: _SHOWN[name](value) if name in _SHOWN else value for name, value in reason.values.items()}
    return label("same_event", reason.what.value) % values


@dataclass(frozen=True, slots=True)
class OneCasePage:
    """The cases that may be about the same event as one."""

    suggestions: Sequence[Suggestion]


def one_case_page(uow: UnitOfWork, case: Case) -> OneCasePage:
    """Return the cases that may be about the same event as one: up to nine statements."""
    return OneCasePage([_suggestion_for(one) for one in service.alike_to(uow, case.id)])


def _suggestion_for(one: service.Alike) -> Suggestion:
    """Return a suggestion for a case whose page this is. The older of the two stays in a comparison."""
    older, newer = sorted((one.first, one.second), key=lambda event: event.order)
    href = url_for("duplicate_cases.compare", case_id=older.id, other_case_id=newer.id)
    return Suggestion((_side(one.first), _side(one.second)), reasons_in_words(one.likeness), href)


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Two cases side by side. `rows` are a word and the value of each."""

    names: tuple[str, str]
    hrefs: tuple[str, str]
    rows: Sequence[tuple[str, str, str]]
    reasons: Sequence[str]
    different: CaseDifference | None
    different_href: str
    merge_href: str


def compare_page(uow: UnitOfWork, pair: service.CasePair) -> ComparePage:
    """Return two cases side by side: up to seven statements."""
    both = (pair.first, pair.second)
    ids = (pair.first.id, pair.second.id)
    return ComparePage(
        names=(pair.first.reference, pair.second.reference),
        hrefs=(case_url(ids[0]), case_url(ids[1])),
        rows=[(word, first, second) for (word, first), (_word, second) in zip(*map(_facts, both), strict=True)],
        reasons=reasons_in_words(service.compare(uow, *ids)),
        different=queries.differences_between(uow, ids).get(frozenset(ids)),
        different_href=url_for("duplicate_cases.say_different", case_id=ids[0], other_case_id=ids[1]),
        merge_href=_merge_href(pair),
    )


def _merge_href(pair: service.CasePair) -> str:
    """Return where the two are merged: the further one is proposed to stay, or else the older one."""
    stays, goes = sorted((pair.first, pair.second), key=lambda case: (-_order(case), case.opened_on, case.number))
    return url_for("case_merges.merge", case_id=stays.id, other_case_id=goes.id)


def _order(case: Case) -> int:
    stage = case.suspended_from or case.stage
    return STAGES_BEFORE_FILING.index(stage) if stage in STAGES_BEFORE_FILING else -1


def _facts(case: Case) -> list[tuple[str, str]]:
    return [
        (_("Title"), case.title),
        (_("Stage"), label("stage", case.stage.value)),
        (_("State"), state_name(case.state_code)),
        (_("When"), show_date(case.happened) if case.happened else ""),
        (_("Where"), ", ".join(filter(None, (case.place_district, case.place_region)))),
        (_("Rights"), labels("right", case.rights)),
        (_("Opened"), show_date(case.opened_on)),
        (_("Owner"), case.owner.shown_name if case.owner else ""),
        (_("What happened"), case.narrative),
    ]


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """That two cases are not the same."""

    difference: CaseDifference
    sides: Sequence[Side]
    list_href: str


def difference_page(uow: UnitOfWork, found: CaseDifference) -> DifferencePage:
    """Return who said that two cases are not the same, and of which."""
    return _differences(uow, [found])[0]


def _differences(uow: UnitOfWork, found: Sequence[CaseDifference]) -> list[DifferencePage]:
    """Return differences with both cases: one statement."""
    names = queries.names_of(uow, (each for row in found for each in (row.first_id, row.second_id)))

    def sides(row: CaseDifference) -> list[Side]:
        return [Side(*names[each], case_url(each)) for each in (row.first_id, row.second_id) if each in names]

    return [
        DifferencePage(row, sides(row), url_for("duplicate_cases.differences", section=row.section_id)) for row in found
    ]


@dataclass(frozen=True, slots=True)
class DifferencesPage:
    """The cases of a section that are not the same, although they look so."""

    section: str
    sections: list[Link]
    differences: Sequence[DifferencePage]
    is_cut: bool
    """Whether there may be more than are listed."""


def differences_page(uow: UnitOfWork, section: str) -> DifferencesPage:
    """Return which cases of a section are not the same: two statements."""
    chosen, links = _sections(uow, section, "duplicate_cases.differences")
    found = queries.differences_in(uow, chosen.section_id, MOST_DIFFERENCES)
    return DifferencesPage(chosen.section_name, links, _differences(uow, found), is_cut=len(found) == MOST_DIFFERENCES)
