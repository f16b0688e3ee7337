"""Files that are sent in parts: what has arrived is kept, sealed, and goes on; only whole files become evidence."""

import hashlib
import io
import shutil
from dataclasses import replace
from datetime import timedelta
from functools import partial
from random import Random

import pytest
import time_machine
from werkzeug.datastructures import FileStorage

from caseflow.clock import now
from caseflow.errors import Invalid
from caseflow.features.evidence.checking import check_files, reconcile
from caseflow.features.evidence.uploads.clearing import clear_uploads
from caseflow.features.evidence.uploads.commands import NewUpload
from caseflow.features.evidence.uploads.service import begin_upload
from caseflow.models import EvidenceContent, EvidenceUpload, GrantLevel, Role
from caseflow.storage import HEAD
from tests.factories import make_actor, make_case, make_section, share

PART = 300_000
MARK = b"The court of first instance dismisses the claim of Rosa Navarro. "
CONTENT = b"%PDF-1.7\n" + MARK + Random(14).randbytes(3 * PART) + MARK


@pytest.fixture(autouse=True)
def empty_store(runtime):
    shutil.rmtree(runtime.store.folder, ignore_errors=True)


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana")


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


class Sending:
    """What the script of the page does."""

    def __init__(self, browser, case, content=CONTENT, name="Rosa Navarro.pdf"):
        self.browser, self.case, self.content, self.name = browser, case, content, name
        self.at = f"/cases/{case.id}/evidence/uploads"
        drawn = browser.get(f"/cases/{case.id}/evidence/new")
        self.token = drawn.form(0).values()["csrf_token"][0]

    def begin(self, status=200, **changed):
        beginning = hashlib.sha256(self.content[:HEAD]).hexdigest()
        fields = {"name": self.name, "size": str(len(self.content)), "beginning": beginning, "csrf_token": self.token}
        answer = self.browser.post(self.at, fields | changed).answer
        assert answer.status_code == status, answer.text
        return answer.json

    def part(self, state, size=PART, *, status=200, content=None):
        start = state["received"]
        part = self.content[start : start + size] if content is None else content
        fields = {
            "start": str(start),
            "csrf_token": self.token,
            "part": FileStorage(io.BytesIO(part), filename="blob"),
        }
        answer = self.browser.post(state["address"], fields).answer
        assert answer.status_code == status, answer.text
        return answer.json

    def rest(self, state):
        while not state["is_whole"]:
            state = self.part(state)
        return state

    def store(self, *ids, status=200, **typed):
        drawn = self.browser.get(f"/cases/{self.case.id}/evidence/new")
        values = dict(drawn.form(0).values()) | typed | {"uploads": list(ids)}
        page = self.browser.post(drawn.path, values)
        if status == 200:
            assert page.status == 303, page.words
            return self.browser.get(page.answer.headers["Location"].partition("?")[0])
        assert page.status == status
        return page


def rows(runtime, model, by):
    with runtime.units.begin(by) as uow:
        return uow.session.query(model).all()


def stored_bytes(runtime):
    return [path.read_bytes() for path in runtime.store.folder.rglob("*") if path.is_file()]


def test_a_file_in_parts_is_the_file_that_was_sent(pages, runtime, ana, case):
    sending = Sending(pages(ana), case)
    state = sending.rest(sending.begin())
    assert "E1 is stored, encrypted." in sending.store(state["id"], source="V1").words
    (content,) = rows(runtime, EvidenceContent, ana)
    assert (content.sha256, content.size) == (hashlib.sha256(CONTENT).digest(), len(CONTENT))
    assert check_files(runtime.units, runtime.store).damaged == 0
    assert clear_uploads(runtime.units, runtime.store) == 1
    assert not rows(runtime, EvidenceUpload, ana)
    assert len(stored_bytes(runtime)) == 1, "the parts are gone"
    assert reconcile(runtime.units, runtime.store).strays == 0
    out = pages(ana).submit(f"/cases/{case.id}/evidence/{content.evidence_id}", follow=False).answer
    assert out.data == CONTENT


def test_it_goes_on_where_it_ended_and_says_so(pages, runtime, ana, case):
    sending = Sending(pages(ana), case)
    state = sending.part(sending.begin())
    assert state["received"] == PART
    listed = pages(ana).get(f"/cases/{case.id}/evidence/new").words
    assert "Rosa Navarro.pdf · 300 kB of 900 kB" in listed
    again = Sending(pages(ana), case)
    assert again.begin() == state, "the same file, chosen again"
    assert sending.part(state | {"received": 0})["received"] == PART, "a part that arrived already is left out"
    assert sending.part(state | {"received": 2 * PART})["received"] == PART, "so is one that would leave a gap"
    assert again.rest(state)["is_whole"]
    assert reconcile(runtime.units, runtime.store).strays == 0


def test_another_file_of_the_same_name_begins_from_its_start(pages, ana, case):
    first = Sending(pages(ana), case).begin()
    assert Sending(pages(ana), case, content=b"%PDF-1.7\nanother").begin()["id"] != first["id"]


def test_nothing_of_it_is_in_clear_at_any_moment(pages, runtime, ana, case):
    sending = Sending(pages(ana), case)
    state = sending.begin()
    while not state["is_whole"]:
        state = sending.part(state)
        assert not [one for one in stored_bytes(runtime) if MARK[:20] in one]
    (row,) = rows(runtime, EvidenceUpload, ana)
    for value in vars(row).values():
        assert not isinstance(value, bytes) or b"Navarro" not in value


