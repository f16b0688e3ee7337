"""How tests type into a form without saving it, and what is kept then."""

from typing import Any

from werkzeug.test import TestResponse

from caseflow import drafts
from caseflow.access import PersonActor
from caseflow.runtime import Runtime
from tests.markup import PageForm
from tests.pages import Page, Pages


def form_of(page: Page, number: int = 0) -> PageForm:
    """Return the form of a page whose text is kept."""
    return [form for form in page.markup.main if form.is_post and "data-draft" in form.attributes][number]


def typed_values(page: Page, **typed: Any) -> dict[str, Any]:
    """Return what a browser sends for the form of a page with these texts."""
    return dict(form_of(page).values()) | {name.replace("__", "-"): value for name, value in typed.items()}


def keep(browser: Pages, page: Page, at: int = 1, **typed: Any) -> TestResponse:
    """Send what is typed into the form of a page, as its script does."""
    address = form_of(page).attributes.get("action") or page.answer.request.path
    own = {"draft-to": address, "draft-at": str(at), "draft-query": page.answer.request.query_string.decode()}
    return browser.client.post("/drafts", data=typed_values(page, **typed) | own)


def refuse(browser: Pages, page: Page, status: int = 422, **typed: Any) -> Page:
    """Send the form of a page with a token that has expired, so that it is not saved."""
    address = form_of(page).attributes.get("action") or page.answer.request.full_path
    answer = browser.post(address, typed_values(page, **typed) | {"csrf_token": "expired"})
    assert answer.status == status, answer.words[:500]
    return answer


def offers(page: Page) -> list[str]:
    """Return the addresses of "Use it" on a page, the latest draft first."""
    return [href for words, href in page.links.items() if words.startswith("Use it")]


def drafts_seen(runtime: Runtime, actor: PersonActor) -> list[drafts.Listed]:
    """Return the drafts that a person has."""
    with runtime.units.begin(actor) as uow:
        return drafts.drafts_of(uow.session, actor.user_id)
