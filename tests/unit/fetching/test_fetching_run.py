"""Runs against a decent server, and one that changes: what is kept, what is asked again, what is told."""

import contextlib
import json
from pathlib import Path

import pytest
from feed_files import feed
from loopback import Request

from geoconflict.atomic import replacing
from geoconflict.errors import ConfigError, InputError
from geoconflict.fetching.folder import FetchedFolder
from geoconflict.retrieval import retrieval_of, side_car_of
from geoconflict.settings import FeedSettings

HTML = {"Content-Type": "text/html"}
RSS = {"Content-Type": "application/rss+xml"}


def page(text):
    return f"<html><p>{text}</p></html>".encode()


def paths(site):
    return [path for path, _ in site.requests]


def snapshot(folder):
    """Every file with its bytes and the moment it was written."""
    return {one: (one.read_bytes(), one.stat().st_mtime_ns) for one in folder.rglob("*") if one.is_file()}


@pytest.fixture
def news(desk):
    """A feed of two pages."""
    site = desk.site
    site.put("/a.html", page("Shelling near Goraya."))
    site.put("/b.html", page("A truce."))
    site.put("/feed.xml", feed(f"{site.url}/a.html", "/b.html"))
    desk.feeds_ = [FeedSettings(url=f"{site.url}/feed.xml")]
    return site


# ---------------------------------------------------------------- a first run, and one after it
def test_a_feed_brings_the_pages_that_it_links_to(desk, news):
    report = desk.run().feeds()
    assert report.counts == {"new": 3}
    first, second = desk.files()
    assert {first.read_bytes(), second.read_bytes()} == {page("Shelling near Goraya."), page("A truce.")}
    told = retrieval_of(first)
    assert told.url in {f"{news.url}/a.html", f"{news.url}/b.html"}
    assert told.retrieved_at == desk.clock.now
    assert (told.status, told.content_type) == (200, "text/html")
    assert (told.listed.by, told.listed.title) == (f"{news.url}/feed.xml", "Shelling")
    assert told.listed.published == "2020-10-04T12:00:00Z"
    assert told.is_private  # it came from the loopback, which the test allowed


def test_a_feed_that_is_followed_is_no_report_and_one_that_is_not_is(desk, news):
    desk.run().feeds()
    assert [one.parent.parent.name for one in desk.files("*.xml")] == [".feeds"]
    desk.folder = desk.folder.with_name("other")
    desk.options["folder"] = str(desk.folder)
    desk.feeds_ = [FeedSettings(url=f"{news.url}/feed.xml", follow=False)]
    assert desk.run().feeds().counts == {"new": 1}
    assert [one.parent.parent.name for one in desk.files("*.xml")] == ["other"]


def test_a_second_run_asks_the_feed_alone_and_writes_nothing(desk, news):
    desk.run().feeds()
    before = {file: state for file, state in snapshot(desk.folder).items() if file.name != ".checked.jsonl"}
    news.requests.clear()
    desk.clock.pass_(hours=1)
    assert desk.run().feeds().counts == {"unchanged": 1, "fresh": 2}
    assert paths(news) == ["/robots.txt", "/feed.xml"]
    assert news.requests[1][1]["if-none-match"] == news.etags["/feed.xml"]
    after = {file: state for file, state in snapshot(desk.folder).items() if file.name != ".checked.jsonl"}
    assert after == before


def test_a_day_later_pages_are_asked_whether_they_changed(desk, news):
    desk.run().feeds()
    before = {file: state for file, state in snapshot(desk.folder).items() if file.name != ".checked.jsonl"}
    news.requests.clear()
    desk.clock.pass_(hours=25)
    assert desk.run().feeds().counts == {"unchanged": 3}
    assert all("if-none-match" in headers for path, headers in news.requests if path != "/robots.txt")
    assert {file: state for file, state in snapshot(desk.folder).items() if file.name != ".checked.jsonl"} == before


def test_a_page_without_an_etag_is_asked_for_by_its_date_and_told_apart_by_its_bytes(desk):
    marks = {**HTML, "Last-Modified": "Sun, 04 Oct 2020 12:00:00 GMT"}
    desk.site.next_answers["/a.html"] = [lambda request: request.send(200, page("x"), **marks)] * 2
    assert desk.get("/a.html").counts == {"new": 1}
    assert desk.get("/a.html").counts == {"unchanged": 1}
    assert desk.site.requests[-1][1]["if-modified-since"] == "Sun, 04 Oct 2020 12:00:00 GMT"


