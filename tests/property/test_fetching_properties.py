"""Whatever an address is made of, and whatever a server says of a page, its files stay where they belong."""

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.fetching.folder import FetchedFolder
from geoconflict.fetching.visitor import Page
from geoconflict.fetching.web_address import WebAddress
from geoconflict.reports._publication import date_in_name
from geoconflict.retrieval import retrieval_of

AT = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)
PIECES = st.sampled_from(
    [
        "..",
        ".",
        "/",
        "//",
        "%2e",
        "%2f",
        "\\",
        "%00",
        "con",
        "nul.",
        "README",
        "2020-10-04",
        "a",
        "-",
        "~",
        "%F0",
        "?",
        "&",
    ]
)
TARGET = st.lists(PIECES | st.text(st.characters(codec="utf-8"), max_size=5), max_size=12).map("".join)
HOST = st.sampled_from(
    ["a.example", "con", "nul.example", "..a", "-", "xn--p1ai", "::1", "127.0.0.1", "a" * 63 + ".example"]
)
TYPE = st.sampled_from(["text/html", "text/html; charset=x", "application/pdf", "../../x", "text/x-sh"]) | st.text(
    max_size=20
)


@settings(max_examples=150)
@given(HOST, TARGET, TYPE, st.binary(min_size=1, max_size=20), st.booleans())
def test_files_stay_in_their_folder_and_every_one_has_its_side_car(host, target, content_type, body, is_index):
    address = WebAddress("http", host, 80, f"/{target}")
    page = Page(address.url, (), 200, content_type, "", "", body, is_private=False)
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary) / "fetched"
        folder = FetchedFolder(root)
        with folder.at_work():
            path, is_new = folder.keep(address, page, AT, listed=None, url=address.url, is_index=is_index)
            again, is_new_again = folder.keep(address, page, AT, listed=None, url=address.url, is_index=is_index)
            other = Page(address.url, (), 200, content_type, "", "", body + b"x", is_private=False)
            changed, _ = folder.keep(address, other, AT, listed=None, url=address.url, is_index=is_index)
        assert (is_new, is_new_again, again) == (True, False, path)
        assert changed.parent == path.parent
        assert [one.name for one in Path(temporary).iterdir()] == ["fetched"]
        assert path.resolve().is_relative_to(root.resolve())
        assert path.parent.parent == (root / ".feeds" if is_index else root)
        assert (path.read_bytes(), changed.read_bytes()) == (body, body + b"x")
        first, second = retrieval_of(path), retrieval_of(changed)
        assert (first.replaced_by, second.replaces, second.version) == (changed.name, path.name, 2)
        for name in (path.name, path.parent.name, changed.name):
            assert name.isascii()
            assert not name.startswith((".", "README", "readme"))
            assert name.partition(".")[0] not in {"con", "nul"}
        assert date_in_name(path.stem) is None
        reopened = FetchedFolder(root).newest(address, is_index=is_index)
        assert reopened.path == changed


@given(TARGET, TARGET)
def test_two_addresses_never_share_a_file(one, other):
    folder = FetchedFolder(Path("x"))
    first, second = (WebAddress("http", "a.example", 80, f"/{target}") for target in (one, other))
    same = folder._stem(first, is_index=False) == folder._stem(second, is_index=False)
    assert same == (first == second)
