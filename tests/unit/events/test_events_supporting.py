import dataclasses

import pytest
from builders import actor, casualties, count, day, place, report, source, toponym

from geoconflict.events import merge_sources
from geoconflict.events.extent import holds
from geoconflict.events.likeness import weigh
from geoconflict.events.reasons import evidence_for
from geoconflict.events.rules import rules
from geoconflict.events.versions import version_of
from geoconflict.models import DateBasis, DatePrecision, DateSpan, EventType, PlacePrecision, Status

FRESH = {"starts_on": None, "precision": DatePrecision.UNKNOWN, "basis": DateBasis.PUBLISHED}
TOWN = place("Riverton", admin1="Valley")
OTHER_TOWN = place("Hilltown", 30.05, 10.05, admin1="Valley")
PROVINCE = place("Valley", precision=PlacePrecision.ADMIN1, radius_m=30_000.0, kind="admin1")
ARMY = (actor("Army A"),)


def at(where, outlet="One", **fields):
    values = {"actors": ARMY, "place": toponym(where.name) if where else None, **fields}
    return source(report(source=outlet), at=where, **values)


def sizes(*sources):
    return sorted(len(event.sources) for event in merge_sources(sources))


def test_a_report_of_the_province_supports_the_event_of_the_town_and_does_not_move_it():
    (event,) = merge_sources([at(PROVINCE), at(TOWN, "Two")])
    assert event.place == TOWN
    assert {one.source for one in event.sources} == {"One", "Two"}


def test_of_two_towns_none_is_chosen():
    assert sizes(at(PROVINCE), at(TOWN, "Two"), at(OTHER_TOWN, "Three")) == [1, 1, 1]


def test_of_two_towns_that_is_chosen_which_it_is_far_more_like():
    text = "Shells wrecked eleven houses beside the river while people slept."
    alike = {"quote": text, "quote_start": 0}
    told = [
        dataclasses.replace(at(PROVINCE), **alike),
        dataclasses.replace(at(TOWN, "Two"), **alike),
        dataclasses.replace(at(OTHER_TOWN, "Three"), quote="Artillery pounded barracks along the frontline."),
    ]
    events = merge_sources(told)
    assert {(event.place.name, len(event.sources)) for event in events} == {("Riverton", 2), ("Hilltown", 1)}


def test_a_telling_figure_makes_up_for_a_day_that_is_left_open():
    province = place("Riverton", precision=PlacePrecision.ADMIN1, radius_m=30_000.0, kind="admin1", place_id="p")
    town = dataclasses.replace(TOWN, admin1="Riverton")
    for n, expected in ((13, [2]), (None, [1, 1])):
        figures = {"casualties": casualties(killed=count(n))} if n else {}
        fresh = at(province, when=DateSpan(ends_on=day(1).ends_on, **FRESH), **figures)
        assert sizes(at(town, "Two", when=day(-1), **figures), fresh) == expected


def test_the_telling_decides_that_a_vaguer_one_is_most_like_and_not_the_mean():
    counts_on = at(TOWN, "Three", actors=(), when=DateSpan(ends_on=day(1).ends_on, **FRESH))
    assert sizes(at(TOWN, "Two"), at(PROVINCE), counts_on) == [3]


def test_what_fits_one_of_two_towns_alone_supports_it():
    figures = {"casualties": casualties(killed=count(7))}
    other = {"casualties": casualties(killed=count(40))}
    events = merge_sources([at(PROVINCE, **figures), at(TOWN, "Two", **figures), at(OTHER_TOWN, "Three", **other)])
    assert {(event.place.name, len(event.sources)) for event in events} == {("Riverton", 2), ("Hilltown", 1)}


@pytest.mark.parametrize(
    "other",
    [
        {"casualties": casualties(killed=count(3))},
        {"when": day(1)},
        {"actors": ()},
        {"actors": (actor("Army B"),)},
        {"actors": (actor("Army B"), actor("Army A", "target"))},
        {"event_type": EventType.BATTLES, "sub_event_type": "Armed clash"},
    ],
    ids=["figures", "day", "nothing agrees", "side", "sides reversed", "type"],
)
def test_what_contradicts_or_does_not_agree_stays_apart(other):
    town = at(TOWN, "Two", casualties=casualties(killed=count(9)))
    assert sizes(town, at(PROVINCE)) == [2]
    assert sizes(town, at(PROVINCE, **other)) == [1, 1]


