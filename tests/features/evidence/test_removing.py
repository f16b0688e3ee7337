"""A wrong file is removed by somebody who may, for a reason; its bytes are destroyed, and what is known of it stays."""

import shutil
from datetime import timedelta

import pytest
import time_machine

from caseflow.clock import now
from caseflow.errors import Forbidden
from caseflow.features.cases.queries import whole_case
from caseflow.features.evidence import copying
from caseflow.features.evidence.checking import check_files, destroy_removed, reconcile
from caseflow.features.evidence.copying import make_copies
from caseflow.features.evidence.facts import facts
from caseflow.features.evidence.queries import one_evidence
from caseflow.features.evidence.service import hand_out
from caseflow.jobs import Job
from caseflow.models import CustodyKind, Evidence, EvidenceContent, EvidenceCustody, EvidenceSupport, Role, Stage
from tests.factories import (
    days_ago,
    make_actor,
    make_case,
    make_claim,
    make_evidence,
    make_remedy,
    make_section,
    move_to,
)
from tests.rendering.hostile import picture, saved


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
def ben(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Ben")


@pytest.fixture
def head(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR), name="Eva")


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


@pytest.fixture
def photo(runtime, ana, case):
    claim = make_claim(runtime.units, ana, case)
    return make_evidence(runtime.units, ana, case, claim, store=runtime.store, content=saved(picture(), "PNG"))


def remove(browser, one, *, status=200, **typed):
    return browser.submit(f"/cases/{one.case_id}/evidence/{one.id}/remove", status=status, **typed)


def files(runtime):
    return [path for path in runtime.store.folder.rglob("*") if path.is_file()]


def custody(runtime, by):
    with runtime.units.begin(by) as uow:
        return [one.kind for one in uow.session.query(EvidenceCustody).order_by(EvidenceCustody.at)]


def test_the_file_is_destroyed_and_what_is_known_of_it_stays(pages, runtime, ana, photo, sent_jobs):
    at = f"/cases/{photo.case_id}"
    make_copies(runtime.units, runtime.store)
    assert len(files(runtime)) == 2, "the original and its copy"
    page = remove(pages(ana), photo, why="wrong_case", reason="It is the flat of another family")
    for words in ("Ana removed this file on", "It belongs to another case: It is the flat of another family", "E1"):
        assert words in page.words, words
    assert "Download the original" not in page.words
    assert Job.DESTROY_EVIDENCE in [job for job, _arguments in sent_jobs]
    with runtime.units.begin(ana) as uow:
        content = uow.session.query(EvidenceContent).one()
        assert content.key_sealed is content.copy_key_sealed is content.file_name_sealed is None
        assert len(content.sha256) == 32
        assert not uow.session.query(EvidenceSupport).all()
    assert destroy_removed(runtime.units, runtime.store) == 1
    assert not files(runtime)
    assert destroy_removed(runtime.units, runtime.store) == 0
    done = reconcile(runtime.units, runtime.store)
    assert (done.missing, done.strays, done.removed) == (0, 0, 0)
    assert check_files(runtime.units, runtime.store, is_everything=True).files == 0
    assert custody(runtime, ana)[-1] is CustodyKind.REMOVED
    sheet = pages(ana).get(f"{at}/evidence/{photo.id}/custody")
    assert "Ana removed this file on" in sheet.words
    listed = pages(ana).get(f"{at}/evidence")
    assert "Removed" in listed.words
    history = pages(ana).get(f"{at}/history").words
    for words in ("Removed the file of a piece of evidence", "It belongs to another case"):
        assert words in history, words


def test_what_it_supported_lacks_it_again(pages, runtime, ana, case, photo):
    assert evidence_of_claims(runtime, ana, case) == [1]
    page = pages(ana).get(f"/cases/{case.id}/evidence/{photo.id}/remove")
    assert "This lacks it from now on: Claim 1" in page.words
    remove(pages(ana), photo, why="wrong_file")
    assert evidence_of_claims(runtime, ana, case) == [0]


def evidence_of_claims(runtime, by, case):
    with runtime.units.begin(by) as uow:
        part = facts(uow, [whole_case(uow, case.id)])[case.id]
        return [len(values["evidence"] or ()) for values in part.claims.values()]


