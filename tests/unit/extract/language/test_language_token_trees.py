"""What hangs on a token, asked many times of one text."""

from types import SimpleNamespace

from geoconflict.extract.language.token_trees import hanging_on

# 0 <- 1 <- 2, 0 <- 3; 4 stands alone
TOKENS = [SimpleNamespace(index=index, head=head) for index, head in enumerate([0, 0, 1, 0, 4])]


def test_what_hangs_on_some_tokens_comes_in_text_order_and_once():
    below = {}
    assert [one.index for one in hanging_on(TOKENS, below, (1, 0, 1))] == [0, 1, 2, 3]
    assert [one.index for one in hanging_on(TOKENS, below, range(2, 4))] == []


def test_the_text_is_gone_through_once_whatever_is_asked_of_it():
    n_gone_through = []

    class Counted(list):
        def __iter__(self):
            n_gone_through.append(1)
            return super().__iter__()

    below = {}
    for head in range(5):
        hanging_on(Counted(TOKENS), below, [head])
    assert len(n_gone_through) == 1
