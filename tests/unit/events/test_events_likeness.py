import dataclasses
import datetime as dt
import math

import pytest
from builders import DAY, actor, casualties, count, day, days, place, report, source, toponym

from geoconflict.events.likeness import days_likelihood, score, sides_reversed, weigh
from geoconflict.events.rules import family_of, rules
from geoconflict.events.versions import version_of
from geoconflict.ledger import LONGEST_SPAN_DAYS
from geoconflict.models import (
    SUB_EVENT_TYPES,
    ActorKind,
    DateBasis,
    DatePrecision,
    DateSpan,
    EventType,
    PlacePrecision,
    Status,
)

FRESH = DateSpan(starts_on=None, ends_on=DAY, precision=DatePrecision.UNKNOWN, basis=DateBasis.PUBLISHED)


def told(outlet, *, text="Shells hit it.", on=DAY, **fields):
    return version_of(source(report(text, source=outlet, on=on), **fields))


def pieces(one, other):
    found = dict(weigh(one, other))
    assert found == dict(weigh(other, one)), "the order of the two must not matter"
    return found


def test_every_weight_has_words_and_each_family_names_sub_types_that_there_are():
    known = rules()
    assert known.weights.keys() == known.wording.keys()
    there = {sub_type for sub_types in SUB_EVENT_TYPES.values() for sub_type in sub_types}
    assert set(known.families) <= there
    assert sum(known.fresh_shares) == pytest.approx(1)
    for n, shares in known.day_shares.items():
        assert len(shares) == n
        assert sum(shares) == pytest.approx(1)
    assert known.longest_days <= len(known.day_shares)
    assert max(known.longest_days, known.fresh_days + 1) <= LONGEST_SPAN_DAYS


def test_a_type_that_no_family_names_is_alone():
    arrests = family_of(EventType.STRATEGIC, "Arrests")
    assert arrests != family_of(EventType.STRATEGIC, "Change to group/activity")
    assert arrests.kin == arrests.name


@pytest.mark.parametrize("sub_type", ["Suicide bomb", "Grenade", "Chemical weapon", "Mob violence"])
def test_a_bomb_a_riot_and_an_attack_are_kin_so_that_the_attack_may_be_any_of_them(sub_type):
    others = (EventType.VIOLENCE_AGAINST_CIVILIANS, "Attack"), (EventType.BATTLES, "Armed clash")
    one = family_of(EventType.EXPLOSIONS, sub_type)
    assert all(family_of(*other).kin == one.kin and family_of(*other).name != one.name for other in others)


def test_same_type_place_and_day_are_one_event_with_something_to_spare():
    found = pieces(told("One"), told("Two"))
    assert set(found) == {"same_sub_type", "same_place", "days"}
    assert sum(found.values()) == pytest.approx(1.0 + 2.0 + math.log(1 / 0.3))
    assert score(told("One"), told("Two")) > rules().joins + 1


@pytest.mark.parametrize(
    ("one", "other", "likely"),
    [
        (day(), day(), 1.0),
        (day(), day(1), 0.0),
        (day(), days(-1, 0), 0.65),
        (day(-1), days(-1, 0), 0.35),
        (days(-1, 0), days(-1, 0), 0.35**2 + 0.65**2),
        (day(), FRESH, 0.6),
        (day(-2), FRESH, 0.1),
        (day(-3), FRESH, 0.0),
        (days(-9, 0), days(-9, 0), 0.0),
    ],
)
def test_how_likely_two_spans_mean_one_day(one, other, likely):
    a, b = told("One", when=one), told("Two", when=other)
    assert days_likelihood(a, b) == pytest.approx(likely)
    assert days_likelihood(b, a) == days_likelihood(a, b)


def test_news_is_less_likely_of_a_day_that_an_earlier_report_could_tell_of():
    earlier = told("One", when=day(), on=DAY)
    same_day = told("Two", when=days(0, 1), on=DAY)
    next_day = told("Two", when=days(0, 1), on=DAY + dt.timedelta(days=1))
    told_before = days_likelihood(earlier, same_day) * rules().told_before
    assert days_likelihood(earlier, next_day) == pytest.approx(told_before)
    sharp = told("Two", when=day(), on=DAY + dt.timedelta(days=1))
    assert days_likelihood(earlier, sharp) == 1
    looked_back = told("Two", when=days(0, 1), on=DAY + dt.timedelta(days=2))
    assert days_likelihood(earlier, looked_back) == days_likelihood(earlier, same_day)


def looking_back(text, word):
    """Return a telling of the next day by the words of `text` from `word` on; its place is "Martuni"."""
    at, where = text.index(word), text.index("Martuni")
    return told(
        "Two",
        text=text,
        on=DAY + dt.timedelta(days=1),
        when=days(0, 1),
        trigger_start=at,
        trigger_end=at + len(word),
        place=toponym("Martuni", where),
    )


