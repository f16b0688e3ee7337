"""The pages that are measured, of the application and of the floor."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from bench.coalition import PASSWORD, Coalition, Office
from bench.floor import create_floor
from bench.measure import Ask, Counter, Figures, measure
from bench.plans import ListRequest
from bench.rows import RARE_RIGHT
from bench.texts import COMMON_WORD, RARE_WORD
from caseflow.app import create_app
from caseflow.clock import today
from caseflow.db.paging import Cursor
from caseflow.features.cases.commands import CaseFilters, ListView, Sort
from caseflow.features.monitoring.status import StatusCache
from caseflow.front.configuration import when_ready
from caseflow.models import Case, Claim, Confidentiality, DomesticRemedy, Stage
from caseflow.runtime import Runtime
from caseflow.web.case_pages import CasePage

CASE_LIST = "case list"
PAGES_OF_CASE = {
    f"case: {page}": "" if page is CasePage.SUMMARY else f"/{page}"
    for page in (
        CasePage.SUMMARY,
        CasePage.FACTS,
        CasePage.REMEDIES,
        CasePage.READINESS,
        CasePage.TASKS,
        CasePage.HISTORY,
    )
}
"""The pages of a case, with the end of their addresses. The floor has one page for all of a case."""
RARE_SEARCH, COMMON_SEARCH = "search: rare word", "search: common word"
SAVE_REMEDY = "save of a remedy (POST)"
STATE, RIGHT, STAGE = "ES", "NONDISC", Stage.INTAKE.value
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class PageBenchmark:
    """One seeded database with the application and the floor on it."""

    runtime: Runtime
    coalition: Coalition
    superuser_url: str
    counter: Counter = field(default_factory=Counter)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.app = create_app(self.runtime)
        # A process that has run for a minute knows whose mail came back and asks for it no more on each page.
        self.app.extensions["caseflow.status_cache"] = StatusCache(self.runtime.units, startup_seconds=0)
        self.bare: Engine = create_engine(self.superuser_url)
        self.floor: FlaskClient = create_floor(self.bare, self.coalition.large.id).test_client()
        when_ready(None)

    def browser(self, token: str | None = None) -> FlaskClient:
        """Return a browser, signed in or anonymous."""
        client = self.app.test_client()
        if token:
            with client.session_transaction() as session:
                session["_user_id"] = token
        return client

    def of_coordinator(self, office: Office) -> FlaskClient:
        """Return the browser of a section's coordinator."""
        assert office.coordinator is not None
        return self.browser(self.coalition.tokens[office.coordinator])

    def lists(self) -> list[ListRequest]:
        """Return the lists that are measured and explained."""
        owner, code = self.coalition.large.workers[0], self.coalition.large.code
        return [
            ListRequest(CASE_LIST, CaseFilters()),
            ListRequest("list: state, right, stage", CaseFilters(state=STATE, right=RIGHT, stage=(STAGE,))),
            ListRequest("list: owner", CaseFilters(owner=str(owner))),
            ListRequest("list: rare right", CaseFilters(right=RARE_RIGHT)),
            ListRequest("list: last page", CaseFilters(), self._last_page()),
            ListRequest("list: by irreversible day", CaseFilters(), sort=Sort.DUE),
            ListRequest("list: can be filed", CaseFilters(view=ListView.FILEABLE, on=today()), sort=Sort.CLOCK),
            ListRequest(RARE_SEARCH, CaseFilters(text=RARE_WORD.replace("í", "i"))),
            ListRequest(COMMON_SEARCH, CaseFilters(text=COMMON_WORD)),
            ListRequest("search: part of a reference", CaseFilters(text=f"{code}-2025-00"[1:])),
        ]

    def pages(self) -> dict[str, tuple[str, Mapping[str, Any]]]:
        """Return path and query of each page."""
        names = ("section", "state", "right", "stage", "owner", "text", "view")
        found: dict[str, tuple[str, Mapping[str, Any]]] = {}
        for request in self.lists():
            query = {key: getattr(request.filters, key) for key in names if getattr(request.filters, key)}
            query["sort"] = request.sort.value
            found[request.name] = "/cases", query | ({"page": str(request.cursor)} if request.cursor else {})
        case = f"/cases/{self._some_case()}"
        of_case: dict[str, tuple[str, Mapping[str, Any]]] = {
            name: (case + end, {}) for name, end in PAGES_OF_CASE.items()
        }
        return found | of_case | {"report": ("/reports", {})}

    def _last_page(self) -> Cursor:
        with Session(self.bare) as session:
            own = select(Case.opened_on, Case.id).where(Case.section_id == self.coalition.large.id)
            first = session.execute(own.order_by(Case.opened_on, Case.id).offset(40).limit(1)).one()
        return Cursor(first.opened_on, first.id)

    def _some_case(self) -> UUID:
        """Return a case with two claims during domestic remedies: the page with most to show."""
        with Session(self.bare) as session:
            wanted = (Case.section_id == self.coalition.large.id, Case.stage == Stage.DOMESTIC_REMEDIES)
            found = select(Case.id).join(Claim, Claim.case_id == Case.id).where(*wanted, Claim.position == 2)
            whole = found.where(Case.confidentiality == Confidentiality.SECTION).order_by(
                Case.opened_on.desc(), Case.id
            )
            return session.scalars(whole.limit(1)).one()

    def run(self, rounds: int) -> dict[str, dict[str, Figures]]:
        """Measure everything: by page, `app` and where there is one `floor`; `small` is the section of thirty cases."""
        large, small = self.of_coordinator(self.coalition.large), self.of_coordinator(self.coalition.small)
        found: dict[str, dict[str, Figures]] = {}
        with self.counter.of(self.runtime.engine, self.bare):
            for name, (path, query) in self.pages().items():
                asks: dict[str, Ask] = {"app": getting(large, path, query)}
                if name not in {"report", "list: owner", "list: last page"}:
                    asks["floor"] = getting(self.floor, path.removesuffix(PAGES_OF_CASE.get(name, "")), query)
                if name not in {*PAGES_OF_CASE, "list: owner", "list: last page"}:
                    asks["small"] = getting(small, path, query)
                measured = measure(list(asks.values()), self.counter, rounds=rounds)
                found[name] = dict(zip(asks, measured, strict=True))
            found["quick capture (POST)"] = {"app": self._capture(large, rounds)}
            found[SAVE_REMEDY] = self._save_remedy(large, rounds)
            found["sign-in (POST, Argon2id 64 MiB)"] = {"app": self._sign_in(min(rounds, max(rounds // 3, 5)))}
        return found

    def _capture(self, client: FlaskClient, rounds: int) -> Figures:
        token = _token(client.get("/cases/new"))
        section = str(self.coalition.large.id)
        data: dict[str, Any] = {
            "csrf_token": token, "section": section, "state_code": STATE, "right": "HOUSING", "happened-year": "2026",
            "title": "Family of five evicted without notice", "urgency": "normal", "contact_note": "Mornings, ask for the teacher",
        }  # fmt: skip
        return measure([lambda: client.post("/cases/new", data=data)], self.counter, rounds=rounds, status=303)[0]

    def _save_remedy(self, client: FlaskClient, rounds: int) -> dict[str, Figures]:
        """Save a new file number again and again: the application assesses the case and computes its clocks each time.

        The floor saves another remedy of the case, so that neither changes the version that the other expects.
        """
        with Session(self.bare) as session:
            own = select(DomesticRemedy).where(DomesticRemedy.case_id == self._some_case())
            remedy, other = session.scalars(own.order_by(DomesticRemedy.position, DomesticRemedy.id).limit(2)).all()
        path = f"/cases/{remedy.case_id}/remedies/{remedy.id}"
        data = {
            "csrf_token": _token(client.get(path)), "is_used": "yes", "stage": remedy.stage, "kind": "ordinary",
            "outcome": "dismissed", "decided-day": "3", "decided-month": "3", "decided-year": "2025",
            "next_step": "", "reason_not_used": "", "raised_right": "yes", "could_repair": "yes", "is_suspensive": "",
            "is_documented": "", "filed-year": "2024", "filed-month": "", "filed-day": "", "notified-year": "", "notified-month": "",
            "notified-day": "", "next_step_due-year": "", "next_step_due-month": "", "next_step_due-day": "",
            "next_step_reason": "", "next_step_computed": "",
        }  # fmt: skip
        versions, numbers = count(remedy.version), count(1)
        floor_path = f"/cases/{other.case_id}/remedies/{other.id}"

        def save() -> TestResponse:
            version = next(versions)
            return client.post(path, data=data | {"version": str(version), "file_number": f"{version}/2025"})

        def save_on_floor() -> TestResponse:
            return self.floor.post(floor_path, data=data | {"file_number": f"{next(numbers)}/2025"})

        app, floor = measure([save, save_on_floor], self.counter, rounds=rounds, status=303)
        return {"app": app, "floor": floor}

    def _sign_in(self, rounds: int) -> Figures:
        browsers = [self.browser() for _ in range(rounds + 2)]
        tokens = [_token(browser.get("/sign-in")) for browser in browsers]
        waiting = iter(zip(browsers, tokens, strict=True))
        emails = (email for _, email, _ in self.coalition.users)

        def enter() -> TestResponse:
            browser, token = next(waiting)
            data = {"csrf_token": token, "email": next(emails), "password": PASSWORD}
            return browser.post("/sign-in", data=data)

        return measure([enter], self.counter, rounds=rounds, warm=2, status=303)[0]


def getting(client: FlaskClient, path: str, query: Mapping[str, str]) -> Ask:
    """Return what asks for a page."""
    return lambda: client.get(path, query_string=dict(query))


def _token(answer: TestResponse) -> str:
    found = TOKEN.search(answer.text)
    assert found is not None
    return found[1]
