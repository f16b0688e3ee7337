"""A coalition on the test's database."""

import pytest

from tests.features.deadlines.coalition import Coalition
from tests.servers import Database


@pytest.fixture
def coalition(database: Database) -> Coalition:
    return Coalition.on(database)