@pytest.mark.parametrize(
    ("text", "word", "known"),
    [
        ("Elections were put off after the shelling of Martuni.", "shelling", True),
        ("Two died of wounds from yesterday’s shelling of Martuni.", "shelling", True),
        ('They mourned for those of "the deadly shelling" of Martuni.', "shelling", True),
        ("A shelling of Martuni wounded two.", "shelling", False),
        ("They mourned after the deadly attack in Martuni.", "attack", True),
        ("The death toll of a series of bombings in Martuni rises.", "bombings", True),
        ("Schools stay shut after clashes in Martuni.", "clashes", True),
        ("The army shelled Martuni.", "shelled", False),
        ("The rebels attack Martuni again.", "attack", False),
        ("The defence ministry said shelling of Martuni went on.", "shelling", False),
        ("Martuni, to the south, shelled for hours, lay in ruins.", "shelled", False),
    ],
)
def test_what_a_report_takes_for_known_is_no_news(text, word, known):
    news = told("One", text="Shells hit Martuni.", when=days(-1, 0))
    later = looking_back(text, word)
    assert later.looks_back is known
    assert (days_likelihood(news, later) > 0.2) is known
    assert (score(news, later) > rules().joins) is known


def test_the_attack_may_be_what_the_sentence_before_told_as_news():
    text = "Martuni was hit. The shelling went on all night."
    later = looking_back(text, "shelling")
    quoted = dataclasses.replace(later.source, quote=text[17:], quote_start=17)
    assert later.looks_back
    assert not version_of(quoted).looks_back


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        (count(13), count(13), "same_large_figures"),
        (count(9), count(9), "same_figures"),
        (count(20), count(20), "same_figures"),
        (count(2), count(2), "same_small_figures"),
        (count(21), count(low=20), "figures_fit"),
        (count(20), count(low=20), "same_least_figures"),
        (count(2), count(low=2), "figures_fit"),
        (count(low=20), count(low=20), "figures_fit"),
        (count(high=5), count(low=3), "figures_fit"),
        (count(9), count(10), "figures_near"),
        (count(low=15), count(14), "figures_near"),
        (count(3), count(4), "figures_differ"),
        (count(2), count(6), "figures_differ"),
        (count(2), count(40), "figures_far_apart"),
        (count(13), None, None),
    ],
)
def test_figures(one, other, name):
    found = pieces(told("One", casualties=casualties(killed=one)), told("Two", casualties=casualties(killed=other)))
    assert {piece for piece in found if "figures" in piece} == ({name} if name else set())


def test_where_killed_and_wounded_say_different_things_the_difference_counts():
    a = told("One", casualties=casualties(killed=count(4), wounded=count(10)))
    b = told("Two", casualties=casualties(killed=count(5), wounded=count(10)))
    assert "figures_differ" in pieces(a, b)
    assert "same_figures" not in pieces(a, b)


def test_sides_agree_differ_or_say_nothing():
    agent_a, agent_b = told("One", actors=(actor("Army A"),)), told("Two", actors=(actor("Army B"),))
    assert "agents_agree" in pieces(agent_a, told("Two", actors=(actor("Army A"),)))
    assert "agents_differ" in pieces(agent_a, agent_b)
    unspecific = told("Two", actors=(actor("Military Forces"),))
    assert not {"agents_agree", "agents_differ"} & pieces(agent_a, unspecific).keys()


def accusation(outlet, by, of, **fields):
    army = actor(f"Army of {of}", country=of, kind=ActorKind.STATE_FORCES)
    return told(outlet, actors=(army,), claimed_by=by, claimed_for=by, **fields)


def test_each_side_that_accuses_the_other_tells_of_an_event_of_its_own():
    one, other = accusation("One", "AAA", "BBB"), accusation("Two", "BBB", "AAA")
    assert "accusations_crossed" in pieces(one, other)
    assert score(one, other) < rules().joins
    third = accusation("Two", None, "AAA")  # nobody's word: a doer that is only told otherwise
    assert "agents_differ" in pieces(one, third)
    assert "accusations_crossed" not in pieces(one, accusation("Two", "AAA", "BBB"))
    own = accusation("Two", "AAA", "AAA")  # a side that says what it did itself accuses nobody
    assert "agents_differ" in pieces(one, own)


def capture(sub, kind, *, name="Army of AAA", on=DAY):
    actors = (actor(name, country="AAA" if kind is ActorKind.STATE_FORCES else None, kind=kind),)
    return source(report("Taken."), event_type=EventType.BATTLES, sub_event_type=sub, actors=actors)


