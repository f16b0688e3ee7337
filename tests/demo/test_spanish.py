"""No sentence of the law is English on a Spanish page: the fullest cases of the demo coalition, page by page."""

import re

import pytest
from sqlalchemy import func, select

from caseflow.access.actor import JobActor, SystemRole
from caseflow.features.accounts.queries import person_actor
from caseflow.features.accounts.service import choose_language
from caseflow.models import Case, DomesticRemedy, User
from deploy.messages import ROOT, said_of_law

pytestmark = pytest.mark.slow
CASES = 6
PAGES = ("", "/readiness", "/remedies", "/facts", "/tasks", "/what-if", "/assessments")
SHORTEST = 22
"""Shorter pieces of messages may be words of the case itself, which are in English in the demo."""


@pytest.fixture
def database(demo_database):
    """Pages of this module are those of the demo coalition."""
    return demo_database


def pieces():
    """Return the longest piece of each message of the law between its places."""
    longest = (max(re.split(r"\{[^}]*\}", found.ids), key=len).strip() for found in said_of_law(ROOT))
    return {piece for piece in longest if len(piece) >= SHORTEST}


def english_on(page):
    return sorted(piece for piece in pieces() if piece in page.words)


def test_the_fullest_cases_have_no_english_sentence_of_the_law(pages, runtime, demo_database):
    with demo_database.as_superuser() as engine, engine.connect() as connection:
        lucia = connection.scalar(select(User.id).where(User.email == "lucia@demo.example"))
        fullest = connection.scalars(
            select(Case.id)
            .join(DomesticRemedy)
            .where(Case.owner_id == lucia)
            .group_by(Case.id)
            .order_by(func.count().desc(), Case.id)
            .limit(CASES)
        ).all()
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        actor = person_actor(uow, lucia)
    assert "The Protocol has been in force for Spain" in pages(actor).get(f"/cases/{fullest[0]}/readiness").words
    with runtime.units.begin(actor) as uow:
        choose_language(uow, "es")
    browser = pages.another(actor)
    found = {"/my-work": english_on(browser.get("/my-work"))}
    for case in fullest:
        for name in PAGES:
            found[f"{case}{name}"] = english_on(browser.get(f"/cases/{case}{name}"))
    assert len(found) > CASES
    assert {address: said for address, said in found.items() if said} == {}
