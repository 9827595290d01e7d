import datetime as dt

import pytest
from few_names import FewNames, few_names_reader, mentions_of, reading_of

from geoconflict.errors import ConfigError, MissingDependencyError
from geoconflict.extract.reader import Reader
from geoconflict.models import Reading, Report, RunFailure

TEXT = "Rebels shelled Nyala on Monday, killing six people, the army said. The attack was condemned by Chad."


def report(number: int, text: str = TEXT) -> Report:
    return Report(report_id=f"r{number}", text=text, published_on=dt.date(2023, 5, 12), external_id=f"x{number}")


def test_the_evidence_is_in_the_text_and_holds_the_trigger():
    (mention,) = mentions_of(TEXT)
    assert mention.start <= mention.trigger_start < mention.trigger_end <= mention.end
    assert TEXT[mention.trigger_start : mention.trigger_end] == "shelled"
    assert TEXT[mention.start : mention.end].startswith("Rebels shelled Nyala")


def test_one_event_told_twice_is_one_mention():
    (mention,) = mentions_of(TEXT)
    assert "told again in the report" in mention.reasons


def test_who_laid_mines_is_not_who_shelled():
    text = (
        "Landmines planted by rebels killed some of them, the army said. Three people were wounded by shelling in Gao."
    )
    (shelling,) = [one for one in mentions_of(text) if one.place is not None]
    assert [actor.name for actor in shelling.actors if actor.part == "agent"] == []


def test_the_reading_of_a_text_is_always_the_same_and_round_trips():
    reading = reading_of(TEXT)
    assert reading == reading_of(TEXT)
    assert Reading.from_dict(reading.to_dict()) == reading


def test_many_reports_are_read_in_order_as_each_is_read_alone():
    reader = few_names_reader()
    reports = [report(1), report(2, "Gunmen abducted a doctor in Gao."), report(3, "Rain fell in Paris."), report(4)]
    together = list(reader.read_many(reports, batch_size=3))
    assert together == [reader.read(one) for one in reports]
    assert [reading.report_id for reading in together] == ["r1", "r2", "r3", "r4"]


def test_one_bad_report_does_not_stop_the_others(monkeypatch):
    from geoconflict.extract import reader as module

    honest = module.find_times

    def faulty(text, **options):
        if "poison" in text:
            raise ValueError("no such day")
        return honest(text, **options)

    monkeypatch.setattr(module, "find_times", faulty)
    first, bad, last = few_names_reader().read_many([report(1), report(2, "A poison pill."), report(3)])
    assert isinstance(first, Reading)
    assert isinstance(last, Reading)
    assert isinstance(bad, RunFailure)
    assert (bad.stage, bad.where, bad.external_id) == ("extract", "r2", "x2")
    assert "no such day" in bad.what


def test_a_text_that_breaks_the_language_model_is_one_failure(monkeypatch):
    reader = few_names_reader()
    honest = reader._model.read

    def faulty(text):
        if "poison" in text:
            raise RuntimeError("broken")
        return honest(text)

    class Model:
        def read(self, text, names=None):
            return faulty(text)

        def read_many(self, texts, batch_size, names=None):
            return [faulty(text) for text in texts]

    monkeypatch.setattr(reader, "_model", Model())
    kinds = [type(one) for one in reader.read_many([report(1), report(2, "A poison pill."), report(3)])]
    assert kinds == [Reading, RunFailure, Reading]


def test_an_empty_text_and_an_undated_report_are_read():
    assert reading_of("").mentions == ()
    (mention,) = mentions_of("Rebels shelled Nyala.", published=None)
    assert (mention.when.starts_on, mention.when.ends_on) == (None, None)


def test_what_is_missing_is_said():
    with pytest.raises(MissingDependencyError, match="no_such_model"):
        Reader(FewNames(), model="no_such_model")


def test_an_absent_lexicon_is_said(tmp_path):
    with pytest.raises(ConfigError, match=r"absent\.toml"):
        Reader(FewNames(), lexicons=[tmp_path / "absent.toml"])


def test_capitals_are_read_as_the_same_events():
    mentions = mentions_of("GUNMEN KILLED EIGHT VILLAGERS IN MENAKA ON MONDAY.")
    assert [(m.sub_event_type, m.place and m.place.surface) for m in mentions] == [("Attack", "MENAKA")]
