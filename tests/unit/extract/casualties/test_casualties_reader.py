import pytest

from geoconflict.extract.casualties.reader import find_casualties
from geoconflict.extract.language.model import load_language_model


@pytest.fixture(scope="module")
def read():
    model = load_language_model()

    def found(text):
        return find_casualties(model.read(text))

    return found


def numbers(mentions, measure):
    return [(m.count.low, m.count.best, m.count.high) for m in mentions if m.measure == measure]


N = None
# A sentence, the killed and the wounded it tells of: (low, best, high) each, in order.
SENTENCES = [
    # passive, active, participle
    ("Two soldiers were killed near the village.", [(2, 2, 2)], []),
    ("The salvo killed at least four villagers and left 13 others injured.", [(4, N, N)], [(13, 13, 13)]),
    ("A shell landed in the bazaar, killing nine traders and injuring dozens more.", [(9, 9, 9)], [(24, N, N)]),
    ("Three people were killed and twelve others wounded.", [(3, 3, 3)], [(12, 12, 12)]),
    ("Insurgents ambushed a patrol, killing seven.", [(7, 7, 7)], []),
    ("Twenty-one servicemen died in the raid.", [(21, 21, 21)], []),
    ("Twelve villagers lost their lives.", [(12, 12, 12)], []),
    ("Police shot dead two protesters in the capital.", [(2, 2, 2)], []),
    ("Two protesters were shot dead by police.", [(2, 2, 2)], []),
    ("The blast left eight people dead and 17 others wounded.", [(8, 8, 8)], [(17, 17, 17)]),
    ("Artillery hit a school, leaving two dead.", [(2, 2, 2)], []),
    ("Four soldiers, including an officer, were killed.", [(4, 4, 4)], []),
    # a bare noun that heads a line, and one whose verb has an object
    ("Ferryman shot dead in Gao.", [(1, 1, 1)], []),
    ("Sniper killed three nurses in Gao.", [(3, 3, 3)], []),
    # people by what they do for a living, one by one
    ("Bandits shot dead a locksmith and two ferrymen.", [(3, 3, 3)], []),
    ("Bandits killed the florist Brandt and the cook Weiss fled.", [(1, 1, 1)], []),
    # a range behind "some", a toll that goes up to a number, and the day of a week gone by
    ("Some 30 to 40 potters were killed in Gao.", [(30, N, 40)], []),
    ("The toll of the raid went up to 14.", [(14, 14, 14)], []),
    ("Up to 14 people were killed in the raid.", [(N, N, 14)], []),
    # what somebody does not condemn happened all the same
    ("The union did not condemn the raid, in which nine people died.", [(9, 9, 9)], []),
    ("The union refused to condemn the raid that killed nine people.", [(9, 9, 9)], []),
    ("A court condemned two men to be executed.", [], []),
    # couples, kin and passers-by
    ("A couple and their two daughters were killed.", [(4, 4, 4)], []),
    ("A grandmother and granddaughter were killed.", [(2, 2, 2)], []),
    ("A teacher and poet was killed.", [(1, 1, 1)], []),
    ("The grenade killed a guard and a passer-by.", [(2, 2, 2)], []),
    ("Rebels burst in, hacking or shooting to death 14 people.", [(14, 14, 14)], []),
    ("Raiders slit the throats of nine herders.", [(9, 9, 9)], []),
    ("Nine herders had their throats cut.", [(9, 9, 9)], []),
    ("The raiders cut the ropes of nine boats.", [], []),
    # members of a family or a crew are counted, and the family is only whose they are
    ("Seven members of one family died when a shell hit their home.", [(7, 7, 7)], []),
    ("Three sons of a family and two guests were killed.", [(5, 5, 5)], []),
    # a noun that is told once, behind the last of a list
    ("The mine killed one Kenyan and three Ugandan soldiers.", [(4, 4, 4)], []),
    ("Two Norwegian and one Danish engineer were wounded.", [], [(3, 3, 3)]),
    ("The strike destroyed one Russian and two Ukrainian tanks.", [], []),
    # what an aside counts ends at its second comma
    ("Ten policemen, among them two sergeants, and six raiders were killed.", [(16, 16, 16)], []),
    ("Nine people, including two women, a man, and a child, were killed.", [(9, 9, 9)], []),
    # whom a name and a role stand for is one, and others are counted with him
    ("Rebels killed Jane Doe, a former minister, and two other leaders.", [(3, 3, 3)], []),
    ("The strike killed Omar Khan, a commander of the group, and three other fighters.", [(4, 4, 4)], []),
    ("A blast killed Omar Khan, a cleric, and 17 others.", [(18, 18, 18)], []),
    ("Ali Hassan, the mayor, and four bodyguards were killed.", [(5, 5, 5)], []),
    ("The mayor, Ali Hassan, and two aides were killed.", [(3, 3, 3)], []),
    ("A car bomb killed reporter Jane Doe, a soldier and two drivers.", [(4, 4, 4)], []),
    ("Rebels killed a former minister, a nurse, and two other people.", [(4, 4, 4)], []),
    ("The mayor, his wife, and two aides were killed.", [(4, 4, 4)], []),
    # who has a role somewhere is counted with the others
    ("The commissioner of Boma county and 14 others were killed.", [(15, 15, 15)], []),
    ("The governor of the province and two aides were wounded.", [], [(3, 3, 3)]),
    ("The army said the mayor of Menaka and five others were killed.", [(6, 6, 6)], []),
    ("Soldiers of the 3rd brigade and 14 others were killed.", [(14, 14, 14)], []),
    ("In the north of the country and three other regions 12 people were killed.", [(12, 12, 12)], []),
    # a later verb tells of those of the first
    ("Two soldiers stepped on a mine and were killed.", [(2, 2, 2)], []),
    ("Three farmers drove over a mine near the village and died.", [(3, 3, 3)], []),
    ("Five fishermen sailed too close to the border and were wounded.", [], [(5, 5, 5)]),
    ("Ten rebels attacked the post and killed two soldiers.", [(2, 2, 2)], []),
    ("Ten rebels attacked the post and were repelled.", [], []),
    # a lost limb is a wound
    ("A soldier lost a leg when he stepped on a mine.", [], [(1, 1, 1)]),
    ("Two children lost their legs in the blast.", [], [(2, 2, 2)]),
    # fractions
    ("Half of the 20 cadets were killed.", [(10, 10, 10)], []),
    ("More than half of the 20 cadets were killed.", [(11, N, N)], []),
    ("A third of the 20 cadets were killed.", [(N, 7, N)], []),
    # nouns
    ("The deaths of three civilians were confirmed by the mayor.", [(3, 3, 3)], []),
    ("The attack claimed the lives of nine civilians.", [(9, 9, 9)], []),
    ("The shelling claimed nine lives.", [(9, 9, 9)], []),
    ("The bodies of 12 soldiers were recovered.", [(12, 12, 12)], []),
    ("Nine insurgent bodies were recovered.", [(9, 9, 9)], []),
    ("Four nurses, missing since Friday, were found shot dead.", [(4, 4, 4)], []),
    ("Militiamen killed 40 people in the camps, which troops had encircled since Friday.", [(40, 40, 40)], []),
    ("Militiamen killed 40 people at the school, where 1,200 had sheltered since Friday.", [(40, 40, 40)], []),
    ("Among the dead were two children.", [(2, 2, 2)], []),
    # one person without a number
    ("A woman was killed by a mortar shell.", [(1, 1, 1)], []),
    ("His pilot was killed when the jet came down.", [(1, 1, 1)], []),
    ("The strike killed a shepherd.", [(1, 1, 1)], []),
    ("He was killed in a drone strike.", [(1, 1, 1)], []),
    # lists are summed
    ("A bomber killed two soldiers and a child.", [(3, 3, 3)], []),
    ("Gunmen killed the mayor and four of his bodyguards.", [(5, 5, 5)], []),
    ("The commander was killed along with two of his aides.", [(3, 3, 3)], []),
    # lists that begin with somebody without a number, or go on with one
    ("The poet Omar Diallo, his two sons and a driver were killed in an ambush.", [(4, 4, 4)], []),
    ("Lawyer Maria Lopez, three guards and a driver were shot dead.", [(5, 5, 5)], []),
    ("The mayor, his wife and two children were killed by gunmen.", [(4, 4, 4)], []),
    ("Gunmen killed the mayor, his wife and two children.", [(4, 4, 4)], []),
    ("The mayor was gunned down alongside his wife and two children.", [(4, 4, 4)], []),
    ("An elder was shot dead, along with his two brothers and a brother-in-law.", [(4, 4, 4)], []),
    ("A bomb killed a judge and his driver.", [(2, 2, 2)], []),
    # and what only looks like such a list
    ("The governor was killed and his driver was wounded by a bomb.", [(1, 1, 1)], [(1, 1, 1)]),
    ("The governor was killed by a bomb, his spokesman and two officials said.", [(1, 1, 1)], []),
    ("According to Petrov, two soldiers and a civilian were killed.", [(3, 3, 3)], []),
    ("Shelling killed three, including an officer, and nine others were wounded.", [(3, 3, 3)], [(9, 9, 9)]),
    ("Nine people, including two women and three children, were killed.", [(9, 9, 9)], []),
    # who did it dies of it
    ("A gunman shot and wounded two officers before being killed.", [(1, 1, 1)], [(2, 2, 2)]),
    ("Two gunmen wounded three soldiers before being shot dead.", [(2, 2, 2)], [(3, 3, 3)]),
    ("Two hostages were held for weeks before being killed.", [(2, 2, 2)], []),
    ("Two teenagers were shot and wounded by soldiers.", [], [(2, 2, 2)]),
    ("Two bombers blew themselves up, killing themselves and six others.", [(8, 8, 8)], []),
    ("The bombers killed themselves and four others.", [(5, N, N)], []),
    # whom somebody calls something
    ('Soldiers killed what they described as four "infiltrators".', [(4, 4, 4)], []),
    ('Troops shot dead three "bandits" on the road.', [(3, 3, 3)], []),
    ('Police killed those they called two "terrorists".', [(2, 2, 2)], []),
    # what an aside counts is nobody's death
    ("The editor of the channel, which has 20,000 readers, died in the battle.", [(1, 1, 1)], []),
    ("Nine people, including five officers and four civilians, were killed.", [(9, 9, 9)], []),
    # names: who somebody is, and who else is named
    ("The army killed Ahmed Hassan, one of the leaders of the cartel.", [(1, 1, 1)], []),
    ("Gunmen assassinated Daud Hasan, a senior commander of the group.", [(1, 1, 1)], []),
    ("Juan Cruz, one of the founders of the cartel, and four other armed men were killed.", [(5, 5, 5)], []),
    ("Former mayor Pedro Alvarez and businessman Luis Moreno are shot dead inside a bar.", [(2, 2, 2)], []),
    ("Anna Petrova, an Israeli woman, 22, died after a rocket hit.", [(1, 1, 1)], []),
    ("A settler shoots and kills an 18-year-old Palestinian.", [(1, 1, 1)], []),
    ("Police fatally shoot one of the suspects.", [(1, 1, 1)], []),
    ("A strike kills a key leader, Hassan Ali Omar, and two other militants.", [(3, 3, 3)], []),
    ("A protester was shot in the chest by police.", [], [(1, 1, 1)]),
    ("Three days later the envoy was ambushed in the street and injured.", [], [(1, 1, 1)]),
    # a toll that is to rise, and a war that is only a word of the place
    ("Two bombs went off, killing at least 36, with the death toll expected to rise.", [(36, N, N)], []),
    # open numbers
    ("More than 700 soldiers were killed in the assault.", [(701, N, N)], []),
    ("Almost 50 fighters were killed in the assault.", [(N, N, 49)], []),
    ("Up to 20 people were killed.", [(N, N, 20)], []),
    ("Between 12 and 15 fighters were killed.", [(12, N, 15)], []),
    ("Three to five fighters were killed.", [(3, N, 5)], []),
    ("About 50 militants were killed.", [(N, 50, N)], []),
    ("Several soldiers were wounded.", [], [(3, N, N)]),
    ("Hundreds were injured.", [], [(200, N, N)]),
    ("Civilians were killed in the strike.", [(2, N, N)], []),
    # none, and not known
    ("There were no casualties.", [(0, 0, 0)], [(0, 0, 0)]),
    ("No one was hurt.", [], [(0, 0, 0)]),
    ("Nobody was killed.", [(0, 0, 0)], []),
    ("No one was reported killed.", [(0, 0, 0)], []),
    ("No-one has been reported injured.", [], [(0, 0, 0)]),
    ("There were no immediate reports of casualties.", [], []),
    # equipment is nobody
    ("The army lost five tanks and three drones.", [], []),
    ("The army said it had lost three soldiers.", [(3, 3, 3)], []),
    ("Shells damaged ten houses and two schools.", [], []),
    # one number for both says neither
    ("Its forces killed or wounded more than 50 enemy troops.", [], []),
    ("More than 900 fighters were killed, wounded, or taken prisoner.", [], []),
    ("The raid left 40 killed, injured or captured, and nine soldiers dead.", [(9, 9, 9)], []),
    ("Ten soldiers were killed, 20 wounded or captured.", [(10, 10, 10)], []),
    ("Nine girls were abducted and killed.", [(9, 9, 9)], []),
    # headlines
    ("Rocket attack kills 3, injures 7", [(3, 3, 3)], [(7, 7, 7)]),
    ("At least 30 killed, 45 injured on two roads", [(30, N, N)], [(45, 45, 45)]),
    ("Police officer killed, two injured in market attack", [(1, 1, 1)], [(2, 2, 2)]),
    ("Five killed in blast;Six soldiers killed in clash", [(5, 5, 5), (6, 6, 6)], []),
    ("Shelling killed three farmers and 30 chickens.", [(3, 3, 3)], []),
    ("Shelling killed 99999999999 people.", [], []),
    ("Shelling killed 10^30 people.", [], []),
    ("Shelling killed 30 chickens and 4 pigs.", [], []),
    # a number that belongs to something else
    ("On 27 September two farmers were killed.", [(2, 2, 2)], []),
    ("A 27-year-old soldier was killed by a sniper.", [(1, 1, 1)], []),
    ("The war entered its fifth day on Tuesday.", [], []),
    ("A boy of 13 who had been wounded in the strike died of his injuries.", [(1, 1, 1)], []),
    ("Four year-old twins slept.", [], []),
    # a list may explain a number, and a phrase may hold the word itself
    ("Two civilians, a mother and her child, were killed.", [(2, 2, 2)], []),
    ("A soldier, a child and two women were killed.", [(4, 4, 4)], []),
    ("The mayor counted 60 dead civilians.", [(60, 60, 60)], []),
    ("Two wounded soldiers died in hospital.", [(2, 2, 2)], []),
    ("The jet came down and the pilot was dead.", [(1, 1, 1)], []),
    # the parts of a number are in it
    ("Nine people, including two children, were killed.", [(9, 9, 9)], []),
    ("At least nine people including a suspect were killed and 28 others injured.", [(9, N, N)], [(28, 28, 28)]),
    ("The raid killed five civilians, including two children.", [(5, 5, 5)], []),
    ("Three people, a man and two boys, were killed.", [(3, 3, 3)], []),
    ("Five pupils, a teacher's aide, and a gunman are dead.", [(7, 7, 7)], []),
    ("It killed two guards, a gas station attendant, and a child.", [(4, 4, 4)], []),
    ("Two generals of the army and three soldiers were killed.", [(5, 5, 5)], []),
    ("Two generals of the army were killed and three others wounded.", [(2, 2, 2)], [(3, 3, 3)]),
    # one more
    ("One man was killed and another injured.", [(1, 1, 1)], [(1, 1, 1)]),
    ("Ten people died and a third was wounded.", [(10, 10, 10)], [(1, 1, 1)]),
    ("Seven soldiers and their commander were killed.", [(8, 8, 8)], []),
    ("The blast killed five people and the bomber.", [(6, 6, 6)], []),
    ("The blast killed five people and the bomber was arrested.", [(5, 5, 5)], []),
    # by their own hand
    ("A bomber killed himself and at least 12 others.", [(13, N, N)], []),
    ("The blast killed five soldiers and himself.", [(6, 6, 6)], []),
    ("The bombing killed a magistrate alongside four other people.", [(5, 5, 5)], []),
    ("Troops killed Aba Yaro, leader of the rebels, together with 16 other men.", [(17, 17, 17)], []),
    ("Troops killed Aba Yaro, a commander of the rebels, together with 16 other men.", [(17, 17, 17)], []),
    ("Troops killed Aba Yaro, whom police had sought, on Monday, and two men fled.", [(1, 1, 1)], []),
    ("An administrator, two of his guards and a passerby were killed.", [(4, 4, 4)], []),
    # a year is no number of people
    ("2003 occupation of Iraq: 7 policemen were killed by an explosion.", [(7, 7, 7)], []),
    # somebody without a number
    ("The parcel was opened by an aide, killing him.", [(1, 1, 1)], []),
    ("The envoy was ambushed in the street and injured.", [], [(1, 1, 1)]),
    ("A drone attack kills Abu al-Qalat, a high-ranking rebel commander, near the town.", [(1, 1, 1)], []),
    ("Gunmen stabbed two women to death.", [(2, 2, 2)], []),
    ("A trader was fatally shot by gunmen.", [(1, 1, 1)], []),
    # a part of the sentence that stands alone
    ("Shells hit a school; at least one civilian was killed, officials said.", [(1, N, N)], []),
    # what did not happen, or has not yet
    ("The crew was not hurt.", [], []),
    ("The strike could kill hundreds.", [], []),
    ("They threatened to kill 20 hostages.", [], []),
    ("The court sentenced 40 men to death.", [], []),
    ("Police are investigating a death.", [], []),
]


