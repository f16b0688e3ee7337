"""Uses the pages of the product to type what identifies people, wherever they ask for it, and then everything else."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import Flask

from caseflow.access import PersonActor
from caseflow.features.cases.queries import case_by_reference
from caseflow.features.people.queries import people_of_case
from caseflow.models import Case
from caseflow.unit_of_work import Units
from caseflow.web.case_pages import CasePage
from tests.access.walk import routes
from tests.leaks.canaries import Canaries, Watch
from tests.pages import Page, Pages
from tests.saving.drafting import keep, offers

CASE = {"state_code": "ES", "right": "HOUSING"}
NOT_BOUND = {"state_code": "IE"}
"""Of the cases of intake: then there is a table of them too."""
ANSWERED = {"scope_record": "given", "scope_contact": "given", "scope_submit": "given", "how": "telephone"}


@dataclass
class Planting:
    """Types as one person into the forms. `control` is a text that is no secret, and stands in the title of every case."""

    units: Units
    by: PersonActor
    browser: Pages
    watch: Watch
    control: str
    cases: list[Case] = field(default_factory=list)
    people: list[tuple[Case, UUID]] = field(default_factory=list)

    @property
    def canaries(self) -> Canaries:
        return self.watch.canaries

    def _page(self, case: Case, person: UUID) -> str:
        return f"/cases/{case.id}/people/{person}"

    def _type(self, path: str, *, of: str = "", **typed: Any) -> Page:
        """Send a form. `of`: the address on which what is typed may be seen after a reveal."""
        if of:
            self.watch.of_page[of] |= self.canaries.find(repr(typed).encode())
        return self.browser.submit(path, **typed)

    def _newest(self, case: Case, number: int = 1) -> list[UUID]:
        with self.units.begin(self.by) as uow:
            return [one.id for one in people_of_case(uow, case)][-number:]

    def _is_of(self, page: Page) -> Case:
        """Return the case whose page it is."""
        with self.units.begin(self.by) as uow:
            return case_by_reference(uow, page.markup.title.split()[2])

    def capture(self) -> Case:
        """Open a case in quick capture, for somebody with a name, with a note on safe contact; open the note."""
        make, title = self.canaries, f"{self.control} was evicted"
        typed = {"person_name": make.name(), "contact_note": make.word(), "title": title}
        case = self._is_of(self.browser.submit("/cases/new", **CASE, **typed))
        note = f"/cases/{case.id}/contact"
        self.watch.of_page[note] |= make.find(typed["contact_note"].encode())
        self.watch.revealed_to[note].add(self.by.user_id)
        self.browser.submit(note)
        self.cases.append(case)
        return case

    def add_person(self, case: Case) -> UUID:
        """Add a person, look at the identity, and write all of it again."""
        make = self.canaries
        self._type(
            f"/cases/{case.id}/people/new", name=make.name(), phone=make.phone(), roles="victim", kind="individual"
        )
        (person,) = self._newest(case)
        page = self._page(case, person)
        self.people.append((case, person))
        self.watch.of_page[page] |= self.last_typed()
        self.reveal(page)
        self._type(f"{page}/identity", of=page, **make.identity())
        return person

    def last_typed(self) -> set[str]:
        """Return what was typed into the last form."""
        return set(next(one.allowed for one in reversed(self.watch.answers) if one.answer.request.method == "POST"))

    def reveal(self, page: str) -> None:
        """Ask to see who a person is."""
        self.watch.revealed_to[page].add(self.by.user_id)
        self.browser.submit(f"{page}/reveal", reason="To call back")

    def add_channel(self, case: Case, person: UUID) -> None:
        """Record a way to reach a person, and look at it again."""
        page, make = self._page(case, person), self.canaries
        typed = {"kind": "phone", "address": make.phone(), "word": make.word(), "safe_from": "00:00"}
        self._type(f"{page}/contact/channels/new", of=page, safe_until="23:59", **typed)

    def add_household(self, case: Case) -> None:
        """Record a household."""
        make = self.canaries
        lines = "\n".join(f"{make.name()}, {age}, of the house" for age in (41, 12, 7))
        self._type(f"/cases/{case.id}/people/household", people=lines, phone=make.phone(), is_parent="y")
        self.people += [(case, one) for one in self._newest(case, 3)[:1]]

    def intake(self) -> Case:
        """Take a call in three steps."""
        make = self.canaries
        second = self.browser.submit(
            "/intake", **CASE | NOT_BOUND, name=make.name(), phone=make.phone(), people_number="3"
        )
        third = self.browser.send(second, **ANSWERED)
        typed = {"title": f"{self.control} was evicted", "word": make.word(), "p2_name": make.name()}
        wrong = self.browser.send(third, status=422, people_number="1", p3_name=make.name(), **typed)
        case = self._is_of(self.browser.send(wrong, people_number="3"))
        self.cases.append(case)
        return case

    def find(self, **typed: str) -> Page:
        """Look for somebody who is not there."""
        return self.browser.submit("/people/find", **typed)

    def be_refused(self, case: Case, person: UUID) -> None:
        """Send forms that can't be saved; what was typed comes back, to this person."""
        make, people = self.canaries, f"/cases/{case.id}/people"
        capture = {"title": f"{self.control} again", "person_name": make.name(), "contact_note": make.word()}
        self.browser.submit("/cases/new", status=422, **capture)
        self.browser.submit(f"{people}/new", status=422, name=make.name(), phone=make.phone(), kind="individual")
        self.browser.submit(f"{people}/household", status=422, people=f"{make.name()}\n{make.name()}", size="1")
        self.browser.submit("/people/find", status=422, name=make.name(), phone="1")
        page = self._page(case, person)
        self.browser.submit(f"{page}/identity", status=422, **make.identity() | {"birth_date": "31/02/1984"})
        self.browser.submit(
            f"{page}/contact/channels/new", status=422, address=make.phone(), word=make.word(), rank="x"
        )

    def conflict(self, other: Pages, case: Case, person: UUID) -> None:
        """Change an identity in two windows."""
        page, make = self._page(case, person), self.canaries
        drawn = other.get(f"{page}/identity")
        first, second = {"name": make.name(), "phone": make.phone()}, {"name": make.name(), "phone": make.phone()}
        self.watch.of_page[page] |= make.find(repr([first, second]).encode())
        self.browser.submit(f"{page}/identity", **first)
        assert other.send(drawn, status=409, **second).status

    def come_back_late(self, other: Pages, case: Case) -> None:
        """Send a form after the session has ended."""
        path, make = f"/cases/{case.id}/people/new", self.canaries
        values = other.get(path).form().values() | {"name": [make.name()], "phone": [make.phone()]}
        with other.client.session_transaction() as session:
            session.pop("_user_id")
        answer = other.client.post(path, data=values)
        assert answer.status_code in {200, 401}, answer.status_code
        assert make.find(answer.data), "what was typed is asked to be sent again"

    def leave_drafts(self, case: Case, person: UUID) -> None:
        """Type into forms without saving them; look at the drafts, and take them up again."""
        make, people = self.canaries, f"/cases/{case.id}/people"
        typed: dict[str, dict[str, str]] = {
            "/cases/new": {"person_name": make.name(), "contact_note": make.word()},
            f"{people}/new": {"name": make.name(), "phone": make.phone()},
            f"{people}/household": {"people": f"{make.name()}\n{make.name()}"},
            f"{people}/{person}/identity": make.identity(),
            f"{people}/{person}/contact/channels/new": {"address": make.phone(), "word": make.word()},
        }
        for path, texts in typed.items():
            assert keep(self.browser, self.browser.get(path), **texts).status_code == 200, path
            used = self.browser.get(offers(self.browser.get(path))[0])
            assert self.canaries.find(used.html.encode()) >= self.canaries.find(repr(texts).encode()), path
        for link in self.browser.get("/drafts").links.values():
            self.browser.client.get(link)


def walk(app: Flask, browser: Pages, ids: dict[str, UUID], *, only: set[str] | None = None) -> set[str]:
    """Open every address with these ids, or those that have exactly the ids in `only`; return the endpoints that answered."""
    opened = set()
    for route in routes(app):
        if route.method == "GET" and (set(route.ids) <= ids.keys() if only is None else set(route.ids) == only):
            answer = browser.client.get(route.address(app, ids))
            opened |= {route.endpoint} if answer.status_code < 400 else set()
    for page in CasePage if "case_id" in ids else ():
        browser.client.get(f"/cases/{ids['case_id']}/{page.value}")
    return opened
