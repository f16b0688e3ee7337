"""Pages are compressed, and their lengths tell no other site anything."""

import gzip
import re

import pytest
from flask import Flask, Response

from caseflow.web.compression import compress, form_token, mask, unmask

PAGE = "<p>" + "Room without a window. " * 200
OWN = {"Accept-Encoding": "gzip, br", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def site():
    app = Flask(__name__)
    app.secret_key = "x" * 32
    app.after_request(compress)
    app.add_url_rule("/", "page", lambda: PAGE)
    app.add_url_rule("/short", "short", lambda: "<p>Short")
    app.add_url_rule("/table", "table", lambda: Response("a,b\n" * 900, mimetype="text/csv"))
    app.add_url_rule("/token", "token", lambda: f"{form_token()} {form_token()}")
    return app.test_client()


@pytest.mark.parametrize("asked_by", ["same-origin", "none"])
def test_a_page_that_is_asked_for_from_here_is_compressed(site, asked_by):
    answer = site.get("/", headers=OWN | {"Sec-Fetch-Site": asked_by})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data).decode() == PAGE
    assert int(answer.headers["Content-Length"]) == len(answer.data) < len(PAGE) / 10


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Accept-Encoding": "br"}]
)
def test_another_site_learns_no_compressed_length(site, headers):
    answer = site.get("/", headers=OWN | headers)
    assert "Content-Encoding" not in answer.headers
    assert answer.text == PAGE
    assert {"Accept-Encoding", "Sec-Fetch-Site"} <= set(answer.vary)


def test_a_browser_that_does_not_say_who_asks_gets_pages_as_they_are(site):
    assert "Content-Encoding" not in site.get("/", headers={"Accept-Encoding": "gzip"}).headers


@pytest.mark.parametrize("path", ["/short", "/table"])
def test_what_is_short_or_no_page_is_not_compressed(site, path):
    assert "Content-Encoding" not in site.get(path, headers=OWN).headers


def test_the_token_is_one_in_an_answer_and_shares_nothing_with_the_next(site):
    (one, same), (other, _) = (site.get("/token").text.split() for _ in range(2))
    assert one == same
    assert not any(one[at : at + 6] in other for at in range(len(one) - 6))


def test_a_mask_comes_off_again():
    assert unmask(mask("IjAx.aB.c_-9")) == "IjAx.aB.c_-9"
    assert [unmask(text) for text in (None, "", "x", "é", "AAAA" * 9)] == ["", "", "", "", unmask("AAAA" * 9)]
    assert re.fullmatch(r"[\w=-]+", mask("IjAx"))
