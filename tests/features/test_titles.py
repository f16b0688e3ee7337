"""The titles of pages: what is done and of which case, "Error" in front, and messages that name their field."""

import re

import pytest

from caseflow.models import Role
from tests.factories import make_actor, make_case, make_claim, make_deadline, make_remedy, make_section

REFERENCE = re.compile(r"ES-\d{4}-\d{4}")


@pytest.fixture
def lead(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.SECTION_COORDINATOR))


@pytest.fixture
def addresses(runtime, lead):
    case = make_case(runtime.units, lead)
    claim = make_claim(runtime.units, lead, case)
    remedy, deadline = make_remedy(runtime.units, lead, claim), make_deadline(runtime.units, lead, case)
    root = f"/cases/{case.id}"
    return [
        root, f"{root}/edit", f"{root}/move", f"{root}/assign", f"{root}/contact", f"{root}/claims/new",
        f"{root}/claims/{claim.id}", f"{root}/claims/{claim.id}/remedies/new", f"{root}/remedies/{remedy.id}",
        f"{root}/remedies/{remedy.id}/remove", f"{root}/procedures/new", f"{root}/deadlines/new", f"{root}/what-if",
        f"/deadlines/{deadline.id}/edit", f"/deadlines/{deadline.id}/done", f"/deadlines/{deadline.id}/later",
    ]  # fmt: skip


def test_titles_name_what_is_done_and_the_case_and_no_two_are_the_same(pages, lead, addresses):
    titles = [pages(lead).get(address).markup.title.strip() for address in addresses]
    assert all(len(REFERENCE.findall(title)) == 1 for title in titles), titles
    assert len(set(titles)) == len(titles), sorted(titles)
    assert not any("evicted" in title for title in titles), "no title of a case"


def test_a_page_with_errors_says_so_first_and_its_messages_name_field_and_parts(pages, lead, addresses):
    form = next(address for address in addresses if address.endswith("remedies/new"))
    page = pages(lead).submit(
        form, stage="COURT_1", decided__day="77", decided__month="13", decided__year="99", status=422
    )
    assert page.markup.title.strip().startswith("Error: Add a remedy \u2013 ES-")
    assert "Decided: The day must be a number from 1 to 31." in page.words
    message = page.error_at("decided")
    assert all(part in message for part in ("day must", "month as a number", "year must"))
    assert page.html.count('aria-invalid="true" aria-describedby="decided-error"') == 3
    assert not pages(lead).get(form).markup.title.startswith("Error")
