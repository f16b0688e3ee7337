"""Interim measures: written, signed by another person, handed out, sent, followed up; and what must not pass."""

import io
import zipfile
from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from caseflow.clock import now
from caseflow.errors import Conflict, Forbidden, Invalid
from caseflow.models import ConsentScope, Role
from tests.factories import (
    PASSWORD,
    days_ago,
    in_days,
    make_actor,
    make_case,
    make_claim,
    make_consent,
    make_letter,
    make_person,
)
from tests.factories.cases import add_victim_who_consents
from tests.factories.interim import TEXTS, make_request, send_request, sign_request, threaten


@pytest.fixture
def urgent(runtime, ana):
    """A case before filing with a victim who consents, and an act that is threatened for tomorrow."""
    case = make_case(runtime.units, ana)
    add_victim_who_consents(runtime.units, ana, case)
    make_claim(runtime.units, ana, case)
    threaten(runtime.units, ana, case)
    return case


def boxes_of(name, day):
    return {f"{name}__{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def page_of(case):
    return f"/cases/{case.id}/emergency"


def test_from_the_call_to_the_letter(runtime, ana, lead, urgent, pages):
    page = pages(ana).get(page_of(urgent))
    assert "1 day" in page.words
    assert "What will be done, and to whom" in page.words
    saved = pages(ana).submit(f"{page_of(urgent)}/request", **TEXTS)
    assert "Ready to be signed" in saved.words
    assert "Read and sign" not in saved.words
    signed = pages(lead).submit(f"{page_of(urgent)}/sign", password=PASSWORD)
    assert "Signed, not sent yet" in signed.words
    letter = pages(ana).submit(f"{page_of(urgent)}/letter", kind="text", language="es")
    assert letter.answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    written = letter.answer.data.decode()
    assert "MEDIDAS PROVISIONALES" in written
    assert all(one in written for one in TEXTS.values())
    drawn = pages(ana).get(f"{page_of(urgent)}/letter").form()
    archive = pages(ana).post(f"{page_of(urgent)}/letter", {**drawn.values(), "kind": "documents"})
    with zipfile.ZipFile(io.BytesIO(archive.answer.data)) as files:
        assert {name.rpartition(".")[2] for name in files.namelist()} == {"docx", "pdf", "json"}
    sent = pages(ana).submit(
        f"{page_of(urgent)}/sent", channel="email", proof="No. 7", **boxes_of("sent_on", in_days(0))
    )
    assert "No. 7" in sent.words


def test_nobody_signs_what_they_wrote_or_own(runtime, ana, lead, section, urgent):
    make_request(runtime.units, lead, urgent)
    for own in (lead, ana):
        with pytest.raises(Forbidden):
            sign_request(runtime.units, own, urgent)
    other = make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))
    assert sign_request(runtime.units, other, urgent).signed_by_id == other.user_id
    with pytest.raises(DBAPIError), runtime.units.begin(lead) as uow:
        uow.session.execute(text("UPDATE interim_request SET signed_by_id = writer_ids[1]"))


def test_a_change_after_the_signature_is_said_and_nothing_is_sent(runtime, ana, lead, urgent, pages):
    make_request(runtime.units, ana, urgent)
    with pytest.raises(Invalid, match="not signed"):
        send_request(runtime.units, ana, urgent)
    sign_request(runtime.units, lead, urgent)
    make_request(runtime.units, ana, urgent, harm="V1 has nowhere to go.")
    page = pages(ana).get(page_of(urgent))
    assert "has changed since it was signed" in page.words
    assert "V1 has nowhere to go." in page.words
    with pytest.raises(Invalid, match="has changed"):
        send_request(runtime.units, ana, urgent)
    assert "has changed" not in pages(ana).submit(f"{page_of(urgent)}/request", harm=TEXTS["harm"]).words
    threaten(runtime.units, ana, urgent, hours=5)
    assert "Day and hour of the threatened act" in pages(ana).get(page_of(urgent)).words
    with pytest.raises(Invalid, match="has changed"):
        send_request(runtime.units, ana, urgent)


def test_only_what_was_read_is_signed(runtime, ana, lead, urgent):
    make_request(runtime.units, ana, urgent)
    with pytest.raises(Invalid, match="while you read"):
        sign_request(runtime.units, lead, urgent, fingerprint="0" * 64)
    make_request(runtime.units, ana, urgent, harm="")
    with pytest.raises(Invalid, match="not complete"):
        sign_request(runtime.units, lead, urgent)


def test_two_who_write_at_once_see_both_texts(runtime, ana, urgent):
    make_request(runtime.units, ana, urgent)
    with pytest.raises(Conflict):
        make_request(runtime.units, ana, urgent, version=0)


