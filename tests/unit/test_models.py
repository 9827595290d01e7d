from geoconflict.models import SUB_EVENT_TYPES, EventType


def test_acled_has_25_sub_types_and_diplomacy_four():
    assert set(SUB_EVENT_TYPES) == set(EventType)
    assert sum(len(subs) for kind, subs in SUB_EVENT_TYPES.items() if kind is not EventType.DIPLOMACY) == 25
    assert len(SUB_EVENT_TYPES[EventType.DIPLOMACY]) == 4
