"""The docket on the page "Committee", and the number of letters that wait for our answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from caseflow.features.cases.moves.service import allowed_moves
from caseflow.features.communications.deadlines import kind_of
from caseflow.features.communications.pages import file_name, letter_name, letter_url
from caseflow.features.communications.queries import NUMBER_OF_OPEN, letters_of_case
from caseflow.features.communications.service import has_docket, may_remove
from caseflow.features.communications.silence import LOST_AFTER, Silence, silence_of
from caseflow.features.communications.standing import (
    interim_of,
    next_stage,
    period_of,
    proposed_day,
    registration_of,
)
from caseflow.features.contacts.queries import Standing, standings_of_case
from caseflow.models import Awaited, Case, Letter, LetterDirection, Stage
from caseflow.models.letter_kinds import LETTER_KINDS
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CaseCount, CasePage, CasePanel, CaseView
from caseflow.web.dates import Kind, days_left_kind, show_date, show_days_left
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext
from caseflow.web.words import choices, label


@dataclass(frozen=True, slots=True)
class DueLine:
    """A letter that waits for an answer."""

    name: str
    asks: str
    who: str
    day: str
    """Empty where the letter sets none."""
    rule: str
    """The rule from which the day was taken, or is proposed."""
    proposed: str
    """The day that a rule proposes, to be confirmed."""
    left: str
    kind: Kind
    is_ours: bool
    is_late: bool
    answer_href: str
    no_answer_href: str
    day_href: str


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter in the table of the docket."""

    id: str
    day: str
    received: str
    way: str
    name: str
    asks: str
    due: str
    answered: str
    reason: str
    """Why it needs no answer."""
    kind: Kind
    file: str
    file_href: str
    edit_href: str
    remove_href: str
    no_answer_href: str


@dataclass(frozen=True, slots=True)
class ContactLine:
    """When a victim or author was last reached, beside the docket."""

    code_name: str
    words: str
    kind: Kind
    href: str


@dataclass(frozen=True, slots=True)
class StageProposal:
    """The stage that the docket proposes; `to` is empty for people who may not move the case there."""

    text: str
    button: str
    to: str


@dataclass(frozen=True, slots=True)
class Docket:
    """The docket of a case. Not shown before its filing."""

    is_shown: bool
    head: Sequence[tuple[str, str]]
    due: Sequence[DueLine]
    lines: Sequence[LetterLine]
    contacts: Sequence[ContactLine]
    silence: Sequence[str]
    """Why the Committee could discontinue the case, in sentences."""
    silence_kind: Kind
    proposal: StageProposal | None
    kinds: dict[str, str]
    add_href: str
    stage_href: str


def docket(uow: UnitOfWork, view: CaseView) -> Docket:
    """Return the docket of a case: at most four statements."""
    case = view.case
    is_shown = has_docket(uow, case)
    letters = uow.cached(letters_of_case, case) if is_shown else []
    open_letters = sorted(
        (one for one in letters if one.is_open), key=lambda one: (one.due_on or date.max, one.dated_on)
    )
    by_id = {one.id: one for one in letters}
    standings = uow.cached(standings_of_case, case) if is_shown else []
    silence = silence_of(letters, standings, view.on) if is_shown else Silence((), None, ())
    return Docket(
        is_shown=is_shown,
        head=_head(letters),
        due=[_due(view, one) for one in open_letters],
        lines=[_line(uow, view, one, by_id.get(one.answered_by_id) if one.answered_by_id else None) for one in letters],
        contacts=[_contact(view, one) for one in standings],
        silence=_sentences(silence),
        silence_kind="bad" if silence.is_grave else "warn",
        proposal=_proposal(uow, case, next_stage(case, letters)) if view.may_edit else None,
        kinds=choices("letter_kind", empty=_("Choose the kind of letter")) if is_shown else {},
        add_href=url_for("communications.add", case_id=case.id),
        stage_href=url_for("communications.move", case_id=case.id),
    )


def _head(letters: Sequence[Letter]) -> list[tuple[str, str]]:
    registration, interim = registration_of(letters), interim_of(letters)
    if registration is None:
        registered = _("Not registered yet")
    else:
        day = show_date(registration.dated_on)
        registered = _("%(number)s, on %(day)s", number=registration.registration_number, day=day)
    if interim is None:
        measures = _("None")
    elif interim.is_in_force:
        measures = _("In force since %(day)s", day=show_date(interim.letter.dated_on))
    else:
        measures = _("Not in force: %(letter)s", letter=letter_name(interim.letter))
    return [(_("Registration number"), registered), (_("Interim measures"), measures)]


def _due(view: CaseView, letter: Letter) -> DueLine:
    is_ours, day = letter.awaited is Awaited.AUTHOR, letter.due_on
    period, proposed = period_of(letter), proposed_day(letter)
    days = (day - view.on).days if day else None
    rule = letter.due_rule or (period.code if period else "")
    answers = LETTER_KINDS[letter.kind].answers
    return DueLine(
        name=letter_name(letter),
        asks=letter.asks,
        who=label("letter_awaited", letter.awaited.value if letter.awaited else None),
        day=show_date(day) if day else "",
        rule=label("letter_rule", rule) if rule else "",
        proposed=show_date(proposed) if proposed else "",
        left=show_days_left(days, kind_of(letter)) if days is not None else _("The letter sets no day"),
        kind=days_left_kind(days) if days is not None else ("warn" if is_ours else "neutral"),
        is_ours=is_ours,
        is_late=days is not None and days < 0,
        answer_href=url_for(
            "communications.add", case_id=letter.case_id, kind=answers.value if answers else "", answers=letter.id
        ),
        no_answer_href=letter_url(letter, "no_answer"),
        day_href=letter_url(letter, "confirm_day") if proposed else "",
    )


