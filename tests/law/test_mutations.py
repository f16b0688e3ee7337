"""All faults of `make mutations` can be planted, and one of them is tried here."""

from tests.law.mutations import FAULTS, ORACLE, applies, passes


def test_every_fault_can_still_be_planted() -> None:
    assert [fault.what for fault in FAULTS if not applies(fault)] == []
    assert len(FAULTS) >= 10


def test_a_planted_fault_is_found() -> None:
    few = (*ORACLE, "--count", "150")
    assert passes(None, few)
    assert not passes(next(fault for fault in FAULTS if fault.what == "notification is ignored"), few)
