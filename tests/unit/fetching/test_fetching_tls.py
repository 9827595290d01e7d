"""Certificates: that of the name that was asked for holds, whatever address the connection goes to."""

import ssl
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from loopback import Request, Site

from geoconflict.fetching.addresses import AddressPolicy
from geoconflict.fetching.connection import Connector

CERTIFICATE = Path(__file__).with_name("news_example.pem")
HTML = {"Content-Type": "text/html"}


@pytest.fixture
def names_asked():
    return []


@pytest.fixture
def secure(internet, names_asked):
    """Let the internet be a server that speaks TLS as news.example."""
    site = Site()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    context.sni_callback = lambda _socket, name, _context: names_asked.append(name)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Request,), {"site": site}))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # clients that do not trust the certificate hang up
    internet.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield site
    server.shutdown()
    thread.join(timeout=5)
    server.server_close()


def connector(internet, *, is_trusted=True):
    context = ssl.create_default_context(cafile=CERTIFICATE if is_trusted else None)
    return Connector(AddressPolicy(), resolve=internet.resolve, dial=internet.dial, context=context)


def test_a_page_comes_over_tls_by_its_name_from_the_address_that_was_checked(desk, internet, secure, names_asked):
    secure.put("/a.html", b"x")
    assert desk.get("https://news.example/a.html", connector=connector(internet)).counts == {"new": 1}
    assert set(names_asked) == {"news.example"}
    assert {headers["host"] for _, headers in secure.requests} == {"news.example"}
    assert {ip for ip, _ in internet.connected} == {"93.184.216.34"}


def test_the_certificate_of_another_name_is_refused(desk, internet, secure):
    report = desk.get("https://other.example/a.html", connector=connector(internet))
    assert "its certificate is not to be trusted" in report.failures[0].what
    assert secure.requests == []


def test_a_certificate_that_nobody_vouches_for_is_refused(desk, internet, secure):
    report = desk.get("https://news.example/a.html", connector=connector(internet, is_trusted=False))
    assert report.counts == {"refused": 1}
    assert "its certificate is not to be trusted" in report.failures[0].what
    assert secure.requests == []


def test_https_does_not_lead_to_plain_http(desk, internet, secure):
    secure.next_answers["/a.html"] = [lambda request: request.send(302, b"", Location="http://news.example/b.html")]
    report = desk.get("https://news.example/a.html", connector=connector(internet))
    assert "from https to plain http" in report.failures[0].what
    assert [path for path, _ in secure.requests] == ["/robots.txt", "/a.html"]
