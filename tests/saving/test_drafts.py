"""What is typed into a form and not saved is kept for its author, offered in the form, and erased when it is saved."""

from datetime import timedelta

import pytest
import time_machine
from redis import Redis
from sqlalchemy import text

from caseflow import drafts
from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.clock import now
from caseflow.db.sealing import SealBroken
from caseflow.features.accounts.queries import account_by_email
from caseflow.features.accounts.service import deactivate
from caseflow.features.cases.service import editable_case, remove_child
from caseflow.features.claims.queries import one_claim
from caseflow.features.contacts.service import remove_channel
from caseflow.features.drafts import pages as draft_pages
from caseflow.features.people.queries import one_person
from caseflow.features.people.service import remove_person
from caseflow.models import ContactChannel, Role
from caseflow.web.session_store import KEY
from tests.factories import (
    make_actor,
    make_case,
    make_channel,
    make_claim,
    make_deadline,
    make_person,
    make_section,
    seal,
    share,
)
from tests.factories.drafts import make_draft
from tests.saving.drafting import drafts_seen, form_of, keep, offers, refuse

TYPED = "Evicted at dawn, with the locks changed"


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def bea(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR), name="Bea Colleague")


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


def edit(case):
    return f"/cases/{case.id}/edit"


def test_typed_text_is_kept_offered_used_and_erased_when_it_is_saved(pages, runtime, ana):
    browser = pages(ana)
    answer = keep(browser, browser.get("/cases/new"), title=TYPED)
    assert answer.status_code == 200
    assert "Kept as a draft" in answer.get_data(as_text=True)
    page = browser.get("/cases/new")
    assert "You typed something here on" in page.words
    assert TYPED not in page.html, "it is offered, and not forced on anybody"
    page = browser.get(offers(page)[0])
    assert form_of(page).values()["title"] == [TYPED]
    assert offers(page) == []
    browser.send(page, state_code="ES", right="HOUSING")
    assert drafts_seen(runtime, ana) == []
    assert offers(browser.get("/cases/new")) == []


def test_without_scripts_a_form_that_is_refused_is_kept(pages, runtime, ana):
    browser = pages(ana)
    refused = browser.submit("/cases/new", title=TYPED, status=422)
    assert "Kept as a draft" in refused.words
    page = browser.get(offers(browser.get("/cases/new"))[0])
    assert form_of(page).values()["title"] == [TYPED]
    browser.send(refused, state_code="ES", right="HOUSING")
    assert drafts_seen(runtime, ana) == []


def test_a_form_in_which_nothing_was_typed_is_not_kept(pages, runtime, ana, case):
    refuse(pages(ana), pages(ana).get(edit(case)))
    assert drafts_seen(runtime, ana) == []


def test_a_version_that_is_out_of_date_is_merged_as_in_two_windows(pages, runtime, ana, bea, case):
    browser = pages(ana)
    keep(browser, browser.get(edit(case)), narrative=TYPED)
    pages(bea).submit(edit(case), narrative="What the colleague wrote")
    page = browser.get(offers(browser.get(edit(case)))[0])
    both = browser.send(page, status=409)
    assert TYPED in both.html
    assert "What the colleague wrote" in both.words
    browser.send(both)
    assert drafts_seen(runtime, ana) == []


def test_each_window_has_its_own_draft_whichever_is_saved_first(pages, runtime, ana):
    browser = pages(ana)
    first, second = browser.get("/cases/new"), browser.get("/cases/new")
    keep(browser, first, title="In the first window")
    keep(browser, second, title="In the second window")
    assert len(drafts_seen(runtime, ana)) == 2
    browser.send(first, title="In the first window", state_code="ES", right="HOUSING")
    left = browser.get("/cases/new")
    assert [form_of(browser.get(href)).values()["title"] for href in offers(left)] == [["In the second window"]]


def test_a_draft_that_another_window_has_changed_since_is_not_erased(pages, runtime, ana):
    browser = pages(ana)
    first = browser.get("/cases/new")
    keep(browser, first, title="Begun")
    used = browser.get(offers(browser.get("/cases/new"))[0])
    keep(browser, first, at=2, title="Begun, and typed on")
    browser.send(used, state_code="ES", right="HOUSING")
    left = browser.get("/cases/new")
    assert form_of(browser.get(offers(left)[0])).values()["title"] == ["Begun, and typed on"]