def test_a_place_that_one_report_says_both_sides_took_changed_hands_twice():
    regained = version_of(capture("Government regains territory", ActorKind.STATE_FORCES))
    overtaken = version_of(capture("Non-state actor overtakes territory", ActorKind.REBEL_GROUP, name="Rebels"))
    assert "taken_back" in pieces(regained, overtaken)
    assert score(regained, overtaken) < rules().joins
    assert "taken_back" not in pieces(regained, regained)


def test_accusations_of_the_very_same_deaths_are_one_event_with_two_versions():
    dead = casualties(killed=count(52))
    one, other = accusation("One", "AAA", "BBB", casualties=dead), accusation("Two", "BBB", "AAA", casualties=dead)
    assert score(one, other) >= rules().joins


def test_who_is_named_among_the_dead_of_a_clash_may_have_attacked():
    clash = {"event_type": EventType.BATTLES, "sub_event_type": "Armed clash"}
    attack = told("One", actors=(actor("Rebels"),), **clash)
    dead = told("Two", actors=(actor("Rebels", part="target"),), **clash)
    shelled = told("Two", actors=(actor("Rebels", part="target"),))
    assert not sides_reversed(attack.sides, dead.sides)
    assert sides_reversed(attack.sides, shelled.sides)


def test_rebels_and_civilians_of_a_country_are_no_side_of_its_army():
    army = actor("Army of A", country="AAA", kind=ActorKind.STATE_FORCES)
    rebels = actor("Front of A", country="AAA", kind=ActorKind.REBEL_GROUP)
    people = actor("Civilians (A)", "target", country="AAA", kind=ActorKind.CIVILIANS)
    shelled, dead = told("One", actors=(army,)), told("Two", actors=(people,))
    assert not sides_reversed(shelled.sides, dead.sides)
    assert "agents_differ" in pieces(shelled, told("Two", actors=(rebels,)))
    hit = dataclasses.replace(army, part="target")
    assert not sides_reversed(told("One", actors=(rebels, hit)).sides, told("Two", actors=(rebels,)).sides)
    assert sides_reversed(shelled.sides, told("Two", actors=(rebels, hit)).sides)


def test_what_a_crowd_burns_after_a_bomb_is_another_event():
    of = report("A bomb went off. A mob burned shops.")
    mob = actor("Rioters", kind=ActorKind.RIOTERS)

    def fire_of(*doers):
        return version_of(
            source(of, event_type=EventType.STRATEGIC, sub_event_type="Looting/property destruction", actors=doers)
        )

    bomb = version_of(source(of, sub_event_type="Remote explosive/landmine/IED"))
    assert "told_as_another" in pieces(bomb, fire_of(mob))
    assert "told_as_another" not in pieces(bomb, fire_of())
    # Where the crowd is told to have fought, it is one riot.
    fought = version_of(source(of, event_type=EventType.BATTLES, sub_event_type="Armed clash", actors=(mob,)))
    assert "told_as_another" not in pieces(fought, fire_of(mob))


def test_between_states_their_civilians_stand_for_them():
    army_a, army_b = (actor(f"Army of {one}", country=one, kind=ActorKind.STATE_FORCES) for one in ("AAA", "BBB"))
    of_a, of_b = (
        actor(f"Civilians ({one})", "target", country=one, kind=ActorKind.CIVILIANS) for one in ("AAA", "BBB")
    )
    assert sides_reversed(told("One", actors=(army_a, of_b)).sides, told("Two", actors=(army_b, of_a)).sides)


def test_groups_of_one_country_may_be_parts_of_each_other():
    one, other = (actor(name, country="AAA", kind=ActorKind.REBEL_GROUP) for name in ("Front", "Wing of the Front"))
    assert (
        not {"agents_agree", "agents_differ"} & pieces(told("One", actors=(one,)), told("Two", actors=(other,))).keys()
    )
    far = actor("League", country="BBB", kind=ActorKind.REBEL_GROUP)
    assert "agents_differ" in pieces(told("One", actors=(one,)), told("Two", actors=(far,)))


BOMB = {"event_type": EventType.EXPLOSIONS, "sub_event_type": "Remote explosive/landmine/IED"}
CLASH = {"event_type": EventType.BATTLES, "sub_event_type": "Armed clash"}
MET = {"event_type": EventType.STRATEGIC, "sub_event_type": "Disrupted weapons use"}


def triggered(text, word, outlet="Two", **fields):
    start = text.index(word)
    return told(outlet, text=text, trigger_start=start, trigger_end=start + len(word), **fields)


def test_an_explosion_may_be_of_a_shell_and_no_clash():
    blast = triggered("A blast shook Riverton.", "blast", **BOMB)
    assert "generic" in pieces(told("One"), blast)
    assert "kin" in pieces(told("One", **CLASH), blast)
    mine = triggered("A mine went off in Riverton.", "mine", **BOMB)
    assert "kin" in pieces(told("One"), mine)