def test_a_list_of_places_in_one_sentence_is_as_many_events():
    told = report("They shelled Riverton and Valley.")
    town = source(told, at=TOWN, mention_id="a", actors=ARMY)
    assert sizes(town, source(told, at=PROVINCE, mention_id="b", actors=ARMY)) == [1, 1]


def test_neither_a_country_nor_a_town_near_by_supports_anything():
    country = place("Land", precision=PlacePrecision.COUNTRY, radius_m=500_000.0, kind="country")
    assert sizes(at(country), at(TOWN, "Two")) == [1, 1]
    assert sizes(at(OTHER_TOWN), at(TOWN, "Two")) == [1, 1]


def test_near_a_town_supports_the_event_of_the_village_that_lies_there():
    near = place("Hilltown", 30.05, 10.05, precision=PlacePrecision.NEAR, radius_m=12_000.0)
    (event,) = merge_sources([at(near), at(TOWN, "Two")])
    assert event.place == TOWN


def test_a_telling_without_a_place_belongs_to_the_one_event_of_its_report():
    told = report("Shells hit Riverton. Rockets hit Hilltown. People died.")
    town = source(told, actors=ARMY)
    nowhere = source(told, at=None, place=None, trigger_start=44, start=42, end=50, actors=ARMY)
    hill = source(told, at=OTHER_TOWN, place=toponym("Hilltown"), trigger_start=30, start=21, end=41, actors=ARMY)
    assert sizes(town, nowhere) == [2]
    assert sizes(town, nowhere, hill) == [1, 1, 1]
    elsewhere = source(report("Others died."), at=None, place=None, actors=ARMY)
    assert sizes(town, elsewhere) == [1, 1]


SQUARE = "POLYGON ((29 9, 31 9, 31 11, 29 11, 29 9), (29.9 9.9, 30.1 9.9, 30.1 10.1, 29.9 10.1, 29.9 9.9))"


@pytest.mark.parametrize(
    ("vague", "lon", "lat", "inside"),
    [
        ({"geometry": SQUARE, "precision": PlacePrecision.AREA}, 30.5, 10.5, True),
        ({"geometry": SQUARE, "precision": PlacePrecision.AREA}, 30.0, 10.0, False),
        ({"geometry": SQUARE, "precision": PlacePrecision.AREA}, 31.5, 10.0, False),
        ({"precision": PlacePrecision.NEAR, "radius_m": 12_000.0}, 30.1, 10.0, True),
        ({"precision": PlacePrecision.NEAR, "radius_m": 10_000.0}, 30.1, 10.0, False),
        ({"precision": PlacePrecision.ADMIN1, "radius_m": 1.0, "name": "Valley"}, 30.5, 10.5, True),
        ({"precision": PlacePrecision.ADMIN1, "radius_m": 900_000.0, "name": "Coast"}, 30.0, 10.0, False),
        ({"precision": PlacePrecision.AREA, "radius_m": 900_000.0, "country": "XXB"}, 30.0, 10.0, False),
    ],
    ids=["in", "hole", "out", "within reach", "beyond reach", "its province", "another province", "another country"],
)
def test_what_lies_in_what(vague, lon, lat, inside):
    assert holds(place(**{"name": "Vague", **vague}), place("Riverton", lon, lat, admin1="Valley")) is inside


@pytest.mark.parametrize(("plover", "n_sources"), [("COERCE:curfew", [2]), ("COERCE:martial-law", [1, 1])])
def test_a_measure_without_a_place_supports_no_other_measure(plover, n_sources):
    measure = {"event_type": EventType.STRATEGIC, "sub_event_type": "Change to group/activity"}
    told = report()
    town = source(told, at=TOWN, actors=ARMY, place=toponym(TOWN.name), plover="COERCE:curfew", **measure)
    bare = source(told, at=None, actors=ARMY, place=None, plover=plover, trigger_start=20, trigger_end=24, **measure)
    assert sizes(town, bare) == n_sources


COUNTRY = place("Country", precision=PlacePrecision.COUNTRY, radius_m=300_000.0, kind="country")


@pytest.mark.parametrize(("killed", "n_sources"), [((45, 45), [2]), ((45, 30), [1, 1]), ((1, 1), [1, 1])])
def test_a_report_of_the_country_supports_the_town_where_a_telling_figure_is_the_same(killed, n_sources):
    one, other = ({"casualties": casualties(killed=count(n))} for n in killed)
    assert sizes(at(COUNTRY, **one), at(TOWN, "Two", **other)) == n_sources


