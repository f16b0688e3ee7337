import re


def policy(response) -> dict[str, str]:
    parts = response.headers["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


def test_a_page_allows_only_our_own_content_and_scripts_with_the_nonce(pages):
    response = pages.test_client().get("/page")
    rules = policy(response)
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"
    assert rules["base-uri"] == "'none'"
    assert rules["form-action"] == "'self'"
    nonce = re.fullmatch(r"'nonce-([\w-]{20,})'", rules["script-src"])[1]
    scripts = re.findall(r"<script[^>]*>", response.text)
    assert scripts
    assert all(f'nonce="{nonce}"' in script for script in scripts)


def test_every_answer_has_its_own_nonce(pages):
    client = pages.test_client()
    assert policy(client.get("/page"))["script-src"] != policy(client.get("/page"))["script-src"]


def test_a_page_is_never_cached_and_sends_no_referrer(pages):
    headers = pages.test_client().get("/page").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_pages_hold_no_inline_style_or_handler(pages):
    text = pages.test_client().get("/page").text
    assert not re.search(r"<style|\sstyle=|\son\w+=", text)


def test_static_files_are_cached_when_their_address_has_a_hash(pages):
    client = pages.test_client()

    def cache_control(address: str) -> str:
        with client.get(address) as response:  # a static response keeps its file open until it is closed
            return response.headers["Cache-Control"]

    style = re.search(r'href="([^"]+\.css[^"]*)"', client.get("/page").text)[1]
    assert "immutable" in cache_control(style)
    assert "immutable" in cache_control("/static/vendor/manifest.json")
    assert cache_control("/static/caseflow.css") == "no-cache"
    assert cache_control("/static/missing.css?v=1") == "no-store"


def test_https_is_required_only_with_secure_cookies(pages):
    assert "Strict-Transport-Security" not in pages.test_client().get("/page").headers
    pages.config["SESSION_COOKIE_SECURE"] = True
    assert "max-age" in pages.test_client().get("/page").headers["Strict-Transport-Security"]


def test_errors_have_the_headers_too(pages):
    response = pages.test_client().get("/nothing")
    assert response.status_code == 404
    assert policy(response)["default-src"] == "'none'"
    assert response.headers["Cache-Control"] == "no-store"
