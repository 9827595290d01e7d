"""What rules ask of a chosen place is told by its tie and its word; the reason is for readers alone."""

import pytest
from few_names import told

from geoconflict.extract.event_places.place_choice import PlaceChoice, Tie
from geoconflict.models import Relation


@pytest.mark.parametrize(
    ("tie", "stands"),
    [(Tie.CLAUSE, True), (Tie.SENTENCE, False), (Tie.TELLERS, False), (Tie.NEIGHBOUR, False), (Tie.REPORT, False)],
)
def test_a_place_stands_by_a_word_in_the_predicates_own_clause_alone(tie, stands):
    choice = PlaceChoice(0, 0.5, Relation.AT, "whatever it says", tie, "into")
    assert choice.stands_by("inside", "into") is stands
    assert not choice.stands_by("at")


def test_a_text_that_breaks_off_behind_a_second_target_is_read():
    text = "Rebels said they had captured the town of Gao and artillery was shelling Nyala and the villages "
    assert {one[1] for one in told(text)} >= {"Nyala"}
