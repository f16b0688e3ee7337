"""Generates the table of decided communications in `docs/law` from the examples: `python -m tests.law.decided`."""

import json
from pathlib import Path

from caseflow.law import assess, load_register, read_facts

EXAMPLES = Path(__file__).parent / "examples"
PAGE = Path(__file__).parents[2] / "docs/law/decided-communications.md"
HEAD = """# What the Committee decided, and what the engine says

Each communication is a test: its facts are in `tests/law/examples/facts`, the expected answer in `tests/law/examples/expect`.
The engine assesses it for the day on which it was submitted. It does not predict decisions: it says what the recorded facts
show, and "unknown" where a source did not give a fact. `python -m tests.law.decided` generates this table from the tests.

| Communication | Submitted | The Committee | The engine | Where they differ, and why | Source of the facts |
|---|---|---|---|---|---|
"""


def page() -> str:
    """Return the whole page."""
    names = [path.stem for path in (EXAMPLES / "expect").glob("*.json") if path.stem[0].isdigit()]
    return HEAD + "".join(_row(name) for name in sorted(names, key=_number))


def _number(name: str) -> tuple[int, int]:
    number, year = name.split("-")[:2]
    return int(year), int(number)


def _row(name: str) -> str:
    facts, expected = (
        json.loads((EXAMPLES / kind / f"{name}.json").read_text(encoding="utf-8")) for kind in ("facts", "expect")
    )
    read = read_facts(facts)
    assert read.on is not None
    answer = assess(read, read.on, load_register()).outlook
    cells = (facts["reference"].removeprefix("CESCR "), facts["on"], expected["committee"], answer,
             expected["differs"], expected["source"])  # fmt: skip
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
