from __future__ import annotations

import pytest

from geoconflict.extract.language.model import load_language_model
from geoconflict.extract.toponyms.roles import assign_roles
from geoconflict.models import Relation, Role, Toponym


@pytest.fixture(scope="module")
def model():
    return load_language_model()


@pytest.fixture
def read(model):
    """Read a text whose places stand in angle brackets."""

    def run(marked, large=()):
        text, toponyms = "", []
        for number, part in enumerate(marked.replace(">", "<").split("<")):
            if number % 2:
                toponyms.append(Toponym(start=len(text), end=len(text) + len(part), surface=part, score=0.9))
            text += part
        return assign_roles(model.read(text), tuple(toponyms), large=large)

    return run


@pytest.mark.parametrize(
    ("marked", "roles"),
    [
        # Something happened there.
        ("Rebels shelled the town of <Riverton> on Friday.", ["event_place"]),
        ("The village of <Riverton> was shelled overnight.", ["event_place"]),
        ("Clashes broke out in <Riverton>.", ["event_place"]),
        # The tagger takes the start of such a quotation for the title of a work.
        ("“Missiles hit <Sumy>, killing 3 soldiers”, the Russian defence ministry claimed.", ["event_place"]),
        ("The army withdrew from <Riverton> on Friday.", ["event_place"]),
        ("Five people died in the shelling of <Riverton>.", ["event_place"]),
        ("Troops captured <Riverton> (<Rivertown>) on Friday.", ["event_place", "event_place"]),
        ("Rocket attacks against <Riverton> went on.", ["event_place"]),
        ("The army launched an offensive against <Riverton>.", ["event_place"]),
        ("Rebels shelled <Riverton>-Centre on Friday.", ["event_place"]),
        ("Rebels shelled <Riverton>-Nord on Friday.", ["event_place"]),
        ("<Riverton> shelled as troops push south", ["event_place"]),
        ("<Riverton> retaken.", ["event_place"]),
        ("Abkhaz fighters shelled <Ochamchire> and <Gudauta>.", ["event_place", "event_place"]),
        ("<Riverton> was given up without a fight.", ["event_place"]),
        ("<Riverton> was stormed on Sunday, and <Lakeside> on Tuesday.", ["event_place", "event_place"]),
        ("<Riverton> and <Lakeside> were still under rocket fire.", ["event_place", "event_place"]),
        ("<Riverton> is under an interim mayor.", ["region_context"]),
        # A gathering that is attacked is where it happened.
        ("Grenades exploded at a memorial ceremony in <Riverton>.", ["event_place"]),
        ("Two men shot the governor without notice at a summit in <Riverton>.", ["event_place"]),
        # It says where the place lies, or what the dispute is about.
        ("The mayor of <Riverton> has fled.", ["region_context"]),
        ("Shells fell on <Riverton> in <Azerbaijan>.", ["event_place", "region_context"]),
        ("A blast hit <Riverton>, <Ukraine>.", ["event_place", "region_context"]),
        ("They met to end the <Karabakh> conflict.", ["region_context"]),
        ("<Azerbaijan>'s second city was quiet.", ["region_context"]),
        ("The drone fell on the northern border with <Iran>.", ["region_context"]),
        # People meet there.
        ("The ministers will hold talks in <Geneva> on Monday.", ["talks_venue"]),
        ("Talks are due to start in <Geneva>.", ["talks_venue"]),
        ("The envoy spoke of the raid at a conference in <Geneva>.", ["talks_venue"]),
        ("He was killed before the talks in <Geneva>.", ["talks_venue"]),
        ("The president met his counterpart in <Paris> on Thursday.", ["talks_venue"]),
        # It stands for a government or a force.
        ("<Azerbaijan>'s Ministry of Defence reported fighting.", ["actor_metonym"]),
        ("<Baku> said that its troops were advancing.", ["actor_metonym"]),
        ("The leaders of <Armenia> and <Azerbaijan> spoke by phone.", ["actor_metonym", "actor_metonym"]),
        ("More than 70 <Armenia>-backed fighters died.", ["actor_metonym"]),
        ("The missile was launched by <Azerbaijan>.", ["actor_metonym"]),
        ("<Azerbaijan> was given a warning.", ["actor_metonym"]),
        ("Rebels shelled <Riverton>, <Azerbaijan> said.", ["event_place", "actor_metonym"]),
        ("The village was shelled on Friday, according to <Ruthenburg>.", ["actor_metonym"]),
        ("The village was shelled on Friday, according to nurses in <Riverton>.", ["event_place"]),
        ("He accused <Turkey> of sending fighters.", ["actor_metonym"]),
        ("The war against <Riverton> went on.", ["actor_metonym"]),
        ("The <US> Secretary of State spoke.", ["actor_metonym"]),
        # Somebody or something comes from there.
        ("Rockets were fired from <Riverton> at the city.", ["origin"]),
        ("A <London>-based monitor counted ten strikes.", ["origin"]),
        ("Six died on Monday, the resistance committee of <Riverton> said.", ["origin"]),
        ("The pilots, from a squadron in <Riverton>, were shot down on Monday.", ["origin"]),
        ("Rebels ambushed men from a squadron in <Riverton> on Monday.", ["event_place"]),
        ("The nurses, from a clinic in <Riverton>, were shot on Monday.", ["event_place"]),
        # The dateline, and parts of other names.
        ("<YEREVAN> (Agency) - Fighting went on.", ["dateline"]),
        ("<Beirut> — Fighting went on.", ["dateline"]),
        ("<SANTA FE> (ARGENTINA), 4 MAY 88 (NA) -- [EXCERPT] TWO BOMBS EXPLODED EARLY THIS MORNING.", ["dateline"]),
        ("<Riverton>, Feb. 1 - Fighting went on.", ["dateline"]),
        ("<RIVERTON>/<HILLTON> - Fighting went on.", ["dateline", "dateline"]),
        ("<RIVERTON>, <Ukraine> -- Fighting went on in the north.", ["dateline", "region_context"]),
        ("<RIVERTON>: Troops shelled <Hillton> on Friday.", ["dateline", "event_place"]),
        ("<RIVERTON>, <Ukraine>: Troops shelled <Hillton> on Friday.", ["dateline", "region_context", "event_place"]),
        ("<GAO>, 29 SEP 89 (NEWS-ONE) -- [TEXT] POLICE SOURCES REPORTED THIS TODAY.", ["dateline"]),
        ("The <Washington> Post reported the strike.", ["other"]),
        ("The <Moscow> International Film Festival was cancelled.", ["other"]),
    ],
)
def test_each_mention_has_the_role_of_its_sentence(read, marked, roles):
    assert [one.role.value for one in read(marked)] == roles


