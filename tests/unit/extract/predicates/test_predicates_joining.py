import pytest
from few_names import mentions_of

from geoconflict.extract.language.model import load_language_model
from geoconflict.extract.predicates.clauses import Clauses
from geoconflict.extract.predicates.joining import find_predicates
from geoconflict.extract.predicates.senses import load_trigger_lexicon


def found(text):
    clauses = Clauses(load_language_model().read(text))
    return clauses, find_predicates(clauses, load_trigger_lexicon())


def test_a_light_verb_and_an_outcome_belong_to_the_event_they_tell():
    clauses, (predicate,) = found("Rebels launched an attack on the base, killing four soldiers.")
    words = {clauses.tokens[at].text for at in predicate.anchors}
    assert predicate.sense.name == "attack"
    assert words == {"attack", "launched", "killing"}


# The words of each event of a sentence; those behind a bar tell what it led to.
JOINED = [
    ("A bombing struck the market in Gao.", ["bombing struck |"]),
    ("Soldiers defused a bomb in Gao.", ["bomb defused |"]),
    ("Police fired tear gas to disperse protesters in Cairo.", ["disperse fired gas |"]),
    ("Two people were killed when a bomb exploded in Gao.", ["bomb exploded | killed"]),
    (
        "Ten people were killed in Gao, while two were killed in an attack in Kidal.",
        ["killed |", "attack | killed"],
    ),
    # whom they took may be told at length
    ("Rebels took a judge, two clerks and a score of guards hostage in Gao.", ["hostage took |"]),
    ("Clerks took bread to a hall in Gao where rebels held a judge hostage.", ["took |", "held hostage |"]),
    # what others did elsewhere then is no cause
    (
        "Militiamen killed nine farmers at a fair near Gao, while mortars were fired at Kidal.",
        ["killed |", "at fired |"],
    ),
    ("Militiamen killed nine farmers in Gao as bombs fell on Kidal.", ["killed |", "bombs fell |"]),
    ("Nine farmers were killed in Gao while jets bombed the town.", ["bombed | killed"]),
    ("Soldiers killed nine rebels as insurgents attacked a camp in Gao.", ["attacked | killed"]),
    ("Tankers exploded in Gao on Monday, in what rebels said was an attack.", ["attack exploded was |"]),
    ("A bomb exploded in Gao, in what police called an attack.", ["bomb exploded |"]),
    ("Troops fired on protesters blocking a highway in Gao.", ["fired on |"]),
    ("Police dispersed farmers blocking a road near Gao.", ["dispersed |", "blocking |"]),
    ("Police used tear gas against nurses protesting in Gao.", ["gas used |"]),
    ("Police dispersed nurses who were marching in Gao.", ["dispersed |"]),
    ("Police arrested nurses who had marched in Gao.", ["arrested |", "marched |"]),
    ("Gunmen kidnapped nurses protesting in Gao.", ["kidnapped |", "protesting |"]),
    # whom raiders came for tells of the raid
    ("Gunmen stormed a clinic in Gao and abducted nine nurses.", ["abducted stormed |"]),
    ("Gunmen raided a village near Gao, killing a man and abducting nine women.", ["abducting raided | killing"]),
    ("Gunmen raided a village near Gao and abducted nine nurses in Kidal.", ["raided |", "abducted |"]),
    ("Gunmen raided a garrison near Gao and abducted nine traders.", ["raided |", "abducted |"]),
    ("Gunmen raided a village near Gao and soldiers abducted nine nurses.", ["raided |", "abducted |"]),
    # where those were going whom something befell is told with it
    ("Shells hit troops advancing on Gao.", ["hit |"]),
    ("Rebels set off a mine under a column pushing towards Gao.", ["off set |"]),
    ("Troops are advancing on Gao.", ["advancing on |"]),
    ("The army sent tanks advancing on Gao.", ["advancing on |"]),
    ("A series of air strikes hit a hospital in Gao.", ["hit series strikes |"]),
    ("Police shot two youths dead after a crowd attacked a post.", ["dead shot |", "attacked |"]),
    ("Troops killed nine rebels after they attacked a base.", ["attacked | killed"]),
    ("Nine guards were shot and 15 hurt in Gao.", ["shot | hurt"]),
    ("Nine traders were shot and 15 shops torched in Gao.", ["shot | torched"]),
    ("Nine traders were killed and 15 hurt when gunmen attacked a bus.", ["attacked | hurt killed"]),
    ("Nine traders were killed and 15 hurt in an ambush near Gao.", ["ambush | hurt killed"]),
    ("Nine traders were shot in Gao and 15 hurt in Kidal.", ["shot |", "hurt |"]),
    ("Nine traders were shot and rebels burned 15 shops in Gao.", ["shot |", "burned |"]),
    ("Three days after the ambush on Kidal, gunmen killed nine villagers in Gao.", ["ambush |", "killed |"]),
    ("Gunmen killed nine villagers in Gao, a week after a bombing.", ["killed |", "bombing |"]),
    ("After the ambush near Kidal, soldiers shot six men in Gao.", ["ambush |", "shot |"]),
    ("In the wake of the raid on Kidal, soldiers shot six men in Gao.", ["raid |", "shot |"]),
    ("Nine villagers were killed after an ambush near Gao.", ["ambush | killed"]),
    ("Clashes raged in Gao, with soldiers killing nine villagers.", ["Clashes raged |", "killing |"]),
    ("Clashes raged in Gao, with soldiers killing nine rebels.", ["Clashes raged | killing"]),
    ("Clashes raged in Gao, where a shell killed nine villagers.", ["Clashes raged | killed"]),
    ("Gunmen attacked the village, and rebels shelled the town.", ["attacked |", "shelled |"]),
]


@pytest.mark.parametrize(("text", "expected"), JOINED, ids=[text for text, _ in JOINED])
def test_words_of_one_event_are_joined(text, expected):
    clauses, predicates = found(text)
    told = [
        [sorted(clauses.tokens[at].text for at in some) for some in (one.anchors - one.outcomes, one.outcomes)]
        for one in predicates
    ]
    assert [" ".join([*event, "|", *outcomes]) for event, outcomes in told] == expected


def test_what_went_on_besides_did_not_kill():
    text = "Mortar bombs crashed into a market in Gao and a school packed with people, killing at least 60, as rebels pushed toward the centre."
    shelling = next(one for one in mentions_of(text) if one.sub_event_type.startswith("Shelling"))
    assert not shelling.actors
    (mention,) = mentions_of("Ten people were killed as rebels attacked Gao.")
    assert mention.casualties.killed.best == 10
    assert [one.name for one in mention.actors if one.part == "agent"] == ["Rebels"]
