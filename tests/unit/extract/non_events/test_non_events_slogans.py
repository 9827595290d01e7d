"""What stands on a banner, is to be stopped or is a command has not happened."""

import pytest
from few_names import mentions_of

PROTESTS = "Protests"


def violent(text):
    return [one.sub_event_type for one in mentions_of(text) if one.event_type.value != PROTESTS]


@pytest.mark.parametrize(
    ("slogan", "deed"),
    [
        (
            'Marchers in Moscow held placards reading "France bombs Gao, 30 killed daily".',
            'An officer held a map and said: "France bombed Gao on Friday, 30 were killed".',
        ),
        (
            'Students chanting "Russia shelled Izium" marched in Cairo.',
            "Students said that Russia shelled Izium on Friday.",
        ),
        ("Stop shelling Nyala", "Rebels stopped shelling Nyala on Friday."),
        ("End the bombing of Gao now!", "The bombing of Gao on Friday killed two."),
        ("Stop the war, stop bombing Gao!", "To stop rebels, France bombed Gao on Friday."),
        ("Storm our market in Gao!", "Rebels storm our market in Gao!"),
    ],
)
def test_a_slogan_tells_of_no_deed(slogan, deed):
    assert violent(slogan) == []
    assert violent(deed)


def test_a_deed_without_a_doer_is_still_cried_out():
    assert violent("Attack in Gao!")


@pytest.mark.parametrize("means", ["questions", "requests for an interview"])
def test_who_is_bombarded_with_words_was_not_shelled(means):
    assert violent(f"Journalists bombarded the minister in Gao with {means}.") == []
    assert violent("Rebels bombarded the minister in Gao with rockets.")
