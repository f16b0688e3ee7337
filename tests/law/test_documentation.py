"""The examples in docs/law agree with the engine, and all links and file names there exist."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from caseflow.law import RULES_OF_THE_PROTOCOL, assess, load_register, read_facts
from tests.law.building import claim, clocks, document, remedy

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "law").glob("*.md"))
EXAMPLE = Path(__file__).parent / "examples" / "facts" / "2-2014-idg-v-spain.json"
CLOCKS = [
    [None if cell == "-" else cell for cell in line.strip("| ").split(" | ")]
    for line in (ROOT / "docs" / "law" / "clocks.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| [-.0-9/]+", line)
]


def test_the_example_finding_is_given_by_the_engine() -> None:
    page = (ROOT / "docs" / "law" / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    shown = json.loads(block)
    facts = read_facts(json.loads(EXAMPLE.read_text(encoding="utf-8")))
    given = assess(facts, date(2014, 1, 28), load_register()).to_document()
    assert shown in given["findings"]


@pytest.mark.parametrize("row", CLOCKS, ids=lambda row: " ".join(cell or "-" for cell in row[:4]))
def test_the_worked_examples_agree_with_the_clock(row: list[str | None]) -> None:
    decided, notified, extraordinary, on, *expected = row
    remedies = [remedy(decided=decided, notified=notified)]
    if extraordinary:
        remedies.append(remedy(stage="EXTRA", kind="extraordinary", decided=extraordinary))
    shown = clocks(document(claim(remedies=remedies)), on or "")[0].to_document()
    fields = ("state", "safe_until", "arguable_until", "days_left")
    assert [shown[field] if shown[field] is None else str(shown[field]) for field in fields] == expected


def test_there_are_worked_examples() -> None:
    assert len(CLOCKS) == 13


def test_decisions_have_a_heading_for_every_rule() -> None:
    page = (ROOT / "docs" / "law" / "decisions.md").read_text(encoding="utf-8")
    headings = set(re.findall(r"^## ([a-z]+(?:-[a-z]+)*)", page, re.MULTILINE))
    assert set(RULES_OF_THE_PROTOCOL) == headings


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_named_files_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (page.parent / target).exists(), target
    for named in re.findall(r"`((?:caseflow|tests|docs)/[\w./-]+)`", text):
        assert (ROOT / named).exists(), named
