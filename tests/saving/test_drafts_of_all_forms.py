"""Every form of the case file with a field for text: what is typed is kept, offered when the form is opened, and filled in.

The forms are found by walking the routes, so a new one is tried by itself. Each is tried as a page with scripts sends it while
somebody types, and without scripts: sent with a token that has expired, so that nothing is saved.
"""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from caseflow.access import Permission
from caseflow.features.drafts.words import VOCABULARIES
from caseflow.models import Role, Stage
from tests.access.walk import routes
from tests.factories import make_actor, make_case, make_claim, make_remedy, make_section, move_to
from tests.factories.dates import days_ago
from tests.leaks.test_routes import seen_by_all, whole_case
from tests.markup import Markup, PageForm
from tests.pages import Page, Pages
from tests.saving.drafting import form_of, keep, offers, refuse

WORDS = {
    "code": "ES",
    "treaty": "ECHR",
    "kind": "manual",
    "scope": "submit",
    "number": "5-2015",
    "holding_id": "5-2015-1",
}
"""Values of the names in addresses that are no ids."""
NOT_KEPT = {
    # passwords and sign-in
    "accounts.sign_in", "accounts.password", "accounts.language", "accounts.device",
    # words that are searched for, a reason to look, a question that saves nothing
    "identity.find", "identity.reveal", "intake.search", "readiness.what_if",
    # asked before somebody has said whether a record of them may be kept
    "intake.consent",
    # choices between two records, which the page draws from them each time
    "duplicates.compare",
    # files
    "reference.import_file", "treaties.import_list", "evidence.add",
}  # fmt: skip
TEXT = ("text", "textarea")
NOT_FILLED_IN = ("hidden", "button", "submit")


@dataclass
class Walk:
    """The browser of somebody who may open every form, and the addresses of all forms by their endpoints."""

    browser: Pages
    addresses: dict[str, str]

    def page(self, endpoint: str) -> Page:
        return self.browser.get(self.addresses[endpoint], most=60)


def addresses_of(app: Any, ids: dict[str, Any]) -> dict[str, str]:
    """Return the address of every page that draws a form that is sent to it."""
    with app.test_request_context():
        return {
            route.endpoint: app.url_for(
                route.endpoint,
                **{n: ids.get(n, uuid4()) for n in route.ids},
                **{n: WORDS.get(n, w) for n, w in route.words.items()},
            )
            for route in routes(app)
            if route.method == "POST" and isinstance(route.guard, Permission) and "GET" in methods(app, route.endpoint)
        }


def methods(app: Any, endpoint: str) -> set[str]:
    return {route.method for route in routes(app) if route.endpoint == endpoint}


def make_forms(runtime):
    """Make what has a form: a person who may do everything, ids of everything, and a case that may be filed."""
    section = make_section(runtime.units, "ES")
    roles = (Role.SECTION_COORDINATOR, Role.ADMINISTRATOR, Role.CASEWORKER)
    me = make_actor(runtime.units, *((section, role) for role in roles))
    colleague = make_actor(runtime.units, (section, Role.CASEWORKER))
    ids = whole_case(runtime.units, me, colleague) | seen_by_all(runtime.units, me)
    case = make_case(runtime.units, me)
    make_remedy(runtime.units, me, make_claim(runtime.units, me, case), outcome="dismissed", decided=days_ago(9))
    move_to(
        runtime.units, me, case, Stage.VERIFICATION, Stage.DOMESTIC_REMEDIES, Stage.READINESS_REVIEW, Stage.APPROVED
    )
    return me, ids, case


pytestmark = pytest.mark.holds(what=make_forms)


@pytest.fixture
def walk(pages, made) -> Walk:
    me, ids, case = made
    browser = pages(me)
    found = addresses_of(browser.app, ids)
    found["filings.record"] = f"/cases/{case.id}/filing"
    found["saved_lists.add"] += "?view=mine"
    found["cases.write_contact"] = f"/cases/{case.id}/contact"
    found["cases.assign_several"] += f"?chosen={case.id}"
    browser.submit(f"/cases/{ids['case_id']}/people/{ids['case_person_id']}/reveal", reason="She is on the phone")
    return Walk(browser, found)


def typed_in(page: Page) -> dict[str, str]:
    """Return a text of its own for every box of the form of a page in which one can type."""
    boxes = [
        one for one in form_of(page).controls if one.kind in TEXT and one.name and "readonly" not in one.attributes
    ]
    return {one.name: f"w{number}z" for number, one in enumerate(boxes)}


def texts(page: Page, typed: dict[str, str]) -> dict[str, list[str]]:
    return {name: form_of(page).values().get(name, []) for name in typed}


def kept_forms(walk: Walk) -> list[str]:
    """Return the endpoints whose forms are kept."""
    return sorted(endpoint for endpoint in walk.addresses if "data-draft" in html_of(walk, endpoint))


def html_of(walk: Walk, endpoint: str) -> str:
    answer = walk.browser.client.get(walk.addresses[endpoint], follow_redirects=True)
    return answer.get_data(as_text=True) if answer.status_code == 200 else ""


def is_filled_in(form: PageForm) -> bool:
    """Return whether something is typed or chosen in a form."""
    return form.is_post and any(one.name and one.kind not in NOT_FILLED_IN for one in form.controls)


def test_every_form_keeps_what_is_typed_or_says_why_not(walk):
    found = kept_forms(walk)
    lost = [
        endpoint
        for endpoint in walk.addresses.keys() - {*found, *NOT_KEPT}
        if any(is_filled_in(form) for form in Markup(html_of(walk, endpoint)).main)
    ]
    assert lost == [], "their forms do not keep what is typed: see NOT_KEPT"
    assert set(found) & NOT_KEPT == set()
    assert len(found) > 40


def test_every_form_has_a_name_in_the_list(walk):
    unnamed = {*kept_forms(walk), "cases.write_contact"} - {"cases.contact"} - VOCABULARIES["draft_form"].keys()
    assert unnamed == set(), "name them in caseflow/features/drafts/words.py"


@pytest.mark.parametrize("way", ["with scripts", "without scripts"])
def test_no_typed_word_is_lost(walk, way):
    lost, tried = [], 0
    for endpoint in kept_forms(walk):
        page = walk.page(endpoint)
        typed = typed_in(page)
        if not typed:
            continue
        tried += 1
        if way == "with scripts":
            answer = keep(walk.browser, page, **typed)
            assert answer.status_code == 200, (endpoint, answer.get_data(as_text=True))
        else:
            refuse(walk.browser, page, **typed)
        offered = offers(walk.page(endpoint))
        if not offered:
            lost.append(f"{endpoint}: not offered")
            continue
        used = walk.browser.get(offered[0], most=60)
        if texts(used, typed) != {name: [text] for name, text in typed.items()}:
            lost.append(f"{endpoint}: {texts(used, typed)} instead of {typed}")
    assert lost == []
    assert tried > 35
