import pytest
from few_names import mentions_of, reading_of, told

from geoconflict.models import Status

# (text, status of the first event, claimant)
STATUSES = [
    ("Rebels shelled Nyala.", "occurred", None),
    ("Sudan's army said rebels shelled Nyala.", "claimed", "Sudan's army"),
    ("Rebels shelled Nyala, the governor said.", "claimed", "governor"),
    ("Rebels shelled Nyala, claimed the army.", "claimed", "army"),
    ("Rebels shelled Nyala, claimed residents.", "claimed", "residents"),
    ('"Rebels shelled Nyala", claimed the ministry without evidence.', "claimed", "ministry"),
    ("Rebels shelled Nyala, claims Sudan.", "claimed", "Sudan"),
    ("Rebels shelled Nyala, told residents to leave and withdrew.", "occurred", None),
    ("Rebels shelled Nyala on Monday and burned houses, survivors told reporters.", "claimed", "survivors"),
    ("Rebels shelled Nyala, and survivors told a priest their names.", "occurred", None),
    (
        "Jets bombed a market in Nyala, residents said, as rebels from the hills drew nearer to the town of Gao.",
        "claimed",
        "residents",
    ),
    (
        "Rebels shelled Nyala, the army did not say why, in the hours before the talks in Geneva began.",
        "occurred",
        None,
    ),
    ("According to local officials, rebels shelled Nyala.", "claimed", "local officials"),
    ("Rebels reportedly shelled Nyala.", "claimed", None),
    ("Shells hit a market in Nyala, Doctors Without Borders said.", "claimed", "Doctors Without Borders"),
    ("Doctors Without Borders said that shells had hit a market in Nyala.", "claimed", "Doctors Without Borders"),
    (
        "Shells hit Nyala, the Northland Observatory for Human Rights said.",
        "claimed",
        "Northland Observatory for Human Rights",
    ),
    ("Shells hit Nyala, Reporters Without Borders said on Friday.", "claimed", "Reporters Without Borders"),
    ("Shells hit Nyala, said Lawyers Without Frontiers (LWF).", "claimed", "Lawyers Without Frontiers"),
    ("Shells hit Nyala, according to Lawyers Without Frontiers (LWF).", "claimed", "Lawyers Without Frontiers"),
    ("Lawyers Without Frontiers (LWF) reported that shells had hit Nyala.", "claimed", "Lawyers Without Frontiers"),
    ("Shells hit Nyala, according to the Northland Observatory On Friday.", "claimed", "Northland Observatory"),
    ("Shells hit Nyala, which residents said was full of refugees.", "occurred", None),
    ("The mayor, Ann Hall, said shells had hit Nyala.", "claimed", "mayor"),
    ("The army confirmed that rebels had captured Nyala on Tuesday.", "occurred", "army"),
    (
        "The ministry said rebels fired a rocket that killed two people in Nyala.",
        "claimed",
        "ministry",
    ),
    ("A report by the army said that rebels shelled Nyala.", "claimed", "army"),
    ("A report from Geneva said that rebels shelled Nyala.", "claimed", "report"),
    ("Observers who watch the fighting in Nyala said they were well.", "occurred", None),
    ("Rebels threatened to shell Nyala.", "hypothetical", None),
    ("If rebels shell Nyala, thousands will flee.", "hypothetical", None),
    ("Rebels may attack Nyala.", "hypothetical", None),
    ("Imagine that rebels shelled Nyala.", "hypothetical", None),
    ("Imagine a world in which they shelled Nyala.", "hypothetical", None),
    ("They live in a world in which rebels shelled Nyala.", "occurred", None),
    ("Officials fear an attack on Nyala by rebels.", "hypothetical", None),
    ("France asked Chad to help free two teachers abducted near Nyala on Friday.", "occurred", None),
    ("France called for the release of the teachers, abducted near Nyala on Friday.", "occurred", None),
    ("France will increase the number of its soldiers deployed in Nyala.", "scheduled", None),
    ("The army denied shelling Nyala.", "denied", None),
    (
        "Foreign Minister Ivanov is scheduled to meet the Turkish foreign minister in Ankara on Monday.",
        "scheduled",
        None,
    ),
    ("Turkish and Russian officials will hold talks in Ankara on Monday.", "scheduled", None),
]


