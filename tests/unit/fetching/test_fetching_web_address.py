import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoconflict.fetching.refusals import RefusedError
from geoconflict.fetching.web_address import WebAddress, without_user


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("HTTP://News.Example:80", "http://news.example/"),
        ("https://news.example/a?b=c#d", "https://news.example/a?b=c"),
        ("http://news.example:8080/a b".replace(" ", "%20"), "http://news.example:8080/a%20b"),
        ("http://bücher.example/ü?q=ü", "http://xn--bcher-kva.example/%C3%BC?q=%C3%BC"),
        ("http://[::1]/x", "http://[::1]/x"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("https://news.example./x", "https://news.example/x"),
        ("http://a.example/x\\y", "http://a.example/x%5Cy"),
    ],
)
def test_addresses_have_one_form(text, url):
    assert WebAddress.parse(text).url == url


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("ftp://news.example/", "no http or https"),
        ("file:///etc/passwd", "no http or https"),
        ("gopher://127.0.0.1:70/", "no http or https"),
        ("javascript:alert(1)", "no http or https"),
        ("/etc/passwd", "no http or https"),
        ("http:///etc/passwd", "no http or https"),
        ("", "no http or https"),
        ("http://me:pass@news.example/", "user name or password"),
        ("http://me@news.example/", "user name or password"),
        ("http://a.example@127.0.0.1/", "user name or password"),
        ("http://a.example\\@127.0.0.1/", "user name or password|no host"),
        ("http://a.example\\.b.example/", "no host"),
        ("http://a b.example/", "spaces"),
        ("http://a.example/\r\nHost: b", "spaces"),
        ("http://a.example/\0", "spaces"),
        ("http://a.example/\u2028", "spaces"),
        ("http://a%2eb.example/", "no host"),
        ("http://..example/", "no host"),
        ("http://" + "a" * 64 + ".example/", "no host"),
        ("http://a.example:99999/", "no web address"),
        ("http://a.example:0/", "port 0"),
        ("http://[::1/", "no web address"),
        ("http://[fe80::1%25eth0]/", "no host|no web address"),
        ("http://a.example/" + "a" * 5000, "more than 4,096"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(text, what):
    with pytest.raises(RefusedError, match=what):
        WebAddress.parse(text)


def test_links_count_from_their_page():
    page = WebAddress.parse("https://news.example/a/b?c")
    assert page.join("../x").url == "https://news.example/x"
    assert page.join("//other.example/y").url == "https://other.example/y"
    assert page.join("../../../../etc/passwd").url == "https://news.example/etc/passwd"
    with pytest.raises(RefusedError):
        page.join("javascript:alert(1)")
    with pytest.raises(RefusedError):
        page.join("http://[")


@given(st.text(max_size=80), st.sampled_from(["", "http://", "https://a.example/", "http://a.example:80/?"]))
def test_any_text_is_an_address_in_ascii_or_refused(text, before):
    try:
        address = WebAddress.parse(before + text)
    except RefusedError:
        return
    assert address.url.isascii()
    assert address.url.isprintable()
    assert " " not in address.url
    assert WebAddress.parse(address.url) == address


def test_passwords_are_not_shown():
    shown = without_user("https://me:sesame@news.example/a@b")
    assert shown == "https://(hidden)@news.example/a@b"


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://feeds.example/a", True),
        ("http://127.0.0.1:8080/a", True),
        ("http://[::1]/a", True),
        ("http://feeds.example/a", False),
        ("http://localhost/a", False),  # a name, which may lead anywhere
        ("http://10.0.0.7/a", False),
    ],
)
def test_secrets_travel_where_nobody_on_the_way_reads_them(address, may):
    assert WebAddress.parse(address).may_take_secrets is may
