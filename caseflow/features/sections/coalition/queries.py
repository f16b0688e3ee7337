"""The query of the table of sections. A function of the database counts, as coalition coordinators see few of the cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, DateTime, Integer, Uuid, any_, column, func, literal, select

from caseflow.models import Section, SectionKind
from caseflow.unit_of_work import UnitOfWork

NUMBERS = ("open", "irreversible", "overdue", "fileable", "unowned", "emergencies")


@dataclass(frozen=True, slots=True)
class SectionNumbers:
    """How many cases of a section are in which state, before small numbers are hidden."""

    section: Section
    numbers: Sequence[int]
    """In the order of `NUMBERS`."""
    is_unseen: bool
    """Whether nobody has acknowledged a deadline that cannot be undone within seven days."""
    signed_in_at: datetime | None


def section_numbers(uow: UnitOfWork, at: datetime) -> list[SectionNumbers]:
    """Return the numbers of all sections of the coalition by name. One statement."""
    names = [column(name, Integer) for name in NUMBERS]
    counted = (
        func.caseflow_section_numbers(literal(at, DateTime(timezone=True)))
        .table_valued(column("section", Uuid), *names, column("is_unseen", Boolean))
        .render_derived(name="counted")
    )
    signed_in = (
        func.caseflow_coordinators_signed_in()
        .table_valued(column("section", Uuid), column("at", DateTime(timezone=True)))
        .render_derived(name="signed_in")
    )
    found = (
        select(Section, *(counted.c[name] for name in NUMBERS), counted.c.is_unseen, signed_in.c.at)
        .outerjoin(counted, counted.c.section == Section.id)
        .outerjoin(signed_in, signed_in.c.section == Section.id)
        .where(Section.id == any_(func.caseflow_report_sections()), Section.kind == SectionKind.SECTION)
        .order_by(Section.name)
    )
    return [
        SectionNumbers(row[0], [number or 0 for number in row[1:-2]], bool(row[-2]), row[-1])
        for row in uow.session.execute(found)
    ]