@pytest.mark.parametrize(("text", "killed", "wounded"), SENTENCES)
def test_a_sentence_tells_of_killed_and_wounded(read, text, killed, wounded):
    mentions = read(text)
    assert numbers(mentions, "killed") == killed
    assert numbers(mentions, "wounded") == wounded


@pytest.mark.parametrize(
    ("text", "measure", "count"),
    [
        ("Between 12 and 15 soldiers were captured.", "captured", (12, N, 15)),
        ("Fighters captured three villages and 12 prisoners.", "captured", (12, 12, 12)),
        ("Seven people are still missing.", "missing", (7, 7, 7)),
        ("More than 10,000 people have fled their homes.", "displaced", (10_001, N, N)),
        ("The clashes displaced some 300 people.", "displaced", (N, 300, N)),
        ("Shelling forced 3,000 people to flee.", "displaced", (3000, 3000, 3000)),
        ("Gunmen abducted an American hostage's son and two nuns.", "captured", (3, 3, 3)),
    ],
)
def test_captured_missing_and_displaced(read, text, measure, count):
    assert numbers(read(text), measure) == [count]


@pytest.mark.parametrize(
    "text", ["Two gunmen fled.", "The police fled.", "They forced ten men to kneel.", "Police detained 36 people."]
)
def test_who_runs_or_is_arrested_is_neither_displaced_nor_captured(read, text):
    assert read(text) == ()