def test_a_draft_that_is_used_and_typed_on_is_offered_once(pages, ana):
    browser = pages(ana)
    keep(browser, browser.get("/cases/new"), title="Begun")
    used = browser.get(offers(browser.get("/cases/new"))[0])
    keep(browser, used, title="Begun, and typed on")
    (href,) = offers(browser.get("/cases/new"))
    assert form_of(browser.get(href)).values()["title"] == ["Begun, and typed on"]


def test_an_older_text_that_arrives_later_is_dropped(pages, runtime, ana):
    browser = pages(ana)
    page = browser.get("/cases/new")
    keep(browser, page, at=2, title="Newer")
    keep(browser, page, at=1, title="Older")
    assert form_of(browser.get(offers(browser.get("/cases/new"))[0])).values()["title"] == ["Newer"]
    browser.send(page, title="Newer", state_code="ES", right="HOUSING")
    assert keep(browser, page, at=3, title="Newer").status_code == 409
    assert drafts_seen(runtime, ana) == []


def test_nobody_else_sees_it(pages, runtime, ana, bea, case):
    keep(pages(ana), pages(ana).get(edit(case)), narrative=TYPED)
    (href,) = offers(pages(ana).get(edit(case)))
    page = pages(bea).get(href)
    assert "This draft is not there any more" in page.words
    assert TYPED not in page.html
    assert offers(page) == []
    draft = drafts_seen(runtime, ana)[0].draft
    assert pages(bea).client.get(f"/drafts/{draft.id}").status_code == 404
    assert TYPED in pages(ana).get(f"/drafts/{draft.id}").html


def test_without_access_to_the_case_it_is_not_shown_nor_kept(pages, runtime, section, ana, bea):
    case = make_case(runtime.units, bea)
    page = pages(ana).get(edit(case))
    keep(pages(ana), page, narrative=TYPED)
    draft = drafts_seen(runtime, ana)[0].draft
    seal(runtime.units, bea, case)
    assert drafts_seen(runtime, ana) == []
    assert pages(ana).client.get(f"/drafts/{draft.id}").status_code == 404
    assert keep(pages(ana), page, at=2, narrative="More").status_code == 409
    refused = refuse(pages(ana), page, narrative=TYPED, status=404)
    assert TYPED in refused.html
    assert "kept for 30 days" not in refused.words
    share(runtime.units, bea, case, ana)
    assert len(drafts_seen(runtime, ana)) == 1


def test_a_draft_of_a_deadline_belongs_to_its_case(pages, runtime, ana, bea):
    case = make_case(runtime.units, bea)
    path = f"/deadlines/{make_deadline(runtime.units, bea, case).id}/edit"
    keep(pages(ana), pages(ana).get(path), note=TYPED)
    assert [one.reference for one in drafts_seen(runtime, ana)] == [case.reference]
    seal(runtime.units, bea, case)
    assert drafts_seen(runtime, ana) == []


def test_it_is_sealed_and_bound_to_its_row(runtime, database, ana, case):
    one, other = (make_draft(runtime.units, ana, case, key=f"{number:016}", what=TYPED) for number in range(2))
    with runtime.units.begin(ana) as uow:
        rows = uow.session.execute(
            text("SELECT id, typed_sealed AS sealed, to_jsonb(draft)::text AS whole FROM draft")
        ).all()
        assert all("Evicted" not in row.whole and b"Evicted" not in row.sealed for row in rows)
        moved = {"id": one.id, "sealed": next(row.sealed for row in rows if row.id == other.id)}
        uow.session.execute(text("UPDATE draft SET typed_sealed = :sealed WHERE id = :id"), moved)
        assert drafts.open_draft(uow.session, uow.keys, ana.user_id, one.id) is None
        with pytest.raises(SealBroken):
            uow.keys.open(moved["sealed"], "draft:elsewhere")


@pytest.mark.parametrize("path", ["/account/password", "/account/language", "/people/find"])
def test_secrets_and_searches_are_never_kept(pages, runtime, ana, path):
    browser = pages(ana)
    page = browser.get(path)
    assert "data-draft" not in page.html
    values = dict(page.form().values())
    names = {name: "a word that must not be kept" for name in values if name not in {"csrf_token", "once"}}
    browser.post(path, values | names | {"csrf_token": "expired"})
    browser.client.post("/drafts", data=values | names | {"draft-to": path, "draft-at": "1"})
    assert drafts_seen(runtime, ana) == []


