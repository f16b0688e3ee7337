"""What the pages of readiness show: stored answers, a what-if answer next to today's, the full passes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from caseflow.db.paging import Cursor
from caseflow.features.readiness import queries
from caseflow.features.readiness.commands import NOT_PURSUED, WhatIf, WhatIfAnswer
from caseflow.features.readiness.comparing import changed_findings, findings_of
from caseflow.features.readiness.words import (
    GROUPS,
    Group,
    ShownChange,
    ShownClock,
    ShownFinding,
    ShownOutlook,
    clock_boxes,
    clocks_by_victim,
    show_changes,
    show_clocks,
    show_finding,
    show_findings,
    show_outlook,
    show_rule,
)
from caseflow.features.remedies.service import may_be_appealed
from caseflow.law import Findings
from caseflow.models import Assessment, Case, ReassessmentRun
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.clocks import ClockBox
from caseflow.web.dates import show_date
from caseflow.web.texts import gettext as _
from caseflow.web.words import label

PAGE = 30


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An assessment by the law engine, in words for a page."""

    findings: Findings
    outlook: ShownOutlook
    clocks: list[ClockBox]
    by_victim: list[ShownClock]
    groups: list[Group]


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """A page of stored answers, each with its outlook in words."""

    rows: list[tuple[Assessment, ShownOutlook]]
    next_page: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the comparison: lines of words for today, and for the assumed facts."""

    title: str
    today: list[str]
    then: list[str]


@dataclass(frozen=True, slots=True)
class ShownWhatIf:
    """A what-if answer beside today's: the comparison, the differences in full, then the findings that are the same."""

    current: ShownOutlook
    on: date
    """The day of today's answer."""
    compared: list[Compared]
    warnings: list[str]
    assumptions: list[str]
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
    has_claims = _has_claims(findings)
    groups = show_findings(findings.findings, has_claims=has_claims)
    by_victim = clocks_by_victim(findings, has_claims=has_claims)
    return ShownAnswer(findings, show_outlook(findings.outlook), clock_boxes(findings), by_victim, groups)


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
        on=found.today.on,
        compared=_compared(found, has_claims=has_claims),
        warnings=_warnings(found.asked),
        assumptions=_assumptions(found.asked),
        then=_shown(found.then),
        changes=show_changes(changes),
        changed=[show_finding(one, [], has_claims=has_claims) for one in differing],
        same=show_findings(same, has_claims=has_claims),
    )


def _compared(found: WhatIfAnswer, *, has_claims: bool) -> list[Compared]:
    """Return outlook, clocks and what is not met, today and then."""
    both = (found.today, found.then)
    clocks = (("one-year", _("One-year clock: safe until")), ("next-domestic-step", _("Next domestic step: last day")))
    lines = [
        Compared(_("Outlook"), *([show_outlook(one.outlook).words] for one in both)),
        *(Compared(title, *(show_clocks(one, name, has_claims=has_claims) for one in both)) for name, title in clocks),
    ]
    for result, title, _kind in GROUPS:
        if result != "met":
            today, then = (_rules(one, result, has_claims=has_claims) for one in both)
            if today or then:
                lines.append(Compared(str(title), today or [_("None")], then or [_("None")]))
    return lines


def _rules(findings: Findings, result: str, *, has_claims: bool) -> list[str]:
    """Return the rules with a result, each once, with their claims where there is more than one."""
    claims: dict[str, list[str]] = {}
    for one in findings.findings:
        if one.result == result:
            named = claims.setdefault(show_rule(one.rule, None, one.victim, has_claims=has_claims), [])
            named += [one.claim.removeprefix("claim-")] if one.claim and has_claims else []
    return [
        _("%(rule)s (claims: %(claims)s)", rule=rule, claims=", ".join(dict.fromkeys(of))) if of else rule
        for rule, of in claims.items()
    ]


def _warnings(asked: WhatIf) -> list[str]:
    found = []
    if asked.is_filed_too_late and asked.last_day:
        sentence = _(
            "The next step is filed after its last day, %(day)s. The court may reject it as out of time: try that outcome as well.",
            day=show_date(asked.last_day),
        )
        found.append(sentence)
    then = next((step.then for step in asked.steps if step.then), None)
    if then and may_be_appealed(asked.outcome):
        sentence = _(
            "After this step the remedy map has a further one: %(step)s. This answer does not count it.",
            step=label("remedy_stage", then),
        )
        found.append(sentence)
    return found


def _assumptions(asked: WhatIf) -> list[str]:
    if not asked.steps:
        return []
    if asked.outcome != NOT_PURSUED:
        return [_("It is assumed that the right is raised in the next step in substance.")]
    if asked.reason_not_used:
        return [_("It is assumed that this reason is explained, and not proved.")]
    return [_("It is assumed that the time limit of the next step passes unused.")]


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
