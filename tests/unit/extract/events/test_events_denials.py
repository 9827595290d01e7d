"""Which event a denial is about, what the denier says happened instead, and where the denial can be read."""

import pytest
from few_names import mentions_of

from geoconflict.models import Status


def killed(mention):
    count = mention.casualties.killed if mention.casualties else None
    return (count.low, count.best, count.high) if count else None


MASSACRE = "Soldiers killed 34 villagers in Gao on Sunday, residents said."


@pytest.mark.parametrize(
    "denial",
    [
        "The army denied that it had targeted civilians.",
        "The army denied that it had targeted civilians and said it had attacked rebel positions.",
        "The army denied it had targeted civilians and said it had struck rebel bases.",
        "The army denied targeting the village and said it had fired at rebel fighters.",
        "The army denied massacring civilians, saying it had killed rebels.",
        "The army denied that it had deliberately attacked civilians. It said its troops had fired on rebel positions.",
        "Houses were burned. The army denied that it had targeted civilians and said it had attacked rebel positions.",
    ],
)
def test_who_denies_having_aimed_at_civilians_denies_a_part_of_the_massacre_told_before(denial):
    told, *others = (one for one in mentions_of(f"{MASSACRE} {denial}") if one.plover != "COERCE:destroy")
    others = [one for one in others if one.sub_event_type != "Looting/property destruction"]
    assert (told.place.surface, told.status, told.claimed_by, told.denied_by) == (
        "Gao",
        Status.CLAIMED,
        "residents",
        "army",
    )
    assert killed(told) == (34, 34, 34)
    assert {(one.place.surface, one.status, one.claimed_by) for one in others} <= {("Gao", Status.CLAIMED, "army")}


@pytest.mark.parametrize(
    "text",
    [
        (
            "Rebels shot dead 18 people in Gao on Tuesday, an official said. "
            "The rebels denied that they had killed civilians, saying they had clashed with soldiers."
        ),
        (
            "Shells hit a hospital in Kharkiv on Sunday, killing nine people, medics said. "
            "The army denied the accusation and said it had shelled rebel positions."
        ),
        (
            "An air strike on a market in Nyala killed 43 people on Thursday, activists said. "
            "The army denied hitting civilians and said its jets had bombed rebel positions."
        ),
    ],
)
def test_what_the_denier_did_instead_is_his_version_of_one_event(text):
    told, version = mentions_of(text)
    assert told.status is Status.CLAIMED
    assert told.denied_by == version.claimed_by
    assert (version.status, version.denied_by, version.actors) == (Status.CLAIMED, None, ())
    assert (version.place, version.when, version.sub_event_type) == (told.place, told.when, told.sub_event_type)


def test_an_account_with_a_place_or_a_day_of_its_own_is_another_event():
    text = f"{MASSACRE} The army denied that it had targeted civilians and said it had attacked rebels in Kidal."
    told, other = mentions_of(text)
    assert told.denied_by == "army"
    assert (other.place.surface, other.claimed_by) == ("Kidal", "army")
    text = f"{MASSACRE} The army denied that it had targeted civilians and said it had shelled rebels on Friday."
    told, other = mentions_of(text)
    assert told.denied_by == "army"
    assert other.when != told.when


@pytest.mark.parametrize(
    ("denial", "figures"),
    [
        ("The army denied killing 34 civilians, saying 12 fighters died.", (12, 12, 12)),
        ("The army denied killing 34 villagers and said nine rebel fighters were killed.", (9, 9, 9)),
        ("The army denied that it had killed civilians, insisting that 30 rebels had died.", (30, 30, 30)),
        ("The army denied the accusation, saying that five soldiers had died.", (5, 5, 5)),
        ("The army denied massacring civilians, saying it had killed 20 rebels.", (20, 20, 20)),
        ("Houses were burned. The army denied that it had killed civilians and said 12 fighters died.", (12, 12, 12)),
    ],
)
def test_the_figure_of_who_denies_is_his_version_of_the_dead(denial, figures):
    found = [one for one in mentions_of(f"{MASSACRE} {denial}") if one.event_type.value != "Strategic developments"]
    told, version = found
    assert (killed(told), told.status, told.denied_by) == ((34, 34, 34), Status.CLAIMED, "army")
    assert (killed(version), version.status, version.claimed_by) == (figures, Status.CLAIMED, "army")


