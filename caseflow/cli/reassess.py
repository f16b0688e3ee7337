"""`caseflow reassess`: runs the worker's nightly reassessment at once."""

import math

import click

from caseflow.cli.settings import current_settings
from caseflow.features.readiness.full_pass import Reassessed
from caseflow.features.readiness.full_pass import reassess as reassess_cases
from caseflow.runtime import make_runtime


@click.command()
@click.option("--all", "is_everything", is_flag=True, help="Also cases that were assessed today already.")
@click.option("--state", help="Only cases against this State, such as ES.")
def reassess(*, is_everything: bool, state: str | None) -> None:
    """Reassess the cases before filing that are due: assessed on an earlier day, with older rules or data, or not yet."""
    units = make_runtime(current_settings()).units
    done = reassess_cases(units, state_code=state, is_everything=is_everything, most_seconds=math.inf)
    for line in lines(done):
        click.echo(line)


def lines(done: Reassessed) -> list[str]:
    """Return the result of a pass as text."""
    found = [f"{done.cases} cases assessed, {done.corrected} deadlines put right."]
    found += [f"{number} answers changed: {cause}." for cause, number in sorted(done.changed.items())]
    found += [
        f"{number} outlooks changed: {way.replace('>', ' to ')}." for way, number in sorted(done.outlooks.items())
    ]
    if done.alarms:
        found.append(f"{done.alarms} cases changed though neither day nor data explains it: see the log.")
    if done.failed:
        found.append(f"{done.failed} cases could not be assessed: see the log.")
    return found
