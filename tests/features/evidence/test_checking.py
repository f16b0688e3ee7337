"""The nightly check finds every file that is missing or altered, says so where people look, and the store agrees with the database."""

import os
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from click.testing import CliRunner

from caseflow.cli import main
from caseflow.clock import now
from caseflow.db.sealing import KeyRing
from caseflow.features.evidence import checking
from caseflow.features.evidence.checking import check_files, reconcile
from caseflow.features.keys.service import rotate_keys
from caseflow.models import Alarm, AlarmKind, CustodyKind, Damage, EvidenceContent, EvidenceCustody, Role
from tests.factories import make_actor, make_case, make_evidence, make_section
from tests.factories.evidence import PDF


@pytest.fixture(autouse=True)
def empty_store(runtime):
    shutil.rmtree(runtime.store.folder, ignore_errors=True)


@pytest.fixture
def ana(runtime):
    section = make_section(runtime.units, "ES")
    return make_actor(runtime.units, (section, Role.CASEWORKER), (section, Role.ADMINISTRATOR))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


def add(runtime, ana, case, number=1):
    return [
        make_evidence(runtime.units, ana, case, store=runtime.store, content=PDF + bytes([one]))
        for one in range(number)
    ]


def content_of(runtime, ana, row):
    with runtime.units.begin(ana) as uow:
        return uow.session.query(EvidenceContent).filter_by(evidence_id=row.id).one()


def kinds_of(runtime, ana, row):
    with runtime.units.begin(ana) as uow:
        found = uow.session.query(EvidenceCustody).filter_by(evidence_id=row.id).order_by(EvidenceCustody.at)
        return [one.kind for one in found]


def alarms(runtime, ana):
    with runtime.units.begin(ana) as uow:
        return {one.kind: one.number for one in uow.session.query(Alarm)}


def place_of(runtime, ana, row):
    return runtime.store.place_of(content_of(runtime, ana, row).stored_as)


def alter(place):
    content = bytearray(place.read_bytes())
    content[-1] ^= 1
    place.write_bytes(content)


def test_what_is_as_it_came_is_said_once_a_month(runtime, ana, case):
    (row,) = add(runtime, ana, case)
    assert check_files(runtime.units, runtime.store).files == 1
    assert check_files(runtime.units, runtime.store).files == 0, "it is due again tomorrow"
    for days in (1, 2, 32):
        with time_machine.travel(now() + timedelta(days=days), tick=True):
            done = check_files(runtime.units, runtime.store)
            assert (done.files, done.damaged) == (1, 0)
    assert kinds_of(runtime, ana, row).count(CustodyKind.VERIFIED) == 2
    assert alarms(runtime, ana) == {}


def test_altered_missing_and_swapped_files_are_found_and_heal(runtime, ana, case, pages):
    altered, missing, one, other, good = add(runtime, ana, case, 5)
    kept = place_of(runtime, ana, altered).read_bytes()
    alter(place_of(runtime, ana, altered))
    place_of(runtime, ana, missing).unlink()
    here, there = place_of(runtime, ana, one), place_of(runtime, ana, other)
    content = here.read_bytes()
    here.write_bytes(there.read_bytes())
    there.write_bytes(content)
    done = check_files(runtime.units, runtime.store)
    assert (done.files, done.damaged) == (5, 4)
    found = [content_of(runtime, ana, row).damage for row in (altered, missing, one, other, good)]
    assert found == [Damage.ALTERED, Damage.MISSING, Damage.ALTERED, Damage.ALTERED, None]
    assert alarms(runtime, ana) == {AlarmKind.FILES: 4}
    browser = pages(ana)
    assert "4 files are missing or are not what was stored" in browser.get(f"/cases/{case.id}/evidence").words
    assert "brought back from a backup" in browser.get(f"/cases/{case.id}/evidence/{altered.id}").words
    assert "4 files of evidence are missing" in browser.get("/admin/mails").words
    place_of(runtime, ana, altered).write_bytes(kept)
    again = check_files(runtime.units, runtime.store, is_everything=True)
    assert (again.files, again.damaged) == (5, 3)
    assert alarms(runtime, ana) == {AlarmKind.FILES: 4}, "what is known raises no second alarm"
    assert kinds_of(runtime, ana, altered)[-2:] == [CustodyKind.DAMAGED, CustodyKind.VERIFIED]
    assert content_of(runtime, ana, altered).damage is None


