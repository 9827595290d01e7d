import pytest

from geoconflict.places.spelling import SpellingIndex, skeleton


class Words:
    def __init__(self, *words: str) -> None:
        self.words = words
        self.n_read = 0

    def keys(self, prefix: str = "") -> list[str]:
        self.n_read += 1
        return [word for word in self.words if word.startswith(prefix)]


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
    assert SpellingIndex(Words("gao", "gaou")).like("Gao") == ()


def test_the_most_alike_comes_first_and_the_name_itself_never():
    index = SpellingIndex(Words("mihtarlam", "mehtar lam", "mehtaarlem", "mazar"))
    assert index.like("Mihtarlam") == ("mehtar lam",)


def test_a_letter_is_read_once():
    words = Words("tessal", "tesal")
    index = SpellingIndex(words)
    index.like("Tessaal")
    n_read = words.n_read
    assert index.like("Tesall")
    assert words.n_read == n_read
