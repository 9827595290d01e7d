"""The predicates of a document: words that tell of one event joined, and outcomes with what they came of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geoconflict.extract.predicates.causes import WEAPONS, Causes
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.everyday import OF_TOWNS
from geoconflict.extract.predicates.prisoners import without_prisoners
from geoconflict.extract.predicates.second_ones import with_second_ones
from geoconflict.extract.predicates.senses import ARMED_EVENTS, TriggerLexicon
from geoconflict.extract.predicates.triggers import MIN_CAUSE_SCORE, Predicate, find_triggers
from geoconflict.models import EventType

__all__ = ["find_predicates"]

_NAMES_THE_EVENT = frozenset({"weapons-found", "shoot-down"})
"""Senses of verbs that name the event themselves, and not the bomb or missile that they govern: "defused a bomb"."""
_COMES_OF_IT = frozenset({"burn", "close-road", "cut-supplies", "destroy-building", "destroy-property", "rob"})
"""Senses of what an attack does to buildings and roads."""
_TAKES_PEOPLE = frozenset({"abduct", "seize-people"})
"""Senses of what raiders come for."""
_RAIDS = frozenset({"attack", "burst-in", "invade-homes"})
_SERIES = frozenset(
    {"barrage", "dozen", "number", "round", "sequence", "series", "spate", "string", "succession", "wave"}
)
_DONE_TO_CROWDS = frozenset({"arrest", "attack", "beat", "dispersal", "fire", "kill"})
"""Senses of what is done to those who protest."""
_PARTS_OF_A_CLAUSE = frozenset({"dobj", "nsubj", "nsubjpass", "pobj", "prep"})


def find_predicates(clauses: Clauses, lexicon: TriggerLexicon) -> list[Predicate]:
    """Return the predicates of a document in text order, outcomes joined to their causes."""
    found = _join_nouns(clauses, with_second_ones(clauses, find_triggers(clauses, lexicon), lexicon), lexicon)
    return _join_outcomes(clauses, without_prisoners(clauses, found, lexicon), lexicon)


def _join_nouns(clauses: Clauses, found: list[Predicate], lexicon: TriggerLexicon) -> list[Predicate]:
    """Join a verb with the event noun it governs ("clashed in the fight over"), and a noun with a noun it modifies."""
    owner = {one.token: one for one in found}
    gone: set[int] = set()
    _join_to_nouns_above(clauses, found, owner, gone)
    _join_what_it_was(clauses, found, owner, gone, lexicon)
    _join_verbs_and_nouns(clauses, found, owner, gone, lexicon)
    _join_what_came_of_it(clauses, found, owner, gone)
    _join_raids_for_people(clauses, found, owner, gone, lexicon)
    _join_same_acts(clauses, found, owner, gone)
    _leave_out_what_crowds_did(clauses, found, owner, gone, lexicon)
    _leave_out_advances_under_fire(clauses, found, owner, gone)
    return [one for one in found if id(one) not in gone]


def _join_to_nouns_above(
    clauses: Clauses, found: Sequence[Predicate], owner: Mapping[int, Predicate], gone: set[int]
) -> None:
    """Join an event noun to the event that it describes or is governed by: "clashed in the fight over"."""
    for one in found:
        if not one.is_noun or one.is_outcome:
            continue
        token = clauses.tokens[one.token]
        target: Predicate | None = None
        if token.dep in ("compound", "amod", "nmod") and token.head in owner:
            target = owner[token.head]
        elif token.dep == "pobj":
            prep = clauses.tokens[token.head]
            above = owner.get(prep.head)
            same_family = above is not None and above.sense.event_type is one.sense.event_type
            if (
                above is not None
                and above is not one
                and same_family
                and prep.text.lower() in ("in", "during", "of", "with", "by")
            ):
                target = above
        if target is not None and target is not one and id(target) not in gone:
            _absorb(target, one)
            gone.add(id(one))


def _join_what_it_was(
    clauses: Clauses,
    found: Sequence[Predicate],
    owner: dict[int, Predicate],
    gone: set[int],
    lexicon: TriggerLexicon,
) -> None:
    """Join an event noun to what it says of its sentence: "tankers exploded in X on Monday, in what Y said was a drone attack".

    Where a weapon is named before, that tells more than "what police called an attack".
    """
    for one in found:
        if not one.is_noun or one.is_outcome or id(one) in gone:
            continue
        verb = _told_of_as(clauses, one.token)
        if verb is None:
            continue
        told = owner.get(verb)
        subjects = frozenset(clauses.lower[at] for at in clauses.subjects(verb))
        if told is not None and id(told) not in gone and any(lexicon.among(subjects, name) for name in WEAPONS):
            gone.add(id(one))
            continue
        if told is not None and id(told) not in gone:
            _absorb(one, told)
            gone.add(id(told))
            owner[verb] = one
        one.anchors |= {verb}


def _told_of_as(clauses: Clauses, noun: int) -> int | None:
    """Return the verb whose clause a noun names the event of: "in what X said was a", "in what X called a"."""
    token = clauses.tokens[noun]
    if token.dep not in ("attr", "oprd", "dobj", "ccomp"):
        return None
    for at in clauses.path_up(noun)[1:]:
        above = clauses.tokens[at]
        if above.dep == "pcomp":
            prep = clauses.tokens[above.head]
            has_what = any(clauses.lower[one] == "what" for one in clauses.document.subtree(at))
            is_of_verb = prep.text.lower() == "in" and clauses.is_verb(prep.head)
            return prep.head if is_of_verb and has_what else None
        if not clauses.is_verb(at):
            return None
    return None


def _join_verbs_and_nouns(
    clauses: Clauses,
    found: Sequence[Predicate],
    owner: Mapping[int, Predicate],
    gone: set[int],
    lexicon: TriggerLexicon,
) -> None:
    """Join a verb with its subject or object: in "a bombing struck the market" the noun names the event, the verb brings arguments."""
    for one in found:
        if one.is_noun or one.is_outcome or id(one) in gone:
            continue
        for at in [*clauses.subjects(one.token), *clauses.objects(one.token)]:
            noun = owner.get(at) or owner.get(_counted(clauses, at))
            if noun is not None and noun.is_noun and one.sense.name in OF_TOWNS:
                gone.add(id(one))
                break
            if noun is not None and noun.is_noun and _are_landing(clauses, noun, one, lexicon):
                _absorb(one, noun)
                gone.add(id(noun))
                break
            if (
                noun is not None
                and noun.is_noun
                and one.sense.name in _NAMES_THE_EVENT
                and noun.sense.event_type is EventType.EXPLOSIONS
            ):
                _absorb(one, noun)
                gone.add(id(noun))
                break
            if noun is not None and noun.is_noun and id(noun) not in gone and not noun.is_outcome:
                if noun.sense.event_type is EventType.DIPLOMACY and one.sense.event_type is not EventType.DIPLOMACY:
                    continue
                if one.sense.event_type is EventType.PROTESTS and noun.sense.event_type in ARMED_EVENTS:
                    continue  # "gathered to protest the raid"
                _absorb(noun, one)
                gone.add(id(one))
                break


def _join_what_came_of_it(
    clauses: Clauses, found: Sequence[Predicate], owner: Mapping[int, Predicate], gone: set[int]
) -> None:
    """Join what came of an attack to it: "attacked the village, burning houses", "blew up the bridge, cutting the road"."""
    for one in found:
        token = clauses.tokens[one.token]
        lead = token
        while lead.dep == "conj" and lead.tag == "VBG" and lead.head < lead.index:
            lead = clauses.tokens[lead.head]  # "shooting at traders and burning houses"
        above = owner.get(lead.head)
        if (
            above is not None
            and above is not one
            and id(above) not in gone
            and not one.is_noun
            and one.sense.name in _COMES_OF_IT
            and above.sense.event_type in ARMED_EVENTS
            and above.sense.score >= MIN_CAUSE_SCORE
            and token.index > above.token
            and (
                clauses.shares_auxiliary(token.index)  # "were killed and ten houses burned"
                or (
                    token.tag == "VBG"
                    and (lead.dep, lead.tag) == ("advcl", "VBG")
                    and not clauses.children(token.index, "nsubj", "nsubjpass")
                )
            )
        ):
            _absorb(above, one)
            above.outcomes |= one.anchors
            gone.add(id(one))


def _join_raids_for_people(
    clauses: Clauses,
    found: Sequence[Predicate],
    owner: Mapping[int, Predicate],
    gone: set[int],
    lexicon: TriggerLexicon,
) -> None:
    """Join a raid to whom the raiders took: "stormed a school in X and abducted 300 pupils", "attacked X, kidnapping four".

    It is one event, and who was taken tells more of it than that there was a raid. Where both name a place, or it was a raid on
    those who bear arms, there are two.
    """
    for one in found:
        if one.is_noun or one.sense.name not in _TAKES_PEOPLE:
            continue
        raid = owner.get(_led_by(clauses, one.token))
        if (
            raid is None
            or raid is one
            or id(raid) in gone
            or raid.is_noun
            or raid.sense.name not in _RAIDS
            or any(lexicon.among(clauses.words(at), "military") for at in clauses.objects(raid.token))
            or (_names_a_place(clauses, raid.token) and _names_a_place(clauses, one.token))
        ):
            continue
        _absorb(one, raid)
        gone.add(id(raid))


def _led_by(clauses: Clauses, verb: int) -> int:
    """Return the first verb of a row that one subject does: of "attacked the town, burning houses and taking hostages" the first."""
    token = clauses.tokens[verb]
    while (
        (token.dep == "conj" or (token.dep, token.tag) == ("advcl", "VBG"))
        and token.head < token.index
        and clauses.is_verb(token.head)
        and not clauses.children(token.index, "nsubj", "nsubjpass", "auxpass")
    ):
        token = clauses.tokens[token.head]
    return token.index


def _names_a_place(clauses: Clauses, verb: int) -> bool:
    """Whether a name stands behind a preposition of place below a verb or its objects: "a village near X"."""
    return any(
        clauses.tokens[at].tag in ("NNP", "NNPS")
        for below in (verb, *clauses.objects(verb))
        for word, at in clauses.preps(below)
        if word in grammar("place_prepositions") | grammar("near")
    )


def _join_same_acts(
    clauses: Clauses, found: Sequence[Predicate], owner: Mapping[int, Predicate], gone: set[int]
) -> None:
    """Join one act told by two verbs of one sense: "fired tear gas to disperse protesters"."""
    for one in found:
        token = clauses.tokens[one.token]
        above = owner.get(token.head)
        is_same = above is not None and above is not one and above.sense.name == one.sense.name
        if (
            above is not None
            and is_same
            and token.dep in ("advcl", "xcomp")
            and not clauses.children(token.index, "nsubj", "nsubjpass")
            and id(above) not in gone
            and not one.is_noun
        ):
            _absorb(above, one)
            gone.add(id(one))


def _leave_out_what_crowds_did(
    clauses: Clauses,
    found: Sequence[Predicate],
    owner: Mapping[int, Predicate],
    gone: set[int],
    lexicon: TriggerLexicon,
) -> None:
    """Leave out what a crowd was doing to which something was done: "opened fire on protesters blocking a highway in X"."""
    for one in found:
        token = clauses.tokens[one.token]
        crowd = clauses.tokens[token.head]
        is_protest = any(sense.event_type is EventType.PROTESTS for sense in one.senses)
        is_of_crowd = lexicon.among(frozenset({crowd.text.lower()}), "crowd")
        protests = lexicon.among(frozenset({token.text.lower()}), "gathering")
        if (
            id(one) in gone
            or not is_protest
            or not (is_of_crowd or protests)
            or token.tag != "VBG"
            or token.dep not in ("acl", "relcl")
        ):
            continue
        above = _done_to(clauses, crowd.index, found, owner, gone)
        if above is None or above is one or above.is_noun:
            continue
        # "Fired on farmers protesting over water": what else befalls people does not make a crowd of them.
        if (is_of_crowd and token.dep == "acl") or any(sense.name in _DONE_TO_CROWDS for sense in above.senses):
            gone.add(id(one))  # who did it did not block anything: the two share their place alone


def _done_to(
    clauses: Clauses, noun: int, found: Sequence[Predicate], owner: Mapping[int, Predicate], gone: set[int]
) -> Predicate | None:
    """Return what was done to somebody, told by the verb that governs them: "used tear gas on teachers"."""
    token = clauses.tokens[noun]
    if token.dep not in ("dobj", "pobj"):
        return None
    verb = token.head if token.dep == "dobj" else clauses.tokens[token.head].head
    if clauses.tokens[verb].dep == "dobj":  # "water cannon at people": what was used, and the verb of it
        verb = clauses.tokens[verb].head
    above = owner.get(verb)
    if above is None or id(above) not in gone:
        return above
    return next((one for one in found if id(one) not in gone and verb in one.anchors), None)


def _leave_out_advances_under_fire(
    clauses: Clauses, found: Sequence[Predicate], owner: Mapping[int, Predicate], gone: set[int]
) -> None:
    """Leave out where those were going whom something befell: "blew up a bomb against a force advancing towards X"."""
    for one in found:
        token = clauses.tokens[one.token]
        if one.sense.name != "approach-town" or (token.dep, token.tag) != ("acl", "VBG"):
            continue
        at = clauses.tokens[token.head]
        while at.dep in _PARTS_OF_A_CLAUSE and at.head not in owner:
            at = clauses.tokens[at.head]
        above = owner.get(at.head) if at.dep in _PARTS_OF_A_CLAUSE else None
        if above is not None and id(above) not in gone and above.sense.event_type in ARMED_EVENTS:
            gone.add(id(one))


def _counted(clauses: Clauses, noun: int) -> int:
    """Return the token that a noun counts: of "a series of air strikes" the strikes; the noun itself where it counts nothing."""
    if clauses.tokens[noun].lemma.lower() not in _SERIES:
        return noun
    return next((below for _, below in clauses.preps(noun, "of")), noun)


def _are_landing(clauses: Clauses, noun: Predicate, verb: Predicate, lexicon: TriggerLexicon) -> bool:
    """Whether bombs come down on something, dropped or fired, rather than go off where somebody laid them."""
    if all(sense.name != "bombs-land" for sense in verb.senses) or noun.token not in clauses.subjects(verb.token):
        return False
    words = clauses.words(noun.token)
    return lexicon.among(words, "bombs") and not lexicon.among(words, "planted")


def _absorb(kept: Predicate, gone: Predicate) -> None:
    kept.anchors |= gone.anchors
    kept.outcomes |= gone.outcomes
    # "Shot dead at X" may be read as "shot at" too: what it came to is what counts.
    kept.merged.append(next((one for one in gone.senses if one.effect), gone.sense))
    kept.merged.extend(gone.merged)


def _join_outcomes(clauses: Clauses, found: list[Predicate], lexicon: TriggerLexicon) -> list[Predicate]:
    """Join outcomes ("killed", "destroyed") to the event in the sentence that caused them."""
    owner: dict[int, Predicate] = {}
    for one in found:
        for anchor in sorted(one.anchors):
            if anchor == one.token or anchor not in owner:
                owner[anchor] = one
    gone: set[int] = set()
    tellers = frozenset(one.token for one in found if one.is_outcome)
    for one in found:
        if not one.is_outcome:
            continue
        cause = Causes(clauses, one, owner, tellers, lexicon).find()
        if cause is not None and _is_cause_of_protest(clauses, one, cause):
            continue
        if cause is not None and cause is not one and id(cause) not in gone:
            _absorb(cause, one)
            cause.outcomes |= one.anchors | one.outcomes
            gone.add(id(one))
            for anchor in one.anchors:
                owner[anchor] = cause
    return [one for one in found if id(one) not in gone]


def _is_cause_of_protest(clauses: Clauses, one: Predicate, protest: Predicate) -> bool:
    """Whether people protest against a killing, which came of nothing that they did: "protested over the killing of four"."""
    is_object = clauses.tokens[one.token].dep in ("dobj", "pobj")
    return one.is_noun and is_object and protest.sense.event_type is EventType.PROTESTS
