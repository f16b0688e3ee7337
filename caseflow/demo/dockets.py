"""The dockets of demo cases that were filed, by the title of their case. All letters are invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from caseflow.clock import today
from caseflow.features.cases.queries import whole_case
from caseflow.features.cases.service import EditableCase
from caseflow.features.communications.commands import LetterDetails, NoAnswer
from caseflow.features.communications.decision.commands import ClaimDecisionDetails, RecommendationDetails
from caseflow.features.communications.decision.service import add_claim_decision, add_recommendation
from caseflow.features.communications.follow_up.commands import FollowUpDetails
from caseflow.features.communications.follow_up.service import add_step
from caseflow.features.communications.service import add_letter, confirm_day, set_no_answer
from caseflow.features.evidence.queries import evidence_of_case
from caseflow.models import (
    Awaited,
    ClaimResult,
    ClosureReason,
    FilingChannel,
    FollowUpGrade,
    FollowUpKind,
    LetterDirection,
    LetterKind,
    RecommendationKind,
    RecommendationStatus,
)
from caseflow.models.letter_kinds import LETTER_KINDS
from caseflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Step:
    """What happened to a recommendation `ago` days before today."""

    kind: str
    ago: int
    text: str = ""
    grade: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Recommended:
    """A recommendation, and what the State had done `ago` days before today."""

    kind: str
    text: str
    status: str = "open"
    ago: int | None = None
    note: str = ""
    steps: tuple[Step, ...] = ()


RECOMMENDATIONS: Mapping[str, tuple[Recommended, ...]] = {
    "Follow-up of Views on evictions without alternative housing": (
        Recommended(
            "individual",
            "Compensate V1 and V2 for the violation.",
            "done",
            215,
            "Paid, as the authors confirm.",
            (
                Step("state_reported", 215, "The State paid 15,000 euros."),
                Step("commented", 155, "V1 and V2 confirm that they were paid."),
                Step(
                    "assessed",
                    90,
                    "The Committee notes with satisfaction that the compensation was paid.",
                    "satisfactory",
                ),
                Step("closed", 90, because="carried_out"),
            ),
        ),
        Recommended(
            "individual",
            "Reimburse the legal costs of the communication.",
            "done",
            215,
            "",
            (Step("state_reported", 215, "The costs were paid."), Step("closed", 90, because="carried_out")),
        ),
        Recommended(
            "general",
            "Adopt a law so that no eviction is carried out before its proportionality was examined by a judge.",
            "partly",
            30,
            "A working group met twice. No bill was presented.",
            (
                Step("state_reported", 215, "A working group studies a law."),
                Step("commented", 155, "No bill was presented."),
                Step("assessed", 90, "The Committee asks for the bill and for the days of its debate.", "partly"),
                Step("state_reported", 30, "The working group met twice."),
            ),
        ),
        Recommended(
            "general", "Publish the Views and distribute them widely.", "open", 155, "Not in the official gazette."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Wrote:
    """A letter, dated `ago` days before today and received `after` days later. `due` is counted from today.

    `answers` are days ago: those of the letters that it answers. `not_needed` is why it needs no answer.
    """

    kind: str
    ago: int
    asks: str = ""
    after: int | None = None
    due: int | None = None
    number: int = 0
    answers: tuple[int, ...] = ()
    not_needed: str = ""
    by_rule: bool = False
    file: str = ""
    is_sent: bool = False


DOCKETS: Mapping[str, tuple[Wrote, ...]] = {
    "Eviction of a couple suspended, then carried out against interim measures": (
        Wrote("acknowledgement", 318, "The secretariat confirms that the communication has arrived."),
        Wrote(
            "interim_requested", 317, "To suspend the eviction of V1 and V2 while the case is examined.", is_sent=True
        ),
        Wrote(
            "registration",
            316,
            "Registered. The State is asked for observations on admissibility and merits.",
            3,
            number=451,
            by_rule=True,
            file="Letter of registration",
        ),
        Wrote(
            "interim_granted",
            315,
            "The State is asked to suspend the eviction, or to offer adequate alternative housing in agreement with V1 and V2.",
            1,
            answers=(317,),
        ),
        Wrote(
            "information",
            299,
            "The eviction was carried out in spite of the interim measures. Where V1 and V2 sleep since.",
            is_sent=True,
        ),
        Wrote(
            "state_merits",
            96,
            "The State objects to admissibility and asks to reject the claim. Comments of the author are asked for.",
            4,
            due=14,
            answers=(316,),
            file="Observations of the State",
        ),
        Wrote(
            "third_party",
            61,
            "A network for the right to housing intervenes on interim measures. Comments can be made.",
            6,
            not_needed="It supports the authors; the comments on the State's observations refer to it.",
        ),
    ),
    "Follow-up of Views on evictions without alternative housing": (
        Wrote("acknowledgement", 1018),
        Wrote("registration", 1000, "Registered. The State is asked for observations.", 4, number=312, by_rule=True),
        Wrote(
            "state_merits",
            860,
            "The State names annulment of the proceedings as a remedy that was left. Comments within two months.",
            5,
            due=-795,
            answers=(1000,),
        ),
        Wrote("comments", 800, "On every objection, with the decisions of the courts.", answers=(860,), is_sent=True),
        Wrote(
            "views", 420, "Violation of article 11(1). Compensation, costs, and a law on evictions.", 8, by_rule=True
        ),
        Wrote("state_follow_up", 215, "The State paid compensation; it studies a law.", 5, due=-150, answers=(420,)),
        Wrote(
            "follow_up_comments", 155, "The compensation was paid. No bill was presented.", answers=(215,), is_sent=True
        ),
        Wrote("follow_up", 90, "The Committee asks the State for the bill and decides to go on with the follow-up."),
        Wrote("state_follow_up", 30, "Third report: a working group met twice. Comments are asked for.", 4, due=19),
    ),
    "School of a hamlet closed, eleven children walk three hours": (
        Wrote("acknowledgement", 120),
        Wrote(
            "registration",
            104,
            "Registered. The State is asked for its observations; the letter names no day.",
            6,
            number=518,
        ),
        Wrote("information_requested", 52, "Which children are authors, and who consents for each of them?", 3, due=-8),
        Wrote(
            "information", 15, "List of the children with the consent of a parent of each.", answers=(52,), is_sent=True
        ),
    ),
}
"""One has comments that are due soon, one Views and their follow-up, one a State that was set no day."""


def add_docket_of(uow: UnitOfWork, case: EditableCase) -> None:
    """Enter the letters of a demo case, through the services that pages call."""
    on = today(case.section.time_zone)
    by_age: dict[int, UUID] = {}
    for plan in DOCKETS.get(case.title, ()):
        letter = add_letter(uow, case, _details(uow, case, plan, on, by_age))
        by_age[plan.ago] = letter.id
        uow.flush()
        if plan.by_rule:
            confirm_day(uow, case, letter, letter.version)
        if plan.not_needed:
            set_no_answer(uow, case, letter, NoAnswer(version=letter.version, reason=plan.not_needed))
        uow.flush()


def add_decision_of(uow: UnitOfWork, case: EditableCase) -> None:
    """Record the outcome of the claims, and the recommendations, of a demo case that was decided."""
    on, planned = today(case.section.time_zone), RECOMMENDATIONS.get(case.title, ())
    for claim in whole_case(uow, case.id).claims if planned else ():
        add_claim_decision(uow, case, ClaimDecisionDetails(claim_id=claim.id, result=ClaimResult.VIOLATION))
        uow.flush()
    for plan in planned:
        details = RecommendationDetails(
            kind=RecommendationKind(plan.kind),
            text=plan.text,
            progress=RecommendationStatus(plan.status),
            as_of=None if plan.ago is None else on - timedelta(days=plan.ago),
            note=plan.note,
        )
        recommendation = add_recommendation(uow, case, details)
        uow.flush()
        for step in plan.steps:
            add_step(uow, case, recommendation, _follow_up(step, on))
            uow.flush()


def _follow_up(step: Step, on: date) -> FollowUpDetails:
    return FollowUpDetails(
        kind=FollowUpKind(step.kind),
        on_day=on - timedelta(days=step.ago),
        text=step.text,
        grade=FollowUpGrade(step.grade) if step.grade else None,
        closed_because=ClosureReason(step.because) if step.because else None,
    )


def _details(uow: UnitOfWork, case: EditableCase, plan: Wrote, on: date, by_age: Mapping[int, UUID]) -> LetterDetails:
    kind, dated_on = LETTER_KINDS[LetterKind(plan.kind)], on - timedelta(days=plan.ago)
    files = {one.content.title: one.id for one in evidence_of_case(uow, case) if one.content} if plan.file else {}
    awaited = kind.awaited
    if awaited is Awaited.AUTHOR and plan.due is None and not plan.not_needed:
        awaited = None
    return LetterDetails(
        kind=LetterKind(plan.kind),
        direction=LetterDirection.SENT if plan.is_sent else LetterDirection.RECEIVED,
        registration_number=f"{plan.number}/{dated_on.year}" if plan.number else "",
        dated_on=dated_on,
        received_on=None if plan.after is None else dated_on + timedelta(days=plan.after),
        channel=FilingChannel.EMAIL,
        asks=plan.asks,
        awaited=awaited,
        due_on=None if plan.due is None else on + timedelta(days=plan.due),
        answers=tuple(by_age[one] for one in plan.answers),
        evidence_id=files.get(plan.file),
    )
