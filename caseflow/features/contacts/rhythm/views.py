"""The page of the rhythm of contacts of a section."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import MemberOf, Permission
from caseflow.errors import NotFound
from caseflow.features.contacts.rhythm import queries, service
from caseflow.features.contacts.rhythm.forms import RhythmForm
from caseflow.web.access import requires, uow
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("contact_rhythm", __name__, url_prefix="/sections/<code>/rhythm")


def _section(code: str) -> MemberOf:
    for member in uow().person.sections_for(Permission.SECTION_RHYTHM):
        if member.section_code == code:
            return member
    raise NotFound("This section does not exist, or you do not decide on its contacts.")


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.SECTION_RHYTHM)
def edit(code: str) -> ResponseReturnValue:
    """Set how many days may pass between contacts in a section."""
    member = _section(code)
    form = RhythmForm(obj=queries.rhythm_or_default(uow(), member.section_id))
    if submit(form, lambda: service.set_rhythm(uow(), member.section_id, form.command())):
        flash(_("Saved. The next contacts of the section are computed again within a minute."), "good")
        return redirect(url_for("contact_rhythm.edit", code=code), 303)
    return form_page("contacts/rhythm.html", form, section=member)
