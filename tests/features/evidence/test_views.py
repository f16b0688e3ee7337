"""Evidence on pages: added, described, handed out, its custody, and who may see what."""

import hashlib
import io
import shutil
from dataclasses import replace

import pytest
from werkzeug.datastructures import FileStorage

from caseflow.features.evidence.custody import clean_name
from caseflow.models import CustodyKind, Evidence, EvidenceContent, EvidenceCustody, GrantLevel, Role
from tests.factories import (
    make_actor,
    make_case,
    make_claim,
    make_evidence,
    make_person,
    make_remedy,
    make_section,
    share,
)
from tests.factories.evidence import PDF

JUDGMENT = PDF + b"The court of first instance dismisses the claim." * 40_000  # two megabytes


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER), name="Ana")


@pytest.fixture(autouse=True)
def empty_store(runtime):
    shutil.rmtree(runtime.store.folder, ignore_errors=True)


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


def files(*named):
    return [FileStorage(io.BytesIO(content), filename=name) for name, content in named]


def upload(browser, case, *named, status=200, **typed):
    return browser.submit(f"/cases/{case.id}/evidence/new", status=status, files=files(*named), **typed)


def contents(runtime, by):
    with runtime.units.begin(by) as uow:
        return uow.session.query(EvidenceContent).all()


def events(runtime, by):
    with runtime.units.begin(by) as uow:
        return [(one.kind, one.note) for one in uow.session.query(EvidenceCustody).order_by(EvidenceCustody.at)]


def taken(browser, case, row, **typed):
    page = browser.submit(f"/cases/{case.id}/evidence/{row.id}", follow=False, **typed)
    return page.answer


def test_a_file_is_added_described_and_comes_out_as_it_went_in(pages, runtime, ana, case):
    claim = make_claim(runtime.units, ana, case, rights=("HOUSING",))
    remedy = make_remedy(runtime.units, ana, claim, authority="Court no. 4")
    browser = pages(ana)
    page = upload(browser, case, ("Sentencia Rosa Navarro.pdf", JUDGMENT), source="V1")
    assert "E1 is stored, encrypted." in page.words
    assert page.path.endswith("/edit")
    shown = browser.send(
        page, kind="decision", title="Judgment of first instance", pages="12", language="es",
        dated__year="2025", dated__month="3", supports=[f"remedy:{remedy.id}", f"claim:{claim.id}"],
    )  # fmt: skip
    for words in (
        "E1 · Judgment of first instance",
        "March 2025",
        "Spanish",
        "Court no. 4",
        "Sentencia Rosa Navarro.pdf",
        "PDF",
    ):
        assert words in shown.words, words
    (content,) = contents(runtime, ana)
    assert content.sha256 == hashlib.sha256(JUDGMENT).digest()
    answer = taken(browser, case, browser_row(runtime, ana))
    assert answer.data == JUDGMENT
    assert answer.headers["Content-Disposition"] == f"attachment; filename={case.reference}-E1.pdf"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    kinds = [kind for kind, _note in events(runtime, ana)]
    assert kinds == [CustodyKind.RECEIVED, CustodyKind.STORED, CustodyKind.DOWNLOADED]
    listed = browser.get(f"/cases/{case.id}/evidence")
    for words in ("E1", "Judgment of first instance", "Decision · March 2025", "PDF, 1.9 MB"):
        assert words in listed.words, words


def browser_row(runtime, by):
    with runtime.units.begin(by) as uow:
        return uow.session.query(Evidence).order_by(Evidence.number.desc()).first()


def test_several_files_get_numbers_in_their_order(pages, runtime, ana, case):
    page = upload(pages(ana), case, ("a.pdf", PDF), ("b.pdf", PDF + b"b"), ("c.txt", b"Interview"), kind="testimony")
    assert page.path == f"/cases/{case.id}/evidence"
    assert "E1, E2, E3 are stored" in page.words
    upload(pages(ana), case, ("d.pdf", PDF + b"d"))
    assert browser_row(runtime, ana).number == 4


def test_the_name_that_a_file_came_with_stands_nowhere_in_clear(pages, runtime, ana, case, engine):
    upload(pages(ana), case, ("Rosa Navarro.pdf", JUDGMENT))
    (content,) = contents(runtime, ana)
    assert b"Navarro" not in content.file_name_sealed
    for path in runtime.store.folder.rglob("*"):
        assert "Navarro" not in path.name
        assert path.is_dir() or b"first instance" not in path.read_bytes()
    assert "Navarro" not in pages(ana).get(f"/cases/{case.id}/history").words


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("page.html", b"<html><script>alert(1)</script></html>", "page.html is of a kind that is not taken"),
        ("photo.jpg", b"MZ\x90\0" * 100, "photo.jpg is of a kind that is not taken"),
        ("empty.pdf", b"", "empty.pdf is empty"),
        ("../../etc/pass\u202ewd.exe", b"MZ\x90\0", "pass wd.exe is of a kind that is not taken"),
    ],
)
def test_what_is_not_taken_is_refused_in_words(pages, runtime, ana, case, name, content, words):  # noqa: PLR0917
    page = upload(pages(ana), case, (name, content), status=422, source="V1")
    assert words in page.error_at("files")
    assert "V1" in page.html
    assert not contents(runtime, ana)
    assert_nothing_is_left(runtime)


