"""Downloads against a real server on the loopback that breaks off, refuses, stalls and changes its mind."""

import hashlib
import json
import time

import pytest
from loopback import serving

from geoconflict.errors import InputError, ServiceUnavailableError
from geoconflict.places.installing.download import MAX_TRIES, Downloader

BODY = bytes(range(256)) * 2000
PATH = "/AZ.zip"


@pytest.fixture
def site():
    with serving() as site:
        site.put(PATH, BODY, '"v1"')
        yield site


@pytest.fixture
def waits():
    return []


@pytest.fixture
def downloader(waits):
    return Downloader(timeout_seconds=2, total_seconds=20, sleep=waits.append)


def cut(at, body=BODY, etag='"v1"'):
    def answer(request):
        marks = {"ETag": etag} if etag else {}
        if request.headers.get("Range") and request.headers.get("If-Range") == etag:
            start = int(request.headers["Range"][6:-1])
            request.send(
                206, body[start:], cut_at=at, **marks, **{"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"}
            )
        else:
            request.send(200, body, cut_at=at, **marks)

    return answer


def status(code, **headers):
    return lambda request: request.send(code, b"busy", **headers)


def test_a_file_arrives_whole_with_its_hash_and_marks(site, downloader, tmp_path, waits):
    fetched = downloader.fetch(site.url + PATH, tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == BODY
    assert fetched.sha256 == hashlib.sha256(BODY).hexdigest()
    assert (fetched.n_bytes, fetched.etag, waits) == (len(BODY), '"v1"', [])
    assert [one.name for one in tmp_path.iterdir()] == ["x"]
    assert "geoconflict/" in site.requests[0][1]["user-agent"]


def test_a_download_that_breaks_off_goes_on_where_it_stopped(site, downloader, tmp_path, waits):
    site.next_answers[PATH] = [cut(100_000), cut(50_000)]
    downloader.fetch(site.url + PATH, tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == BODY
    assert [one[1].get("range") for one in site.requests] == [None, "bytes=100000-", "bytes=150000-"]
    assert site.requests[1][1]["if-range"] == '"v1"'
    assert waits == [1.0, 2.0]


def test_another_run_goes_on_too(site, downloader, tmp_path):
    site.next_answers[PATH] = [cut(70_000), *[status(500)] * MAX_TRIES]
    with pytest.raises(ServiceUnavailableError, match="70,000 bytes have arrived and are kept"):
        downloader.fetch(site.url + PATH, tmp_path / "x")
    assert not (tmp_path / "x").exists()
    site.next_answers.clear()
    site.requests.clear()
    downloader.fetch(site.url + PATH, tmp_path / "x")
    assert site.requests[0][1]["range"] == "bytes=70000-"
    assert (tmp_path / "x").read_bytes() == BODY


def test_a_file_that_changes_midway_is_fetched_from_its_beginning(site, downloader, tmp_path):
    def break_off_and_change(request):
        cut(100_000)(request)
        site.put(PATH, BODY[::-1], '"v2"')

    site.next_answers[PATH] = [break_off_and_change]
    fetched = downloader.fetch(site.url + PATH, tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == BODY[::-1]
    assert fetched.etag == '"v2"'


def test_without_a_mark_of_the_version_nothing_is_pieced_together(site, downloader, tmp_path):
    site.next_answers[PATH] = [cut(100_000, etag="")]
    downloader.fetch(site.url + PATH, tmp_path / "x")
    assert "range" not in site.requests[1][1]
    assert (tmp_path / "x").read_bytes() == BODY


def test_a_weak_mark_does_not_join_two_parts(site, downloader, tmp_path):
    site.next_answers[PATH] = [cut(100_000, etag='W/"v1"')]
    downloader.fetch(site.url + PATH, tmp_path / "x")
    assert "range" not in site.requests[1][1]


def test_a_part_that_was_not_asked_for_is_thrown_away(site, downloader, tmp_path):
    def wrong_part(request):
        request.send(206, BODY[5:], ETag='"v1"', **{"Content-Range": f"bytes 5-{len(BODY) - 1}/{len(BODY)}"})

    site.next_answers[PATH] = [cut(1000), wrong_part]
    downloader.fetch(site.url + PATH, tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == BODY


def test_the_note_of_another_address_is_not_believed(site, downloader, tmp_path):
    (tmp_path / "x.part").write_bytes(b"of something else")
    note = {"url": "http://elsewhere.invalid/AZ.zip", "etag": '"v1"', "last_modified": ""}
    (tmp_path / "x.part.json").write_text(json.dumps(note))
    downloader.fetch(site.url + PATH, tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == BODY


def test_a_range_beyond_the_end_starts_over(site, downloader, tmp_path):
    (tmp_path / "x.part").write_bytes(BODY + b"more")
    (tmp_path / "x.part.json").write_text(json.dumps({"url": site.url + PATH, "etag": '"v1"', "last_modified": ""}))
    downloader.fetch(site.url + PATH, tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == BODY


def test_a_version_that_is_known_is_not_sent_again(site, downloader, tmp_path):
    assert downloader.fetch(site.url + PATH, tmp_path / "x", etag='"v1"') is None
    assert downloader.fetch(site.url + PATH, tmp_path / "x", etag='"v0"') is not None


def test_a_missing_file_is_said_at_once(site, downloader, tmp_path, waits):
    with pytest.raises(InputError, match=r"/XX\.zip: the server answered 404.*there is no such file"):
        downloader.fetch(site.url + "/XX.zip", tmp_path / "x")
    assert (len(site.requests), waits) == (1, [])


def test_a_refusal_is_not_asked_again(site, downloader, tmp_path):
    site.next_answers[PATH] = [status(403)]
    with pytest.raises(InputError, match="403"):
        downloader.fetch(site.url + PATH, tmp_path / "x")
    assert len(site.requests) == 1


def test_too_many_requests_waits_as_long_as_it_says(site, downloader, tmp_path, waits):
    site.next_answers[PATH] = [status(429, **{"Retry-After": "7"})]
    downloader.fetch(site.url + PATH, tmp_path / "x")
    assert waits == [7.0]


def test_a_date_to_retry_after_is_understood(site, downloader, tmp_path, waits):
    at = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 9))
    site.next_answers[PATH] = [status(503, **{"Retry-After": at})]
    downloader.fetch(site.url + PATH, tmp_path / "x")
    assert 5 < waits[0] < 10


@pytest.mark.parametrize("value", ["86400", "nan", "inf", "soon"])
def test_a_long_or_odd_wait_is_bounded(site, downloader, tmp_path, waits, value):
    site.next_answers[PATH] = [status(429, **{"Retry-After": value})]
    if value == "86400":
        with pytest.raises(ServiceUnavailableError, match="asks to wait 86400 seconds"):
            downloader.fetch(site.url + PATH, tmp_path / "x")
        assert waits == []
    else:
        downloader.fetch(site.url + PATH, tmp_path / "x")
        assert waits == [1.0]


def test_a_server_that_recovers_is_asked_again(site, downloader, tmp_path, waits):
    site.next_answers[PATH] = [status(500), status(502)]
    downloader.fetch(site.url + PATH, tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == BODY
    assert waits == [1.0, 2.0]


def test_a_server_that_does_not_recover_is_given_up(site, downloader, tmp_path):
    site.next_answers[PATH] = [status(500)] * 50
    with pytest.raises(ServiceUnavailableError, match=f"500.*{MAX_TRIES} tries.*again later"):
        downloader.fetch(site.url + PATH, tmp_path / "x")
    assert len(site.requests) == MAX_TRIES


def test_nobody_answers(downloader, tmp_path, waits):
    with serving() as gone:
        url = gone.url
    with pytest.raises(ServiceUnavailableError, match="no answer"):
        downloader.fetch(url + PATH, tmp_path / "x")
    assert len(waits) == MAX_TRIES - 1


def test_a_slow_drip_ends_at_the_deadline(site, tmp_path):
    def drip(request):
        request.send(200, BODY, cut_at=0, ETag='"v1"')
        for byte in BODY[:200]:
            request.wfile.write(bytes([byte]))
            request.wfile.flush()
            time.sleep(0.02)

    site.next_answers[PATH] = [drip] * MAX_TRIES
    started = time.monotonic()
    with pytest.raises(ServiceUnavailableError, match="too slow; not done within 0.3 seconds"):
        Downloader(timeout_seconds=2, total_seconds=0.3).fetch(site.url + PATH, tmp_path / "x")
    assert time.monotonic() - started < 3
    assert (tmp_path / "x.part").stat().st_size > 0


def test_a_file_that_is_too_large_is_refused_before_it_arrives(site, tmp_path):
    with pytest.raises(InputError, match="larger than 1,000 bytes"):
        Downloader(max_bytes=1000).fetch(site.url + PATH, tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_hides_its_size_is_refused_too(site, tmp_path):
    def chunked(request):
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        for _ in range(100):
            request.wfile.write(b"400\r\n" + bytes(1024) + b"\r\n")
        request.wfile.write(b"0\r\n\r\n")

    site.next_answers[PATH] = [chunked]
    with pytest.raises(InputError, match="larger than 5,000 bytes"):
        Downloader(max_bytes=5000).fetch(site.url + PATH, tmp_path / "x")


def test_chunks_that_end_too_early_are_not_a_file(site, downloader, tmp_path):
    def chunked(request):
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        request.wfile.write(b"400\r\n" + bytes(500))

    site.next_answers[PATH] = [chunked]
    downloader.fetch(site.url + PATH, tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == BODY


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://127.0.0.1/x", "AZ.zip"])
def test_only_http_is_asked(downloader, tmp_path, url):
    with pytest.raises(InputError, match="not an http or https address"):
        downloader.fetch(url, tmp_path / "x")


def test_a_redirect_to_a_file_is_not_followed(site, downloader, tmp_path):
    site.next_answers[PATH] = [status(302, Location="file:///etc/hostname")] * MAX_TRIES
    with pytest.raises((InputError, ServiceUnavailableError)):
        downloader.fetch(site.url + PATH, tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_a_folder_that_cannot_be_written_is_not_tried_again(site, downloader, tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        downloader.fetch(site.url + PATH, tmp_path / "absent" / "x")
    assert len(site.requests) == 1
