"""Explanations of whole reports: the same answers as the pipeline's, whole, safe to show, and stable in form."""

import dataclasses
import datetime as dt
import json
import re
from html.parser import HTMLParser

import pytest
from rich.cells import cell_len

import geoconflict as gc
from geoconflict.errors import InputError, StoreError
from geoconflict.explaining.as_frame import EXPLANATION_COLUMNS
from geoconflict.explaining.as_json import SCHEMA
from geoconflict.explaining.as_text import explanation_to_text, print_explanation
from geoconflict.explaining.making import explain_stored
from geoconflict.extract.events import evidence as event_evidence
from geoconflict.visible import visible

TEXT = (
    "Shells fell on Martuni and Stepanakert on Monday, Azerbaijani officials said. Nobody was hurt in Springfield. "
    "Martuni burnt. The village of Zzyzxov was shelled."
)
DAY = dt.date(2020, 10, 1)
ODD_TEXTS = {
    "scripts": "Ստեփանակերտ, Степанакерт, مرتوني, 斯捷潘納克特.",
    "one long word": "X" * 10_000,
    "a long name of capitals": "Shells hit " + "Martuni " * 1_250 + "today.",
    "hidden": "Shells hit Mar\u200btuni and \u202eStepanakert\u202c in Hom\u00ads.",
    "escapes": "Shells hit \x1b[2JMartuni\x07 and <script>alert(1)</script> & \"Homs\" 'Aleppo'.",
    "marks": "Shells hit Martuni" + "\u0301" * 10_000 + " today.",
    "wide": "砲彈擊中 Martuni 和 Stepanakert，東京 沒有。",
    "right to left": "قصفت القوات Martuni في مرتوني יְרוּשָׁלַיִם.",
}


@pytest.fixture(scope="module")
def told(tools):
    return gc.explain(TEXT, published_on="2020-10-01", tools=tools)


@pytest.fixture(scope="module", params=ODD_TEXTS.values(), ids=ODD_TEXTS)
def odd(request, tools):
    return gc.explain(request.param, published_on=DAY, tools=tools)


def test_what_is_explained_is_what_the_pipeline_does(tools, project_root):
    """For every sample report: winner, score, order and reasons."""
    n_mentions = n_sharp = 0
    for report in gc.read_reports(project_root / "data" / "reports"):
        told = gc.explain(report, tools=tools)
        answer = tools.geocoder.resolve_report(report, tools.reader.read(report))
        assert [one.resolution for one in told.mentions] == list(answer.resolutions)
        assert [one.number for one in told.mentions] == list(range(1, told.n_mentions + 1))
        for mention in told.mentions:
            leaders = [one for one in mention.candidates if one.counted_with is None]
            ranked = [(one.place, one.score, one.reasons) for one in leaders]
            resolution = mention.resolution
            others = [(one.place, one.score, one.reasons) for one in resolution.alternatives]
            if mention.outcome == "placed":
                chosen = [one.place.place_id for one in mention.candidates if one.chosen]
                if resolution.reasons[0].startswith("the text says "):  # the unit of a name, wherever it ranks
                    assert chosen == [resolution.place.place_id]
                    continue
                assert chosen == [ranked[0][0].place_id] == [resolution.place.place_id]
                assert ranked[1 : 1 + len(others)] == others
                if resolution.place.precision != "near":  # by a town is vaguer than in it, and says so
                    # Shown under the name that the report gives it; candidates stand under the gazetteer's.
                    assert dataclasses.replace(ranked[0][0], name=resolution.place.name) == resolution.place
                    assert ranked[0][1] == resolution.score
                    assert resolution.reasons[: len(ranked[0][2])] == ranked[0][2]  # a border may add one
                    n_sharp += 1
            elif mention.outcome in ("unsure", "no_line"):
                assert ranked[: len(others)] == others
            n_mentions += 1
    assert n_sharp > 200
    assert n_mentions > 300


def test_the_parts_of_a_score_add_up(told):
    """Softmax over the totals and "none of them", and the ceiling: the score that resolution reports."""
    import math

    for mention in told.mentions:
        weighed = [math.exp(one.total - mention.none_total) for one in mention.candidates]
        for candidate, weight in zip(mention.candidates, weighed, strict=True):
            assert candidate.share == pytest.approx(weight / (1 + sum(weighed)))