def test_old_pages_are_asked_for_more_and_more_rarely_and_then_not_at_all(desk, news):
    asked = 0
    for _ in range(40):
        news.requests.clear()
        desk.run().feeds()
        asked += "/a.html" in paths(news)
        desk.clock.pass_(hours=25)
    assert 5 <= asked <= 12


# ---------------------------------------------------------------- pages that change, vanish and come back
def test_a_page_that_changed_keeps_its_history(desk, news):
    desk.run().feeds()
    (old,) = (one for one in desk.files() if one.read_bytes() == page("Shelling near Goraya."))
    news.put("/a.html", page("Shelling near Goraya, the ministry denies it."))
    desk.clock.pass_(hours=25)
    assert desk.run().feeds().counts == {"unchanged": 2, "changed": 1}
    new = old.with_name(f"{old.stem}.2.html")
    assert new.read_bytes() == page("Shelling near Goraya, the ministry denies it.")
    assert old.read_bytes() == page("Shelling near Goraya.")
    first, second = retrieval_of(old), retrieval_of(new)
    assert (first.replaced_by, first.is_current) == (new.name, False)
    assert (second.replaces, second.version, second.is_current) == (old.name, 2, True)
    assert second.retrieved_at > first.retrieved_at


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_vanished_is_marked_and_stays(desk, news, status):
    desk.run().feeds()
    (file,) = (one for one in desk.files() if one.read_bytes() == page("Shelling near Goraya."))
    news.next_answers["/a.html"] = [lambda request: request.send(status, b"")] * 2
    desk.clock.pass_(hours=25)
    assert desk.run().feeds().counts == {"unchanged": 2, "withdrawn": 1}
    told = retrieval_of(file)
    assert (told.withdrawn_at, told.withdrawn_status, told.is_current) == (desk.clock.now, status, False)
    assert file.read_bytes() == page("Shelling near Goraya.")
    desk.clock.pass_(hours=25)
    assert desk.run().feeds().counts == {"unchanged": 3}
    assert retrieval_of(file) == told
    desk.clock.pass_(hours=49)
    assert desk.run().feeds().counts == {"unchanged": 3}
    back = retrieval_of(file)
    assert (back.withdrawn_at, back.returned_at, back.is_current) == (None, desk.clock.now, True)


def test_a_page_that_its_feed_forgot_is_still_looked_after(desk, news):
    desk.run().feeds()
    news.put("/feed.xml", feed(f"{news.url}/b.html"))
    news.next_answers["/a.html"] = [lambda request: request.send(410, b"")]
    desk.clock.pass_(hours=25)
    assert desk.run().feeds().counts == {"changed": 1, "unchanged": 1, "withdrawn": 1}


def test_a_feed_that_is_no_longer_configured_is_left_alone_with_its_pages(desk, news):
    desk.run().feeds()
    news.put("/other.xml", feed())
    desk.feeds_ = [FeedSettings(url=f"{news.url}/other.xml")]
    desk.clock.pass_(hours=25)
    news.requests.clear()
    desk.run().feeds()
    assert paths(news) == ["/robots.txt", "/other.xml"]


def test_a_page_that_was_never_here_and_is_not_there_is_a_failure(desk):
    report = desk.get("/none.html")
    assert report.counts == {"missing": 1}
    assert "404" in report.failures[0].what


# ---------------------------------------------------------------- a run that dies
def test_a_run_that_dies_between_two_writes_is_made_whole_by_the_next(desk, news, monkeypatch):
    """Dies at each write in turn; what a run without a death makes is what the next run leaves."""
    from geoconflict.fetching import folder as module

    def names():
        visible = [one.relative_to(desk.folder) for one in desk.folder.rglob("*") if one.is_file()]
        return sorted(str(one) for one in visible if one.name != ".checked.jsonl")

    def contents():
        return {name: (desk.folder / name).read_bytes() for name in names()}

    desk.run().feeds()
    news.put("/a.html", page("Changed."))
    desk.clock.pass_(hours=25)
    desk.run().feeds()
    whole = contents()

    real = module._write
    n_deaths = 0
    for dies_at in range(1, 30):
        news.put("/a.html", page("Shelling near Goraya."))
        desk.folder = desk.folder.with_name(f"dies-{dies_at}")
        desk.options["folder"] = str(desk.folder)
        desk.clock.pass_(hours=-25)
        n_writes = 0

        def write(path, data, dies_at=dies_at):
            nonlocal n_writes
            n_writes += 1
            if n_writes == dies_at:
                raise KeyboardInterrupt
            real(path, data)

        monkeypatch.setattr(module, "_write", write)
        for _ in range(2):
            try:
                desk.run().feeds()
            except KeyboardInterrupt:
                n_deaths += 1
                for file in desk.folder.rglob("*.html"):  # what is there at any moment has its side-car
                    assert retrieval_of(file) is not None
                desk.run().feeds()
            if desk.clock.now.day == 1:
                news.put("/a.html", page("Changed."))
                desk.clock.pass_(hours=25)
        assert contents() == whole
    assert n_deaths >= 8


