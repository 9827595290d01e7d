from geoconflict.batches import in_batches


def test_items_come_some_at_a_time_and_the_rest_last():
    assert list(in_batches(iter("abcdefg"), 3)) == [["a", "b", "c"], ["d", "e", "f"], ["g"]]
    assert list(in_batches(range(4), 2)) == [[0, 1], [2, 3]]
    assert list(in_batches([], 2)) == []


def test_no_more_is_taken_than_is_asked_for():
    given = iter(range(10))
    next(in_batches(given, 3))
    assert next(given) == 3
