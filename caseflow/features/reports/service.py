"""The verbs of reports: count cases, and export the counts."""

from datetime import date

from caseflow.access import Permission, PersonActor
from caseflow.clock import today
from caseflow.errors import Forbidden, NotFound
from caseflow.features.reference.queries import current_register
from caseflow.features.reports.advocacy import Advocacy, advocacy, not_bound
from caseflow.features.reports.commands import CountsQuery
from caseflow.features.reports.quarters import Period, shown_counts
from caseflow.features.reports.queries import (
    SectionCounts,
    case_counts,
    quarter_counts,
    reportable_section,
    reportable_sections,
    state_counts,
)
from caseflow.models import Role, Section
from caseflow.unit_of_work import UnitOfWork


def may_export(actor: PersonActor, section: Section) -> bool:
    """Return whether the actor may export a section's counts, by a role in it or as coalition coordinator."""
    coalition = any(member.role is Role.COALITION_COORDINATOR for member in actor.memberships)
    return coalition or actor.may(Permission.REPORT_EXPORT, section.id)


def may_open(actor: PersonActor, section: Section) -> bool:
    """Return whether the actor sees the cases behind a section's counts."""
    return actor.may(Permission.CASE_READ, section.id)


def count_cases(uow: UnitOfWork, of: CountsQuery) -> SectionCounts:
    """Return the counts of a section. For people who do not see its cases: of a quarter or a year, without small numbers.

    Raises:
        NotFound: there is no such section, or the actor may not see its counts.
    """
    section = reportable_section(uow, of.section_code)
    if section is None:
        raise NotFound("This section does not exist.")
    if may_open(uow.person, section):
        return case_counts(uow, section, of)
    period = Period.nearest(of, today(section.time_zone))
    total, by = shown_counts(quarter_counts(uow, section, period.quarters), period.number)
    return SectionCounts(section, period.of, total, by)


def export_counts(uow: UnitOfWork, of: CountsQuery) -> SectionCounts:
    """Return the counts of a section for export, and record the export in the audit trail.

    Raises:
        NotFound: there is no such section, or the actor may not see its counts.
        Forbidden: the actor may see the counts but not export them.
    """
    counts = count_cases(uow, of)
    if not may_export(uow.person, counts.section):
        raise Forbidden("You can see these counts but not download them. Ask the section's coordinator.")
    counted = counts.of
    period = {"opened_from": counted.opened_from.isoformat(), "opened_until": counted.opened_until.isoformat()}
    uow.audit.record(
        "report.exported",
        counts.section,
        section_id=counts.section.id,
        changes={name: [None, day] for name, day in period.items()},
    )
    return counts


def count_not_bound(uow: UnitOfWork, on: date) -> Advocacy:
    """Return the counts of cases against States that are not bound, in all sections whose counts the actor may see."""
    states = not_bound(current_register(uow), on)
    return advocacy(state_counts(uow, list(states)), states, on)


def may_export_all(uow: UnitOfWork) -> bool:
    """Return whether the actor may export the counts of all sections whose counts they may see."""
    return all(may_export(uow.person, section) for section in reportable_sections(uow))


def export_not_bound(uow: UnitOfWork, on: date) -> Advocacy:
    """Return the same table for export, and record the export in the audit trail of each section.

    Raises:
        Forbidden: the actor may not export the counts of one of the sections.
    """
    sections = reportable_sections(uow)
    if not all(may_export(uow.person, section) for section in sections):
        raise Forbidden("You can see these counts but not download them. Ask the section's coordinator.")
    for section in sections:
        changes: dict[str, list[object]] = {"counted_on": [None, on.isoformat()]}
        uow.audit.record("report.exported", section, section_id=section.id, changes=changes)
    return count_not_bound(uow, on)
