"""The verbs of interim measures: write a request, sign it, hand it out, record that it was sent, record a breach.

A signature binds the words that were read (`Words`): after a change the request must be signed again. None of its writers signs
it, nor the owner of the case. What was sent never changes; the letters of the Committee are on the docket.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from caseflow.access import Permission
from caseflow.access.policy import may_on_case, require_on_case
from caseflow.audit import assign_changes, changes_of
from caseflow.clock import now, today
from caseflow.days import check_year
from caseflow.errors import Forbidden, Invalid, stale
from caseflow.features.cases.queries import lock_case
from caseflow.features.cases.service import EditableCase
from caseflow.features.claims.commands import ActDetails
from caseflow.features.claims.queries import one_claim
from caseflow.features.claims.service import add_act
from caseflow.features.communications.commands import LetterDetails
from caseflow.features.communications.interim.commands import BreachDetails, RequestDetails, RequestSent, SignRequest
from caseflow.features.communications.interim.queries import requests_of_case, threat_of_case
from caseflow.features.communications.queries import letters_of_case
from caseflow.features.communications.service import add_letter, has_docket
from caseflow.features.communications.standing import interim_of, registration_of
from caseflow.features.consent.service import missing, require
from caseflow.features.dossier.letters.commands import PARTS, InterimLetter, LetterWish
from caseflow.features.dossier.letters.service import WrittenLetter, check_texts, write_letter
from caseflow.features.evidence.queries import evidence_of_case
from caseflow.features.filings.queries import filings_of_case
from caseflow.features.people.queries import people_of_case
from caseflow.features.review.service import is_alone
from caseflow.law.dates import UncertainDate
from caseflow.models import (
    Awaited,
    Case,
    ConsentScope,
    InterimBreach,
    InterimRequest,
    LetterDirection,
    LetterKind,
    PersonRole,
)
from caseflow.unit_of_work import UnitOfWork

SCHEMA: Final = "caseflow/interim-request/1"
NEEDED: Final = ("threatened_at", *PARTS, "victims", "consent")
"""What a request cannot be signed without."""


def request_of_case(uow: UnitOfWork, case: Case) -> InterimRequest | None:
    """Return the request that is being written, or else the last one that was sent."""
    return next(iter(requests_of_case(uow, case)), None)


def write_request(uow: UnitOfWork, case: EditableCase, details: RequestDetails) -> InterimRequest:
    """Write a request, or change the one that was not sent yet: then it must be signed again.

    Raises:
        Conflict: somebody saved it meanwhile; carries the saved row.
        Invalid: a piece of evidence is not of the case.
    """
    lock_case(uow, case.id)
    last = request_of_case(uow, case)
    request = last if last and not last.is_sent else None
    if (request.version if request else 0) != details.version:
        raise stale(last)
    standing = {one.id for one in uow.cached(evidence_of_case, case) if one.removed_at is None}
    if not standing.issuperset(details.evidence_ids):
        raise Invalid("The request was not saved.", {"evidence": "Choose evidence of this case whose file is there."})
    if request is None:
        number = last.number + 1 if last else 1
        request = InterimRequest(id=uuid4(), case_id=case.id, number=number, writer_ids=[], evidence_ids=[])
        uow.session.add(request)
    assign_changes(request, details)
    if uow.person.user_id not in request.writer_ids:
        request.writer_ids = [*request.writer_ids, uow.person.user_id]
    _record(uow, case, request, "interim.written", changes_of(request))
    return request


@dataclass(frozen=True, slots=True)
class Words:
    """What a request says now, with what it takes from the case; and its fingerprint, which a signature binds."""

    content: dict[str, Any]

    @property
    def text(self) -> str:
        """The canonical text."""
        return json.dumps(self.content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @property
    def sha256(self) -> bytes:
        """The fingerprint of the canonical text."""
        return hashlib.sha256(self.text.encode()).digest()

    @property
    def threatened_at(self) -> datetime | None:
        """When the act is threatened, in the time zone of its place."""
        at = self.content["threatened_at"]
        return datetime.fromisoformat(at) if at else None


def words_of(uow: UnitOfWork, case: Case, request: InterimRequest | None) -> Words:
    """Return what a request says now: with the threatened act, the place, the victims and the evidence of the case."""
    threat = threat_of_case(uow, case)
    chosen = request.evidence_ids if request else []
    labels = {one.id: one.label for one in uow.cached(evidence_of_case, case) if one.removed_at is None}
    return Words(
        {
            "schema": SCHEMA,
            "reference": case.reference,
            "state": case.state_code,
            "place": ", ".join(filter(None, (case.place_district, case.place_region))),
            "threatened_at": threat.at.astimezone(ZoneInfo(threat.zone)).isoformat() if threat else "",
            "zone": threat.zone if threat else "",
            "victims": _with_role(uow, case, PersonRole.VICTIM),
            "authors": _with_role(uow, case, PersonRole.AUTHOR, PersonRole.REPRESENTATIVE),
            "evidence": [labels[one] for one in chosen if one in labels],
            **{part: getattr(request, part) if request else "" for part in PARTS},
        }
    )


def _with_role(uow: UnitOfWork, case: Case, *roles: PersonRole) -> list[str]:
    return [one.code_name for one in uow.cached(people_of_case, case) if any(role in one.roles for role in roles)]


def signed_words(request: InterimRequest) -> Words | None:
    """Return what was signed; None as long as nothing is."""
    return Words(json.loads(request.content)) if request.content else None


def changed_since(request: InterimRequest, present: Words) -> list[str]:
    """Return the fields that differ from what was signed; nothing where nothing is signed, or the request was sent."""
    signed = signed_words(request)
    if signed is None or request.is_sent:
        return []
    return [name for name, value in present.content.items() if signed.content.get(name) != value]


def lacks(uow: UnitOfWork, case: Case, words: Words) -> list[str]:
    """Return what a request lacks, as codes of the vocabulary `interim_lack`, in the order of the page."""
    at = words.threatened_at
    found = {
        "threatened_at": at is None,
        "threat_passed": at is not None and at < now(),
        "place": not words.content["place"],
        **{part: not words.content[part].strip() for part in PARTS},
        "evidence": not words.content["evidence"],
        "victims": not words.content["victims"],
        "authors": not words.content["authors"],
        "consent": bool(missing(uow, case, ConsentScope.SUBMIT)),
        "filing": not has_docket(uow, case),
    }
    return [name for name, is_lacking in found.items() if is_lacking]


def may_sign(uow: UnitOfWork, case: Case, request: InterimRequest | None) -> bool:
    """Return whether the acting person may sign a request: they approve cases, did not write it and do not own the case."""
    if request is None or request.is_sent or not may_on_case(uow.session, uow.actor, Permission.CASE_APPROVE, case):
        return False
    return not is_own(uow, case, request) or is_alone(uow, case)


def is_own(uow: UnitOfWork, case: Case, request: InterimRequest) -> bool:
    """Return whether the acting person wrote a request, or owns the case."""
    return uow.person.user_id in {*request.writer_ids, case.owner_id}


def sign_request(uow: UnitOfWork, case: EditableCase, request: InterimRequest, command: SignRequest) -> InterimRequest:
    """Sign a request as it is on the page: only these words are sent.

    Raises:
        Forbidden: the person wrote it, owns the case, or may not approve.
        Invalid: something is lacking, a victim has not consented, a text names a person, a reason is missing, or it was
            changed meanwhile.
    """
    require_on_case(uow.session, uow.actor, Permission.CASE_APPROVE, case)
    if not may_sign(uow, case, request):
        raise Forbidden("Who wrote a request or owns the case cannot sign it. Another coordinator of the section must.")
    require(uow, case, ConsentScope.SUBMIT)
    words = words_of(uow, case, request)
    if request.version != command.version or words.sha256.hex() != command.fingerprint:
        raise Invalid("The request was changed while you read it. Read it again as it is below, then sign it.")
    if any(one in NEEDED for one in lacks(uow, case, words)):
        raise Invalid("The request is not complete. See on its page what it lacks.")
    if is_own(uow, case, request) and not command.alone_because.strip():
        raise Invalid(
            "The request was not signed.",
            {"alone_because": "Give the reason why you sign what you wrote. It is shown on the page of the request."},
        )
    check_texts(uow, case, [words.content[part] for part in PARTS])
    request.content, request.sha256 = words.text, words.sha256
    request.signed_by_id, request.signed_at = uow.person.user_id, now()
    request.alone_because = command.alone_because.strip() if is_own(uow, case, request) else ""
    said: dict[str, list[object]] = {"interim_sha256": [None, words.sha256.hex()]}
    if request.alone_because:
        said["alone_because"] = [None, request.alone_because]
    _record(uow, case, request, "interim.signed", said)
    return request


def check_signed(uow: UnitOfWork, case: Case, request: InterimRequest) -> Words:
    """Return the signed words of a request that may be sent.

    Raises:
        Invalid: it is not signed, or it was changed since.
    """
    signed = signed_words(request)
    if signed is None:
        raise Invalid("This request is not signed. Another person signs it first.")
    if changed_since(request, words_of(uow, case, request)):
        raise Invalid(
            "The request has changed since it was signed, so it cannot be sent. See on its page what changed, and have it signed again."
        )
    return signed


def letter_of(uow: UnitOfWork, case: Case, request: InterimRequest, words: Words) -> InterimLetter:
    """Return a request as a letter, in the words that are given: those that were signed, or the present ones to look at."""
    registration = registration_of(letters_of_case(uow, case)) if has_docket(uow, case) else None
    filing = next((one for one in filings_of_case(uow, case) if one.ended_at is None), None)
    zone, at = words.content["zone"] or case.section.time_zone, words.threatened_at
    signed_on = (request.signed_at or now()).astimezone(ZoneInfo(case.section.time_zone)).date()
    return InterimLetter(
        texts={part: words.content[part] for part in PARTS},
        evidence_ids=request.evidence_ids,
        threatened_at=at,
        zone=zone,
        signed_by=request.signed_by.name if request.signed_by else "",
        signed_on=signed_on,
        registration_number=registration.registration_number if registration else "",
        filed_on=filing.filed_on if filing else None,
    )


def hand_out(uow: UnitOfWork, case: EditableCase, request: InterimRequest, wish: LetterWish) -> WrittenLetter:
    """Return the letter of a signed request. The history records who took it, and why with names.

    Raises:
        Forbidden: the role does not allow names.
        Invalid: it is not signed, was changed since, a victim has not consented, or the letter cannot be made.
    """
    words = signed_words(request) if request.is_sent else check_signed(uow, case, request)
    require(uow, case, ConsentScope.SUBMIT)
    assert words is not None, "what was sent was signed"
    letter = write_letter(uow, case, letter_of(uow, case, request, words), wish)
    if not letter.waiting_for:
        said: dict[str, list[object]] = {"language": [None, wish.language]}
        if wish.reason.strip():
            said["reason"] = [None, wish.reason.strip()]
        _record(uow, case, request, "interim.taken", said)
    return letter


def record_sent(uow: UnitOfWork, case: EditableCase, request: InterimRequest, sent: RequestSent) -> InterimRequest:
    """Record that a signed request was sent. It never changes from now on; a docket gets the letter.

    Raises:
        Invalid: it is not signed, was changed since, a victim has not consented, or the moment is impossible.
        Conflict: somebody saved it meanwhile.
    """
    lock_case(uow, case.id)
    if request.is_sent:
        raise Invalid("It is recorded already that this request was sent.")
    if request.version != sent.version:
        raise stale(request)
    check_signed(uow, case, request)
    require(uow, case, ConsentScope.SUBMIT)
    _check_moment(case, request, sent)
    request.sent_on, request.sent_hour, request.channel = sent.sent_on, sent.sent_hour, sent.channel
    request.proof, request.sent_by_id, request.recorded_at = sent.proof.strip(), uow.person.user_id, now()
    said = {name: change for name, change in changes_of(request).items() if name not in {"sent_by_id", "recorded_at"}}
    _record(uow, case, request, "interim.sent", said)
    if has_docket(uow, case):
        add_letter(
            uow,
            case,
            LetterDetails(
                kind=LetterKind.INTERIM_REQUESTED,
                direction=LetterDirection.SENT,
                dated_on=sent.sent_on,
                channel=sent.channel,
                asks=request.measures,
                awaited=Awaited.COMMITTEE,
            ),
        )
    return request


def _check_moment(case: Case, request: InterimRequest, sent: RequestSent) -> None:
    zone = ZoneInfo(case.section.time_zone)
    signed = (request.signed_at or now()).astimezone(zone)
    problems: dict[str, str] = {}
    check_year(problems, "sent_on", sent.sent_on)
    if sent.sent_on > today(case.section.time_zone):
        problems.setdefault("sent_on", "This day has not come yet. Record it once the request was sent.")
    elif sent.sent_on < signed.date():
        problems.setdefault("sent_on", "The request was signed on a later day. Only a signed request is sent.")
    elif sent.sent_hour is not None:
        at = datetime.combine(sent.sent_on, sent.sent_hour, zone)
        if at > now():
            problems["sent_hour"] = "This time has not come yet. Record it once the request was sent."
        elif at < signed.replace(second=0, microsecond=0):
            problems["sent_hour"] = "The request was signed later than that. Only a signed request is sent."
    if not sent.proof.strip():
        problems["proof"] = "Enter where the proof is, for example the number of the confirmation."
    if problems:
        raise Invalid("It was not recorded.", problems)


def record_breach(uow: UnitOfWork, case: EditableCase, breach: BreachDetails) -> InterimBreach:
    """Record a breach of interim measures as an act of a claim: a violation of article 5 of its own.

    Raises:
        Invalid: no interim measures are or were in force, or the day is before them or to come.
    """
    granted = next(
        (one for one in reversed(letters_of_case(uow, case)) if one.kind is LetterKind.INTERIM_GRANTED), None
    )
    if granted is None:
        raise Invalid("The docket of this case has no letter with which interim measures were granted. Add it first.")
    problems: dict[str, str] = {}
    check_year(problems, "happened_on", breach.happened_on)
    if breach.happened_on > today(case.section.time_zone):
        problems.setdefault("happened_on", "This day has not come yet.")
    elif breach.happened_on < granted.dated_on:
        problems.setdefault("happened_on", "The interim measures were granted on a later day.")
    if not breach.what.strip():
        problems["what"] = "Enter what was done."
    if problems:
        raise Invalid("The breach was not recorded.", problems)
    claim = one_claim(uow, case, breach.claim_id)
    details = ActDetails(
        version=None, what=breach.what, began=UncertainDate.of(breach.happened_on), is_attributable=True
    )
    act = add_act(uow, case, claim, details)
    uow.flush()
    row = InterimBreach(
        id=uuid4(), case_id=case.id, letter_id=granted.id, act_id=act.id, recorded_by_id=uow.person.user_id
    )
    uow.session.add(row)
    changes: dict[str, list[object]] = {"what": [None, breach.what]}
    uow.audit.record("interim.breached", row, section_id=case.section_id, case_id=case.id, changes=changes)
    uow.flush()
    return row


def is_in_force(uow: UnitOfWork, case: Case) -> bool:
    """Return whether interim measures are in force."""
    interim = interim_of(letters_of_case(uow, case))
    return interim is not None and interim.is_in_force


def _record(
    uow: UnitOfWork, case: Case, request: InterimRequest, action: str, changes: "dict[str, list[object]]"
) -> None:
    shown = {name: change for name, change in changes.items() if name not in _HIDDEN}
    uow.audit.record(action, request, section_id=case.section_id, case_id=case.id, changes=shown)
    uow.flush()


_HIDDEN: Final = frozenset({"evidence_ids", "writer_ids", "number"})
"""Ids, which say nothing in the history."""
