"""Email addresses as people type them."""

import pytest

from caseflow.email_addresses import address_key, checked_address
from caseflow.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ana@example.org", "ana@example.org"),
        ("  Ana.Lopez+cases@Example.ORG \n", "Ana.Lopez+cases@example.org"),
        ("ana@exämple.org", "ana@xn--exmple-cua.org"),
        ("ana@xn--exmple-cua.org", "ana@xn--exmple-cua.org"),
        ("ana@example。org", "ana@example.org"),
    ],
)
def test_an_address_is_stored_so_that_every_server_takes_it(typed, stored):
    assert checked_address(typed) == stored
    assert checked_address(stored) == stored
    assert address_key(typed) == address_key(stored) == stored.lower()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "nothing",
        "@",
        "@example.org",
        "ana@",
        "Ana <ana@example.org>",
        "<ana@example.org>",
        "ana@example.org, eva@example.org",
        "ana@example.org;eva@example.org",
        "ana@example.org eva@example.org",
        "ana@example.org.",
        ".ana@example.org",
        "ana.@example.org",
        "a..na@example.org",
        "ana@example..org",
        "ana@@example.org",
        "ana\u200b@example.org",
        "ana@exam\u00adple.org",
        "\u202eana@example.org",
        "ana@example.org\u2060",
        "añá@example.org",
        "\uff41na@example.org",
        "ana@localhost",
        "ana@[192.0.2.1]",
        '"ana lopez"@example.org',
        "ana@example.org\r\nBcc: eva@example.org",
        "ana\x00@example.org",
        "mailto:ana@example.org ",
        "a" * 65 + "@example.org",
        "ana@" + "a" * 64 + ".org",
        "ana@" + ".".join(["abcdefgh"] * 40) + ".org",
        "a" * 60_000,
    ],
)
def test_what_is_no_single_address_is_refused_with_the_reason(typed):
    with pytest.raises(Invalid) as refused:
        checked_address(typed)
    assert "email" in refused.value.fields
    assert len(str(refused.value).split("used here. ")[1]) > 10
    assert all(sign.isprintable() for sign in str(refused.value)), "what cannot be seen is named"
    assert isinstance(address_key(typed), str)
