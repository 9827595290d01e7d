"""Servers that mean harm, or are broken: each is answered by an account of what was wrong, in bounded time and memory."""

import gzip
import http.client
import threading
import time
import tracemalloc

import pytest

from geoconflict.fetching.connection import connect_to
from geoconflict.fetching.refusals import RefusedError

PAGE = b"<html><p>Shelling near Goraya.</p></html>"
GZIPPED = gzip.compress(PAGE, mtime=0)  # the same bytes in every process: they name a test
HTML = {"Content-Type": "text/html"}


def what(report):
    assert report.failures, report.counts
    return report.failures[0].what


def raw(head, *chunks, pause=0.0):
    """A handler that writes bytes as they are."""

    def answer(request):
        request.wfile.write(head)
        for chunk in chunks:
            time.sleep(pause)
            request.wfile.write(chunk)
            request.wfile.flush()

    return answer


def redirect(to, status=302):
    return lambda request: request.send(status, b"", Location=to)


def always(site, path, handler, n=20):
    site.next_answers[path] = [handler] * n


# ---------------------------------------------------------------- where it leads
@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://017700000001/",
        "http://0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
    ],
)
def test_addresses_of_this_machine_and_its_network_are_refused_however_written(desk, url):
    desk.options["allow_private"] = ()
    report = desk.get(url)
    assert "no public address" in what(report)
    assert desk.site.requests == []


def test_a_name_that_stands_for_a_private_address_is_refused_before_anything_is_sent(desk, internet):
    internet.addresses["intranet.example"] = [["10.0.0.7"]]
    report = desk.get("http://intranet.example/x", connector=internet.connector())
    assert "leads to 10.0.0.7, which is no public address (private)" in what(report)
    assert internet.connected == []
    assert desk.site.requests == []


def test_a_name_that_changes_its_address_gains_nothing(desk, internet):
    """DNS rebinding: the second look-up would say 127.0.0.1; each request connects to the address that was checked."""
    internet.addresses["rebind.example"] = [["93.184.216.34"], ["127.0.0.1"]]
    report = desk.get("http://rebind.example/x", connector=internet.connector())
    assert internet.connected == [("93.184.216.34", 80)]  # robots.txt; the page itself is refused
    assert "127.0.0.1, which is no public address" in what(report)
    assert [path for path, _ in desk.site.requests] == ["/robots.txt"]


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1/", "http://169.254.169.254/latest", "http://localhost.example/", "http://[::ffff:10.0.0.1]/"],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_a_private_address_is_refused(desk, internet, target, status):
    internet.addresses["localhost.example"] = [["127.0.0.1"]]
    for literal in ("127.0.0.1", "169.254.169.254", "::ffff:a00:1"):
        internet.addresses[literal] = [[literal]]
    always(desk.site, "/go", redirect(target, status))
    report = desk.get("http://news.example/go", connector=internet.connector())
    assert "no public address" in what(report)
    (failure,) = report.failures
    is_metadata = "169.254" in target
    assert ("fetching.allow_private" in failure.repair) is not is_metadata, "nobody is led to the metadata of a cloud"
    assert {ip for ip, _ in internet.connected} == {"93.184.216.34"}


def test_a_public_page_leads_into_no_intranet_that_the_user_allowed_for_himself(desk, internet):
    internet.addresses["10.1.2.3"] = [["10.1.2.3"]]
    always(desk.site, "/go", redirect("http://10.1.2.3:8080/x"))
    connector = internet.connector(allowed=("10.1.2.3:8080",))
    report = desk.get("http://news.example/go", connector=connector)
    assert "a public page leads to 10.1.2.3" in what(report)
    assert ("10.1.2.3", 8080) not in internet.connected
    desk.site.put("/x", PAGE)
    always(desk.site, "/x", lambda request: request.send(200, PAGE, **HTML))
    assert desk.get("http://10.1.2.3:8080/x", connector=connector).counts["new"] == 1


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("file:///etc/passwd", "no http or https"),
        ("gopher://news.example/", "no http or https"),
        ("http://me:sesame@news.example/", "user name or password"),
        ("http://news.example:22/", "port 22"),
        ("", "leads nowhere"),
    ],
)
def test_a_redirect_out_of_the_web_is_refused(desk, internet, target, told):
    always(desk.site, "/go", redirect(target))
    report = desk.get("http://news.example/go", connector=internet.connector())
    assert told in what(report)
    assert "sesame" not in str(report.to_dict())