def test_missiles_fired_and_missiles_shot_down_may_be_the_same_of_two_reports_alone():
    assert "intercepted" in pieces(told("One"), told("Two", **MET))
    told_in = report("They fired missiles and shot them down.")
    one, other = version_of(source(told_in)), version_of(source(told_in, trigger_start=20, trigger_end=30, **MET))
    assert "intercepted" not in pieces(one, other)


def at_spot(outlet, spot, killed):
    return triggered(f"A bomb hit a {spot}.", "bomb", outlet, casualties=casualties(killed=count(killed)), **BOMB)


def test_other_spots_with_other_figures_are_other_events():
    one = at_spot("One", "bakery", 8)
    assert pieces(one, at_spot("Two", "bakery", 10))["spots_agree"] > 0
    assert "spots_differ" in pieces(one, at_spot("Two", "mosque", 5))
    assert "spots_differ" not in pieces(one, at_spot("Two", "mosque", 8))
    assert score(one, at_spot("Two", "mosque", 5)) < score(one, at_spot("Two", "bakery", 5)) - 1


def test_a_toll_rises_from_day_to_day_by_half_at_most():
    first = told("One", casualties=casualties(killed=count(10)))
    for n, name in ((14, "figures_rise"), (16, "figures_differ"), (7, "figures_differ")):
        later = told("Two", on=day(1).ends_on, when=day(), casualties=casualties(killed=count(n)))
        assert name in pieces(first, later), n
    assert "figures_differ" in pieces(first, told("Two", casualties=casualties(killed=count(14))))


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("Shells killed 29 people, nine of them journalists.", True),
        ("Shells killed 29 people, raising an earlier figure of 9.", True),
        ("Shells killed 29 people on 19 March.", False),
    ],
)
def test_a_figure_that_the_other_report_tells_besides_agrees(text, agrees):
    many = told("One", text=text, casualties=casualties(killed=count(29)))
    few = told("Two", casualties=casualties(killed=count(9)))
    assert ("figures_fit" in pieces(many, few)) is agrees
    assert ("figures_far_apart" in pieces(many, few)) is not agrees


def test_those_who_were_shot_by_other_names_are_two_events():
    one = triggered("Gunmen killed Adil Moravec.", "killed", "One", **CLASH)
    other = triggered("Gunmen killed Tomas Brandal.", "killed", **CLASH)
    assert "other_people" in pieces(one, other)
    many = triggered("Gunmen killed Tomas Brandal.", "killed", casualties=casualties(killed=count(12)), **CLASH)
    assert "other_people" not in pieces(one, many), "of many victims reports name other ones"


def test_the_night_of_a_day_by_name_is_of_that_day():
    night = dataclasses.replace(days(0, 1), surface="Sunday night")
    overnight = dataclasses.replace(days(0, 1), surface="overnight")
    first, last = told("One", when=day()), told("One", when=day(1))
    assert days_likelihood(first, told("Two", when=night)) > days_likelihood(last, told("Two", when=night))
    assert days_likelihood(first, told("Two", when=overnight)) < days_likelihood(last, told("Two", when=overnight))


@pytest.mark.parametrize(
    ("text", "word", "known"),
    [
        ("Sunday's attack in Martuni was their fifth bombing this year.", "bombing", True),
        ("Their fifth bombing hit Martuni.", "bombing", False),
    ],
)
def test_an_event_told_by_its_day_before_is_taken_for_known(text, word, known):
    assert looking_back(text, word).looks_back is known


def test_a_campaign_is_not_that_of_last_week():
    for words, reaches in (("bombing in", True), ("bombing campaign in", False)):
        text = f"They condemned the {words} Martuni."
        place = toponym("Martuni", text.index("Martuni"))
        assert (triggered(text, "bombing", when=FRESH, place=place).reaches_from is not None) is reaches


def test_a_copied_text_says_more_than_some_words_in_common():
    text = "Heavy rockets wrecked houses beside the market square while people slept."
    copied = pieces(told("One", text=text), told("Two", text=text))
    some = pieces(
        told("One", text=text), told("Two", text="Rockets wrecked houses; people fled, doctors treated dozens.")
    )
    other = pieces(
        told("One", text=text), told("Two", text="Artillery pounded barracks along frontline trenches overnight.")
    )
    assert copied["words_shared"] == pytest.approx(1.4)
    assert 0 < some["words_shared"] < copied["words_shared"]
    assert "words_shared" not in other


def test_kin_are_one_event_only_in_one_sentence_or_with_more_evidence():
    told_in = report("A house was burnt by a drone and a man killed by shells.")
    burnt = {"event_type": EventType.STRATEGIC, "sub_event_type": "Looting/property destruction"}
    one, other = version_of(source(told_in)), version_of(source(told_in, trigger_start=0, **burnt))
    assert "kin_in_one_sentence" in pieces(one, other)
    assert pieces(one, told("Two", **burnt))["kin"] < 0
    assert score(one, other) >= rules().joins > score(one, told("Two", **burnt))


