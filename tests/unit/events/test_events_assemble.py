from builders import mention, place, report, resolution, toponym

from geoconflict.events.assemble import event_sources, quote_around
from geoconflict.models import Reading

TEXT = "Talks failed. Gen. Ito said shells hit Riverton at dawn. No one was hurt.\n\nMore follows."


def test_the_quote_is_the_sentence_and_a_title_does_not_end_it():
    start = TEXT.index("shells")
    first, last = quote_around(TEXT, start, start + 10)
    assert TEXT[first:last] == "Gen. Ito said shells hit Riverton at dawn."


def test_evidence_over_two_sentences_quotes_both():
    start, end = TEXT.index("shells"), TEXT.index("hurt") + 4
    first, last = quote_around(TEXT, start, end)
    assert TEXT[first:last] == "Gen. Ito said shells hit Riverton at dawn. No one was hurt."


def test_a_header_is_not_quoted():
    text = "date 2021-06-10 Shells hit Riverton"
    assert quote_around(text, 20, 25, first=16) == (16, len(text))


def test_an_endless_sentence_is_cut_at_a_word():
    text = "word " * 400
    first, last = quote_around(text, 1000, 1004)
    assert first <= 1000
    assert last >= 1004
    assert last - first < 900
    assert text[first:last].split() == ["word"] * len(text[first:last].split())


def test_a_version_has_its_place_reasons_and_quote():
    told = report()
    reading = Reading(report_id=told.report_id, toponyms=(toponym(),), mentions=(mention(told),))
    (version,) = event_sources(told, reading, [resolution()])
    assert version.place == place()
    assert version.quote == told.text
    assert version.place_reasons


def test_a_mention_without_an_answer_is_unlocated():
    told = report()
    (version,) = event_sources(told, Reading(report_id=told.report_id, mentions=(mention(told),)), [])
    assert version.place is None