def test_what_a_killed_run_left_half_written_is_swept_away_and_nothing_else(desk, news):
    desk.run().feeds()
    host = desk.files()[0].parent
    (host / ".mine").write_text("a note")
    before = {file for file in desk.folder.rglob("*") if file.is_file()}
    for target in (
        desk.files()[0],
        side_car_of(desk.files()[0]),
        *(desk.folder / one for one in (".checked.jsonl", ".pauses.json")),
    ):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "unlink", lambda *_args, **_options: None)  # a killed process removes nothing
            with contextlib.suppress(KeyboardInterrupt), replacing(target) as temporary:
                temporary.write_bytes(b"half")
                raise KeyboardInterrupt
    assert len({file for file in desk.folder.rglob("*") if file.is_file()} - before) == 4
    desk.clock.pass_(hours=25)
    desk.run().feeds()
    assert {file for file in desk.folder.rglob("*") if file.is_file()} == before


def test_two_runs_are_not_at_work_in_one_folder(desk, news):
    with FetchedFolder(desk.folder).at_work(), pytest.raises(InputError, match="another `geoconflict fetch`"):
        desk.run().feeds()


def test_a_folder_that_cannot_be_made_is_told(desk, tmp_path):
    (tmp_path / "fetched").write_text("a file")
    with pytest.raises(InputError, match=r"fetching\.folder"):
        desk.get("/a.html")


def test_hidden_files_that_are_damaged_cost_nothing_but_a_question(desk, news):
    desk.run().feeds()
    (desk.folder / ".checked.jsonl").write_bytes(b'\xff\n["x"]\n3\n{}\n["http://127.0.0.1/", 3]')
    (desk.folder / ".pauses.json").write_bytes(b"[1]")
    assert desk.run().feeds().counts == {"unchanged": 3}


def test_the_journal_of_what_was_asked_does_not_grow_for_ever(desk, news):
    for _ in range(60):
        desk.run().feeds()
        desk.clock.pass_(hours=25)
    n_lines = len((desk.folder / ".checked.jsonl").read_bytes().splitlines())
    assert n_lines <= 2 * 3 + 101


# ---------------------------------------------------------------- manners
def test_robots_txt_is_obeyed_and_asked_for_once(desk, news):
    news.put("/robots.txt", "User-agent: *\nDisallow: /a\nUser-agent: border-watch-tests\nDisallow: /b\n")
    report = desk.run().feeds()
    assert report.counts == {"new": 2, "disallowed": 1}
    assert "robots.txt" in report.notes[0].what
    assert report.n_failures == 0
    assert paths(news) == ["/robots.txt", "/feed.xml", "/a.html"]


def test_robots_txt_of_a_public_site_is_asked_for_once_whoever_named_it(desk, internet):
    desk.site.put("/feed.xml", feed("http://news.example/a.html"))
    desk.site.put("/a.html", page("x"))
    desk.feeds_ = [FeedSettings(url="http://news.example/feed.xml")]
    assert desk.run(internet.connector()).feeds().counts == {"new": 2}
    assert paths(desk.site) == ["/robots.txt", "/feed.xml", "/a.html"]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_where_robots_txt_cannot_be_had_nothing_is_fetched(desk, news, status):
    news.next_answers["/robots.txt"] = [lambda request: request.send(status, b"")] * 9
    report = desk.run().feeds()
    assert report.counts == {"failed": 1}
    assert "robots.txt cannot be had" in report.failures[0].what
    assert set(paths(news)) == {"/robots.txt"}


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_robots_txt_lets_everything_be_fetched(desk, news, status):
    news.next_answers["/robots.txt"] = [lambda request: request.send(status, b"")]
    assert desk.run().feeds().counts == {"new": 3}


