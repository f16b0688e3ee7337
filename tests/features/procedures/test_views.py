"""Procedures elsewhere: recording, errors at the field, and facts for the law engine."""

import pytest

from caseflow.features.cases.queries import history, whole_case
from caseflow.features.readiness.facts import case_document
from caseflow.law import EarlierCommunication, OtherProcedure
from caseflow.models import Role
from tests.factories import known, make_actor, make_case, make_procedure, make_section, reload_case


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


def facts(runtime, ana, case):
    with runtime.units.begin(ana) as uow:
        return case_document(uow, whole_case(uow, case.id)).facts


def confirm_procedures(pages, ana, case, *, is_checked=True):
    ticked = "y" if is_checked else ""
    pages(ana).submit(f"/cases/{case.id}/procedures/checked", is_without_other_procedures=ticked)


def test_a_procedure_is_recorded_and_shown(pages, runtime, ana, case):
    page = pages(ana).submit(
        f"/cases/{case.id}/procedures/new",
        body="ECTHR",
        status_="rejected_unexamined",
        file_number="12345/20",
        began__year="2021",
        ended__month="5",
        ended__year="2022",
        same_persons="yes",
        same_facts="yes",
        same_rights="no",
    )
    assert "European Court of Human Rights" in page.words
    assert "2021 \u2013 May 2022" in page.words
    assert "Persons: yes, facts: yes, rights: no" in page.words
    (procedure,) = reload_case(runtime.units, ana, case).other_procedures
    assert (procedure.body, procedure.began.edtf, procedure.same_rights) == ("ECTHR", "2021", False)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"began__year": "2022", "ended__year": "2021"}, ("ended", "cannot have ended before it began")),
        (
            {"status_": "pending", "ended__year": "2021"},
            ("status", "There is an end date"),
        ),
        ({"began__year": "2999"}, ("began", "is in the future")),
        ({"body": ""}, ("body", "Choose the body")),
        ({"body": "COURT_OF_THE_MOON"}, ("body", "Choose one from the list")),
    ],
)
def test_an_impossible_procedure_has_an_error_at_its_field_and_is_kept(pages, runtime, ana, typed, message):
    case = make_case(runtime.units, ana)
    given = {"body": "CRC", "file_number": "77/2020", **typed}
    page = pages(ana).submit(f"/cases/{case.id}/procedures/new", **given, status=422)
    field, sentence = message
    assert sentence in page.error_at(field)
    assert page.form().values()["file_number"] == ["77/2020"]
    assert reload_case(runtime.units, ana, case).other_procedures == []


def test_a_procedure_is_changed_and_removed_and_both_are_in_the_history(pages, runtime, ana, case):
    procedure = make_procedure(runtime.units, ana, case)
    address = f"/cases/{case.id}/procedures/{procedure.id}"
    pages(ana).submit(address, status_="pending", file_number="1/2024")
    pages(ana).submit(f"{address}/remove")
    assert reload_case(runtime.units, ana, case).other_procedures == []
    page = pages(ana).get(f"/cases/{case.id}/history")
    assert "Removed a procedure elsewhere" in page.words
    assert "International body: Individual application: European Court of Human Rights" in page.words
    with runtime.units.begin(ana) as uow:
        removed = history(uow, case.id, limit=1)[0]
    assert removed.changes["file_number"] == ["1/2024", None]


def test_a_stale_procedure_shows_both_texts(pages, runtime, ana, case):
    procedure = make_procedure(runtime.units, ana, case, file_number="1/2020")
    path = f"/cases/{case.id}/procedures/{procedure.id}"
    stale = pages(ana).get(path)
    pages(ana).submit(path, file_number="2/2020")
    page = pages(ana).send(stale, file_number="3/2020", status=409)
    assert "2/2020" in page.words
    assert page.form().values()["file_number"] == ["3/2020"]


def test_without_procedures_the_fact_is_unknown_until_it_is_confirmed(pages, runtime, ana, case):
    assert (facts(runtime, ana, case).other_procedures, facts(runtime, ana, case).earlier_communications) == (
        None,
        None,
    )
    confirm_procedures(pages, ana, case)
    assert (facts(runtime, ana, case).other_procedures, facts(runtime, ana, case).earlier_communications) == ((), ())
    assert "Nothing was ever filed" in pages(ana).get(f"/cases/{case.id}/remedies").words
    confirm_procedures(pages, ana, case, is_checked=False)
    assert facts(runtime, ana, case).other_procedures is None


def test_adding_a_procedure_withdraws_the_confirmation(pages, runtime, ana, case):
    confirm_procedures(pages, ana, case)
    make_procedure(runtime.units, ana, case, body="CRC")
    assert not reload_case(runtime.units, ana, case).is_without_other_procedures
    assert facts(runtime, ana, case).earlier_communications is None
    confirm_procedures(pages, ana, case)
    assert facts(runtime, ana, case).earlier_communications == ()
    assert "Nothing else was filed" in pages(ana).get(f"/cases/{case.id}/remedies").words


def test_a_procedure_before_the_committee_is_an_earlier_communication(runtime, ana, case):
    make_procedure(runtime.units, ana, case, body="CRC", status="pending", began=known(2024), same_persons=True)
    make_procedure(
        runtime.units, ana, case, body="CESCR", status="examined", file_number="9/2015", has_anything_new=True
    )
    found = facts(runtime, ana, case)
    assert found.other_procedures == (
        OtherProcedure(body="CRC", same_persons=True, status="pending", start=known(2024)),
    )
    assert found.earlier_communications == (
        EarlierCommunication(number="9/2015", status="examined", anything_new=True),
    )


def test_places_of_facts_lead_to_form_fields(runtime, ana, case):
    make_procedure(runtime.units, ana, case, body="CESCR")
    crc = make_procedure(runtime.units, ana, case, body="CRC")
    with runtime.units.begin(ana) as uow:
        document = case_document(uow, whole_case(uow, case.id))
    until = document.place_of("/other_procedures/0/until")
    assert (until.endpoint, until.anchor, until.words) == ("procedures.edit", "ended-day", ("field", "ended"))
    assert (until.row_id, until.ids) == (crc.id, {"procedure_id": crc.id})
    assert document.place_of("/earlier_communications/0/anything_new").anchor == "has_anything_new"
    assert document.place_of("/other_procedures").endpoint == "procedures.confirm"


def test_a_stale_confirmation_is_a_conflict(pages, runtime, ana, case):
    stale = pages(ana).get(f"/cases/{case.id}/procedures/checked")
    pages(ana).submit(f"/cases/{case.id}/edit", title="Another title")
    page = pages(ana).send(stale, is_without_other_procedures="y", status=409)
    pages(ana).send(page, is_without_other_procedures="y")
    assert reload_case(runtime.units, ana, case).is_without_other_procedures
