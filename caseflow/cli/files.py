"""Files given to commands: read with a limit, and refused with a sentence."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn

import click

from caseflow.cli.law import INVALID, printable
from caseflow.errors import Invalid

DAY_ORDER: Final = "Which comes first in dates such as 05/02/2026, where no date of the column shows it."


def content_of(path: Path, largest: int) -> bytes:
    """Return the content of a file, at most one byte more than allowed so that the excess is detected; exit if it can't be read."""
    try:
        with path.open("rb") as file:
            return file.read(largest + 1)
    except OSError as error:
        say_and_exit(f"{click.format_filename(path)}: The file can't be read: {error.strerror}.")


def refuse(path: Path, invalid: Invalid) -> NoReturn:
    """Say what is wrong with a file as a whole, and exit."""
    sentences = list(invalid.fields.values()) or [invalid.sentence]
    for sentence in sentences:
        text = sentence % invalid.values if invalid.values else sentence
        click.echo(printable(f"{click.format_filename(path)}: {text}"), err=True)
    sys.exit(INVALID)


def say_and_exit(sentence: str) -> NoReturn:
    """Say why a command ends, and exit."""
    click.echo(printable(sentence), err=True)
    sys.exit(INVALID)


def below(numbers: Sequence[int]) -> list[str]:
    """Return what to say of rows below a table that were not read."""
    return [f"Not read, because they are below the table: rows {', '.join(map(str, numbers))}."] if numbers else []
