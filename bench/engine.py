"""How many assessments a second the pure engine makes on one core: no database, no pages."""

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from caseflow import law
from caseflow.law import UncertainDate, assess, load_register

CASES = 200
ROUNDS = 15
WANTED = 5_000
STATES = ("ES", "EC", "FI", "SI", "FR", "AR")
OUTCOMES = ("dismissed", "dismissed", "dismissed", "pending", "granted")


@dataclass(frozen=True, slots=True)
class EngineSpeed:
    """Assessments a second of processor time; `slowest` is the slowest of the rounds."""

    each_second: float
    slowest: float
    findings: float
    """Findings of an average assessment, so that a dropped rule does not look like speed."""


def average_case(chance: Random, number: int) -> law.CaseFacts:
    """Return an average case: one or two claims, two acts each, a ladder of three steps and one that was not used."""
    day = date(2014, 1, 1) + timedelta(days=chance.randrange(3000))
    claims = tuple(_claim(chance, f"claim-{position}", day) for position in range(1, chance.choice((1, 1, 2)) + 1))
    victims = tuple(
        law.Victim(f"v{n}", "individual", identified=True, within_jurisdiction=True, personally_affected=True, consent="signed")
        for n in (1, 2)
    )  # fmt: skip
    return law.CaseFacts(
        reference=f"B-{number}",
        state=chance.choice(STATES),
        author=law.Author(named=True, in_writing=True),
        victims=victims,
        claims=claims,
        other_procedures=(),
        earlier_communications=(),
    )


def _claim(chance: Random, name: str, day: date) -> law.Claim:
    return law.Claim(
        id=name,
        rights=("HOUSING",),
        articles=("11(1)",),
        victims=("v1", "v2"),
        acts=tuple(_act(day + timedelta(days=30 * n)) for n in range(2)),
        remedies=tuple(_ladder(chance, day)),
        remedies_not_used=(
            law.RemedyNotUsed("CASSATION", "ordinary", "ineffective_settled_case_law", "Two judgments of the Supreme Court", documented=True),
        ),
        evidence=(law.Evidence("decision", "APPEAL"), law.Evidence("testimony")),
        disadvantage="The household lost its home.",
    )  # fmt: skip


def _act(day: date) -> law.Act:
    return law.Act(
        "Eviction", UncertainDate.of(day), UncertainDate.of(day), continuing=False, attributable_to_state=True
    )


def _ladder(chance: Random, day: date) -> Iterator[law.Remedy]:
    for stage in ("ADM_COMPL", "COURT_1", "APPEAL"):
        filed, day = day, day + timedelta(days=chance.randrange(40, 300))
        outcome = chance.choice(OUTCOMES) if stage == "APPEAL" else "dismissed"
        decided = None if outcome == "pending" else UncertainDate.of(day)
        yield law.Remedy(
            stage=stage, authority="Court No. 4", kind="ordinary", filed=UncertainDate.of(filed), decided=decided,
            notified=decided, outcome=outcome, raised_right=True, could_repair=True,
        )  # fmt: skip


def measure_engine(chance: Random, rounds: int = ROUNDS) -> EngineSpeed:
    """Assess average cases over and over; count by processor time, since the machine may be shared."""
    cases, register = [average_case(chance, number) for number in range(CASES)], load_register()
    on, speeds, found = date(2018, 9, 17), [], 0
    for number in range(-1, rounds):  # one round to warm up
        begun = time.process_time()
        found = sum(len(assess(facts, on, register).findings) for facts in cases)
        if number >= 0:
            speeds.append(CASES / (time.process_time() - begun))
    return EngineSpeed(statistics.median(speeds), min(speeds), found / CASES)