def test_mentions_come_in_text_order_and_demonyms_apart(told):
    assert [one.resolution.toponym.surface for one in told.mentions] == [
        "Martuni", "Stepanakert", "Springfield", "Martuni", "Zzyzxov",
    ]  # fmt: skip
    assert [one.surface for one in told.demonyms] == ["Azerbaijani"]
    assert told.mentions[0].same_name == (1, 4)


@pytest.mark.parametrize("odd", [None, 7, ["Shells fell."]])
def test_only_reports_and_texts_are_explained(tools, odd):
    with pytest.raises(InputError, match="report: a report or its text is needed, not"):
        gc.explain(odd, tools=tools)


def test_undated_text_is_explained_and_says_so(tools):
    told = gc.explain("Shells fell on Martuni.", tools=tools)
    assert any("no day of publication" in note for note in told.notes)


def test_front_matter_is_understood(tools):
    told = gc.explain("---\ndate: 2020-10-01\ntitle: A day\n---\n\nShells fell on Martuni.", tools=tools)
    assert (told.report.published_on, told.report.title) == (DAY, "A day")
    with pytest.raises(InputError, match="2020-10-01 as its day"):
        gc.explain("---\ndate: 2020-10-01\n---\n\nShells fell.", published_on="2020-10-02", tools=tools)
    noon = dt.datetime(2020, 10, 1, 12, tzinfo=dt.UTC)
    told = gc.explain("---\ndate: 2020-10-01\n---\n\nShells fell.", published_on=noon, tools=tools)
    assert told.report.published_on == DAY


@pytest.mark.parametrize(("text", "day"), [("", None), ("  \n ", DAY), ("Shells fell.", "yesterday")])
def test_what_cannot_be_explained_is_an_error(tools, text, day):
    with pytest.raises(InputError):
        gc.explain(text, published_on=day, tools=tools)


# ---------------------------------------------------------------- narrowing
def test_one_name_or_one_mention_of_it(told):
    assert [one.number for one in told.only(name="MARTUNI").mentions] == [1, 4]
    assert [one.number for one in told.only(mention=2).mentions] == [2]
    assert "2 of 5 place names" in str(told.only(name="martuni"))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"name": "Kyiv"}, "there are: 1 Martuni, 2 Stepanakert"),
        ({"mention": 9}, "no mention number 9"),
        ({"name": "Azerbaijani"}, "a word for a people"),
        ({"name": "Martuni", "mention": 2}, "with number 2"),
    ],
)
def test_a_name_that_is_not_there_is_an_error_that_lists_what_is(told, asked, said):
    with pytest.raises(InputError, match=re.escape(said)):
        told.only(**asked)


def test_a_name_that_was_passed_over_says_why(tools):
    told = gc.explain("Shells hit Martuni. مرتوني", published_on=DAY, tools=tools)
    with pytest.raises(InputError, match="Arabic script"):
        told.only(name="مرتوني")


def test_what_reads_like_an_event_and_is_too_unlikely_is_told_with_its_likelihood_and_reasons(tools):
    text = "A museum in Donetsk opened a school after the bombing of Luhansk. Shells hit Martuni."
    told = gc.explain(text, published_on=DAY, tools=tools)
    (one,) = told.unlikely_events
    (listed,) = told.to_dict()["unlikely_events"]
    assert (one.surface, listed["phrase"], text[listed["start"] : listed["end"]]) == ("bombing",) * 3
    assert listed["why"] == list(one.reasons)
    page = told._repr_html_()
    for words in (f"no event, {one.likelihood:.2f} likely", *one.reasons):
        assert words in " ".join(str(told).split())
    assert "too unlikely" in page
    assert told.only(name="Martuni").unlikely_events == ()


def test_an_event_that_may_be_none_is_told_as_kept_for_review(tools, monkeypatch):
    model = dataclasses.replace(event_evidence._model(), drop_below=0.0, doubt_below=1.0)
    monkeypatch.setattr(event_evidence, "_model", lambda: model)
    told = gc.explain("Shells hit Martuni.", published_on=DAY, tools=tools)
    (one,) = told.doubtful_events
    (listed,) = told.to_dict()["doubtful_events"]
    assert (listed["phrase"], listed["likelihood"]) == ("hit", one.likelihood)
    assert "kept for review" in " ".join(str(told).split())
    assert "kept for review" in told._repr_html_()


