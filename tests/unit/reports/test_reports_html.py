"""Web pages: the day is what the page states, never what could be guessed; encodings; what a page says of itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from report_files import PUBLISHED, article

from geoconflict.models import Report, RunFailure
from geoconflict.reports import read_documents
from geoconflict.reports._html_text import text_of_html

TODAY = dt.date(2024, 5, 1)
DAY = dt.date(2021, 3, 4)


def read(path: Path, data: str | bytes) -> Report | RunFailure:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    (one,) = read_documents(path, allow_undated=False, today=TODAY)
    return one


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    ("head", "top"),
    [
        ('<meta property="article:published_time" content="2021-03-04">', ""),
        ('<meta content="2021-03-04T10:00:00Z" name="DC.date.issued">', ""),
        ('<meta itemprop="datePublished" content="March 4, 2021">', ""),
        ('<meta name="pubdate" content="04/03/2021"><meta name="date" content="20210304">', ""),
        (ld('{"@type": "NewsArticle", "datePublished": "2021-03-04"}'), ""),
        (ld('[{"@type": ["Report", "Thing"], "datePublished": "2021-03-04"}]'), ""),
        (ld('{"@graph": [{"@type": "WebSite"}, {"@type": "LiveBlogPosting", "datePublished": "2021-03-04"}]}'), ""),
        (ld("{broken") + ld('{"@type": "https://schema.org/Article", "datePublished": "2021-03-04"}'), ""),
        ("", '<time datetime="2021-03-04T10:00:00Z">yesterday</time>'),
        ("", "<time>4 March 2021</time>"),
        ("", '<time class="updated" datetime="2021-03-09">9 March</time><time datetime="2021-03-04">x</time>'),
        ("", '<time class="updated" datetime="2021-03-09">9 March</time><time itemprop="datePublished" datetime="2021-03-04">x</time>'),
        ("", '<time datetime="2021-03-04">x</time><time datetime="2021-03-04T10:00:00Z">x</time>'),
    ],
)  # fmt: skip
def test_day_that_a_page_states(tmp_path: Path, head: str, top: str) -> None:
    one = read(tmp_path / "a.html", article(head, top))
    assert isinstance(one, Report)
    assert one.published_on == DAY


def test_what_is_surest_holds(tmp_path: Path) -> None:
    head = (
        PUBLISHED
        + ld('{"@type": "Article", "datePublished": "2021-03-04"}')
        + '<meta name="date" content="2021-03-06">'
    )
    one = read(tmp_path / "2021-03-07.html", article(head, '<time datetime="2021-03-08">x</time>'))
    assert isinstance(one, Report)
    assert one.published_on == DAY


@pytest.mark.parametrize(
    ("head", "top"),
    [
        ("", ""),
        ('<meta property="article:modified_time" content="2021-03-04">', ""),
        ('<meta name="copyright" content="2021-03-04">', "<p>Copyright 4 March 2021</p>"),
        ("", "<p>On 4 March 2021 the town was shelled.</p>"),
        (ld('{"@type": "NewsArticle", "dateModified": "2021-03-04"}'), ""),
        (ld('{"@type": "VideoObject", "datePublished": "2021-03-04"}'), ""),
        (ld('{"@type": "WebPage", "datePublished": "2021-03-04"}'), ""),
        (ld('{"@type": "ItemList", "itemListElement": [{"@type": "Article", "datePublished": "2021-03-04"}]}'), ""),
        ("", '<time class="modified" datetime="2021-03-04">4 March 2021</time>'),
        ('<meta property="article:published_time" content="04/03/2021">', ""),
        ('<link rel="canonical" href="https://agency.example/2021/03/04/tarvan">', ""),
    ],
)
def test_day_that_could_only_be_guessed_is_not_taken(tmp_path: Path, head: str, top: str) -> None:
    one = read(tmp_path / "a.html", article(head, top))
    assert isinstance(one, RunFailure)
    assert one.what == "the page states no day of publication"
    assert "rename the file to begin with the day" in one.repair
    named = read(tmp_path / "2021-02-03-a.html", article(head, top))
    assert isinstance(named, Report)
    assert named.published_on == dt.date(2021, 2, 3), "the repair works"


@pytest.mark.parametrize(
    ("head", "top", "where"),
    [
        (ld('[{"@type": "Article", "datePublished": "2021-03-04"}, {"@type": "Article", "datePublished": "2021-03-05"}]'), "", "JSON-LD"),
        ("", '<time datetime="2021-03-04">x</time><time datetime="2021-03-05">y</time>', "its time elements"),
        (PUBLISHED + PUBLISHED.replace("-04", "-05"), "", "its meta elements"),
        (PUBLISHED + '<meta itemprop="datePublished" content="2021-03-05">', "", "its meta elements"),
        (PUBLISHED + ld('{"@type": "Article", "datePublished": "2021-03-05"}'), "", "its meta elements and JSON-LD"),
    ],
)  # fmt: skip
def test_page_that_gives_several_days(tmp_path: Path, head: str, top: str, where: str) -> None:
    one = read(tmp_path / "a.html", article(head, top))
    assert isinstance(one, RunFailure)
    assert one.what == f"the page gives several days of publication in {where}, from 2021-03-04 to 2021-03-05"
    named = read(tmp_path / "2021-03-04-a.html", article(head, top))
    assert isinstance(named, Report), "the repair works"
    assert named.published_on == DAY


@pytest.mark.parametrize(
    "other",
    [
        '<meta itemprop="datePublished" content="2021-03-05T01:00:00+04:00">',
        ld('{"@type": "Article", "datePublished": "2021-03-05T01:00:00+04:00"}'),
        ld(
            '[{"@type": "Article", "datePublished": "2021-03-04"}, {"@type": "Article", "datePublished": "2021-02-01"}]'
        ),
    ],
)
def test_one_moment_in_two_zones_and_other_articles_are_no_other_day(tmp_path: Path, other: str) -> None:
    head = '<meta property="article:published_time" content="2021-03-04T21:00:00Z">' + other
    one = read(tmp_path / "a.html", article(head, ""))
    assert isinstance(one, Report)
    assert one.published_on == DAY


@pytest.mark.parametrize(
    ("encoding", "meta"),
    [
        ("utf-8", ""),
        ("utf-8", '<meta charset="utf-8">'),
        ("windows-1251", '<meta charset="windows-1251">'),
        ("koi8-r", '<meta http-equiv="Content-Type" content="text/html; charset=KOI8-R">'),
        ("utf-8", '<meta charset="nonsense">'),
        ("utf-16", '<meta charset="utf-8">'),
        ("utf-8-sig", '<meta charset="windows-1251">'),
    ],
)
def test_encoding_of_a_page(tmp_path: Path, encoding: str, meta: str) -> None:
    words = "Обстрел города Тарван. Three people were wounded, the mayor of Тарван said."
    one = read(tmp_path / "a.html", article(meta + PUBLISHED, f"<p>{words}</p>").encode(encoding))
    assert isinstance(one, Report)
    assert words in one.text


def test_page_without_an_article(tmp_path: Path) -> None:
    for name, data in [
        ("a.html", "<html><body></body></html>"),
        ("b.html", "x"),
        ("c.html", "<html>"),
        ("d.html", " "),
    ]:
        one = read(tmp_path / name, data)
        assert isinstance(one, RunFailure)
        assert one.what in (
            "no article was found in the page",
            "the page states no day of publication",
            "the text is blank",
        )


def test_comments_of_readers_are_no_part_of_the_report(tmp_path: Path) -> None:
    comments = '<section id="comments"><div class="comment"><p>I heard that rockets fell on Berun as well, twenty of them.</p></div></section>'
    one = read(tmp_path / "a.html", article().replace("</article>", f"</article>{comments}"))
    assert isinstance(one, Report)
    assert "Berun" not in one.text


def test_xhtml_with_a_declaration(tmp_path: Path) -> None:
    one = read(tmp_path / "a.xhtml", '<?xml version="1.0" encoding="utf-8"?>\n' + article())
    assert isinstance(one, Report)
    assert one.published_on == DAY


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Shells &amp; <b>rock</b>ets", "Shells & rockets"),
        ("<p>One\ntwo</p><p>Three</p>", "One two\n\nThree"),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("<style>p {}</style>A<script>if (a < b) {}</script>B<!-- <p>C</p> -->", "AB"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ('<a title="x > y">A</a><a title=\'">\'>B</a>', "AB"),
        ("<script src='x'/>A", "A"),
        ("A<script>never closed", "A"),
        ("A<b never closed", "A<b never closed"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"),
        ("&lt;p&gt;", "<p>"),
        ("İ<SCRIPT>x</Script>A", "İA"),
        ('<a title="broken>Shells hit ' + "x" * 2000 + ' he said "no".</a>', f'Shells hit {"x" * 2000} he said "no".'),
        ("", ""),
    ],
)
def test_text_of_html(markup: str, text: str) -> None:
    assert text_of_html(markup) == text
