"""What values of settings mean, and must not be: secrets that can be guessed, addresses that send data in clear to another machine."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import parse_qs, unquote, urlsplit

KNOWN_SECRETS = ("change", "secret", "default", "example", "password", "insecure", "dev-key", "0123456789", "qwerty")
FEWEST_DIFFERENT_CHARACTERS = 10  # of a secret key: 64 random hexadecimal digits have about sixteen
FEWEST_DIFFERENT_PAIRS = 0.6  # of neighbours: of 64 random hexadecimal digits nine in ten
MOST_NEIGHBOURS = 0.4  # such as "ab" or "33": of random hexadecimal digits one pair in six
FEWEST_DIFFERENT_BYTES = 20  # of 32 random ones thirty differ, and thirty of their steps
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
UNENCRYPTED = ("disable", "allow")
"""Values of `sslmode` with which libpq talks in clear to a server that would encrypt."""
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True)
class Argon2Profile:
    """The cost of one password check (memory in KiB)."""

    time_cost: int
    memory_cost: int
    parallelism: int


ARGON2_PROFILES: Mapping[str, Argon2Profile] = {
    # The second recommended option of RFC 9106, section 4: 64 MiB, three passes.
    "strong": Argon2Profile(time_cost=3, memory_cost=65536, parallelism=4),
    # For tests, which sign in hundreds of times; refused elsewhere.
    "quick": Argon2Profile(time_cost=1, memory_cost=64, parallelism=1),
}


def is_guessable_text(secret: str) -> bool:
    """Return whether a secret looks typed and not drawn: a known word, words only, or a pattern."""
    pairs = [*pairwise(secret)]
    neighbours = sum(abs(ord(one) - ord(next_one)) <= 1 for one, next_one in pairs)
    return (
        any(known in secret.lower() for known in KNOWN_SECRETS)
        or not (re.search(r"\d", secret) and re.search(r"[^\W\d_]", secret))
        or len(set(secret)) < FEWEST_DIFFERENT_CHARACTERS
        or len(set(pairs)) < FEWEST_DIFFERENT_PAIRS * len(pairs)
        or neighbours > MOST_NEIGHBOURS * len(pairs)
    )


def is_guessable_key(key: bytes) -> bool:
    """Return whether 32 bytes look typed and not drawn: few different ones, even steps, or a text."""
    steps = {(after - before) % 256 for before, after in pairwise(key)}
    is_text = all(byte < 128 and chr(byte).isprintable() for byte in key)  # noqa: PLR2004 - ASCII
    return len(set(key)) < FEWEST_DIFFERENT_BYTES or len(steps) < FEWEST_DIFFERENT_BYTES or is_text


def can_be_read(url: str) -> bool:
    """Return whether an address has a form in which host and port can be found, and only signs that can be sent."""
    try:
        has_port = urlsplit(url).port is None or bool(urlsplit(url).hostname)
        url.encode()
    except ValueError:  # also UnicodeEncodeError
        return False
    return has_port


def problems_of_connections(
    databases: Mapping[str, str | None], redis_url: str, environ: Mapping[str, str]
) -> Iterable[str]:
    """Yield what is unsafe about the addresses of servers in production, in sentences that say what to set.

    Args:
        databases: the addresses of PostgreSQL by the name of their setting; each is for a role of its own.
        redis_url: the address of Redis.
        environ: the environment, because libpq reads `PGSSLMODE`.
    """
    if urlsplit(databases["DATABASE_URL"] or "").username in ("postgres", "caseflow_owner"):
        yield "DATABASE_URL must name the application's role, which owns nothing; not a superuser or the owner."
    names_of_role: dict[str, list[str]] = {}
    for name, url in databases.items():
        if not url or not can_be_read(url):
            continue
        names_of_role.setdefault(urlsplit(url).username or "", []).append(name)
        if _hosts(url) and _ssl_mode(url, environ) in UNENCRYPTED:
            yield f"{name} sends data in clear to another machine; set sslmode=require or better sslmode=verify-full."
    for names in names_of_role.values():
        if len(names) > 1:
            yield f"{' and '.join(names)} must name two different roles (docs/operating.md, Roles of the database)."
    if urlsplit(redis_url).scheme == "redis" and urlsplit(redis_url).hostname not in (*LOCAL_HOSTS, None):
        yield "REDIS_URL sends data in clear to another machine; use rediss:// or a server on this one."


def _hosts(url: str) -> list[str]:
    """Return the other machines that an address names; sockets and this machine are none."""
    parts = urlsplit(url)
    named = [parts.hostname or "", *parse_qs(parts.query).get("host", []), *parse_qs(parts.query).get("hostaddr", [])]
    hosts = [unquote(host) for several in named for host in several.split(",")]
    return [host for host in hosts if host and host not in LOCAL_HOSTS and not host.startswith(("/", "@"))]


def _ssl_mode(url: str, environ: Mapping[str, str]) -> str:
    return [environ.get("PGSSLMODE", ""), *parse_qs(urlsplit(url).query).get("sslmode", [])][-1].strip().lower()
