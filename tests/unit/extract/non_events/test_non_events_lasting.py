"""A war that goes on while something else is told is no news of that day."""

import pytest
from few_names import mentions_of


@pytest.mark.parametrize(
    ("backdrop", "news"),
    [
        (
            "The parliament approved the loan on Monday while fighting drags on in Gao.",
            "Troops withdrew on Monday while fighting drags on in Gao.",
        ),
        (
            "Ministers met in Paris on Monday and agreed on a levy as fighting continues in Gao.",
            "Ministers met in Paris on Monday and agreed on a levy as rebels fought soldiers in Gao.",
        ),
    ],
)
def test_a_war_that_wears_on_beside_other_news_is_no_event(backdrop, news):
    assert [one for one in mentions_of(backdrop) if one.event_type.value == "Battles"] == []
    assert [one for one in mentions_of(news) if one.event_type.value == "Battles"]
