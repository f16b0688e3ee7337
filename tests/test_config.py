"""Settings: everything from the environment, all problems at once, secrets never shown."""

import base64
from datetime import timedelta
from random import Random

import pytest

from config import Environment, Settings, UnsafeSettings

KEY = "ZtGyQFyvC0V1I0Dq1DWZzCkT5rS8oJmXo3nHk0b1f9E="
OLD_KEY = "w2fK7hXn5uYb0RzQ9sLd1vGmTj4cEaPi8oWxNqUyBkM="
EVEN = base64.b64encode(bytes(range(32))).decode()
GOOD = {
    "CASEFLOW_ENVIRONMENT": "production",
    "DATABASE_URL": "postgresql://caseflow_web:pw-app@db/caseflow",
    "OWNER_DATABASE_URL": "postgresql://caseflow_owner:pw-owner@db/caseflow",
    "REDIS_URL": "rediss://queue:6379/0",
    "SECRET_KEY": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "DATA_KEYS": f"k2:{KEY},k1:{OLD_KEY}",
    "BASE_URL": "https://cases.example.org/",
    "SMTP_HOST": "mail.example.org",
    "MAIL_SENDER": "caseflow@example.org",
}


def key_of(value: bytes) -> str:
    return base64.b64encode(value).decode()


def problems(**changes: str | None) -> tuple[str, ...]:
    environ = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    try:
        Settings.from_env(environ)
    except UnsafeSettings as refused:
        return refused.problems
    return ()


def test_good_settings_are_read():
    settings = Settings.from_env(GOOD)
    assert settings.environment is Environment.PRODUCTION
    assert settings.base_url == "https://cases.example.org"
    assert settings.cookie_secure
    assert (settings.session_idle, settings.session_absolute) == (timedelta(minutes=30), timedelta(hours=12))
    assert settings.current_data_key == "k2"
    assert settings.data_keys == {"k2": base64.b64decode(KEY), "k1": base64.b64decode(OLD_KEY)}
    assert settings.argon2.memory_cost == 65536


