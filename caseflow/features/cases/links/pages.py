"""The links of a case, as one of its two sides reads them."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseflow.features.cases.links import queries
from caseflow.features.cases.links.commands import Relation
from caseflow.models import Case, CaseLink, LinkKind
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CaseView


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link: what the case is to the other one."""

    row: CaseLink
    relation: Relation
    other: Case


@dataclass(frozen=True, slots=True)
class LinksPanel:
    """The links of a case, and those that were removed."""

    lines: Sequence[LinkLine]
    removed: Sequence[LinkLine]


def links_panel(uow: UnitOfWork, view: CaseView) -> LinksPanel:
    """Return the links of a case: one statement. Lead and followers come first."""
    lines = [link_line(view.case, one) for one in queries.links_of(uow, view.case.id)]
    lines.sort(key=lambda one: one.row.kind is not LinkKind.LEAD)
    return LinksPanel(
        [one for one in lines if one.row.removed_at is None], [one for one in lines if one.row.removed_at is not None]
    )


def link_line(case: Case, link: CaseLink) -> LinkLine:
    """Return a link as one of its two cases reads it."""
    is_first = link.first_id == case.id
    other = link.second if is_first else link.first
    leading = Relation.LEADS if is_first else Relation.FOLLOWS
    relation = leading if link.kind is LinkKind.LEAD else Relation(link.kind.value)
    return LinkLine(link, relation, other)
