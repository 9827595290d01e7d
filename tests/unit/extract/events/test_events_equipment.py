"""Equipment that was lost: what, how many, whose, what became of it, who says so."""

import pytest
from few_names import reading_of

N = None


def losses(text):
    return [(one.what, one.count.low, one.count.high, one.fate, one.owner) for one in reading_of(text).equipment]


SENTENCES = [
    ("The army destroyed five tanks and three drones.", [("tank", 5, 5, "destroyed", N), ("drone", 3, 3, "destroyed", N)]),
    ("Two helicopters and at least 10 T-72 tanks were destroyed.",
     [("helicopter", 2, 2, "destroyed", N), ("tank", 10, N, "destroyed", N)]),
    ("It shot down two Russian drones.", [("drone", 2, 2, "shot_down", "Russian")]),
    ("They shot the drone down.", [("drone", 1, 1, "shot_down", N)]),
    ("Turkey's F-16 shot down a Russian Su-25 jet.", [("aircraft", 1, 1, "shot_down", "Russian")]),
    ("Ukraine said it intercepted 30 of 36 Russian drones.", [("drone", 30, 30, "intercepted", "Russian")]),
    ("Rebels captured dozens of armoured vehicles.", [("armoured_vehicle", 24, N, "captured", N)]),
    ("Russia has lost 60 tanks.", [("tank", 60, 60, "lost", "Russia")]),
    ("Rebels shot down a Hermes 450 drone.", [("drone", 1, 1, "shot_down", N)]),
    ("Fighters destroyed a Merkava tank near Rafah.", [("tank", 1, 1, "destroyed", N)]),
    ("Israeli forces lost a Merkava tank.", [("tank", 1, 1, "lost", "Israeli forces")]),
    ("Enemy tanks were destroyed.", [("tank", 2, N, "destroyed", "enemy")]),
    # none of an army's equipment, not lost, or not yet
    ("Drone strikes destroyed ten houses.", []),
    ("The blast destroyed two fuel storage tanks.", []),
    ("NATO intercepts Russian jets over the sea.", []),
    ("No tanks were destroyed.", []),
    ("Air defence could shoot down the missiles.", []),
    ("The army deployed 20 tanks.", []),
    ("Five soldiers were killed.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_equipment_losses(text, expected):
    assert losses(text) == expected


def test_a_loss_has_its_claimant_its_words_and_its_place_in_the_text():
    text = "It was quiet. Ukraine said it shot down two Russian Su-25 jets on Thursday."
    (loss,) = reading_of(text).equipment
    assert (loss.claimed_by, loss.name) == ("Ukraine", "Russian Su-25 jets")
    assert text[loss.start : loss.end] == loss.surface == "shot down two Russian Su-25 jets"
    assert loss.when.starts_on.isoformat() == "2023-05-11"
    assert not loss.cumulative


def test_a_total_of_a_war_is_marked():
    (loss,) = reading_of("Russia has lost 60 tanks since the war began.").equipment
    assert loss.cumulative


def test_lost_equipment_is_nobody():
    found = reading_of("Rebels destroyed five tanks in Nyala.")
    assert [(one.what, one.count.best) for one in found.equipment] == [("tank", 5)]
    assert [(one.place.surface, one.casualties) for one in found.mentions] == [("Nyala", None)]


def test_a_loss_that_is_denied_is_none():
    from few_names import reading_of

    strike = "The army said its warplanes struck RSF positions in Gao on Monday"
    for denial in ("the RSF denied losing any vehicles.", "the RSF denied that it had lost 12 tanks."):
        found = reading_of(f"{strike}; {denial}")
        assert not found.equipment
        assert [one.claimed_by for one in found.mentions] == ["army"]
    assert reading_of(f"{strike}; the RSF said it had lost 12 tanks.").equipment
