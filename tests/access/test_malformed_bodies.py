"""A body that breaks off or is malformed is answered with 400, on every route and in whatever way the server reports it."""

import pytest

from caseflow.models import Role
from tests.access.walk import routes
from tests.factories import make_actor, make_section

CHUNKED = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
KINDS = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x")


class InvalidChunkSizeError(Exception):
    """What gunicorn raises has no base class that says what it is."""


class BrokenStream:
    """A body whose first bytes can be read."""

    def __init__(self, error: Exception) -> None:
        self._error, self._left = error, b"email=a&passw"

    def read(self, size: int = -1) -> bytes:
        if not self._left:
            raise self._error
        given, self._left = self._left, b""
        return given

    readline = read


@pytest.mark.parametrize("error", [InvalidChunkSizeError("zz"), OSError("gone"), ValueError("size"), EOFError()])
@pytest.mark.parametrize("kind", KINDS)
def test_malformed_chunks_are_a_bad_request_on_every_route(runtime, app, pages, error, kind):
    section = make_section(runtime.units, "ES")
    roles = [(section, role) for role in (Role.SECTION_COORDINATOR, Role.ADMINISTRATOR)]
    browsers = [pages().client, pages(make_actor(runtime.units, *roles)).client]
    last = {"accounts.sign_out", "accounts.sign_out_everywhere"}
    found = sorted((route for route in routes(app) if route.method == "POST"), key=lambda route: route.endpoint in last)
    assert len(found) > 10
    for route in found:
        for client in browsers:
            answer = client.post(
                route.address(app),
                environ_overrides={**CHUNKED, "CONTENT_TYPE": kind, "wsgi.input": BrokenStream(error)},
            )
            assert answer.status_code in {302, 303, 400, 403, 404}, (str(route), answer.status_code)
