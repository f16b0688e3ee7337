"""Files in a bucket, with a real server that speaks the protocol of S3: as in a folder, and what becomes of it when it does not answer."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import uuid4

import pytest
from moto.server import ThreadedMotoServer

from caseflow.clock import now
from caseflow.features.evidence.checking import check_files, destroy_removed, reconcile
from caseflow.features.evidence.copying import make_copies
from caseflow.features.evidence.uploads.clearing import clear_uploads
from caseflow.models import CustodyKind, EvidenceContent, EvidenceCustody, Role
from caseflow.storage import FileDamaged, FileMissing, Problem, StoreUnreachable
from caseflow.storage.opening import open_store
from caseflow.storage.s3 import PIECE, S3Store
from caseflow.storage.sealing import CHUNK
from caseflow.storage.settings import Bucket, FileSettings
from config import _Reader
from tests.factories import make_actor, make_case, make_evidence, make_section
from tests.features.evidence.test_uploads import CONTENT, Sending
from tests.outbound.sink import free_port
from tests.rendering.hostile import picture, saved

MARK = b"Rosa Navarro, calle Mayor 4"
LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
"""moto says of every upload that it began in 2010."""


@pytest.fixture(scope="module")
def server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=free_port(), verbose=False)
    server.start()
    yield f"http://127.0.0.1:{server.get_host_and_port()[1]}"
    server.stop()


@pytest.fixture
def bucket(server):
    bucket = Bucket(f"files-{uuid4().hex}", server, "eu-west-1", "caseflow/", "key", "secret")
    where = {"LocationConstraint": bucket.region}
    S3Store(bucket).client.create_bucket(Bucket=bucket.name, CreateBucketConfiguration=where)
    return bucket


@pytest.fixture
def store(bucket):
    return S3Store(bucket)


def put(store, content, piece=70_000):
    incoming = store.begin(len(content) + 1)
    for at in range(0, len(content), piece):
        incoming.write(content[at : at + piece])
    return incoming.keep()


def taken(store, kept):
    return b"".join(store.read(kept.name, kept.key))


def objects(store):
    found = store.client.list_objects_v2(Bucket=store.bucket.name).get("Contents", ())
    return {
        one["Key"]: store.client.get_object(Bucket=store.bucket.name, Key=one["Key"])["Body"].read() for one in found
    }


def unfinished(store):
    return store.client.list_multipart_uploads(Bucket=store.bucket.name).get("Uploads", [])


def test_files_come_out_as_they_went_in_and_lie_there_sealed(store):
    chance = Random(14)
    for size in (1, CHUNK, CHUNK + 1, PIECE - 1, PIECE + 1, 3 * PIECE + 17):
        content = (MARK + chance.randbytes(size))[-size:] if size < len(MARK) else MARK + chance.randbytes(size)
        kept = put(store, content)
        assert (kept.size, kept.sha256) == (len(content), hashlib.sha256(content).digest())
        assert taken(store, kept) == content
    lying = objects(store)
    assert len(lying) == 6
    assert all(name.startswith("caseflow/kept/") and MARK not in content for name, content in lying.items())
    assert set(store.names()) == set(store.names(now() + timedelta(hours=1)))
    assert not set(store.names(now() - timedelta(hours=1)))


def test_every_change_is_found(store):
    kept = put(store, MARK * 40_000)
    place = store.place_of(kept.name)
    whole = objects(store)[place]
    for position in (0, 20, 40, CHUNK, len(whole) - 1):
        changed = bytearray(whole)
        changed[position] ^= 1
        store.client.put_object(Bucket=store.bucket.name, Key=place, Body=bytes(changed))
        with pytest.raises(FileDamaged):
            taken(store, kept)
    store.client.put_object(Bucket=store.bucket.name, Key=place, Body=whole[:-1])
    with pytest.raises(FileDamaged):
        taken(store, kept)


def test_what_is_not_kept_is_nowhere(store):
    large, small = store.begin(4 * PIECE), store.begin(10)
    large.write(bytes(2 * PIECE))
    assert unfinished(store)
    assert store.remove_unfinished(LONG_AGO) == 0
    large.close()
    small.write(bytes(11))
    assert small.problem is Problem.TOO_LARGE
    small.close()
    assert (objects(store), unfinished(store)) == ({}, [])
    store.begin(4 * PIECE).write(bytes(2 * PIECE))  # its process is killed
    assert store.remove_unfinished(now() + timedelta(hours=1)) == 1
    assert not unfinished(store)


def test_set_aside_destroyed_and_missing(store):
    kept, other = put(store, MARK), put(store, MARK)
    store.set_aside(kept.name)
    store.set_aside(uuid4())
    assert list(store.names()) == [other.name]
    with pytest.raises(FileMissing):
        taken(store, kept)
    assert store.remove_set_aside(now() - timedelta(hours=1)) == 0
    assert store.remove_set_aside(now() + timedelta(hours=1)) == 1
    for _ in range(2):
        store.destroy(other.name)
    assert objects(store) == {}


def test_a_store_that_does_not_answer_is_no_damage(bucket):
    away = S3Store(replace(bucket, endpoint=f"http://127.0.0.1:{free_port()}"))
    incoming = away.begin(3 * PIECE)
    incoming.write(bytes(2 * PIECE))
    assert incoming.problem is Problem.UNREACHABLE
    incoming.close()
    for ask in (lambda: list(away.names()), lambda: away.destroy(uuid4()), lambda: list(away.read(uuid4(), bytes(32)))):
        with pytest.raises(StoreUnreachable):
            ask()
    with pytest.raises(StoreUnreachable):
        list(S3Store(replace(bucket, name="no-such-bucket-at-all")).names()) or None


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER), name="Ana")


def test_the_jobs_work_with_a_bucket(runtime, store, ana, bucket):
    case = make_case(runtime.units, ana)
    photo = make_evidence(runtime.units, ana, case, store=store, content=saved(picture(), "PNG"))
    stray = put(store, MARK)
    assert make_copies(runtime.units, store).made == 1
    assert check_files(runtime.units, store).damaged == 0
    done = reconcile(runtime.units, store, is_forced=True)
    assert (done.missing, done.strays) == (0, 0), "what has just been stored may wait for its row"
    assert stray.name in set(store.names())
    away = S3Store(replace(bucket, endpoint=f"http://127.0.0.1:{free_port()}"))
    assert check_files(runtime.units, away, is_everything=True).damaged == 0
    with runtime.units.begin(ana) as uow:
        content = uow.session.query(EvidenceContent).one()
        assert content.damage is None
    store.destroy(content.stored_as)
    assert reconcile(runtime.units, store).missing == 1
    assert check_files(runtime.units, store, is_everything=True).damaged == 1
    with runtime.units.begin(ana) as uow:
        kinds = [one.kind for one in uow.session.query(EvidenceCustody).filter_by(evidence_id=photo.id)]
    assert CustodyKind.DAMAGED in kinds


def test_the_pages_work_with_a_bucket(runtime, store, ana, make_app, pages):
    case = make_case(runtime.units, ana)
    browser = pages(ana)
    browser.app = make_app(replace(runtime, store=store))
    browser.client = browser.app.test_client()
    browser.__post_init__()
    sending = Sending(browser, case)
    state = sending.rest(sending.begin())
    assert "E1 is stored, encrypted." in sending.store(state["id"]).words
    assert clear_uploads(runtime.units, store) == 1
    assert len(objects(store)) == 1
    with runtime.units.begin(ana) as uow:
        content = uow.session.query(EvidenceContent).one()
    answer = browser.submit(f"/cases/{case.id}/evidence/{content.evidence_id}", follow=False).answer
    assert answer.data == CONTENT
    browser.submit(f"/cases/{case.id}/evidence/{content.evidence_id}/remove", why="wrong_file")
    assert destroy_removed(runtime.units, store) == 1
    assert objects(store) == {}


def test_the_settings_name_the_store(bucket, tmp_path):
    settings = FileSettings(folder=tmp_path, bucket=bucket)
    read = _Reader(settings.to_env())
    assert FileSettings.read(read).bucket == bucket
    assert not read.problems
    assert isinstance(open_store(settings), S3Store)
    assert "secret" not in repr(bucket).replace("key_id", "")
    for wrong in (
        {"FILES_S3_ENDPOINT": "https://s3.example.org"},
        {"FILES_S3_BUCKET": "files", "FILES_S3_KEY": "key"},
        {"FILES_S3_BUCKET": "files", "FILES_S3_ENDPOINT": "s3.example.org"},
    ):
        read = _Reader(wrong)
        FileSettings.read(read)
        assert len(read.problems) == 1, wrong