def test_a_reason_to_look_and_a_what_if_are_not_kept(pages, runtime, ana, case):
    person = make_person(runtime.units, ana, case, name="Rosa Navarro")
    browser, before = pages(ana), drafts_seen(runtime, ana)
    for path in (f"/cases/{case.id}/people/{person.id}/reveal", f"/cases/{case.id}/what-if"):
        page = browser.get(path)
        values = dict(page.form().values()) | {"reason": TYPED}
        browser.post(path, values | {"csrf_token": "expired"})
        browser.client.post("/drafts", data=values | {"draft-to": path, "draft-at": "1"})
    assert drafts_seen(runtime, ana) == before


def test_what_identifies_somebody_needs_the_reveal_also_in_a_draft(pages, runtime, ana, case):
    person = make_person(runtime.units, ana, case, name="Rosa Navarro")
    channel = make_channel(runtime.units, ana, case, person)
    browser, here = pages(ana), f"/cases/{case.id}/people/{person.id}"
    browser.submit(f"{here}/reveal", reason="She is on the phone")
    keep(browser, browser.get(f"{here}/identity"), phone="+34 600 999 888")
    keep(browser, browser.get(f"{here}/contact/channels/{channel.id}"), note=TYPED)
    shown = [browser.get(f"/drafts/{one.draft.id}") for one in drafts_seen(runtime, ana)]
    listed = browser.get("/drafts")
    for page in (*shown, listed, browser.get("/my-work")):
        assert not {"Rosa", "600 999", "600 111"} & {
            word for word in ("Rosa", "600 999", "600 111") if word in page.html
        }
    hrefs = [page.links["Open the form with it"] for page in shown]
    assert any("+34 600 999 888" in browser.get(href).html for href in hrefs)
    with time_machine.travel(now() + timedelta(minutes=16)):
        for href in hrefs:
            answer = browser.client.get(href, follow_redirects=True).get_data(as_text=True)
            assert not any(word in answer for word in ("Rosa", "600 999", "600 111"))


def test_the_use_of_a_draft_of_the_contact_note_is_recorded(pages, runtime, ana, case):
    browser, path = pages(ana), f"/cases/{case.id}/contact"
    browser.submit(path, note="Only after six", form=0)
    keep(browser, browser.get(path), note="Only after seven")
    page = browser.get(offers(browser.get(path))[0])
    assert "Only after seven" in page.html
    assert browser.get(f"/cases/{case.id}/history").words.count("Opened the safe contact note") == 1


def test_old_drafts_and_marks_of_saved_forms_are_deleted(pages, runtime, ana, case):
    with time_machine.travel(now() - timedelta(days=31)):
        make_draft(runtime.units, ana, case, key="a" * 16)
    with time_machine.travel(now() - timedelta(days=2)):
        make_draft(runtime.units, ana, case, key="b" * 16)
        with runtime.units.begin(ana) as uow:
            drafts.saved(uow.session, drafts.Place(ana.user_id, "/cases/new", "c" * 16))
    assert len(drafts_seen(runtime, ana)) == 1
    with runtime.units.begin(JobActor(SystemRole.REASSESS)) as uow:
        drafts.forget_old(uow.session)
    with runtime.units.begin(ana) as uow:
        assert uow.session.scalar(text("SELECT string_agg(form_key, ' ') FROM draft")) == "b" * 16


def test_a_closed_account_has_none(runtime, database, section):
    gone = make_actor(runtime.units, (section, Role.CASEWORKER), email="gone@example.org")
    left = make_actor(runtime.units, (section, Role.CASEWORKER))
    for actor in (gone, left):
        make_draft(runtime.units, actor, None)
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        deactivate(uow, account_by_email(uow, "gone@example.org").email)
        assert uow.session.scalar(text("SELECT count(*) FROM draft")) == 0, "whoever closes accounts sees none"
    assert len(drafts_seen(runtime, left)) == 1
    assert drafts_seen(runtime, gone) == []


def test_there_are_limits(pages, app, settings, ana, monkeypatch):
    browser = pages(ana)
    page = browser.get("/cases/new")
    keep(browser, page, title="One")
    monkeypatch.setattr(drafts, "MOST", 1)
    assert keep(browser, page, at=2, title="One, and more").status_code == 200
    answer = keep(browser, browser.get("/cases/new"), title="Two")
    assert answer.status_code == 409
    assert "Save or discard some" in answer.get_data(as_text=True)
    assert keep(browser, page, at=3, narrative="x" * drafts.MOST_CHARACTERS).status_code == 409
    with Redis.from_url(settings.redis_url) as redis:
        monkeypatch.setattr(app.extensions[KEY], "_redis", redis)
        monkeypatch.setattr(app.extensions[KEY], "_paused_until", 0.0)
        monkeypatch.setattr(draft_pages, "MOST_IN_TIME", 0)
        assert "too much was sent" in keep(browser, page, at=4, title="Three").get_data(as_text=True)


