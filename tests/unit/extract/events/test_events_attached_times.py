from few_names import mentions_of


def test_the_last_time_that_it_was_as_bad_is_not_when_it_was():
    (mention,) = mentions_of(
        "In the worst violence since January, mobs armed with machetes attacked villages around Nyala."
    )
    assert mention.when.starts_on is None or mention.when.starts_on.month != 1
