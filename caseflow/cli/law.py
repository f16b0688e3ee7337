"""`caseflow assess` and `caseflow facts-schema`: the engine without a database or a server.

Slow imports are inside the commands, so that other commands start fast.
"""

import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

import click

if TYPE_CHECKING:
    from caseflow.law import Fault, Findings, InvalidFacts
    from caseflow.law.contradictions import Contradiction
    from caseflow.law.sentences import Language

INVALID: Final = 2
LARGEST_FACTS: Final = 20 * 1024 * 1024
"""Bytes. The largest case that the schema allows stays far below."""


class Answer(NamedTuple):
    """What was found for a document, and which of its facts do not fit each other."""

    findings: "Findings"
    contradictions: "tuple[Contradiction, ...]"

    def to_document(self, language: "Language") -> dict[str, Any]:
        """Return the document `caseflow/findings/1`, with its texts in a language."""
        listed = [one.to_document(language) for one in self.contradictions]
        return {**self.findings.to_document(language), "contradictions": listed}


class Day(click.ParamType[date]):
    """One exact day, written 2014-01-28."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or fail with a message."""
        if isinstance(value, date):
            return value
        from caseflow.law import DateError, UncertainDate  # noqa: PLC0415 - heavy

        try:
            when = UncertainDate.parse(str(value))
        except DateError as error:
            self.fail(str(error), param, ctx)
        if when.is_vague:
            self.fail(f'"{value}" is not one exact day, such as 2014-01-28.', param, ctx)
        return when.earliest


@click.command()
@click.argument("path", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--on", type=Day(), help="Assess as if filed on this day, instead of the day in the document.")
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="json", show_default=True)
@click.option("--language", "code", default="en", show_default=True, help="The language of the answer, such as es.")
def assess(path: Path, on: date | None, form: str, code: str) -> None:
    """Assess the case facts in PATH: a file, a directory (every *.json below it, one JSON line each), or - for standard input.

    Ends with 0 when everything was assessed, with 2 when a document is not valid: each fault with its JSON path.
    """
    language = language_named(code)
    if _is_folder(path):
        sys.exit(_directory(path, on, form, language))
    answer, faults = _assess(path, on)
    if answer is None:
        _refuse(path, faults)
    if form == "text":
        click.echo(_text(answer, language))
    else:
        click.echo(json.dumps(answer.to_document(language), indent=2, ensure_ascii=False))


@click.command("facts-schema")
@click.option("--findings", "name", flag_value="findings", help="Print the schema of the findings instead.")
@click.option("--routes", "name", flag_value="routes", help="Print the schema of the comparison of routes instead.")
def facts_schema(name: str | None) -> None:
    """Print the JSON Schema (2020-12) of the case facts."""
    from caseflow.law.data import load_schema  # noqa: PLC0415 - heavy

    schema = load_schema(name or "case-facts")
    click.echo(json.dumps(dict(schema), indent=2, ensure_ascii=False))


def _is_folder(path: Path) -> bool:
    """Return whether a path is a directory; False if it can't be checked, and then reading it fails with a message."""
    try:
        return path.is_dir()
    except OSError:
        return False


def language_named(code: str) -> "Language":
    """Return a language by its code; fail with the codes that there are."""
    from caseflow.languages import language_of  # noqa: PLC0415 - heavy
    from caseflow.translations import compile_catalogues, languages  # noqa: PLC0415 - heavy

    if code != "en":
        compile_catalogues()
        if code not in languages():
            raise click.BadParameter(f"{code!r} is none of {', '.join(languages())}.", param_hint="--language")
    return language_of(code)


def _directory(folder: Path, on: date | None, form: str, language: "Language") -> int:
    """Assess every document below a folder, sorted by path, also after an invalid one; return the exit code."""
    paths = sorted(path for path in folder.rglob("*.json") if path.is_file())
    if not paths:
        click.echo(f"{folder}: there is no *.json file below it.", err=True)
        return INVALID
    code = 0
    for path in paths:
        answer, faults = _assess(path, on)
        if answer is None:
            code = INVALID
        if form == "text":
            click.echo(f"{click.format_filename(path)}\n{_text(answer, language) if answer else _listed(faults)}\n")
        else:
            click.echo(json.dumps(_line(path, answer, faults, language), ensure_ascii=False))
    return code


def _assess(path: Path, on: date | None) -> tuple[Answer | None, tuple["Fault", ...]]:
    from caseflow.law import Fault, InvalidFacts, decode, load_register, read_facts  # noqa: PLC0415 - heavy
    from caseflow.law import assess as assess_facts  # noqa: PLC0415 - heavy
    from caseflow.law.contradictions import contradictions  # noqa: PLC0415 - heavy

    try:
        facts = read_facts(decode(facts_in(path)))
    except InvalidFacts as invalid:
        return None, invalid.faults
    day = on or facts.on
    if day is None:
        return None, (Fault("/on", "The day to assess for is missing: put it in the document or give --on."),)
    return Answer(assess_facts(facts, day, load_register()), contradictions(facts)), ()


def facts_in(path: Path) -> bytes:
    """Return the content of a document of case facts: a file, or - for standard input.

    Raises:
        InvalidFacts: it can't be read, or is far too large for case facts.
    """
    from caseflow.law import Fault, InvalidFacts  # noqa: PLC0415 - heavy

    try:
        if str(path) == "-":
            raw = sys.stdin.buffer.read(LARGEST_FACTS + 1) if sys.stdin else b""
        else:
            with path.open("rb") as file:
                raw = file.read(LARGEST_FACTS + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "No file can have this name"
        raise InvalidFacts([Fault("", f"The file can't be read: {reason}.")]) from error
    if len(raw) > LARGEST_FACTS:
        most = LARGEST_FACTS // 1024 // 1024
        raise InvalidFacts([Fault("", f"The file has more than {most} megabytes, too many for a file of case facts.")])
    return raw


def refuse_document(path: Path, invalid: "InvalidFacts") -> NoReturn:
    """Say what is wrong with a document, each fault with its JSON path, and exit."""
    _refuse(path, invalid.faults)


def _refuse(path: Path, faults: tuple["Fault", ...]) -> NoReturn:
    for fault in faults:
        click.echo(printable(f"{click.format_filename(path)}: {fault.path or '/'}: {fault.sentence}"), err=True)
    sys.exit(INVALID)


def _line(path: Path, answer: Answer | None, faults: tuple["Fault", ...], language: "Language") -> Mapping[str, Any]:
    if answer is None:
        return {
            "file": click.format_filename(path),
            "faults": [{"path": fault.path, "sentence": fault.sentence} for fault in faults],
        }
    return {"file": click.format_filename(path), **answer.to_document(language)}


def _listed(faults: tuple["Fault", ...]) -> str:
    return "\n".join(printable(f"  {fault.path or '/'}: {fault.sentence}") for fault in faults)


def _text(answer: Answer, language: "Language") -> str:
    from caseflow.cli.answers import lines  # noqa: PLC0415 - heavy

    return "\n".join(printable(line) for line in lines(answer.findings, answer.contradictions, language))


def printable(line: str) -> str:
    """Return a line with control characters escaped, because texts of documents are not trusted."""
    return "".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in line)
