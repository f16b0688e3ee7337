"""What the pages of readiness show: stored answers, a what-if answer next to today's, the full passes."""

from collections.abc import Mapping
from dataclasses import dataclass

from caseflow.db.paging import Cursor
from caseflow.features.readiness import queries
from caseflow.features.readiness.commands import WhatIfAnswer
from caseflow.features.readiness.comparing import changed_findings, findings_of
from caseflow.features.readiness.words import (
    Group,
    ShownChange,
    ShownFinding,
    ShownOutlook,
    clock_boxes,
    show_changes,
    show_finding,
    show_findings,
    show_outlook,
)
from caseflow.law import Findings
from caseflow.models import Assessment, Case, ReassessmentRun
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.clocks import ClockBox

PAGE = 30


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An assessment by the law engine, in words for a page."""

    findings: Findings
    outlook: ShownOutlook
    clocks: list[ClockBox]
    groups: list[Group]


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """A page of stored answers, each with its outlook in words."""

    rows: list[tuple[Assessment, ShownOutlook]]
    next_page: str


@dataclass(frozen=True, slots=True)
class ShownWhatIf:
    """A what-if answer next to today's: the differences in short and in full, then the findings that are the same."""

    current: ShownOutlook
    then: ShownAnswer
    changes: list[ShownChange]
    changed: list[ShownFinding]
    same: list[Group]


@dataclass(frozen=True, slots=True)
class RunsPage:
    """A page of full passes, each with its changes of answers and outlook in words; small numbers are left out."""

    rows: list[tuple[ReassessmentRun, dict[str, int], list[tuple[ShownOutlook, ShownOutlook, int]]]]
    next_page: str
    smallest: int = queries.SMALLEST_SHOWN


def show_answer(row: Assessment) -> ShownAnswer:
    """Return a stored answer in words."""
    return _shown(findings_of(row.findings))


def _shown(findings: Findings) -> ShownAnswer:
    groups = show_findings(findings.findings, has_claims=_has_claims(findings))
    return ShownAnswer(findings, show_outlook(findings.outlook), clock_boxes(findings), groups)


def _has_claims(findings: Findings) -> bool:
    return len({one.claim for one in findings.findings if one.claim}) > 1


def answers_page(uow: UnitOfWork, case: Case, place: Cursor | None) -> AnswersPage:
    """Return a page of the answers of a case, the latest first: one statement."""
    rows = queries.answers_of_case(uow, case.id, place, PAGE + 1)
    shown = [(row, show_outlook(row.outlook.value)) for row in rows[:PAGE]]
    return AnswersPage(shown, str(Cursor(rows[PAGE - 1].made_at, rows[PAGE - 1].id)) if len(rows) > PAGE else "")


def show_what_if(found: WhatIfAnswer) -> ShownWhatIf:
    """Return a what-if answer in words: the findings that differ from today's first, then the rest."""
    changes = changed_findings(found.today, found.then)
    differing = [change.after for change in changes if change.after]
    same = [one for one in found.then.findings if one not in differing]
    has_claims = _has_claims(found.then)
    return ShownWhatIf(
        current=show_outlook(found.today.outlook),
        then=_shown(found.then),
        changes=show_changes(changes),
        changed=[show_finding(one, [], has_claims=has_claims) for one in differing],
        same=show_findings(same, has_claims=has_claims),
    )


def runs_page(uow: UnitOfWork, place: Cursor | None) -> RunsPage:
    """Return a page of full passes, the latest first: one statement."""
    rows = queries.runs(uow, place, PAGE + 1)
    shown = [(row, _not_small(row.changed), _outlooks(row)) for row in rows[:PAGE]]
    return RunsPage(shown, str(Cursor(rows[PAGE - 1].started_at, rows[PAGE - 1].id)) if len(rows) > PAGE else "")


def _not_small(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the counts that are large enough to show: administrators may see the effect of a change, but no case."""
    return {name: number for name, number in counts.items() if number >= queries.SMALLEST_SHOWN}


def _outlooks(run: ReassessmentRun) -> list[tuple[ShownOutlook, ShownOutlook, int]]:
    pairs = ((key.partition(">"), number) for key, number in sorted(_not_small(run.outlooks).items()))
    return [(show_outlook(before), show_outlook(after), number) for (before, _, after), number in pairs]
