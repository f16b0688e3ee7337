from types import SimpleNamespace

from caseflow.web import errors


def test_not_found_is_delayed_to_the_next_time_step(monkeypatch):
    waits = []
    for moment in (100.0, 100.0071, 100.0199):
        clock = SimpleNamespace(monotonic=lambda moment=moment: moment, sleep=waits.append)
        monkeypatch.setattr(errors, "time", clock)
        errors._hide_timing()
        end = (moment + waits[-1]) / errors.TIMING_STEP_SECONDS
        assert abs(end - round(end)) < 1e-6
    assert all(0 < wait <= errors.TIMING_STEP_SECONDS for wait in waits)
