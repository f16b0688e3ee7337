"""The pages of reminders: the inbox, the preferences of a person, and those of a section."""

from collections.abc import Collection
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import MemberOf, Permission
from caseflow.errors import NotFound
from caseflow.features.notes.mentions.service import notes_waiting
from caseflow.features.reminders.forms import AbsenceForm, HourForm, ReadForm, ThresholdsForm
from caseflow.features.reminders.inbox import service as inbox
from caseflow.features.reminders.preferences import queries, service
from caseflow.features.reminders.preferences.queries import ShownAbsence
from caseflow.models import DeadlineKind
from caseflow.models.deadline_kinds import KINDS, thresholds_of
from caseflow.web.access import requires, today_of_reader, uow
from caseflow.web.forms import CaseflowForm
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("reminders", __name__)
CALENDAR = "calendar.show"


@blueprint.get("/reminders")
@requires(Permission.CASE_READ)
def index() -> ResponseReturnValue:
    """Show the inbox."""
    found = inbox.inbox(uow(), request.args.get("page", ""))
    me = uow().person.user_id
    return render_template("reminders/index.html", inbox=found, person_id=me, waiting=notes_waiting(uow()))


@blueprint.post("/reminders/read")
@requires(Permission.CASE_READ)
def read_all() -> ResponseReturnValue:
    """Mark the reminders on the page as read."""
    form = ReadForm()
    if form.validate_on_submit():
        inbox.mark_all_read(uow(), form.drawn_at.data or "")
    return redirect(url_for("reminders.index"), 303)


@blueprint.post("/reminders/<uuid:reminder_id>/read")
@requires(Permission.CASE_READ)
def read(reminder_id: UUID) -> ResponseReturnValue:
    """Mark the reminders of one deadline as read."""
    deadline_id = inbox.deadline_of(uow(), reminder_id)
    if ReadForm().validate_on_submit():
        inbox.mark_read(uow(), deadline_id)
    return redirect(url_for("reminders.index", page=request.args.get("page") or None), 303)


@blueprint.route("/account/reminders", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def preferences() -> ResponseReturnValue:
    """Show and change the hour of the digest; show the address and the absences."""
    setting = queries.own_setting(uow())
    form = HourForm(setting.hour, setting.time_zone)
    if submit(form, lambda: service.choose_hour(uow(), form.hour.data, form.zone.data or "")):
        flash(_("Saved. The next daily email comes at that time."), "good")
        return redirect(url_for("reminders.preferences"), 303)
    may_end, away = _absences()
    given = {
        "setting": setting,
        "address": queries.own_address(uow()),
        "calendar": _calendar_address(),
        "me": uow().person,
    }
    return form_page(
        "reminders/preferences.html", form, absences=away, may_end=may_end, led=_coordinated_sections(), **given
    )


def _calendar_address() -> str:
    """Return where the calendar is; empty for people who work on no case, and without the feature."""
    works = uow().person.may(Permission.CASE_READ)
    return url_for(CALENDAR) if works and CALENDAR in current_app.view_functions else ""


@blueprint.route("/account/absences/new", methods=["GET", "POST"])
@requires(Permission.CASE_READ)
def add_absence() -> ResponseReturnValue:
    """Enter an absence."""
    team = service.section_colleagues(uow())
    everybody = {one.user_id: one.name for one in team}
    form = AbsenceForm(service.may_enter_absence_for(uow(), team), everybody, uow().person.user_id)
    if submit(form, lambda: service.add_absence(uow(), form.command())):
        flash(_("Saved. On these days the substitute is notified."), "good")
        return redirect(url_for("reminders.preferences", _anchor="absences"), 303)
    return form_page("reminders/absence.html", form, has_colleagues=len(everybody) > 1)


@blueprint.post("/account/absences/<uuid:absence_id>/end")
@requires(Permission.CASE_READ)
def end_absence(absence_id: UUID) -> ResponseReturnValue:
    """End an absence."""
    absence = service.absence_to_end(uow(), absence_id)
    if CaseflowForm().validate_on_submit():
        service.end_absence(uow(), absence)
        flash(_("The absence has ended. From now on the person is notified directly."), "good")
    return redirect(url_for("reminders.preferences", _anchor="absences"), 303)


@blueprint.get("/sections/<code>/reminders")
@requires(Permission.SECTION_SETTINGS)
def section(code: str) -> ResponseReturnValue:
    """Show the thresholds of a section."""
    member = _coordinated_section(code)
    changed = {row.kind: row.thresholds for row in queries.own_thresholds(uow(), member.section_id)}
    return render_template("reminders/section.html", section=member, kinds=KINDS, changed=changed)


@blueprint.route("/sections/<code>/reminders/<kind>", methods=["GET", "POST"])
@requires(Permission.SECTION_SETTINGS)
def thresholds(code: str, kind: str) -> ResponseReturnValue:
    """Change the thresholds of a section for one kind."""
    member, wanted = _coordinated_section(code), _kind(kind)
    row, rule = queries.thresholds_row(uow(), member.section_id, wanted), KINDS[wanted]
    present = thresholds_of(wanted, row.thresholds if row else None)
    form = ThresholdsForm([day for day in present if day not in rule.always_sent], row.version if row else 0)
    if submit(form, lambda: service.set_thresholds(uow(), form.command(member.section_id, wanted))):
        flash(_("Saved. Reminders of the section's open deadlines are updated within a minute."), "good")
        return redirect(url_for("reminders.section", code=code), 303)
    return form_page("reminders/thresholds.html", form, section=member, kind=wanted, rule=rule, row=row)


@blueprint.post("/sections/<code>/reminders/<kind>/reset")
@requires(Permission.SECTION_SETTINGS)
def reset(code: str, kind: str) -> ResponseReturnValue:
    """Reset the thresholds for one kind to the defaults."""
    member, wanted = _coordinated_section(code), _kind(kind)
    form = ThresholdsForm([], 0)
    if form.validate_on_submit():
        service.reset_thresholds(uow(), member.section_id, wanted, form.version.data or 0)
        flash(_("The usual days apply again."), "good")
    return redirect(url_for("reminders.section", code=code), 303)


def _absences() -> tuple[Collection[UUID], list[ShownAbsence]]:
    """Return the ids of people whose absences the person may end, and the absences to show."""
    people = service.may_enter_absence_for(uow(), service.section_colleagues(uow()))
    return people.keys(), queries.absences(uow(), people, today_of_reader())


def _coordinated_sections() -> tuple[MemberOf, ...]:
    return uow().person.sections_for(Permission.SECTION_SETTINGS)


def _coordinated_section(code: str) -> MemberOf:
    """Return the section with a code.

    Raises:
        NotFound: there is no such section, or the acting person does not coordinate it.
    """
    for member in _coordinated_sections():
        if member.section_code == code:
            return member
    raise NotFound("This section does not exist, or you do not coordinate it.")


def _kind(code: str) -> DeadlineKind:
    if code not in {kind.value for kind in KINDS}:
        raise NotFound("This kind of deadline does not exist.")
    return DeadlineKind(code)
