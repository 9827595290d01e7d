import pytest

from geoconflict.places.spelling import bucket, is_spelling, likeness, skeleton, skeleton_of_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Djemah", "Dzhema"), ("Djibrine", "Jibrin"), ("Puli Khumri", "Pol-e Khomri"), ("Bin Jawad", "Bin Jawwad"),
        ("Qamishli", "Kamishly"),
    ],
)  # fmt: skip
def test_transliterations_of_one_name_share_a_skeleton(one, other):
    assert skeleton(one) == skeleton(other) != ""


@pytest.mark.parametrize(("one", "other"), [("Tessal", "Tassil"), ("Anderam", "Andorra"), ("Bria", "Bari")])
def test_other_names_do_not(one, other):
    assert skeleton(one) != skeleton(other) or not skeleton(one)


def test_short_names_have_none():
    assert skeleton("Gao") == ""


def test_a_folded_name_has_the_skeleton_of_the_name():
    assert skeleton_of_key("puli alam") == skeleton("Púli-Alam") == skeleton("Pol-e 'Alam")


def test_likeness_is_the_share_of_letters_in_order():
    assert likeness("um ruwaba", "umruwaba") == 1.0
    assert likeness("um ruwaba", "umm ruwaba") == pytest.approx(16 / 17)


def test_buckets_are_the_same_in_every_process():
    assert [bucket("umruvab", 1_000), bucket("tisal", 1_000)] == [327, 727]


@pytest.mark.parametrize(
    ("key", "main"), [("sukhumi", "sokhumi"), ("beit lahiya", "bayt lahya"), ("rastan", "ar rastan")]
)
def test_spellings_of_a_main_name(key, main):
    assert is_spelling(key, main)


@pytest.mark.parametrize(
    ("key", "main"), [("stalingrad", "volgograd"), ("oklahoma", "oklahoma city"), ("gao", "guantanamo")]
)
def test_other_names_of_a_place_are_no_spellings(key, main):
    assert not is_spelling(key, main)
