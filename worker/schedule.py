"""Which jobs the beat sends, and how often. A job is a hint; it expires when no worker takes it in time."""

from typing import Final

from caseflow.jobs import Job

REMIND_SECONDS: Final = 15.0
REASSESS_SECONDS: Final = 1800.0
"""A case is due when the day of its section has passed, so that a frequent job finds it soon after midnight in its time zone."""

SYNC_SECONDS: Final = 60.0
"""The longest wait of a request whose job was lost. The daily full pass begins after midnight (UTC)."""

CHECK_SECONDS: Final = 3600.0
"""Each file is due once a day: the checks are spread over the day as the files came."""

COPY_SECONDS: Final = 60.0
"""The longest wait of a new file whose job was lost, and of a copy whose process died."""

DESTROY_SECONDS: Final = 300.0
"""The longest that the bytes of a removed file stay when the job after its removal was lost. Nobody can open them any more."""
DOSSIER_SECONDS: Final = 60.0
"""The longest wait of documents whose job was lost, or whose process died."""

BEAT: Final = {
    Job.BUILD_DOSSIER.value: {
        "task": Job.BUILD_DOSSIER.value,
        "schedule": DOSSIER_SECONDS,
        "options": {"expires": 50},
    },
    Job.COPY_EVIDENCE.value: {
        "task": Job.COPY_EVIDENCE.value,
        "schedule": COPY_SECONDS,
        "options": {"expires": 50},
    },
    Job.CHECK_EVIDENCE.value: {
        "task": Job.CHECK_EVIDENCE.value,
        "schedule": CHECK_SECONDS,
        "options": {"expires": 600},
    },
    Job.DESTROY_EVIDENCE.value: {
        "task": Job.DESTROY_EVIDENCE.value,
        "schedule": DESTROY_SECONDS,
        "options": {"expires": 250},
    },
    Job.REMIND.value: {"task": Job.REMIND.value, "schedule": REMIND_SECONDS, "options": {"expires": 60}},
    Job.REASSESS.value: {"task": Job.REASSESS.value, "schedule": REASSESS_SECONDS, "options": {"expires": 600}},
    Job.SYNC_REMINDERS.value: {"task": Job.SYNC_REMINDERS.value, "schedule": SYNC_SECONDS, "options": {"expires": 60}},
}
