"""The log has the class of an error and the places in its traceback, not its message."""

import pytest

from caseflow.logs import without_values


@pytest.mark.parametrize("is_passed", [True, False])
def test_an_error_is_named_by_kind_and_place_and_not_by_its_message(is_passed):
    try:
        without_values(None, "", None)
    except AttributeError as caught:
        event = without_values(None, "error", {"event": "x", "exc_info": caught if is_passed else True})
    assert event["error"] == "AttributeError"
    assert "caseflow/logs.py:" in event["at"]
    assert set(event) == {"event", "error", "at"}


def test_an_event_without_an_error_stays_as_it_is():
    assert without_values(None, "info", {"event": "x", "cases": 1}) == {"event": "x", "cases": 1}
