"""The page of interim measures: the countdown, what is missing, the request, its signature, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from caseflow.access import Permission
from caseflow.access.policy import may_on_case
from caseflow.clock import now, today
from caseflow.features.communications.interim import service
from caseflow.features.communications.interim.deadlines import checks
from caseflow.features.communications.interim.queries import Breach, breaches_of_case, requests_of_case
from caseflow.features.communications.interim.service import NEEDED, Words
from caseflow.features.communications.pages import file_name
from caseflow.features.communications.queries import letters_of_case
from caseflow.features.communications.service import has_docket
from caseflow.features.communications.standing import interim_of
from caseflow.features.consent.service import missing
from caseflow.features.dossier.letters.commands import PARTS
from caseflow.features.evidence.queries import evidence_of_case
from caseflow.features.remedies.queries import remedies_of_case
from caseflow.models import Case, ConsentScope, DeadlineKind, InterimRequest, Letter, LetterKind
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, case_url
from caseflow.web.dates import Kind, show_date, show_moment, show_time_left
from caseflow.web.texts import gettext as _
from caseflow.web.words import label

TRACK = (
    LetterKind.INTERIM_REQUESTED,
    LetterKind.INTERIM_GRANTED,
    LetterKind.INTERIM_REFUSED,
    LetterKind.INTERIM_REVIEW,
    LetterKind.INTERIM_MAINTAINED,
    LetterKind.INTERIM_LIFTED,
    LetterKind.INTERIM_BREACH,
)
"""The letters on interim measures."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that a request lacks, with the place to add it."""

    text: str
    href: str
    kind: Kind
    is_needed: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a request, as the page shows it."""

    name: str
    text: str
    code: str


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed after the signature."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TrackLine:
    """A letter on interim measures, or a breach of them."""

    day: str
    what: str
    asks: str
    href: str
    file: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class InterimPage:
    """All that the page shows."""

    request: InterimRequest | None
    texts: Sequence[Text]
    evidence: Sequence[str]
    threat: str
    left: str
    left_kind: Kind
    lacks: Sequence[Lack]
    changes: Sequence[Change]
    state: str
    state_kind: Kind
    track: Sequence[TrackLine]
    answers: Sequence[tuple[str, str]]
    """What can be added to the docket now: words and address."""
    next_check: str
    is_in_force: bool
    may_sign: bool
    can_be_sent: bool
    is_ready: bool
    """Whether it can be signed as it is."""
    earlier: Sequence[InterimRequest]


def interim_page(uow: UnitOfWork, case: Case) -> InterimPage:
    """Return the page of interim measures of a case: a constant number of statements."""
    requests = requests_of_case(uow, case)
    request = requests[0] if requests else None
    present = service.words_of(uow, case, request)
    shown = (service.signed_words(request) if request and request.is_sent else None) or present
    changes = _changes(request, present) if request else []
    has_letters = has_docket(uow, case)
    letters = list(letters_of_case(uow, case)) if has_letters else []
    interim = interim_of(letters)
    is_over = request.is_sent if request else interim is not None  # it was sent, here or before the page was there
    lacks = [] if is_over else _lacks(uow, case, present)
    is_ready = request is not None and not any(one.is_needed for one in lacks)
    is_signed = request is not None and request.signed_at is not None and not changes
    state, kind = _state(request, is_signed=is_signed, is_ready=is_ready)
    at = present.threatened_at
    in_force = interim.letter if interim and interim.is_in_force else None
    return InterimPage(
        request=request,
        texts=[Text(label("interim_text", part), shown.content[part], part) for part in PARTS],
        evidence=_evidence(uow, case, request),
        threat=show_moment(at, present.content["zone"]) if at else "",
        left=show_time_left(at, now()) if at else "",
        left_kind="neutral" if at is None else "bad" if at > now() else "warn",
        lacks=lacks,
        changes=changes,
        state=state,
        state_kind=kind,
        track=_track(uow, case, letters),
        answers=_answers(case, letters, request) if has_letters else [],
        next_check=show_date(checks(in_force, today(case.section.time_zone))[-1]) if in_force else "",
        is_in_force=in_force is not None,
        may_sign=service.may_sign(uow, case, request) and is_ready and not is_signed,
        can_be_sent=is_signed and request is not None and not request.is_sent,
        is_ready=is_ready,
        earlier=requests[1:],
    )


def _state(request: InterimRequest | None, *, is_signed: bool, is_ready: bool) -> tuple[str, Kind]:
    if request is None:
        return _("Not written yet"), "neutral"
    if request.is_sent:
        return _("Sent"), "good"
    if is_signed:
        return _("Signed, not sent yet"), "warn"
    if request.signed_at is not None:
        return _("Signed, and changed since"), "bad"
    return (_("Ready to be signed"), "warn") if is_ready else (_("Not complete"), "warn")


def _lacks(uow: UnitOfWork, case: Case, words: Words) -> list[Lack]:
    found = []
    for code in service.lacks(uow, case, words):
        text = label("interim_lack", code)
        if code == "consent":
            text = f"{text}: {', '.join(one.code_name for one in missing(uow, case, ConsentScope.SUBMIT))}"
        needed = code in NEEDED
        found.append(Lack(text, _place(case, code), "bad" if needed else "warn", needed))
    return found


def _place(case: Case, code: str) -> str:
    """Return where something that is missing is added."""
    places = {
        "threatened_at": url_for("deadlines.add", case_id=case.id, kind=DeadlineKind.THREATENED_ACT.value),
        "threat_passed": case_url(case.id, CasePage.TASKS, "deadlines"),
        "place": url_for("cases.edit", case_id=case.id),
        "victims": url_for("people.add", case_id=case.id),
        "authors": case_url(case.id, CasePage.PEOPLE),
        "consent": case_url(case.id, CasePage.PEOPLE),
        "filing": case_url(case.id, CasePage.COMMITTEE, "filing"),
    }
    return places.get(code) or f"{url_for('interim.write', case_id=case.id)}#{code}"


def _changes(request: InterimRequest, present: Words) -> list[Change]:
    signed = service.signed_words(request)
    if signed is None:
        return []
    return [
        Change(label("interim_part", name), _shown(signed.content.get(name)), _shown(present.content[name]))
        for name in service.changed_since(request, present)
    ]


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _evidence(uow: UnitOfWork, case: Case, request: InterimRequest | None) -> list[str]:
    known = evidence_choices(uow, case)
    return [known[str(one)] for one in (request.evidence_ids if request else []) if str(one) in known]


def evidence_choices(uow: UnitOfWork, case: Case) -> dict[str, str]:
    """Return the evidence of a case that can go with a request, in words by id."""
    standing = [one for one in uow.cached(evidence_of_case, case) if one.removed_at is None and one.content is not None]
    return {str(one.id): file_name(one) for one in standing}


def _track(uow: UnitOfWork, case: Case, letters: Sequence[Letter]) -> list[TrackLine]:
    kinds: dict[LetterKind, Kind] = {
        LetterKind.INTERIM_GRANTED: "good",
        LetterKind.INTERIM_MAINTAINED: "good",
        LetterKind.INTERIM_REFUSED: "bad",
        LetterKind.INTERIM_LIFTED: "bad",
        LetterKind.INTERIM_BREACH: "bad",
        LetterKind.INTERIM_REVIEW: "warn",
    }
    lines = [
        (
            one.dated_on,
            TrackLine(
                show_date(one.dated_on),
                label("letter_kind", one.kind.value),
                one.asks,
                case_url(case.id, CasePage.COMMITTEE, f"letter-{one.id}"),
                file_name(one.evidence) if one.evidence else "",
                kinds.get(one.kind, "info"),
            ),
        )
        for one in letters
        if one.kind in TRACK
    ]
    lines += [(one.on, _breach(case, one)) for one in (breaches_of_case(uow, case) if lines else []) if one.on]
    return [line for _day, line in sorted(lines, key=lambda one: one[0])]


def _breach(case: Case, one: Breach) -> TrackLine:
    place = case_url(case.id, CasePage.FACTS, f"claim-{one.claim_id}")
    return TrackLine(show_date(one.on), _("Breach of interim measures"), one.what, place, "", "bad")


def _answers(case: Case, letters: Sequence[Letter], request: InterimRequest | None) -> list[tuple[str, str]]:
    """Return the letters that may come next, each with the address at which it is added."""
    asked = next((one for one in reversed(letters) if one.kind is LetterKind.INTERIM_REQUESTED and one.is_open), None)
    interim = interim_of(letters)
    kinds: list[LetterKind] = []
    if request is not None and request.is_sent and all(one.kind is not LetterKind.INTERIM_REQUESTED for one in letters):
        kinds.append(LetterKind.INTERIM_REQUESTED)  # it was sent before the docket began
    if asked is not None:
        kinds += [LetterKind.INTERIM_GRANTED, LetterKind.INTERIM_REFUSED]
    if interim is not None and interim.is_in_force:
        kinds += [LetterKind.INTERIM_REVIEW, LetterKind.INTERIM_MAINTAINED, LetterKind.INTERIM_LIFTED]
        kinds.append(LetterKind.INTERIM_BREACH)
    answered = {LetterKind.INTERIM_GRANTED, LetterKind.INTERIM_REFUSED}
    return [
        (
            label("letter_kind", kind.value),
            url_for(
                "communications.add",
                case_id=case.id,
                kind=kind.value,
                answers=asked.id if asked is not None and kind in answered else None,
            ),
        )
        for kind in kinds
    ]


def proposal(uow: UnitOfWork, case: Case, last: InterimRequest | None) -> dict[str, str]:
    """Return what a new request may begin with: the last one, or what the case says already."""
    if last is not None:
        return {part: getattr(last, part) for part in PARTS}
    asked = [one for one in uow.cached(remedies_of_case, case) if one.is_used]
    lines = []
    for one in asked:
        what = ", ".join(filter(None, (label("remedy_stage", one.stage), one.authority)))
        day = show_date(one.decided or one.filed) if one.decided or one.filed else ""
        lines.append(": ".join(filter(None, (what, ", ".join(filter(None, (label("outcome", one.outcome), day)))))))
    return {"threat": case.narrative, "alternatives": "\n\n".join(lines)}


def claims_in_words(case: Case) -> dict[str, str]:
    """Return the claims of a case, in words by id."""
    return {
        str(one.id): f"{_('Claim')} {one.position}" + (f": {one.label}" if one.label else "") for one in case.claims
    }


def may_name(uow: UnitOfWork, case: Case) -> bool:
    """Return whether the acting person may take a letter with names."""
    return may_on_case(uow.session, uow.actor, Permission.CASE_APPROVE, case)


def interim_url(case_id: UUID) -> str:
    """Return the address of the page."""
    return url_for("interim.show", case_id=case_id)