def test_the_dead_are_not_counted_from_when_they_were_gone(read):
    (mention,) = read("Four nurses, kidnapped since Friday, were found dead.")
    assert mention.scope == "event"
    (mention,) = read("Four nurses have been missing since Friday.")
    assert mention.scope == "war"


def test_captured_towns_are_nobody(read):
    assert read("The army said its troops had captured six villages.") == ()


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Two Russian peacekeepers were killed.", "Russian peacekeepers"),
        ("A bomber killed two soldiers and a child.", "two soldiers and a child"),
        ("More than 700 Serbia-backed soldiers were killed.", "Serbia-backed soldiers"),
        ("A woman was killed.", "A woman"),
        ("Nine people were killed.", None),
        ("Thirteen others were killed.", None),
    ],
)
def test_who_they_were_in_the_words_of_the_text(read, text, who):
    (mention,) = read(text)
    assert mention.who == who


WAR = [
    "The gang has attacked 30 villages, and killed 93 people, since 2003.",
    "Hospitals in the city have received 367 wounded and 17 bodies in two days.",
    "More than 13,000 people have been killed since Oct. 7, when gunmen attacked.",
    "The minister said 105 of its servicemen had been killed since troops shelled the border towns.",
    "Three people have been killed since soldiers entered the town.",
    "Officials said 36 people had been killed and 150 wounded in the country over the previous 24 hours.",
    "In the past 24 hours, 12 people were killed across the region.",
    "In February, the agency recorded more than 580 deaths.",
    "The mission has verified 12,000 civilian deaths.",
    "The army, which put its losses at 50, said it had answered fire.",
    "Almost 6,000 have been killed in this war so far.",
    "More than 1,000 people have been killed since the conflict began in 2014.",
    "Three weeks of fighting have left 800 soldiers dead.",
    "Dozens of villagers on either side have died since March.",
    "Ten more soldiers were buried, bringing the total number of dead to 540.",
    "The military death toll stands at 540.",
    "The war has killed some 30,000 people.",
    "Over the past two weeks 45 civilians were killed.",
    "Civilian deaths in the country stand at 43.",
    "The losses of the army now stand at 963 dead.",
    "More than 900 civilians were killed in the country last month.",
    "Attacks last month killed 120 people.",
    "In the last month an attack a day has killed 300 people.",
    "Fighting in 2014 killed 43 people.",
    "Rockets fired since yesterday have killed four people.",
]


