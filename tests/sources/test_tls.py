"""Secure connections are verified, through a proxy too; `SSL_CERT_FILE` adds trust.

The certificates are made for the purpose by openssl, and the server is on loopback.
"""

import json
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast

import pytest

if shutil.which("openssl") is None:
    pytest.skip("openssl is not installed", allow_module_level=True)

DEADLINE_S = 60.0
RECORD = (
    Path(__file__).parents[1] / "data" / "seeds" / "package-631.json"
).read_bytes()
SLUG = "django-shop"
USER, PASSWORD = "ann", "s3cret"


class Site(BaseHTTPRequestHandler):
    """Gives one package, whatever it is asked for."""

    def do_GET(self) -> None:
        cast("Server", self.server).seen.append((self.path, self.headers))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(RECORD)))
        self.end_headers()
        self.wfile.write(RECORD)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Proxy(BaseHTTPRequestHandler):
    """Joins two ends for CONNECT, and notes what it was told."""

    def do_CONNECT(self) -> None:
        cast("Server", self.server).seen.append((self.path, self.headers))
        host, _, port = self.path.rpartition(":")
        with socket.create_connection((host, int(port))) as far:
            self.send_response(200)
            self.end_headers()
            back = threading.Thread(target=pump, args=(far, self.connection))
            back.start()
            pump(self.connection, far)
            back.join()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def pump(source: socket.socket, target: socket.socket) -> None:
    """Hand on all that comes from `source`, and its end."""
    with suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


class Server(ThreadingHTTPServer):
    """Notes what its handlers see; quiet about clients that break off."""

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.seen: list[tuple[str, Message]] = []
        """What was asked for, and the headers."""

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


def make_certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate for `name` that signs itself, and its key."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    kind = "IP" if name[0].isdigit() else "DNS"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt"),
            *("ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"),
            *("-subj", f"/CN={name}", "-addext", f"subjectAltName={kind}:{name}"),
            *("-out", str(certificate), "-keyout", str(key)),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key


@pytest.fixture
def serving() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def serve(stack: ExitStack, server: Server) -> int:
    """Serve until the test ends; the port."""
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    stack.callback(server.server_close)
    stack.callback(thread.join)
    stack.callback(server.shutdown)
    return server.server_port


def secure(folder: Path, name: str = "127.0.0.1") -> tuple[Server, Path]:
    """A server of https whose certificate is for `name`, and the certificate."""
    certificate, key = make_certificate(folder, name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = Server(Site)
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    return server, certificate


def show(api_url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            *(sys.executable, "-m", "pkgtui", "show", SLUG, "--format", "json"),
            *("--api-url", api_url),
        ],
        capture_output=True,
        text=True,
        timeout=DEADLINE_S,
        check=False,
    )


def test_a_certificate_that_nobody_vouches_for_is_refused(
    tmp_path: Path, serving: ExitStack
) -> None:
    server, _ = secure(tmp_path)
    port = serve(serving, server)

    ran = show(f"https://{USER}:{PASSWORD}@127.0.0.1:{port}/api/v4/")

    assert (ran.returncode, ran.stdout) == (4, "")
    (line,) = ran.stderr.splitlines()
    assert line.startswith(f"pkgtui: cannot reach 127.0.0.1:{port}: its certificate")
    assert "SSL_CERT_FILE" in line
    assert PASSWORD not in line
    assert server.seen == []


def test_a_certificate_of_another_name_is_refused_though_trusted(
    tmp_path: Path, serving: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, certificate = secure(tmp_path, "example.org")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    ran = show(f"https://127.0.0.1:{serve(serving, server)}/api/v4/")

    assert ran.returncode == 4
    assert ran.stderr.count("\n") == 1
    assert server.seen == []


@pytest.mark.parametrize("is_through_proxy", [False, True])
def test_what_ssl_cert_file_names_is_trusted(
    tmp_path: Path,
    serving: ExitStack,
    monkeypatch: pytest.MonkeyPatch,
    is_through_proxy: bool,
) -> None:
    server, certificate = secure(tmp_path)
    port = serve(serving, server)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    proxy = Server(Proxy)
    proxy_port = serve(serving, proxy)
    if is_through_proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy_port}")

    ran = show(f"https://{USER}:{PASSWORD}@127.0.0.1:{port}/api/v4/")

    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["slug"] == SLUG
    assert PASSWORD not in ran.stdout + ran.stderr
    ((_, headers),) = server.seen
    assert "Authorization" in headers
    if is_through_proxy:
        ((target, headers),) = proxy.seen
        assert target == f"127.0.0.1:{port}"
        assert "Authorization" not in headers
        assert "Proxy-Authorization" not in headers
    else:
        assert proxy.seen == []


def test_no_proxy_is_honoured(
    tmp_path: Path, serving: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, certificate = secure(tmp_path)
    port = serve(serving, server)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    proxy = Server(Proxy)
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{serve(serving, proxy)}")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    assert show(f"https://127.0.0.1:{port}/api/v4/").returncode == 0
    assert proxy.seen == []