def test_a_figure_that_is_only_denied_is_nobodys():
    (told,) = mentions_of(f"{MASSACRE} The army denied killing dozens of civilians.")
    assert (killed(told), told.status, told.denied_by) == ((34, 34, 34), Status.CLAIMED, "army")


@pytest.mark.parametrize(
    ("denial", "status"),
    [
        ("The army denied killing civilians.", Status.CLAIMED),
        ("The army denied it.", Status.DENIED),
        ("The army denied that the attack had happened.", Status.DENIED),
    ],
)
def test_the_evidence_of_an_event_holds_the_sentence_that_denies_it(denial, status):
    text = f"{MASSACRE} {denial}"
    (told,) = mentions_of(text)
    assert (told.status, told.denied_by) == (status, "army")
    assert text[told.start : told.end].startswith("Soldiers killed")
    assert text[told.start : told.end].endswith(denial)


def test_one_side_does_not_deny_what_the_other_did():
    (told,) = mentions_of(
        "The army killed 34 villagers in Gao on Sunday. Rebels denied that they had attacked civilians."
    )
    assert (told.status, told.denied_by) == (Status.OCCURRED, None)
    (told,) = mentions_of(
        "Rebels killed 34 villagers in Gao on Sunday. The army denied that it had targeted civilians."
    )
    assert (told.status, told.denied_by) == (Status.OCCURRED, None)


def test_of_what_a_civilian_target_is_denied_no_fight_of_forces_is_meant():
    found = mentions_of("Rebels fought soldiers in Gao on Sunday. The army denied that it had targeted civilians.")
    assert [one.denied_by for one in found if one.place] == [None]


def test_who_denies_that_a_town_was_taken_and_tells_of_fighting_there_tells_of_another_event():
    found = mentions_of(
        "The army said it had captured Gao on Sunday. The rebels denied the loss of the town but said fighting went on there."
    )
    assert [(one.sub_event_type, one.status) for one in found if one.denied_by] == [
        ("Government regains territory", Status.DENIED)
    ]
    assert ("Armed clash", "rebels", None) in [(one.sub_event_type, one.claimed_by, one.denied_by) for one in found]


SHELLING = "Shelling killed nine people in Kharkiv on Friday."


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (f"{SHELLING} Russia denied that it had shelled the city.", "Russia"),
        (f"{SHELLING} Russia denied that its troops had shelled the city.", "Russia"),
        (f"{SHELLING} Russia denied that Russian troops had shelled the city.", "Russia"),
        (f"{SHELLING} Russia denied that the city had been shelled by its forces.", "Russia"),
        (f"{SHELLING} Russia flatly denied having shelled the city.", "Russia"),
        (
            "A barrage of rockets hit a market in Gao on Friday, killing five. The rebels denied firing rockets.",
            "rebels",
        ),
        ("A drone strike killed 12 children in Nyala on Friday. The army denied that it had hit the town.", "army"),
        ("Gunmen killed 30 villagers in Gao on Friday. The army denied its soldiers had attacked the village.", "army"),
    ],
)
def test_who_denies_that_his_own_side_did_it_denies_a_part_and_has_none_of_the_dead(text, by):
    (told,) = mentions_of(text)
    assert (told.status, told.claimed_by, told.denied_by) == (Status.OCCURRED, None, by)
    assert told.casualties.claimed_by is None


@pytest.mark.parametrize(
    "denial",
    [
        "Russia denied that the city had been shelled.",
        "The mayor denied that the shelling had happened.",
        "Ukraine denied that Russian troops had shelled the city.",
        "The mayor denied that soldiers had shelled the city.",
    ],
)
def test_who_denies_what_others_are_told_to_have_done_denies_that_it_was_done(denial):
    (told,) = mentions_of(f"{SHELLING} {denial}")
    assert told.status is Status.DENIED