def test_a_robots_txt_that_does_not_end_lets_nothing_be_fetched(desk, news):
    news.put("/robots.txt", b"# \n" * 300_000)
    assert "larger than" in desk.run().feeds().failures[0].what


def test_a_crawl_delay_is_kept(desk, news):
    news.put("/robots.txt", "User-agent: *\nCrawl-delay: 7\n")
    desk.run().feeds()
    assert desk.stop.waits == [7.0] * 2  # before the two pages; the delay was not known before robots.txt


def test_a_pause_is_kept_between_two_requests_to_one_host(desk, news):
    desk.options["min_delay_seconds"] = 3.0
    desk.run().feeds()
    assert desk.stop.waits == [3.0] * 3  # after robots.txt, the feed, a page


def test_who_asks_is_said(desk, news):
    desk.run().feeds()
    assert {headers["user-agent"] for _, headers in news.requests} == {desk.options["user_agent"]}
    assert {headers["host"] for _, headers in news.requests} == {news.url.removeprefix("http://")}


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "border-watch/1.0",
        "border-watch/1.0 (me@example.org)",
        "a@b.org\r\nHost: x",
        "ü (a@b.org)",
        "x" * 400 + " a@b.org",
    ],
)
def test_nothing_is_fetched_by_nobody(desk, agent):
    desk.options["user_agent"] = agent
    with pytest.raises(ConfigError, match=r"fetching\.user_agent"):
        desk.get("/a.html")
    assert desk.site.requests == []


def test_a_short_retry_after_is_waited_for(desk):
    desk.site.put("/a.html", page("x"))
    desk.site.next_answers["/a.html"] = [lambda request: request.send(429, b"", **{"Retry-After": "30"})]
    assert desk.get("/a.html").counts == {"new": 1}
    assert desk.stop.waits == [30.0]


def test_a_long_retry_after_is_kept_by_later_runs_too(desk, news):
    news.next_answers["/a.html"] = [lambda request: request.send(503, b"", **{"Retry-After": "3600"})]
    report = desk.run().feeds()
    assert report.counts == {"new": 1, "postponed": 2}
    assert "asks to be left alone" in report.notes[0].what
    news.requests.clear()
    desk.clock.pass_(minutes=10)
    assert desk.run().feeds().counts == {"postponed": 1}
    assert news.requests == []
    desk.clock.pass_(minutes=60)
    assert desk.run().feeds().counts == {"unchanged": 1, "new": 2}
    assert json.loads((desk.folder / ".pauses.json").read_bytes()) == {}


def test_failures_are_tried_again_with_longer_and_longer_pauses(desk):
    desk.site.put("/a.html", page("x"))
    desk.site.next_answers["/a.html"] = [lambda request: request.send(502, b"")] * 2
    assert desk.get("/a.html").counts == {"new": 1}
    assert desk.stop.waits == [1.0, 2.0]


def test_a_host_that_keeps_failing_is_left_alone(desk):
    desk.options["max_tries"] = 1
    urls = [f"/{number}.html" for number in range(10)]
    for url in urls:
        desk.site.next_answers[url] = [lambda request: request.send(500, b"")]
    report = desk.get(*urls)
    assert report.counts == {"failed": 10}
    assert len(desk.site.requests) == 4  # robots.txt and three pages
    assert "3 times in a row" in report.failures[-1].what


def test_hosts_are_asked_in_turn(desk, internet):
    for number in range(3):
        desk.site.put(f"/{number}.html", page(number))
    urls = [f"http://{host}.example/{number}.html" for host in "ab" for number in range(3)]
    desk.options["min_delay_seconds"] = 5.0
    desk.get(*urls, connector=internet.connector())
    hosts = [headers["host"][0] for path, headers in desk.site.requests if path != "/robots.txt"]
    assert "".join(hosts) == "ababab"


# ---------------------------------------------------------------- how far a feed leads
def test_a_feed_leads_no_further_than_it_may(desk, internet):
    site = desk.site
    site.put("/feed.xml", feed(*[f"http://news.example/{number}" for number in range(5)], "http://ads.example/x"))
    site.etags["/feed.xml"] = ""
    for number in range(5):
        site.next_answers[f"/{number}"] = [lambda request: request.send(200, page("x"), **HTML)]
    desk.feeds_ = [FeedSettings(url="http://www.news.example/feed.xml", max_links=3, hosts=("news.example",))]
    report = desk.run(internet.connector()).feeds()
    assert report.counts == {"new": 4, "left_out": 3}
    assert "ads.example" not in internet.looked_up