# ---------------------------------------------------------------- forms
def test_json_has_its_schema_and_everything_of_each_mention(told):
    record = json.loads(json.dumps(told.to_dict(), allow_nan=False))
    assert record["schema"] == SCHEMA
    assert set(record) == {
        "schema", "report", "min_score", "n_mentions", "mentions", "overrides_header", "demonyms", "passed_over",
        "unlikely_events", "doubtful_events", "unavailable", "notes", "attribution",
    }  # fmt: skip
    for mention in record["mentions"]:
        assert set(mention) == {
            "number", "start", "end", "phrase", "sentence", "detection", "role", "outcome", "place", "score", "reasons",
            "same_name", "none_total", "candidates", "decisive", "overrides",
        }  # fmt: skip
        assert TEXT[mention["start"] : mention["end"]] == mention["phrase"]
        sentence = mention["sentence"]
        assert TEXT[sentence["start"] : sentence["end"]] == sentence["text"]
        assert mention["phrase"] in sentence["text"]
        assert mention["detection"]["reasons"]
        assert mention["role"]["reasons"]
        for candidate in mention["candidates"]:
            assert candidate["evidence"]
            assert all(one["words"] for one in candidate["evidence"])
    first = record["mentions"][0]
    assert first["place"]["place_id"] == next(one["place_id"] for one in first["candidates"] if one["chosen"])


