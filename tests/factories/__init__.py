"""Functions that make what a test needs, through the services that pages call.

Each opens and commits its own unit of work, so that requests and other actors see the result:

    es = make_section(runtime.units, "ES")
    ana = make_actor(runtime.units, (es, Role.CASEWORKER))
    case = make_case(runtime.units, ana)
    claim = make_claim(runtime.units, ana, case)
    make_remedy(runtime.units, ana, claim, outcome="dismissed", decided=known(2026, 3, 5))

A test gives the values that it is about; all others have plausible defaults.
"""

from tests.factories.answers import age_answers, answers_seen
from tests.factories.cases import (
    alter_case,
    make_act,
    make_case,
    make_claim,
    make_comment_of_old_case,
    make_decision_of_old_case,
    make_follow_up,
    make_housing_application,
    make_intervention,
    make_letter,
    make_letter_of_old_case,
    make_note,
    make_objection,
    make_other_treaty,
    make_procedure,
    make_recommendation,
    make_remedy,
    make_task,
    make_template,
    move_to,
    not_used,
    reload_case,
    seal,
    share,
)
from tests.factories.dates import days_ago, in_days, known
from tests.factories.deadlines import (
    clock,
    deadlines_seen,
    mails_seen,
    make_deadline,
    make_due_mails,
    reminders_seen,
    set_clocks,
)
from tests.factories.evidence import make_evidence
from tests.factories.people import PASSWORD, end_roles, make_actor, make_section, make_section_contact, open_browser
from tests.factories.persons import make_attempt, make_channel, make_consent, make_person, withdraw_consent
from tests.factories.reviews import (
    approve,
    confirm,
    file_case,
    make_comment,
    make_review,
    new_filing,
    prepare,
    sign,
)

__all__ = [
    "PASSWORD",
    "age_answers",
    "alter_case",
    "answers_seen",
    "approve",
    "clock",
    "confirm",
    "days_ago",
    "deadlines_seen",
    "end_roles",
    "file_case",
    "in_days",
    "known",
    "mails_seen",
    "make_act",
    "make_actor",
    "make_attempt",
    "make_case",
    "make_channel",
    "make_claim",
    "make_comment",
    "make_comment_of_old_case",
    "make_consent",
    "make_deadline",
    "make_decision_of_old_case",
    "make_due_mails",
    "make_evidence",
    "make_follow_up",
    "make_housing_application",
    "make_intervention",
    "make_letter",
    "make_letter_of_old_case",
    "make_note",
    "make_objection",
    "make_other_treaty",
    "make_person",
    "make_procedure",
    "make_recommendation",
    "make_remedy",
    "make_review",
    "make_section",
    "make_section_contact",
    "make_task",
    "make_template",
    "move_to",
    "new_filing",
    "not_used",
    "open_browser",
    "prepare",
    "reload_case",
    "reminders_seen",
    "seal",
    "set_clocks",
    "share",
    "sign",
    "withdraw_consent",
]
