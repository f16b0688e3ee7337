"""`caseflow explain`: a rule or a clock as prose, without a database or a server."""

import sys
from typing import Final

import click

UNKNOWN: Final = 2


@click.command()
@click.argument("rule", required=False)
@click.option("--all", "everything", is_flag=True, help="Print all rules and clocks: the page docs/law/rules.md.")
def explain(rule: str | None, *, everything: bool) -> None:
    """Explain RULE, a rule or a clock of the law engine: what it asks, what gives which answer, and its sources.

    Without RULE all rules and clocks are listed. Ends with 2 if there is no such name.
    """
    from caseflow.law import explanations  # noqa: PLC0415 - heavy

    if everything:
        click.echo(explanations.whole_page(), nl=False)
    elif rule is None:
        click.echo(explanations.list_of_rules_and_clocks())
    else:
        try:
            click.echo(explanations.page(explanations.explain(rule)), nl=False)
        except explanations.UnknownName as unknown:
            nearest = ", ".join(unknown.nearest)
            click.echo(f"There is no rule or clock “{rule}”. The nearest: {nearest}.", err=True)
            sys.exit(UNKNOWN)
