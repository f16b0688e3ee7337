"""The procedures elsewhere on the page "Remedies", and their part of the summary."""

from caseflow.models import Case
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, CasePanel, CaseView, SummaryPart, TaskRow, case_url
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext


def nothing(_uow: UnitOfWork, _view: CaseView) -> None:
    """Return nothing: the procedures are loaded with the case."""


def summary(_uow: UnitOfWork, view: CaseView) -> SummaryPart:
    """Return whether procedures elsewhere are recorded or excluded. No statement: they are loaded with the case."""
    status, kind = _status(view.case)
    href = case_url(view.case.id, CasePage.REMEDIES, "procedures")
    return SummaryPart(
        rows=[TaskRow(50, CasePage.REMEDIES, ("procedures",), _("Other procedures"), status, kind, href)]
    )


def _status(case: Case) -> tuple[str, str]:
    number = len(case.other_procedures)
    if not case.is_without_other_procedures:
        if not number:
            return _("Not confirmed"), "warn"
        return ngettext(
            "%(num)s recorded, others not confirmed", "%(num)s recorded, others not confirmed", number
        ), "warn"
    return (ngettext("%(num)s recorded", "%(num)s recorded", number) if number else _("Confirmed: none")), "good"


PANELS = (CasePanel(CasePage.REMEDIES, 20, nothing, "procedures/_procedures.html"),)
