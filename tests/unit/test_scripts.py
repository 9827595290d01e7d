import pytest

from geoconflict.scripts import begins_like_a_name, mixed_scripts, script_of, why_mixed


@pytest.mark.parametrize(
    ("word", "script", "is_like_a_name"),
    [
        ("Homs", "", True),
        ("homs", "", False),
        ("éclat", "", False),
        ("\uff2dartuni", "", True),
        ("мир", "Cyrillic", False),
        ("Մարտունի", "Armenian", True),
        ("حمص", "Arabic", True),
        ("თბილისი", "Georgian", True),
        ("むら", "Japanese", True),
    ],
)
def test_scripts_of_words(word, script, is_like_a_name):
    assert (script_of(word), begins_like_a_name(word)) == (script, is_like_a_name)


def test_scripts_that_are_written_together_are_no_mixture():
    assert mixed_scripts("東京タワー") == ()
    assert mixed_scripts("naïveté") == ()
    assert mixed_scripts("Tокyo") == ("Latin", "Cyrillic")


def test_the_first_mixture_of_a_text_is_told():
    assert why_mixed("the town of M\u0430rtuni").startswith("mixed scripts: one word of Latin and Cyrillic letters")
    assert why_mixed("Мартуни Region") == ""
    assert why_mixed("") == ""
