"""What of a place is doubtful besides its score: that it lies abroad, and that another sentence names it."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from builders import place, report, source, toponym

from geoconflict.errors import InputError
from geoconflict.events import merge_sources
from geoconflict.models import EventType
from geoconflict.reviewing.listing import doubts_of, review_items
from geoconflict.store import EventStore

TEXT = "Rebels struck on Sunday with artillery. Later aid came to Kigoma. Shells also fell on Walikale."
TOLD = report(TEXT)


def words_of(country="COD", surface="Walikale", countries=(), trigger="fell"):
    at = TEXT.index(trigger)
    event = merge_sources(
        [
            source(
                TOLD,
                at=place(surface, country=country),
                place=toponym(surface, start=TEXT.index(surface)),
                trigger_start=at,
                trigger_end=at + len(trigger),
            )
        ]
    )[0]
    return [one.words for one in doubts_of(event, countries)]


@pytest.mark.parametrize("countries", [("COD", "RWA"), ("DR Congo", "Rwanda")])
def test_an_event_in_none_of_the_countries_of_the_study_is_doubtful(countries):
    assert any("it lies in TZA" in words for words in words_of("TZA", countries=countries))
    assert not any("it lies in" in words for words in words_of("COD", countries=countries))


def test_without_countries_of_a_study_and_where_the_country_is_not_known_nothing_is_abroad():
    assert not any("it lies in" in words for words in words_of("TZA"))
    assert not any("it lies in" in words for words in words_of(None, countries=("COD",)))


def test_an_event_whose_place_another_sentence_names_is_doubtful():
    assert "'Kigoma' is named in another sentence" in words_of("TZA", "Kigoma", trigger="struck")
    assert not any("another sentence" in words for words in words_of())


def test_an_event_whose_words_may_tell_of_none_is_doubtful_unless_another_telling_is_sure():
    unsure = source(TOLD, likelihood=0.6, doubts=("its sentence speaks of courts (-0.6)",))
    sure = source(report("Rebels struck it.", source="Other"), likelihood=0.9, start=3)
    said = doubts_of(merge_sources([unsure])[0])
    (doubt,) = [one for one in said if "no conflict event" in one.words]
    assert (doubt.aspect, doubt.weight) == ("event", 0.4)
    assert "0.60" in doubt.words
    assert "courts" in doubt.words
    event = merge_sources([unsure, sure])[0]
    assert len(event.sources) == 2
    assert not [one for one in doubts_of(event) if "no conflict event" in one.words]


def test_a_place_outside_of_the_quote_is_of_another_sentence():
    one = source(TOLD, at=place("Kigoma"), place=toponym("Kigoma", start=TEXT.index("Kigoma")))
    short = replace(one, quote=TEXT[:39])
    event = merge_sources([short])[0]
    assert "'Kigoma' is named in another sentence" in [doubt.words for doubt in doubts_of(event)]


def test_the_kind_of_what_a_weapon_did_is_told_by_the_weapon():
    told = report("Drones attacked the town.")
    words = {"trigger_start": 7, "trigger_end": 15}
    by_drones = source(told, event_type=EventType.EXPLOSIONS, sub_event_type="Air/drone strike", **words)
    open_kind = source(told, event_type=EventType.VIOLENCE_AGAINST_CIVILIANS, sub_event_type="Attack", **words)
    said = [[one.words for one in doubts_of(merge_sources([one])[0], ())] for one in (by_drones, open_kind)]
    assert ["no word says what kind of event it was" in one for one in said] == [False, True]


def test_fewer_than_none_cannot_be_listed(tmp_path):
    with EventStore(tmp_path / "s.sqlite") as store:
        assert review_items(store, limit=0) == []
        with pytest.raises(InputError, match="limit is -1; it is 0 or more, or None for all"):
            review_items(store, limit=-1)


def test_one_country_of_a_study_may_be_given_as_it_stands(tmp_path):
    event = merge_sources(
        [source(TOLD, at=place("Kigoma", country="TZA"), place=toponym("Kigoma", start=TEXT.index("Kigoma")))]
    )
    store = SimpleNamespace(event_records=lambda: event)
    assert review_items(store, countries="COD") == review_items(store, countries=("COD",))
    assert review_items(store, countries="COD") != review_items(store, countries="TZA")
    with pytest.raises(InputError, match="countries: 180 is no text"):
        review_items(store, countries=[180])