@pytest.mark.parametrize(("text", "status", "claimant"), STATUSES, ids=[text for text, _, _ in STATUSES])
def test_status_and_claimant(text, status, claimant):
    first = mentions_of(text)[0]
    assert (first.status.value, first.claimed_by) == (status, claimant)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels did not shell Nyala.",
        "No fighting was reported in Nyala.",
        "The army left Nyala without firing at rebels.",
        "Did rebels shell Nyala?",
    ],
)
def test_what_did_not_happen_is_no_event(text):
    assert not [mention for mention in mentions_of(text) if mention.event_type.value != "Strategic developments"]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("The claims that rebels shelled Nyala are false.", "one side"),
        ("Rebels attacked Gao. Claims that rebels shelled Nyala are false.", "one side"),
        ("The report that rebels shelled Nyala was fabricated.", "one side"),
        ("It is false that rebels shelled Nyala.", "one side"),
        ("Reports that rebels shelled Nyala are untrue, the ministry said.", "ministry"),
        ("Rumours that Nyala was shelled are false, the mayor said.", "mayor"),
        ("Rumours of shelling in Nyala turned out to be false, the mayor said.", "mayor"),
        ("There is no truth to reports that rebels shelled Nyala, the mayor said.", "mayor"),
        ("The ministry rejected as untrue reports that its forces shelled Nyala.", "ministry"),
    ],
)
def test_what_is_called_untrue_is_denied(text, by):
    (mention,) = [one for one in mentions_of(text) if one.place.surface == "Nyala"]
    assert (mention.status.value, mention.denied_by, mention.claimed_by) == ("denied", by, None)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody denies that rebels shelled Nyala.",
        "The army never denied shelling Nyala.",
        "The army refused to deny shelling Nyala.",
        "The army did not deny that it shelled Nyala.",
    ],
)
def test_what_is_not_denied_is_a_claim(text):
    (mention,) = mentions_of(text)
    assert (mention.status.value, mention.denied_by) == ("claimed", None)


@pytest.mark.parametrize(
    "text", ["The army denied that it had not shelled Nyala.", "Officials denied that rebels did not attack Nyala."]
)
def test_a_denial_of_a_denial_is_no_event(text):
    assert not mentions_of(text)


@pytest.mark.parametrize(
    "text",
    ["Reports that rebels shelled Nyala are true.", "The murder of a priest in Nyala was a lie, the bishop said."],
)
def test_what_is_true_or_is_no_report_is_not_denied(text):
    assert mentions_of(text)[0].status.value != "denied"


def test_calling_one_report_untrue_denies_no_other_event():
    first, second = mentions_of("Rebels shelled Nyala. The ministry said reports of an airstrike on Gao were untrue.")
    assert (first.place.surface, first.status.value) == ("Nyala", "occurred")
    assert (second.place.surface, second.status.value) == ("Gao", "denied")


def test_a_denial_in_the_next_sentence_keeps_the_claimant():
    (mention,) = mentions_of("Ukraine says Russian forces shelled Kharkiv. Russia denies it.")
    assert mention.status.value == "denied"
    assert mention.claimed_by == "Ukraine"
    assert "denied by Russia" in mention.reasons


@pytest.mark.parametrize(
    "text",
    [
        "Russia did not deny it.",
        "Nobody denied it.",
        "Russia has not denied the claim.",
        "Russia never denied the strike.",
        "Russia neither confirmed nor denied the strike.",
        "Russia did not confirm or deny the strike.",
        "Russia would neither confirm nor deny the report.",
        "Russia said the claim was not false.",
        "Russia may deny it.",
        "Russia declined to deny it.",
        "Russia refused to confirm or deny the report.",
        "Russia stopped short of denying the claim.",
    ],
)
def test_what_is_not_denied_in_the_next_sentence_stays_a_claim(text):
    (mention,) = mentions_of(f"Ukraine says Russian forces shelled Kharkiv. {text}")
    assert (mention.status.value, mention.claimed_by, mention.denied_by) == ("claimed", "Ukraine", None)


def test_a_denial_of_having_done_it_is_no_second_event_and_leaves_what_happened():
    (mention,) = mentions_of(
        "Ukraine says a Russian missile strike on Kharkiv killed six people. Russia denied carrying out the strike."
    )
    assert (mention.status.value, mention.claimed_by, mention.denied_by) == ("claimed", "Ukraine", "Russia")


def test_denying_a_part_in_an_event_does_not_deny_the_event():
    (mention,) = mentions_of("Rebels denied involvement in the bombing in Gao on Monday.")
    assert mention.status.value != "denied"