def test_what_is_planned_is_less_likely_what_was_done():
    assert pieces(told("One"), told("Two", status=Status.SCHEDULED))["other_status"] < 0
    assert "other_status" not in pieces(told("One"), told("Two", status=Status.DENIED))
    assert "other_status" not in pieces(told("One"), told("Two"))


def test_what_is_supposed_is_never_what_was_done_whatever_else_agrees():
    alike = {"casualties": casualties(killed=count(30)), "actors": (actor("Army A"), actor("Army B", "target"))}
    supposed = told("Two", status=Status.HYPOTHETICAL, **alike)
    for status in (Status.OCCURRED, Status.CLAIMED, Status.DENIED):
        assert score(told("One", status=status, **alike), supposed) < rules().joins
    assert score(told("One", status=Status.HYPOTHETICAL, **alike), supposed) >= rules().joins


def test_two_named_sides_of_one_place_named_once_give_two_versions_of_one_event():
    told_in = report("The rebels said they killed 50 at X. The army acknowledged two deaths.")
    fields = {"status": Status.CLAIMED}
    claim = version_of(source(told_in, claimed_by="rebels", casualties=casualties(killed=count(50)), **fields))
    other = version_of(source(told_in, claimed_by="army", casualties=casualties(killed=count(2)), **fields))
    same = version_of(source(told_in, claimed_by="rebels", casualties=casualties(killed=count(2)), **fields))
    assert pieces(claim, other)["two_versions"] > 0
    assert score(claim, other) >= rules().joins
    assert "two_versions" not in pieces(claim, same)


def test_the_vaguer_the_common_place_the_less_it_says():
    def together(precision):
        at = place("Somewhere", precision=precision)
        return score(told("One", at=at), told("Two", at=at))

    order = [PlacePrecision.TOWN, PlacePrecision.NEAR, PlacePrecision.ADMIN2, PlacePrecision.ADMIN1]
    order += [PlacePrecision.REGION, PlacePrecision.COUNTRY]
    found = [together(precision) for precision in order]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == len(found)


def test_a_daily_bulletin_in_the_same_words_is_told_of_another_day():
    text = "Army A shells a {} in Riverton, killing one person there at dawn."
    fresh = [days(-1, 0, DateBasis.PUBLISHED), days(0, 1, DateBasis.PUBLISHED)]
    one = {"casualties": casualties(killed=count(1)), "actors": (actor("Army A"),)}
    first = told("One", text=text.format("dormitory"), when=fresh[0], **one)
    tomorrow = DAY + dt.timedelta(days=1)
    next_day = told("Two", text=text.format("warehouse"), when=fresh[1], on=tomorrow, **one)
    assert score(first, next_day) < rules().joins
    same_day = told("Two", text=text.format("warehouse"), when=fresh[0], **one)
    assert pieces(first, same_day)["words_shared"] > pieces(first, next_day)["words_shared"]
    assert "same_small_figures" in pieces(first, same_day)


def test_rebels_by_name_are_not_others_than_rebels_but_an_army_is():
    rebels = told("One", actors=(actor("Rebels"),))
    by_name = dataclasses.replace(actor("Northern Front"), kind=ActorKind.REBEL_GROUP)
    assert "agents_differ" not in pieces(rebels, told("Two", actors=(by_name,)))
    army = dataclasses.replace(actor("Army A"), kind=ActorKind.STATE_FORCES)
    assert "agents_differ" in pieces(rebels, told("Two", actors=(army,)))


@pytest.mark.parametrize(
    ("low", "evidence"),
    [(64, "same_large_figures"), (60, "figures_fit"), (3, "figures_fit")],
    ids=["telling", "round", "several"],
)
def test_at_least_so_many_twice_is_telling_unless_the_figure_is_round(low, evidence):
    at_least = {"casualties": casualties(killed=count(low=low))}
    assert evidence in pieces(told("One", **at_least), told("Two", **at_least))


def test_a_night_that_is_named_is_no_open_day():
    night = dataclasses.replace(days(0, 1), surface="Sunday night")
    open_night = dataclasses.replace(days(0, 1), surface="overnight")
    first = told("One", when=days(-1, 0), on=DAY)
    named, left_open = (told("Two", when=when, on=DAY + dt.timedelta(days=1)) for when in (night, open_night))
    assert days_likelihood(first, named) > days_likelihood(first, left_open)


