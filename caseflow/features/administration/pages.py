"""The data of the home of administrators: one tile for each thing that they look after, with its state in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from caseflow.access import Permission
from caseflow.features.administration.queries import Numbers, numbers
from caseflow.features.monitoring.queries import last_full_pass, last_run
from caseflow.features.monitoring.service import Health, check_health_as
from caseflow.features.reminders.delivery.queries import sections_without_coordinator
from caseflow.models import ReassessmentRun, ReminderSyncRequest
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.dates import Kind, show_moment
from caseflow.web.kit import Link
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext


@dataclass(frozen=True, slots=True)
class Tile:
    """A thing to look after. `state` is its state in words, `kind` its colour."""

    title: str
    state: str
    kind: Kind
    details: Sequence[str]
    links: Sequence[Link]


def tiles(uow: UnitOfWork, redis_url: str, *, is_held: bool) -> list[Tile]:
    """Return all tiles."""
    found = numbers(uow)
    return [
        _people(found),
        _sections(uow, found, sections_without_coordinator(uow)),
        _emails(check_health_as(uow, redis_url), is_held=is_held),
        _checks(last_run(uow), last_full_pass(uow)),
        _reference(found),
    ]


def _people(found: Numbers) -> Tile:
    state = ngettext("%(num)d active account", "%(num)d active accounts", found.people)
    details = [ngettext("%(num)d closed account", "%(num)d closed accounts", found.closed)] if found.closed else []
    kind: Kind = "neutral"
    if found.without_role:
        details.append(ngettext("%(num)d person has no role", "%(num)d people have no role", found.without_role))
        kind = "warn"
    details.append(_("People are added, changed and closed with the command “caseflow user”."))
    return Tile(_("People"), state, kind, details, [])


def _sections(uow: UnitOfWork, found: Numbers, without: Sequence[str]) -> Tile:
    state = ngettext("%(num)d section", "%(num)d sections", found.sections)
    details = [_("Without a coordinator: %(sections)s.", sections=", ".join(without))] if without else []
    details.append(_("Sections are added with the command “caseflow section”."))
    own = uow.person.sections_for(Permission.SECTION_CONTACT)
    links = [
        Link(
            _("Public contact of %(section)s", section=one.section_name),
            url_for("section_contact.edit", code=one.section_code),
        )
        for one in own
    ]
    links += [
        Link(
            _("Days between contacts of %(section)s", section=one.section_name),
            url_for("contact_rhythm.edit", code=one.section_code),
        )
        for one in uow.person.sections_for(Permission.SECTION_RHYTHM)
    ]
    return Tile(_("Sections"), state, "bad" if without else "good", details, links)


def _emails(health: Health, *, is_held: bool) -> Tile:
    links = [Link(_("Show email delivery"), url_for("delivery.mails"))]
    if is_held:
        return Tile(_("Email delivery"), _("Held back"), "warn", [_("The setting CASEFLOW_MAIL holds all emails back.")], links)  # fmt: skip
    if health.is_well:
        return Tile(_("Email delivery"), _("Reminders are being sent"), "good", [], links)
    state = _("An alarm has not been looked into") if health.is_running else _("There is a problem")
    return Tile(_("Email delivery"), state, "bad", [], links)


def _checks(run: ReassessmentRun | None, full_pass: ReminderSyncRequest | None) -> Tile:
    links = [Link(_("Show nightly assessments"), url_for("readiness.runs"))]
    ended = [one.ended_at for one in (run, full_pass) if one is not None and one.ended_at is not None]
    alarms = sum(one.alarms for one in (run, full_pass) if one is not None)
    details = [_("Last ended: %(moment)s", moment=show_moment(max(ended)))] if ended else []
    if alarms:
        return Tile(_("Nightly checks"), ngettext("%(num)d alarm", "%(num)d alarms", alarms), "bad", details, links)
    return Tile(_("Nightly checks"), _("No alarm") if ended else _("Not yet"), "good" if ended else "neutral", details, links)  # fmt: skip


def _reference(found: Numbers) -> Tile:
    state = ngettext("%(num)d State in the register", "%(num)d States in the register", found.states)
    details = [ngettext("%(num)d remedy map", "%(num)d remedy maps", found.maps)]
    links = [
        Link(_("States"), url_for("reference.states")),
        Link(_("Treaties"), url_for("treaties.index")),
        Link(_("Remedy maps"), url_for("remedy_maps.index")),
    ]
    return Tile(_("Reference data"), state, "neutral", details, links)
