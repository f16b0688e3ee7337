"""What the beat wakes, and how often. Each is a hint; a hint that nobody took in time is worth nothing."""

from typing import Final

from caseflow.jobs import Job

REMIND_SECONDS: Final = 15.0
REASSESS_SECONDS: Final = 1800.0
"""A case is due when the day of its section has passed: after midnight the next hint finds it, wherever the section is."""

RENEW_SECONDS: Final = 60.0
"""What was asked for and whose hint was lost waits for no longer; and the day's check of everything begins after midnight (UTC)."""

BEAT: Final = {
    Job.REMIND.value: {"task": Job.REMIND.value, "schedule": REMIND_SECONDS, "options": {"expires": 60}},
    Job.REASSESS.value: {"task": Job.REASSESS.value, "schedule": REASSESS_SECONDS, "options": {"expires": 600}},
    Job.SYNC_REMINDERS.value: {"task": Job.SYNC_REMINDERS.value, "schedule": RENEW_SECONDS, "options": {"expires": 60}},
}
