"""Robberies, quarrels and murders among kin, each beside violence of groups."""

import pytest
from few_names import mentions_of

PAIRS = [
    (
        "Two hooded men shot and wounded a pharmacist in Gao on Monday during a hold-up.",
        "Two hooded men shot and wounded a pharmacist in Gao on Monday during a raid by militants.",
    ),
    (
        "A man stabbed a waiter to death in Gao on Monday after an argument over the bill.",
        "Rebels stabbed a waiter to death in Gao on Monday after an argument over taxes.",
    ),
    (
        "Four people were shot dead in a family dispute in Gao on Sunday.",
        "Four people were shot dead in a family dispute between two clans in Gao on Sunday.",
    ),
    (
        "Two men were stabbed to death in a brawl in a bar in Gao on Monday.",
        "Two men were stabbed to death in a prison brawl in Gao on Monday.",
    ),
    (
        "Thieves ambushed a cash van near Gao on Monday and fled with the coins.",
        "Militiamen ambushed a cash van near Gao on Monday and fled with the coins.",
    ),
    (
        "A man stabbed three people in Gao on Monday. He was mentally ill, doctors said.",
        "A man stabbed three people in Gao on Monday. He had sworn an oath to Islamic State.",
    ),
    (
        "A teenager killed his grandmother in Gao on Monday and hid for a day.",
        "A jihadist killed his grandmother in Gao on Monday and hid for a day.",
    ),
    (
        "A girl was strangled in Gao on Monday by her stepfather, neighbours said.",
        "A girl was stabbed in Gao on Monday by militiamen, neighbours said.",
    ),
    (
        "A jeweller in Gao was stabbed in the arm by a burglar on Monday.",
        "Nine traders in Gao were stabbed to death by robbers on Monday.",
    ),
    (
        "The body of a missing nurse was found in a well in Gao on Monday. Detectives think that she was poisoned.",
        "The body of a missing nurse was found in a well in Gao on Monday. Militants had kidnapped her.",
    ),
    (
        "A porter in Gao was stabbed to death by two drunken guests on Monday.",
        "A porter in Gao was stabbed to death by two masked rebels on Monday.",
    ),
    (
        "Police exchanged fire with a robber in Gao on Monday.",
        "Police exchanged fire with a rebel in Gao on Monday.",
    ),
    (
        "A woman killed four shoppers in Gao on Monday. Doctors were asked about her mental health.",
        "A woman killed four shoppers in Gao on Monday. A rebel group had sent her.",
    ),
    (
        "A tailor in Gao was stabbed to death by his ex-wife on Monday.",
        "A tailor in Gao was stabbed to death by separatists on Monday.",
    ),
    (
        "A cook in Gao was stabbed to death by a former employee on Monday.",
        "A cook in Gao was stabbed to death by a former rebel on Monday.",
    ),
    (
        "Two men robbed a bakery in Gao on Monday and stabbed a guard.",
        "Two men attacked a barracks in Gao on Monday and stabbed a guard.",
    ),
]


@pytest.mark.parametrize(("crime", "violence"), PAIRS)
def test_ordinary_crime_is_no_event_and_violence_of_groups_is_one(crime, violence):
    armed = ("Battles", "Violence against civilians")
    assert [one for one in mentions_of(crime) if one.event_type in armed] == []
    assert [one for one in mentions_of(violence) if one.event_type in armed]
