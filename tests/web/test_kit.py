import pytest
from flask import render_template
from jinja2 import UndefinedError

from caseflow.web import kit


def test_our_templates_are_strict(draw):
    with pytest.raises(UndefinedError):
        draw("{{ a_name_that_is_not_there }}")


def test_the_macros_of_the_kit_may_leave_parameters_out(draw):
    text = draw(
        "{% from 'govuk_frontend_jinja/components/input/macro.html' import govukInput %}"
        "{{ govukInput({'id': 'place', 'name': 'place', 'label': {'text': '<Place>'}}) }}"
    )
    assert 'id="place"' in text
    assert "&lt;Place&gt;" in text


def test_the_address_of_an_asset_changes_with_its_content(in_page, tmp_path):
    in_page.static_folder = str(tmp_path)
    (tmp_path / "a.css").write_text("a")
    first = in_page.jinja_env.globals["asset"]("a.css")
    (tmp_path / "a.css").write_text("ab")
    assert in_page.jinja_env.globals["asset"]("a.css") != first


def test_without_sign_in_there_is_no_navigation_and_no_sign_out(pages):
    text = pages.test_client().get("/page").text
    assert "<nav" not in text
    assert "<form" not in text
    assert "legal information, not legal advice" in text
    assert 'href="#main"' in text


def test_the_header_shows_the_current_page_and_the_person(pages):
    pages.jinja_env.globals["navigation"] = lambda: [kit.Link("Cases", "/cases", is_current=True)]
    pages.jinja_env.globals["account"] = lambda: kit.Account("Maja <b>", "/account", "/sign-out")
    text = pages.test_client().get("/page").text
    assert 'href="/cases" aria-current="page"' in text
    assert "Maja &lt;b&gt;" in text
    assert '<form method="post" action="/sign-out">' in text
    assert 'name="csrf_token"' in text


def test_a_right_to_left_language_gets_its_style_sheet(pages):
    text = pages.test_client().get("/page?language=ar").text
    assert 'lang="ar" dir="rtl"' in text
    assert "caseflow.rtl.css" in text


def test_the_demo_says_so_on_every_page(pages):
    assert "all names are invented" not in pages.test_client().get("/page").text
    pages.config["DEMO_DATA"] = True
    assert "all names are invented" in pages.test_client().get("/page").text


@pytest.mark.parametrize(("status", "asked"), [(404, True), (503, False)])
def test_the_page_of_a_server_error_does_not_ask_who_is_signed_in(in_page, status, asked):
    def account() -> None:
        calls.append(status)

    calls: list[int] = []
    in_page.jinja_env.globals["account"] = account
    given = {"error_title": "No", "error_text": "Try again.", "error_status": status, "typed": None}
    text = render_template("_layout/error.html", **given)
    assert "Try again." in text
    assert bool(calls) is asked
