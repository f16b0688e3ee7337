"""The sources of all features."""

import pytest

from caseflow.models import DeadlineKind
from caseflow.sources import DeadlineSource, Sources


def source(name):
    return DeadlineSource(name=name, kinds=frozenset({DeadlineKind.TASK}), wanted=lambda _uow, _cases: {})


def test_two_sources_of_one_name_are_refused():
    with pytest.raises(ValueError, match="Two sources of deadlines have one name"):
        Sources(deadlines=(source("letters"), source("letters")))
    assert len(Sources(deadlines=(source("letters"), source("requests"))).deadlines) == 2
