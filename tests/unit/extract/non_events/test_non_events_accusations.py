"""What those are accused of who are killed for it is no event beside their death."""

import pytest
from few_names import mentions_of


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("A mob lynched three men accused of kidnapping in Gao on Monday.", 3),
        ("Villagers beat to death two men suspected of killing a boy in Gao on Monday.", 2),
        ("Two men accused of kidnapping were shot dead in Gao on Monday.", 2),
    ],
)
def test_their_death_is_told_where_and_when_the_sentence_says(text, dead):
    (mention,) = mentions_of(text)
    assert (mention.place.surface, mention.casualties.killed.best) == ("Gao", dead)
    assert mention.when.starts_on == mention.when.ends_on


def test_what_those_are_accused_of_who_are_only_arrested_is_told():
    killing, *_ = mentions_of("Two soldiers accused of killing 12 villagers in Gao on Monday were arrested.")
    assert (killing.place.surface, killing.casualties.killed.best) == ("Gao", 12)
