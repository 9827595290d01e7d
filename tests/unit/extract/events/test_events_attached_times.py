from few_names import mentions_of


def test_the_last_time_that_it_was_as_bad_is_not_when_it_was():
    (mention,) = mentions_of(
        "In the worst violence since January, mobs armed with machetes attacked villages around Nyala."
    )
    assert mention.when.starts_on is None or mention.when.starts_on.month != 1


def test_what_is_answered_has_not_the_day_of_the_answer():
    days = {
        one.place.surface: one.when.starts_on
        for one in mentions_of("Troops shelled Gao on Monday in retaliation for an attack on a base in Kidal.")
    }
    assert days["Gao"] is not None
    assert days["Kidal"] is None
    told = {
        one.place.surface: one.when.starts_on
        for one in mentions_of(
            "Troops shelled Gao on Monday in retaliation for an attack on Sunday on a base in Kidal."
        )
    }
    assert (told["Gao"] - told["Kidal"]).days == 1
