"""The words of tasks, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "task_status": {"open": _l("Open"), "done": _l("Done"), "cancelled": _l("Cancelled")},
    "act_kind": {"tasks": _l("Tasks")},
    "action": {
        "task.added": _l("Added a task"),
        "task.changed": _l("Changed a task"),
        "task.steps_done": _l("Ticked a checklist"),
        "task.done": _l("A task was done"),
        "task.cancelled": _l("Cancelled a task"),
        "task.reopened": _l("Reopened a task"),
        "task_template.added": _l("Added a template of tasks"),
        "task_template.changed": _l("Changed a template of tasks"),
        "task_template.removed": _l("Removed a template of tasks"),
    },
    "field": {
        "details": _l("Details"),
        "steps": _l("Checklist"),
        "done_steps": _l("Steps done"),
        "result": _l("Result"),
    },
}
WHY_WE_ASK: Final = _l(
    "Everybody sees who does what until when. A task with a last day is a deadline: the person responsible is reminded of it, and it is shown in their “My work” and in their calendar. A task is never removed: it is done, with what came of it, or cancelled, with a reason. The Committee and the State never see it."
)
