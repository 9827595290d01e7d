"""Words of war for what is none: criticism and questions, money and food, matches, games and exhibitions, satire, days long past.

Everything here is decided from the sentence of the predicate, by what it is done by, with and to. Where arms or fighters
are told of besides, or dead and wounded, words of money and of sport prove nothing.
"""

from __future__ import annotations

import re
from itertools import pairwise

from geoconflict.codes import FIGHTERS
from geoconflict.extract.non_events.matches import is_of_a_match, is_of_sport, is_scored, phrases
from geoconflict.extract.non_events.mishaps import is_done_by_nature
from geoconflict.extract.non_events.quarrels import is_quarrel
from geoconflict.extract.non_events.slogans import is_slogan
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import Actor, ActorKind, EventType, TimeExpression

__all__ = ["is_figurative"]

_UNARMED = frozenset({ActorKind.CIVILIANS, ActorKind.PROTESTERS, ActorKind.RIOTERS})
_QUOTED = re.compile(r"[“\"](?:[^“”\"]*)[”\"]|(?<!\w)[‘'](?:[^‘’']|(?<=\w)['’](?=\w))*[’'](?!\w)")
_OF_ITS_OWN = frozenset({"her", "his", "its", "their"})
_LONG_AGO = re.compile(
    r"\b(?:years?|decades?|century|centuries) ago (?:today|tomorrow|on this day|this (?:day|week|month|year))\b"
    r"|\b(?:on|to)\s*this (?:very )?day in (?:1\d\d\d|20\d\d)\b"
    r"|(?<!\w )(?:\b(?:many|some|long) )?\b(?:years|decades|centuries|generations) ago\b",
    re.IGNORECASE,
)
"""Times that begin with the day of the report and mean another one, and those that give no number."""


def is_figurative(
    clauses: Clauses,
    predicate: Predicate,
    actors: tuple[Actor, ...],
    time: TimeExpression | None,
    *,
    has_casualties: bool,
) -> bool:
    """Whether the words of a predicate tell of no act of war on a day of the report, though they are those of one.

    Parameters
    ----------
    actors
        Those of the predicate.
    time
        The date that belongs to the predicate.
    has_casualties
        Whether figures of killed or wounded hang on it.
    """
    if (
        is_slogan(clauses, predicate)
        or _is_satire(clauses, predicate)
        or _is_of_an_exhibit(clauses, predicate, time)
        or _is_long_ago(clauses, predicate)
        or _is_likened(clauses, predicate)
        or is_of_sport(clauses, predicate, actors)
        or _is_done_by_animals(clauses, predicate, actors)
        or _is_done_to_animals(clauses, predicate)
        or is_done_by_nature(clauses, _agents(clauses, predicate))
    ):
        return True
    if not has_casualties and (
        _is_done_to_thoughts(clauses, predicate)
        or (predicate.is_outcome and _is_done_to_no_target(clauses, predicate))
        or _is_fought_without_arms(clauses, predicate)
        or _is_toil(clauses, predicate, actors)
        or _is_of_money(clauses, predicate)
        or _is_a_salute(clauses, predicate)
        or is_scored(clauses, predicate)
        or _is_sprayed(clauses, predicate)
        or _is_done_to_snow(clauses, predicate)
        or _is_a_flop(clauses, predicate)
        or _is_done_with_words(clauses, predicate)
    ):
        return True
    if not has_casualties and (
        _is_of_an_election(clauses, predicate, actors)
        or is_quarrel(clauses, predicate, actors, _agents(clauses, predicate))
    ):
        return True
    if has_casualties or predicate.is_outcome or any(actor.kind not in _UNARMED for actor in actors):
        return False
    return (
        _is_done_by_the_unarmed(clauses, predicate)
        or _is_done_to_no_target(clauses, predicate)
        or _is_crowded(clauses, predicate)
        or is_of_a_match(clauses, predicate)
    )


