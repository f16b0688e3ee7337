"""`caseflow keys rotate`: seals everything again with the first key of DATA_KEYS."""

import sys
from collections import Counter

import click

from caseflow.cli.settings import current_settings
from caseflow.features.keys.service import rotate_keys
from caseflow.runtime import make_runtime

SAY_EVERY = 10_000
"""Rows after which the progress is printed."""


@click.group()
def keys() -> None:
    """The keys with which identities, contacts and drafts are encrypted (DATA_KEYS)."""


@keys.command()
def rotate() -> None:
    """Seal everything again with the first key of DATA_KEYS. Safe to stop and to run again.

    Put the new key first, keep the old one behind it, and restart all processes before.
    """
    settings = current_settings()
    sealed: Counter[str] = Counter()
    broken = 0
    for batch in rotate_keys(make_runtime(settings).units):
        before = sealed.total() // SAY_EVERY
        sealed[batch.table] += batch.sealed
        broken += batch.broken
        if sealed.total() // SAY_EVERY > before:
            click.echo(f"{sealed.total():,} rows sealed again ...", err=True)
    for table, number in sealed.items():
        click.echo(f"{table}: {number:,} rows sealed again.")
    if broken:
        click.echo(
            f"{broken:,} rows can't be opened: their key is not in DATA_KEYS, or they were altered. They were left as they are."
            " Add the key, and run this again.",
            err=True,
        )
        sys.exit(1)
    click.echo(f"Everything is sealed with the key {settings.current_data_key}.")
    if others := [key_id for key_id in settings.data_keys if key_id != settings.current_data_key]:
        click.echo(
            f"Take {', '.join(others)} out of DATA_KEYS, and keep it with the backups that were made before today."
        )
