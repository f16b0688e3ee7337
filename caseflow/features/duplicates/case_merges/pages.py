"""What the pages of merged cases show. Nobody's identity is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import url_for

from caseflow.access import Permission
from caseflow.features.duplicates.case_merges import queries, service
from caseflow.features.duplicates.case_merges.commands import Taken
from caseflow.features.duplicates.case_merges.forms import Choice, MergeCasesForm, merge_form
from caseflow.features.duplicates.case_merges.planning import LONG_TEXTS, differing, is_empty
from caseflow.features.duplicates.cases.service import CasePair
from caseflow.models import Case, CaseMerge, Urgency
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import case_url
from caseflow.web.dates import show_date
from caseflow.web.kit import Link
from caseflow.web.texts import gettext as _
from caseflow.web.words import label

MOST_MERGES: Final = 100
"""Of a section, on one page."""
MOST_SHOWN: Final = 400
"""Characters of a long text in a choice: the page before shows all of it."""


@dataclass(frozen=True, slots=True)
class MergePage:
    """Two cases before a merge. `moves` is what comes to the case that stays, by kind, with numbers."""

    names: tuple[str, str]
    obstacles: Sequence[str]
    moves: Sequence[tuple[str, str]]
    both: Sequence[tuple[str, str]]
    """Who is in both cases: the code names in the case that stays, and in the other one."""
    form: MergeCasesForm
    compare_href: str
    swapped_href: str


def merge_page(uow: UnitOfWork, pair: CasePair) -> MergePage:
    """Return what a merge of the second case into the first would do: six statements."""
    kept, merged = pair.first, pair.second
    seen = queries.digest_of_both(uow, (kept.id, merged.id))
    people = queries.persons_of(uow, (kept.id, merged.id))
    here = {one.person_id: one.code_name for one in people if one.case_id == kept.id}
    return MergePage(
        names=(kept.reference, merged.reference),
        obstacles=[label("case_merge_obstacle", one) for one in queries.obstacles(uow, kept.id, merged.id)],
        moves=[(label("case_part", kind), str(number)) for kind, number in service.counts_of(uow, merged)],
        both=[
            (here[one.person_id], one.code_name) for one in people if one.case_id == merged.id and one.person_id in here
        ],
        form=merge_form([_choice(name, kept, merged) for name in differing(kept, merged)], seen),
        compare_href=url_for("duplicate_cases.compare", case_id=kept.id, other_case_id=merged.id),
        swapped_href=url_for("case_merges.merge", case_id=merged.id, other_case_id=kept.id),
    )


def _labels() -> Mapping[str, str]:
    return {
        "title": _("Title"),
        "happened": _("When"),
        "place": _("Where"),
        "urgency": label("field", "urgency"),
        "owner": _("Owner"),
        "narrative": _("What happened"),
        "lateness_reason": label("field", "lateness_reason"),
    }


def _choice(name: str, kept: Case, merged: Case) -> Choice:
    values = {
        which.value: f"{case.reference}: {_shortened(_value(name, case)) or _('not known')}"
        for which, case in ((Taken.KEPT, kept), (Taken.MERGED, merged))
    }
    are_both_texts = name in LONG_TEXTS and not is_empty(kept, name) and not is_empty(merged, name)
    if are_both_texts:
        values = {Taken.BOTH.value: _("Both, one below the other"), **values}
    return Choice(name, _labels()[name], values, Taken.BOTH if are_both_texts else _proposed(name, kept, merged))


def _proposed(name: str, kept: Case, merged: Case) -> Taken:
    if name == "urgency":
        order = list(Urgency)
        return Taken.MERGED if order.index(merged.urgency) > order.index(kept.urgency) else Taken.KEPT
    return Taken.MERGED if is_empty(kept, name) else Taken.KEPT


def _value(name: str, case: Case) -> str:
    if name == "happened":
        return show_date(case.happened) if case.happened else ""
    if name == "place":
        return ", ".join(filter(None, (case.place_district, case.place_region)))
    if name == "urgency":
        return label("urgency", case.urgency.value)
    if name == "owner":
        return (case.owner.shown_name if case.owner else "") or ""
    return str(getattr(case, name))


def _shortened(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN].rsplit(" ", 1)[0] + " …"


@dataclass(frozen=True, slots=True)
class ShownMerge:
    """A merge: what was moved, which code names were given, and whether it can be undone."""

    merge: CaseMerge
    case: Case
    cases: Sequence[Link]
    moved: Sequence[tuple[str, str]]
    codes: Sequence[tuple[str, str]]
    obstacles: Sequence[str]
    list_href: str


def shown_merge(uow: UnitOfWork, merge: CaseMerge, case: Case) -> ShownMerge:
    """Return what a merge did, and what stands against undoing it."""
    cases = [Link(case.reference, case_url(case.id))]
    if merge.undone_at:
        cases.append(Link(merge.merged_reference, case_url(merge.merged_id)))
    return ShownMerge(
        merge=merge,
        case=case,
        cases=cases,
        moved=[
            (label("case_part", kind), str(len(rows))) for kind in queries.COUNTED if (rows := merge.moved.get(kind))
        ],
        codes=[(old, new) for old, new in merge.changed["codes"]],
        obstacles=[label("case_merge_change", one) for one in service.why_not_undone(uow, merge)],
        list_href=url_for("case_merges.index", section=merge.section_id),
    )


@dataclass(frozen=True, slots=True)
class MergesPage:
    """The merges of a section that hold."""

    section: str
    sections: list[Link]
    merges: Sequence[tuple[CaseMerge, Case]]
    is_cut: bool


def merges_page(uow: UnitOfWork, section: str) -> MergesPage:
    """Return which cases of a section were merged: one statement."""
    own = uow.person.sections_for(Permission.CASE_EDIT)
    chosen = next((one for one in own if str(one.section_id) == section), own[0])
    links = [Link(one.section_name, url_for("case_merges.index", section=one.section_id), one is chosen) for one in own]
    found = queries.merges_in(uow, chosen.section_id, MOST_MERGES)
    return MergesPage(chosen.section_name, links, found, is_cut=len(found) == MOST_MERGES)
