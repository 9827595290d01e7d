import itertools
import random

from geoconflict.comparing.assignment import best_pairs


def best_sum(weights):
    """Return the highest sum by trying every way."""
    rights = sorted({right for row in weights for right in row})
    ways = itertools.product(*([None, *row] for row in weights))
    sums = [
        sum(weights[left][right] for left, right in enumerate(way) if right is not None)
        for way in ways
        if len({right for right in way if right is not None}) == sum(right is not None for right in way)
    ]
    return max(sums, default=0) if rights else 0


def test_the_sum_is_the_best_there_is():
    for seed in range(300):
        draw = random.Random(seed)
        n, m = draw.randint(1, 5), draw.randint(1, 5)
        weights = [
            {right: draw.randint(1, draw.choice([3, 1000])) for right in range(m) if draw.random() < 0.6}
            for _ in range(n)
        ]
        pairs = best_pairs(weights)
        taken = [right for right in pairs if right is not None]
        assert len(taken) == len(set(taken))
        assert sum(weights[left][right] for left, right in enumerate(pairs) if right is not None) == best_sum(weights)


def test_a_greedy_choice_would_be_worse():
    # Taking the best pair first (10) would leave nothing for the second row.
    assert best_pairs([{0: 10, 1: 9}, {0: 8}]) == [1, 0]


def test_nothing_to_pair():
    assert best_pairs([]) == []
    assert best_pairs([{}, {}]) == [None, None]
    assert best_pairs([{0: 5}, {0: 5}]) == [0, None]
