"""`caseflow mail-bounce`: processes a returned mail from the pipe of a mail server."""

import sys

import click

from caseflow.cli.settings import current_settings
from caseflow.features.reminders.bounces import take_report
from caseflow.outbound.bounces import LARGEST_REPORT
from caseflow.outbound.mail import Letterhead
from caseflow.runtime import make_runtime


@click.command("mail-bounce")
def mail_bounce() -> None:
    """Process a delivery report from standard input. Succeeds with any mail, so that the mail server sends no bounce."""
    report = sys.stdin.buffer.read(LARGEST_REPORT + 1) if sys.stdin else b""
    settings = current_settings()
    number = take_report(make_runtime(settings).units, Letterhead(settings.mail_sender, settings.base_url), report)
    click.echo(f"Mails of ours that came back: {number}.")
