"""Text that people write shows in its own direction: every place has `dir="auto"`, in pages and in boxes."""

from html.parser import HTMLParser

import pytest

from caseflow.models import Role
from tests.access.walk import routes
from tests.factories import (
    answers_seen,
    make_act,
    make_actor,
    make_case,
    make_claim,
    make_deadline,
    make_procedure,
    make_remedy,
    make_section,
    not_used,
    reminders_seen,
)
from tests.factories.remedy_maps import make_map, make_map_step

ARABIC = "أُخليت العائلة (خمسة أشخاص) دون إشعار."
WITHOUT_END = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
NO_DIRECTION = frozenset({"title", "script", "option"})
"""Where a direction is impossible (`title`), or the browser's list decides (`option`)."""


def is_right_to_left(text: str) -> bool:
    return any("\u0590" <= sign <= "\u08ff" for sign in text)


class Places(HTMLParser):
    """Collects the places of right-to-left text whose nearest element with a direction is not `auto`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.stack: list[tuple[str, str]] = []
        self.found: list[str] = []
        self.seen = 0
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag not in WITHOUT_END:
            self.stack.append((tag, given.get("dir") or ("auto" if tag == "bdi" else "")))
        elif is_right_to_left(given.get("value") or "") and given.get("type") != "hidden":
            self.seen += 1
            if given.get("dir") != "auto":
                self.found.append(f"value of {given}")

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, text):
        if not is_right_to_left(text) or (self.stack and self.stack[-1][0] in NO_DIRECTION):
            return
        self.seen += 1
        if next((direction for _, direction in reversed(self.stack) if direction), "") != "auto":
            self.found.append(" > ".join(tag for tag, _ in self.stack[-3:]) + f": {text.strip()[:60]}")


@pytest.fixture
def written(runtime):
    """A case with right-to-left text in every field, and the ids of its parts; its owner and a coordinator."""
    section = make_section(runtime.units, "ES")
    ana = make_actor(runtime.units, (section, Role.CASEWORKER), name=f"آنا {ARABIC}")
    boss = make_actor(runtime.units, (section, Role.SECTION_COORDINATOR), name="ليلى")
    texts = ("title", "narrative", "lateness_reason", "place_region", "place_district")
    case = make_case(runtime.units, ana, **dict.fromkeys(texts, ARABIC))
    claim = make_claim(
        runtime.units, ana, case, label=ARABIC, disadvantage=ARABIC, general_importance=ARABIC, delay_claimed=True,
        delay_explanation=ARABIC,
    )  # fmt: skip
    remedy = make_remedy(
        runtime.units, ana, claim, authority=ARABIC, file_number=ARABIC, explanation=ARABIC, notified_to=ARABIC
    )
    not_used(runtime.units, ana, claim, authority=ARABIC, explanation=ARABIC)
    remedy_map = make_map(runtime.units, boss, source=ARABIC)
    step = make_map_step(
        runtime.units, boss, remedy_map, name=ARABIC, authority=ARABIC, limit_note=ARABIC, costs=ARABIC,
        effectiveness_note=ARABIC, source=ARABIC,
    )  # fmt: skip
    act = make_act(runtime.units, ana, claim, what=ARABIC, is_continuing=True, continuing_reason=ARABIC)
    procedure = make_procedure(runtime.units, ana, case, file_number=ARABIC)
    deadline = make_deadline(runtime.units, ana, case, title=ARABIC, note=ARABIC, days=2)
    make_deadline(runtime.units, ana, case, title=ARABIC, note=ARABIC, days=300)
    ids = {
        "case_id": case.id, "claim_id": claim.id, "remedy_id": remedy.id, "act_id": act.id, "procedure_id": procedure.id,
        "deadline_id": deadline.id, "assessment_id": answers_seen(runtime.units, ana, case)[0].id,
        "reminder_id": reminders_seen(runtime.units, ana)[0].id, "map_id": remedy_map.id, "step_id": step.id,
    }  # fmt: skip
    return ana, boss, ids


def test_every_page_shows_text_in_its_direction(app, pages, written):
    *people, ids = written
    faults, seen = [], {}
    for person in people:
        for route in routes(app):
            if route.method != "GET" or route.words:
                continue
            answer = pages(person).client.get(route.address(app, ids))
            if answer.status_code == 200 and answer.mimetype == "text/html":
                places = Places(answer.text)
                seen[route.rule] = seen.get(route.rule, 0) + places.seen
                faults += [f"{route.rule}: {place}" for place in places.found]
    assert faults == [], "\n" + "\n".join(sorted(set(faults)))
    assert sum(count > 2 for count in seen.values()) > 20, seen  # besides the name in the header


def test_a_refused_form_keeps_the_direction_of_what_was_typed(pages, written):
    ana, _, ids = written
    page = pages(ana).submit(f"/cases/{ids['case_id']}/edit", title=ARABIC * 30, narrative=ARABIC, status=422)
    places = Places(page.html)
    assert places.found == []
    assert places.seen > 4


@pytest.mark.parametrize(
    "html",
    [
        "<p>نص</p>",
        "<div dir='auto'><p dir='ltr'>نص</p></div>",
        "<p dir='auto'>x</p>نص",
        "<input value='نص'>",
        "<textarea>نص</textarea>",
        "<td data-label='x'><span>نص</span></td>",
        "<p dir='auto'><br></p><b>نص</b>",
    ],
)
def test_a_planted_place_without_direction_is_found(html):
    assert len(Places(f"<main>{html}</main>").found) == 1


@pytest.mark.parametrize(
    "html",
    ["<p dir='auto'>نص</p>", "<p>x <bdi>نص</bdi></p>", "<input dir='auto' value='نص'>", "<textarea dir='auto'>نص</textarea>"],
)  # fmt: skip
def test_a_place_with_direction_is_not_found(html):
    assert Places(f"<main>{html}</main>").found == []
