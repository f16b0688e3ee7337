"""The filing on the page "Committee", and its part of the summary."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from caseflow.features.filings.pages import in_time, kind_of, show_day
from caseflow.features.filings.queries import filings_of_case, prepared_filing
from caseflow.features.filings.service import may_prepare, may_take_back
from caseflow.features.review.service import may_review
from caseflow.models import STAGES_AFTER_FILING, Case, Filing, PreparedFiling, Stage
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import Banner, CasePage, CasePanel, CaseView, NextStep, SummaryPart, TaskRow, case_url
from caseflow.web.clocks import ClockBox
from caseflow.web.dates import show_date
from caseflow.web.texts import gettext as _


@dataclass(frozen=True, slots=True)
class Filings:
    """The filing of a case, and those that have ended."""

    filing: Filing | None
    day: str
    when: str
    kind: str
    ended: Sequence[Filing]
    prepared: PreparedFiling | None
    """What one person prepared and another has not confirmed yet."""
    record_href: str
    """Where it can be recorded; empty for people who may not, and as long as the case is not approved."""
    take_back_href: str
    """Where it can be taken back; empty for people who may not, and 72 hours after it was recorded."""


def filings(uow: UnitOfWork, view: CaseView) -> Filings:
    """Return the filings of a case."""
    case, rows = view.case, uow.cached(filings_of_case, view.case)
    filing = _current(rows)
    takes_back = view.may_edit and may_take_back(uow, case, filing)
    return Filings(
        filing=filing,
        day=show_day(filing) if filing else "",
        when=in_time(filing.filed_on, filing.one_year_until) if filing else "",
        kind=kind_of(filing.filed_on, filing.one_year_until) if filing else "neutral",
        ended=[row for row in rows if row.ended_at],
        prepared=prepared_filing(uow, case) if filing is None else None,
        record_href=_record(case) if view.may_edit and may_prepare(uow, case) else "",
        take_back_href=url_for("filings.take_back", case_id=case.id) if takes_back else "",
    )


def _current(rows: Sequence[Filing]) -> Filing | None:
    return next((row for row in rows if row.ended_at is None), None)


def _record(case: Case) -> str:
    return url_for("filings.record", case_id=case.id)


def summary(uow: UnitOfWork, view: CaseView) -> SummaryPart:
    """Return when the case was filed, and a warning if that is not recorded. One statement, none before filing."""
    case = view.case
    filing = None if case.is_before_filing else _current(uow.cached(filings_of_case, case))
    page = case_url(case.id, CasePage.COMMITTEE)
    if filing is None:
        is_filed = (case.suspended_from or case.stage) in STAGES_AFTER_FILING
        status = _("Day not recorded") if is_filed else _("Not filed yet")
        row = TaskRow(80, CasePage.COMMITTEE, ("filing",), _("Filing"), status, "warn" if is_filed else "neutral")
        text = _("This case is filed, but the day of filing is not recorded.")
        link = _record(case) if view.may_edit and may_prepare(uow, case) else ""
        banners = [Banner(3, "warn", text, link, _("Record the filing"))] if is_filed else []
        return SummaryPart(banners=banners, rows=[row], steps=_steps(uow, view))
    kind, day = kind_of(filing.filed_on, filing.one_year_until), show_date(filing.filed_on)
    when = in_time(filing.filed_on, filing.one_year_until)
    is_withdrawn = case.stage is Stage.WITHDRAWN
    box = ClockBox(
        _("Filed"),
        day,
        "neutral" if is_withdrawn else kind,
        date=when,
        rule=_("Channel and proof"),
        rule_href=page,
        order=-1,
    )
    row = TaskRow(80, CasePage.COMMITTEE, ("filing",), _("Filing"), _("Filed on %(day)s", day=day), kind)
    return SummaryPart(clocks=[box], rows=[row])


def _steps(uow: UnitOfWork, view: CaseView) -> list[NextStep]:
    """Return the way to the filing of an approved case: whoever works on it prepares it, and a second person confirms it there."""
    case = view.case
    if case.stage is not Stage.APPROVED or not view.may_edit or not may_review(uow, case):
        return []
    return [NextStep((0, 1000), _("Record the filing, or confirm what was prepared"), _record(case))]


PANELS = (CasePanel(CasePage.COMMITTEE, 10, filings, "filings/_filing.html"),)
