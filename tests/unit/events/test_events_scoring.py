"""The score of an event: a probability, from features of the event alone, and the parts add up to it."""

import datetime as dt
import importlib.resources
import math
import tomllib

import pytest
from builders import DAY, actor, casualties, count, day, days, place, report, source, toponym

from geoconflict.events import merge_sources
from geoconflict.events.scoring import features, likelihood, score_parts
from geoconflict.models import ActorKind, EventType, PlacePrecision, Status


def event(*sources):
    (found,) = merge_sources(sources)
    return found


def told(outlet="One", **fields):
    return source(report("Shells hit it.", source=outlet), **fields)


def test_the_parts_add_up_to_the_score_and_begin_where_every_event_starts():
    found = event(told(casualties=casualties(killed=count(4)), actors=(actor("Army A"),)))
    parts = score_parts(found)
    assert parts[0].name == "start"
    total = sum(part.added for part in parts)
    assert found.score == likelihood(found) == pytest.approx(1 / (1 + math.exp(-total)), abs=0.02)
    assert [abs(part.added) for part in parts[1:]] == sorted((abs(part.added) for part in parts[1:]), reverse=True)


def test_each_weight_has_words_and_each_feature_a_weight():
    text = (importlib.resources.files("geoconflict") / "resources/events/score.toml").read_text("utf-8")
    table = tomllib.loads(text)
    assert table["weights"].keys() == table["words"].keys()
    shapes = [
        told(at=None),
        told(at=place(precision=PlacePrecision.COUNTRY), status=Status.DENIED),
        told(at=place(precision=PlacePrecision.ADMIN1), when=days(0, 9)),
        told(at=place(precision=PlacePrecision.NEAR), event_type=EventType.RIOTS, sub_event_type="Mob violence"),
        told(event_type=EventType.DIPLOMACY, sub_event_type="talks"),
    ]
    assert all(features(event(one)).keys() <= table["weights"].keys() for one in shapes)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"casualties": casualties(killed=count(1))}, "figures"),
        ({"actors": (actor("Army A"),)}, "agent"),
        ({"actors": (actor("Villagers", "target"),)}, "target"),
        ({"claimed_by": "officials", "status": Status.CLAIMED}, "attributed"),
        ({"status": Status.SCHEDULED}, "not_done"),
        ({"status": Status.DENIED}, "denied"),
        ({"when": days(0, 5)}, "long_span"),
        ({"at": place(precision=PlacePrecision.COUNTRY)}, "country"),
        ({"at": None}, "no_place"),
        ({"likelihood": 0.6, "doubts": ("its sentence speaks of courts",)}, "doubtful"),
    ],
)
def test_what_is_told_is_a_feature(fields, name):
    assert features(event(told(**fields)))[name] == 1
    plain = features(event(told(actors=(), status=Status.OCCURRED)))
    assert name not in plain


def test_an_armed_actor_and_old_news_are_features():
    army = actor("Army A")
    assert "armed" not in features(event(told(actors=(army,))))
    rebels = type(army)(name="Rebels", kind=ActorKind.REBEL_GROUP, part="agent")
    assert features(event(told(actors=(rebels,))))["armed"] == 1
    assert "old_news" not in features(event(told()))
    late = source(report("Shells hit it.", on=DAY + dt.timedelta(days=30)), when=day())
    assert features(event(late))["old_news"] == 1


def test_a_place_outside_the_words_of_the_event_is_taken_from_its_context():
    inside = told(place=toponym("Riverton"), start=0, end=200)
    outside = told(place=toponym("Riverton"), start=150, end=200)
    assert "place_from_context" not in features(event(inside))
    assert features(event(outside))["place_from_context"] == 1


def test_more_reports_and_a_place_make_an_event_likelier_and_a_plan_less_likely():
    plain = event(told())
    assert event(told(), told("Two")).score > plain.score > event(told(at=None)).score
    assert plain.score > event(told(status=Status.SCHEDULED)).score


def test_the_score_is_a_probability_and_never_certain():
    many = event(*(told(f"Outlet {number}", score=0.98) for number in range(400)))
    assert many.score == 0.99
    assert 0.01 <= event(told(at=None, status=Status.HYPOTHETICAL, score=0.05)).score < 0.6


@pytest.mark.parametrize("status", [Status.DENIED, Status.SCHEDULED])
def test_a_telling_that_denies_or_plans_makes_an_event_no_likelier(status):
    more = {"actors": (actor("Army A"), actor("Army B", "target")), "casualties": casualties(killed=count(9))}
    plain = told(score=0.7)
    both = event(plain, told("Two", status=status, score=0.95, **more))
    assert len(both.sources) == 2
    assert likelihood(both) == likelihood(event(plain))


def test_that_somebody_denies_a_claim_makes_it_no_likelier():
    claim, denial = ({"claimed_by": "Army A", "status": one} for one in (Status.CLAIMED, Status.DENIED))
    assert likelihood(event(told(**denial))) <= likelihood(event(told(**claim)))