def _line(uow: UnitOfWork, view: CaseView, letter: Letter, answer: Letter | None) -> LetterLine:
    answered, kind = _answered(view, letter, answer)
    file = letter.evidence
    is_readable = file is not None and file.content is not None
    may_take = view.may_edit and may_remove(uow, view.case, letter)
    return LetterLine(
        id=f"letter-{letter.id}",
        day=show_date(letter.dated_on),
        received=_("received %(day)s", day=show_date(letter.received_on)) if letter.received_on else "",
        way=_way(letter),
        name=label("letter_kind", letter.kind.value),
        asks=letter.asks,
        due=show_date(letter.due_on) if letter.due_on else "",
        answered=answered,
        reason=letter.no_answer_because,
        kind=kind,
        file=file_name(file) if file else "",
        file_href=url_for("evidence.show", case_id=letter.case_id, evidence_id=file.id) if file and is_readable else "",
        edit_href=letter_url(letter, "edit"),
        remove_href=letter_url(letter, "remove") if may_take else "",
        no_answer_href=letter_url(letter, "no_answer") if letter.no_answer_because else "",
    )


def _answered(view: CaseView, letter: Letter, answer: Letter | None) -> tuple[str, Kind]:
    if letter.awaited is None:
        return "", "neutral"
    if answer is not None:
        return _("On %(day)s", day=show_date(answer.dated_on)), "good"
    if letter.no_answer_because:
        return _("Not needed"), "neutral"
    if letter.due_on is None:
        return _("Not yet"), "warn" if letter.awaited is Awaited.AUTHOR else "neutral"
    return _("Not yet"), days_left_kind((letter.due_on - view.on).days)


def _way(letter: Letter) -> str:
    kind = LETTER_KINDS[letter.kind]
    if letter.direction is LetterDirection.SENT:
        return _("Us → Committee")
    if kind.is_from_state:
        return _("State, through the Committee → us")
    if kind.is_from_third_party:
        return _("Third party, through the Committee → us")
    return _("Committee → us")


def _sentences(silence: Silence) -> list[str]:
    """Return why the Committee could discontinue the case, the gravest first."""
    said = [
        _("“%(letter)s” should have been answered by %(day)s.", letter=letter_name(one), day=show_date(one.due_on))
        for one in silence.late
        if one.due_on
    ]
    for one, days in silence.unreached:
        if days is None:
            said.append(_("%(who)s was never reached, as far as is recorded.", who=one.code_name))
        else:
            said.append(
                ngettext(
                    "%(who)s was last reached %(num)s day ago.",
                    "%(who)s was last reached %(num)s days ago.",
                    days,
                    who=one.code_name,
                )
            )
    if silence.is_without_contact:
        said.append(_("No way to reach anybody of the case is recorded, and no attempt."))
    if silence.unwritten_days is not None:
        days = silence.unwritten_days
        said.append(
            ngettext(
                "The Committee has had no letter of yours for %(num)s day.",
                "The Committee has had no letter of yours for %(num)s days.",
                days,
            )
        )
    return said


def _contact(view: CaseView, one: Standing) -> ContactLine:
    days = (view.on - one.last_on).days if one.last_on else None
    if days is None:
        words = _("never reached")
    elif days <= 0:
        words = _("reached today")
    else:
        words = ngettext("last reached %(num)s day ago", "last reached %(num)s days ago", days)
    if one.missed:
        failed = ngettext("%(num)s failed attempt since", "%(num)s failed attempts since", one.missed)
        words = f"{words}, {failed}"
    is_late = days is None or days > one.filed_days
    kind: Kind = "bad" if one.missed >= LOST_AFTER else "warn" if is_late else "good"
    href = url_for("people.show", case_id=one.case_id, case_person_id=one.case_person_id)
    return ContactLine(one.code_name, str(words), kind, href)


def _proposal(uow: UnitOfWork, case: Case, to: Stage | None) -> StageProposal | None:
    if to is None:
        return None
    may = any(move.to is to for move in allowed_moves(uow, case))
    stage = label("stage", to.value)
    text = _("The docket says that this case is at the stage “%(stage)s” now.", stage=stage)
    if not may:
        text = f"{text} {_('A coordinator can change it.')}"
    return StageProposal(text, label("stage_action", to.value), to.value if may else "")


COUNTS = (
    CaseCount(
        CasePage.COMMITTEE,
        (NUMBER_OF_OPEN,),
        lambda number: ngettext("%(num)s to answer", "%(num)s to answer", number) if number else "",
    ),
)
PANELS = (CasePanel(CasePage.COMMITTEE, 5, docket, "communications/_docket.html"),)
