"""What those had done who are caught, and what courts hear, is told without being news."""

import pytest
from few_names import mentions_of

PAIRS = [
    (
        "A warlord who had ordered dozens of killings was captured near Gao on Tuesday.",
        "A warlord who ordered the killing of a dozen villagers near Gao on Monday was captured on Tuesday.",
    ),
    (
        "A jury in Paris heard how gunmen killed 13 traders in Gao.",
        "A reporter in Paris heard that gunmen had killed 13 traders in Gao on Monday.",
    ),
    (
        "A judge was told on Monday that rebels shelled a school in Gao.",
        "A judge told reporters on Monday that rebels shelled a school in Gao.",
    ),
    (
        "A court in Paris heard testimony on the rape of 40 women in Gao.",
        "Nurses in Paris spoke of the rape of 40 women in Gao on Monday.",
    ),
    (
        "He was convicted of murder: he shot a guard in Gao.",
        "He was hunted on Monday: he shot a guard in Gao.",
    ),
    (
        "He pleaded guilty to bombing a clinic in Gao.",
        "Militants resorted to bombing a clinic in Gao on Monday.",
    ),
    (
        "He was found guilty on Monday of arming rebels who murdered and maimed villagers in Gao.",
        "He was found dead on Monday by rebels who murdered and maimed villagers in Gao.",
    ),
    (
        "A warlord got 20 years for overseeing the massacre of 300 villagers in Gao.",
        "A warlord got 20 horses for overseeing the massacre of 300 villagers in Gao on Monday.",
    ),
    (
        "A tribunal in Paris handed life sentences to three colonels for torturing students in Gao.",
        "A tribunal in Paris handed the files of three colonels to nurses. Soldiers tortured students in Gao on Monday.",
    ),
    (
        "The tribunal found that the minister had armed rebels who murdered villagers in Gao.",
        "The reporter found that the minister had armed rebels who murdered villagers in Gao on Monday.",
    ),
    (
        "Judges ruled that the colonel had aided militiamen who raped and killed farmers in Gao.",
        "Judges fled after militiamen raped and killed farmers in Gao on Monday.",
    ),
    (
        "A former colonel admitted in court in Paris that his men shot dead nine farmers in Gao.",
        "A former colonel admitted on Monday in Paris that his men shot dead nine farmers in Gao on Sunday.",
    ),
    (
        "The president was found guilty in Paris of raping prisoners in Gao.",
        "The president was told in Paris of soldiers raping prisoners in Gao on Monday.",
    ),
    (
        "An inquest in Paris heard that soldiers fired nine shots at a taxi in Gao.",
        "A reporter in Paris said that soldiers fired nine shots at a taxi in Gao on Monday.",
    ),
    (
        "Four men who murdered two teachers in Gao were sent for trial.",
        "Four men who murdered two teachers in Gao on Monday were praised by the rebels.",
    ),
    (
        "A colonel, guilty of the murder of nine farmers in Gao, died in Paris.",
        "A colonel heard in Paris that rebels murdered nine farmers in Gao on Monday.",
    ),
]


@pytest.mark.parametrize(("case", "news"), PAIRS)
def test_what_courts_deal_with_is_no_event_and_news_is_one(case, news):
    armed = ("Battles", "Explosions/Remote violence", "Violence against civilians")
    assert [one for one in mentions_of(case) if one.event_type in armed] == []
    assert [one for one in mentions_of(news) if one.event_type in armed]
