"""A small application with the page kit only: no database, no accounts."""

from collections.abc import Iterator

import pytest
from flask import Flask, render_template_string, request
from flask_babel import Babel

from caseflow.web import headers, kit


@pytest.fixture
def pages() -> Flask:
    app = Flask("caseflow")
    app.config.update(SECRET_KEY="only-for-tests", TESTING=True)
    Babel(app, locale_selector=lambda: request.args.get("language", "en"))
    kit.install(app)
    headers.install(app)

    @app.get("/page")
    def page() -> str:
        return render_template_string("{% extends '_layout/page.html' %}")

    return app


@pytest.fixture
def in_page(pages) -> Iterator[Flask]:
    """The application during a request."""
    with pages.test_request_context("/page"):
        yield pages


@pytest.fixture
def draw(in_page):
    """Render a template that may import from _parts."""

    def render(source: str, **context: object) -> str:
        return render_template_string(source, **context)

    return render