def test_nothing_set_means_production_and_names_all_that_is_missing():
    with pytest.raises(UnsafeSettings) as refused:
        Settings.from_env({})
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DATA_KEYS", "BASE_URL", "SMTP_HOST", "MAIL_SENDER"):
        assert name in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"CASEFLOW_ENVIRONMENT": "prod"}, "CASEFLOW_ENVIRONMENT must be one of: production, one-machine, test."),
        ({"DATABASE_URL": "sqlite:///cases.db"}, "DATABASE_URL must begin with postgresql://"),
        ({"DATABASE_URL": "postgresql://postgres:pw@db/caseflow"}, "must name the application's role"),
        ({"OWNER_DATABASE_URL": GOOD["DATABASE_URL"]}, "must name two different roles"),
        ({"REDIS_URL": "memory://"}, "Set REDIS_URL"),
        ({"SECRET_KEY": "short"}, "at least 32 random characters"),
        ({"SECRET_KEY": "change-me-change-me-change-me-change-me"}, "one that others can guess"),
        ({"SECRET_KEY": "a" * 64}, "one that others can guess"),
        ({"DATA_KEYS": "k1:c2hvcnQ="}, "DATA_KEYS must be a list of id:key"),
        ({"DATA_KEYS": "k1:not base64"}, "DATA_KEYS must be a list of id:key"),
        ({"DATA_KEYS": KEY}, "DATA_KEYS must be a list of id:key"),
        ({"DATA_KEYS": f"k1:{base64.b64encode(bytes(32)).decode()}"}, "DATA_KEYS must be a list of id:key"),
        ({"DATA_KEYS": f"k1:{KEY},k1:{OLD_KEY}"}, "names the key k1 twice"),
        ({"DATA_KEYS": f"k1:{KEY},k2:{KEY}"}, "holds one key under two ids"),
        ({"DATA_KEYS": f"{'k' * 61}:{KEY}"}, "DATA_KEYS must be a list of id:key"),
        ({"DATA_KEYS": f"k1:{EVEN}"}, "others can guess the key k1"),
        ({"DATA_KEYS": f"k2:{KEY},k1:{key_of(b'01234567' * 4)}"}, "others can guess the key k1"),
        ({"DATA_KEYS": f"k1:{key_of(b'a text of thirty-two characters.')}"}, "others can guess the key k1"),
        ({"DATA_KEYS": f"k1:{key_of(bytes(31) + b'x')}"}, "others can guess the key k1"),
        ({"SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789"}, "one that others can guess"),
        ({"SECRET_KEY": "abcdefghijklmnopqrstuvwxyz1234567890"}, "one that others can guess"),
        ({"SECRET_KEY": "our office keeps its cases in here"}, "one that others can guess"),
        ({"SECRET_KEY": "k3y" * 20}, "one that others can guess"),
        ({"SECRET_KEY": "1q2w3e4r5t6z7u8i" * 3}, "one that others can guess"),
        ({"SECRET_KEY": "2026-11-30 2026-11-30 2026-11-30 x"}, "one that others can guess"),
        ({"DATABASE_URL": f"{GOOD['DATABASE_URL']}?sslmode=disable"}, "DATABASE_URL sends data in clear"),
        ({"DATABASE_URL": f"{GOOD['DATABASE_URL']}?sslmode=allow"}, "DATABASE_URL sends data in clear"),
        ({"DATABASE_URL": "postgresql://caseflow_web@/x?host=db&sslmode=disable"}, "DATABASE_URL sends data in clear"),
        ({"DATABASE_URL": "postgresql://caseflow_web@/x?host=/run,db&sslmode=disable"}, "sends data in clear"),
        ({"OWNER_DATABASE_URL": f"{GOOD['OWNER_DATABASE_URL']}?sslmode=disable"}, "OWNER_DATABASE_URL sends data"),
        ({"OWNER_DATABASE_URL": "postgresql://caseflow_web:other@other/caseflow"}, "must name two different roles"),
        ({"WORKER_DATABASE_URL": "postgresql://caseflow_web:other@db/caseflow"}, "must name two different roles"),
        ({"REDIS_URL": "redis://queue:6379/0"}, "REDIS_URL sends data in clear"),
        ({"CASEFLOW_DEMO": "yes"}, "says on every page that all names are invented"),
        ({"SMTP_HOST": "mail.example.org\nX-Header: 1"}, "SMTP_HOST holds a line break"),
        ({"BASE_URL": "https://cases.example.org/\r\nX: 1"}, "BASE_URL holds a line break"),
        ({"SMTP_USER": "ana\x00"}, "SMTP_USER holds a line break"),
        ({"SMTP_PASSWORD": "one\u2028two"}, "SMTP_PASSWORD holds a line break"),
        ({"BASE_URL": "http://cases.example.org"}, "must begin with https://"),
        ({"BASE_URL": "cases.example.org"}, "Set BASE_URL"),
        ({"SMTP_TLS": "none"}, "sends mail in clear"),
        ({"SMTP_TLS": "ssl"}, "SMTP_TLS must be one of"),
        ({"SMTP_PORT": "99999"}, "SMTP_PORT must be a whole number from 1 to 65535."),
        ({"MAIL_FOLDER": "/var/mail"}, "MAIL_FOLDER keeps mails as files"),
        ({"MAIL_SENDER": None}, "Set MAIL_SENDER"),
        ({"MAIL_SENDER": "Caseflow <caseflow@example.org>"}, "Set MAIL_SENDER"),
        ({"MAIL_SENDER": "caseflow@example\n.org"}, "MAIL_SENDER holds a line break"),
        ({"SMTP_HOST": None}, "Mail has nowhere to go"),
        ({"ARGON2_PROFILE": "quick"}, "ARGON2_PROFILE=quick is for tests"),
        ({"ARGON2_PROFILE": "free"}, "ARGON2_PROFILE must be one of"),
        ({"LOG_LEVEL": "debug"}, "LOG_LEVEL=DEBUG may write values"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL must be"),
        ({"SESSION_IDLE_MINUTES": "120", "SESSION_HOURS": "1"}, "SESSION_HOURS must not be shorter"),
        ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES must be a whole number from 0 to 8."),
    ],
)
def test_each_unsafe_setting_is_refused_with_a_sentence(changes, sentence):
    found = problems(**changes)
    assert len(found) == 1
    assert sentence in found[0]


def test_the_sentences_never_hold_the_secret():
    text = " ".join(
        problems(SECRET_KEY="hunter2-password", DATA_KEYS="k1:hunter2", DATABASE_URL="mysql://a:hunter2@db/x")
    )
    assert "hunter2" not in text


def test_secrets_stay_out_of_repr():
    shown = repr(Settings.from_env(GOOD))
    assert "pw-app" not in shown
    assert "pw-owner" not in shown
    assert GOOD["SECRET_KEY"] not in shown