def test_an_act_told_by_its_accuser_alone_is_denied_by_the_accused():
    (told,) = mentions_of(
        "The army shelled Nyala on Friday, the rebels said. The army denied that it had shelled the town."
    )
    assert (told.status, told.claimed_by, told.denied_by) == (Status.DENIED, "rebels", "army")


def test_a_loss_of_ones_own_that_is_denied_is_no_denied_authorship():
    (told,) = mentions_of("An air strike killed 12 people in Nyala on Friday. The army denied that it had lost a jet.")
    assert told.denied_by is None


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Rebels shelled Gao on Monday, the army said. It later retracted the statement.", "army"),
        ("Rebels shelled Gao on Monday, the army said. The claim turned out to be untrue.", "one side"),
        ("Rebels were reported to have shelled Gao. The report proved false.", "one side"),
        ("Rebels shelled Gao, a radio station said. This report was withdrawn by the editor.", "editor"),
        ("A blast in Gao was reported on Monday. It was a false alarm.", "one side"),
        ("A rocket hit Gao on Monday. The army later said it was a false alarm.", "army"),
    ],
)
def test_a_claim_that_a_later_sentence_takes_back_or_calls_untrue_is_denied(text, by):
    (one,) = (one for one in mentions_of(text) if one.event_type != "Strategic developments")
    assert (one.status, one.denied_by) == (Status.DENIED, by)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled Gao on Monday. A second siren was a false alarm.",
        "Rebels shelled Gao on Monday. The claim that they had fled proved false.",
        "Rebels shelled Gao on Monday. The army withdrew its offer.",
        "Rebels shelled Gao on Monday. The minister did not retract the statement.",
    ],
)
def test_what_else_is_false_or_withdrawn_denies_nothing_told_before(text):
    (one,) = (one for one in mentions_of(text) if one.event_type == "Explosions/Remote violence")
    assert one.status is Status.OCCURRED


@pytest.mark.parametrize(
    "text",
    [
        "The army denied reports that Gao had fallen.",
        "Officials denied that the town of Gao was lost.",
        "The fall of Gao was denied by the government on Tuesday.",
        "The governor denied on Thursday that Gao had been captured.",
    ],
)
def test_a_denial_that_a_town_fell_is_told_alone(text):
    assert [(mention.place.surface, mention.status.value) for mention in mentions_of(text)] == [("Gao", "denied")]


def test_what_nobody_denies_needs_to_be_told_of_forces():
    assert mentions_of("Prices in Gao had fallen, the town lost its market.") == ()


@pytest.mark.parametrize("verb", ["accused", "blamed"])
def test_who_is_accused_and_denies_it_leaves_the_attack_a_fact(verb):
    (told,) = mentions_of(f"Gunmen killed nine people in Gao on Sunday. Chad {verb} Niger, which denied it.")
    assert (told.status, told.denied_by) == (Status.OCCURRED, "Niger")


# ---------------------------------------------------------------- what an outlet corrects, and what is called false
def test_a_corrected_figure_is_no_figure_and_no_event():
    told = "A bomb killed 12 people in Gao on Monday."
    for label in ("Correction: an earlier report", "An earlier version of this story"):
        (mention,) = mentions_of(f"{told}\n{label} said that 21 people were killed.")
        assert (mention.status, mention.casualties.killed.best) == (Status.OCCURRED, 12)


@pytest.mark.parametrize("words", ["called the report fake news", "described the claim as baseless"])
def test_what_is_called_false_is_denied(words):
    told = "Army jets bombed a wedding in Nyala on Sunday, doctors said."
    (mention,) = mentions_of(f"{told} The coalition {words}.")
    assert (mention.status, mention.denied_by) == (Status.DENIED, "coalition")
    (mention,) = mentions_of(f"{told} The coalition called the report important.")
    assert mention.status is Status.CLAIMED


STRIKE = "A missile hit a bus in Gao on Tuesday, killing 12 people."


@pytest.mark.parametrize(
    "denial",
    [
        "The rebels denied having fired it.",
        "The rebels denied firing the missile.",
        "General Ali Keita denied that his men had fired.",
        "The rebels denied launching it and accused the army.",
    ],
)
def test_who_denies_to_have_fired_denies_who_did_it(denial):
    (told,) = (one for one in mentions_of(f"{STRIKE} {denial}") if one.place and one.place.surface == "Gao")
    assert told.status is Status.OCCURRED
    assert told.denied_by is not None


