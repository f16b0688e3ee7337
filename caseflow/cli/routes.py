"""`caseflow routes`: all international mechanisms compared for a document of case facts, without a database or a server."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import click

from caseflow.cli.files import content_of, refuse
from caseflow.cli.law import INVALID, Day, facts_in, language_named, printable, refuse_document

if TYPE_CHECKING:
    from caseflow.law.routes import Acceptance

NONE_GIVEN: Final = (
    "The acceptances that caseflow ships are used. Give --acceptances with the depositary's list for newer ones."
)


@click.command()
@click.argument("path", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--on", type=Day(), help="Compare as if filed on this day, instead of the day in the document.")
@click.option(
    "--acceptances",
    type=click.Path(path_type=Path, dir_okay=False),
    help="CSV of acceptances, used before those shipped.",
)
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="json", show_default=True)
@click.option("--language", "code", default="en", show_default=True, help="The language of the answer, such as es.")
def routes(path: Path, on: date | None, acceptances: Path | None, form: str, code: str) -> None:
    """Compare all routes for the case facts in PATH (- for standard input): open until when, closed, not known, and why.

    Ends with 0, or with 2 when the document or the list is not valid: each fault with its JSON path or row.
    """
    from caseflow.law import InvalidFacts, assess, decode, load_register, read_facts  # noqa: PLC0415 - heavy
    from caseflow.law.routes import (  # noqa: PLC0415 - heavy
        RouteRegister,
        compare,
        load_acceptances,
        load_mechanisms,
        routes_document,
        routes_text,
    )

    language = language_named(code)
    try:
        facts = read_facts(decode(facts_in(path)))
    except InvalidFacts as invalid:
        refuse_document(path, invalid)
    day = on or facts.on
    if day is None:
        _refuse(f"{click.format_filename(path)}: /on: The day is missing: put it in the document or give --on.")
    register = load_register()
    given = _read(acceptances) if acceptances else ()
    # The last row of a State and treaty counts.
    data = RouteRegister.of(load_mechanisms(), register, (*load_acceptances().rows, *given))
    found = compare(facts, assess(facts, day, register), day, data)
    if acceptances is None:
        click.echo(NONE_GIVEN, err=True)
    if form == "text":
        click.echo("\n".join(routes_text(found, day, data, language)))
    else:
        click.echo(json.dumps(routes_document(found, day, data, language), indent=2, ensure_ascii=False))


def _read(path: Path) -> "tuple[Acceptance, ...]":
    from caseflow.errors import Invalid  # noqa: PLC0415 - heavy
    from caseflow.features.treaties.parsing import LARGEST_FILE, read_list  # noqa: PLC0415 - heavy

    content = content_of(path, LARGEST_FILE)
    try:
        listed = read_list(content)
    except Invalid as invalid:
        refuse(path, invalid)
    if listed.faults:
        _refuse(*(f"{click.format_filename(path)}: {fault.line}" for fault in listed.faults))
    return listed.rows


def _refuse(*lines: str) -> NoReturn:
    for line in lines:
        click.echo(printable(line), err=True)
    sys.exit(INVALID)
