"""The words of templates of tasks, and the shipped examples: data, in the language of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask_babel import LazyString

from caseflow.models import Stage, Urgency
from caseflow.web.texts import lazy_gettext as _l

WHY_WE_ASK: Final = _l(
    "A template holds what your section does again and again in cases of one kind. In a case people choose the day from which its tasks are counted, see every last day before anything is added, and leave out what does not fit."
)


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """A task of an example, so many days after its day, before it if negative."""

    days: int
    title: LazyString
    steps: tuple[LazyString, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A shipped template. It is an example: no rule of law stands behind its days."""

    name: LazyString
    date_name: LazyString
    stage: Stage | None
    urgency: Urgency | None
    lines: tuple[ExampleLine, ...]


EXAMPLES: Final[Mapping[str, Example]] = {
    "urgent-eviction": Example(
        _l("Urgent eviction"),
        _l("Day of the eviction"),
        None,
        Urgency.EMERGENCY,
        (
            ExampleLine(-21, _l("Find a lawyer or legal aid for the people concerned")),
            ExampleLine(-18, _l("Get the order, and proof of how and when it was notified")),
            ExampleLine(
                -16,
                _l("Ask social services in writing for another home for everybody"),
                (
                    _l("Say who lives there: children, illness, disability"),
                    _l("Ask for an answer in writing"),
                    _l("Keep the receipt"),
                ),
            ),
            ExampleLine(-14, _l("Ask the court to suspend the eviction, and to weigh what it does to the people")),
            ExampleLine(
                -12,
                _l("Collect what shows the situation of the people"),
                (_l("Medical reports"), _l("School certificates"), _l("Income and rent")),
            ),
            ExampleLine(-10, _l("List the facts with their dates, and have them confirmed")),
            ExampleLine(-9, _l("Ask the people for their consent, and for the authorisation to act for them")),
            ExampleLine(
                -7,
                _l("Draft the communication and the request for interim measures"),
                (
                    _l("What will happen on the day, and why it could not be made good"),
                    _l("What was asked of the State, and what it answered"),
                ),
            ),
            ExampleLine(-6, _l("Have the draft checked by the coordinator")),
            ExampleLine(-5, _l("Send the request for interim measures, and record the filing with its proof")),
            ExampleLine(-1, _l("Agree who is there on the day, who documents it, and where the people sleep")),
            ExampleLine(0, _l("Record what happened, and tell the Committee")),
        ),
    ),
    "pending-appeal": Example(
        _l("Pending appeal"),
        _l("Last day to appeal"),
        Stage.DOMESTIC_REMEDIES,
        None,
        (
            ExampleLine(-20, _l("Get the decision, and proof of its notification")),
            ExampleLine(-18, _l("Agree with the lawyer who drafts the appeal, and who pays")),
            ExampleLine(
                -10,
                _l("Check that the appeal raises the rights in substance"),
                (_l("The right, or what it protects, is named"), _l("What was lost is described")),
            ),
            ExampleLine(-5, _l("Read the draft of the appeal")),
            ExampleLine(-2, _l("File the appeal, and keep the receipt as evidence")),
            ExampleLine(1, _l("Record the appeal on the page “Remedies”")),
        ),
    ),
    "before-filing": Example(
        _l("Before filing"),
        _l("Day on which the communication is sent"),
        Stage.READINESS_REVIEW,
        None,
        (
            ExampleLine(-30, _l("Go through the gaps on the page “Readiness”, and make tasks of them")),
            ExampleLine(-25, _l("Ask whether anything was filed with another international body")),
            ExampleLine(-21, _l("Read the facts with the people concerned, and correct them")),
            ExampleLine(
                -18,
                _l("Collect the annexes"),
                (
                    _l("The decision of each instance"),
                    _l("Proof of each notification"),
                    _l("The authorisation to act, or why it is missing"),
                ),
            ),
            ExampleLine(-14, _l("Check the consent of each person to submit, and to disclose their identity")),
            ExampleLine(-10, _l("Have the draft read by a lawyer")),
            ExampleLine(-3, _l("Have the case approved")),
            ExampleLine(0, _l("Send the communication, and record the filing with its proof")),
        ),
    ),
    "interim-measures": Example(
        _l("Interim measures requested by the Committee"),
        _l("Day of the Committee's request"),
        Stage.PENDING,
        None,
        (
            ExampleLine(0, _l("Tell the people concerned, in words they can use")),
            ExampleLine(1, _l("Bring the request to the court and the authority that would act")),
            ExampleLine(3, _l("Ask the authority in writing what it will do")),
            ExampleLine(7, _l("Tell the Committee whether the State complies")),
            ExampleLine(30, _l("Ask the people how they are, and record it")),
        ),
    ),
}
"""By code. Twelve steps before an eviction, and what comes again in other stages."""
