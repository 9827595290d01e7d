import pytest

from geoconflict.choices import checked_word, checked_words, not_among, one_or_several
from geoconflict.errors import InputError
from geoconflict.models import Status

COLOURS = ("amber", "crimson", "teal")


def test_a_lone_text_is_one_word():
    assert checked_words("teal", COLOURS, "colours") == ("teal",)
    assert checked_words(["teal", "amber"], COLOURS, "colours") == ("teal", "amber")
    assert checked_words([], COLOURS, "colours") == ()
    assert checked_words([Status.DENIED], Status, "statuses") == ("denied",)


def test_a_word_on_no_list_is_refused_with_the_nearest():
    with pytest.raises(InputError, match="colours: 'crimsom' is none of amber, crimson, teal; did you mean 'crimson'"):
        checked_words(["teal", "crimsom"], COLOURS, "colours")
    with pytest.raises(InputError, match="colour: 7 is none of amber, crimson, teal$"):
        checked_word(7, COLOURS, "colour")


def test_of_many_words_the_nearest_alone_is_told():
    many = [f"word{n}" for n in range(100)]
    assert not_among("wrd42", many) == "'wrd42' is none; did you mean 'word42'?"
    assert len(not_among("quite another", many)) > 500


def test_a_lone_text_is_one_and_not_as_many_as_its_letters():
    assert one_or_several("teal", "colours") == ("teal",)
    assert one_or_several(("teal", "amber"), "colours") == ("teal", "amber")
    assert one_or_several(iter(["teal"]), "colours") == ("teal",)
    assert one_or_several((), "colours") == ()


@pytest.mark.parametrize("given", [7, None, [None], ["teal", 7], [["teal"]]])
def test_what_is_no_text_is_refused(given):
    with pytest.raises(InputError, match="colours: .* is no text; give one or several"):
        one_or_several(given, "colours")
