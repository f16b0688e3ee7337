"""Emails and logs reveal nothing: they contain none of a thousand planted names, references, countries and sections."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email.header import decode_header, make_header
from email.message import Message
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import select

from caseflow.clock import now
from caseflow.features.deadlines.planning import sync_reminders
from caseflow.logs import configure
from caseflow.models import (
    Case,
    Claim,
    Deadline,
    DeadlineAcknowledgement,
    DeadlineKind,
    Mail,
    MailKind,
    MailStatus,
    Role,
    State,
    User,
)
from tests.factories import in_days, mails_seen, make_act, make_actor, make_case, make_claim, make_section

LANGUAGES = ("en", "es", "xx")
KINDS = tuple(DeadlineKind)
PLANTED = 1000
SYLLABLES = ("qua", "zor", "vix", "mel", "thu", "ñan", "bré", "gol", "pim", "wej", "šta", "лев", "كري", "ło")
PLACES = ("place_region", "place_district", "lateness_reason")


def invented(chance: Random) -> Iterator[str]:
    """Yield names that no text of ours holds, in several scripts."""
    while True:
        yield "".join(chance.choices(SYLLABLES, k=4)).capitalize() + str(chance.randrange(10))


@pytest.fixture
def planted() -> "Planted":
    return Planted(invented(Random(11)))


class Planted:
    """Invents words and records them, with those that the database adds: references and countries."""

    def __init__(self, words: Iterator[str]) -> None:
        self._words = words
        self.all: list[str] = []

    def word(self) -> str:
        self.all.append(next(self._words))
        return self.all[-1]

    def fill(self, words: int = 12) -> str:
        """Return a sentence of many."""
        return " ".join(self.word() for _ in range(words))


def plant(runtime, planted: Planted, language: str, number: int):
    """Return somebody with a case whose texts are all planted, and two deadlines of each kind: of next week, and of tomorrow."""
    section = make_section(runtime.units, f"Q{number}ZX")
    owner = make_actor(runtime.units, (section, Role.CASEWORKER), name=planted.word())
    texts = {place: planted.fill() for place in PLACES}
    case = make_case(runtime.units, owner, title=planted.word(), narrative=planted.fill(120), **texts)
    claim = make_claim(runtime.units, owner, case)
    make_act(runtime.units, owner, claim, what=planted.fill())
    with runtime.units.begin(owner) as uow:
        uow.session.get_one(User, owner.user_id).language = language
        case = uow.session.get_one(Case, case.id)
        for name in ("label", "disadvantage", "general_importance"):
            setattr(uow.session.get_one(Claim, claim.id), name, planted.fill())
        rows = [_deadline(planted, case, kind, days) for kind in KINDS for days in (7, 1)]
        uow.session.add_all(rows)
        uow.flush()
        uow.session.add(
            DeadlineAcknowledgement(
                deadline_id=rows[0].id, user_id=owner.user_id, case_id=case.id, snoozed_until=in_days(1), snooze_reason=planted.fill()
            )
        )  # fmt: skip
        sync_reminders(uow, case, rows)
        uow.session.add(Mail(id=uuid4(), recipient_id=owner.user_id, kind=MailKind.TEST, due_at=now()))
    planted.all += [case.reference, section.name, section.code]
    return owner, case


def _deadline(planted: Planted, case: Case, kind: DeadlineKind, days: int) -> Deadline:
    return Deadline(
        id=uuid4(), case_id=case.id, kind=kind, key=f"{kind}:{days}", title=planted.word(), note=planted.word(),
        basis={"because": planted.word()}, due_on=in_days(days), responsible_id=case.owner_id,
    )  # fmt: skip


def everything(mail: Message) -> str:
    """Return a mail as it travels, and as it is read: every header and the body decoded."""
    headers = [str(make_header(decode_header(str(value)))) for value in mail.values()]
    body = mail.get_payload(decode=True)
    assert isinstance(body, bytes)
    return "\n".join([mail.as_bytes().decode("utf-8", "replace"), *headers, body.decode("utf-8")])


def found_in(text: str, planted: Planted) -> list[str]:
    low = text.casefold()
    return [word for word in planted.all if re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", low)]


def test_mails_of_all_kinds_and_languages_and_the_logs_hold_none_of_a_thousand_words(
    runtime, sink, run, noon, pages, *, planted, capfd
):
    configure("DEBUG")
    run()  # for people added from now on, the digest of today is still to come
    readers = [plant(runtime, planted, language, number) for number, language in enumerate(LANGUAGES)]
    with runtime.units.begin(readers[0][0]) as uow:
        planted.all += [state.name for state in uow.session.scalars(select(State))]
    result = run()
    assert (result.sent, result.failed) == (3 * len(LANGUAGES), 0), "a digest, a mail at once and a test to each"
    for owner, case in readers:
        assert pages(owner).get("/my-work").status == 200
        assert pages(owner).get(f"/cases/{case.id}").status == 200
        assert planted.all[0] not in pages(owner).get("/my-work").path
    noon.shift(timedelta(days=7))
    sink.answer = lambda _address: f"550 {planted.all[0]} is no user of {planted.all[1]}".encode(
        "ascii", "ignore"
    ).decode()
    assert run().failed
    assert len(planted.all) > PLANTED
    for mail in sink.mails:
        assert found_in(everything(mail), planted) == []
    logs = "".join(capfd.readouterr())
    assert "reminders_swept" in logs
    assert found_in(logs, planted) == []
    for owner, _case in readers:
        assert [row for row in mails_seen(runtime.units, owner) if found_in(row.reason, planted)] == []


def test_a_planted_word_would_be_found(planted):
    mail = Message()
    mail["Subject"] = f"About {planted.word()}"
    mail.set_payload(planted.word().encode(), "utf-8")
    assert found_in(everything(mail), planted) == planted.all


def test_the_body_is_the_same_for_everybody_who_reads_a_language(runtime, sink, run, planted):
    run()
    for number, language in enumerate(LANGUAGES * 2):
        plant(runtime, planted, language, number)
    run()
    bodies = {(mail["Subject"], mail.get_payload()) for mail in sink.mails}
    assert len(sink.mails) == 3 * 6
    assert len(bodies) == 2 * 2, "in two languages: reminders, however they come, and tests"
    kept = {name for mail in sink.mails for name in mail}
    varying = {name for name in kept if len({mail[name] for mail in sink.mails}) > 1}
    assert varying <= {"To", "Message-ID", "Subject", "Content-Transfer-Encoding", "Date"}


def test_one_person_with_three_hundred_deadlines_gets_one_digest_a_day(runtime, sink, run, tomorrow, *, owner, case):
    with runtime.units.begin(owner) as uow:
        held = uow.session.get_one(Case, case.id)
        rows = [
            Deadline(
                id=uuid4(), case_id=case.id, kind=DeadlineKind.MANUAL, key=f"manual:{number}",
                due_on=in_days(1 + number % 14), responsible_id=owner.user_id,
            )
            for number in range(300)
        ]  # fmt: skip
        uow.session.add_all(rows)
        uow.flush()
        sync_reminders(uow, held, rows)
    for day in range(16):
        for _ in range(3):
            run()
        assert len(sink.mails) == day + 1
        tomorrow()
    sent = [row for row in mails_seen(runtime.units, owner) if row.status is MailStatus.SENT]
    assert len({row.digest_on for row in sent}) == len(sent) == 16
