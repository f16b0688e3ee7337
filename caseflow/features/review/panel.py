"""The review on the page "Readiness" of a case, and in its summary."""

from dataclasses import dataclass

from caseflow.features.review.pages import KINDS, name_of, review_url
from caseflow.features.review.queries import reviews_of_case
from caseflow.features.review.service import may_review
from caseflow.models import CaseReview, ReviewStatus, Stage
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import Banner, CasePage, CasePanel, CaseView, NextStep, SummaryPart
from caseflow.web.texts import gettext as _
from caseflow.web.words import label


@dataclass(frozen=True, slots=True)
class ReviewPanel:
    """The last version that was put up for review. `href` is empty for people of other sections."""

    review: CaseReview | None
    status: str
    kind: str
    requested_by: str
    href: str


def review_panel(uow: UnitOfWork, view: CaseView) -> ReviewPanel:
    """Return the last review of a case: one statement."""
    reviews = reviews_of_case(uow, view.case)
    review = reviews[0] if reviews else None
    is_changed = review is not None and review.status is ReviewStatus.SIGNED and review.changed_at is not None
    status = label("review_status", review.status.value) if review else ""
    return ReviewPanel(
        review,
        _("Approved, and changed since") if is_changed else status,
        "bad" if is_changed else KINDS[review.status] if review else "neutral",
        name_of(review.requested_by) if review else "",
        review_url(view.case) if may_review(uow, view.case) else "",
    )


def summary(uow: UnitOfWork, view: CaseView) -> SummaryPart:
    """Return the way to the review, and a warning if an approved case has changed: no statement."""
    case = view.case
    if case.stage not in {Stage.READINESS_REVIEW, Stage.APPROVED} or not may_review(uow, case):
        return SummaryPart()
    href = review_url(case)
    if case.stage is Stage.READINESS_REVIEW:
        return SummaryPart(steps=[NextStep((0, 1000), _("Review: ask for it, or see what is open"), href)])
    if case.stale_version is None:
        return SummaryPart()
    text = _("Approved version %(number)s is out of date: the case has changed since.", number=case.stale_version)
    return SummaryPart(banners=[Banner(2, "bad", text, href, _("See what changed"))])


PANELS = (CasePanel(CasePage.READINESS, 5, review_panel, "review/_panel.html"),)
