"""The pages on which ways to reach a person, and attempts, are recorded."""

import pytest

from caseflow.models import ConsentScope, ConsentStatus, Role
from tests.factories import make_actor, make_attempt, make_case, make_channel, make_consent, make_person, make_section

NUMBER = "+34 600 111 222"


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


@pytest.fixture
def rosa(runtime, ana, case):
    return make_person(runtime.units, ana, case, name="Rosa Navarro")


@pytest.fixture
def here(case, rosa):
    return f"/cases/{case.id}/people/{rosa.id}"


@pytest.fixture
def places(runtime, ana, case, rosa):
    """What factories take."""
    return runtime.units, ana, case, rosa


def test_a_way_is_recorded_and_its_number_is_sealed(pages, ana, here):
    page = pages(ana).submit(
        f"{here}/contact/channels/new",
        kind="phone",
        address=NUMBER,
        word="the library book",
        safe_from="00:00",
        safe_until="23:59",
        zone="Europe/Madrid",
        never_call=True,
        no_message=True,
    )
    for words in ("Phone call", "00:00 to 23:59, Spain: Madrid", "Never call", "Leave no message", "Sealed"):
        assert words in page.words
    assert NUMBER not in page.html


def test_number_and_word_are_shown_with_the_identity(pages, places, ana, here):
    channel = make_channel(*places, address=NUMBER, word="the library book")
    page = pages(ana).submit(f"{here}/reveal", reason="To call her")
    assert NUMBER in page.words
    assert "Word: the library book" in page.words
    form = pages(ana).get(f"{here}/contact/channels/{channel.id}").form().values()
    assert form["address"] == [NUMBER]


def test_a_sealed_number_is_not_asked_for_again(pages, places, ana, here):
    channel = make_channel(*places, address=NUMBER)
    drawn = pages(ana).get(f"{here}/contact/channels/{channel.id}")
    assert "address" not in drawn.form().values()
    assert "after school" in pages(ana).send(drawn, note="after school").words


def test_a_number_sent_after_the_reveal_has_ended_is_not_lost(pages, places, ana, here):
    channel = make_channel(*places)
    path = f"{here}/contact/channels/{channel.id}"
    values = pages(ana).get(path).form().values() | {"address": "+34 699"}
    page = pages(ana).post(path, values)
    assert page.status == 409
    assert "no longer shown" in page.words
    assert page.form().values()["address"] == ["+34 699"]


def test_bad_hours_keep_what_was_typed(pages, ana, here):
    page = pages(ana).submit(
        f"{here}/contact/channels/new", status=422, kind="phone", address=NUMBER, safe_from="25", note="school"
    )
    assert page.form().values()["note"] == ["school"]


def test_an_attempt_takes_one_choice_on_the_page_of_the_person(pages, places, ana, here):
    make_channel(*places, "messenger")
    drawn = pages(ana).get(here)
    number = next(n for n in range(9) if "made_on-day" in drawn.form(n).values())
    page = pages(ana).send(drawn, form=number, result="no_answer")
    assert "No answer" in page.words
    assert "Message on the phone" in page.words
    assert "Tried to reach a person" in pages(ana).get(here.partition("/people")[0] + "/history").words


def test_an_attempt_is_removed_after_confirmation(pages, places, ana, here):
    attempt = make_attempt(*places, "wrong_person")
    page = pages(ana).submit(f"{here}/contact/attempts/{attempt.id}/remove")
    assert "No attempt is recorded yet." in page.words


def test_a_channel_is_removed_after_confirmation(pages, places, ana, here):
    channel = make_channel(*places)
    page = pages(ana).submit(f"{here}/contact/channels/{channel.id}/remove")
    assert "No way to reach this person is recorded." in page.words


def test_who_refuses_contact_is_not_to_be_contacted(pages, places, ana, here):
    make_channel(*places)
    assert "does not allow us" not in pages(ana).get(here).words
    make_consent(*places, ConsentScope.CONTACT, status=ConsentStatus.REFUSED)
    assert "V1 does not allow us to make contact." in pages(ana).get(here).words