def test_links_of_a_feed_are_judged_like_any_address(desk, internet):
    links = [
        "file:///etc/passwd",
        "http://127.0.0.1:6379/",
        "http://me:sesame@news.example/",
        "http://169.254.169.254/",
    ]
    desk.site.put("/feed.xml", feed(*links))
    internet.addresses |= {"169.254.169.254": [["169.254.169.254"]]}
    desk.feeds_ = [FeedSettings(url="http://news.example/feed.xml")]
    report = desk.run(internet.connector()).feeds()
    assert report.counts == {"new": 1, "refused": 4}
    assert "sesame" not in str(report.to_dict())


def test_a_public_feed_leads_to_nothing_that_is_allowed_of_an_intranet(desk, internet):
    internet.addresses["10.1.2.3"] = [["10.1.2.3"]]
    desk.site.put("/feed.xml", feed("http://10.1.2.3/x"))
    desk.feeds_ = [FeedSettings(url="http://news.example/feed.xml")]
    report = desk.run(internet.connector(allowed=("10.1.2.3:80",))).feeds()
    assert report.counts == {"new": 1, "refused": 1}
    assert "a public page leads to" in report.failures[0].what
    assert {ip for ip, _ in internet.connected} == {"93.184.216.34"}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            '<!DOCTYPE r [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><rss version="2.0"><channel/></rss>',
            "declares XML entities",
        ),
        ("<html><p>no feed</p></html>", "no RSS or Atom feed"),
        ("<rss version='2.0'>" + " " * 2_100_000, "a feed of more than"),
    ],
)
def test_what_is_no_feed_is_told(desk, body, told):
    desk.site.put("/feed.xml", body)
    desk.feeds_ = [FeedSettings(url=f"{desk.site.url}/feed.xml")]
    report = desk.run().feeds()
    assert told in report.failures[0].what


def test_a_list_of_gdelt_leads_to_its_articles(desk):
    site = desk.site
    site.put("/a.html", page("x"))
    articles = {"articles": [{"url": f"{site.url}/a.html", "title": "Shelling", "seendate": "20201004T120000Z"}]}
    site.put("/list.json", json.dumps(articles))
    desk.feeds_ = [FeedSettings(url=f"{site.url}/list.json", kind="list")]
    assert desk.run().feeds().counts == {"new": 2}
    told = retrieval_of(desk.files()[0])
    assert told.listed.published == "2020-10-04T12:00:00Z"
    assert {one.parent.parent.name for one in desk.files("list-*.json")} == {".feeds"}


def test_a_file_of_addresses_leads_to_them(desk, tmp_path):
    desk.site.put("/a.html", page("x"))
    file = tmp_path / "list.txt"
    file.write_text(f"# mine\n{desk.site.url}/a.html\n\n{desk.site.url}/a.html\n", "utf-8")
    assert desk.run().given([], [file]).counts == {"new": 1}
    assert retrieval_of(desk.files()[0]).listed.by == "list.txt"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match=r"list\.txt: a list that is not UTF-8"):
        desk.run().given([], [file])


def test_without_feeds_nothing_is_asked(desk):
    with pytest.raises(ConfigError, match="nothing to fetch"):
        desk.run().feeds()


def test_a_run_that_is_stopped_ends_after_the_page_under_way(desk, news):
    news.next_answers["/feed.xml"] = [lambda request: (desk.stop.set(), Request.serve(request))]
    report = desk.run().feeds()
    assert report.counts == {"new": 1}
    desk.stop.clear()
    assert desk.run().feeds().counts == {"unchanged": 1, "new": 2}


# ---------------------------------------------------------------- secrets
SECRET = "sesame-open/1+2"
FORMS = (b"sesame-open/1+2", b"sesame-open%2F1%2B2", b"sesame-open/1%2B2")


def everything(desk, report):
    texts = [json.dumps(report.to_dict()), *desk.lines]
    files = [one.read_bytes() + str(one).encode() for one in desk.folder.rglob("*") if one.is_file()]
    return b"\n".join([*map(str.encode, texts), *files])