def test_what_has_arrived_is_offered_and_stored_without_a_script(pages, runtime, ana, case):
    sending = Sending(pages(ana), case)
    sending.rest(sending.begin())
    page = pages(ana).get(f"/cases/{case.id}/evidence/new")
    assert "Arrived, and not stored yet" in page.words
    shown = pages(ana).send(page, files=[FileStorage(io.BytesIO(CONTENT[:5000] + b"x"), filename="b.pdf")])
    assert "E1, E2 are stored" in shown.words
    assert len(rows(runtime, EvidenceContent, ana)) == 2


def test_the_same_form_sent_twice_stores_once(pages, runtime, ana, case):
    sending = Sending(pages(ana), case)
    state = sending.rest(sending.begin())
    drawn = pages(ana).get(f"/cases/{case.id}/evidence/new")
    values = dict(drawn.form(0).values()) | {"uploads": [state["id"]]}
    answers = [pages(ana).post(drawn.path, values) for _ in range(2)]
    assert [one.status for one in answers] == [303, 303]
    assert len(rows(runtime, EvidenceContent, ana)) == 1


def test_what_is_not_taken_is_refused_with_the_first_part(pages, ana, case):
    sending = Sending(pages(ana), case, content=b"MZ\x90\0" * 100_000, name="../photo.jpg")
    answer = sending.part(sending.begin(), status=422)
    assert answer["problem"].startswith("photo.jpg is of a kind that is not taken")


def test_limits_are_said_before_anything_is_sent(pages, ana, case):
    sending = Sending(pages(ana), case)
    assert "is too large" in sending.begin(status=422, size=str(60_000_000))["problem"]
    assert "is empty" in sending.begin(status=422, size="0")["problem"]
    for wrong in ({"size": "x"}, {"size": ""}, {"beginning": "x"}, {"size": "9" * 40}):
        assert sending.begin(status=422, **wrong)["problem"]


def test_a_part_that_is_not_of_the_file_is_refused(pages, ana, case):
    sending = Sending(pages(ana), case)
    state = sending.begin()
    for wrong in (b"", CONTENT[:100], CONTENT[1 : PART + 1], CONTENT + b"x"):
        assert "not the one that was announced" in sending.part(state, content=wrong, status=422)["problem"]
    assert sending.begin()["received"] == 0


def test_a_full_disk_is_said_in_words_and_heals(pages, runtime, ana, case, monkeypatch):
    sending = Sending(pages(ana), case)
    state = sending.part(sending.begin())
    monkeypatch.setattr(runtime.store, "reserve", 1 << 60)
    assert "There is no room for this file" in sending.part(state, status=422)["problem"]
    assert "There is no room for this file" in sending.begin(status=422, name="another.pdf")["problem"]
    monkeypatch.undo()
    assert sending.rest(state)["is_whole"]


def test_a_damaged_part_ends_the_upload_and_it_begins_again(pages, runtime, ana, case):
    sending = Sending(pages(ana), case)
    state = sending.part(sending.begin())
    (row,) = rows(runtime, EvidenceUpload, ana)
    place = runtime.store.place_of(row.parts_as[0])
    place.write_bytes(place.read_bytes()[:-1])
    while not state["has_ended"]:
        state = sending.part(state)
    assert not state["is_whole"]
    again = sending.begin()
    assert again["id"] != state["id"]
    assert sending.rest(again)["is_whole"]


def test_only_whoever_sends_it_has_it(pages, runtime, ana, case, section):
    sending = Sending(pages(ana), case)
    state = sending.rest(sending.begin())
    ben = make_actor(runtime.units, (section, Role.CASEWORKER), name="Ben")
    rosa = make_actor(runtime.units, (make_section(runtime.units, "PT"), Role.CASEWORKER), name="Rosa")
    share(runtime.units, ana, case, rosa, GrantLevel.WRITE)
    for other in (ben, rosa):
        theirs = Sending(pages(other), case)
        theirs.part(state, status=404)
        assert theirs.store(state["id"], status=422).error_at("files")


def test_it_is_discarded_or_removed_after_a_week(pages, runtime, ana, case):
    sending = Sending(pages(ana), case)
    sending.part(sending.begin())
    page = pages(ana).submit(f"/cases/{case.id}/evidence/new", form=1)
    assert "What had arrived is destroyed" in page.words
    assert clear_uploads(runtime.units, runtime.store) == 1
    assert not stored_bytes(runtime)
    sending.part(sending.begin())
    other = Sending(pages(ana), case, content=CONTENT + b"x")
    other.rest(other.begin())
    assert clear_uploads(runtime.units, runtime.store) == 1, "the parts of the whole one"
    with time_machine.travel(now() + timedelta(days=8), tick=True):
        assert clear_uploads(runtime.units, runtime.store) == 2
    assert not stored_bytes(runtime)
    assert not rows(runtime, EvidenceUpload, ana)


def test_a_case_that_is_full_says_so(runtime, ana, case):
    room = replace(runtime.settings.files, size_of_case=1_000_000)
    new = NewUpload(name="a.pdf", size=1_000_001, beginning="0" * 64)
    with runtime.units.begin(ana) as uow:
        begin = partial(begin_upload, uow, runtime.store, case, new)
        with pytest.raises(Invalid) as refused:
            begin(room)
    assert "this one is full" in refused.value.fields["files"]
