"""What the beat wakes, and how often. Each is a hint; a hint that nobody took in time is worth nothing."""

from typing import Final

from caseflow.jobs import Job

REMIND_SECONDS: Final = 15.0

BEAT: Final = {
    Job.REMIND.value: {"task": Job.REMIND.value, "schedule": REMIND_SECONDS, "options": {"expires": 60}},
}
