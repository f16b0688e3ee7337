"""Copies for looking: made by the job, seen by those who see the original, sealed, and without what stands beside the pixels."""

import shutil

import pytest

from caseflow.features.evidence.checking import reconcile
from caseflow.features.evidence.copying import make_copies
from caseflow.models import EvidenceContent, Role
from tests.factories import make_actor, make_case, make_evidence, make_section, share
from tests.rendering.hostile import CANARY, SECRETS


@pytest.fixture(autouse=True)
def empty_store(runtime):
    shutil.rmtree(runtime.store.folder, ignore_errors=True)


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER), name="Ana")


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


def add(runtime, ana, case, content, **details):
    return make_evidence(runtime.units, ana, case, store=runtime.store, content=content, **details)


def test_a_photo_is_shown_without_what_stands_beside_its_pixels(pages, runtime, ana, case):
    photo = add(runtime, ana, case, SECRETS["jpeg exif"][1])
    at = f"/cases/{case.id}/evidence/{photo.id}"
    assert "A copy to look at is being made." in pages(ana).get(at).words
    assert make_copies(runtime.units, runtime.store).made == 1
    assert f'src="{at}/copy?page=1"' in pages(ana).get(at).html
    shown = pages(ana).client.get(f"{at}/copy?page=1")
    assert shown.mimetype == "image/jpeg"
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert CANARY.encode() not in shown.data
    for number in ("0", "2", "-1", "x", "9" * 30):
        assert pages(ana).client.get(f"{at}/copy?page={number}").status_code == 404
    stored = b"".join(path.read_bytes() for path in runtime.store.folder.rglob("*") if path.is_file())
    assert shown.data[:200] not in stored, "it is sealed like the original"
    assert reconcile(runtime.units, runtime.store).missing == 0


def test_what_cannot_be_copied_says_why_and_is_not_tried_again(pages, runtime, ana, case):
    broken = add(runtime, ana, case, b"%PDF-1.7 nothing")
    assert make_copies(runtime.units, runtime.store).refused == 1
    words = pages(ana).get(f"/cases/{case.id}/evidence/{broken.id}").words
    assert "No copy to look at could be made. The file is damaged, or is not what it seems to be." in words
    assert make_copies(runtime.units, runtime.store).refused == 0


def test_the_copy_of_a_restricted_file_is_seen_in_its_section_only(pages, runtime, ana, case):
    photo = add(runtime, ana, case, SECRETS["png texts"][1], is_restricted=True)
    make_copies(runtime.units, runtime.store)
    finland = make_section(runtime.units, "FI")
    aino = make_actor(runtime.units, (finland, Role.CASEWORKER), name="Aino")
    share(runtime.units, ana, case, finland)
    address = f"/cases/{case.id}/evidence/{photo.id}/copy"
    assert pages(ana).client.get(address).status_code == 200
    assert pages(aino).client.get(address).status_code == 404


def test_a_file_that_kills_the_process_is_given_up_after_three_times(pages, runtime, ana, case):
    row = add(runtime, ana, case, SECRETS["png texts"][1])
    with runtime.units.begin(ana) as uow:
        content = uow.session.get_one(EvidenceContent, row.id)
        content.copy_tries = 3
    assert make_copies(runtime.units, runtime.store).made == 0
    assert "No copy to look at could be made." in pages(ana).get(f"/cases/{case.id}/evidence/{row.id}").words
