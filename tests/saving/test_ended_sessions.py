"""What is sent after a session has ended is kept as a draft when its author signs in again in the same browser."""

import pytest
from redis import Redis
from sqlalchemy import text

from caseflow.models import Role
from caseflow.web.session_store import KEY
from tests.factories import PASSWORD, make_actor, make_section
from tests.saving.drafting import drafts_seen, form_of, offers

TYPED = "Evicted at dawn, with the locks changed"


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def patient_store(app, settings, monkeypatch):
    with Redis.from_url(settings.redis_url) as redis:
        monkeypatch.setattr(app.extensions[KEY], "_redis", redis)
        monkeypatch.setattr(app.extensions[KEY], "_paused_until", 0.0)
        yield redis


@pytest.mark.parametrize("who", ["the same person", "somebody else"])
def test_what_is_sent_after_the_session_has_ended_is_kept_when_its_author_signs_in(
    pages, runtime, section, patient_store, who
):
    ana = make_actor(runtime.units, (section, Role.CASEWORKER), email="ana@example.org")
    bea = make_actor(runtime.units, (section, Role.CASEWORKER), email="bea@example.org")
    browser = pages(ana)
    drawn = browser.get("/cases/new")
    with runtime.units.begin(ana) as uow:
        uow.session.execute(text("UPDATE user_session SET ended_at = now()"))
    ended = browser.post("/cases/new", dict(drawn.form().values()) | {"title": TYPED})
    assert ended.status == 401
    assert drafts_seen(runtime, ana) == []
    assert all(b"Evicted" not in patient_store.get(key) for key in patient_store.scan_iter("lost-forms*"))
    same = who == "the same person"
    sign_in = browser.client.get("/sign-in").get_data(as_text=True)
    token = sign_in.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]
    values = {"csrf_token": token, "email": f"{'ana' if same else 'bea'}@example.org", "password": PASSWORD}
    assert browser.client.post("/sign-in", data=values).status_code == 303
    assert len(drafts_seen(runtime, ana)) == same
    assert drafts_seen(runtime, bea) == []
    if same:
        page = browser.get("/cases/new")
        assert "What you sent after your session had ended is kept" in page.words
        assert form_of(browser.get(offers(page)[0])).values()["title"] == [TYPED]
