"""The excerpts of a list. Row security decides which texts are visible, as on the pages of a case."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from caseflow.db.excerpts import Excerpt, Finder
from caseflow.models.case_search import searched_texts
from caseflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Found:
    """Where a case has the words of a question: table and column of the text, and the piece of it."""

    place: str
    excerpt: Excerpt


def excerpts(uow: UnitOfWork, case_ids: Sequence[UUID], typed: str, places: Collection[str]) -> dict[UUID, Found]:
    """Return for each case the text, of these places, with the most words of a question. One statement, none without words."""
    finder, found = Finder(typed), dict[UUID, Found]()
    if not finder.terms or not case_ids:
        return found
    for case_id, place, text in uow.session.execute(searched_texts(tuple(places)), {"ids": list(case_ids)}):
        excerpt = finder.excerpt(text)
        if excerpt and (case_id not in found or excerpt.hits > found[case_id].excerpt.hits):
            found[case_id] = Found(place, excerpt)
    return found
