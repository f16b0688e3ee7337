import pytest

from caseflow.web.hosts import HostGuard


def ask(host, trusted=frozenset()):
    """Return the status that a request for a host gets, and whether it went through."""
    seen, statuses = [], []

    def inner(_environ, start):
        seen.append(host)
        start("200 OK", [])
        return [b""]

    list(HostGuard(inner, trusted)({"HTTP_HOST": host}, lambda status, _headers: statuses.append(status)))
    return statuses[0], bool(seen)


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "case.example.org", "[::1]:8000"])
def test_a_name_passes(host):
    assert ask(host) == ("200 OK", True)


@pytest.mark.parametrize(
    "host", ["", "a" * 64, "a b", "x/../y", "evil.org/", "<script>", "a@b", "ä.example", "a." * 200]
)
def test_what_is_no_name_ends_before_the_application(host):
    assert ask(host) == ("400 Bad Request", False)


def test_in_production_only_our_name_is_ours():
    trusted = frozenset({"case.example.org"})
    assert ask("case.example.org", trusted)[1]
    assert ask("case.example.org:443", trusted)[1]
    assert not ask("evil.example.org", trusted)[1]
