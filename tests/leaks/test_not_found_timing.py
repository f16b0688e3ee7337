"""A hidden row and a missing one take the same time: until a fixed moment after the start of the request."""

from types import SimpleNamespace

import pytest

from caseflow.models import Role
from caseflow.web import errors
from tests.factories import make_actor, make_section

NO_CASE = "/cases/00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("moment_of_request", [100.0, 100.0071, 100.0199, 512.0499])
@pytest.mark.parametrize("taken", [0.001, 0.0123, 0.049])
def test_not_found_takes_the_same_time_whenever_the_request_came(runtime, pages, monkeypatch, moment_of_request, taken):
    browser = pages(make_actor(runtime.units, (make_section(runtime.units), Role.CASEWORKER)))
    moments, waits = iter((moment_of_request, moment_of_request + taken)), []
    monkeypatch.setattr(errors, "time", SimpleNamespace(monotonic=lambda: next(moments), sleep=waits.append))
    browser.get(NO_CASE, status=404)
    assert taken + waits[0] == pytest.approx(errors.NOT_FOUND_SECONDS)


def test_a_slow_not_found_waits_for_the_next_step_after_its_start(runtime, pages, monkeypatch):
    browser = pages(make_actor(runtime.units, (make_section(runtime.units), Role.CASEWORKER)))
    moments, waits = iter((7.013, 7.13)), []
    monkeypatch.setattr(errors, "time", SimpleNamespace(monotonic=lambda: next(moments), sleep=waits.append))
    browser.get(NO_CASE, status=404)
    assert 0.117 + waits[0] == pytest.approx(3 * errors.NOT_FOUND_SECONDS)
