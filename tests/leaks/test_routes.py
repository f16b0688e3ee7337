"""Every route with the ids of another section's case gives the same response as with ids that do not exist."""

import re
from uuid import uuid4

import pytest
import time_machine
from flask.testing import FlaskClient

from caseflow.access import PersonActor
from caseflow.clock import now, today
from caseflow.features.cases.flags.commands import NewFlag
from caseflow.features.cases.flags.service import raise_flag
from caseflow.features.cases.links.commands import NewLink, Relation
from caseflow.features.cases.links.service import link_cases
from caseflow.features.cases.saved.commands import NewSavedList
from caseflow.features.cases.saved.service import save_list
from caseflow.features.cases.service import editable_case
from caseflow.features.duplicates.cases import service as duplicate_cases
from caseflow.features.duplicates.dismissing import say_different
from caseflow.features.duplicates.service import pair_of
from caseflow.features.evidence.copying import make_copies
from caseflow.features.people.commands import NewRelation, PersonDetails, RoleDetails
from caseflow.features.people.identity.service import ask_for_identity
from caseflow.features.people.queries import one_person
from caseflow.features.people.service import add_person, add_relation
from caseflow.features.reminders.preferences.commands import NewAbsence
from caseflow.features.reminders.preferences.service import add_absence
from caseflow.models import FlagKind, RelationKind, Role
from caseflow.storage import Store
from caseflow.unit_of_work import Units
from tests.access.walk import Route, routes
from tests.factories import (
    answers_seen,
    end_roles,
    make_act,
    make_actor,
    make_attempt,
    make_case,
    make_channel,
    make_claim,
    make_comment_of_old_case,
    make_deadline,
    make_decision_of_old_case,
    make_evidence,
    make_follow_up,
    make_housing_application,
    make_intervention,
    make_letter_of_old_case,
    make_note,
    make_objection,
    make_other_treaty,
    make_person,
    make_procedure,
    make_remedy,
    make_section,
    make_task,
    make_template,
    reminders_seen,
)
from tests.factories.dossier import make_build, make_text
from tests.factories.drafts import make_draft
from tests.factories.evidence import make_upload
from tests.factories.interim import make_request
from tests.factories.merging import merge, merge_two_cases
from tests.factories.remedy_maps import packaged_map
from tests.factories.reprisals import make_reprisal
from tests.rendering.hostile import picture, saved

NONCE = re.compile(rb"nonce-([\w-]+)")
REFERENCE = re.compile(r"\bES-\d{4}-\d{4}\b")
"""A reference of the foreign section; "ES-" alone stands in a random token now and then."""
KINDS = {
    "case_person_id",
    "relation_id",
    "channel_id",
    "attempt_id",
    "reveal_id",
    "claim_id",
    "act_id",
    "housing_application_id",
    "other_treaty_id",
    "objection_id",
    "remedy_id",
    "procedure_id",
    "intervention_id",
    "evidence_id",
    "upload_id",
    "letter_id",
    "text_id",
    "build_id",
    "decision_id",
    "recommendation_id",
    "step_of_follow_up_id",
    "reprisal_id",
    "note_id",
    "task_id",
    "template_id",
    "deadline_id",
    "assessment_id",
    "reminder_id",
    "absence_id",
    "list_id",
    "comment_id",
    "draft_id",
    "first_id",
    "second_id",
    "merge_id",
    "difference_id",
    "other_case_id",
    "case_difference_id",
    "flag_id",
    "link_id",
    "case_merge_id",
}
"""Names of ids in addresses, besides that of the case. A new one is added here and in `whole_case`."""
OF_ALL = {"map_id", "step_id"}
"""Names of ids of rows that everybody with a role sees. A new one is added here and in `seen_by_all`."""


