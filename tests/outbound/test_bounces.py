"""Delivery status notifications: only recipient, status and Message-ID are read."""

import pytest

from caseflow.outbound.bounces import LARGEST_REPORT, Bounce, bounces_in

REPORT = """\
From: MAILER-DAEMON@mx.example.org
To: caseflow@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

The mail to canary@example.org could not be delivered: 5.9.9.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Mon, 1 Jun 2026 07:00:00 +0000

{recipients}
--b1
Content-Type: message/rfc822

Message-ID: <one@cases.example.org>
From: caseflow@example.org
To: canary@example.org
Subject: There is something to look at in caseflow
Content-Type: multipart/report; report-type=delivery-status; boundary="b2"

--b2
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; canary@example.org
Action: failed
Status: 5.0.0

--b2--
--b1--
"""
ANA = "Final-Recipient: rfc822; ana@example.org\nAction: failed\nStatus: 5.1.1 (no such user)\nDiagnostic-Code: smtp; 550 no\n"


def report(recipients: str, message_id: str = "<one@cases.example.org>") -> bytes:
    return (
        REPORT.replace("<one@cases.example.org>", message_id)
        .replace("{recipients}", recipients)
        .replace("\n", "\r\n")
        .encode()
    )


def test_recipient_status_and_permanence_are_read():
    assert bounces_in(report(ANA)) == [
        Bounce("ana@example.org", "5.1.1", is_permanent=True, message_id="<one@cases.example.org>")
    ]
    given_up = ANA.replace("5.1.1", "4.4.7")
    assert [(bounce.status, bounce.is_permanent) for bounce in bounces_in(report(given_up))] == [("4.4.7", False)]


def test_the_message_id_is_read_from_the_returned_mail_or_its_headers():
    headers = report(ANA).replace(b"message/rfc822", b"text/rfc822-headers")
    assert [bounce.message_id for bounce in bounces_in(headers)] == ["<one@cases.example.org>"]
    assert [bounce.message_id for bounce in bounces_in(report(ANA, "<a b>"))] == [""]
    assert [bounce.message_id for bounce in bounces_in(report(ANA).replace(b"Message-ID", b"X-ID"))] == [""]


def test_the_original_address_comes_first():
    forwarded = "Original-Recipient: rfc822;ana@example.org\n" + ANA.replace("rfc822; ana@", "rfc822; hidden@")
    (bounce,) = bounces_in(report(forwarded))
    assert (bounce.address, bounce.other_names) == ("ana@example.org", ("hidden@example.org",))


@pytest.mark.parametrize(
    ("original", "names"),
    [
        ("ana+2Bcases@example.org", ["ana+2Bcases@example.org", "ana+cases@example.org"]),
        ("ana+3Dcases@example.org", ["ana+3Dcases@example.org", "ana=cases@example.org"]),
        ("ana+cases@example.org", ["ana+cases@example.org"]),
        ("ana+0Acases@example.org", ["ana+0Acases@example.org"]),
        ("ana+2bcases@example.org", ["ana+2bcases@example.org"]),
        ("", []),
    ],
)
def test_an_address_in_xtext_is_returned_encoded_and_decoded(original, names):
    recipient = f"Original-Recipient: rfc822;{original}\n" + ANA
    (bounce,) = bounces_in(report(recipient))
    assert [bounce.address, *bounce.other_names] == [*names, "ana@example.org"]


def test_several_recipients_are_distinguished():
    both = ANA + "\nFinal-Recipient: RFC822;<bob@example.org>\nAction: Failed\nStatus: 5.2.2\n"
    assert [bounce.address for bounce in bounces_in(report(both))] == ["ana@example.org", "bob@example.org"]
    many = "\n".join(ANA.replace("ana", f"p{number}") for number in range(50))
    assert len(bounces_in(report(many))) == 10


@pytest.mark.parametrize(
    "recipients",
    [
        ANA.replace("failed", "delayed"),
        ANA.replace("failed", "delivered"),
        ANA.replace("Status: 5.1.1 (no such user)", "Status: gone"),
        ANA.replace("Status: 5.1.1 (no such user)\n", ""),
        ANA.replace("rfc822;", "x400;"),
        ANA.replace("ana@example.org", ""),
        "",
    ],
)
def test_delayed_delivered_and_unclear_reports_are_no_bounces(recipients):
    assert bounces_in(report(recipients)) == []


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"\xff\xfe\x00nonsense",
        b"Subject: hello\r\n\r\nFinal-Recipient: rfc822; ana@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n",
        b"Content-Type: multipart/report\r\n\r\nno parts",
        b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n",
        report(ANA).replace(b'multipart/report; report-type=delivery-status; boundary="b1"', b'multipart/mixed; boundary="b1"'),
        report(ANA) + b"x" * LARGEST_REPORT,
        b"Content-Type: multipart/report; boundary=b\r\n\r\n" + b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n" * 200,
        b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 5000,
    ],
)  # fmt: skip
def test_any_other_mail_is_no_report(other):
    assert bounces_in(other) == []