@pytest.mark.parametrize(
    ("marked", "relation"),
    [
        ("Fighting was reported near <Riverton>.", Relation.NEAR),
        ("Shells fell close to the town of <Riverton>.", Relation.NEAR),
        ("The convoy was hit 10 km north of <Riverton>.", Relation.NEAR),
        ("Rebels advanced towards <Riverton>.", Relation.NEAR),
        ("A bomb went off on the outskirts of <Riverton>.", Relation.NEAR),
        ("A bomb went off in <Riverton>.", Relation.AT),
        ("A bomb went off nearby. In <Riverton> it was quiet.", Relation.AT),
        ("They fought in nearby <Riverton>.", Relation.AT),
        ("They shelled the nearby town of <Riverton>.", Relation.AT),
        ("A bomb went off nearby <Riverton>.", Relation.NEAR),
    ],
)
def test_nearness_is_told_from_the_words_before(read, marked, relation):
    assert read(marked)[0].relation is relation


def test_a_large_name_before_a_town_does_not_lie_in_it(read):
    marked = "He fled the war over <Karabakh>, in <Riverton>."
    assert read(marked)[1].role is Role.REGION_CONTEXT
    assert read(marked, large=(0,))[1].role is not Role.REGION_CONTEXT


def test_only_role_relation_and_reasons_change(read):
    (one,) = read("Clashes broke out in <Riverton>.")
    assert (one.start, one.end, one.surface, one.score) == (21, 29, "Riverton", 0.9)
    assert one.reasons


def test_no_toponyms_no_roles(model):
    assert assign_roles(model.read("Nothing happened."), ()) == ()


def test_capitalised_small_words_behind_a_name_are_no_name(read):
    assert [one.surface for one in read("<Riverton> The The")] == ["Riverton"]


@pytest.mark.parametrize(
    ("marked", "role"),
    [
        ("A drone hit a fuel depot some 70 km from <Riverton>.", Role.EVENT_PLACE),
        ("Three soldiers were killed about 20 miles from <Riverton>.", Role.EVENT_PLACE),
        ("The convoy drove on, and three men were shot dead there, some 70 km from <Riverton>.", Role.EVENT_PLACE),
        ("The rocket flew 300 km from <Riverton>.", Role.ORIGIN),
        ("The refugees walked 20 miles from <Riverton>.", Role.ORIGIN),
        ("The men came from <Riverton>.", Role.ORIGIN),
    ],
)
def test_what_lies_at_a_distance_from_a_town_is_told_from_what_came_from_there(read, marked, role):
    assert read(marked)[0].role is role
