"""What stands on top of every page while something is wrong with the mails: calm, in words, with what to do."""

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app, g, request, url_for

from caseflow.access import Permission
from caseflow.clock import now
from caseflow.features.monitoring.queries import own_returned_address
from caseflow.features.monitoring.status import StatusCache
from caseflow.web.access import is_public, runtime, uow
from caseflow.web.dates import Kind
from caseflow.web.texts import gettext as _


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence, and where to go; `action` is empty where there is nowhere."""

    text: str
    kind: Kind
    action: str = ""
    href: str = ""


def status_cache() -> StatusCache:
    """Return who looks whether reminders are late."""
    return cast("StatusCache", current_app.extensions["caseflow.status_cache"])


def notices() -> list[Notice]:
    """Return what the acting person must know of the mails; none on pages of nobody and about errors.

    Only for whom the watchman saw a mail come back, and before his first look, it costs a statement.
    """
    if "uow" not in g:
        return []
    found = [_of_everybody(), _of_oneself()]
    return [notice for notice in found if notice is not None]


def _of_everybody() -> Notice | None:
    person, is_late = uow().person, status_cache().finds_late
    if request.endpoint == "delivery.mails":
        return None  # the page says it itself, and more
    if person.may(Permission.SYSTEM_WATCH) and (found := _of_administrators()) is not None:
        return found
    if is_late and person.may(Permission.CASE_READ):
        own = _("Reminder emails are delayed. Nothing is lost: check My work for what is due.")
        return Notice(own, "warn", _("My work"), url_for("deadlines.my_work"))
    return None


def _of_administrators() -> Notice | None:
    """Return what is wrong with the whole, the worst first."""
    seen, page = status_cache(), url_for("delivery.mails")
    if runtime().settings.is_mail_held:
        held = _("Emails are held back by the setting CASEFLOW_MAIL: nothing is sent until it is removed.")
        return Notice(held, "warn", _("Look at the emails"), page)
    if seen.finds_late:
        return Notice(_("Reminders are delayed."), "bad", _("See why"), page)
    if seen.finds_alarm:
        found = _("The nightly check found a change that nothing explains.")
        return Notice(found, "bad", _("See details"), page)
    if seen.finds_overdue_full_pass:
        overdue = _("The nightly check of all reminders has not finished for a day and a half.")
        return Notice(overdue, "bad", _("See why"), page)
    return None


def _of_oneself() -> Notice | None:
    is_worth_asking = status_cache().may_have_returned(uow().person.user_id)
    address = own_returned_address(uow(), now()) if is_worth_asking else None
    if address is None:
        return None
    words = _(
        "Emails to %(address)s are returned, so you receive reminders only here, and your coordinators are notified as well. Ask an administrator to correct your address.",
        address=address,
    )
    return Notice(words, "warn")


def install(app: Flask) -> None:
    """Give the templates the notices, and let a look be had before a page opens its own transaction."""
    app.extensions["caseflow.status_cache"] = StatusCache(runtime(app).units)
    app.jinja_env.globals["notices"] = notices

    @app.before_request
    def look() -> None:
        if not is_public():
            status_cache().look()
