from geoconflict.render.index import index_page, write_index


def test_titles_are_text_and_file_names_are_quoted(tmp_path):
    page = index_page([("<b>A & B</b>", "", 'war "1".html')])
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in page
    assert 'href="war%20%221%22.html"' in page
    write_index(tmp_path / "index.html", [("A", "B", "c.html")])
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == index_page([("A", "B", "c.html")])
