"""`caseflow explain`: rules and clocks as prose."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from caseflow.cli import main

RULES_PAGE = Path(__file__).parents[2] / "docs" / "law" / "rules.md"


def explained(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["explain", *arguments])


def test_a_rule_is_explained_with_its_sources_and_how_sure_they_are() -> None:
    done = explained("victim-standing")
    assert done.exit_code == 0
    for expected in (
        "Citation: OP-ICESCR art. 2.",
        "\nNot met: ",
        "\nUnknown: ",
        "still to be confirmed",
        "secondary",
    ):
        assert expected in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= 100


def test_a_name_of_a_rule_and_of_a_clock_explains_both() -> None:
    shown = explained("one-year").stdout
    assert shown.index("## Rule `one-year`") < shown.index("## Clock `one-year`")
    assert "Years to file: 1 year (OP-ICESCR art. 3(2)(a); read in the primary text; checked on" in shown.replace(
        "\n  ", " "
    )
    assert "## Clock `next-domestic-step`" in explained("next-domestic-step").stdout


def test_without_a_name_everything_is_listed() -> None:
    shown = explained().stdout
    assert shown.startswith("Rules\n  state-party ")
    assert shown.index("Clocks\n") < shown.index("next-domestic-step")


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("same_matter", "same-matter"),
        ("one year", "one-year"),
        ("exaustion", "exhaustion"),
        ("step", "next-domestic-step"),
        ("?", "state-party, victim-standing"),
        ("", "state-party, victim-standing"),
    ],
)
def test_an_unknown_name_ends_with_2_and_the_nearest(typed: str, nearest: str) -> None:
    done = explained(typed)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"There is no rule or clock “{typed}”. The nearest: {nearest}" in done.stderr


def test_the_page_of_the_documentation_is_what_the_command_prints() -> None:
    assert RULES_PAGE.read_text(encoding="utf-8") == explained("--all").stdout, (
        "write it anew: caseflow explain --all > docs/law/rules.md"
    )
