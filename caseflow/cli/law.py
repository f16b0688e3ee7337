"""`caseflow assess` and `caseflow facts-schema`: the engine without a database or a server.

Slow imports are inside the commands, so that other commands start fast.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

if TYPE_CHECKING:
    from caseflow.law import Fault, Findings, InvalidFacts
    from caseflow.law.findings import Clock, Finding

INVALID: Final = 2
LARGEST_FACTS: Final = 20 * 1024 * 1024
"""Bytes. The largest case that the schema allows stays far below."""
_RESULTS = {"met": "met", "not_met": "NOT MET", "arguable": "arguable", "unknown": "unknown"}


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
def assess(path: Path, on: date | None, form: str) -> None:
    """Assess the case facts in PATH: a file, a directory (every *.json below it, one JSON line each), or - for standard input.

    Ends with 0 when everything was assessed, with 2 when a document is not valid: each fault with its JSON path.
    """
    if _is_folder(path):
        sys.exit(_directory(path, on, form))
    findings, faults = _assess(path, on)
    if findings is None:
        _refuse(path, faults)
    click.echo(_text(findings) if form == "text" else json.dumps(findings.to_document(), indent=2, ensure_ascii=False))


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


def _directory(folder: Path, on: date | None, form: str) -> int:
    """Assess every document below a folder, sorted by path, also after an invalid one; return the exit code."""
    paths = sorted(path for path in folder.rglob("*.json") if path.is_file())
    if not paths:
        click.echo(f"{folder}: there is no *.json file below it.", err=True)
        return INVALID
    code = 0
    for path in paths:
        findings, faults = _assess(path, on)
        if findings is None:
            code = INVALID
        if form == "text":
            click.echo(f"{click.format_filename(path)}\n{_text(findings) if findings else _listed(faults)}\n")
        else:
            click.echo(json.dumps(_line(path, findings, faults), ensure_ascii=False))
    return code


def _assess(path: Path, on: date | None) -> tuple["Findings | None", tuple["Fault", ...]]:
    from caseflow.law import Fault, InvalidFacts, decode, load_register, read_facts  # noqa: PLC0415 - heavy
    from caseflow.law import assess as assess_facts  # noqa: PLC0415 - heavy

    try:
        facts = read_facts(decode(facts_in(path)))
    except InvalidFacts as invalid:
        return None, invalid.faults
    day = on or facts.on
    if day is None:
        return None, (Fault("/on", "The day to assess for is missing: put it in the document or give --on."),)
    return assess_facts(facts, day, load_register()), ()


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


def _line(path: Path, findings: "Findings | None", faults: tuple["Fault", ...]) -> Mapping[str, Any]:
    if findings is None:
        return {
            "file": click.format_filename(path),
            "faults": [{"path": fault.path, "sentence": fault.sentence} for fault in faults],
        }
    return {"file": click.format_filename(path), **findings.to_document()}


def _listed(faults: tuple["Fault", ...]) -> str:
    return "\n".join(printable(f"  {fault.path or '/'}: {fault.sentence}") for fault in faults)


def _text(findings: "Findings") -> str:
    return "\n".join(printable(line) for line in _lines(findings))


def printable(line: str) -> str:
    """Return a line with control characters escaped, because texts of documents are not trusted."""
    return "".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in line)


_CLOCK_STATES: Final = {
    "not_started": "not started",
    "running": "running",
    "expired": "expired",
    "unknown": "not known",
}


def _day(day: date, on: date) -> str:
    """Return a day, and how far it is from the day assessed."""
    from caseflow.law.wording import day_text  # noqa: PLC0415 - heavy

    days = (day - on).days
    unit = "day" if abs(days) == 1 else "days"
    away = "today" if days == 0 else f"{days} {unit} left" if days > 0 else f"{-days} {unit} ago"
    return f"{day_text(day)} ({away})"


def _last_days(clock: "Clock", on: date) -> str:
    days = [f"safe until {_day(clock.safe_until, on)}"] if clock.safe_until else []
    if clock.arguable_until and clock.arguable_until != clock.safe_until:
        days.append(f"can be argued for until {_day(clock.arguable_until, on)}")
    return f"; {', '.join(days)}" if days else ""


def _leaning(finding: "Finding") -> str:
    if not finding.favours:
        return ""
    return " (open)" if finding.favours == "open" else f" (leans {finding.favours})"


def _lines(findings: "Findings") -> Iterator[str]:
    yield f"{findings.route} on {findings.on}: {findings.outlook}"
    yield f"Rules {findings.ruleset}, data {findings.data}. Legal information, not legal advice."
    for finding in findings.findings:
        of = "".join(f" [{name}]" for name in (finding.claim, finding.victim) if name)
        yield ""
        yield f"{_RESULTS[finding.result]}{_leaning(finding)}: {finding.rule}{of}, {finding.citation}"
        yield f"  {finding.because}"
        yield from (f"  would settle it: {text}" for text in finding.settles)
        yield from (f"  rests on: {path or '/'}" for path in finding.facts)
        yield from (f"  source: {text}" for text in finding.sources if text != finding.citation)
    for clock in findings.clocks:
        of = "".join(f" [{name}]" for name in (clock.claim, clock.victim) if name)
        yield ""
        yield f"clock {clock.clock}{of}, {clock.citation}: {_CLOCK_STATES[clock.state]}{_last_days(clock, findings.on)}"
        yield f"  {clock.because}"