@pytest.mark.parametrize("text", WAR)
def test_a_number_of_a_war_is_cumulative_with_a_reason(read, text):
    mentions = [m for m in read(text) if m.measure == "killed"]
    assert mentions
    assert all(m.cumulative and m.scope == "war" and m.cumulative_reason for m in mentions)


EVENT = [
    "A raid killed 12 people on Monday, since the garrison had left.",
    "It was the deadliest attack since rebels took the town, killing 12 people.",
    "Shelling killed two people in the port over the past 24 hours.",
    "The hospital registered five deaths after shells hit a market.",
    "The death toll from the strike on the market rose from 12 to 21.",
    "The death toll from Tuesday's attack has risen to 21.",
    "Two sappers were killed by a drone on Thursday.",
    "Three people have been killed after a bus was shelled.",
    "Two toddlers were killed when a shell left from the war exploded.",
    "It was the deadliest attack since March and killed 30 people.",
    "Soldiers stationed there since 1992 fought back after 15 were killed.",
    "An attack last month killed 12 soldiers.",
    "The bombing of the school last year killed 26 children.",
    "An explosion in 2014 killed 43 people.",
    "Nine guards were killed in night raids in the worst fighting since the truce of 1994.",
    "Bombs killed at least 70 people, following weeks of attacks bloodier than any since June.",
]


