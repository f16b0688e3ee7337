"""Queries of counts. Functions of the database count, as people may see counts of cases whose rows they may not see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, Integer, any_, column, func, select, true, values

from caseflow.features.reports.commands import CountsQuery
from caseflow.models import Section
from caseflow.unit_of_work import UnitOfWork

DIMENSIONS = ("right", "stage", "month")


@dataclass(frozen=True, slots=True)
class SectionCounts:
    """The counts of a section and period. `by["month"]` has keys such as `2026-03`; a missing key means 0.

    `by["right"][""]` is the number of cases without a recorded right. Hidden numbers are None.
    """

    section: Section
    of: CountsQuery
    total: int | None
    by: Mapping[str, Mapping[str, int | None]]

    @property
    def has_hidden(self) -> bool:
        """Return whether a number is hidden."""
        return self.total is None or any(number is None for found in self.by.values() for number in found.values())


@dataclass(frozen=True, slots=True)
class FullCounts(SectionCounts):
    """The counts before small numbers are hidden."""

    total: int
    by: Mapping[str, Mapping[str, int]]


def reportable_sections(uow: UnitOfWork) -> Sequence[Section]:
    """Return the sections whose counts the acting person may see, by name. Row security uses the same function."""
    wanted = select(Section).where(Section.id == any_(func.caseflow_report_sections())).order_by(Section.name)
    return uow.session.scalars(wanted).all()


def state_counts(uow: UnitOfWork, states: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    """Return the numbers of open cases in all reportable sections by State and criterion, each case once.

    Keys of the inner mapping: `continuing` (an act goes on), `awaited` (a domestic decision is still to come), `past`.
    """
    counted = func.caseflow_state_counts(list(states)).table_valued("state", "facts", "cases")
    found: dict[str, dict[str, int]] = {}
    for state, facts, cases in uow.session.execute(select(counted)):
        found.setdefault(state, {})[facts] = cases
    return found


def reportable_section(uow: UnitOfWork, code: str) -> Section | None:
    """Return a section whose counts the acting person may see, else None."""
    return uow.session.scalar(
        select(Section).where(Section.id == any_(func.caseflow_report_sections()), Section.code == code)
    )


def quarter_counts(
    uow: UnitOfWork, section: Section, quarters: Mapping[int, tuple[date, date]]
) -> dict[int, Mapping[str, Mapping[str, int]]]:
    """Return the counts of a section for each quarter, by dimension and code: one statement, none without quarters."""
    found: dict[int, dict[str, dict[str, int]]] = {
        number: {dimension: {} for dimension in (*DIMENSIONS, "total")} for number in quarters
    }
    if not quarters:
        return dict(found)
    wanted = values(column("number", Integer), column("first", Date), column("last", Date), name="quarter").data(
        [(number, *days) for number, days in quarters.items()]
    )
    counted = (
        func.caseflow_case_counts(section.id, wanted.c.first, wanted.c.last)
        .table_valued("dimension", "code", "cases")
        .render_derived()
        .lateral()
    )
    for number, dimension, code, cases in uow.session.execute(select(wanted.c.number, counted).join(counted, true())):
        found[number][dimension][code] = cases
    return dict(found)


def case_counts(uow: UnitOfWork, section: Section, of: CountsQuery) -> FullCounts:
    """Return the counts of a section, with each case once in the total and once for each of its rights."""
    counted = func.caseflow_case_counts(section.id, of.opened_from, of.opened_until).table_valued(
        "dimension", "code", "cases"
    )
    by: dict[str, dict[str, int]] = {dimension: {} for dimension in (*DIMENSIONS, "total")}
    for dimension, code, cases in uow.session.execute(select(counted)):
        by[dimension][code] = cases
    total = by.pop("total").get("", 0)
    return FullCounts(section, of, total, by)