def recalled(text, word, **fields):
    start = text.index(word)
    told = source(
        report(text, source="Two"),
        at=None,
        **{"place": None, "trigger_start": start, "trigger_end": start + len(word), **fields},
    )
    return dataclasses.replace(told, country=COUNTRY)


def test_what_a_report_on_a_country_takes_for_known_is_the_one_event_there():
    known = recalled("Ministers meet after yesterday's shelling and promise aid.", "shelling")
    news = recalled("Ministers meet under heavy shelling and promise aid.", "shelling")
    abroad = place("Farport", 30.05, 10.05, country="XXB")
    assert sizes(known, at(TOWN)) == [2]
    assert sizes(news, at(TOWN)) == [1, 1]
    assert sizes(known, at(abroad)) == [1, 1]
    assert sizes(known, at(TOWN), at(OTHER_TOWN, "Three")) == [1, 1, 1]


def in_report(*tellings, text="They shelled Riverton. Ten died there."):
    told = report(text)
    made = []
    for number, (word, place_of, fields) in enumerate(tellings):
        start = text.index(word)
        first = text.rfind(".", 0, start) + 1
        one = source(
            told,
            at=TOWN if place_of else None,
            **{
                "mention_id": str(number),
                "trigger_start": start,
                "trigger_end": start + len(word),
                "place": toponym("Riverton", 13) if place_of else None,
                **fields,
            },
        )
        made.append(dataclasses.replace(one, quote=text[first : text.index(".", start) + 1], quote_start=first))
    return made


def test_a_sentence_that_goes_on_without_a_place_tells_of_the_one_before():
    died = {"event_type": EventType.VIOLENCE_AGAINST_CIVILIANS, "sub_event_type": "Attack"}
    one, other = map(version_of, in_report(("shelled", True, {}), ("died", True, died)))
    assert ("place_taken_over", rules().weights["place_taken_over"]) in weigh(one, other)
    figures = [{"casualties": casualties(killed=count(n))} for n in (2, 30)]
    one, other = map(version_of, in_report(("shelled", True, figures[0]), ("died", True, {**died, **figures[1]})))
    assert "same_report" in dict(weigh(one, other))


def test_a_second_incident_and_what_it_answers_are_told_as_others():
    again = "They shelled Riverton. In a second attack ten died there."
    one, other = map(version_of, in_report(("shelled", True, {}), ("died", True, {}), text=again))
    assert "told_as_another" in dict(weigh(one, other))
    answer = "They shelled Riverton in retaliation for rockets fired."
    one, other = map(version_of, in_report(("shelled", True, {}), ("fired", True, {}), text=answer))
    assert "told_as_another" in dict(weigh(one, other))


def test_a_last_clause_may_set_apart_what_one_sentence_tells():
    apart = "They shelled Riverton; a second shell fired hours later hit a school."
    one, other = map(version_of, in_report(("shelled", True, {}), ("fired", True, {}), text=apart))
    assert "told_as_another" in dict(weigh(one, other))
    same = "They shelled Riverton in the second raid; shells were fired from hills."
    one, other = map(version_of, in_report(("shelled", True, {}), ("fired", True, {}), text=same))
    assert "same_sentence" in dict(weigh(one, other))


def test_of_one_sentence_a_telling_of_another_kind_without_a_place_is_of_its_event():
    text = "Houses burned down as they shelled Riverton."
    burned = {"event_type": EventType.STRATEGIC, "sub_event_type": "Looting/property destruction"}
    assert sizes(*in_report(("shelled", True, {}), ("burned", False, burned), text=text)) == [2]


def test_what_came_of_an_attack_has_the_day_of_the_attack():
    text = "Rebels claim yesterday's attack on Riverton that killed six."
    yesterday, no_day = day(-1), DateSpan(**{**FRESH, "ends_on": day(0).ends_on})
    told = in_report(("attack", True, {"when": yesterday}), ("killed", False, {"when": no_day}), text=text)
    assert sizes(*told) == [2]
    other = text.replace("that killed", "and killed")
    told = in_report(("attack", True, {"when": yesterday}), ("killed", False, {"when": no_day}), text=other)
    assert sizes(*told) == [1, 1]


PUBLISHED = {"starts_on": None, "precision": DatePrecision.UNKNOWN, "basis": DateBasis.PUBLISHED}