def assert_nothing_is_left(runtime):
    assert not [path for path in runtime.store.folder.rglob("*") if path.is_file()]


def test_without_a_file_one_is_asked_for(pages, ana, case):
    page = upload(pages(ana), case, status=422)
    assert "Choose a file first." in page.error_at("files")


def limited(app, **limits):
    runtime = app.extensions["caseflow.runtime"]
    app.extensions["caseflow.runtime"] = replace(
        runtime, settings=replace(runtime.settings, files=replace(runtime.settings.files, **limits))
    )


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"largest_file": 1_000_000}, "big.pdf is too large: a file can have 1 MB."),
        ({"most_files": 1}, "A case can hold 1 files, and this one has 1."),
        ({"size_of_case": 1_000_000}, "The files of a case can have 1 MB in all, and this one is full."),
    ],
)
def test_limits_are_said_in_words_and_leave_nothing(pages, app, runtime, ana, case, limits, words):  # noqa: PLR0917
    upload(pages(ana), case, ("small.pdf", PDF))
    limited(app, **limits)
    page = upload(pages(ana), case, ("big.pdf", JUDGMENT), status=422)
    assert words in page.error_at("files")
    assert len(contents(runtime, ana)) == 1
    assert len([path for path in runtime.store.folder.rglob("*") if path.is_file()]) == 1


def test_a_full_disk_is_said_in_words_and_heals(pages, app, runtime, ana, case):
    runtime.store.reserve = runtime.store.free_bytes() + 1
    page = upload(pages(ana), case, ("a.pdf", JUDGMENT), status=422)
    assert "There is no room for this file" in page.error_at("files")
    runtime.store.reserve = 0
    upload(pages(ana), case, ("a.pdf", JUDGMENT))
    assert len(contents(runtime, ana)) == 1


def test_a_broken_off_form_leaves_nothing(pages, runtime, ana, case):
    browser = pages(ana)
    boundary = "x" * 20
    drawn = browser.get(f"/cases/{case.id}/evidence/new")
    part = f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'.encode()
    answer = browser.client.post(
        drawn.path, data=part + JUDGMENT, headers={"Content-Type": f"multipart/form-data; boundary={boundary}"}
    )
    assert answer.status_code in {400, 422}
    assert not contents(runtime, ana)
    assert_nothing_is_left(runtime)


def test_the_same_file_sent_twice_is_stored_once(pages, runtime, ana, case):
    browser = pages(ana)
    drawn = browser.get(f"/cases/{case.id}/evidence/new")
    first = browser.send(drawn, files=files(("a.pdf", PDF)), follow=False, status=303)
    again = browser.send(drawn, files=files(("a.pdf", PDF)), follow=False, status=303)
    assert first.answer.headers["Location"] == again.answer.headers["Location"]
    assert len(contents(runtime, ana)) == 1
    another = browser.submit(f"/cases/{case.id}/evidence/new", files=files(("b.pdf", PDF + b"another")))
    assert "E2 is stored" in another.words, "another file is not the same form"


def test_another_case_is_not_offered_as_what_it_supports(pages, runtime, ana, case):
    foreign = make_claim(runtime.units, ana, make_case(runtime.units, ana))
    make_claim(runtime.units, ana, case)
    row = make_evidence(runtime.units, ana, case)
    page = pages(ana).submit(f"/cases/{case.id}/evidence/{row.id}/edit", status=422, supports=[f"claim:{foreign.id}"])
    assert page.error_at("supports")


def test_two_windows_do_not_overwrite_each_other(pages, runtime, ana, case):
    row = make_evidence(runtime.units, ana, case)
    browser = pages(ana)
    drawn = browser.get(f"/cases/{case.id}/evidence/{row.id}/edit")
    browser.submit(f"/cases/{case.id}/evidence/{row.id}/edit", title="Judgment of 3 March")
    page = browser.send(drawn, status=409, title="Judgment of March", shows="Dismissed")
    assert "Judgment of 3 March" in page.words
    assert "Dismissed" in page.html


def test_the_history_tells_it_in_words(pages, runtime, ana, case):
    row = make_evidence(runtime.units, ana, case, store=runtime.store)
    browser = pages(ana)
    browser.submit(f"/cases/{case.id}/evidence/{row.id}/edit", kind="medical", title="Report of the clinic")
    taken(browser, case, row)
    words = browser.get(f"/cases/{case.id}/history").words
    for said in (
        "Added evidence",
        "Described evidence",
        "Medical report",
        "Report of the clinic",
        "Downloaded evidence",
    ):
        assert said in words, said