# ---------------------------------------------------------------- what is named and dated around
NOWHERE = {"at": None, "place": None}
COUNTRY = place("Ruritania", precision=PlacePrecision.COUNTRY, radius_m=300_000.0)
PROVINCE = place("Valley", precision=PlacePrecision.ADMIN1, radius_m=30_000.0)


def named(outlet, *names, **fields):
    return version_of(dataclasses.replace(source(report("It was hit.", source=outlet), **fields), names=names))


@pytest.mark.parametrize(
    ("where", "evidence"),
    [
        (NOWHERE, "named_beside"),
        ({"at": PROVINCE, "place": toponym("Valley")}, "named_beside"),
        ({"at": COUNTRY, "place": toponym("Ruritania")}, "named_beside_country"),
    ],
)
def test_a_report_that_tells_of_no_town_and_names_it_beside(where, evidence):
    town = told("Two", at=place(admin1="Valley"))
    assert evidence in pieces(named("One", "riverton", **where), town)
    assert evidence not in pieces(named("One", "hilltown", **where), town)


def test_a_report_of_a_district_means_it_whatever_towns_it_names():
    district = place("Valley", precision=PlacePrecision.ADMIN2, radius_m=30_000.0)
    one = named("One", "riverton", at=district, place=toponym("Valley"))
    assert "named_beside" not in pieces(one, told("Two", at=place(admin2="Valley")))


def test_a_town_is_not_named_beside_in_the_report_that_tells_of_it():
    town = told("One", text="It was hit.", at=place(admin1="Valley"), trigger_start=3)
    assert "named_beside" not in pieces(named("One", "riverton", **NOWHERE), town)


def test_a_village_that_no_source_has_in_two_spellings_makes_two_tellings_alike():
    one = named("One", "abu usher", "gaza", at=PROVINCE, place=toponym("Valley"))
    other = named("Two", "abu ushar", at=COUNTRY, place=toponym("Ruritania"))
    assert "names_shared" in pieces(one, other)
    assert "names_shared" not in pieces(one, named("Two", "gaza", at=COUNTRY, place=toponym("Ruritania")))


def test_a_captured_village_that_no_source_has_is_not_the_town_named_beside_it():
    fields = {"event_type": EventType.BATTLES, "sub_event_type": "Government regains territory"}
    village = {"at": None, "place": toponym("Zedlin")}
    assert "named_beside" not in pieces(named("One", "riverton", **village, **fields), told("Two", **fields))
    assert "named_beside" in pieces(named("One", "riverton", **village), told("Two"))


def test_a_place_that_is_not_known_may_be_spelled_in_another_way():
    unknown = told("One", at=None, place=toponym("Rivertun"))
    assert "same_name_placed" in pieces(unknown, told("Two"))
    assert "same_name_placed" not in pieces(told("One", at=None, place=toponym("Hilltown")), told("Two"))


def test_a_village_that_is_not_known_may_lie_in_the_country_that_its_report_tells_of():
    fields = {"text": "It was hit.", "place": toponym("Zedlin"), "at": None}
    for where, expected in ((COUNTRY, "no_place"), (place(), "other_name")):
        wide = told("One", text="It was hit.", at=where, place=toponym(where.name), trigger_start=3)
        later = version_of(dataclasses.replace(told("One", **fields).source, quote_start=5))
        assert expected in pieces(wide, later)


def near_day(span, **fields):
    return version_of(dataclasses.replace(told("One", when=FRESH, **fields).source, day_near=span))


def test_a_telling_without_a_day_is_rather_of_that_which_its_report_tells_before():
    known = rules()
    dated = told("Two", when=day(-4))
    assert days_likelihood(told("One", when=FRESH), dated) == 0
    assert days_likelihood(near_day(day(-4)), dated) == pytest.approx(known.day_beside)
    assert sum(near_day(day(-4)).shares) == pytest.approx(1)
    assert near_day(days(-1, 0)).days == told("One", when=FRESH).days


def test_it_is_not_where_that_is_long_ago_or_its_words_tell_of_another():
    bare = told("One", when=FRESH).shares
    assert near_day(day(-20)).shares == bare
    assert near_day(day(1)).shares == bare
    text = "In a second incident shells hit it."
    assert near_day(day(-4), text=text, trigger_start=28, trigger_end=31).shares == bare


def test_a_denial_without_a_day_is_of_what_was_told_before():
    assert told("One", when=FRESH, status=Status.DENIED, **NOWHERE).reaches_from is not None
    assert told("One", when=FRESH, **NOWHERE).reaches_from is None
    assert told("One", when=day(-1), status=Status.DENIED, **NOWHERE).reaches_from is None


