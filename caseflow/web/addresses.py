"""Addresses on this site that a request carries: where it came to, and where it asks to be sent next."""

import re
from typing import Final
from urllib.parse import quote

from flask import request

CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
"""Characters that browsers drop from an address before they read it, so that `/<tab>/host` becomes `//host`."""
KEPT_PAGE: Final = "kept"
"""Argument of the address of a page that answered a form (`web.kept_pages`)."""
KEPT: Final = "%!$&'()*+,;=:@/?-._~"
"""Not percent-encoded: RFC 3986 allows them in a path or query, and `%` begins what is encoded already."""


def address_of_request() -> str:
    """Return path and query of this request. Bytes of the query that are not UTF-8 are replaced."""
    query = request.query_string.decode(errors="replace")
    return f"{request.path}?{query}" if query else request.path


def local_address(target: str) -> str | None:
    """Return a path on this site with its query, percent-encoded; None if a browser could read another site in it."""
    path, mark, query = target.partition("?")
    if CONTROL.search(target) or not path.startswith("/") or path.startswith("//") or "\\" in path:
        return None
    return quote(path, safe=KEPT, errors="replace") + mark + quote(query, safe=KEPT, errors="replace")
