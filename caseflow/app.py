"""The web application: an ordered list of set-up steps and blueprints, nothing else."""

import hmac
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Flask
from flask_babel import Babel
from werkzeug.middleware.proxy_fix import ProxyFix

from caseflow.features.accounts import login
from caseflow.features.accounts.login import SessionLimits
from caseflow.features.accounts.passwords import Passwords
from caseflow.features.accounts.views import blueprint as accounts
from caseflow.features.calendar.views import blueprint as calendar
from caseflow.features.cases.panel import CASES_PART
from caseflow.features.cases.views import blueprint as cases
from caseflow.features.deadlines.panel import DEADLINES_PART
from caseflow.features.deadlines.views import blueprint as deadlines
from caseflow.features.monitoring import banners
from caseflow.features.monitoring.views import blueprint as monitoring
from caseflow.features.public.views import blueprint as public
from caseflow.features.readiness.panel import READINESS_PART
from caseflow.features.readiness.views import blueprint as readiness
from caseflow.features.readiness.work import READINESS_WORK
from caseflow.features.reference.views import blueprint as reference
from caseflow.features.remedies.panel import REMEDIES_PART
from caseflow.features.remedies.views import blueprint as remedies
from caseflow.features.remedy_maps.views import blueprint as remedy_maps
from caseflow.features.reminders import badge
from caseflow.features.reminders.delivery.views import blueprint as delivery
from caseflow.features.reminders.views import blueprint as reminders
from caseflow.features.reports.views import blueprint as reports
from caseflow.features.routes.views import blueprint as routes
from caseflow.features.treaties.views import blueprint as treaties
from caseflow.runtime import Runtime
from caseflow.translations import CATALOGUES
from caseflow.web import access, errors, headers, hosts, kit, navigation, words
from caseflow.web.language import language_of_request
from caseflow.web.start import blueprint as start

log = structlog.get_logger(__name__)
HERE = Path(__file__).resolve().parent
LARGEST_REQUEST = 8 * 1024 * 1024
"""Bytes. Larger than any field allows, so that a text that is too long gets its message at the field, not a bare 413."""

CASE_PARTS = (CASES_PART, REMEDIES_PART, DEADLINES_PART, READINESS_PART)
"""In the order in which they are built: readiness reads what remedies and deadlines found."""
WORK_PARTS = (READINESS_WORK,)
"""What stands in "my work" besides what is due."""
BLUEPRINTS = (
    start,
    accounts,
    cases,
    remedies,
    remedy_maps,
    deadlines,
    reminders,
    calendar,
    readiness,
    reference,
    treaties,
    routes,
    reports,
    public,
    delivery,
    monitoring,
)


class QuietFlask(Flask):
    """Flask whose own log of errors goes through ours: a traceback holds values."""

    def log_exception(self, exc_info: Any) -> None:
        """Log an error that no handler took."""
        log.error("unhandled_error", exc_info=exc_info[1])


def create_app(runtime: Runtime) -> Flask:
    """Return the application for one set of parts. Nothing is global: tests make as many as they need."""
    settings = runtime.settings
    app = QuietFlask("caseflow", static_folder=str(HERE / "static"), template_folder=None)
    app.testing = settings.environment.value == "test"
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-caseflow" if settings.cookie_secure else "caseflow",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.cookie_secure,
        WTF_CSRF_TIME_LIMIT=int(settings.session_absolute.total_seconds()),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        BABEL_TRANSLATION_DIRECTORIES=str(CATALOGUES),
        DEMO_DATA=settings.demo_data,
    )
    app.extensions["caseflow.runtime"] = runtime
    app.extensions["caseflow.passwords"] = Passwords(settings.argon2)
    app.extensions["caseflow.session_limits"] = SessionLimits(settings.session_idle, settings.session_absolute)
    # A key of its own: what is stored of addresses says nothing about the key that signs cookies.
    app.extensions["caseflow.delay_key"] = hmac.digest(settings.secret_key, b"sign-in delays", "sha256")
    app.extensions["caseflow.case_panels"] = CASE_PARTS
    app.extensions["caseflow.work_panels"] = WORK_PARTS
    # In production only the name in BASE_URL is ours; one machine may be reached by several.
    hosts.install(
        app, [urlsplit(settings.base_url).hostname or ""] if settings.environment.value == "production" else None
    )
    kit.install(app)
    headers.install(app)
    errors.install(app)
    login.install(app, app.extensions["caseflow.session_limits"])
    Babel(app, locale_selector=language_of_request)
    words.install(app)
    navigation.install(app)
    badge.install(app)
    banners.install(app, runtime.units)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    access.install(app, runtime.units)
    if settings.trusted_proxies:
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]  # Flask's own way
    return app