def later(text, word, after_days=3, where=TOWN, named="Riverton", outlet="Two", **fields):
    """Return a telling that was published some days after the others and names no day."""
    start, at_name = text.index(word), text.find(named)
    return source(
        report(text, source=outlet, on=day(after_days).ends_on),
        at=where,
        **{
            "when": DateSpan(ends_on=day(after_days).ends_on, **PUBLISHED),
            "place": toponym(named, at_name) if at_name >= 0 else None,
            "trigger_start": start,
            "trigger_end": start + len(word),
            **fields,
        },
    )


KNOWN = "The death toll of the bombing in Riverton rises to {}."


@pytest.mark.parametrize(
    ("text", "fields", "n_sources"),
    [
        (KNOWN.format("17"), {"casualties": casualties(killed=count(17))}, [2]),
        (KNOWN.format("12"), {"casualties": casualties(killed=count(12))}, [2]),
        (KNOWN.format("40"), {"casualties": casualties(killed=count(40))}, [1, 1]),
        (KNOWN.format("3"), {"casualties": casualties(killed=count(3))}, [1, 1]),
        ("Police seek those responsible for a bombing in Riverton.", {}, [2]),
        ("Stones are thrown after the bombing in Riverton.", {}, [2]),
        ("Leaders condemn the fighting bombing in Riverton.", {"when": day(3)}, [1, 1]),
        ("A bombing in Riverton kills some.", {}, [1, 1]),
        ("They fear the bombing in Riverton.", {"status": Status.HYPOTHETICAL}, [1, 1]),
        ("Leaders condemn the bombing in Riverton.", {"after_days": 8}, [1, 1]),
        ("Leaders condemn the bombing in Hilltown.", {"where": OTHER_TOWN, "named": "Hilltown"}, [1, 1]),
    ],
    ids=[
        "toll rises",
        "same toll",
        "toll far higher",
        "toll lower",
        "responsible",
        "after",
        "a day of its own",
        "news",
        "feared",
        "too long ago",
        "the next town",
    ],
)
def test_what_is_taken_for_known_without_a_day_may_be_of_some_days_before(text, fields, n_sources):
    assert sizes(at(TOWN, casualties=casualties(killed=count(12))), later(text, "bombing", **fields)) == n_sources


def test_of_two_of_some_days_before_none_is_chosen():
    condemned = later("Leaders condemn the bombing in Riverton.", "bombing", after_days=6)
    assert sizes(at(TOWN), at(TOWN, "Three", when=day(2)), condemned) == [1, 1, 1]


def test_what_is_known_of_one_hotel_is_not_what_happened_in_another():
    bombed = dataclasses.replace(at(TOWN), quote="A bomb explodes in the Regent Hotel in Riverton.")
    known = "Leaders condemn the bombing of the {} Hotel in Riverton."
    assert sizes(bombed, later(known.format("Regent"), "bombing")) == [2]
    assert sizes(bombed, later(known.format("Savoy"), "bombing")) == [1, 1]


def test_what_lasts_is_not_that_of_some_days_before():
    assert sizes(at(TOWN), later("Leaders condemn the shelling in Riverton.", "shelling")) == [1, 1]


def test_what_is_known_of_a_whole_region_is_no_event_of_some_days_before():
    plains = place("Plains", precision=PlacePrecision.REGION, radius_m=90_000.0, kind="region")
    known = later("Leaders condemn the bombing in Plains.", "bombing", where=plains, named="Plains")
    assert sizes(at(plains), known) == [1, 1]


def test_a_region_supports_a_province_and_where_all_fit_one_town_that_is_chosen():
    plains = place("Plains", precision=PlacePrecision.REGION, radius_m=90_000.0, kind="region")
    assert sizes(
        at(plains, casualties=casualties(killed=count(12))),
        at(PROVINCE, "Two", casualties=casualties(killed=count(12))),
    ) == [2]
    seven = {"casualties": casualties(killed=count(7))}
    assert sizes(at(plains, **seven), at(PROVINCE, "Two", **seven), at(TOWN, "Three", **seven)) == [3]


def test_a_town_and_the_province_of_its_name_are_mostly_the_same_place():
    province = place(
        "Riverton Province", precision=PlacePrecision.ADMIN1, radius_m=30_000.0, kind="admin1", place_id="p"
    )
    inside = dataclasses.replace(TOWN, admin1="Riverton Province")
    bare = {"actors": (), "place": toponym("Riverton")}
    assert sizes(at(province, **bare), at(inside, "Two", **bare)) == [2]
    assert sizes(at(province, **{**bare, "place": toponym("Riverton Province")}), at(inside, "Two", **bare)) == [1, 1]


