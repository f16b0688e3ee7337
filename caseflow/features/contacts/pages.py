"""How a person is reached, as the page of the person shows it, and the list of those with whom the contact is being lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import url_for

from caseflow.access import Permission
from caseflow.access.own_day import own_time_zone, own_today
from caseflow.clock import now, today
from caseflow.db.paging import Cursor
from caseflow.features.consent.queries import consent_of
from caseflow.features.contacts.deadlines import MISSED_IN_A_ROW, is_being_lost
from caseflow.features.contacts.forms import AttemptForm, attempt_form
from caseflow.features.contacts.queries import SilentRow, Standing, attempts_of, channels_of, silent_people
from caseflow.features.contacts.rhythm.queries import rhythm_or_default
from caseflow.features.contacts.service import read_values
from caseflow.models import Case, CasePerson, ConsentScope, ConsentStatus, ContactAttempt, ContactChannel, ContactRhythm
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.dates import Kind
from caseflow.web.kit import Link
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext
from caseflow.web.words import label
from caseflow.web.zones import zone_name

LISTED: Final = 50
"""People on one page of the list."""


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """A way to reach a person. `address` and `word` are empty unless they are shown to the reader at this moment."""

    row: ContactChannel
    address: str
    word: str
    standing: str
    kind: Kind
    hours: str
    edit_href: str
    remove_href: str

    @property
    def is_shown(self) -> bool:
        """Whether the sealed values are shown to the reader."""
        return bool(self.address)


@dataclass(frozen=True, slots=True)
class ContactPanel:
    """How a person is reached, and the latest attempts."""

    person: CasePerson
    is_refused: bool
    """Whether the person does not allow to be contacted."""
    channels: Sequence[ChannelLine]
    attempts: Sequence[ContactAttempt]
    form: AttemptForm
    log_href: str
    add_href: str


def contact_panel(uow: UnitOfWork, case: Case, person: CasePerson) -> ContactPanel:
    """Return how a person is reached. The number of statements is constant."""
    at, own_zone = now(), own_time_zone(uow.session, uow.person)
    rows, values = channels_of(uow, person), read_values(uow, person)
    here: dict[str, Any] = {"case_id": case.id, "case_person_id": person.id}
    consent = consent_of(uow, person, ConsentScope.CONTACT)
    return ContactPanel(
        person=person,
        is_refused=consent is not None and consent.status in {ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN},
        channels=[_line(row, values.get(row.id, {}), at, own_zone, here) for row in rows],
        attempts=attempts_of(uow, person),
        form=new_attempt_form(case, rows),
        log_href=url_for("contacts.log", **here),
        add_href=url_for("contacts.add_channel", **here),
    )


def new_attempt_form(case: Case, channels: Sequence[ContactChannel]) -> AttemptForm:
    """Return the form for an attempt, with the way that is tried first."""
    return attempt_form(today(case.section.time_zone), channels[0].kind.value if channels else "")


def _line(
    row: ContactChannel, values: dict[str, str], at: datetime, own_zone: str, here: dict[str, Any]
) -> ChannelLine:
    standing, kind = standing_of(row, at)
    return ChannelLine(
        row=row,
        address=values.get("address", ""),
        word=values.get("word", ""),
        standing=standing,
        kind=kind,
        hours=hours_of(row, at, own_zone),
        edit_href=url_for("contacts.edit_channel", channel_id=row.id, **here),
        remove_href=url_for("contacts.remove_channel", channel_id=row.id, **here),
    )


def is_safe(row: ContactChannel, at: datetime) -> bool:
    """Return whether a moment is within the safe hours, which may go beyond midnight."""
    if row.safe_from is None or row.safe_until is None:
        return True
    local = at.astimezone(ZoneInfo(row.zone)).time()
    if row.safe_from < row.safe_until:
        return row.safe_from <= local < row.safe_until
    return local >= row.safe_from or local < row.safe_until


def standing_of(row: ContactChannel, at: datetime) -> tuple[str, Kind]:
    """Return in words whether the person may be contacted now."""
    if row.safe_from is None or row.safe_until is None:
        return _("Any hour"), "good"
    if is_safe(row, at):
        return _("Safe now, until %(hour)s there", hour=_hour(row.safe_until)), "good"
    return _("Not before %(hour)s there", hour=_hour(row.safe_from)), "bad"


def hours_of(row: ContactChannel, at: datetime, own_zone: str) -> str:
    """Return the safe hours where the person is and, if the clock differs, for the reader."""
    if row.safe_from is None or row.safe_until is None:
        return ""
    there = _(
        "%(begin)s to %(end)s, %(zone)s",
        begin=_hour(row.safe_from),
        end=_hour(row.safe_until),
        zone=zone_name(row.zone),
    )
    local = at.astimezone(ZoneInfo(row.zone))
    begin, end = (
        datetime.combine(local.date(), hour, ZoneInfo(row.zone)).astimezone(ZoneInfo(own_zone)).time()
        for hour in (row.safe_from, row.safe_until)
    )
    if begin == row.safe_from:
        return there
    return _("%(there)s (for you %(begin)s to %(end)s)", there=there, begin=_hour(begin), end=_hour(end))


def _hour(hour: time) -> str:
    return f"{hour:%H:%M}"


def person_href(case_id: UUID, case_person_id: UUID) -> str:
    """Return the address of the block of contacts on the page of a person."""
    return url_for("people.show", case_id=case_id, case_person_id=case_person_id, _anchor="contact")


def last_contact(one: Standing, on: date) -> str:
    """Return in words when a person was last reached, and how many attempts failed since."""
    if one.last_on is None:
        words = _("Never reached")
    elif one.last_on >= on:
        words = _("Reached today")
    else:
        days = (on - one.last_on).days
        words = ngettext("Last contact %(num)s day ago", "Last contact %(num)s days ago", days)
    if is_being_lost(one):
        failed = ngettext("%(num)s failed attempt since", "%(num)s failed attempts since", one.missed)
        return f"{words}, {failed}"
    return str(words)


@dataclass(frozen=True, slots=True)
class SilentLine:
    """A person who is going silent."""

    code_name: str
    href: str
    reference: str
    stage: str
    words: str
    is_lost: bool
    ways: str


@dataclass(frozen=True, slots=True)
class SilentPage:
    """The people of a section who are going silent, and the other sections of the reader."""

    section: str
    sections: Sequence[Link]
    lines: Sequence[SilentLine]
    further: str
    rhythm: ContactRhythm
    rhythm_href: str


def silent_page(uow: UnitOfWork, section: str, after: Cursor | None) -> SilentPage:
    """Return a page of the list, by default of the first section that the acting person coordinates."""
    own = uow.person.sections_for(Permission.CASE_ASSIGN)
    chosen = next((one for one in own if str(one.section_id) == section), own[0])
    on = own_today(uow.session, uow.person)
    found = silent_people(uow, chosen.section_id, on, MISSED_IN_A_ROW, after=after, most=LISTED + 1)
    last = found[LISTED - 1] if len(found) > LISTED else None
    cursor = Cursor(last.key, last.standing.case_person_id) if last else None

    def line(row: SilentRow) -> SilentLine:
        one = row.standing
        return SilentLine(
            code_name=one.code_name,
            href=person_href(one.case_id, one.case_person_id),
            reference=row.reference,
            stage=label("stage", row.stage.value),
            words=last_contact(one, on),
            is_lost=is_being_lost(one),
            ways=", ".join(dict.fromkeys(label("contact_kind", kind) for kind in row.kinds)) or _("none recorded"),
        )

    return SilentPage(
        section=chosen.section_name,
        sections=[Link(one.section_name, url_for("silent.show", section=one.section_id), one is chosen) for one in own],
        lines=[line(row) for row in found[:LISTED]],
        further=url_for("silent.show", section=chosen.section_id, page=str(cursor)) if cursor else "",
        rhythm=rhythm_or_default(uow, chosen.section_id),
        rhythm_href=url_for("contact_rhythm.edit", code=chosen.section_code),
    )
