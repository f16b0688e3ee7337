"""The reference set-up of production: nginx with the real configuration before the real web server, and the other files."""

import gzip
import hashlib
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace
from uuid import UUID

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bench.server import own_folder
from bench.stack import free_port
from caseflow.clock import now
from caseflow.front.limits import Limits
from caseflow.front.server import Front
from config import Environment
from tests.local.waiting import HANG_SECONDS, until

ROOT = Path(__file__).parents[2]
PRODUCTION = ROOT / "deploy" / "production"
HOST = "cases.example.org"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
needs_nginx = pytest.mark.skipif(
    NGINX is None, reason="NO NGINX ON THIS MACHINE: PRODUCTION WAS NOT TRIED (apt-get install nginx)"
)
servers = [pytest.mark.servers, pytest.mark.slow, needs_nginx]


def make_certificate(folder):
    """Make a certificate for the host, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


class Site:
    """nginx on two ports of the loopback, before a web server."""

    def __init__(self, folder, web):
        self.folder, self.http, self.https = folder, free_port(), free_port()
        make_certificate(folder)
        options = {
            "--host": HOST, "--certificate": folder / "certificate.pem", "--certificate-key": folder / "key.pem", "--web": web,
            "--static": folder / "static", "--run": folder, "--http-port": self.http, "--https-port": self.https,
        }  # fmt: skip
        command = [sys.executable, "deploy/nginx.py", *(str(part) for pair in options.items() for part in pair)]
        made = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        (folder / "nginx.conf").write_text(made.stdout)
        self.process = subprocess.Popen(
            [NGINX, "-c", folder / "nginx.conf", "-g", "daemon off;"], stderr=subprocess.DEVNULL
        )
        until(lambda: self.process.poll() is None and is_open(self.https), "nginx answers")

    def connect(self, host=HOST):
        trust = ssl.create_default_context(cafile=str(self.folder / "certificate.pem"))
        plain = socket.create_connection(("127.0.0.1", self.https), timeout=HANG_SECONDS)
        return trust.wrap_socket(plain, server_hostname=host)

    def ask(self, path, *, method="GET", body=None, host=HOST, tls=True, **headers):
        connection = http.client.HTTPConnection(host)
        connection.sock = self.connect() if tls else socket.create_connection(("127.0.0.1", self.http), HANG_SECONDS)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return SimpleNamespace(status=answer.status, headers=answer.headers, body=answer.read())
        finally:
            connection.close()

    def stop(self):
        self.process.terminate()
        self.process.wait(HANG_SECONDS)


def is_open(port):
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def site(run_servers):
    """The site before the product, with the settings of production."""
    with run_servers.clone(f"production_{os.getpid()}") as database, own_folder("site") as folder:
        port = free_port()
        settings = run_servers.settings(database)
        settings = replace(
            settings.of_process(settings.web_database_url), environment=Environment.PRODUCTION, base_url=f"https://{HOST}", trusted_proxies=1,
            mail_folder=None, smtp_host="127.0.0.1", mail_sender="caseflow@example.org", argon2_profile="strong",
            data_keys={"p1": hashlib.sha256(b"of this site").digest()},
        )  # fmt: skip
        command = ["gunicorn", "--config", "python:caseflow.front.configuration", "--bind", f"127.0.0.1:{port}"]
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **settings.to_env()}
        with (folder / "web.log").open("w") as log:
            web = subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            until(lambda: web.poll() is None and is_open(port), "the web server answers")
            one = Site(folder, f"127.0.0.1:{port}")
            yield one
            one.stop()
        finally:
            web.terminate()
            web.wait(HANG_SECONDS)


class TestSite:
    pytestmark = servers

    def test_the_sign_in_page_comes_over_tls(self, site):
        page = site.ask("/sign-in")
        assert page.status == 200
        assert b'name="password"' in page.body
        assert "max-age=" in page.headers["Strict-Transport-Security"]
        assert "__Host-caseflow=" in page.headers["Set-Cookie"]
        assert "Secure" in page.headers["Set-Cookie"]
        assert "nginx/" not in page.headers["Server"]

    def test_without_tls_there_is_only_the_way_to_it(self, site):
        answer = site.ask("/sign-in?next=/cases", tls=False)
        assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}:{site.https}/sign-in?next=/cases")

    def test_other_host_names_get_nothing(self, site):
        with pytest.raises(ssl.SSLError):
            site.connect("evil.example.org")
        with pytest.raises(ConnectionError):
            site.ask("/sign-in", host="evil.example.org", tls=False)
        with pytest.raises(ConnectionError):  # in the request though not in the handshake
            site.ask("/sign-in", host="evil.example.org")

    def test_static_files_are_compressed_beforehand_and_kept_for_a_year(self, site):
        page = site.ask("/sign-in").body.decode()
        address = re.search(r'href="(/static/caseflow\.css\?v=\w+)"', page)[1]
        small, large = site.ask(address, Accept_Encoding="gzip, br"), site.ask(address)
        assert small.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(small.body) == large.body == (ROOT / "caseflow/static/caseflow.css").read_bytes()
        assert len(small.body) < len(large.body) / 3
        for answer in (small, large):
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            assert answer.headers["Vary"] == "Accept-Encoding"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert site.ask("/static/caseflow.css").headers["Cache-Control"] == "no-cache"
        assert site.ask("/static/../nginx.conf").status in {400, 404}
        assert site.ask("/static../nginx.conf").status == 404

    def test_a_body_that_is_too_large_is_refused_in_words(self, site):
        answer = site.ask("/sign-in", method="POST", body=b"x" * (9 * 1024 * 1024), Expect="100-continue")
        assert answer.status == 413
        assert b"too large" in answer.body

    @pytest.mark.parametrize("path", ["/sign-in", f"/cases/{UUID(int=1)}/evidence/uploads/{UUID(int=2)}"])
    def test_what_is_being_sent_is_not_on_its_disk(self, site, path):
        size = 6_000_000
        head = f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: {size}\r\n\r\n".encode()
        with site.connect() as connection:
            connection.sendall(head + b"x" * (size - 10))  # far more than waits in the buffers of the line
            assert not [one for one in (site.folder / "body").rglob("*") if one.is_file()]

    def test_a_head_that_is_too_large_is_refused(self, site):
        assert site.ask("/sign-in?" + "a" * 20_000).status == 414
        assert site.ask("/sign-in", Cookie="a" * 20_000).status == 400

    def test_slow_clients_hold_nobody_up_and_are_closed(self, site):
        body = f"POST /sign-in HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 1000\r\n\r\nhalf".encode()
        with ExitStack() as stack:
            slow = [stack.enter_context(site.connect()) for _ in range(60)]
            for number, connection in enumerate(slow):
                connection.sendall([b"GET / HTTP/1.1\r\nX: ", body, b""][number % 3])
            for _ in range(5):
                assert site.ask("/sign-in").status == 200
            assert [connection.recv(1000) for connection in slow[:1]] == [b""]


@pytest.mark.servers
@pytest.mark.slow
@needs_nginx
def test_the_application_is_told_who_asks_and_by_which_name():
    seen, stop = [], Event()

    def application(environ, start_response):
        seen.append(environ)
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]

    listening = socket.create_server(("127.0.0.1", 0))
    front = Front(application, [listening], threads=1, backlog=10, limits=Limits())

    def serve():
        while not stop.is_set():
            front.serve(0.05)
        front.close()

    serving = Thread(target=serve)
    serving.start()
    with own_folder("site") as folder:
        site = Site(folder, f"127.0.0.1:{listening.getsockname()[1]}")
        site.ask(
            "/",
            X_Forwarded_For="192.0.2.66",
            X_Forwarded_Host="evil.example.org",
            X_Forwarded_Proto="http",
            Script_Name="/evil",
        )
        site.stop()
    stop.set()
    serving.join()
    assert seen[0]["HTTP_X_FORWARDED_FOR"] == "127.0.0.1"
    assert seen[0]["HTTP_X_FORWARDED_HOST"] == seen[0]["HTTP_HOST"] == HOST
    assert seen[0]["HTTP_X_FORWARDED_PROTO"] == "https"
    assert seen[0]["SCRIPT_NAME"] == ""


@pytest.mark.parametrize("unit", ["web", "worker", "beat"])
def test_the_units_of_systemd_are_sound(unit, tmp_path):
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("NO SYSTEMD-ANALYZE ON THIS MACHINE: THE UNITS WERE NOT CHECKED")
    text = (PRODUCTION / "systemd" / f"caseflow-{unit}.service").read_text()
    assert "ExecStart=/srv/caseflow/.venv/bin/" in text
    command = re.search(r"ExecStart=/srv/caseflow/\.venv/bin/(\w+)", text)[1]
    assert (Path(sys.executable).parent / command).exists()
    file = tmp_path / f"caseflow-{unit}.service"
    file.write_text(text.replace("/srv/caseflow/.venv/bin", str(Path(sys.executable).parent)))
    checked = subprocess.run([program, "verify", file], check=False, capture_output=True, text=True)
    assert "caseflow" not in checked.stderr, checked.stderr
    assert checked.returncode == 0


def test_the_container_files_name_what_is_there():
    """There is no container engine in continuous integration, so the image itself is not built."""
    lines = (PRODUCTION / "Dockerfile").read_text().splitlines()
    copied = [part for line in lines if line.startswith("COPY ") for part in line.split()[1:-1]]
    assert copied
    assert all((ROOT / part).exists() for part in copied), copied
    services = yaml.safe_load((PRODUCTION / "compose.yaml").read_text())["services"]
    assert set(services) == {"postgres", "redis", "web", "worker", "beat", "nginx"}
    assert (PRODUCTION / services["web"]["build"]["context"] / services["web"]["build"]["dockerfile"]).exists()
    units = {name: (PRODUCTION / "systemd" / f"caseflow-{name}.service").read_text() for name in ("worker", "beat")}
    for name, unit in units.items():
        for part in (part for part in services[name]["command"] if part.startswith("--") and "schedule" not in part):
            assert part in unit, (name, part)
