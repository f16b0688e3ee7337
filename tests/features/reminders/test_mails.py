"""The reminder in the recipient's language: words of ours, and nothing else."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from caseflow.features.reminders.commands import LeasedMail
from caseflow.features.reminders.mails import reminder_mail
from caseflow.models import MailKind
from caseflow.outbound.mail import Letterhead

HEAD = Letterhead("caseflow@example.org", "https://cases.example.org")
CLAIMED = LeasedMail(UUID(int=1), UUID(int=2), MailKind.DIGEST, 1, datetime(2027, 3, 1, 8, tzinfo=UTC), ())


@pytest.mark.parametrize(
    ("language", "subject", "first_line"),
    [
        ("en", "There is something to look at in caseflow", "Sign in and open My work:"),
        ("es", "Hay algo que revisar en caseflow", "Inicie sesión y abra «Mi trabajo»:"),
        ("xx", "There is something to look at in caseflow", "Sign in and open My work:"),
    ],
)
def test_the_mail_speaks_to_its_recipient(language, subject, first_line):
    mail = reminder_mail(HEAD, CLAIMED, "ana@example.org", language)
    assert mail["Subject"] == subject
    assert mail.get_content().splitlines()[0].endswith(first_line)
    assert "https://cases.example.org/sign-in" in mail.get_content()
