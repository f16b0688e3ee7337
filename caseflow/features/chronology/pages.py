"""The chronology in words: where each entry stands, and what is not known of its day and its order."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from flask import request, url_for

from caseflow.features.chronology.forms import ChronologyFilter
from caseflow.features.chronology.service import chosen_entries, entries, open_order
from caseflow.features.remedies.queries import remedies_of_case
from caseflow.law.dates import UncertainDate
from caseflow.models import Case
from caseflow.sources import DatedEntry, Term
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.dates import show_date, show_number
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext
from caseflow.web.words import codes, label, labels

ON_A_PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in words."""

    year: str
    when: str
    doubt: str
    """What is not known of its day and its place in the list."""
    is_to_come: bool
    kind: str
    what: str
    subject: str
    details: Sequence[str]
    href: str


@dataclass(frozen=True, slots=True)
class Chronology:
    """Entries of a case in order, by the year of their first day."""

    form: ChronologyFilter
    years: Sequence[tuple[str, Sequence[Line]]]
    total: str
    earlier: str
    """Address of the entries before these; empty at the begin."""
    later: str
    sheet_href: str
    download_href: str
    filters: Sequence[str]
    """What was chosen, in words."""
    is_empty: bool
    """Whether nothing in the case is dated, filter or not."""


def in_words(what: str | Term) -> str:
    """Return a text as it is, and the words of a code."""
    return what if isinstance(what, str) else label(*what)


def filter_of(uow: UnitOfWork, case: Case, found: Sequence[DatedEntry]) -> ChronologyFilter:
    """Return the filter in the address. It offers the kinds that the case has, with their numbers, and its claims and remedies."""
    numbers = Counter(entry.kind for entry in found)
    kinds = {
        kind: f"{label('chronology_kind', kind)} ({show_number(numbers[kind])})"
        for kind in codes("chronology_kind")
        if kind in numbers
    }
    subjects = {
        f"claim:{claim.id}": _(
            "Claim %(number)s: %(what)s", number=number, what=claim.label or labels("right", claim.rights)
        )
        for number, claim in enumerate(case.claims, 1)
    }
    for remedy in uow.cached(remedies_of_case, case):
        stage = label("remedy_stage", remedy.stage)
        subjects[f"remedy:{remedy.id}"] = f"{stage}, {remedy.authority}" if remedy.authority else stage
    return ChronologyFilter.from_address(kinds, subjects)


def chronology_page(uow: UnitOfWork, case: Case, on: date, *, is_whole: bool = False) -> Chronology:
    """Return the entries that the address asks for: a page of them, or all for paper."""
    every = entries(uow, case)
    form = filter_of(uow, case, every)
    found = chosen_entries(every, form.chosen())
    start = 0 if is_whole else _start(len(found))
    end = len(found) if is_whole else start + ON_A_PAGE
    numbers = {claim.id: number for number, claim in enumerate(case.claims, 1)}
    order = open_order(found)
    lines = [_line(case, found[place], order[place], numbers, on) for place in range(start, min(end, len(found)))]
    here = {"case_id": case.id, **form.given()}
    return Chronology(
        form=form,
        years=[(year, list(of_year)) for year, of_year in groupby(lines, key=lambda line: line.year)],
        total=_total(len(found), start, start + len(lines)),
        earlier=url_for("chronology.show", **here, start=max(start - ON_A_PAGE, 0)) if start else "",
        later=url_for("chronology.show", **here, start=end) if end < len(found) else "",
        sheet_href=url_for("chronology.sheet", **here),
        download_href=url_for("chronology.download", **here),
        filters=form.in_words(),
        is_empty=not every,
    )


def _start(number: int) -> int:
    """Return the place in the address from which entries are shown; the beginning for what is none."""
    asked = request.args.get("start", "")
    start = int(asked) if asked.isdecimal() and len(asked) < 10 else 0  # noqa: PLR2004 - no list is as long
    return start if start < number else 0


def _total(number: int, start: int, end: int) -> str:
    if start or end < number:
        values = {"first": show_number(start + 1), "last": show_number(end), "all": show_number(number)}
        return _("Entries %(first)s to %(last)s of %(all)s", **values)
    return ngettext("%(shown)s entry", "%(shown)s entries", number, shown=show_number(number))


def _line(case: Case, entry: DatedEntry, order: int, numbers: Mapping[UUID, int], on: date) -> Line:
    first = entry.on.earliest
    return Line(
        year=_("First day not known") if first == date.min else str(first.year),
        when=show_date(entry.on),
        doubt=" ".join(filter(None, (_days(entry.on), _order(order) if entry.on.is_vague else ""))),
        is_to_come=first > on,
        kind=label("chronology_kind", entry.kind),
        what=label("chronology", entry.what),
        subject=in_words(entry.subject),
        details=[*map(in_words, entry.details), *_claims(entry, numbers)],
        href=url_for(entry.endpoint, case_id=case.id, _anchor=entry.anchor or None, **dict[str, Any](entry.values)),
    )


def _claims(entry: DatedEntry, numbers: Mapping[UUID, int]) -> list[str]:
    """Return the claims of an entry, where the case has several."""
    found = sorted(numbers[one] for one in entry.claim_ids if one in numbers)
    return [_("Claim %(number)s", number=one) for one in found] if len(numbers) > 1 else []


def _days(on: UncertainDate) -> str:
    """Return the days that a vague date can mean, in words; nothing for a day."""
    if not on.is_vague:
        return ""
    if on.bound == "not_before":
        return _("On or after %(day)s; until when is not known.", day=show_date(on.earliest))
    if on.bound == "not_after":
        return _("On or before %(day)s; from when is not known.", day=show_date(on.latest))
    days = {"first": show_date(on.earliest), "last": show_date(on.latest)}
    if on.bound == "about":
        return _("Taken as some time from %(first)s to %(last)s.", **days)
    return _("Some time from %(first)s to %(last)s.", **days)


def _order(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "The next entry may have been before it.", "The next %(num)d entries may have been before it.", number
    )
