"""The pages of drafts: the list, one draft, and discarding."""

import pytest

from caseflow.models import Role
from tests.factories import make_actor, make_case, make_section
from tests.factories.drafts import make_draft
from tests.saving.drafting import drafts_seen, form_of, keep

TYPED = "Evicted at dawn, with the locks changed"


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


def test_drafts_are_listed_without_their_text_and_discarded(pages, runtime, ana, case):
    make_draft(runtime.units, ana, case, what=TYPED)
    browser = pages(ana)
    assert "My drafts" in browser.get("/my-work").words
    page = browser.get("/drafts")
    assert "Add an act or omission" in page.words
    assert case.reference in page.words
    assert TYPED not in page.html
    left = browser.send(page)
    assert "The draft was discarded." in left.words
    assert "You have no drafts" in left.words
    assert "My drafts" not in browser.get("/my-work").words


def test_a_draft_that_was_typed_on_meanwhile_is_not_discarded(pages, runtime, ana):
    browser = pages(ana)
    first = browser.get("/cases/new")
    keep(browser, first, title="Begun")
    offered = browser.get("/cases/new")
    keep(browser, first, at=2, title="Begun, and typed on")
    token = form_of(offered).values()["csrf_token"]
    draft = drafts_seen(runtime, ana)[0].draft
    browser.post(f"/drafts/{draft.id}/discard", {"csrf_token": token, "version": draft.version - 1})
    assert "You typed on in another window" in browser.get("/cases/new").words
    assert len(drafts_seen(runtime, ana)) == 1
