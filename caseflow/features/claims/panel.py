"""The claims on the page "Facts and claims", and their part of the summary."""

from flask import url_for

from caseflow.features.claims.queries import NUMBER_OF_CLAIMS
from caseflow.models import Case
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CaseCount, CasePage, CasePanel, CaseView, NextStep, SummaryPart, TaskRow
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext


def nothing(_uow: UnitOfWork, _view: CaseView) -> None:
    """Return nothing: the claims are loaded with the case."""


def summary(_uow: UnitOfWork, view: CaseView) -> SummaryPart:
    """Return the state of facts and claims, and the first claim as a step. No statement: they are loaded with the case."""
    case = view.case
    status, kind = _status(case)
    rows = [TaskRow(10, CasePage.FACTS, ("facts", "claims"), _("Facts and claims"), status, kind)]
    if case.claims or not view.may_edit:
        return SummaryPart(rows=rows)
    add = NextStep((1, 0), _("Add a claim with its right"), url_for("claims.add", case_id=case.id, _anchor="right"))
    return SummaryPart(steps=[add], rows=rows)


def _status(case: Case) -> tuple[str, str]:
    without_act = sum(1 for claim in case.claims if not claim.acts)
    if not case.claims:
        return _("No claim yet"), "warn"
    if without_act:
        return ngettext("%(num)s claim without an act", "%(num)s claims without an act", without_act), "warn"
    if not case.narrative:
        return _("What happened is not described yet"), "neutral"
    return _("Recorded"), "good"


COUNTS = (CaseCount(CasePage.FACTS, (NUMBER_OF_CLAIMS,), lambda number: str(number or "")),)
PANELS = (CasePanel(CasePage.FACTS, 20, nothing, "claims/_claims.html"),)
