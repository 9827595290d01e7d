import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoconflict.retrieval import Listed, Redirect, Retrieval, retrieval_of, side_car_of

AT = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def retrieval(**values):
    known = {
        "url": "https://news.example/a",
        "final_url": "https://news.example/b",
        "retrieved_at": AT,
        "status": 200,
        "content_type": "text/html",
        "sha256": "ab",
        "n_bytes": 2,
    }
    return Retrieval(**{**known, **values})


@given(TEXT, TEXT, st.integers(1, 99), st.none() | st.just(AT))
def test_a_side_car_holds_what_was_put_into_it(title, etag, version, withdrawn_at):
    one = retrieval(
        redirects=(Redirect(status=301, url="https://news.example/a"),),
        listed=Listed(by="https://news.example/feed", title=title),
        etag=etag,
        version=version,
        withdrawn_at=withdrawn_at,
    )
    assert Retrieval.from_json(one.to_json()) == one
    assert Retrieval.from_json(one.to_json()).to_json() == one.to_json()


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "3", '{"format": 2}', '{"format": 1}', '{"format": 1, "redirects": []}', "[" * 100_000, b"\xff"],
)
def test_what_is_no_side_car_is_none(tmp_path, text):
    with pytest.raises(ValueError, match=r"."):
        Retrieval.from_json(text)
    file = tmp_path / "a.html"
    side_car_of(file).write_bytes(text if isinstance(text, bytes) else text.encode())
    assert retrieval_of(file) is None


def test_a_side_car_that_is_not_there_or_too_large_is_none(tmp_path):
    file = tmp_path / "a.html"
    assert retrieval_of(file) is None
    side_car_of(file).write_text(retrieval(etag="x" * 100_000).to_json(), "utf-8")
    assert retrieval_of(file) is None


def test_the_newest_version_of_a_page_that_stands_is_current():
    assert retrieval().is_current
    assert not retrieval(replaced_by="a.2.html").is_current
    assert not retrieval(withdrawn_at=AT, withdrawn_status=404).is_current