@pytest.mark.parametrize("text", EVENT)
def test_a_number_of_one_event_is_not_cumulative(read, text):
    (mention,) = read(text)
    assert (mention.cumulative, mention.scope) == (False, "event")


def test_the_new_toll_counts_and_not_the_old(read):
    (mention,) = read("The death toll from the strike on the market rose from 12 to 21.")
    assert (mention.count.low, mention.count.best, mention.count.high) == (21, 21, 21)


def test_the_injured_beside_a_toll_are_none_of_the_dead(read):
    (mention,) = read("The death toll of the bombing in the town rose to 49 with the injury count rising to 70.")
    assert (mention.count.best, mention.measure) == (49, "killed")


def test_news_and_total_in_one_sentence_are_kept_apart(read):
    text = "Five more soldiers were killed, bringing the death toll among the troops to 12."
    news, total = read(text)
    assert (news.count.best, news.scope) == (5, "event")
    assert (total.count.best, total.scope) == (12, "war")


@pytest.mark.parametrize(
    "text",
    [
        "Five more soldiers were killed on Monday, taking to 12 the number of troops who have died.",
        "Five more soldiers were killed on Monday, taking the death toll among the troops to 12.",
        "Five more soldiers were killed on Monday, raising the total of the dead to 12.",
    ],
)
def test_news_is_no_total_for_what_it_adds_to(read, text):
    news = read(text)[0]
    assert (news.count.best, news.scope) == (5, "event")