def test_a_file_that_comes_back_with_a_backup_is_destroyed_again(pages, runtime, ana, photo):
    (place,) = files(runtime)
    content = place.read_bytes()
    remove(pages(ana), photo, why="withdrawn")
    destroy_removed(runtime.units, runtime.store)
    place.write_bytes(content)
    assert reconcile(runtime.units, runtime.store).strays == 0
    assert not files(runtime)


def test_a_copy_that_is_being_made_is_destroyed_too(pages, runtime, ana, photo, monkeypatch):
    kept = copying._keep

    def remove_meanwhile(store, rendered):
        remove(pages(ana), photo, why="wrong_file")
        return kept(store, rendered)

    monkeypatch.setattr(copying, "_keep", remove_meanwhile)
    make_copies(runtime.units, runtime.store)
    destroy_removed(runtime.units, runtime.store)
    assert not files(runtime)


def test_others_may_not_and_after_a_day_only_a_coordinator(pages, ana, ben, head, photo):
    address = f"/cases/{photo.case_id}/evidence/{photo.id}"
    assert "Remove the file" in pages(ana).get(address).words
    assert "Remove the file" not in pages(ben).get(address).words
    pages(ben).get(f"{address}/remove", status=403)
    with time_machine.travel(now() + timedelta(hours=25), tick=True):
        later = pages.another(ana)
        assert "Remove the file" not in later.get(address).words
        later.get(f"{address}/remove", status=403)
        assert "Eva removed this file on" in remove(pages.another(head), photo, why="withdrawn").words


def test_something_else_is_said_in_words(pages, ana, photo):
    browser = pages(ana)
    assert "Choose why it is removed" in remove(browser, photo, status=422).words
    assert "Say in one sentence" in remove(browser, photo, status=422, why="other").error_at("reason")
    assert "Something else: It is blurred" in remove(browser, photo, why="other", reason="It is blurred").words


def test_what_was_filed_stays_and_what_came_later_may_go(pages, runtime, ana, head, case):
    make_remedy(runtime.units, head, make_claim(runtime.units, head, case), outcome="dismissed", decided=days_ago(30))
    before = make_evidence(runtime.units, ana, case)
    stages = (Stage.VERIFICATION, Stage.DOMESTIC_REMEDIES, Stage.READINESS_REVIEW, Stage.APPROVED, Stage.FILED)
    move_to(runtime.units, head, case, *stages)
    after = make_evidence(runtime.units, ana, case)
    page = pages(head).get(f"/cases/{case.id}/evidence/{before.id}/remove", status=422)
    assert "E1 was in the case when the communication was filed" in page.words
    assert "removed this file" in remove(pages(ana), after, why="wrong_file").words


def test_nothing_more_is_done_to_a_removed_file(pages, runtime, ana, case, photo):
    browser = pages(ana)
    address = f"/cases/{case.id}/evidence/{photo.id}"
    remove(browser, photo, why="wrong_file")
    for page in ("edit", "sent"):
        assert "was removed" in browser.get(f"{address}/{page}", status=403).words
    assert browser.get(f"{address}/remove", status=303).answer.location.endswith(address)
    with runtime.units.begin(ana) as uow, pytest.raises(Forbidden):
        hand_out(uow, runtime.store, case, one_evidence(uow, case, photo.id), "")


def test_numbers_are_not_given_again(pages, runtime, ana, case, photo):
    remove(pages(ana), photo, why="wrong_file")
    make_evidence(runtime.units, ana, case)
    with runtime.units.begin(ana) as uow:
        assert [one.number for one in uow.session.query(Evidence).order_by(Evidence.number)] == [1, 2]


def test_a_look_at_a_copy_is_in_the_custody_once_an_hour(pages, runtime, ana, ben, photo):
    make_copies(runtime.units, runtime.store)
    address = f"/cases/{photo.case_id}/evidence/{photo.id}/copy"
    start = now().replace(minute=10)
    with time_machine.travel(start, tick=False):
        for who in (ana, ana, ben):
            look(pages.another(who), address)
    assert custody(runtime, ana).count(CustodyKind.VIEWED) == 2
    with time_machine.travel(start + timedelta(hours=1), tick=False):
        look(pages.another(ana), address)
    assert custody(runtime, ana).count(CustodyKind.VIEWED) == 3


def look(browser, address):
    assert browser.client.get(address).status_code == 200