def test_what_looks_back_keeps_to_the_day_that_its_report_tells_before():
    text = "Nobody claimed the bombing of Riverton."
    bare = told("One", text=text, when=FRESH, trigger_start=19, trigger_end=26, place=toponym(start=30))
    assert bare.looks_back
    beside = version_of(dataclasses.replace(bare.source, day_near=day(-2)))
    assert days_likelihood(bare, told("Two", when=day(-2))) == pytest.approx(1 / len(bare.shares))
    assert days_likelihood(beside, told("Two", when=day(-2))) > rules().day_beside


def test_a_toll_that_has_risen_is_of_what_was_told_before_by_whatever_word():
    text = "The number of people killed has risen to 19, a doctor said."
    there = {
        "trigger_start": 21,
        "trigger_end": 27,
        "casualties": casualties(killed=count(19)),
        "place": None,
        "at": None,
    }
    assert told("One", text=text, when=FRESH, **there).reaches_from is not None
    assert told("One", text=text.replace("has risen to", "was"), when=FRESH, **there).reaches_from is None


def test_what_raiders_burn_is_often_part_of_the_raid():
    raid = {"event_type": EventType.VIOLENCE_AGAINST_CIVILIANS, "sub_event_type": "Attack"}
    arson = {"event_type": EventType.RIOTS, "sub_event_type": "Looting/property destruction"}
    assert "hand_in_hand" in pieces(told("One", **raid), told("Two", **arson))
    assert "kin" in pieces(told("One"), told("Two", **arson))


@pytest.mark.parametrize(("by_air", "apart"), [((), True), (("Army A",), True), (("Hill Front",), False)])
def test_an_attack_by_rebels_is_none_from_the_air_unless_they_made_it(by_air, apart):
    kinds = {"Army A": ActorKind.STATE_FORCES, "Hill Front": ActorKind.REBEL_GROUP}
    air = told("One", sub_event_type="Air/drone strike", actors=tuple(actor(one, kind=kinds[one]) for one in by_air))
    text = "The attack killed two."
    rebels = (actor("Hill Front", kind=ActorKind.REBEL_GROUP),)
    ground = told(
        "Two", text=text, trigger_start=4, trigger_end=10, actors=rebels,
        event_type=EventType.VIOLENCE_AGAINST_CIVILIANS, sub_event_type="Attack",
    )  # fmt: skip
    assert ("ground_and_air" in pieces(air, ground)) is apart
    assert (score(air, ground) < rules().joins) is apart


@pytest.mark.parametrize(("hit", "apart"), [("Rebels", True), ("Army A", False)])
def test_a_blow_at_rebels_is_no_part_of_their_attack(hit, apart):
    kinds = {"Army A": ActorKind.STATE_FORCES, "Rebels": ActorKind.REBEL_GROUP}
    blow = told("One", actors=(actor(hit, part="target", kind=kinds[hit]),))
    ground = told(
        "Two", text="The attack killed two.", trigger_start=4, trigger_end=10,
        actors=(actor("Hill Front", kind=ActorKind.REBEL_GROUP),),
        event_type=EventType.BATTLES, sub_event_type="Armed clash",
    )  # fmt: skip
    assert ("ground_and_air" in pieces(blow, ground)) is apart


def test_an_uncertain_explosion_is_no_air_strike_that_rebels_could_not_have_made():
    blast = {"text": "Three explosions shook it.", "trigger_start": 6, "trigger_end": 16}
    air = told("One", sub_event_type="Air/drone strike", **blast)
    rebels = (actor("Hill Front", kind=ActorKind.REBEL_GROUP),)
    ground = told(
        "Two", text="The attack killed two.", trigger_start=4, trigger_end=10, actors=rebels,
        event_type=EventType.VIOLENCE_AGAINST_CIVILIANS, sub_event_type="Attack",
    )  # fmt: skip
    assert "ground_and_air" not in pieces(air, ground)


@pytest.mark.parametrize(
    ("low", "high", "days_later", "name"),
    [(8, 61, 0, "figures_far_apart"), (8, 61, 1, "figures_fit"), (8, 20, 0, "figures_fit"), (3, 61, 0, "figures_fit")],
)
def test_at_least_eight_and_at_least_sixty_of_one_day_are_two_counts(low, high, days_later, name):
    one = told("One", casualties=casualties(killed=count(low=low)))
    other = told("Two", casualties=casualties(killed=count(low=high)), on=DAY + dt.timedelta(days=days_later))
    assert name in pieces(one, other)


def test_rebels_of_a_country_are_no_side_of_its_army():
    fields = {"country": "XXA"}
    rebels = actor("Hill Front", kind=ActorKind.REBEL_GROUP, **fields)
    army = actor("Army A", "target", kind=ActorKind.STATE_FORCES, **fields)
    by_name = told("One", actors=(rebels, actor("Soldiers", "target")))
    by_word = told("Two", actors=(actor("Rebels", kind=ActorKind.REBEL_GROUP), army))
    assert not sides_reversed(by_name.sides, by_word.sides)
    by_army = told("Two", actors=(dataclasses.replace(army, part="agent"), dataclasses.replace(rebels, part="target")))
    assert sides_reversed(by_name.sides, by_army.sides)