# ---------------------------------------------------------------- by, with and to
def _is_done_by_the_unarmed(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether only people do it who attack with words, money or a ball: "shelled by critics", "investors launched"."""
    agents = _agents(clauses, predicate)
    return bool(agents) and all(clauses.lemma(agent) in grammar("unarmed") for agent in agents)


def _agents(clauses: Clauses, predicate: Predicate) -> list[int]:
    """Return who does what a predicate tells: subjects of its verbs, and "by" of its noun."""
    agents = [
        one
        for at in sorted(predicate.anchors)
        if clauses.is_verb(at)
        for agent in clauses.agents(at)
        for one in clauses.conjuncts(agent)
    ]
    if predicate.is_noun:
        agents += [one for _, below in clauses.preps(predicate.token, "by") for one in clauses.conjuncts(below)]
        agents = [agent for agent in agents if agent != predicate.token]
    return agents


def _patients(clauses: Clauses, predicate: Predicate) -> list[int]:
    """Return to whom it is done: objects of its verbs, and "on" or "against" of its noun."""
    targets = [target for at in sorted(predicate.anchors) if clauses.is_verb(at) for target in clauses.patients(at)]
    if predicate.is_noun:
        targets += [below for _, below in clauses.preps(predicate.token, "on", "against", "of", "for")]
    return [one for target in targets for one in clauses.conjuncts(target) if one not in predicate.anchors]


def _is_done_by_animals(clauses: Clauses, predicate: Predicate, actors: tuple[Actor, ...]) -> bool:
    """Whether beasts or insects do it, whomever they kill: "locusts invaded", "was killed by a crocodile".

    Armed groups and clubs bear names of beasts: written with a capital these are no beasts.
    """
    if any(actor.part == "agent" and actor.kind not in _UNARMED | {ActorKind.UNKNOWN} for actor in actors):
        return False
    agents = _agents(clauses, predicate)
    return bool(agents) and all(_is_animal(clauses, agent) for agent in agents)


def _is_done_to_animals(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether it is only beasts that are killed: "poachers shot three elephants"."""
    patients = _patients(clauses, predicate) if predicate.is_outcome else []
    return bool(patients) and all(
        _is_animal(clauses, patient) or clauses.lemma(patient) in grammar("stock") for patient in patients
    )


def _is_animal(clauses: Clauses, index: int) -> bool:
    token = clauses.tokens[index]
    forms = {token.text.lower(), token.text.lower().removesuffix("s"), clauses.lemma(index)}
    if token.text[:1].isupper() and not forms.isdisjoint(grammar("namesakes")) and not _is_of_a_herd(clauses, index):
        return False
    owned = clauses.children(index, "compound", "poss", "amod")
    if forms & grammar("herds"):
        below = [one for _, one in clauses.preps(index, "of")]
        return bool(below) and all(_is_animal(clauses, one) for one in below)
    is_of_somebody = any(child.text.lower() in grammar("keepers") for child in owned)
    return not is_of_somebody and not forms.isdisjoint(grammar("animals"))


def _is_of_a_herd(clauses: Clauses, index: int) -> bool:
    """Whether a capital is only that of a sentence, and livestock is what suffers: "Wolves attacked a flock"."""
    is_first = clauses.tokens[index].start == clauses.passage_of(index).start
    suffers = clauses.patients(clauses.tokens[index].head) if clauses.is_verb(clauses.tokens[index].head) else []
    return is_first and any(clauses.lemma(one) in grammar("livestock") for one in suffers)


def _is_done_to_snow(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether what is fired at threatens people by itself, be it by gunners: "shelled avalanche slopes"."""
    patients = _patients(clauses, predicate)
    return bool(patients) and all(
        any(child.lemma.lower() in grammar("mishap_causes") for child in clauses.children(one, "compound"))
        for one in patients
    )


def _is_sprayed(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether it is not bullets that are sprayed: "began spraying from the air"."""
    if predicate.is_noun or clauses.lemma(predicate.token) != "spray":
        return False
    passage = clauses.passage_of(predicate.token)
    around = clauses.document.tokens_between(passage.start, passage.end)
    return all(
        grammar("bullets").isdisjoint((token.lemma.lower(), token.text.lower()))
        and grammar("violent").isdisjoint((token.lemma.lower(), token.text.lower()))
        for token in around
    )


def _is_done_to_thoughts(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether all that it is done to is a bill, a plan, a record: "shot down the proposal"."""
    patients = _patients(clauses, predicate)
    return bool(patients) and all(clauses.lemma(one) in grammar("thoughts") for one in patients)


def _is_fought_without_arms(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether fires, floods or ills are fought, be it by soldiers: "troops fight raging wildfires", "the battle against malaria"."""
    if clauses.lemma(predicate.token) == "siege":  # of a town that is shut for a disease
        return not grammar("closures").isdisjoint(clauses.words_of(clauses.passage_of(predicate.token)))
    if clauses.lemma(predicate.token) not in ("battle", "combat", "fight", "war"):
        return False
    above = clauses.tokens[predicate.token].head
    fought = _patients(clauses, predicate)
    if clauses.tokens[predicate.token].dep == "dobj" and clauses.lemma(above) in ("lose", "win"):
        fought += clauses.subjects(above)  # "the virus was winning the battle"
    fought += [
        token.index for token in clauses.tokens[predicate.token + 1 : predicate.token + 3] if token.dep == "dobj"
    ]
    return any(clauses.lemma(one) in grammar("ills") for one in fought)


def _is_toil(clauses: Clauses, predicate: Predicate, actors: tuple[Actor, ...]) -> bool:
    """Whether people who are no fighters only take pains: "doctors battled to save the injured"."""
    if predicate.is_noun or clauses.lemma(predicate.token) not in ("battle", "fight"):
        return False
    if any(actor.part != "target" and actor.kind in FIGHTERS for actor in actors):
        return False
    return any(
        child.lemma.lower() in grammar("toiling")
        and any(mark.text.lower() == "to" for mark in clauses.children(child.index, "aux"))
        for child in clauses.children(predicate.token, "advcl", "xcomp")
    )


def _is_a_salute(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether what is fired honours somebody: "fired a 21-gun salute"."""
    return any(clauses.lemma(one) in grammar("salutes") for one in _patients(clauses, predicate)) or any(
        clauses.lower[at] in grammar("salutes") for at in predicate.anchors
    )


def _is_a_flop(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether a work of the stage "bombed": nobody liked it."""
    if predicate.is_noun or clauses.lemma(predicate.token) != "bomb" or clauses.objects(predicate.token):
        return False
    token = clauses.tokens[predicate.token]
    subjects = clauses.subjects(token.index)
    if not subjects and token.dep == "acl" and not clauses.preps(token.index, "by"):
        subjects = [token.head]  # a parser may take "the film bombed" for a film that was bombed
    works = (grammar("fiction"), grammar("stage_works"))
    return bool(subjects) and all(any(clauses.lemma(one) in kind for kind in works) for one in subjects)


def _is_crowded(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether only many people come: "tourists invaded Venice"."""
    agents = _agents(clauses, predicate)
    return (
        clauses.lemma(predicate.token) in ("invade", "invasion")
        and bool(agents)
        and all(clauses.lemma(one) in grammar("crowds") for one in agents)
    )


def _is_of_an_election(clauses: Clauses, predicate: Predicate, actors: tuple[Actor, ...]) -> bool:
    """Whether a town or a seat is won by votes: "captured X in the primary", "stormed to victory"."""
    passage = clauses.passage_of(predicate.token)
    rest = clauses.document.text[clauses.tokens[predicate.token].end : passage.end].lstrip().lower()
    if clauses.lemma(predicate.token) == "storm" and rest.startswith(tuple(grammar("storming_to"))):
        return True
    is_protest = predicate.sense.event_type is EventType.PROTESTS  # "took to the streets after the election"
    if predicate.is_noun or is_protest or clauses.lemma(predicate.token) not in grammar("winning"):
        return False
    if any(actor.kind in FIGHTERS for actor in actors):
        return False
    around = clauses.document.tokens_between(passage.start, passage.end)
    if any(clauses.lemma(token.index) in grammar("violent") for token in around):
        return False
    return clauses.finds(phrases("election_phrases"), passage)


def _is_done_with_words(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether what it is done with hurts nobody: "bombarded with questions", "a barrage of complaints"."""
    preps = ("with", "of") if predicate.is_noun else ("with",)
    tools = [below for at in sorted(predicate.anchors) for word, below in clauses.preps(at) if word in preps]
    if clauses.lemma(predicate.token) in ("fire", "shoot") and not predicate.is_noun:
        tools += clauses.objects(predicate.token)
    return any(clauses.lemma(one) in grammar("harmless_means") for tool in tools for one in clauses.conjuncts(tool))


def _is_done_to_no_target(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether all that it is done to is food, money or a match: "shelled peanuts", "an assault on the euro"."""
    heads = _patients(clauses, predicate)
    return bool(heads) and all(clauses.lemma(head) in grammar("no_targets") for head in heads)


def _is_of_money(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether it is trade or talk by the word before a noun: "a stock bombing", "a charm offensive", "shots in a price war"."""
    if predicate.is_noun:
        nouns = [predicate.token]
    else:
        own = [predicate.token, *clauses.objects(predicate.token)]
        nouns = [below for at in own for _, below in clauses.preps(at, "in") if clauses.lemma(below) in grammar("wars")]
    before = [child for at in nouns for child in clauses.children(at, "compound", "amod", "nmod")]
    return any(child.text.lower() in grammar("figurative_kinds") for child in before)


# ---------------------------------------------------------------- made up, shown, long past
def _is_satire(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether it is told in satire."""
    passage = clauses.passage_of(predicate.token)
    text = clauses.document.text[passage.start : passage.end]
    at = predicate.start - passage.start
    for quoted in _QUOTED.finditer(text):
        if quoted.start() < at < quoted.end():
            around = f"{text[: quoted.start()]} {text[quoted.end() :]}".lower()
            if not grammar("satire").isdisjoint(re.findall(r"\w+", around)):
                return True
    path = clauses.path_in_passage(predicate.token)
    for below, above in pairwise(path):
        is_content = clauses.tokens[below].dep in ("ccomp", "dobj", "xcomp", "nsubjpass")
        if is_content and clauses.is_verb(above) and above not in predicate.anchors:
            tellers = [*clauses.subjects(above), *(one for _, one in clauses.preps(above, "by", "in"))]
            own = {token.text.lower() for token in clauses.clause_tokens(below)}
            # "The satirical weekly said that its office was bombed" tells of itself.
            if own.isdisjoint(_OF_ITS_OWN) and any(
                not clauses.words(one).isdisjoint(grammar("satire")) or _is_satirist(clauses, one) for one in tellers
            ):
                return True
    return False


def _is_satirist(clauses: Clauses, index: int) -> bool:
    """Whether a name is that of an outlet that makes up what it tells."""
    own = clauses.phrase_tokens(index)
    name = clauses.document.text[own[0].start : own[-1].end].lower().removeprefix("the ")
    return clauses.tokens[index].text[:1].isupper() and name in grammar("satirical_outlets")


def _is_of_an_exhibit(clauses: Clauses, predicate: Predicate, time: TimeExpression | None) -> bool:
    """Whether something is shown, taught or played about it: "opened an exhibition on the bombing of X".

    A memorial to those killed in "the bombing of X on Monday" tells of Monday.
    """
    if time is not None and time.start > predicate.start:
        return False
    passage = clauses.passage_of(predicate.token).index
    for at in clauses.path_up(predicate.token):
        token = clauses.tokens[at]
        if token.dep == "relcl" and _is_displayed(clauses, token.head):
            return True
        if clauses.passage_of(at).index != passage or token.dep in ("relcl", "advcl", "conj"):
            return False
        if token.dep != "prep" or token.text.lower() not in ("on", "about", "to", "for", "of", "marking"):
            continue
        above = token.head
        shown = [above, *clauses.objects(above), *clauses.patients(above)] if clauses.is_verb(above) else [above]
        # What hangs on the noun is of the exhibit; on the verb it is so behind the noun alone.
        if any(clauses.lemma(one) in grammar("exhibits") and one < at for one in shown):
            return True
    return False


def _is_displayed(clauses: Clauses, index: int) -> bool:
    """Whether a museum or the like shows it: "the museum displays the gun from which he fired"."""
    verb = clauses.tokens[index].head
    return clauses.lemma(verb) in grammar("displaying") and any(
        clauses.lemma(one) in grammar("exhibits") for one in clauses.subjects(verb)
    )


def _is_likened(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether something is only like it: "the news hit X like a bomb"."""
    own = {predicate.token, *predicate.anchors}
    likened = [below for at in own if clauses.is_verb(at) for _, below in clauses.preps(at, "like")]
    likened += [
        at for at in own if clauses.tokens[at].dep == "pobj" and clauses.lower[clauses.tokens[at].head] == "like"
    ]
    return any(
        clauses.lemma(one) in grammar("violent")
        and clauses.lemma(clauses.tokens[clauses.tokens[one].head].head) != "sound"
        for one in likened
    )


def _is_long_ago(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether the clause lies years back though it names the day of the report, or no day: "80 years ago today"."""
    own = clauses.clause_tokens(clauses.clause_head(predicate.token))
    start, end = min(token.start for token in own), max(token.end for token in own)
    return _LONG_AGO.search(clauses.document.text, start, end) is not None