def whole_case(units: Units, by: PersonActor, colleague: PersonActor, store: Store | None = None) -> dict[str, object]:
    """Make a case with one child of every kind that has an address, and an absence with the colleague as substitute."""
    case = make_case(units, by)
    claim = make_claim(units, by, case)
    parts = {
        "claim_id": claim,
        "act_id": make_act(units, by, claim),
        "housing_application_id": make_housing_application(units, by, claim),
        "other_treaty_id": make_other_treaty(units, by, claim),
        "objection_id": make_objection(units, by, case),
        "remedy_id": make_remedy(units, by, claim),
        "procedure_id": make_procedure(units, by, case),
        "intervention_id": make_intervention(units, by, case),
        "evidence_id": make_evidence(units, by, case, claim, store=store, content=saved(picture(), "PNG")),
        "upload_id": make_upload(units, by, case),
        "note_id": make_note(units, by, case),
        "text_id": make_text(units, by, case),
        "build_id": make_build(units, by, case),
        "task_id": make_task(units, by, case, steps=("Ask", "Fetch")),
        "deadline_id": make_deadline(units, by, case),
        "assessment_id": answers_seen(units, by, case)[0],
    }
    parts["letter_id"] = make_letter_of_old_case(units, by, case)
    parts["decision_id"], parts["recommendation_id"] = make_decision_of_old_case(units, by, claim, parts["letter_id"])
    parts["step_of_follow_up_id"] = make_follow_up(units, by, case, parts["recommendation_id"])
    make_request(units, by, case)
    parts["reprisal_id"] = make_reprisal(units, by, case)
    parts["comment_id"] = make_comment_of_old_case(units, by, case)
    parts["case_person_id"] = make_person(units, by, case, name="Rosa Navarro")
    with units.begin(by) as uow:
        editable, person = editable_case(uow, case.id), one_person(uow, case, parts["case_person_id"].id)
        child = add_person(uow, editable, PersonDetails(), RoleDetails(roles=("victim",)))
        new_relation = NewRelation(person_id=person.id, other_id=child.id, kind=RelationKind.PARENT)
        parts["relation_id"] = add_relation(uow, editable, new_relation)
        parts["first_id"], parts["second_id"] = person, child
        parts["reveal_id"] = ask_for_identity(uow, editable, person, "She is on the phone")
    parts["channel_id"] = make_channel(units, by, case, parts["case_person_id"])
    parts["attempt_id"] = make_attempt(units, by, case, parts["case_person_id"])
    twice = [make_person(units, by, case, name="Luis Ortega") for _ in range(2)]
    parts["merge_id"] = merge(units, by, *twice)
    parts["other_case_id"] = make_case(units, by)
    with units.begin(by) as uow:
        pair = duplicate_cases.pair_of(uow, case.id, parts["other_case_id"].id)
        parts["case_difference_id"] = duplicate_cases.say_different(uow, pair, "Two floods")
        parts["flag_id"] = raise_flag(uow, pair.first, NewFlag(kind=FlagKind.SAFETY, reason="Threats"))
        new_link = NewLink(relation=Relation.LAW, reference=pair.second.reference, reason="The same decree")
        parts["link_id"] = link_cases(uow, pair.first, new_link)
        parts["difference_id"] = say_different(uow, pair_of(uow, twice[0].id, child.id), "Two brothers")
    parts["case_merge_id"] = merge_two_cases(units, by, *(make_case(units, by) for _ in range(2)))
    with units.begin(by) as uow:
        new = NewAbsence(user_id=by.user_id, substitute_id=colleague.user_id, starts_on=today(), ends_on=today())
        parts["absence_id"] = add_absence(uow, new)
        parts["list_id"] = save_list(uow, NewSavedList(name="Mine", query="view=mine"))
    parts["draft_id"] = make_draft(units, by, case)
    parts["template_id"] = make_template(units, case.section_id)
    parts["reminder_id"] = reminders_seen(units, by)[0]
    return {"case_id": case.id, **{name: part.id for name, part in parts.items()}}


def seen_by_all(units: Units, by: PersonActor) -> dict[str, object]:
    """Return one row of every kind that has an address and belongs to no case."""
    remedy_map = packaged_map(units, by)
    return {"map_id": remedy_map.id, "step_id": remedy_map.steps[0].id}


@pytest.fixture
def two_sections(runtime, pages):
    """A case of Spain with all children; the browser of a coordinator of Ecuador with such a case as well."""
    spain, ecuador = make_section(runtime.units, "ES"), make_section(runtime.units, "EC")
    spanish = [make_actor(runtime.units, (spain, Role.CASEWORKER)) for _ in range(2)]
    foreign = whole_case(runtime.units, *spanish, runtime.store)
    stranger, colleague = (make_actor(runtime.units, (ecuador, Role.SECTION_COORDINATOR)) for _ in range(2))
    own = whole_case(runtime.units, stranger, colleague, runtime.store) | seen_by_all(runtime.units, stranger)
    assert make_copies(runtime.units, runtime.store).made == 2, "so that both have pictures to look at"
    return foreign, pages(stranger).client, own


