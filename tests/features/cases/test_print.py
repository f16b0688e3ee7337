"""What paper says on top of the list and of a case."""

import pytest

from caseflow.models import Role
from tests.factories import make_actor, make_case, make_section


@pytest.mark.parametrize("path", ["/cases", "case"])
def test_paper_says_that_it_is_confidential_when_and_by_whom_it_was_printed(runtime, pages, path):
    section = make_section(runtime.units, "ES")
    ana = make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana Demo")
    case = make_case(runtime.units, ana)
    html = pages(ana).get(f"/cases/{case.id}" if path == "case" else path).html
    line = html.partition('<p class="cf-printed">')[2].partition("</p>")[0]
    assert "Confidential" in line
    assert "by Ana Demo" in line
    assert (case.reference in line) == (path == "case")
    assert case.title not in line