def test_every_key_of_the_schema_is_documented(told, project_root):
    page = (project_root / "docs" / "explain.md").read_text(encoding="utf-8")

    def keys(value):
        if isinstance(value, dict):
            for name, inner in value.items():
                yield name
                yield from keys(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from keys(inner)

    missing = sorted({name for name in keys(told.to_dict()) if f"`{name}`" not in page})
    assert not missing, f"docs/explain.md does not tell of {missing}"
    columns = [name for name in EXPLANATION_COLUMNS if f"`{name}`" not in page]
    assert not columns, f"docs/explain.md does not tell of the columns {columns}"


def test_the_frame_has_its_columns_and_one_row_a_candidate(told):
    frame = told.to_frame()
    assert list(frame.columns) == list(gc.EXPLANATION_COLUMNS)
    for name, (dtype, _) in gc.EXPLANATION_COLUMNS.items():
        assert str(frame[name].dtype) in (dtype, "object" if dtype == "str" else dtype), name
    assert len(frame) == sum(max(1, len(one.candidates)) for one in told.mentions)
    nowhere = frame[frame["phrase"] == "Zzyzxov"]
    assert nowhere["rank"].isna().all()
    assert not nowhere["chosen"].any()
    assert frame[frame["chosen"]].groupby("mention").size().max() == 1


def test_a_report_without_a_name_is_said_to_have_none(tools):
    told = gc.explain("Nothing happened today.", published_on=DAY, tools=tools)
    assert "No place name was found" in str(told)
    assert len(told.to_frame()) == 0
    assert list(told.to_frame().columns) == list(EXPLANATION_COLUMNS)
    assert "No place name was found" in told._repr_html_()


def test_the_repr_is_one_line(told):
    assert re.fullmatch(r"<Explanation of report \w+: 5 mentions, \d placed>", repr(told))


# ---------------------------------------------------------------- text
@pytest.mark.parametrize("width", [40, 80, 120])
def test_plain_text_keeps_to_its_width_but_for_rows_to_paste(told, width):
    text = explanation_to_text(told, width=width)
    prose, _, rows = text.partition("\nTo change an answer")
    assert max(map(cell_len, prose.splitlines())) <= width
    assert "\x1b" not in text
    assert "\nMartuni,,not a place,,,,,,,,\n" in rows


def test_plain_text_marks_the_name_in_its_sentence(told):
    assert "Shells fell on [[Martuni]] and Stepanakert on Monday" in str(told)
    assert "together with number 1" in str(told)


def test_all_candidates_are_shown_when_asked_for(told):
    springfield = told.only(name="Springfield")
    few, all_ = explanation_to_text(springfield), explanation_to_text(springfield, all_candidates=True)
    assert "--all-candidates shows the rest" in few
    assert all(one.place.place_id in all_ for one in springfield.mentions[0].candidates)


def test_a_terminal_gets_colours_and_bars(told):
    import io

    from rich.console import Console

    out = io.StringIO()
    print_explanation(told, Console(file=out, width=80, force_terminal=True, color_system="standard"))
    assert "\x1b[" in out.getvalue()
    assert "\u2588" in out.getvalue()
    assert "[[Martuni]]" not in out.getvalue()


def test_nothing_of_a_text_reaches_a_terminal_unseen(odd):
    text = str(odd)
    for line in text.splitlines():
        assert visible(line) == line
    assert len(text) < 10_000 + 2_000 * odd.n_mentions
    for form in (odd._repr_html_(), repr(odd)):
        assert visible(form.replace("\n", "")) == form.replace("\n", "")


def test_odd_texts_make_tables_and_json_too(odd):
    assert len(odd.to_frame()) == sum(max(1, len(one.candidates)) for one in odd.mentions)
    assert json.loads(json.dumps(odd.to_dict()))["n_mentions"] == odd.n_mentions


def test_no_word_in_another_script_is_left_out_in_silence(tools):
    told = gc.explain(ODD_TEXTS["scripts"], published_on=DAY, tools=tools)
    spans = [(one.resolution.toponym.start, one.resolution.toponym.end) for one in told.mentions]
    spans += [(one.start, one.end) for one in told.passed_over]
    for match in re.finditer(r"\w+", ODD_TEXTS["scripts"]):
        assert any(start <= match.start() and match.end() <= end for start, end in spans), match.group()


def test_a_name_hidden_by_a_zero_width_space_is_found_and_shown(tools):
    told = gc.explain(ODD_TEXTS["hidden"], published_on=DAY, tools=tools)
    found = {one.resolution.toponym.surface: one for one in told.mentions}
    assert found["Mar\u200btuni"].resolution.place.name == "Martuni"
    assert "Stepanakert" in found
    assert "Mar\\u200btuni" in str(told)
    assert "\nmartuni,," in str(told)


# ---------------------------------------------------------------- HTML
class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.words, self.open = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not self.open or self.open[-1] != "style":
            self.words.append(data)


def parsed(told):
    page = Page()
    page.feed(told._repr_html_())
    page.close()
    assert not page.open
    return page


def test_html_runs_nothing_and_loads_nothing(odd):
    page = parsed(odd)
    assert set(page.tags) <= {
        "style", "div", "h4", "p", "span", "br", "bdi", "table", "thead", "tbody", "tr", "th", "td", "mark", "details",
        "summary", "strong", "em", "pre",
    }  # fmt: skip
    assert {name for name, _ in page.attributes} <= {"class", "style", "colspan"}
    assert not re.search(r"url\(|@import|https?:|javascript", odd._repr_html_())


def test_html_shows_text_as_text(tools):
    told = gc.explain(ODD_TEXTS["escapes"], published_on=DAY, tools=tools)
    assert "<script>alert(1)</script>" in "".join(parsed(told).words)
    assert "<script" not in told._repr_html_()


def test_html_of_very_many_names_is_cut_and_says_so(tools):
    told = gc.explain("Shells hit Martuni. " * 600, published_on=DAY, tools=tools)
    assert told.n_mentions > 500
    page = parsed(told)
    assert page.tags.count("mark") == 200
    assert f"{told.n_mentions - 200:,} more names" in "".join(page.words)


def test_html_takes_the_colours_of_the_page(told):
    html = told._repr_html_()
    assert not re.search(r"[^-]color:(?!inherit)", html)
    assert not re.search(r"background:(?:#fff|white)", html)


# ---------------------------------------------------------------- stores
@pytest.fixture(scope="module")
def store(tools, tmp_path_factory, project_root):
    folder = tmp_path_factory.mktemp("store")
    with gc.EventStore(folder / "war.sqlite") as opened:
        gc.ingest([project_root / "data" / "reports" / "2020-10-01-journalists-martuni.md"], opened, tools)
        yield opened


def test_a_stored_report_is_found_by_the_beginning_of_its_id(store, tools):
    (report_id,) = (state.report_id for state in store.states.all())
    told = explain_stored(store, report_id[:6].upper(), tools=tools)
    assert told.report.report_id == report_id
    assert told.notes == ()


def test_an_unknown_or_ambiguous_id_is_an_error(store, tools):
    for key in ("zzz", ""):
        with pytest.raises(StoreError, match="none of its 1 reports"):
            explain_stored(store, key, tools=tools)


def test_a_store_that_holds_other_answers_is_said_to(store, tools, tmp_path):
    (tmp_path / "overrides.csv").write_text("surface,place_id\nMartuni,not a place\n", encoding="utf-8")
    (tmp_path / "geoconflict.toml").write_text('[places]\noverrides = "overrides.csv"\n', encoding="utf-8")
    other = gc.Tools(gc.load_settings(tmp_path))
    other.__dict__["reader"] = tools.reader
    (report_id,) = (state.report_id for state in store.states.all())
    told = explain_stored(store, report_id, tools=other)
    assert any("mention 1: the store has it at" in note for note in told.notes)
    assert any("brings the store up to date" in note for note in told.notes)