def id_routes(app) -> list[Route]:
    found = [route for route in routes(app) if route.ids]
    unknown = {name for route in found for name in route.ids} - {"case_id", *KINDS, *OF_ALL}
    assert not unknown, f"add {unknown} to KINDS and whole_case, or to OF_ALL and seen_by_all"
    return found


def everything(client: FlaskClient, route: Route, address: str, token: str) -> list[object]:
    """Return status, headers and body with and without the token of a page; the nonce, which always differs, is replaced."""
    seen = []
    for data in ({}, {"csrf_token": token, "version": "1"}):
        answer = client.open(address, method=route.method, data=data)
        policy = answer.headers["Content-Security-Policy"].encode()
        nonce = found[1] if (found := NONCE.search(policy)) else b"no nonce"
        headers = [(name, value.replace(nonce.decode(), "*")) for name, value in answer.headers]
        seen.append((answer.status_code, headers, answer.data.replace(nonce, b"*")))
    return seen


def token_of(client: FlaskClient) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get("/account").text)[1]


@pytest.mark.usefixtures("quick_refusals")
def test_hidden_and_missing_are_the_same_bytes(app, two_sections):
    foreign, stranger, own = two_sections
    missing = {name: uuid4() for name in foreign}
    found = id_routes(app)
    assert len(found) > 5
    with time_machine.travel(now(), tick=False):  # the token of a page contains the current second
        token = token_of(stranger)
        for route in found:
            hidden = everything(stranger, route, route.address(app, foreign), token)
            absent = everything(stranger, route, route.address(app, missing), token)
            assert hidden == absent, str(route)
            assert {answer[0] for answer in hidden} == {404}, str(route)
            if set(route.ids) > {"case_id"}:
                mixed = everything(stranger, route, route.address(app, foreign | {"case_id": own["case_id"]}), token)
                nothing = everything(stranger, route, route.address(app, missing | {"case_id": own["case_id"]}), token)
                assert mixed == nothing, f"{route} with one's own case and the part of another"
                assert {answer[0] for answer in mixed} == {404}, str(route)


def test_the_walk_reaches_the_pages(app, two_sections):
    """With ids of the own case the same addresses exist; otherwise the test above would prove nothing."""
    _, stranger, own = two_sections
    pages = {
        str(route): stranger.get(route.address(app, own)).status_code
        for route in id_routes(app)
        if route.method == "GET"
    }
    assert set(pages.values()) <= {200, 302, 303}, pages


def test_a_planted_leak_is_found(app, two_sections, monkeypatch):
    """Plants a view whose response for a hidden case differs from that for a missing one."""
    foreign, stranger, _ = two_sections
    route = next(route for route in id_routes(app) if route.endpoint == "cases.show")
    refusing = app.view_functions["cases.show"]

    def leaking(case_id, **place):
        if case_id == foreign["case_id"]:
            return "not yours", 404
        return refusing(case_id, **place)

    leaking.guard = refusing.guard
    monkeypatch.setitem(app.view_functions, "cases.show", leaking)
    hidden = everything(stranger, route, route.address(app, foreign), "")
    assert hidden != everything(stranger, route, route.address(app), "")


def test_no_page_shows_anything_of_a_foreign_case(app, two_sections):
    foreign, stranger, _ = two_sections
    for route in routes(app):
        if route.method == "GET" and not route.ids:
            page = stranger.get(route.address(app)).text
            if not route.endpoint.startswith("help."):  # its examples name references
                assert not REFERENCE.search(page), str(route)
            assert not any(str(value) in page for value in foreign.values()), str(route)


def test_an_ended_role_ends_access_at_once(runtime, pages):
    worker = make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))
    address = f"/cases/{make_case(runtime.units, worker).id}"
    pages(worker).get(address)
    end_roles(runtime.units, worker)
    pages(worker).get(address, status=403)
