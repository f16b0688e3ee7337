"""Lists all routes of the application, so that tests include new routes automatically."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from flask import Flask
from werkzeug.routing import AnyConverter, Rule, UUIDConverter

from caseflow.access import Permission

METHODS = ("GET", "POST")


@dataclass(frozen=True)
class Route:
    """One address and method, and who may use it."""

    endpoint: str
    method: str
    rule: str
    ids: tuple[str, ...]
    words: Mapping[str, str]
    """What stands for each further part of the address: "nothing", its default, or the last of the words that it may be."""
    guard: Permission | None

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"

    def address(self, app: Flask, ids: Mapping[str, UUID] | None = None) -> str:
        """Return the address with the given ids; a random one for each that is not given."""
        values = {name: (ids or {}).get(name) or uuid4() for name in self.ids} | self.words
        with app.test_request_context():
            return app.url_for(self.endpoint, **values)


def routes(app: Flask) -> Iterator[Route]:
    """Yield every route but the static files."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        ids = tuple(sorted(name for name, kind in rule._converters.items() if isinstance(kind, UUIDConverter)))
        words = {name: _word_for(rule, name) for name in sorted(rule.arguments.difference(ids))}
        for method in METHODS:
            if method in (rule.methods or ()):
                guard = app.view_functions[rule.endpoint].guard
                yield Route(rule.endpoint, method, rule.rule, ids, words, guard)


def _word_for(rule: Rule, name: str) -> str:
    converter = rule._converters.get(name)
    if isinstance(converter, AnyConverter):
        return max(converter.items)
    return str((rule.defaults or {}).get(name, "nothing"))