def test_a_round_ends_in_time_and_goes_on_where_it_was(runtime, ana, case):
    add(runtime, ana, case, 3)
    first = check_files(runtime.units, runtime.store, most_seconds=0)
    assert (first.files, first.is_cut_short) == (1, True)
    assert check_files(runtime.units, runtime.store).files == 2


def stray(runtime, days_old):
    incoming = runtime.store.begin(100)
    incoming.write(b"of nobody")
    kept = incoming.keep()
    age(runtime.store.place_of(kept.name), days_old)
    return runtime.store.place_of(kept.name)


def age(place, days):
    then = (now() - timedelta(days=days)).timestamp()
    os.utime(place, (then, then))


def test_what_a_killed_process_left_is_set_aside_and_removed_later(runtime, ana, case):
    (row,) = add(runtime, ana, case)
    age(place_of(runtime, ana, row), 3)
    old, young = stray(runtime, 2), stray(runtime, 0)
    begun = runtime.store.begin(100)
    begun._file.close()
    age(begun._place, 2)
    done = reconcile(runtime.units, runtime.store)
    assert (done.missing, done.strays, done.set_aside, done.removed) == (0, 1, 1, 1)
    assert not old.exists()
    assert young.exists(), "its row may come with the commit"
    assert place_of(runtime, ana, row).exists()
    young.unlink()
    with time_machine.travel(now() + timedelta(days=31), tick=True):
        assert reconcile(runtime.units, runtime.store).removed == 1


def test_a_store_of_another_database_is_left_alone(runtime, ana, case, monkeypatch):
    monkeypatch.setattr(checking, "MOST_STRAYS", 2)
    places = [stray(runtime, 2) for _ in range(3)]
    done = reconcile(runtime.units, runtime.store)
    assert (done.strays, done.set_aside, done.is_refused) == (3, 0, True)
    assert all(place.exists() for place in places)
    assert alarms(runtime, ana) == {AlarmKind.FILES: 3}
    assert reconcile(runtime.units, runtime.store, is_forced=True).set_aside == 3


@pytest.fixture
def command(runtime, monkeypatch):
    monkeypatch.setattr("caseflow.cli.evidence.current_settings", lambda: runtime.settings)
    monkeypatch.setattr("caseflow.cli.evidence.make_runtime", lambda _: runtime)

    def run(*words):
        result = CliRunner().invoke(main, ["evidence", *words])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return run


def test_the_commands_say_what_they_found(runtime, ana, case, command):
    row, _ = add(runtime, ana, case, 2)
    assert command("verify") == (0, "2 files read, 0 missing or altered.\n")
    assert command("reconcile") == (0, "0 files missing, 0 without a row set aside, 0 removed.\n")
    place_of(runtime, ana, row).unlink()
    code, output = command("verify")
    assert (code, output.splitlines()[0]) == (1, "2 files read, 1 missing or altered.")
    assert command("reconcile")[0] == 1


def test_the_keys_of_files_are_sealed_again_with_the_current_data_key(runtime, ana, case):
    (row,) = add(runtime, ana, case)
    ring = KeyRing({"new": bytes(range(32)), **runtime.units.keys.keys}, "new")
    units = replace(runtime.units, keys=ring)
    assert any(batch.table == "evidence_content" and batch.sealed == 1 for batch in rotate_keys(units))
    alone = replace(units, keys=KeyRing({"new": bytes(range(32))}, "new"))
    assert content_of(runtime, ana, row).key_sealed.startswith(b"\x03new")
    assert check_files(alone, runtime.store, is_everything=True).damaged == 0
