"""For made-up houses and histories, what goes out is what a naive day-by-day account says must go out."""

import os
from random import Random

import pytest

from tests.features.reminders.histories import make_history, make_house
from tests.features.reminders.naive import Simulation
from tests.features.reminders.paper import Paper

EXAMPLES = int(os.environ.get("CASEFLOW_EXAMPLES", "1000"))
FEW = EXAMPLES // 4
SEED = int(os.environ.get("CASEFLOW_SEED", "20260601"))


@pytest.mark.parametrize("numbers", [range(FEW), pytest.param(range(FEW, EXAMPLES), marks=pytest.mark.slow)])
def test_the_outbox_on_paper_tells_what_the_naive_account_tells(numbers):
    told = mails = 0
    for number in numbers:
        chance = Random(f"{SEED}.{number}")
        house = make_house(chance)
        steps = list(make_history(chance, house, 40, 2))
        naive, paper = Simulation(house, steps[0].at), Paper(house, steps[0].at)
        for step in steps:
            for account in (naive, paper):
                if step.facts:
                    account.change(step.name, step.facts, step.at)
                else:
                    account.look(step.at)
            assert paper.told == naive.told, f"seed {SEED}, example {number}, {step}"
            assert paper.mails == naive.mails, f"seed {SEED}, example {number}, {step}"
        told += sum(naive.told.values())
        mails += sum(naive.mails.values())
    print(f"seed {SEED}: {len(numbers)} histories, {told} reminders in {mails} mails")  # noqa: T201 - the figure is wanted