def test_who_denies_a_weapon_leaves_the_dead_dead():
    (told,) = mentions_of(
        "At least 52 civilians were killed in Gao on Tuesday by shells, the U.N. said. The minister denied that the army "
        "used cluster bombs."
    )
    assert (told.status, told.claimed_by, told.denied_by) == (Status.CLAIMED, "U.N.", "minister")


def test_what_goes_on_besides_a_denial_is_not_denied():
    found = {
        one.place.surface: one.status
        for one in mentions_of(
            "The army denied reports that rebels had entered Gao, as fighting raged in Kidal on Monday."
        )
    }
    assert found == {"Gao": Status.DENIED, "Kidal": Status.OCCURRED}


def test_who_denies_his_own_deed_denies_what_he_is_told_to_have_done():
    found = {
        one.place.surface: one.denied_by
        for one in mentions_of(
            "An air strike by the Russian army killed 40 people in Gao on Thursday, the Red Cross said. Moscow called it an "
            "answer to a rocket fired at Kidal the day before, which killed two workers, and denied targeting civilians."
        )
    }
    assert found == {"Gao": "Moscow", "Kidal": None}


def test_who_rejects_a_claim_in_telling_of_the_deed_denies_who_did_it():
    (told,) = mentions_of(
        "Police said the man who killed 37 people in Gao on Friday was a gambler, rejecting Islamic State's claim."
    )
    assert (told.status, told.denied_by) == (Status.OCCURRED, "Police")


def test_who_dismisses_something_else_denies_nothing_of_what_he_tells():
    (told,) = mentions_of(
        "The police said a bomber who killed five people in Gao on Friday came by bus, dismissing reports of a second attacker."
    )
    assert told.denied_by is None


def test_a_planned_truce_that_collapsed_was_none():
    (planned,) = mentions_of("A planned truce in Gao on Sunday collapsed within hours.")
    assert planned.status is Status.HYPOTHETICAL
    (agreed,) = mentions_of("A truce agreed in Gao on Sunday collapsed within hours.")
    assert agreed.status is Status.OCCURRED


def test_who_denies_losses_leaves_the_strike_and_counts_nobody():
    for denial in ("the rebels denied that they had lost any fighters.", "the rebels denied losing any fighters."):
        (told,) = mentions_of(f"The army said it had shelled rebel positions in Gao on Monday; {denial}")
        assert (told.status, told.claimed_by, told.casualties) == (Status.CLAIMED, "army", None)
    (told,) = mentions_of("A bomb exploded in Gao on Monday. The army denied that any soldiers had been killed.")
    assert (told.status, told.denied_by) == (Status.OCCURRED, "army")


@pytest.mark.parametrize(
    ("denial", "by"),
    [
        ("The governor blamed the Wolf Brigade; a Wolf Brigade spokesman denied it.", "Wolf Brigade spokesman"),
        ("The governor accused the rebels of the attack. The rebels denied it.", "rebels"),
        ("General Ali Keita denied that his men had taken part.", "General Ali Keita"),
        ("The rebels denied playing a role in the attack.", "rebels"),
        ("The rebels denied involvement in the attack.", "rebels"),
        ("The rebels denied that they were behind the attack.", "rebels"),
    ],
)
def test_who_is_accused_denies_who_did_it(denial, by):
    told, *_ = mentions_of(f"{STRIKE} {denial}")
    assert (told.status, told.denied_by) == (Status.OCCURRED, by)


@pytest.mark.parametrize(
    "denial",
    [
        "The governor accused the mayor of theft. He denied it.",
        "General Ali Keita denied that his men had taken Nyala.",
        "The rebels denied a role in the attack in Nyala.",
    ],
)
def test_what_is_denied_of_something_else_is_not_denied_here(denial):
    told, *_ = (one for one in mentions_of(f"{STRIKE} {denial}") if one.place and one.place.surface == "Gao")
    assert (told.status, told.denied_by) == (Status.OCCURRED, None)