@pytest.mark.parametrize(("country", "differ"), [("NGA", False), ("GHA", False), ("ETH", True)])
def test_an_alliance_and_its_member_are_not_different_sides(country, differ):
    alliance = told("One", actors=(actor("ECOMOG", kind=ActorKind.EXTERNAL),))
    member = told("Two", actors=(actor("Military Forces of X", country=country, kind=ActorKind.STATE_FORCES),))
    assert ("agents_differ" in pieces(alliance, member)) is differ


def killing_beside(reason, *actors):
    """Return the evidence of a clash and of a killing in one sentence, the clash told by `reason`."""
    text = "Fighting raged in Riverton on Thursday, where militiamen executed nine traders."
    clash = told("One", text=text, event_type=EventType.BATTLES, sub_event_type="Armed clash", reasons=(reason,))
    killing = told(
        "One",
        text=text,
        event_type=EventType.VIOLENCE_AGAINST_CIVILIANS,
        sub_event_type="Attack",
        actors=tuple(actors),
        trigger_start=60,
        trigger_end=68,
    )
    return pieces(clash, killing)


def test_who_was_executed_beside_fighting_did_not_die_of_it():
    doers, victims = actor("Militia"), actor("Civilians", "target", kind=ActorKind.CIVILIANS)
    assert "told_as_another" in killing_beside("clash: Armed clash", doers, victims)
    assert "same_sentence" in killing_beside("attack: Armed clash", doers, victims)
    assert "same_sentence" in killing_beside("clash: Armed clash", victims)


@pytest.mark.parametrize(
    ("surface", "doer", "name"), [("potters", True, True), ("potters", False, False), ("nine people", True, False)]
)
def test_who_fought_and_went_on_to_kill_civilians_did_two_things(surface, doer, name):
    militia = actor("Militia", kind=ActorKind.POLITICAL_MILITIA)
    fighters = militia, actor("Army", "target", kind=ActorKind.STATE_FORCES)
    victims = dataclasses.replace(actor("Civilians", "target", kind=ActorKind.CIVILIANS), surface=surface)
    text = "Fighters stormed the base. Then they killed nine."
    fight = told(
        "One", text=text, event_type=EventType.BATTLES, sub_event_type="Armed clash", actors=fighters, start=0, end=26
    )
    killing = told(
        "One",
        text=text,
        event_type=EventType.VIOLENCE_AGAINST_CIVILIANS,
        sub_event_type="Attack",
        actors=(militia, victims) if doer else (victims,),
        casualties=casualties(killed=count(9)),
        start=27,
        end=49,
        trigger_start=37,
        trigger_end=43,
    )
    later = dataclasses.replace(killing, source=dataclasses.replace(killing.source, quote=text[27:], quote_start=27))
    assert ("told_as_another" in pieces(fight, later)) is name


@pytest.mark.parametrize(
    ("kind", "speaker", "is_another"),
    [
        (ActorKind.REBEL_GROUP, None, True),
        (ActorKind.STATE_FORCES, None, False),
        (ActorKind.REBEL_GROUP, "the rebels", False),
    ],
)
def test_in_one_report_what_an_army_and_rebels_did_are_two(kind, speaker, is_another):
    of = report("Jets bombed Riverton after rebels attacked a post there.")
    bombed = version_of(
        source(
            of,
            event_type=EventType.EXPLOSIONS,
            sub_event_type="Air/drone strike",
            actors=(actor("Military Forces", kind=ActorKind.STATE_FORCES),),
        )
    )
    attacked = version_of(
        source(
            of,
            event_type=EventType.BATTLES,
            sub_event_type="Armed clash",
            actors=(actor("Rebels", kind=kind),),
            claimed_by=speaker,
            trigger_start=35,
            trigger_end=43,
        )
    )
    assert ("told_as_another" in pieces(bombed, attacked)) is is_another


@pytest.mark.parametrize(
    ("sub_type", "is_other"), [("Remote explosive/landmine/IED", True), ("Shelling/artillery/missile attack", False)]
)
def test_two_names_of_one_sentence_are_two_places_where_two_kinds_of_deeds_are_told(sub_type, is_other):
    of = report("They blew up a mine at Xanthi and shelled Riverton.")
    mine = version_of(
        source(of, at=None, place=toponym("Xanthi", 27), event_type=EventType.EXPLOSIONS, sub_event_type=sub_type)
    )
    shells = version_of(
        source(of, place=toponym("Riverton", 42), event_type=EventType.EXPLOSIONS, trigger_start=34, trigger_end=41)
    )
    assert ("other_name" in pieces(mine, shells)) is is_other
