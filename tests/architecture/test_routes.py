"""Every route says who may use it."""

import pytest
from flask import Blueprint, Flask
from werkzeug.routing import AnyConverter, UUIDConverter

from caseflow.access import Permission
from caseflow.web.access import UnguardedEndpoint, public, requires

PUBLIC = {
    "static", "accounts.sign_in", "accounts.device", "monitoring.health", "public.bound", "calendar.feed",
    "help.choose", "help.index", "help.show", "open_decisions.index", "open_decisions.show", "open_decisions.rules",
    "open_decisions.rule", "open_decisions.figures",
}  # fmt: skip
"""The routes without sign-in. Additions need a review."""
NAMED = {
    "/bound/decisions/<number>": "numbers of published decisions; they are no cases of ours",
    "/bound/decisions/rules/<rule>": "names of rules",
    "/decisions/<number>": "numbers of published decisions; they are no cases of ours",
    "/decisions/rules/<rule>": "names of rules",
    "/decisions/<number>/edit": "numbers of published decisions",
    "/decisions/<number>/holdings/new": "the same",
    "/decisions/<number>/holdings/<holding_id>/edit": "the same, and names of published holdings",
    "/decisions/<number>/holdings/<holding_id>/remove": "the same",
    "/sections/<code>/contact": "a section of one's own; others are like missing",
    "/sections/<code>/reminders": "the same",
    "/sections/<code>/reminders/<kind>": "the same, and a kind of deadline, which is in the manual",
    "/sections/<code>/reminders/<kind>/reset": "the same",
    "/sections/<code>/rhythm": "the same",
    "/sections/<code>/tasks": "the same",
    "/sections/<code>/task-templates": "the same",
    "/sections/<code>/task-templates/new": "the same",
    "/admin/mails/<name>": "files of one folder, for the administrator of one machine",
    "/calendar/<token>.ics": "32 random bytes that only their owner knows; in it nothing but days",
    "/sign-in/device/<token>": "a signed random number; it opens nothing, and asks no table",
    "/states/<code>": "two letters of ISO 3166-1; the register holds no case",
    "/states/<code>/edit": "the same",
    "/treaties/<treaty>": "codes of published treaties; acceptances hold no case",
    "/treaties/<treaty>/<code>": "the same",
}
"""Routes with a name instead of an id in the address, and why that reveals nothing."""


def faults(app: Flask) -> list[str]:
    """Return what is wrong with the routes, each with what to do."""
    found = []
    for endpoint, view in app.view_functions.items():
        guard = getattr(view, "guard", "missing")
        if guard is None and endpoint not in PUBLIC:
            found.append(
                f"{endpoint} is open to everybody: write @requires(Permission.…), or name it in PUBLIC of this test"
            )
        elif guard is not None and not isinstance(guard, Permission):
            found.append(f"{endpoint} does not say who may use it: write @requires(Permission.…) under the route")
    for rule in app.url_map.iter_rules():
        for name in rule.arguments & rule._converters.keys():  # not those that the rule sets itself
            is_safe = isinstance(rule._converters[name], UUIDConverter | AnyConverter)
            if not is_safe and rule.endpoint != "static" and rule.rule not in NAMED:
                found.append(f"{rule.rule}: write <uuid:{name}>, an id that nobody can guess")
    return found


def test_every_route_is_guarded(app):
    assert faults(app) == []


def planted() -> Flask:
    app, blueprint = Flask("planted"), Blueprint("cases", __name__)
    app.view_functions["static"].guard = None
    blueprint.get("/naked")(lambda: "")
    blueprint.get("/open", endpoint="open")(public(lambda: ""))
    blueprint.get("/<int:number>", endpoint="guessed")(requires(Permission.CASE_READ)(lambda number: ""))
    app.register_blueprint(blueprint)
    return app


@pytest.mark.parametrize("words", ["does not say who", "cases.open is open to everybody", "<uuid:number>"])
def test_a_planted_route_is_found(words):
    assert words in "\n".join(faults(planted()))


def test_an_unguarded_route_is_refused(app, monkeypatch):
    """The application refuses an unguarded route that the test would miss."""
    monkeypatch.setitem(app.view_functions, "accounts.sign_in", lambda: "open")
    with pytest.raises(UnguardedEndpoint, match="sign_in"):
        app.test_client().get("/sign-in")
