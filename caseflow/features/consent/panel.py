"""What the summary of a case, the pages of moves and the page of a person say of consent."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseflow.features.consent.pages import consent_panel
from caseflow.features.consent.queries import Missing
from caseflow.features.consent.service import missing
from caseflow.features.people.queries import people_of_case
from caseflow.models import ConsentScope, ConsentStatus, Stage
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import Banner, CasePage, CaseView, MovePanel, SummaryPart, case_url
from caseflow.web.feature import PersonPanel
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext
from caseflow.web.words import label


def summary(uow: UnitOfWork, view: CaseView) -> SummaryPart:
    """Return a warning for consents that were withdrawn: no statement, since the facts of the case have read them."""
    withdrawn = [
        f"{one.code_name} ({label('consent_short', consent.scope.value)})"
        for one in uow.cached(people_of_case, view.case)
        for consent in one.consents
        if consent.status is ConsentStatus.WITHDRAWN
    ]
    if not withdrawn:
        return SummaryPart()
    text = ngettext(
        "A consent was withdrawn: %(which)s.",
        "%(num)s consents were withdrawn: %(which)s.",
        len(withdrawn),
        which=", ".join(withdrawn),
    )
    banner = Banner(1, "bad", text, case_url(view.case.id, CasePage.TASKS), _("See what follows"))
    return SummaryPart(banners=[banner])


@dataclass(frozen=True, slots=True)
class MissingConsents:
    """The victims without consent for what a move does."""

    scope: ConsentScope
    missing: Sequence[Missing]


def to_approve(uow: UnitOfWork, view: CaseView) -> MissingConsents:
    """Return who has not consented that the case is submitted: one statement."""
    return MissingConsents(ConsentScope.SUBMIT, missing(uow, view.case, ConsentScope.SUBMIT))


def to_refer(uow: UnitOfWork, view: CaseView) -> MissingConsents:
    """Return who has not consented that the case is referred: one statement."""
    return MissingConsents(ConsentScope.REFER, missing(uow, view.case, ConsentScope.REFER))


MOVE_PANELS = (
    MovePanel(Stage.APPROVED, to_approve, "consent/_missing.html"),
    MovePanel(Stage.REFERRED, to_refer, "consent/_missing.html"),
)
PERSON_PANELS = (PersonPanel(consent_panel, "consent/_of_person.html"),)
