"""What the first start stores, and what every start prints."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from caseflow.access.actor import JobActor, SystemRole
from caseflow.demo import seed as demo
from caseflow.local.first_start import DEMO_PASSWORD, NO_DEMO, first_start
from caseflow.models import Section, State
from caseflow.runtime import make_runtime
from tests.pages import Pages
from tests.servers import PASSWORD_OF_THE_DEMO


def count(runtime, model):
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        return uow.session.scalar(select(func.count()).select_from(model))


def test_the_demo_is_seeded_once_and_announced_at_every_start(run_servers, demo_database, shared_app, monkeypatch):
    settings = replace(demo_database.settings, demo_data=True)
    runtime = make_runtime(settings, engine=demo_database.engine, sessions=demo_database.sessions)
    said = run_servers.make_demo_template()
    assert PASSWORD_OF_THE_DEMO in said[0]
    assert any("lucia@demo.example" in line for line in said)
    assert count(runtime, Section) == 5
    monkeypatch.setenv(DEMO_PASSWORD, PASSWORD_OF_THE_DEMO)
    assert first_start(settings) == said
    assert count(runtime, Section) == 5
    browser = Pages(shared_app.lend(runtime), runtime, demo_database.engine)
    page = browser.submit(
        "/sign-in", email="lucia@demo.example", password=PASSWORD_OF_THE_DEMO, follow=False, status=303
    )
    assert page.answer.headers["Location"] == "/"


@pytest.mark.commits
def test_without_the_demo_only_the_packs_are_loaded(settings, runtime):
    assert first_start(settings) == [NO_DEMO]
    assert count(runtime, Section) == 0
    assert count(runtime, State) > 100


@pytest.mark.commits
def test_a_start_that_is_stopped_while_the_demo_is_written_leaves_nothing_of_it(settings, runtime, monkeypatch):
    settings = replace(settings, demo_data=True)
    monkeypatch.setenv(DEMO_PASSWORD, PASSWORD_OF_THE_DEMO)
    whole, written = demo.add_case, []

    def stopped(*arguments):
        if len(written) == 3:
            raise KeyboardInterrupt
        written.append(whole(*arguments))
        return written[-1]

    monkeypatch.setattr(demo, "add_case", stopped)
    with pytest.raises(KeyboardInterrupt):
        first_start(settings)
    assert count(runtime, Section) == 0
    monkeypatch.setattr(demo, "add_case", whole)
    monkeypatch.setattr(demo, "CASES", demo.CASES[:2])
    assert PASSWORD_OF_THE_DEMO in first_start(settings)[0]
    assert count(runtime, Section) == 5