@pytest.mark.parametrize(
    ("end", "status"),
    [
        (", which the army denied.", Status.DENIED),
        (", which the army did not deny.", Status.CLAIMED),
    ],
)
def test_a_clause_that_denies_all_before_it_may_hang_on_its_last_noun(end, status):
    (told,) = mentions_of(f"The rebels said they had captured Gao{end}")
    assert told.status is status


@pytest.mark.parametrize(
    ("denial", "status"),
    [
        ("The army denied that its guns had shelled the market and accused mercenaries of the attack.", Status.CLAIMED),
        ("The army denied that it had fired on the town and blamed the rebels for the shelling.", Status.CLAIMED),
        ("The army denied the attack.", Status.DENIED),
    ],
)
def test_who_blames_another_for_it_denies_not_that_it_was(denial, status):
    (mention,) = mentions_of(f"Shells killed nine people in Gao on Monday, a doctor said. {denial}")
    assert mention.status is status
    assert (mention.claimed_by, mention.denied_by) == ("doctor", "army")


@pytest.mark.parametrize(
    ("denial", "status"),
    [
        ("Niger denies it arms the rebels.", Status.OCCURRED),
        ("Niger denied it was arming the rebels.", Status.OCCURRED),
        ("The rebels denied it.", Status.DENIED),
    ],
)
def test_who_denies_that_he_arms_somebody_denies_nothing_that_they_did(denial, status):
    (told,) = mentions_of(f"Rebels shelled Gao. {denial}")
    assert told.status is status


def test_what_a_relative_clause_denies_is_what_it_hangs_on_and_not_the_fighting_beside():
    (fighting,) = mentions_of(
        "Fighting raged in Gao on Sunday as rebels said they had taken the airport, which the army denied."
    )
    assert fighting.status is Status.OCCURRED
    (taken,) = mentions_of("Rebels said on Sunday they had taken Gao, which the army denied.")
    assert taken.status is Status.DENIED


@pytest.mark.parametrize(
    ("denial", "blamed"),
    [
        ("Chad denied bombing Gao and said Niger had bombed it itself.", [("Military Forces of Niger", "Chad")]),
        ("Chad denied it and said that Niger had bombed the town itself.", [("Military Forces of Niger", "Chad")]),
        ("Chad denied bombing Gao and said it had bombed rebel positions.", []),
    ],
)
def test_whom_the_denier_says_to_have_done_it_is_blamed(denial, blamed):
    told = mentions_of(f"Niger said Chad bombed Gao on Monday, killing 6 people. {denial}")[0]
    assert [(one.name, one.by) for one in told.blamed] == blamed
    assert told.denied_by == "Chad"


def test_rejected_accusations_deny_who_killed_and_not_that_people_were_killed():
    rejected = "The army rejected allegations that its troops had killed 12 people in Gao."
    (told,) = mentions_of(rejected)
    assert (told.status, told.denied_by, killed(told)) == (Status.CLAIMED, "army", (12, 12, 12))
    assert [one.name for one in told.blamed] == ["Military Forces"]
    (told,) = mentions_of(f"{rejected} The UN said that Boko Haram had killed them.")
    assert [one.name for one in told.actors if one.part == "agent"] == ["Boko Haram"]


@pytest.mark.parametrize(
    "denial",
    [
        "The army denied that its men had killed 12 people in Gao on Monday.",
        "The army rejected reports that 12 people had been killed in Gao on Monday.",
        "Chad rejected accusations that its forces had shelled Gao on Monday.",
    ],
)
def test_a_denied_act_that_only_its_denial_tells_is_denied(denial):
    (told,) = mentions_of(denial)
    assert told.status is Status.DENIED


def test_who_denies_having_carried_out_a_deadly_raid_denies_who_did_it():
    (told,) = mentions_of("Chad denied it had carried out the raid that killed 12 people in Gao on Monday.")
    assert (told.status, told.denied_by, killed(told)) == (Status.OCCURRED, "Chad", (12, 12, 12))
    assert not any(actor.part == "agent" for actor in told.actors)
    assert [one.name for one in told.blamed] == ["Military Forces of Chad"]
