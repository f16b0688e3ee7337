"""The page of the public contact of a section."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import MemberOf, Permission
from caseflow.errors import NotFound
from caseflow.features.sections.contact import queries, service
from caseflow.features.sections.contact.forms import ContactForm
from caseflow.web.access import requires, uow
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("section_contact", __name__, url_prefix="/sections/<code>/contact")


def _section(code: str) -> MemberOf:
    for member in uow().person.sections_for(Permission.SECTION_CONTACT):
        if member.section_code == code:
            return member
    raise NotFound("This section does not exist, or you do not look after its contact.")


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.SECTION_CONTACT)
def edit(code: str) -> ResponseReturnValue:
    """Write the public contact of a section, and decide whether strangers read it."""
    member = _section(code)
    known = queries.contact_of(uow(), member.section_id)
    form = ContactForm(obj=known) if known else ContactForm(version=0)
    if submit(form, lambda: service.set_contact(uow(), member.section_id, form.command())):
        flash(_("Saved. The public page follows within a minute."), "good")
        return redirect(url_for("section_contact.edit", code=code), 303)
    section = queries.section_of_contact(uow(), member.section_id)
    return form_page("sections/contact.html", form, section=section, is_published=bool(known and known.is_published))
