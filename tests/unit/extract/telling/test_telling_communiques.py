"""Reports that are a party's own words by their heading, and what only looks like such a heading."""

import pytest
from few_names import mentions_of, reading_of

from geoconflict.models import Status


def of_gao(text):
    (one,) = [one for one in mentions_of(text) if one.place and one.place.surface == "Gao"]
    return one


def doers(mention):
    return {one.name for one in mention.actors if one.part == "agent"}


@pytest.mark.parametrize(
    ("heading", "teller"),
    [
        ("Daily briefing of the Malian Ministry of Defence, 11 May 2023. ", "Malian Ministry of Defence"),
        ("Statement by the Ministry of Defence of Mali. ", "Ministry of Defence of Mali"),
        ("Malian army press release, 11 May. ", "Malian army"),
        ("Press release No. 12 of the Armed Forces of Mali\n", "Armed Forces of Mali"),
        ("Situation report of the General Staff of the Malian Armed Forces, as of 6 a.m. on 11 May\n\n",
         "General Staff of the Malian Armed Forces"),
        ("Malian Ministry of Defence: ", "Malian Ministry of Defence"),
        ("BAMAKO - Malian army: ", "Malian army"),
        ("Malian army spokesman Ali Keita: ", "Malian army spokesman Ali Keita"),
        ("BAMAKO, 11 MAY 23 (RADIO) -- [COMMUNIQUE] [MALIAN ARMY] [TEXT] ", "MALIAN ARMY"),
    ],
)  # fmt: skip
def test_a_party_tells_what_stands_under_its_heading_and_its_troops_are_its_own(heading, teller):
    told = of_gao(f"{heading}Troops shelled Gao on Monday.")
    assert (told.status, told.claimed_by) == (Status.CLAIMED, teller)
    assert doers(told) == {"Military Forces of Mali"}


@pytest.mark.parametrize(
    "text",
    [
        "Attack on army: Troops shelled Gao on Monday.",
        "Timeline of the war: Troops shelled Gao on Monday.",
        "Gao: Troops shelled Gao on Monday.",
        "The army's statement came after troops shelled Gao on Monday.",
        "A statement by the army said nothing. Troops shelled Gao on Monday.",
        "Reuters statement. Troops shelled Gao on Monday.",
        "The army press office was shut. Troops shelled Gao on Monday.",
        "Geneva: a statement. Troops shelled Gao on Monday.",
        "Update from Gao. Troops shelled Gao on Monday.",
    ],
)
def test_other_openings_leave_a_fact_a_fact(text):
    assert of_gao(text).status is Status.OCCURRED


@pytest.mark.parametrize("teller", ["UN", "Governor", "Pentagon", "Mali officials", "Volodymyr Zelensky"])
def test_a_headline_that_opens_with_who_says_it_is_their_word(teller):
    told = of_gao(f"{teller}: two people killed by shells in Gao")
    assert (told.status, told.claimed_by) == (Status.CLAIMED, teller)
    assert not doers(told)


@pytest.mark.parametrize("opening", ["Breaking", "Exclusive", "Boko Haram", "Storm Daniel", "Mali"])
def test_a_headline_that_opens_with_its_matter_is_nobodys_word(opening):
    assert of_gao(f"{opening}: two people killed by shells in Gao").claimed_by is None


def test_who_is_named_in_a_sentence_tells_it_himself():
    text = "Briefing of the Russian Ministry of Defence. Residents of Nyala said that rebels shelled Gao on Monday."
    assert of_gao(text).claimed_by == "Residents of Nyala"


def test_a_heading_of_one_line_holds_for_that_line():
    text = "Malian army: Rebels shelled Nyala on Monday.\nRebels shelled Gao on Monday."
    assert of_gao(text).status is Status.OCCURRED
    assert [one.claimed_by for one in mentions_of(text) if one.place.surface == "Nyala"] == ["Malian army"]


def test_the_army_of_which_rebels_tell_is_not_theirs():
    ours, theirs = (
        of_gao(f"Communique of the ELN. On Monday {doer} attacked a patrol in Gao.")
        for doer in ("our units", "the army")
    )
    assert doers(ours) == {"National Liberation Army (Colombia)"}
    assert doers(theirs) == {"Military Forces"}
    assert {ours.claimed_by, theirs.claimed_by} == {"ELN"}


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("The Russian defence ministry said troops had shelled Gao on Monday.", "Military Forces of Russia"),
        ("Kyiv's General Staff said its troops had shelled Gao on Monday.", "Military Forces of Ukraine"),
        ("The Russian defence ministry said foreign troops had shelled Gao on Monday.", "Military Forces"),
        ("The Russian health ministry said troops had shelled Gao on Monday.", "Military Forces"),
    ],
)
def test_troops_are_those_of_who_has_troops_and_tells_of_them(text, doer):
    assert doers(of_gao(text)) == {doer}


def test_losses_and_tolls_under_a_heading_are_its_partys_word():
    found = reading_of(
        "Summary of the General Staff, 11 May 2023. Rebels lost 12 tanks on Monday. 100,000 soldiers have been killed "
        "since the start of the war."
    )
    assert {one.claimed_by for one in (*found.equipment, *found.tolls)} == {"General Staff"}


def test_a_group_heads_its_statement_by_its_name():
    told = of_gao("Hamas statement: Soldiers shelled Gao on Monday.")
    assert (told.status, told.claimed_by) == (Status.CLAIMED, "Hamas")
    assert of_gao("IDF news release. Troops shelled Gao on Monday.").claimed_by == "IDF"


@pytest.mark.parametrize(
    ("signature", "teller"),
    [
        (": army", "army"),
        (" - medics", "medics"),
        (" – rebel commander", "rebel commander"),
        (": UN officials", "UN officials"),
        (" -- Ministry of Defence", "Ministry of Defence"),
        (": residents of the town", "residents of the town"),
        (": security sources\nNothing more was known.", "security sources"),
    ],
)
def test_a_line_is_told_by_whom_it_ends_with(signature, teller):
    told = of_gao(f"Rebels kill 12 soldiers in Gao{signature}")
    assert (told.status, told.claimed_by) == (Status.CLAIMED, teller)


@pytest.mark.parametrize(
    "ending",
    [
        ": army commander among dead",
        ": police on alert",
        ": a timeline",
        " - updated",
        ": army.",
        ": the army, its allies and the town",
    ],
)
def test_other_ends_leave_a_fact_a_fact(ending):
    assert of_gao(f"Rebels kill 12 soldiers in Gao{ending}").claimed_by is None


def test_only_the_line_that_is_signed_is_told_so():
    text = (
        "Rebels shelled Gao on Monday.\nTen dead in bombing in Kidal: governor\nMilitants kidnapped a priest in Mopti."
    )
    told = {one.place.surface: one.claimed_by for one in mentions_of(text) if one.place}
    assert told == {"Gao": None, "Kidal": "governor", "Mopti": None}


def test_who_is_named_in_the_sentence_tells_it_himself():
    assert of_gao("Residents say that rebels killed 12 soldiers in Gao: army").claimed_by == "Residents"
