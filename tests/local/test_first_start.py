"""What the first start leaves behind, and what every start says."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from caseflow.access.actor import JobActor, SystemRole
from caseflow.local.first_start import DEMO_PASSWORD, NO_DEMO, first_start
from caseflow.models import Section, State

pytestmark = pytest.mark.commits
PASSWORD = "k7fp-2mxd-9qhw-4tzn"


def count(runtime, model):
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS)) as uow:
        return uow.session.scalar(select(func.count()).select_from(model))


def test_the_demo_is_put_in_once_and_told_every_time(settings, runtime, monkeypatch, pages):
    monkeypatch.setenv(DEMO_PASSWORD, PASSWORD)
    demo = replace(settings, demo_data=True)
    said = first_start(demo)
    assert PASSWORD in said[0]
    assert any("lucia@demo.example" in line for line in said)
    assert count(runtime, Section) == 5
    assert first_start(demo) == said
    assert count(runtime, Section) == 5
    page = pages().submit("/sign-in", email="lucia@demo.example", password=PASSWORD, follow=False, status=303)
    assert page.answer.headers["Location"] == "/"


def test_without_the_demo_only_the_packs_are_loaded(settings, runtime):
    assert first_start(settings) == [NO_DEMO]
    assert count(runtime, Section) == 0
    assert count(runtime, State) > 100