@pytest.mark.parametrize("kind", ["too early", "to come", "before the signature"])
def test_the_moment_of_sending_is_possible(runtime, ana, lead, urgent, kind):
    make_request(runtime.units, ana, urgent)
    sign_request(runtime.units, lead, urgent)
    local = datetime.now(tz=now().tzinfo)
    moment = {
        "too early": {"sent_on": in_days(-1)},
        "to come": {"sent_on": in_days(1)},
        "before the signature": {"sent_on": in_days(0), "sent_hour": (local - timedelta(hours=3)).time()},
    }[kind]
    with pytest.raises(Invalid) as refused:
        send_request(runtime.units, ana, urgent, **moment)
    assert {"sent_on", "sent_hour"} & refused.value.fields.keys()


def test_a_victim_without_consent_stops_it_by_code_name(runtime, ana, lead, urgent, pages):
    make_request(runtime.units, ana, urgent)
    sign_request(runtime.units, lead, urgent)
    victim = make_person(runtime.units, ana, urgent, name="Rosa Navarro")
    for stopped in (
        lambda: sign_request(runtime.units, lead, urgent),
        lambda: send_request(runtime.units, ana, urgent),
    ):
        with pytest.raises(Invalid) as refused:
            stopped()
        assert victim.code_name in str(refused.value.values or refused.value.fields) or "has changed" in str(
            refused.value
        )
    assert victim.code_name in pages(ana).get(page_of(urgent)).words


def test_a_name_in_a_text_is_refused(runtime, ana, lead, urgent):
    make_person(runtime.units, ana, urgent, "author", name="Rosa Navarro")
    make_request(runtime.units, ana, urgent, harm="Rosa Navarro would sleep in the street.")
    with pytest.raises(Invalid, match="name people"):
        sign_request(runtime.units, lead, urgent)


def test_a_coordinator_takes_the_letter_with_the_names_of_those_who_allow_it(runtime, ana, lead, urgent, pages):
    for name, scopes in (
        ("Rosa Navarro", (ConsentScope.SUBMIT, ConsentScope.DISCLOSE)),
        ("Celso Tello", (ConsentScope.SUBMIT,)),
    ):
        person = make_person(runtime.units, ana, urgent, name=name)
        for scope in scopes:
            make_consent(runtime.units, ana, urgent, person, scope)
    make_request(runtime.units, ana, urgent)
    sign_request(runtime.units, lead, urgent)
    letters = {}
    for who in (ana, lead):
        drawn = pages(who).get(f"{page_of(urgent)}/letter").form()
        typed = {**drawn.values(), "reason": "To send it to the Committee"}
        letters[who] = pages(who).post(f"{page_of(urgent)}/letter", typed).answer.data.decode()
    assert "Rosa Navarro" in letters[lead]
    assert not [name for name in ("Rosa", "Celso") if name in letters[ana]]
    assert "Celso" not in letters[lead]
    assert "To send it to the Committee" in pages(ana).get(f"/cases/{urgent.id}/history").words


def test_what_was_sent_never_changes_and_is_on_the_docket(runtime, ana, lead, case, pages):
    threaten(runtime.units, ana, case)
    make_request(runtime.units, ana, case)
    sign_request(runtime.units, lead, case)
    sent = send_request(runtime.units, ana, case)
    with runtime.units.begin(ana) as uow:
        assert uow.session.execute(text("UPDATE interim_request SET harm = 'x'")).rowcount == 0
    page = pages(ana).get(page_of(case))
    assert "Request for interim measures" in page.words
    assert "Interim measures granted" in page.words
    assert make_request(runtime.units, ana, case).number == sent.number + 1


def test_the_state_is_checked_every_week_and_a_breach_is_an_act(runtime, ana, lead, case, pages):
    with time_machine.travel(now() - timedelta(days=16), tick=True):
        make_letter(runtime.units, lead, case, "interim_granted")
    make_letter(runtime.units, lead, case, "information")
    tasks = pages(ana).get(f"/cases/{case.id}/tasks").words
    assert tasks.count("Check of interim measures") >= 2
    page = pages(ana).get(page_of(case))
    assert "Next weekly check" in page.words
    address = f"{page_of(case)}/breach"
    assert pages(ana).submit(address, what="Evicted", status=422, **boxes_of("happened_on", days_ago(30).earliest))
    done = pages(ana).submit(address, what="V1 was evicted", **boxes_of("happened_on", in_days(-2)))
    assert "Breach of interim measures" in done.words
    assert "V1 was evicted" in pages(ana).get(f"/cases/{case.id}/facts").words
    make_letter(runtime.units, lead, case, "interim_lifted")
    assert "Next weekly check" not in pages(ana).get(page_of(case)).words
