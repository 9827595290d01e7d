"""The map that is kept in the repository can be opened by anyone, from disk."""

from geoconflict.render.page import inline_scripts, remote_files


def test_the_sample_map_is_small_and_needs_nothing_from_the_network(project_root):
    page = (project_root / "maps" / "sample.html").read_text(encoding="utf-8")
    assert len(page.encode()) < 1_000_000
    assert remote_files(page) == []
    assert "connect-src &#x27;none&#x27;" in page
    assert inline_scripts(page)
    assert 'id="gc-events"' in page