def test_taking_leave_ends_no_clause(read):
    news = read("Five soldiers have been killed in the war, taking many families by surprise.")[0]
    assert news.scope == "war"


def test_tolls_of_two_sides_stay_two(read):
    text = "Dozens of farmers on both sides were killed along with more than 800 Serbia-backed fighters."
    assert numbers(read(text), "killed") == [(24, None, None), (801, None, None)]


def test_offsets_point_at_the_words(read):
    text = "It was quiet. Then two farmers were killed, and a third was hurt."
    for mention in read(text):
        assert mention.surface == text[mention.start : mention.end]
        assert mention.sentence_start <= mention.start < mention.end <= mention.sentence_end
        assert text[mention.trigger_start : mention.trigger_end] in {"killed", "hurt"}


def test_a_thing_whose_word_ends_like_that_of_people_is_nobody(read):
    assert numbers(read("Rebels captured the headquarters of the army on 3 June."), "captured") == []
    assert numbers(read("Rebels captured two towers and four ministers."), "captured") == [(4, 4, 4)]


def test_who_tells_of_them_is_not_counted_with_them(read):
    assert numbers(read("Gunmen killed 26 men, a local official said."), "killed") == [(26, 26, 26)]
    assert numbers(read("Gunmen killed 26 men, a local official and a nurse."), "killed") == [(28, 28, 28)]