def test_a_secret_may_come_from_a_closed_file(tmp_path):
    file = tmp_path / "key"
    file.write_text(GOOD["SECRET_KEY"] + "\n")
    file.chmod(0o600)
    environ = {**GOOD, "SECRET_KEY_FILE": str(file)}
    del environ["SECRET_KEY"]
    assert Settings.from_env(environ).secret_key.decode() == GOOD["SECRET_KEY"]


def test_a_secret_file_open_to_others_is_refused(tmp_path):
    file = tmp_path / "key"
    file.write_text(GOOD["SECRET_KEY"])
    file.chmod(0o640)
    assert problems(SECRET_KEY=None, SECRET_KEY_FILE=str(file)) == (
        "The file of SECRET_KEY_FILE is open to other accounts; close it with chmod 600.",
    )


def test_a_missing_secret_file_and_one_besides_the_variable_are_refused(tmp_path):
    assert any("can't be read" in p for p in problems(SECRET_KEY=None, SECRET_KEY_FILE=str(tmp_path / "none")))
    assert "not both" in problems(SECRET_KEY_FILE=str(tmp_path / "none"))[0]


def test_one_machine_needs_no_mail_server_and_no_https(tmp_path):
    environ = {
        **GOOD,
        "CASEFLOW_ENVIRONMENT": "one-machine",
        "BASE_URL": "http://localhost:8000",
        "MAIL_FOLDER": str(tmp_path),
    }
    del environ["SMTP_HOST"]
    settings = Settings.from_env(environ)
    assert not settings.cookie_secure
    assert settings.mail_folder == tmp_path


def test_a_child_process_reads_the_same_settings():
    settings = Settings.from_env(
        {**GOOD, "SMTP_USER": "u", "SMTP_PASSWORD": "p", "SESSION_HOURS": "8", "TRUSTED_PROXIES": "1"}
    )
    assert Settings.from_env(settings.to_env()) == settings


@pytest.mark.parametrize(
    ("redis_url", "broker"),
    [
        ("redis://localhost:6379/0", "redis://localhost:6379/0"),
        ("unix:///run/redis.sock?db=3", "redis+socket:///run/redis.sock?virtual_host=3"),
        ("unix:///run/redis.sock", "redis+socket:///run/redis.sock"),
    ],
)
def test_celery_gets_its_own_form_of_the_redis_url(redis_url, broker):
    assert Settings.from_env({**GOOD, "REDIS_URL": redis_url}).celery_broker_url == broker


@pytest.mark.parametrize("seed", range(300))
def test_drawn_secrets_and_keys_are_taken(seed):
    chance = Random(seed)
    drawn = [
        chance.randbytes(32).hex(),
        base64.b64encode(chance.randbytes(32)).decode(),
        base64.b64encode(chance.randbytes(24)).decode(),
    ]
    for secret in drawn:
        assert problems(SECRET_KEY=secret, DATA_KEYS=f"k1:{key_of(chance.randbytes(32))}") == ()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "", "%2Frun%2Fpostgresql"])
def test_servers_of_this_machine_may_be_asked_in_clear(host):
    database = f"postgresql://caseflow_web:pw@{host}/caseflow?sslmode=disable"
    assert problems(DATABASE_URL=database, REDIS_URL="redis://localhost:6379/0") == ()
    assert problems(DATABASE_URL="postgresql://caseflow_web:pw@/x?host=/run/postgresql&sslmode=disable") == ()


def test_what_the_environment_says_of_encryption_counts():
    assert "sends data in clear" in problems(PGSSLMODE="disable", OWNER_DATABASE_URL=None)[0]


def test_all_problems_are_named_at_once():
    found = problems(
        CASEFLOW_DEMO="yes", REDIS_URL="redis://queue/0", SECRET_KEY="a" * 64, DATA_KEYS=f"k1:{EVEN},k2:{EVEN}",
        DATABASE_URL="postgresql://caseflow_owner@db/x?sslmode=disable", SMTP_HOST="x\ny", MAIL_SENDER="a@example.org\nBcc: b",
    )  # fmt: skip
    names = ("CASEFLOW_DEMO", "REDIS_URL", "SECRET_KEY", "DATA_KEYS", "DATABASE_URL", "SMTP_HOST", "MAIL_SENDER")
    assert {name for name in names if any(name in problem for problem in found)} == set(names)
