"""The review page answers the browser that opened its address, and nobody else; it is told when to end."""

import dataclasses
import http.client
import json
import re
import signal
import socket
import subprocess

import pytest
from review_server import HILL, make_project, review_server
from runs import command, environment

from geoconflict.corrections import append_corrections, load_corrections
from geoconflict.events import merge_into
from geoconflict.reviewing.serving import api
from geoconflict.reviewing.serving.guard import HEADERS, MOST_BYTES
from geoconflict.store import EventStore

EVERY_METHOD = ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"]


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path)


@pytest.fixture
def server(project):
    with review_server(project) as opened:
        yield opened


def ask(server, path, *, method="GET", body=None, headers=None, host=None):
    """Send a request with just these headers, and return status, headers and body."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=60)
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": host or server.host, **(headers or {})}.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def post(server, path, content, *, headers=None):
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    sent = {
        "Origin": f"http://{server.host}", "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json",
        "Content-Length": str(len(body)),
    }  # fmt: skip
    return ask(server, f"/{server.token}/{path}", method="POST", body=body, headers={**sent, **(headers or {})})


def items(server):
    return json.loads(ask(server, f"/{server.token}/api/items")[2])["items"]


def decision(server, n=0, **fields):
    event = items(server)[n]["id"]
    state = json.loads(ask(server, f"/{server.token}/api/event/{event}")[2])["state"]
    return {"event": event, "state": state, "decision": "accept", "value": "", "comment": "", **fields}


def entries(project):
    return list(load_corrections(project / "corrections.jsonl"))


# ---------------------------------------------------------------- who may ask
def test_the_page_and_its_files_are_answered_with_the_token(server):
    status, headers, body = ask(server, f"/{server.token}/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert b"Riverton" not in body
    for name in server.files:
        assert ask(server, f"/{server.token}/{name}")[0] == 200
        assert ask(server, f"/{name}")[0] == 404


@pytest.mark.parametrize("token", ["", "x", "wrong-token-of-the-same-look-000", "%00"])
def test_a_missing_or_wrong_token_is_refused(server, token):
    for path in ("", "api/items", "review.css"):
        status, headers, body = ask(server, f"/{token}/{path}" if token else f"/{path}")
        assert (status, body) == (404, b"no such page\n")
        assert headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
    assert ask(server, f"/{server.token[:-1]}/")[0] == 404
    assert ask(server, f"/{server.token}")[0] == 404


def test_tokens_differ_and_cannot_be_guessed(project):
    with review_server(project) as one, review_server(project) as other:
        assert one.token != other.token
        assert min(len(one.token), len(other.token)) >= 32


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:{port}.evil.example", "[::1]:{port}"],
)
def test_another_host_is_refused(server, host):
    name = host.format(port=server.server_address[1])
    assert ask(server, f"/{server.token}/", host=name)[0] == 421
    assert ask(server, f"/{server.token}/api/items", host=name)[0] == 421


def test_a_request_without_a_host_is_refused(server):
    with socket.create_connection(server.server_address, timeout=60) as raw:
        raw.sendall(f"GET /{server.token}/ HTTP/1.0\r\n\r\n".encode())
        assert b" 421 " in raw.makefile("rb").readline()


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
     {"Origin": "https://{host}"}],
)  # fmt: skip
def test_other_sites_are_refused(server, project, headers):
    sent = {name: value.format(host=server.host) for name, value in headers.items()}
    assert ask(server, f"/{server.token}/api/items", headers=sent)[0] == 403
    assert post(server, "api/decide", decision(server), headers=sent)[0] == 403
    assert entries(project) == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Origin": None}, 403), ({"Sec-Fetch-Site": "none"}, 403), ({"Content-Type": "text/plain"}, 415),
     ({"Content-Type": "application/x-www-form-urlencoded"}, 415), ({"Content-Type": None}, 415),
     ({"Content-Length": None}, 411), ({"Content-Length": "-1"}, 411), ({"Content-Length": "1e3"}, 411),
     ({"Transfer-Encoding": "chunked"}, 411)],
)  # fmt: skip
def test_a_post_that_a_page_of_another_site_could_send_is_refused(server, project, headers, status):
    assert post(server, "api/decide", decision(server), headers=headers)[0] == status
    assert entries(project) == []


def test_no_answer_lets_other_sites_read_it(server):
    for answer in (
        ask(server, f"/{server.token}/api/items"),
        post(server, "api/decide", decision(server)),
        ask(server, "/"),
    ):
        assert [name for name in answer[1] if name.lower().startswith("access-control")] == []


@pytest.mark.parametrize("size", [str(MOST_BYTES + 1), "9" * 30])
def test_a_body_that_is_too_long_is_refused_before_it_is_read(server, size):
    sent = {"Origin": f"http://{server.host}", "Content-Type": "application/json", "Content-Length": size}
    assert ask(server, f"/{server.token}/api/decide", method="POST", headers=sent)[0] == 413


@pytest.mark.parametrize(
    "rest",
    ["../", "../../etc/passwd", "..%2f..%2fetc/passwd", "./review.css", "review.css/", "/review.css", "//evil.example/", "%2e%2e/",
     "review.css?x=1", "review.css%00.html", "assets/review.css", "server.py", "api/", "api/event/", "api/event/../items",
     "api/event/" + "a" * 4000, "api/basemap/x", "api/decide"],
)  # fmt: skip
def test_a_path_that_is_none_of_ours_leads_nowhere(server, rest):
    status, _, body = ask(server, f"/{server.token}/{rest}")
    assert (status, body) == (404, b"no such page\n")


def test_a_whole_address_as_a_path_leads_nowhere(server):
    assert ask(server, f"http://{server.host}/{server.token}/")[0] == 404


@pytest.mark.parametrize("method", EVERY_METHOD)
def test_only_get_and_post_are_answered(server, method):
    status, headers, _ = ask(server, f"/{server.token}/", method=method)
    assert status in {404, 405, 501}
    assert {name: headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ("PROPFIND /{token}/ HTTP/1.1\r\n\r\n", 501),
        ("GET /{token}/ HTTP/9.9\r\n\r\n", 505),
        ("GET /{token}/ FTP/1.0\r\n\r\n", 400),
        ("GET /{token}/ x y HTTP/1.1\r\n\r\n", 400),
        ("POST /{token}/\r\n\r\n", 400),
        ("GET /{token}/" + "a" * 70_000 + " HTTP/1.1\r\n\r\n", 414),
        ("GET /{token}/ HTTP/1.1\r\n" + "a: b\r\n" * 200 + "\r\n", 431),
        ("GET /{token}/ HTTP/1.1\r\na: " + "b" * 70_000 + "\r\n\r\n", 431),
    ],
)
def test_what_is_no_request_is_refused_with_the_policy_and_without_the_path(server, request_, status):
    with socket.create_connection(server.server_address, timeout=60) as raw:
        raw.sendall(request_.format(token=server.token).encode())
        answer = http.client.HTTPResponse(raw)
        answer.begin()
        headers, body = dict(answer.getheaders()), answer.read()
    assert answer.status == status
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert server.token.encode() not in body
    assert b"<" not in body


def test_what_nobody_expected_is_answered_and_told_without_the_token(server, project, monkeypatch, capfd):
    def broken(what, given=None):
        msg = f"broken at /{server.token}/{what}\x1b[2J"
        raise RuntimeError(msg)

    monkeypatch.setattr(server.api, "get", broken)
    monkeypatch.setattr(server.api, "post", broken)
    for status, headers, body in (ask(server, f"/{server.token}/api/items"), post(server, "api/decide", {})):
        assert status == 500
        assert {name: headers[name] for name in HEADERS} == HEADERS
        assert body == b"something went wrong; the terminal says what\n"
    told = capfd.readouterr().err
    assert told.count("RuntimeError: broken at /TOKEN/") == 2
    assert server.token not in told
    assert "\x1b" not in told


def test_a_client_that_goes_away_is_not_told_of_but_all_else_is(server, capfd):
    for error in (ConnectionResetError("gone"), BrokenPipeError("gone"), TimeoutError("slow"), KeyError(server.token)):
        try:
            raise error
        except (OSError, KeyError):
            server.handle_error(None, ("127.0.0.1", 1))
    assert capfd.readouterr().err == "error: the review page could not answer: KeyError: 'TOKEN'\n"


def test_only_this_machine_can_reach_it(server):
    assert server.socket.getsockname()[0] == "127.0.0.1"
    for address in {one[4][0] for one in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {
        "127.0.0.1"
    }:
        with pytest.raises(OSError, match=r"."):
            socket.create_connection((address, server.server_address[1]), timeout=5).close()


# ---------------------------------------------------------------- what is decided
@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b"\xff", b"[" * 60_000, {"event": 1}, {"event": "x", "state": "y"}]
)
def test_a_body_that_is_no_decision_is_told_and_changes_nothing(server, project, content):
    status, headers, body = post(server, "api/decide", content)
    assert (status, headers["Content-Type"]) == (400, "application/json; charset=utf-8")
    assert json.loads(body)["error"]
    assert entries(project) == []


def test_a_decision_is_written_down_and_taken_back(server, project):
    status, _, body = post(
        server, "api/decide", decision(server, decision="move", value="near:hilltown", comment="read it")
    )
    assert status == 200
    (entry,) = entries(project)
    assert (entry.what, entry.who, entry.why, entry.value["place"]["name"]) == ("move", "anna", "read it", "Hilltown")
    assert items(server)[0]["entries"][0]["what"] == "move"
    assert post(server, "api/take-back", {"id": json.loads(body)["id"]})[0] == 200
    assert items(server)[0]["entries"] == []
    assert len(entries(project)) == 2
    assert post(server, "api/take-back", {"id": "nothing"})[0] == 400
    assert server.api.n_decisions == 2


@pytest.mark.parametrize("path", ["decide", "take-back", "api", "apidecide"])
def test_only_what_stands_under_api_decides(server, project, path):
    assert post(server, path, decision(server))[0] == 404
    assert entries(project) == []


def test_the_corrections_are_read_anew_only_where_the_file_has_changed(server, project, monkeypatch):
    n_read = []

    def counted(path):
        n_read.append(path)
        return load_corrections(path)

    monkeypatch.setattr(api, "load_corrections", counted)
    assert post(server, "api/decide", decision(server))[0] == 200
    n_first = len(n_read)
    for _ in range(3):
        assert len(items(server)[0]["entries"]) == 1
        decision(server)
    assert len(n_read) == n_first == 1
    append_corrections(project / "corrections.jsonl", [dataclasses.replace(entries(project)[0], who="ben")])
    assert len(items(server)[0]["entries"]) == 2
    assert len(n_read) == 2
    (project / "corrections.jsonl").unlink()
    assert items(server)[0]["entries"] == []


def test_a_decision_on_an_event_that_has_changed_is_refused(server, project):
    status, _, body = post(server, "api/decide", decision(server, state="00000000"))
    assert status == 400
    assert "has changed since the page was opened" in json.loads(body)["error"]
    assert entries(project) == []


def test_an_event_is_told_with_the_words_that_decided(server):
    told = json.loads(ask(server, f"/{server.token}/api/event/{items(server)[0]['id']}")[2])
    (one,) = told["sources"]
    assert [one["quote"][start:end] for start, end, _ in one["marks"]] == ["struck", "Riverton"]
    assert [place["place_id"] for place in told["alternatives"]] == ["near:hilltown"]
    around = json.loads(ask(server, f"/{server.token}/api/basemap/{told['id']}")[2])
    assert around["basemap"]["layers"]["land"]["rings"]
    assert any("GeoNames" in line for line in around["credits"])
    assert any("de facto control" in line for line in around["credits"])


# ---------------------------------------------------------------- from its start to its end
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_told_to_and_says_what_it_wrote(project, number):
    started = command("review", "--serve", "--who", "anna")
    with subprocess.Popen(started, cwd=project, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        address = process.stdout.readline().split()[-1]
        host = address.split("/")[2]
        connection = http.client.HTTPConnection(host, timeout=60)
        connection.request("GET", address.split(host)[1])
        assert connection.getresponse().status == 200
        connection.close()
        process.send_signal(number)
        out, _ = process.communicate(timeout=120)
        assert "0 decisions were written down" in out
        assert process.returncode == 0


def test_a_store_that_is_not_there_is_told_before_a_page_is(tmp_path):
    from click.testing import CliRunner

    from geoconflict.cli import main

    (tmp_path / "geoconflict.toml").write_text("")
    done = CliRunner().invoke(main, ["review", "--serve", "--config", str(tmp_path)])
    assert done.exit_code == 1
    assert "error: " in done.output


def test_scripts_of_the_page_never_write_html(server):
    for name, (kind, content) in server.files.items():
        if kind.startswith("text/javascript") and name.startswith("review_"):
            words = re.findall(
                r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\(|new Function|javascript:",
                content.decode(),
            )
            assert words == []


def test_a_decision_on_what_a_build_has_changed_meanwhile_is_refused(server, project):
    sent = decision(server)
    with EventStore(project / "geoconflict.sqlite") as store, store.transaction():
        (one,) = store.event(sent["event"]).sources
        merge_into(store.ledger, [dataclasses.replace(one, place=HILL)])
    assert post(server, "api/decide", sent)[0] == 400
    assert entries(project) == []


# ---------------------------------------------------------------- events that are added
def addition(server, **fields):
    event = items(server)[0]["id"]
    (told, *_) = json.loads(ask(server, f"/{server.token}/api/event/{event}")[2])["sources"]
    new = {
        "report": told["report"], "quote": told["quote"], "sub_event_type": "Attack", "place": HILL.place_id, "starts_on": "2021-06-07",
        "killed": "2",
    }  # fmt: skip
    return new | fields


def test_an_event_is_added_listed_until_it_is_built_and_taken_back(server, project):
    status, _, body = post(server, "api/add", addition(server))
    assert status == 200
    ((told,), (made,)) = json.loads(body)["added"], entries(project)
    assert told["words"].startswith("Attack, Hilltown, 2021-06-07, by anna: ")
    assert (made.what, made.value["killed"]["best"], made.entry_id) == ("add", 2, told["id"])
    listed = json.loads(ask(server, f"/{server.token}/api/items")[2])
    assert listed["added"] == [told]
    assert json.loads(post(server, "api/take-back", {"id": told["id"]})[2])["added"] == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"quote": "words of nobody"}, "copy it from there, word for word"),
        ({"report": "../../etc/passwd"}, "is that of no report of the store"),
        ({"killed": 2}, "a field of the decision is no text"),
        ({"place": "lon 10, lat -40"}, "Confirm it if it is meant"),
    ],
)
def test_what_cannot_be_added_is_refused_and_nothing_is_written(server, project, change, said):
    status, _, body = post(server, "api/add", addition(server, **change))
    assert (status, entries(project)) == (400, [])
    assert said in json.loads(body)["error"]


def test_another_site_adds_nothing(server, project):
    assert post(server, "api/add", addition(server), headers={"Origin": "http://evil.example"})[0] == 403
    assert entries(project) == []