def test_what_is_restricted_is_seen_in_the_section_only(pages, runtime, ana, case):
    row = make_evidence(runtime.units, ana, case, store=runtime.store, is_restricted=True, source="V1's doctor")
    other = make_section(runtime.units, "FI")
    guest = make_actor(runtime.units, (other, Role.CASEWORKER), name="Guest")
    share(runtime.units, ana, case, other, GrantLevel.WRITE)
    listed = pages(guest).get(f"/cases/{case.id}/evidence", may_name=("ES",))
    assert "Restricted to the section of the case" in listed.words
    for path in ("", "/custody", "/edit"):
        pages(guest).get(f"/cases/{case.id}/evidence/{row.id}{path}", status=404)
    history = pages(guest).get(f"/cases/{case.id}/history", may_name=("ES",))
    assert "V1's doctor" not in history.words
    own = pages(ana).get(f"/cases/{case.id}/evidence/{row.id}")
    assert "V1's doctor" in own.words
    refused = pages(ana).send(own, status=422)
    assert "Say why you need the file" in refused.error_at("reason")
    assert taken(pages(ana), case, row, reason="To translate it").data == PDF
    assert (CustodyKind.DOWNLOADED, "To translate it") in events(runtime, ana)
    assert "To translate it" not in pages(guest).get(f"/cases/{case.id}/history", may_name=("ES",)).words


def test_who_may_only_read_takes_out_and_adds_nothing(pages, runtime, ana, case):
    row = make_evidence(runtime.units, ana, case, store=runtime.store)
    other = make_section(runtime.units, "FI")
    reader = make_actor(runtime.units, (other, Role.CASEWORKER), name="Reader")
    share(runtime.units, ana, case, other, GrantLevel.READ)
    assert "Add files" not in pages(reader).get(f"/cases/{case.id}/evidence", may_name=("ES",)).words
    pages(reader).get(f"/cases/{case.id}/evidence/new", status=403)
    drawn = pages(reader).get(f"/cases/{case.id}/evidence/{row.id}", may_name=("ES",))
    assert pages(reader).send(drawn, follow=False).answer.data == PDF
    assert events(runtime, ana)[-1][0] is CustodyKind.DOWNLOADED


def test_a_file_that_is_not_what_it_was_is_not_handed_out(pages, runtime, ana, case):
    row = make_evidence(runtime.units, ana, case, store=runtime.store, content=JUDGMENT)
    (content,) = contents(runtime, ana)
    place = runtime.store.place_of(content.stored_as)
    stored = bytearray(place.read_bytes())
    stored[-20] ^= 1
    place.write_bytes(stored)
    page = pages(ana).submit(f"/cases/{case.id}/evidence/{row.id}", status=422)
    assert "is not handed out" in page.words
    assert CustodyKind.DOWNLOADED not in dict(events(runtime, ana))


def test_where_it_went_stands_in_the_custody_and_on_the_sheet(pages, runtime, ana, case):
    row = make_evidence(runtime.units, ana, case)
    browser = pages(ana)
    refused = browser.submit(f"/cases/{case.id}/evidence/{row.id}/sent", status=422)
    assert "Say to whom" in refused.error_at("to")
    browser.submit(f"/cases/{case.id}/evidence/{row.id}/sent", to="Lawyer L1, by hand")
    sheet = browser.get(f"/cases/{case.id}/evidence/{row.id}/custody")
    (content,) = contents(runtime, ana)
    for words in ("Custody of E1", "Sent or handed over", "Lawyer L1, by hand", content.sha256.hex()[:8], "Ana"):
        assert words in sheet.words, words


def test_the_statements_do_not_grow_with_the_evidence(pages, runtime, ana, case):
    claim = make_claim(runtime.units, ana, case)
    make_person(runtime.units, ana, case)
    make_evidence(runtime.units, ana, case, claim)
    few = len(pages(ana).get(f"/cases/{case.id}/evidence").statements)
    for number in range(5):
        make_evidence(runtime.units, ana, case, claim, content=PDF + bytes([number]))
    assert len(pages(ana).get(f"/cases/{case.id}/evidence").statements) == few


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("judgment.pdf", "judgment.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\rosa\\foto.jpg", "foto.jpg"),
        ("a\u202efdp.exe", "a fdp.exe"),
        ("a\0b\nc.pdf", "a b c.pdf"),
        ("ni\u006e\u0303as.pdf", "niñas.pdf"),
        ("حكم المحكمة.pdf", "حكم المحكمة.pdf"),
        ("x" * 300 + ".pdf", "x" * 115 + "….pdf"),
        ("", ""),
    ],
)
def test_names_are_cleaned_for_showing(name, shown):
    assert clean_name(name) == shown
    assert len(clean_name(name)) <= 120


def test_the_history_shows_every_field_that_can_be_changed(pages, runtime, ana, case):
    row = make_evidence(runtime.units, ana, case)
    browser = pages(ana)
    typed = {"title": "Judgment", "language": "es", "pages": "3", "source": "V1", "obtained": "By post", "shows": "Dismissed",
             "original_place": "Office of the lawyer", "dated__year": "2025", "received_on__day": "3",
             "received_on__month": "5", "received_on__year": "2025"}  # fmt: skip
    browser.submit(f"/cases/{case.id}/evidence/{row.id}/edit", **typed)
    words = browser.get(f"/cases/{case.id}/history").words
    for said in ("Office of the lawyer", "By post", "Dismissed", "3 May 2025", "2025"):
        assert said in words, said
