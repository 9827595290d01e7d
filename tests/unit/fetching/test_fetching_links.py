import contextlib
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoconflict.errors import MissingDependencyError
from geoconflict.fetching.links import Link, links_of_feed, links_of_list
from geoconflict.fetching.refusals import RefusedError
from geoconflict.fetching.robots import Robots

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><title>Shelling   near
Goraya</title><link href="https://news.example/a"/><updated>2020-10-04T12:00:00+04:00</updated></entry>
<entry><title>Twice</title><link href="https://news.example/a"/></entry>
<entry><title>Nowhere</title></entry></feed>"""


def test_the_links_of_an_atom_feed_come_each_once_with_what_it_says_of_them():
    assert links_of_feed(ATOM.encode(), "application/atom+xml") == [
        Link("https://news.example/a", "Shelling near Goraya", "2020-10-04T08:00:00Z")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_no_entity_is_ever_expanded_whatever_the_encoding(encoding):
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel/></rss>'
    )
    with pytest.raises(RefusedError, match="XML entities"):
        links_of_feed(bomb.encode(encoding), "application/rss+xml")


def test_an_entity_that_refers_to_a_file_reads_none(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("sesame")
    xml = f'<!doctype r [<!entity a SYSTEM "{secret.as_uri()}">]><rss version="2.0"><channel><item><link>&a;</link></item></channel></rss>'
    with pytest.raises(RefusedError, match="XML entities"):
        links_of_feed(xml.encode(), "application/rss+xml")


def test_an_address_in_place_of_a_feed_is_not_fetched(tmp_path):
    file = tmp_path / "feed.xml"
    file.write_text(ATOM)
    for text in (str(file), "http://127.0.0.1:1/feed"):
        with pytest.raises(RefusedError, match="no RSS or Atom feed"):
            links_of_feed(text.encode(), "text/xml")


@given(st.binary(max_size=300), st.sampled_from(["", "text/xml", "application/rss+xml; charset=utf-7", "x" * 50]))
def test_any_bytes_are_links_or_no_feed(data, content_type):
    item = b"<item><link>https://news.example/a</link></item>"
    begun = b"<rss version='2.0'><channel>" + item + b"<item><link>"
    for feed in (data, begun + data, begun + b"https://news.example/b</link><title>" + data):
        with contextlib.suppress(RefusedError):
            links = links_of_feed(feed, content_type)
            assert links or feed is data
            assert all(isinstance(one, Link) and one.url.strip() for one in links)


# ---------------------------------------------------------------- lists
EXPORT_ROW = "\t".join(["1"] * 59 + ["20201004120000", "https://news.example/a"])
MENTIONS_ROW = "\t".join(["1", "x", "20201004120000", "1", "s", "https://news.example/a", *["x"] * 10])

GRAPH_ROW = "\t".join(["1", "20201004120000", "1", "s", "https://news.example/a", *["x"] * 22])


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://news.example/a\n", Link("https://news.example/a")),
        ("\ufeff# mine\r\n\r\nhttps://news.example/a\r\n", Link("https://news.example/a")),
        (
            json.dumps({"articles": [{"url": "https://news.example/a", "title": "T", "seendate": "20201004T120000Z"}]}),
            Link("https://news.example/a", "T", "2020-10-04T12:00:00Z"),
        ),
        (GRAPH_ROW, Link("https://news.example/a", "", "2020-10-04T12:00:00Z")),
        ('{"articles": [{"url": "https://news.example/a", "title": "a\tb"}]}', Link("https://news.example/a", "a b")),
        ('["https://news.example/a"]', Link("https://news.example/a")),
        (
            "URL,MobileURL,Date,Title\nhttps://news.example/a,,20201004120000,T\n",
            Link("https://news.example/a", "T", "2020-10-04T12:00:00Z"),
        ),
        ("title\turl\nT\thttps://news.example/a\n", Link("https://news.example/a", "T")),
        (EXPORT_ROW + "\n" + EXPORT_ROW, Link("https://news.example/a", "", "2020-10-04T12:00:00Z")),
        (MENTIONS_ROW + "\nshort\n", Link("https://news.example/a", "", "2020-10-04T12:00:00Z")),
        ("url,date\nhttps://news.example/a,20201004", Link("https://news.example/a", "", "2020-10-04")),
        ("url,date\nhttps://news.example/a,20201399", Link("https://news.example/a")),
        ("url,date\nhttps://news.example/a,soon", Link("https://news.example/a")),
    ],
)
def test_lists_of_all_kinds_are_read(text, link):
    assert links_of_list(text.encode()) == [link]


@pytest.mark.parametrize("text", ["{", '{"status": 1}', '{"articles": 3}', "[" * 100_000])
def test_what_is_no_list_is_told(text):
    with pytest.raises(RefusedError):
        links_of_list(text.encode())


def test_rows_of_another_shape_are_left_out():
    rows = [3, None, {"url": 3}, {"title": "x"}, {"url": "https://news.example/a", "title": 3, "seendate": 3}]
    assert links_of_list(json.dumps(rows).encode()) == [Link("https://news.example/a")]


@given(st.text(max_size=200))
def test_any_text_is_a_list_or_refused(text):
    for prefix in ("", "url,date\n", "[", '{"articles":'):
        try:
            links = links_of_list((prefix + text).encode("utf-8", "surrogatepass"))
        except RefusedError:
            continue
        assert len({one.url for one in links}) == len(links)


# ---------------------------------------------------------------- what need not be installed
def test_without_feedparser_the_command_that_installs_it_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "feedparser", None)
    with pytest.raises(MissingDependencyError, match=r"pip install '.*\[feeds\]'"):
        links_of_feed(ATOM.encode(), "application/atom+xml")


def test_without_protego_nothing_is_fetched(monkeypatch):
    monkeypatch.setitem(sys.modules, "protego", None)
    with pytest.raises(MissingDependencyError, match=r"pip install '.*\[fetch\]'"):
        Robots("x", lambda *_args, **_options: None)
