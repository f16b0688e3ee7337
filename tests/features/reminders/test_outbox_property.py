"""For random sections and histories, what is sent equals a naive day-by-day simulation."""

import os
from random import Random

import pytest

from tests.features.reminders.histories import make_history, make_setup
from tests.features.reminders.in_memory import InMemoryOutbox
from tests.features.reminders.naive import Simulation

EXAMPLES = int(os.environ.get("CASEFLOW_EXAMPLES", "1000"))
FEW = EXAMPLES // 4
SEED = int(os.environ.get("CASEFLOW_SEED", "20260601"))


@pytest.mark.parametrize("numbers", [range(FEW), pytest.param(range(FEW, EXAMPLES), marks=pytest.mark.slow)])
def test_an_outbox_in_memory_sends_what_the_naive_simulation_sends(numbers):
    sent = mails = 0
    for number in numbers:
        chance = Random(f"{SEED}.{number}")
        setup = make_setup(chance)
        steps = list(make_history(chance, setup, 40, 2))
        naive, in_memory = Simulation(setup, steps[0].at), InMemoryOutbox(setup, steps[0].at)
        for step in steps:
            for outbox in (naive, in_memory):
                if step.facts:
                    outbox.change(step.name, step.facts, step.at)
                else:
                    outbox.run_sweep(step.at)
            assert in_memory.sent == naive.sent, f"seed {SEED}, example {number}, {step}"
            assert in_memory.mails == naive.mails, f"seed {SEED}, example {number}, {step}"
        sent += sum(naive.sent.values())
        mails += sum(naive.mails.values())
    print(f"seed {SEED}: {len(numbers)} histories, {sent} reminders in {mails} mails")  # noqa: T201 - the figure is wanted
