"""A data key that is not the one with which the notes of a database were encrypted is found at the start."""

from dataclasses import replace

import pytest

from caseflow.db.prepare import COMMAND, WEB, WORKER
from caseflow.db.rights import UnsafeDatabase
from caseflow.runtime import check_database

pytestmark = pytest.mark.commits
KEY, OTHER = bytes(range(32)), bytes(range(32, 64))


@pytest.fixture(params=[WEB, WORKER])
def process(request):
    return request.param


@pytest.fixture
def started(database, process):
    """Start a process with some keys."""
    settings = database.settings
    own = settings.of_process({WEB: settings.web_database_url, WORKER: settings.worker_database_url}[process])

    def start(**keys: bytes) -> None:
        check_database(replace(own, data_keys=keys), process)

    return start


def test_the_same_keys_are_taken_again_and_a_new_one_besides(started):
    started(k1=KEY)
    started(k1=KEY)
    started(k2=OTHER, k1=KEY)
    started(k1=KEY, k2=OTHER)


def test_another_key_under_a_known_id_is_refused_with_a_sentence(started):
    started(k1=KEY)
    with pytest.raises(UnsafeDatabase, match="holds another key under the id k1") as refused:
        started(k1=OTHER)
    assert len(refused.value.problems) == 1
    with pytest.raises(UnsafeDatabase, match="another key under the id k1"):
        started(k2=KEY, k1=OTHER)
    started(k2=KEY, k1=KEY)


def test_a_known_key_that_is_missing_is_refused_with_a_sentence(started):
    started(k1=KEY, k2=OTHER)
    with pytest.raises(UnsafeDatabase, match="lacks the key k1"):
        started(k2=OTHER)


def test_the_check_can_not_be_changed_by_a_process(database, started):
    started(k1=KEY)
    with database.as_superuser() as engine, engine.connect() as connection:
        for role in (WEB, WORKER, COMMAND):
            for right in ("UPDATE", "DELETE", "TRUNCATE"):
                asked = "SELECT has_table_privilege(%(role)s, 'data_key_check', %(right)s)"
                assert not connection.exec_driver_sql(asked, {"role": role, "right": right}).scalar()
