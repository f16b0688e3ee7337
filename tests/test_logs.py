"""The log names the kind of an error and the places it went through, and nothing that it says."""

import pytest

from caseflow.logs import without_values


@pytest.mark.parametrize("is_handed_over", [True, False])
def test_an_error_is_named_by_kind_and_place_and_not_by_its_message(is_handed_over):
    try:
        without_values(None, "", None)
    except AttributeError as caught:
        told = without_values(None, "error", {"event": "x", "exc_info": caught if is_handed_over else True})
    assert told["error"] == "AttributeError"
    assert "caseflow/logs.py:" in told["at"]
    assert set(told) == {"event", "error", "at"}


def test_an_event_without_an_error_stays_as_it_is():
    assert without_values(None, "info", {"event": "x", "cases": 1}) == {"event": "x", "cases": 1}