def test_two_sides_versions_stand_side_by_side():
    mentions = mentions_of(
        "Ukraine said its troops had repelled an attack near Bakhmut. Russia said its forces had attacked near Bakhmut."
    )
    assert {mention.claimed_by for mention in mentions} == {"Ukraine", "Russia"}


def test_fighting_that_is_to_end_is_taken_for_granted():
    assert ("Armed clash", "Khartoum", "occurred") in told(
        "Few now hope that the fighting which broke out in Khartoum on April 15 will stop."
    )


def test_totals_are_kept_with_their_claimant_and_are_no_events():
    reading = reading_of("The Health Ministry said that 4,200 people have been killed in the war so far.")
    assert reading.mentions == ()
    (toll,) = reading.tolls
    assert (toll.count.best, toll.measure, toll.claimed_by) == (4200, "killed", "Health Ministry")


@pytest.mark.parametrize(
    ("denial", "status"),
    [
        ("Rebels denied using the school as a depot.", "occurred"),
        ("Rebels denied hiding weapons there.", "occurred"),
        ("The army denied carrying out the attack.", "occurred"),
        ("The army denied responsibility.", "occurred"),
        ("The army denied that the attack had happened.", "denied"),
        ("The army denied that the school had been hit.", "denied"),
        ("The army denied shelling the school.", "occurred"),
        ("The army denied that it was behind it.", "occurred"),
    ],
)
def test_only_a_denial_of_the_event_denies_it(denial, status):
    found = told(f"An air strike hit a school in Nyala on Monday. {denial}")
    assert ("Air/drone strike", "Nyala", status) in found


def test_a_count_since_a_day_over_a_region_is_a_total_and_no_event():
    reading = reading_of("Since 3 April more than 9,000 people have been killed in Darfur.")
    assert reading.mentions == ()
    assert len(reading.tolls) == 1


@pytest.mark.parametrize(
    ("denial", "by"),
    [
        ("the army denied this", "army"),
        ("the army rejected the claim", "army"),
        ("the army denied it had left Gao", None),
    ],
)
def test_a_denial_behind_a_semicolon_is_one_of_what_stands_before_it(denial, by):
    first = mentions_of(f"Rebels took Gao on Friday, residents said; {denial}.")[0]
    assert (first.claimed_by, first.denied_by) == ("residents", by)


CLAIM = "Rebels attacked an army base in Nyala on Monday, killing 40 soldiers, the rebels claimed."


@pytest.mark.parametrize(
    "answer",
    [
        "The army acknowledged two deaths.",
        "The army said it had lost two men.",
        "The army said two soldiers were killed.",
        "The army put the toll at two.",
    ],
)
def test_two_sides_figures_stand_side_by_side(answer):
    mentions = mentions_of(f"{CLAIM} {answer}")
    told = {one.claimed_by: (one.casualties.killed.best, one.place.surface) for one in mentions}
    assert told == {"rebels": (40, "Nyala"), "army": (2, "Nyala")}


@pytest.mark.parametrize(
    "answer",
    [
        "The rebels said two more had been wounded.",
        "Villagers said three children had drowned.",
    ],
)
def test_what_is_no_other_figure_of_the_same_dead_is_no_second_version(answer):
    mentions = [one for one in mentions_of(f"{CLAIM} {answer}") if one.casualties and one.casualties.killed]
    assert [one.casualties.killed.best for one in mentions] == [40]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The rebels said they had killed 60 soldiers in Nyala. The government denied the losses.", "denied"),
        ("The rebels said they had killed 60 soldiers in Nyala. The government denied suffering any losses.", "denied"),
        ("The rebels said they had killed 60 soldiers in Nyala. The government disputed the figure.", "claimed"),
        (f"{CLAIM} The government denied the losses.", "claimed"),
        (f"{CLAIM} The government dismissed the number.", "claimed"),
    ],
)
def test_who_denies_the_losses_stays_with_the_event(text, status):
    (mention,) = mentions_of(text)
    assert (mention.status.value, mention.claimed_by, mention.denied_by) == (status, "rebels", "government")


