from geoconflict.models import SUB_EVENT_TYPES, EventType, PlacePrecision, Role


def test_acled_has_25_sub_types_and_diplomacy_four():
    assert set(SUB_EVENT_TYPES) == set(EventType)
    assert sum(len(subs) for kind, subs in SUB_EVENT_TYPES.items() if kind is not EventType.DIPLOMACY) == 25
    assert len(SUB_EVENT_TYPES[EventType.DIPLOMACY]) == 4


def test_precisions_are_in_order_of_vagueness():
    assert PlacePrecision.EXACT.vagueness == 0
    order = sorted(PlacePrecision, key=lambda precision: precision.vagueness)
    assert order == list(PlacePrecision)


def test_who_speaks_or_comes_from_afar_is_on_no_ground():
    assert Role.ACTOR_METONYM.is_on_no_ground
    assert Role.ORIGIN.is_on_no_ground
    assert not Role.EVENT_PLACE.is_on_no_ground
    assert not Role.DATELINE.is_on_no_ground