def test_two_reports_that_name_one_hotel_tell_of_one_event_but_not_of_two_days():
    seven = {"casualties": casualties(killed=count(7))}
    text = "Seven die as shells hit the Savoy Hotel."
    named = dataclasses.replace(at(TOWN, **seven), quote="Shells kill seven in the Savoy Hotel in Riverton.")
    assert sizes(named, later(text, "shells", after_days=0, where=None, **seven)) == [2]
    assert sizes(named, later(text.replace("Savoy", "Regent"), "shells", after_days=0, where=None, **seven)) == [1, 1]
    assert sizes(named, later("They hit the Savoy Hotel.", "hit", after_days=1, where=None)) == [1, 1]


def test_a_village_that_no_source_has_is_the_one_of_its_name():
    seven = {"casualties": casualties(killed=count(7))}
    unknown = later("Shells kill seven in Riverton.", "Shells", where=None, after_days=0, **seven)
    assert sizes(at(TOWN, **seven), unknown) == [2]
    assert sizes(at(OTHER_TOWN, **seven), unknown) == [1, 1]


@pytest.mark.parametrize(
    ("text", "n_sources"),
    [
        ("They shelled Riverton and Oakham.", [1, 1]),
        ("They shelled Riverton and Oakham railway station.", [2]),
        ("They shelled Oakham in Riverton.", [2]),
        ("They shelled the road between Riverton and Oakham.", [2]),
        ("They shelled Riverton, Elmdale, Oakham and the Low Valley.", [1, 1]),
        ("They shelled Oakham, Riverton and Elmdale.", [1, 1]),
        ("They shelled Oakham, Riverton, Low Valley.", [2]),
        ("They shelled Oakham, Riverton.", [2]),
    ],
    ids=[
        "villages",
        "a station of the town",
        "a quarter",
        "a road",
        "a row",
        "a short row",
        "an address",
        "a place and its town",
    ],
)
def test_of_a_list_of_places_one_that_no_source_has_is_an_event_too(text, n_sources):
    told = report(text)
    values = {"trigger_start": 5, "trigger_end": 12, "actors": ARMY, "start": 0, "end": len(text)}
    town = source(told, at=TOWN, mention_id="a", place=toponym("Riverton", text.index("Riverton")), **values)
    unknown = source(told, at=None, mention_id="b", place=toponym("Oakham", text.index("Oakham")), **values)
    assert sizes(town, unknown) == n_sources


@pytest.mark.parametrize(
    ("text", "n_sources"),
    [
        ("They shelled the Low Valley and hit Riverton, Oakham and Elmdale.", [1, 1]),
        ("They shelled the Low Valley and hit a post in Oakham.", [2]),
    ],
)
def test_one_of_a_row_is_not_what_another_word_of_the_sentence_tells_of_elsewhere(text, n_sources):
    told = report(text)
    whole = {"actors": ARMY, "start": 0, "end": len(text)}
    low, oakham = text.index("Low Valley"), text.index("Oakham")
    valley = source(
        told, at=DISTRICT, mention_id="a", place=toponym("Low Valley", low), trigger_start=5, trigger_end=12, **whole
    )
    hit = {"trigger_start": text.index("hit"), "trigger_end": text.index("hit") + 3}
    unknown = source(told, at=None, mention_id="b", place=toponym("Oakham", oakham), **hit, **whole)
    assert sizes(valley, unknown) == n_sources


# ---------------------------------------------------------------- what is named beside, near and of a country
COUNTRY = place("Ruritania", 40.0, 10.0, precision=PlacePrecision.COUNTRY, radius_m=100_000.0, kind="country")
NEAR = dataclasses.replace(TOWN, precision=PlacePrecision.NEAR, radius_m=12_000.0)
VILLAGE = place("Mill", 30.02, 10.02, admin1="Valley")
DISTRICT = place("Low Valley", precision=PlacePrecision.ADMIN2, radius_m=30_000.0, kind="admin2")


def naming(told, *names):
    return dataclasses.replace(told, names=names)