@pytest.mark.parametrize(
    ("text", "is_cumulative"),
    [
        ("She mourned the 255 dead of the campaign.", True),
        ("He honoured the 1,200 dead of this long war.", True),
        ("On Tuesday of last week jets attacked a ship, killing 48.", False),
        ("Attacks of the last week killed 48.", True),
        ("Two bombs exploded in the port last month, killing 48.", False),
        ("Bombs killed 48 in the port over the last month.", True),
    ],
)
def test_the_dead_of_a_war_are_counted_over_it_and_a_day_of_last_week_is_none(read, text, is_cumulative):
    assert [one.cumulative for one in read(text)] == [is_cumulative]


def test_who_shot_and_killed_somebody_was_not_shot(read):
    (figure,) = read("Gunmen shot and killed a farmer.")
    assert figure.count.best == 1
    (figure,) = read("Ten villagers shot and killed by gunmen.")
    assert figure.count.best == 10


def test_a_family_of_six_are_six(read):
    for text in ("The strike killed a family of six.", "A family of six was killed.", "Gunmen killed a crew of six."):
        assert [one.count.best for one in read(text)] == [6]


@pytest.mark.parametrize(
    ("last", "scope"),
    [
        ("About 90 traders have been killed by the army.", "war"),
        ("About 90 traders were killed by the army on Friday.", "event"),
    ],
)
def test_a_count_goes_on_behind_one_that_is_of_no_war(read, last, scope):
    text = f"More than 200 rockets have been fired since the beginning of the conflict, killing 17 people. Six soldiers were killed in a raid. {last}"
    assert [one.scope for one in read(text)] == ["war", "event", scope]


def test_a_building_that_was_taken_is_no_captive(read):
    assert read("Rebels attacked an army barracks and a police post in Gao and captured it.") == ()
    (figure,) = read("Rebels attacked a police officer in Gao and captured him.")
    assert (figure.measure, figure.count.best) == ("captured", 1)