def test_redirects_end(desk):
    for number in range(20):
        always(desk.site, f"/{number}", redirect(f"/{number + 1}"))
    assert "more than 5 redirects" in what(desk.get("/0"))
    assert len(desk.site.requests) == 7  # robots.txt and six hops
    always(desk.site, "/a", redirect("/b"))
    always(desk.site, "/b", redirect("/a"))
    assert "in a circle" in what(desk.get("/a"))


def test_a_redirect_is_followed_and_told(desk):
    always(desk.site, "/old", redirect("/new.html?x=1", 301))
    always(desk.site, "/new.html?x=1", lambda request: request.send(200, PAGE, **HTML))
    assert desk.get("/old").counts["new"] == 1
    (file,) = desk.files()
    from geoconflict.retrieval import retrieval_of

    told = retrieval_of(file)
    assert told.url == f"{desk.site.url}/old"
    assert told.final_url == f"{desk.site.url}/new.html?x=1"
    assert [(one.status, one.url) for one in told.redirects] == [(301, f"{desk.site.url}/old")]


@pytest.mark.parametrize("location", ["/caf\u00e9".encode(), "/caf\u00e9".encode("latin-1"), b"/caf%C3%A9"])
def test_a_redirect_is_read_in_the_encodings_that_servers_write(desk, location):
    always(desk.site, "/old", raw(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n"))
    always(desk.site, "/caf%C3%A9", lambda request: request.send(200, PAGE, **HTML))
    assert desk.get("/old").counts == {"new": 1}


def test_another_end_than_asked_for_is_refused(monkeypatch):
    class Lying:
        def getpeername(self):
            return ("10.0.0.1", 80)

        def close(self):
            """Like a socket."""

    monkeypatch.setattr("socket.create_connection", lambda *_args, **_options: Lying())
    with pytest.raises(RefusedError, match=r"connected to 10\.0\.0\.1 instead of 93"):
        connect_to("93.184.216.34", 80, 1.0)


def test_proxies_of_the_environment_are_not_used(desk, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    desk.site.put("/a.html", PAGE)
    assert desk.get("/a.html").counts["new"] == 1


# ---------------------------------------------------------------- how long it takes
def test_a_server_that_drips_its_body_is_given_up(desk):
    desk.options |= {"total_seconds": 0.5, "max_tries": 1}
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n"
    always(desk.site, "/a", raw(head, *[b"x"] * 100, pause=0.05))
    assert "not done within 0.5 seconds" in what(desk.get("/a"))
    assert desk.files() == []


def test_a_server_that_drips_its_head_is_given_up(desk):
    desk.options |= {"total_seconds": 0.5, "max_tries": 1}
    always(desk.site, "/a", raw(b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 100, pause=0.05))
    assert "not done within 0.5 seconds" in what(desk.get("/a"))


def test_a_server_that_says_nothing_is_given_up(desk):
    desk.options |= {"read_seconds": 0.3, "max_tries": 1}
    release = threading.Event()
    always(desk.site, "/a", lambda _: release.wait(5))
    try:
        assert "no answer for 0.3 seconds" in what(desk.get("/a"))
    finally:
        release.set()


def test_endless_preliminary_answers_are_given_up(desk):
    desk.options |= {"total_seconds": 0.5, "max_tries": 1}
    always(desk.site, "/a", raw(b"", *[b"HTTP/1.1 100 Continue\r\n\r\n"] * 100, pause=0.05))
    assert "not done within 0.5 seconds" in what(desk.get("/a"))


def test_a_look_up_that_does_not_end_is_given_up(desk, internet):
    release = threading.Event()
    desk.options["max_tries"] = 1
    connector = internet.connector(connect_seconds=0.2)
    internet.resolve = None
    connector._resolve = lambda _host, _port: release.wait(5)
    try:
        assert "cannot be looked up (no answer)" in what(desk.get("http://slow.example/", connector=connector))
    finally:
        release.set()


def test_a_name_that_nobody_knows_is_told(desk):
    desk.options["max_tries"] = 1
    report = desk.get("http://no-such-name.invalid/")
    assert "the name of no-such-name.invalid cannot be looked up" in what(report)


# ---------------------------------------------------------------- how large it is
def test_a_page_that_says_it_is_too_large_is_not_read(desk):
    desk.options["max_bytes"] = 1000
    always(desk.site, "/a", raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999999999999\r\n\r\n"))
    assert "larger than 1,000 bytes" in what(desk.get("/a"))


@pytest.mark.parametrize("head", [b"Connection: close", b"Transfer-Encoding: chunked"])
def test_an_endless_body_is_given_up_at_the_limit(desk, head):
    desk.options["max_bytes"] = 1_000_000
    n_sent = 0

    def endless(request):
        nonlocal n_sent
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head + b"\r\n\r\n")
        chunk = b"x" * 10_000
        for _ in range(10_000):
            request.wfile.write(b"2710\r\n%s\r\n" % chunk if b"chunked" in head else chunk)
            n_sent += len(chunk)

    always(desk.site, "/a", endless)
    assert "larger than 1,000,000 bytes" in what(desk.get("/a"))
    assert n_sent < 50_000_000
    assert desk.files() == []


def test_a_gzip_bomb_is_not_unpacked(desk):
    desk.options["max_bytes"] = 1_000_000
    bomb = gzip.compress(b"\0" * 200_000_000, 9)
    assert len(bomb) < 1_000_000
    headers = {**HTML, "Content-Encoding": "gzip"}
    always(desk.site, "/a", lambda request: request.send(200, bomb, **headers))
    tracemalloc.start()
    try:
        assert "larger than 1,000,000 bytes" in what(desk.get("/a"))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 10_000_000


def test_a_bomb_of_many_members_is_not_unpacked(desk):
    bomb = gzip.compress(b"") * 50_000
    headers = {**HTML, "Content-Encoding": "gzip"}
    always(desk.site, "/a", lambda request: request.send(200, bomb, **headers))
    assert "more pieces" in what(desk.get("/a"))


def test_packed_pages_are_unpacked_also_of_several_members(desk):
    packed = gzip.compress(PAGE[:10]) + gzip.compress(PAGE[10:]) + b"\0\0"
    headers = {**HTML, "Content-Encoding": "gzip"}
    always(desk.site, "/a", lambda request: request.send(200, packed, **headers))
    assert desk.get("/a").counts["new"] == 1
    assert desk.files()[0].read_bytes() == PAGE


@pytest.mark.parametrize(
    ("body", "coding", "told"),
    [
        (GZIPPED[:-9], "gzip", "cut short"),
        (b"no gzip at all", "gzip", "damaged"),
        (PAGE, "br", "packed as 'br'"),
        (gzip.compress(GZIPPED, mtime=0), "gzip, gzip", "packed as"),
    ],
)
def test_packing_that_cannot_be_undone_is_told(desk, body, coding, told):
    desk.options["max_tries"] = 1
    headers = {**HTML, "Content-Encoding": coding}
    always(desk.site, "/a", lambda request: request.send(200, body, **headers))
    assert told in what(desk.get("/a"))
    assert desk.files() == []


# ---------------------------------------------------------------- what comes
def test_a_page_that_is_cut_short_is_never_kept(desk):
    always(desk.site, "/a.html", lambda request: request.send(200, PAGE, cut_at=10, **HTML))
    assert f"10 of {len(PAGE)} bytes arrived" in what(desk.get("/a.html"))
    assert desk.files() == []
    assert len(desk.site.requests) == 4  # robots.txt and three tries


def test_a_page_that_is_cut_short_once_is_had_the_second_time(desk):
    desk.site.put("/a.html", PAGE)
    desk.site.next_answers["/a.html"] = [lambda request: request.send(200, PAGE, cut_at=10, **HTML)]
    assert desk.get("/a.html").counts["new"] == 1
    assert desk.files()[0].read_bytes() == PAGE


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0\0\0\0",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000,
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000,
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    ],
)
def test_what_is_no_answer_is_told(desk, answer):
    desk.options["max_tries"] = 1
    always(desk.site, "/a", raw(answer))
    assert "no answer or a broken one" in what(desk.get("/a"))
    assert desk.files() == []


@pytest.mark.parametrize(
    "headers", [{"Content-Type": "application/x-msdownload"}, {"Content-Type": "image/png"}, {"Content-Type": ""}, {}]
)
def test_types_that_are_not_wanted_are_refused(desk, headers):
    always(desk.site, "/a", lambda request: request.send(200, PAGE, **headers))
    assert "type" in what(desk.get("/a"))
    assert desk.files() == []


@pytest.mark.parametrize("status", [204, 206, 300, 305, 400, 401, 403, 451])
def test_other_answers_are_no_pages(desk, status):
    always(desk.site, "/a", lambda request: request.send(status, b"", **HTML))
    assert f"the server answered {status}" in what(desk.get("/a"))
    assert len(desk.site.requests) == 2  # robots.txt, and no second try


def test_hostile_headers_come_to_disk_as_harmless_text(desk):
    head = (
        b'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\x1b[2Jutf-8\r\nETag: "a\r\n b"\r\n'
        b"Last-Modified: Sun, 04 Oct 2020 12:00:00 GMT\x07\r\nContent-Length: 41\r\n"
        b'Content-Disposition: attachment; filename="../../../evil.html"\r\n\r\n'
    )
    always(desk.site, "/a", raw(head, PAGE))
    assert desk.get("/a").counts["new"] == 1
    (file,) = desk.files("*.fetched")
    text = file.read_text("utf-8")
    assert "\x1b" not in text
    assert "\\u001b" not in text
    assert "evil" not in text
    desk.get("/a")
    assert "if-none-match" not in desk.site.requests[-1][1]  # '"a b"' is no ETag that could be sent back


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/x",
        "/a%00.html",
        "/a/..\\..\\x",
        "/" + "a" * 3000,
        "/.htaccess",
        "/con",
        "/README.html",
        "/%F0%9F%92%A3",
        "/?../../x",
        "/x//",
        "/2020-10-04-shelling",
    ],
)
def test_no_address_makes_a_name_that_leaves_the_folder(desk, path, tmp_path):
    url = path.replace("\\", "%5C")
    always(desk.site, url, lambda request: request.send(200, PAGE, **HTML))
    assert desk.get(path).counts["new"] == 1
    (file,) = desk.files()
    assert file.resolve().is_relative_to(desk.folder)
    assert {one.name for one in tmp_path.iterdir()} == {"fetched"}
    assert not file.name.upper().startswith("README")
    assert len(file.name) < 100
    from geoconflict.reports._publication import date_in_name

    assert date_in_name(file.stem) is None  # a number of an address is not the day of a report


def test_the_limits_of_http_client_are_those_that_hold_here():
    """What bounds a head: changed limits of the standard library would be noticed."""
    assert http.client._MAXLINE == 65536
    assert http.client._MAXHEADERS == 100
