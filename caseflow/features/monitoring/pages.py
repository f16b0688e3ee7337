"""The banners on top of every page while something is wrong with mails."""

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app, g, request, url_for

from caseflow.access import Permission
from caseflow.clock import now
from caseflow.features.monitoring.disk import DiskCheck
from caseflow.features.monitoring.queries import own_bounced_address
from caseflow.features.monitoring.status import StatusCache
from caseflow.web.access import is_public, runtime, uow
from caseflow.web.dates import Kind
from caseflow.web.texts import gettext as _


@dataclass(frozen=True, slots=True)
class Banner:
    """A sentence, with a link to a page that helps; `action` and `href` are empty if there is none."""

    text: str
    kind: Kind
    action: str = ""
    href: str = ""


def status_cache() -> StatusCache:
    """Return the cached status of this process."""
    return cast("StatusCache", current_app.extensions["caseflow.status_cache"])


def disk_check() -> DiskCheck:
    """Return what tries whether the database can write, of this process."""
    return cast("DiskCheck", current_app.extensions["caseflow.disk_check"])


def banners() -> list[Banner]:
    """Return the banners for the acting person; none on public pages and error pages.

    This takes a statement only for people whose mails have bounced, and before the first refresh of the cache.
    """
    if "uow" not in g:
        return []
    found = [_banner_for_everybody(), _banner_for_own_address()]
    return [banner for banner in found if banner is not None]


def _banner_for_everybody() -> Banner | None:
    person, is_late = uow().person, status_cache().are_reminders_late
    if request.endpoint == "delivery.mails":
        return None  # this page shows the same in detail
    if person.may(Permission.SYSTEM_WATCH) and (found := _banner_for_administrators()) is not None:
        return found
    if is_late and person.may(Permission.CASE_READ):
        own = _("Reminder emails are delayed. Nothing is lost: check My work for what is due.")
        return Banner(own, "warn", _("My work"), url_for("deadlines.my_work"))
    return None


def _banner_for_administrators() -> Banner | None:
    """Return the most serious problem of the installation."""
    seen, page = status_cache(), url_for("delivery.mails")
    if runtime().settings.is_mail_held:
        held = _("Emails are held back by the setting CASEFLOW_MAIL: nothing is sent until it is removed.")
        return Banner(held, "warn", _("Look at the emails"), page)
    if seen.are_reminders_late:
        return Banner(_("Reminders are delayed."), "bad", _("See why"), page)
    if seen.has_clock_alarm:
        found = _("The clock of a server jumped or is wrong. Dates and reminders depend on it.")
        return Banner(found, "bad", _("See details"), page)
    if seen.has_open_alarm:
        found = _("The nightly check found a change that nothing explains.")
        return Banner(found, "bad", _("See details"), page)
    if seen.is_full_pass_overdue:
        overdue = _("The nightly check of all reminders has not finished for a day and a half.")
        return Banner(overdue, "bad", _("See why"), page)
    return None


def _banner_for_own_address() -> Banner | None:
    may_have_bounced = status_cache().may_have_bounced(uow().person.user_id)
    address = own_bounced_address(uow(), now()) if may_have_bounced else None
    if address is None:
        return None
    words = _(
        "Emails to %(address)s are returned, so you receive reminders only here, and your coordinators are notified as well. Ask an administrator to correct your address.",
        address=address,
    )
    return Banner(words, "warn")


def install(app: Flask) -> None:
    """Give `banners` to templates, and refresh the cache before a page opens its own transaction."""
    app.extensions["caseflow.status_cache"] = StatusCache(runtime(app).units)
    app.extensions["caseflow.disk_check"] = DiskCheck(runtime(app).units)
    app.jinja_env.globals["banners"] = banners

    @app.before_request
    def refresh_status() -> None:
        if not is_public():
            status_cache().refresh()