@pytest.mark.parametrize(
    "sent",
    [
        {"draft-to": "/nowhere"},
        {"draft-to": "/sign-in"},
        {"draft-to": "//example.org"},
        {"draft-to": "/cases/" + "x" * 400},
        {"draft-to": "/admin/mails/retry"},
        {"draft-at": "soon"},
        {"once": "short"},
    ],
)
def test_nothing_else_is_kept(pages, runtime, ana, sent):
    browser = pages(ana)
    values = dict(form_of(browser.get("/cases/new")).values()) | {
        "title": TYPED,
        "draft-to": "/cases/new",
        "draft-at": "1",
    }
    assert browser.client.post("/drafts", data=values | sent).status_code == 409
    assert browser.client.post("/drafts", data=values | {"csrf_token": "expired"}).status_code == 422
    assert drafts_seen(runtime, ana) == []


def forms_of_a_person(here):
    return {f"{here}/consent": "proof", f"{here}/consent/submit": "proof", f"{here}/contact/attempts/new": "note"}


def test_the_forms_of_a_person_whom_a_colleague_removed_say_so_and_keep_the_text(pages, runtime, ana, bea, case):
    person, browser = make_person(runtime.units, ana, case), pages(ana)
    forms = forms_of_a_person(f"/cases/{case.id}/people/{person.id}")
    drawn = {path: browser.get(path) for path in forms}
    with runtime.units.begin(bea) as uow:
        mine = editable_case(uow, case.id)
        remove_person(uow, mine, one_person(uow, mine, person.id))
    for path, box in forms.items():
        page = browser.send(drawn[path], **{box: TYPED}, status=404)
        assert "This was removed by Bea Colleague on" in page.words
        assert TYPED in page.html
        assert "It is kept for 30 days" in page.words
    kept = [browser.get(f"/drafts/{one.draft.id}") for one in drafts_seen(runtime, ana)]
    assert len(kept) == len(forms)
    assert all(TYPED in page.html for page in kept)


def test_a_form_of_a_removed_way_to_reach_somebody_is_offered_where_one_is_added(pages, runtime, ana, bea, case):
    person = make_person(runtime.units, ana, case)
    channel, browser = make_channel(runtime.units, ana, case, person), pages(ana)
    here = f"/cases/{case.id}/people/{person.id}/contact/channels"
    drawn = browser.get(f"{here}/{channel.id}")
    with runtime.units.begin(bea) as uow:
        mine = editable_case(uow, case.id)
        remove_channel(uow, mine, one_person(uow, mine, person.id), uow.session.get(ContactChannel, channel.id))
    gone = browser.send(drawn, note=TYPED, status=410)
    assert "This was removed by Bea Colleague on" in gone.words
    assert form_of(gone).values()["note"] == [TYPED]
    page = browser.get(offers(browser.get(f"{here}/new"))[0])
    assert form_of(page).values()["note"] == [TYPED]
    assert len(drafts_seen(runtime, ana)) == 1


def test_a_form_of_a_removed_claim_says_so(pages, runtime, ana, bea, case):
    claim, browser = make_claim(runtime.units, ana, case), pages(ana)
    drawn = browser.get(f"/cases/{case.id}/claims/{claim.id}/acts/new")
    with runtime.units.begin(bea) as uow:
        mine = editable_case(uow, case.id)
        remove_child(uow, mine, one_claim(uow, mine, claim.id), "claim.removed")
    assert "This was removed by Bea Colleague on" in browser.send(drawn, what=TYPED, status=404).words


def test_it_costs_one_statement_and_none_on_pages_without_a_form(pages, runtime, ana, case, monkeypatch):
    browser = pages(ana)

    def asked(path):
        return [one for one in browser.get(path).statements if "draft" in one.lower().split("from")[-1]]

    assert asked(f"/cases/{case.id}") == []
    assert len(asked(edit(case))) == 1
    for number in range(4):
        make_draft(runtime.units, ana, case, edit(case), key=f"{number:016}", narrative=TYPED)
    assert len(asked(edit(case))) == 1