def test_a_report_without_a_place_that_names_the_town_beside_supports_its_event():
    bare = at(None, place=None)
    assert sizes(at(TOWN, "Two"), bare) == [1, 1]
    assert sizes(at(TOWN, "Two"), naming(bare, "riverton")) == [2]
    assert sizes(at(TOWN, "Two"), at(OTHER_TOWN, "Three"), naming(bare, "riverton", "hilltown")) == [1, 1, 1]


def test_a_report_of_the_country_that_names_the_town_beside_supports_its_event_however_large_the_country():
    of_country = at(COUNTRY, actors=())
    assert sizes(at(TOWN, "Two"), of_country) == [1, 1]
    assert sizes(at(TOWN, "Two"), naming(of_country, "riverton")) == [2]
    abroad = dataclasses.replace(TOWN, country="XXB")
    assert sizes(at(abroad, "Two"), naming(of_country, "riverton")) == [1, 1]


def test_a_district_supports_what_is_told_near_a_town_and_that_the_town():
    assert sizes(at(NEAR, "Two"), at(DISTRICT)) == [2]
    assert sizes(at(VILLAGE, "Two"), at(NEAR)) == [2]


def test_a_report_of_the_country_supports_what_another_takes_for_known():
    text = "The attack on Riverton was condemned."
    killed = {"casualties": casualties(killed=count(13))}
    fresh = DateSpan(ends_on=day(0).ends_on, **FRESH)
    known = source(
        report(text, source="Two"),
        at=TOWN,
        when=fresh,
        trigger_start=4,
        trigger_end=10,
        place=toponym(start=14),
        **killed,
    )
    assert version_of(known).reaches_from is not None
    assert sizes(known, naming(at(COUNTRY, actors=(), when=fresh, **killed), "riverton")) == [2]


def test_figures_may_be_those_of_some_tellings_of_an_event_unless_they_are_far_from_others():
    def killed(where, outlet, number):
        return at(where, outlet, casualties=casualties(killed=count(number)))

    assert sizes(killed(TOWN, "Two", 6), killed(TOWN, "Three", 9), killed(PROVINCE, "One", 9)) == [3]
    assert sizes(killed(TOWN, "Two", 6), killed(TOWN, "Three", 9), killed(PROVINCE, "One", 40)) == [1, 2]
    assert sizes(killed(TOWN, "Two", 6), killed(TOWN, "Three", 9), killed(PROVINCE, "One", 13)) == [1, 2]


def test_a_side_that_counts_what_the_other_lost_tells_no_other_event():
    text = "Guns pounded the depot beside the harbour while crews were loading."
    alike = {"quote": text, "quote_start": 0}
    town = dataclasses.replace(at(TOWN, "Two", casualties=casualties(killed=count(9))), **alike)
    for claimer, expected in ((None, [1, 1]), ("Army A", [2])):
        killed = {"casualties": casualties(killed=count(20)), "claimed_for": claimer}
        assert sizes(town, dataclasses.replace(at(PROVINCE, **killed), **alike)) == expected
    far = {"casualties": casualties(killed=count(90)), "claimed_for": "Army A"}
    assert sizes(town, dataclasses.replace(at(PROVINCE, **far), **alike)) == [1, 1]


def test_a_name_that_few_reports_have_makes_up_for_days_that_are_hardly_the_same():
    later, earlier = (DateSpan(**days_of) for days_of in (_nights(0), _nights(1)))
    sides = {"actors": (*ARMY, actor("Army B", "target"))}
    town = naming(at(PROVINCE, "Two", when=later, **sides), "kestrel gate")
    for name, expected in (("kestrel gate", [2]), ("damascus", [1, 1]), ("mill pond", [1, 1])):
        assert sizes(town, naming(at(None, place=None, when=earlier, **sides), name)) == expected


def _nights(ago):
    first = day(-1 - ago).starts_on
    return {
        "starts_on": first,
        "ends_on": day(-ago).ends_on,
        "precision": DatePrecision.RANGE,
        "basis": DateBasis.RELATIVE,
    }


def test_what_is_named_beside_is_told_in_words():
    (beside,) = [
        one for one in evidence_for(naming(at(PROVINCE), "riverton"), at(TOWN, "Two")) if one.name == "named_beside"
    ]
    assert beside.words == "the report that tells of no sharp place names Riverton beside it"
    shared = naming(at(PROVINCE), "abu usher"), naming(at(COUNTRY, "Two"), "abu ushar")
    (both,) = [one for one in evidence_for(*shared) if one.name == "names_shared"]
    assert both.words == "both reports name Abu Usher"
