"""A page that answers a form gets an address of its own, so that Back and reload show it with everything that was typed.

Without one the browser has to send the form again to show its answer: it stops and asks, or shows an error page (docs/decisions,
0030). Nothing was saved by such a form. The page is kept for the session, compressed and sealed; the view decides again who may
see it. Without Redis, or for a client that is no browser, the page is the answer itself.
"""

import json
import re
import secrets
import zlib
from base64 import b64decode, b64encode
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from flask import Flask, Response, g, make_response, redirect, request

from caseflow.web.addresses import KEPT_PAGE
from caseflow.web.compression import form_token
from caseflow.web.headers import csp_nonce
from caseflow.web.session_store import next_number, recall, remember

PAGES: Final = 16
"""So many pages of a session are kept; a further one takes the place of the oldest."""
SERIES: Final = "kept-pages"
MOST_CHARACTERS: Final = 400_000
"""As it is kept. The longest page with a form has a tenth of it; texts without any pattern could be longer."""
LEADS_AWAY: Final = frozenset({302, 303, 409})
NAME: Final = re.compile(r"([0-9a-f])[\w-]{12}", re.ASCII)


def with_address(page: Response) -> Response:
    """Return what leads to the page at an address of its own, or the page if it can't have one.

    The page of a row that was removed has none: only this form knew of the row.
    """
    rule = request.url_rule
    is_browser = request.headers.get("Sec-Fetch-Mode") == "navigate"
    has_address = rule is not None and "GET" in (rule.methods or ()) and page.status_code != HTTPStatus.GONE
    if not is_browser or not has_address:
        return page
    number = next_number(SERIES)
    if number is None:
        return page
    name = f"{number % PAGES:x}{secrets.token_urlsafe(9)}"
    text = json.dumps([page.status_code, page.get_data(as_text=True), csp_nonce(), form_token()])
    packed = b64encode(zlib.compress(text.encode(errors="surrogatepass"))).decode()
    if len(packed) > MOST_CHARACTERS or not remember(_place(name), packed, _bound_to(name)):
        return page
    query = [pair for pair in request.args.items(multi=True) if pair[0] != KEPT_PAGE]
    return redirect(f"{request.path}?{urlencode([*query, (KEPT_PAGE, name)])}", HTTPStatus.SEE_OTHER)  # type: ignore[return-value]  # Werkzeug's is Flask's


def kept_page() -> Response | None:
    """Return the kept page of the address that is asked for; None if it has none (any more)."""
    name = request.args.get(KEPT_PAGE, "")
    packed = recall(_place(name), _bound_to(name)) if is_asked_for() else None
    if packed is None:
        return None
    status, html, nonce, token = json.loads(zlib.decompress(b64decode(packed)).decode(errors="surrogatepass"))
    return make_response(html.replace(nonce, csp_nonce()).replace(token, form_token()), status)


def _instead_of_leading_away(answer: Response) -> Response:
    """Return the kept page if the view no longer draws the form: a colleague may have done meanwhile what it is for.

    The view has decided that the person may open the address; that they may not, or that it is gone, stays as it is.
    """
    is_answer_of_view = g.get("may_show_typed") and answer.status_code in LEADS_AWAY
    return (kept_page() if is_answer_of_view and is_asked_for() else None) or answer


def is_asked_for() -> bool:
    """Return whether the address is one of a kept page."""
    return request.method == "GET" and NAME.fullmatch(request.args.get(KEPT_PAGE, "")) is not None


def _place(name: str) -> str:
    return f"kept-page-{name[:1]}"


def _bound_to(name: str) -> str:
    return f":{name}:{request.path}"


def install(app: Flask) -> None:
    """Look at answers that lead away from a form."""
    app.after_request(_instead_of_leading_away)