def test_a_secret_goes_to_its_feed_and_nowhere_else(desk, internet, monkeypatch):
    site = desk.site
    echo = feed(f"{site.url}/a.html?key={SECRET}", f"{site.url}/b.html")
    site.next_answers["/feed.xml"] = [lambda request: request.send(200, echo.encode(), **RSS)]
    for path in ("/b.html", "/a.html?key=(hidden)"):
        site.next_answers[path] = [lambda request: request.send(200, page("x"), **HTML)]
    desk.environ["DESK_KEY"] = SECRET
    desk.feeds_ = [FeedSettings(url=f"{site.url}/feed.xml", secret_env="DESK_KEY")]
    report = desk.run().feeds()
    sent = {path: headers.get("authorization") for path, headers in site.requests}
    assert sent.pop("/feed.xml") == f"Bearer {SECRET}"
    assert set(sent.values()) == {None}
    assert not any(form in everything(desk, report) for form in FORMS)


def test_a_secret_in_an_address_stands_in_no_file_and_no_message(desk):
    site = desk.site
    asked = "/feed.xml?key=sesame-open%2F1%2B2"
    site.next_answers[asked] = [
        lambda request: request.send(200, f"{feed()}<!-- {SECRET} {request.path} -->".encode(), **RSS),
        lambda request: request.send(302, b"", Location=f"http://10.0.0.1/{request.path}"),
    ]
    desk.environ["DESK_KEY"] = SECRET
    desk.feeds_ = [FeedSettings(url=f"{site.url}/feed.xml?key={{secret}}", secret_env="DESK_KEY")]
    for _ in range(2):
        report = desk.run().feeds()
        assert not any(form in everything(desk, report) for form in FORMS)
    assert report.counts == {"refused": 1}
    assert paths(site).count(asked) == 2


def test_a_secret_that_comes_back_in_a_redirect_or_a_link_is_hidden(desk):
    site = desk.site
    hidden = "/next.xml?key=(hidden)"
    site.next_answers["/feed.xml"] = [lambda request: request.send(302, b"", Location=f"/next.xml?key={SECRET}")]
    in_disguise = feed(f"{site.url}/a.html?key=&#115;esame-open/1+2").encode()  # no form that an address may have
    site.next_answers[hidden] = [lambda request: request.send(200, in_disguise, **RSS)]
    site.next_answers["/a.html?key=(hidden)"] = [lambda request: request.send(200, page("x"), **HTML)]
    desk.environ["DESK_KEY"] = SECRET
    desk.feeds_ = [FeedSettings(url=f"{site.url}/feed.xml", secret_env="DESK_KEY")]
    report = desk.run().feeds()
    assert report.counts == {"new": 2}
    assert paths(site) == ["/robots.txt", "/feed.xml", hidden, "/a.html?key=(hidden)"]
    assert not any(form in everything(desk, report) for form in FORMS)


def test_a_redirect_to_another_host_takes_no_secret_along(desk):
    from loopback import serving

    with serving() as other:
        other.put("/feed.xml", feed())
        desk.options["allow_private"] += (other.url.removeprefix("http://"),)
        desk.site.next_answers["/feed.xml"] = [lambda request: request.send(302, b"", Location=f"{other.url}/feed.xml")]
        desk.environ["DESK_KEY"] = SECRET
        desk.feeds_ = [FeedSettings(url=f"{desk.site.url}/feed.xml", secret_env="DESK_KEY")]
        desk.run().feeds()
        assert "/feed.xml" in paths(other)
        assert all("authorization" not in headers for _, headers in other.requests)


def test_a_secret_does_not_travel_over_plain_http(desk, internet):
    desk.environ["DESK_KEY"] = SECRET
    desk.feeds_ = [FeedSettings(url="http://news.example/feed.xml", secret_env="DESK_KEY")]
    report = desk.run(internet.connector()).feeds()
    assert "over https alone" in report.failures[0].what
    assert all("authorization" not in headers for _, headers in desk.site.requests)


@pytest.mark.parametrize("value", [None, "", "short"])
def test_a_secret_that_is_not_there_is_told_before_anything_is_asked(desk, news, value):
    desk.feeds_.append(FeedSettings(url=f"{news.url}/other.xml", secret_env="DESK_KEY"))
    if value is not None:
        desk.environ["DESK_KEY"] = value
    with pytest.raises(ConfigError, match="DESK_KEY"):
        desk.run().feeds()
    assert news.requests == []


def test_an_address_with_a_password_is_refused_without_showing_it(desk):
    report = desk.get("http://me:sesame@news.example/")
    assert report.counts == {"refused": 1}
    assert "sesame" not in str(report.to_dict())


def test_the_side_car_is_small_and_beside_its_file(desk, news):
    desk.run().feeds()
    for file in desk.files():
        assert side_car_of(file).stat().st_size < 2000
        assert side_car_of(file).parent == file.parent
