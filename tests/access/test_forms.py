"""A form is shown to those who may send it: with roles in two sections, what one allows is not shown in the other."""

import pytest

from caseflow.features.cases.queries import one_case
from caseflow.models import GrantLevel, Role
from tests.access.walk import routes
from tests.factories import make_actor, make_section, share
from tests.leaks.test_routes import seen_by_all, token_of, whole_case

ROLES = {
    "worker who coordinates another section": (Role.CASEWORKER, Role.SECTION_COORDINATOR),
    "reporter who coordinates another section": (Role.SECTION_REPORTER, Role.SECTION_COORDINATOR),
    "coordinator of another section": (None, Role.SECTION_COORDINATOR),
    "worker in another section": (None, Role.CASEWORKER),
    "coordinator who works in another section": (Role.SECTION_COORDINATOR, Role.CASEWORKER),
}


def make_case_of_a_section(runtime):
    """Make a whole case of one of two sections; return the sections, its owner and the ids of everything."""
    here, there = (make_section(runtime.units, code) for code in ("ES", "EC"))
    owner, colleague = (make_actor(runtime.units, (here, Role.CASEWORKER)) for _ in range(2))
    ids = whole_case(runtime.units, owner, colleague)
    ids |= seen_by_all(runtime.units, make_actor(runtime.units, (here, Role.SECTION_COORDINATOR)))
    return here, there, owner, ids


@pytest.mark.holds(what=make_case_of_a_section)
@pytest.mark.parametrize("level", list(GrantLevel))
@pytest.mark.parametrize("who", ROLES)
def test_whoever_sees_a_form_may_send_it(runtime, pages, made, who, level):
    here, there, owner, ids = made
    roles = [(section, role) for section, role in zip((here, there), ROLES[who], strict=True) if role]
    person = make_actor(runtime.units, *roles)
    with runtime.units.begin(owner) as uow:
        case = one_case(uow, ids["case_id"])
    share(runtime.units, owner, case, there, level)
    app, client = pages(person).app, pages(person).client
    token = token_of(client)
    found = list(routes(app))
    sends = {route.rule: route for route in found if route.method == "POST"}
    shown = 0
    for route in found:
        if route.method != "GET" or route.rule not in sends or route.words or route.guard is None:
            continue
        address = route.address(app, ids)
        if client.get(address).status_code == 200:
            shown += 1
            sent = client.post(address, data={"csrf_token": token, "version": "0"})
            assert sent.status_code != 403, f"{route}: the form is shown, and refused when it is sent"
    assert shown > 3