def test_what_is_rejected_besides_denies_nothing():
    (mention,) = mentions_of("Rebels shelled Nyala, the army said. The appeal was rejected by the court.")
    assert (mention.status.value, mention.denied_by) == ("claimed", None)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("A party leader was assassinated in Nyala, Sudan's Revolutionary Guards said.", "Sudan's Revolutionary Guards"),
        ("Three people were killed by shelling in Nyala, the regional governor said on Monday.", "regional governor"),
        ("A mayor was shot dead in Nyala on Monday, local police said.", "local police"),
        ("Two villages near Nyala were shelled by rebels, the army said.", "army"),
    ],
)  # fmt: skip
def test_who_says_so_at_the_end_of_a_passive_sentence_is_named(text, by):
    (mention,) = mentions_of(text)
    assert (mention.status, mention.claimed_by) == (Status.CLAIMED, by)


def test_what_is_reported_behind_a_comma_says_nothing():
    for one in mentions_of("Rebels shelled Nyala on Monday, with explosions reported in Gao."):
        assert one.claimed_by is None


def test_a_pronoun_behind_a_comma_names_nobody():
    assert mentions_of("A mayor was assassinated in Nyala, he said.")[0].claimed_by is None


@pytest.mark.parametrize(
    "text",
    [
        "Nobody knows why shells hit the school in Gao on Monday.",
        "It is not clear why rebels attacked Gao on Monday.",
        "Residents do not understand why Gao was shelled on Monday.",
        "Gao was shelled on Monday, Kidal was not.",
    ],
)
def test_what_is_denied_of_something_else_leaves_the_event(text):
    assert [(mention.place.surface, mention.status.value) for mention in mentions_of(text)] == [("Gao", "occurred")]


def test_what_was_done_beside_a_refusal_is_told():
    (mention,) = mentions_of("Soldiers refused to surrender and fired on a crowd in Gao on Monday, killing three.")
    assert (mention.status.value, mention.casualties.killed.best) == ("occurred", 3)


def test_a_court_that_dismisses_a_case_denies_no_event():
    (mention,) = mentions_of(
        "A court in Paris dismissed on Monday a case over the bombing of Gao, in which ten people died."
    )
    assert mention.status.value != "denied"


@pytest.mark.parametrize(
    ("outlet", "claimed_by"),
    [("State television", "State television"), ("The state-run radio", "state-run radio"), ("Radio Lumiere", None)],
)
def test_a_state_s_own_outlet_speaks_for_it(outlet, claimed_by):
    (mention,) = mentions_of(f"{outlet} said that troops had shelled Gao on Monday.")
    assert mention.claimed_by == claimed_by


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Rebels attempted an assault near Gao and were repelled on Monday.", "occurred"),
        ("Malian troops attempted to storm Gao but were driven back on Monday.", "occurred"),
        ("Malian troops attempted to storm Gao on Monday.", "hypothetical"),
        ("An assault on Gao was repulsed on Monday.", "occurred"),
    ],
)
def test_an_attempt_that_was_beaten_off_was_fought(text, status):
    assert ("Armed clash", "Gao", status) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Reuters said on Wednesday the army had captured Gao.",
        "Xinhua reported that the army had captured Gao.",
        "It was reported on Wednesday that the army had captured Gao.",
    ],
)
def test_what_an_agency_says_had_happened_is_no_background(text):
    (mention,) = mentions_of(text)
    assert mention.place.surface == "Gao"
    assert mention.when.starts_on is None


@pytest.mark.parametrize(
    "text",
    [
        "Residents fled because the army had captured Gao.",
        "The president thought the army had captured Gao.",
    ],
)
def test_what_had_happened_before_is_background(text):
    assert mentions_of(text) == ()


def test_letters_of_a_group_are_no_news_agency():
    (mention,) = mentions_of("Rebels of the XYZ-DPA said on Wednesday they had shelled Gao.")
    assert mention.claimed_by == "Rebels of the XYZ-DPA"


def test_two_who_tell_it_are_named_once_each():
    (mention,) = mentions_of("Cairo and Ankara said fighting went on in Nyala on Monday.")
    assert mention.claimed_by == "Cairo and Ankara"


@pytest.mark.parametrize("nobody", ["No deaths were reported.", "No injuries were said to have occurred in Khartoum."])
def test_what_was_reported_is_not_who_says_more(nobody):
    _, mention = mentions_of(f"The police said rebels had shelled Gao on Monday. {nobody} Shells hit Nyala, it said.")
    assert (mention.place.surface, mention.status, mention.claimed_by) == ("Nyala", Status.CLAIMED, "police")
