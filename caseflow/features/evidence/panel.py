"""The evidence of a case: its page, and its number in the navigation."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseflow.features.evidence.pages import evidence_url, show_size, target_choices, title_of
from caseflow.features.evidence.queries import (
    NUMBER_OF_EVIDENCE,
    codes_of,
    evidence_of_case,
    targets_of_case,
)
from caseflow.models import Evidence
from caseflow.storage.types import ENDINGS
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CaseCount, CasePage, CasePanel, CaseView
from caseflow.web.dates import show_date
from caseflow.web.texts import gettext as _
from caseflow.web.words import label


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A piece of evidence in the table of a case. Of what is restricted to others it has the number and the kind."""

    id: str
    number: str
    title: str
    kind: str
    href: str
    file: str
    dated: str
    source: str
    supports: list[str]
    is_restricted: bool
    is_hidden: bool
    is_damaged: bool
    is_removed: bool


@dataclass(frozen=True, slots=True)
class EvidencePanel:
    """The evidence of a case by number."""

    lines: Sequence[EvidenceLine]
    damaged: int


def evidence(uow: UnitOfWork, view: CaseView) -> EvidencePanel:
    """Return the evidence of a case: one statement, and two for what it supports."""
    found = evidence_of_case(uow, view.case)
    words = dict(target_choices(targets_of_case(uow, view.case, view.case.claims))) if found else {}
    lines = [_line(one, words) for one in found]
    return EvidencePanel(lines, sum(line.is_damaged for line in lines))


def _line(one: Evidence, words: dict[str, str]) -> EvidenceLine:
    content = one.content
    kind = label("evidence_kind", one.kind.value if one.kind else None)
    return EvidenceLine(
        id=f"evidence-{one.id}",
        number=one.label,
        title=title_of(one) if content else _("Restricted to the section of the case"),
        kind=kind if content and content.title else "",
        href=evidence_url(one.case_id, one.id) if content else "",
        file=f"{ENDINGS[content.media_type].upper()}, {show_size(content.size)}" if content else "",
        dated=show_date(content.dated) if content and content.dated else "",
        source=content.source if content else "",
        supports=[words[code] for code in codes_of(one) if code in words],
        is_restricted=one.is_restricted,
        is_hidden=content is None,
        is_damaged=content is not None and content.damage is not None,
        is_removed=one.removed_at is not None,
    )


COUNTS = (CaseCount(CasePage.EVIDENCE, (NUMBER_OF_EVIDENCE,), lambda number: str(number or "")),)
PANELS = (CasePanel(CasePage.EVIDENCE, 10, evidence, "evidence/_evidence.html"),)
