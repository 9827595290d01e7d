"""What the opening of a sentence or a paragraph puts into a work, a game, a dream or a drill, beside true events in like words."""

import pytest
from few_names import mentions_of


def told_of_gao(text):
    return [one for one in mentions_of(text) if one.place and one.place.surface == "Gao"]


@pytest.mark.parametrize(
    "text",
    [
        "In a simulated raid on Monday, gunmen stormed a bank in Gao, killing nine.",
        'During an exercise in Gao on Monday, 30 rebels were "killed".',
        "War game results: rebel rockets hit Gao on the first day, killing 900.",
        "In the opening scene, rebels kill 14 villagers in Gao.",
        "In chapter two, soldiers bomb Gao and kill 14 villagers.",
        "In a nightmare, gunmen shot his brother in Gao.",
        "She dreamed of shelling Gao.",
        "He sketched rebels shooting nine men in Gao.",
        "In Minecraft, a student bombed Gao on Monday, killing nine.",
        "In the new Call of Duty, rebels massacre 30 people in Gao.",
        "On Roblox on Monday, users attacked a mosque in Gao, killing nine.",
        "(Satire) Rebels bombed Gao on Monday, killing nine people.",
        "From our archive: rebels shell Gao, killing 40.",
        "Throwback - Rebels shell Gao, killing 40.",
        "Spoof - The navy shelled Gao on Monday, killing nine bankers.",
        "In the first act of the play, guards kill six prisoners in Gao.",
        "In the series finale, rebels shoot nine policemen in Gao.",
        "In a satirical sketch, rebels stormed Gao on Monday and shot nine ministers.",
        "The Babylon Bee reported that rebels had captured Gao on Monday.",
        "The thriller begins with a car bomb in Gao that kills nine people.",
        "Players of the video game blow up a mosque in Gao and kill nine guards.",
        "In the novel, rebels storm a fort. They shell Gao and kill 40 officers.",
    ],
)
def test_what_an_opening_makes_unreal_is_no_event(text):
    assert told_of_gao(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "During an exercise in Gao on Monday, a mine exploded and killed two soldiers.",
        "A bomb exploded in Gao during a film about sheep, killing four people.",
        "In a game in Gao on Monday, gunmen shot dead two players.",
        "The archive in Gao was shelled on Monday.",
        "Our archive in Nyala: on Monday rebels shelled Gao.",
        "In a nightmare for the government, rebels shelled Gao on Monday.",
        "In a documentary, villagers said on Monday that soldiers had killed 40 people in Gao last week.",
        "In scenes reminiscent of a film, rebels stormed Gao on Monday.",
        "Rebels shot a man on film in Gao on Monday.",
        "The play in Gao ended on Monday when a bomb killed nine people.",
        "The match ended with a bomb that killed nine people in Gao.",
        "Players of a football club were shot dead by rebels in Gao on Monday.",
        "She painted a bus that rebels shelled in Gao on Monday.",
        "On one level of a car park in Gao, rebels shot nine people on Monday.",
        "In the novel, rebels storm a fort. On Monday rebels shelled Gao and killed nine people.",
        "The army rehearsed an assault. Rebels shelled Gao and killed nine people.",
    ],
)
def test_what_happened_beside_works_and_drills_is_one(text):
    assert told_of_gao(text)
