"""The page kit in Jinja: where templates are found, and the names that every template may use.

Our own templates are strict: an undefined name is an error. The macros of govuk-frontend rely on undefined names, so
they alone are compiled in a lenient overlay of the same environment.
"""

import hashlib
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

from flask import Flask, current_app, g, request, url_for
from flask_login import current_user
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
)
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup

from caseflow.clock import now, today
from caseflow.web import dates, headers
from caseflow.web.compression import form_token
from caseflow.web.direction import direction, isolate
from caseflow.web.once import hidden_key
from caseflow.web.texts import page_locale

TEMPLATES: Final = Path(__file__).resolve().parents[2] / "templates"
KIT: Final = "govuk_frontend_jinja"
SIGN_OUT: Final = "accounts.sign_out"
ACCOUNT: Final = "accounts.show"
STAY: Final = "accounts.stay"


@dataclass(frozen=True)
class Link:
    """One entry of a navigation."""

    label: str
    href: str
    is_current: bool = False
    """Whether it leads to this very page."""
    has_current: bool = False
    """Whether this page belongs to what it leads to."""
    links: tuple["Link", ...] = ()
    """The entries that it opens, if it leads nowhere itself."""
    is_button: bool = False


@dataclass(frozen=True)
class Account:
    """The signed-in person, for the header: name, link to the account, link to sign out."""

    name: str
    href: str
    sign_out: str
    stay: str = ""
    """The address that renews the session."""


@dataclass(frozen=True)
class PageLanguage:
    """The language of the page and its text direction."""

    code: str
    direction: str


class LenientLoader(PackageLoader):
    """Loads the kit's macros into an overlay of the environment in which undefined names are empty."""

    _overlay: Environment | None = None

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's name
    ) -> Template:
        """Compile a macro file leniently, whichever environment asked for it."""
        if self._overlay is None:
            self._overlay = environment.overlay(undefined=ChainableUndefined)
        return super().load(self._overlay, name, globals)


class CaseflowTemplate(Template):
    """A template whose macros are compiled once, for all pages that import them.

    Jinja compares the globals of the page with those of the imported file at each import, in case they differ: a seventh of
    the calls of a case page. Here every template has the globals of the environment and no others.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002 - Jinja's signature
        return super()._get_default_module()


def install(app: Flask) -> None:
    """Give the application our templates, the kit, and the globals and filters of every page."""
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.template_class = CaseflowTemplate
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    kit = PrefixLoader({KIT: LenientLoader(KIT)})
    inherited = [environment.loader] if environment.loader else []
    environment.loader = ChoiceLoader([FileSystemLoader(TEMPLATES), kit, *inherited])
    environment.filters.update(
        date=dates.show_date,
        moment=dates.show_moment,
        number=dates.show_number,
        days_left=dates.show_days_left,
        time_left=lambda moment: dates.show_time_left(moment, now()),
        days_left_kind=dates.days_left_kind,
        direction=direction,
        isolate=isolate,
        lower_first=lambda text: text[:1].lower() + text[1:],
    )
    names: dict[str, Callable[..., Any]] = {
        "asset": _asset_finder(app),
        "csp_nonce": headers.csp_nonce,
        "csrf_token": form_token,
        "form_keys": form_keys,
        "printed_on": today,
        "language_of": lambda _state: "",
        "page_language": page_language,
        "account": account,
        "navigation": list,
        "home": lambda: None,
        "session_warning_after": lambda: 0,
        "search_address": lambda: None,
        "help_address": lambda: None,
        "banners": list,
        "badge": lambda: None,
        "form_draft": lambda *_: None,
        "keep_drafts": str,
    }
    for name, value in names.items():
        environment.globals.setdefault(name, value)


def form_keys() -> Markup:
    """Return the hidden fields of a form that no form class draws: the CSRF token, and the key with which it is saved once."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(form_token()) + hidden_key()


def page_language() -> PageLanguage:
    """Return the page's language, for the html element and for the choice of the style sheet."""
    locale = page_locale()
    return PageLanguage(str(locale).replace("_", "-"), locale.text_direction)


def address_of(endpoint: str) -> str:
    """Return the address of a page whose address has no values; built once a process, since every page leads to a dozen of them."""
    return _address_of(request.script_root, endpoint)


@cache
def _address_of(_script_root: str, endpoint: str) -> str:
    return url_for(endpoint)


def account() -> Account | None:
    """Return the signed-in person; None without one, and in an application without sign-in."""
    if "account" not in g:  # the templates of a page ask several times
        is_known = SIGN_OUT in current_app.view_functions and current_user and current_user.is_authenticated
        addresses = map(address_of, (ACCOUNT, SIGN_OUT, STAY))
        g.account = Account(str(current_user.name), *addresses) if is_known else None
    return cast("Account | None", g.account)


def _asset_finder(app: Flask) -> Callable[[str], str]:
    """Return `asset(name)`: the address of a static file, which changes with its content."""
    hashes: dict[tuple[str, int], str] = {}

    def asset(name: str) -> str:
        assert app.static_folder is not None
        file = Path(app.static_folder) / name
        key = (name, file.stat().st_mtime_ns)
        if key not in hashes:
            hashes[key] = hashlib.sha256(file.read_bytes()).hexdigest()[:16]
        return url_for("static", filename=name, v=hashes[key])

    return asset
