"""The features, in one list, and the web application that is made of them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import structlog
from flask import Flask
from flask_babel import Babel
from werkzeug.middleware.proxy_fix import ProxyFix

from caseflow.features.accounts.feature import FEATURE as ACCOUNTS
from caseflow.features.administration.feature import FEATURE as ADMINISTRATION
from caseflow.features.audit.feature import FEATURE as AUDIT
from caseflow.features.calendar.feature import FEATURE as CALENDAR
from caseflow.features.cases.feature import FEATURE as CASES
from caseflow.features.chronology.feature import FEATURE as CHRONOLOGY
from caseflow.features.claims.feature import FEATURE as CLAIMS
from caseflow.features.communications.feature import FEATURE as COMMUNICATIONS
from caseflow.features.consent.feature import FEATURE as CONSENT
from caseflow.features.contacts.feature import FEATURE as CONTACTS
from caseflow.features.deadlines.feature import FEATURE as DEADLINES
from caseflow.features.dossier.feature import FEATURE as DOSSIER
from caseflow.features.drafts.feature import FEATURE as DRAFTS
from caseflow.features.duplicates.feature import FEATURE as DUPLICATES
from caseflow.features.evidence.feature import FEATURE as EVIDENCE
from caseflow.features.filings.feature import FEATURE as FILINGS
from caseflow.features.help.feature import FEATURE as HELP
from caseflow.features.intake.feature import FEATURE as INTAKE
from caseflow.features.interventions.feature import FEATURE as INTERVENTIONS
from caseflow.features.jurisprudence.feature import FEATURE as JURISPRUDENCE
from caseflow.features.keys.feature import FEATURE as KEYS
from caseflow.features.monitoring.feature import FEATURE as MONITORING
from caseflow.features.notes.feature import FEATURE as NOTES
from caseflow.features.objections.feature import FEATURE as OBJECTIONS
from caseflow.features.people.feature import FEATURE as PEOPLE
from caseflow.features.procedures.feature import FEATURE as PROCEDURES
from caseflow.features.public.feature import FEATURE as PUBLIC
from caseflow.features.readiness.feature import FEATURE as READINESS
from caseflow.features.reference.feature import FEATURE as REFERENCE
from caseflow.features.remedies.feature import FEATURE as REMEDIES
from caseflow.features.remedy_maps.feature import FEATURE as REMEDY_MAPS
from caseflow.features.reminders.feature import FEATURE as REMINDERS
from caseflow.features.reports.feature import FEATURE as REPORTS
from caseflow.features.review.feature import FEATURE as REVIEW
from caseflow.features.routes.feature import FEATURE as ROUTES
from caseflow.features.sections.feature import FEATURE as SECTIONS
from caseflow.features.tasks.feature import FEATURE as TASKS
from caseflow.features.treaties.feature import FEATURE as TREATIES
from caseflow.translations import CATALOGUES
from caseflow.web import (
    access,
    compression,
    drafts,
    ended_sessions,
    errors,
    headers,
    hosts,
    kept_pages,
    kit,
    navigation,
    requests,
    session_store,
    static_files,
    words,
)
from caseflow.web.feature import Feature, merged
from caseflow.web.language import language_of, language_of_request
from caseflow.web.requests import FormRequest
from caseflow.web.start import blueprint as start

if TYPE_CHECKING:
    from caseflow.runtime import Runtime

log = structlog.get_logger(__name__)
HERE = Path(__file__).resolve().parent
FEATURES: tuple[Feature, ...] = (
    ACCOUNTS,
    CASES,
    CLAIMS,
    PEOPLE,
    CONSENT,
    CONTACTS,
    DUPLICATES,
    INTAKE,
    PROCEDURES,
    INTERVENTIONS,
    OBJECTIONS,
    REMEDIES,
    EVIDENCE,
    NOTES,
    CHRONOLOGY,
    REMEDY_MAPS,
    DEADLINES,
    REMINDERS,
    CALENDAR,
    READINESS,
    TASKS,
    REVIEW,
    FILINGS,
    COMMUNICATIONS,
    DOSSIER,
    ROUTES,
    REFERENCE,
    TREATIES,
    JURISPRUDENCE,
    PUBLIC,
    SECTIONS,
    REPORTS,
    ADMINISTRATION,
    AUDIT,
    DRAFTS,
    HELP,
    MONITORING,
    KEYS,
)


class QuietFlask(Flask):
    """Flask without its own log of errors: tracebacks contain values, which must not be logged."""

    request_class = FormRequest

    def log_exception(self, exc_info: Any) -> None:
        """Log an error that no handler caught."""
        log.error("unhandled_error", exc_info=exc_info[1])


def create_app(runtime: "Runtime") -> Flask:
    """Return the application for a runtime. Nothing is global, so tests can make several."""
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
        BABEL_TRANSLATION_DIRECTORIES=str(CATALOGUES),
        DEMO_DATA=settings.demo_data,
    )
    app.extensions["caseflow.runtime"] = runtime
    app.extensions["caseflow.features"] = FEATURES
    app.extensions["caseflow.remarks"] = tuple(one.remarks for one in FEATURES if one.remarks is not None)
    # In production only the host of BASE_URL is accepted; on one machine there may be several names.
    hosts.install(
        app, [urlsplit(settings.base_url).hostname or ""] if settings.environment.value == "production" else None
    )
    requests.install(app)
    static_files.install(app)
    compression.install(app)
    kit.install(app)
    headers.install(app)
    errors.install(app)
    Babel(app, locale_selector=language_of_request)
    vocabularies = [(name, vocabulary) for feature in FEATURES for name, vocabulary in feature.words.items()]
    own = {wanted: merged([one for name, one in vocabularies if name == wanted], wanted) for wanted, _ in vocabularies}
    words.install(app, own, merged([feature.history for feature in FEATURES], "vocabularies of histories"))
    navigation.install(app)
    session_store.install(app)
    kept_pages.install(app)
    drafts.install(app)
    ended_sessions.install(app)
    app.jinja_env.globals["language_of"] = language_of
    app.register_blueprint(start)
    for feature in FEATURES:
        for blueprint in feature.blueprints:
            app.register_blueprint(blueprint)
        if feature.install is not None:
            feature.install(app)
    access.install(app)
    if settings.trusted_proxies:
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]  # as Flask documents it
    return app
