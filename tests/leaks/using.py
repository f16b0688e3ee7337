"""Uses what prints something of a case: every page as people of all roles, files, feeds, errors, mails, commands."""

from datetime import datetime, timedelta
from datetime import time as hour_of

import pytest
import time_machine
from click.testing import CliRunner
from flask import Flask

from caseflow.access import PersonActor
from caseflow.cli import main
from caseflow.clock import now
from caseflow.features.reminders.sweep import sweep
from caseflow.models import WORKING_ROLES, Role, User
from caseflow.outbound.mail import Letterhead, make_mailer
from caseflow.runtime import Runtime
from caseflow.web.case_pages import CasePage
from tests.access.walk import routes
from tests.factories import make_deadline
from tests.leaks.planting import Planting, walk
from tests.leaks.test_routes import seen_by_all, whole_case
from tests.pages import Browsers

HEAD = Letterhead("caseflow@example.org", "https://cases.example.org")


def use_everything(app: Flask, pages: Browsers, coalition: dict[object, PersonActor], by: Planting) -> set[str]:
    """Open every page, as people of all roles, of cases with sealed values, and of one with a row of every kind.

    Returns the endpoints that nobody could open.
    """
    opened, watch, units = set[str](), by.watch, by.units
    boss = coalition[Role.SECTION_COORDINATOR]
    whole = whole_case(units, coalition[Role.CASEWORKER], boss) | seen_by_all(units, boss)
    for who, actor in coalition.items():
        browser = pages(actor) if actor is by.by else watch.browser(pages(actor))
        opened |= walk(app, browser, whole if who in {Role.CASEWORKER, Role.SECTION_COORDINATOR} else {})
        for case, person in by.people[:2] if who in WORKING_ROLES else by.people[:1]:
            ids = {"case_id": case.id, "case_person_id": person}
            opened |= walk(app, browser, ids, only={"case_id"})
            opened |= walk(app, browser, ids, only=set(ids))
    for case in by.cases:
        for page in CasePage:
            pages(boss).client.get(f"/cases/{case.id}/{page.value}")
    opened |= walk(app, watch.browser(pages()), whole)
    files = watch.browser(pages.another(coalition[Role.SECTION_REPORTER]))
    for page in ("/reports", "/states/advocacy"):
        assert files.submit(page, follow=False).answer.mimetype == "text/csv"
    shown = by.browser.submit("/account/calendar").words
    feed = next(word for word in shown.split() if "/calendar/" in word and word.endswith(".ics"))
    pages().client.get("/" + feed.split("/", 3)[3])
    by.browser.client.get("/cases", query_string={"q": by.control})
    return {route.endpoint for route in routes(app) if route.method == "GET"} - opened


def fail(app: Flask, monkeypatch: pytest.MonkeyPatch, planting: Planting) -> None:
    """Let a form that names somebody end in an error of ours, which carries the name."""

    def broken(*arguments: object) -> None:
        raise RuntimeError(f"there is a fault with {arguments}")

    with monkeypatch.context() as patch:
        patch.setattr("caseflow.features.people.service.add_person", broken)
        patch.setitem(app.config, "PROPAGATE_EXCEPTIONS", value=False)
        make, path = planting.canaries, f"/cases/{planting.cases[0].id}/people/new"
        typed = {"name": make.name(), "phone": make.phone(), "roles": "victim", "kind": "individual"}
        assert planting.browser.submit(path, status=500, **typed).words


def send_mails(runtime: Runtime, monkeypatch: pytest.MonkeyPatch, planting: Planting) -> None:
    """Send the mails of tomorrow at noon, about deadlines of cases with sealed values."""
    for case in planting.cases:
        make_deadline(runtime.units, planting.by, case, days=2, title=f"Call {planting.control} back")
    noon = datetime.combine(now().date() + timedelta(days=1), hour_of(12), now().tzinfo)
    monkeypatch.setattr("caseflow.features.monitoring.queries.database_time", lambda _uow: now())
    with time_machine.travel(noon, tick=False):
        assert sweep(runtime.units, make_mailer(runtime.settings), HEAD, most_seconds=60).sent


def run_commands(runtime: Runtime, monkeypatch: pytest.MonkeyPatch, planting: Planting) -> dict[str, str]:
    """Return what commands print of cases."""
    for module in ("cases", "audit"):
        monkeypatch.setattr(f"caseflow.cli.{module}.current_settings", lambda: runtime.settings)
        monkeypatch.setattr(f"caseflow.cli.{module}.make_runtime", lambda _: runtime)
    with runtime.units.begin(planting.by) as uow:
        email = uow.session.get_one(User, planting.by.user_id).email
    printed = {}
    for command in (["audit", "verify"], *(["case-facts", one.reference, "--as", email] for one in planting.cases)):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, result.output
        printed[" ".join(command)] = result.output
    return printed
