"""Static files, compressed for browsers that take it."""

import gzip
from pathlib import Path

import pytest

from caseflow import web

STATIC = Path(web.__file__).parents[1] / "static"
FILES = sorted(str(file.relative_to(STATIC)) for file in STATIC.rglob("*") if file.suffix in {".css", ".js", ".svg"})
GZIP = {"Accept-Encoding": "gzip, deflate, br"}


def test_there_are_files():
    assert {"caseflow.css", "caseflow.js", "icon.svg"} <= set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_text_leaves_compressed_with_the_headers_of_the_plain_file(app, name):
    client = app.test_client()
    plain, small = client.get(f"/static/{name}?v=1"), client.get(f"/static/{name}?v=1", headers=GZIP)
    assert gzip.decompress(small.data) == plain.data == (STATIC / name).read_bytes()
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    for answer in (plain, small):
        assert "Accept-Encoding" in answer.vary
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert small.content_type == plain.content_type
    assert small.headers["ETag"] != plain.headers["ETag"]
    again = client.get(f"/static/{name}?v=1", headers={**GZIP, "If-None-Match": small.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    plain.close()


def test_the_style_sheet_is_a_third_of_its_size(app):
    small = app.test_client().get("/static/caseflow.css", headers=GZIP)
    assert len(small.data) < (STATIC / "caseflow.css").stat().st_size / 3


@pytest.mark.parametrize(
    "headers", [{"Accept-Encoding": "gzip;q=0"}, {"Accept-Encoding": "br"}, {"Range": "bytes=0-9", **GZIP}]
)
def test_who_does_not_take_it_gets_the_plain_file(app, headers):
    answer = app.test_client().get("/static/caseflow.css", headers=headers)
    assert "Content-Encoding" not in answer.headers
    assert (STATIC / "caseflow.css").read_bytes().startswith(answer.data[:10])
    answer.close()


def test_fonts_and_what_is_not_there_are_as_before(app):
    client = app.test_client()
    font = next(file.relative_to(STATIC) for file in STATIC.rglob("*.woff2"))
    answer = client.get(f"/static/{font}", headers=GZIP)
    assert "Content-Encoding" not in answer.headers
    answer.close()
    for path in ("nothing.css", "../app.py", "vendor/../../app.py", "%2e%2e/app.py"):
        assert client.get(f"/static/{path}", headers=GZIP).status_code == 404


def test_pages_are_not_compressed(app):
    assert "Content-Encoding" not in app.test_client().get("/sign-in", headers=GZIP).headers
