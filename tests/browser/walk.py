"""Walks the pages of a running application as a person with a browser does: every link that stands on a page, a few of each kind."""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html import unescape

from playwright.sync_api import BrowserContext
from werkzeug.exceptions import HTTPException
from werkzeug.routing import AnyConverter, Map

LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)|<form\b(?=[^>]*\bmethod="get")[^>]*?\baction="(/[^"#]*)')
"""A link, or a form that only asks: it is opened without answers."""
Kind = tuple[str, bool]
"""The endpoint, with the page of a case that it shows; and whether the address asks for something (`?`)."""
EACH = 3
"""Pages of a kind that are opened: the fullest is kept."""

LEFT = {"static"}


@dataclass
class Walk:
    """What one person reached: the fullest page of each kind."""

    context: BrowserContext
    address: str
    rules: Map
    each: int = EACH
    pages: dict[Kind, tuple[int, str]] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)
    """Endpoints that answered, with a page or a file."""
    faults: list[str] = field(default_factory=list)
    first: str = "/"
    """Where the walk began, after what the application made of it."""

    def kind(self, address: str) -> Kind | None:
        """Return the kind of page of an address, if it can be read."""
        path, _, query = address.partition("?")
        try:
            rule, values = self.rules.bind("").match(path, method="GET", return_rule=True)
        except HTTPException:
            return None
        chosen = [str(values[name]) for name, one in rule._converters.items() if isinstance(one, AnyConverter)]
        return " ".join([str(rule.endpoint), *chosen]), bool(query)

    def start(self, path: str) -> "Walk":
        """Follow all links from this page on."""
        opened, seen, queue = Counter[Kind](), {path}, deque([path])
        while queue:
            here = queue.popleft()
            kind = self.kind(here)
            if kind is None or kind[0] in LEFT or opened[kind] >= self.each:
                continue
            opened[kind] += 1
            answer = self.context.request.get(self.address + here)
            if not answer.ok:
                self.faults.append(f"{here} answers {answer.status}")
                continue
            self.reached.add(kind[0].partition(" ")[0])
            if not answer.headers.get("content-type", "").startswith("text/html"):
                continue
            html = answer.text()
            arrived = answer.url.removeprefix(self.address)
            shown = self.kind(arrived) or kind
            self.first = arrived if here == "/" else self.first
            self.pages[shown] = max(self.pages.get(shown, (0, "")), (len(html), arrived))
            links = dict.fromkeys(unescape(link or form) for link, form in LINK.findall(html))
            queue.extend(link for link in links if link not in seen)
            seen.update(links)
        return self
