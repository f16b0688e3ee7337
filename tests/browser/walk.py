"""Walks the pages of a running application as a person with a browser does: every link that stands on a page, a few of each kind."""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map

LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)')
EACH = 3
"""Pages of a kind that are opened: the fullest is kept."""


@dataclass
class Walk:
    """What one person reached: by endpoint, and whether the address asks for something, the fullest page."""

    context: BrowserContext
    address: str
    rules: Map
    each: int = EACH
    pages: dict[tuple[str, bool], tuple[int, str]] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)
    """Endpoints that answered, with a page or a file."""
    faults: list[str] = field(default_factory=list)

    def endpoint(self, path: str) -> str | None:
        """Return the endpoint of an address, if it can be read."""
        try:
            return str(self.rules.bind("").match(urlsplit(path).path, method="GET")[0])
        except HTTPException:
            return None

    def start(self, path: str) -> "Walk":
        """Follow all links from this page on."""
        opened, seen, queue = Counter[tuple[str, bool]](), {path}, deque([path])
        while queue:
            here = queue.popleft()
            endpoint = self.endpoint(here)
            kind = (endpoint or "", "?" in here)
            if endpoint is None or endpoint == "static" or opened[kind] >= self.each:
                continue
            opened[kind] += 1
            answer = self.context.request.get(self.address + here)
            if not answer.ok:
                self.faults.append(f"{here} answers {answer.status}")
                continue
            self.reached.add(endpoint)
            if not answer.headers.get("content-type", "").startswith("text/html"):
                continue
            html = answer.text()
            arrived = answer.url.removeprefix(self.address)
            arrived_kind = (self.endpoint(arrived) or endpoint, "?" in arrived)
            self.pages[arrived_kind] = max(self.pages.get(arrived_kind, (0, "")), (len(html), arrived))
            links = dict.fromkeys(map(unescape, LINK.findall(html)))
            queue.extend(link for link in links if link not in seen)
            seen.update(links)
        return self
