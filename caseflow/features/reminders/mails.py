"""The reminder as an email: constant words in the recipient's language, and nothing of the case.

See docs/threat-model.md, E7 and L12. Written without Flask, as the worker sends it; translated like all other texts
(`caseflow/translations`).
"""

from email.message import EmailMessage

from babel.support import NullTranslations

from caseflow.features.reminders.commands import LeasedMail
from caseflow.models import MailKind
from caseflow.outbound.mail import Letterhead, write_mail
from caseflow.translations import words_of


def reminder_mail(head: Letterhead, claimed: LeasedMail, to: str, language: str) -> EmailMessage:
    """Return the email. Its Message-ID is derived from the row, so that a retry is the same email."""
    words = words_of(language)
    if claimed.kind is MailKind.TEST:
        subject, first = _test_words(words)
    else:
        subject = words.gettext("There is something to look at in caseflow")
        first = words.gettext("There is something to look at in caseflow. Sign in and open My work:")
    lines = [
        first,
        "",
        f"{head.base_url}/sign-in",
        "",
        words.gettext("This is an automatic message. It deliberately gives no details. Replies are not read."),
        "",
    ]
    return write_mail(head, to=to, subject=subject, body="\n".join(lines), key=claimed.mail_id, at=claimed.at)


def _test_words(words: NullTranslations) -> tuple[str, str]:
    return (
        words.gettext("Test of your reminders from caseflow"),
        words.gettext(
            "You asked for this test. Reminders from caseflow reach you at this address. You do not need to do anything."
        ),
    )
