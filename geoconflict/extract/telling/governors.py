"""What the words above a predicate make of it: read on the way up the dependency tree, from the predicate to its sentence's verb.

Negation, modals, conditions, verbs of planning, wishing and saying. "is scheduled to meet" and "threatened to shell"
never become events that occurred.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from geoconflict.extract.casualties.words import words as casualty_words
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.extract.telling.hedges import is_elliptic, stands_ahead
from geoconflict.extract.telling.moods import MoodReader
from geoconflict.models import Status

__all__ = ["GovernorReader", "Telling"]

_COMPLEMENTS = frozenset({"ccomp", "xcomp", "dobj", "nsubjpass", "prep", "acl", "oprd", "dep", "parataxis"})
_LONGEST_CALLER = 6
"""Words between "what" and "called": "what two senior officials later called"."""
_STEPS_UP = 24
"""How many steps up a tree are taken: deeper ones are the parser's confusion, and no sentence's grammar."""


@dataclass(slots=True)
class Telling:
    """What has been read so far of how a predicate is told."""

    status: Status = Status.OCCURRED
    claimed_by: str | None = None
    denied_by: str | None = None
    is_unattributed: bool = False
    is_negated: bool = False
    is_background: bool = False
    is_backshifted: bool = False
    """Told in the past perfect, which is plain past behind a verb of saying: "said it had captured"."""
    is_admitted: bool = False
    is_ending: bool = False
    """Somebody agreed to end it: the day and the place are those of the promise, "agreed in X to end attacks"."""
    is_denied_not_to_be: bool = False
    """Whether it happened is not said: "denied that it had not shelled X"."""
    are_figures_denied: bool = False
    reasons: list[str] = field(default_factory=list)

    def hypothesise(self, word: str) -> None:
        """Note that a word leaves open whether it happened."""
        if self.status is not Status.HYPOTHETICAL:
            self.status = Status.HYPOTHETICAL
            self.reasons.append(f"not said to have happened: {word!r}")

    def schedule(self, word: str) -> None:
        """Note that a word says that it is still to come."""
        if self.status is Status.OCCURRED:
            self.status = Status.SCHEDULED
            self.reasons.append(f"still to come: {word!r}")

    def claim(self, speaker: str, reason: str) -> None:
        """Note on whose word it is told."""
        self.claimed_by, self.status = speaker, Status.CLAIMED
        self.reasons.append(reason)


@dataclass(slots=True)
class _Way:
    """Where the way up has come to."""

    predicate: Predicate
    binding: bool = True
    """Whether what is said of the clause above holds for the predicate too."""
    is_besides: bool = False
    """"Denied it, saying that": what is said besides is not what is denied."""
    is_of_involvement: bool = False
    n_governors: int = 0
    """Content words passed that do not carry the predicate."""
    seen: set[int] = field(default_factory=set)


class GovernorReader(MoodReader):
    """Reads what governs predicates in one document."""

    def read_modifiers(self, predicate: Predicate, telling: Telling) -> None:
        """Read the words right beside a predicate and what carries it: "no attack", "alleged", "the supposed raid"."""
        for carried in sorted(predicate.anchors | {predicate.token}):
            for child in self._clauses.children(carried):
                if child.dep == "neg" or (child.dep == "det" and self._is_no(child.index)):
                    telling.is_negated = telling.is_negated or not self._is_true_all_the_same(predicate, carried)
                if self._is(child.index, "unattributed") and child.dep in ("advmod", "amod", "nsubj"):
                    telling.is_unattributed = True
                if self._is(child.index, "background") and child.dep in ("amod", "advmod"):
                    telling.is_background = True
                if (
                    self._is(child.index, "supposed")
                    and child.dep == "amod"
                    and (self._is_only_named(predicate) or self._comes_to_nothing(predicate))
                ):
                    telling.hypothesise(child.text)

    def climb(self, predicate: Predicate, telling: Telling) -> None:
        """Read what governs a predicate, word by word, up to where the words above say nothing of it any more."""
        clauses = self._clauses
        passage = clauses.passage_of(predicate.token).index
        way = _Way(predicate)
        at = predicate.token
        for _ in range(_STEPS_UP):
            if at not in way.seen and (clauses.is_verb(at) or clauses.opens_clause(at)):
                way.seen.add(at)
                self._read_mood(at, way, telling)
            head = clauses.tokens[at].head
            if head == at or clauses.passage_of(head).index != passage or self._is_known_whatever_is_above(at):
                break
            if not self._step(at, head, way, telling):
                break
            at = head

    def _is_known_whatever_is_above(self, at: int) -> bool:
        """Whether the clause above binds nothing: "nobody knows why shells hit the school", "X was shelled, Y was not"."""
        why = any(self._lower[child.index] == "why" for child in self._clauses.children(at, "advmod"))
        return why or is_elliptic(self._clauses, at)

    def _read_mood(self, verb: int, way: _Way, telling: Telling) -> None:
        """Read what a verb's own words make of it and of what hangs on it."""
        predicate = way.predicate
        mood = self._of_verb(verb) if way.binding else None
        if verb == predicate.token and any(map(self._is_nobody, self._clauses.objects(verb))):
            mood = "negated"  # "killed no civilians"
        if mood == "negated" and not self._is_true_all_the_same(predicate, verb):
            telling.is_negated = True
        elif mood == "background":
            telling.is_backshifted = True
        elif mood == "possible":
            telling.hypothesise(self._clauses.tokens[verb].text)
        elif mood == "future":
            telling.schedule(self._clauses.tokens[verb].text)
        elif mood == "unattributed":
            telling.is_unattributed = True

    def _step(self, at: int, head: int, way: _Way, telling: Telling) -> bool:
        """Read the link from a word to its head; return whether what is above the head says anything of the predicate."""
        clauses = self._clauses
        dep = clauses.tokens[at].dep
        self._count_governor(dep, head, way)
        if self._is_presupposed(dep, head, way, telling):
            return False
        self._read_infinitive(at, head, way, telling)
        if dep == "relcl":
            above = clauses.tokens[head]
            if self._is(above.head, "imagining") and above.dep in ("dobj", "pobj"):
                telling.hypothesise(clauses.tokens[above.head].text)  # "imagine a world in which they shelled X"
            return False  # what hangs on a noun is told as known; the clause above says nothing about it
        if dep == "acl" and self._is_known_of(at, head):
            way.binding = False  # "asked to free two drivers abducted on Friday": they were
        self._read_link(at, head, way, telling)
        way.is_of_involvement = way.is_of_involvement or self._lower[head] in grammar("involvement")
        way.is_besides = way.is_besides or (
            dep in ("advcl", "parataxis") and self._is(at, "say") and telling.claimed_by is not None
        )
        way.is_besides = way.is_besides or (dep == "advcl" and self._is_meanwhile(at))
        is_apart = dep == "conj" and (self._has_own_frame(at) or self._is_finite_beside(at, head))
        if dep in ("advcl", "parataxis") or is_apart:
            way.binding = False
        return True

    def _is_meanwhile(self, verb: int) -> bool:
        """Whether a clause tells what went on besides what is said: "denied that it would surrender, as thousands rallied"."""
        marks = [child.index for child in self._clauses.children(verb, "mark") if child.text.lower() in ("as", "while")]
        is_finite = self._clauses.tokens[verb].tag in ("VBD", "VBP", "VBZ") and bool(self._clauses.subjects(verb))
        return is_finite and any(at and self._lower[at - 1] == "," for at in marks)

    def _count_governor(self, dep: str, head: int, way: _Way) -> None:
        """Count a content word on the way up, and note where a noun lies too deep in a clause for it to bind."""
        if (
            head not in way.predicate.anchors
            and dep != "conj"  # "planned the kidnap and murder": both were planned
            and self._clauses.tokens[head].pos in ("NOUN", "PROPN", "VERB", "ADJ")
            and self._lower[head] not in grammar("transparent")
        ):
            way.n_governors += 1
        if way.predicate.is_noun and way.n_governors > 1 and not self._clauses.is_verb(way.predicate.token):
            # "will name those implicated in the murder": a noun deep in a clause is taken for granted.
            way.binding = False

    def _is_presupposed(self, dep: str, head: int, way: _Way, telling: Telling) -> bool:
        """Whether a word takes for granted that there was one: "an end to fighting", "condemned the attack"."""
        if dep in ("dobj", "xcomp", "nsubj", "nsubjpass") and self._is(head, "ceasing") and self._is_to_come(head):
            telling.is_background = True
            telling.is_ending = telling.is_ending or not self._has_clause_of_its_own(way.predicate)
        if self._lower[head] not in self._words["presupposing"] or dep not in (
            "prep",
            "dobj",
            "nsubj",
            "nsubjpass",
            "compound",
        ):
            return False
        if dep == "dobj" and self._is_ended_by_parley(head):
            telling.is_ending = not self._has_clause_of_its_own(way.predicate)
        # "Demanded that the siege end": it goes on, and the demand is no event of its day.
        if self._is(head, "ceasing") and (said := self._is_asked(head)) is not None:
            telling.is_background = True
            is_promised = self._is(said, "settling", "asking") and not self._has_clause_of_its_own(way.predicate)
            telling.is_ending = telling.is_ending or is_promised
        return True

    def _read_infinitive(self, at: int, head: int, way: _Way, telling: Telling) -> None:
        """Read what an infinitive or a clause of circumstance says: a purpose, "going to", "refused to", "as soon as"."""
        tokens, dep = self._clauses.tokens, self._clauses.tokens[at].dep
        is_purpose = dep in ("advcl", "acl", "relcl") and self._is_purpose(at) and not self._is_one_of_a_row(head)
        if is_purpose and not self._came_to_protest(at, head):
            telling.hypothesise(tokens[at].text)
        if way.binding and dep == "xcomp" and self._lower[head] == "going":
            telling.schedule(tokens[head].text)
        elif way.binding and dep == "xcomp" and self._is(head, "refusing"):
            telling.is_negated = True
        if way.binding and dep == "advcl" and stands_ahead(self._clauses, at, self._words):
            telling.hypothesise(tokens[at].text)

    def _read_link(self, at: int, head: int, way: _Way, telling: Telling) -> None:
        """Read what the head of a word says of it."""
        clauses = self._clauses
        dep, word = clauses.tokens[at].dep, clauses.tokens[head].text
        is_verb = clauses.is_verb(head)
        is_complement = dep in _COMPLEMENTS and (
            dep != "prep"
            or self._lower[at] in grammar("content_prepositions")
            or (self._lower[at] == "as" and self._is(head, "deny"))  # "rejected as untrue reports that"
        )
        is_said = is_complement and is_verb
        if dep in ("pobj", "pcomp"):
            self._read_preposition(at, head, telling)
        elif dep == "dobj" and is_verb and way.predicate.is_noun and self._lower[head] == "spared":
            telling.is_negated = True  # "the town was spared the strikes"
        elif is_said and self._is(head, "deny") and not way.is_besides:
            self._read_verb_of_denying(at, head, way, telling)
        elif is_said and self._is(head, "admit"):
            telling.claimed_by = telling.claimed_by or self._speaker(head)
            telling.reasons.append(f"confirmed: {word!r}")
            telling.is_admitted = True
        elif (is_said and self._is_told(dep, head)) or (is_verb and self._is_mentioned(at, head, way.predicate)):
            self._read_verb_of_saying(dep, head, telling)
        elif way.binding and self._is_planned_by(dep, head, way.predicate):
            telling.schedule(word)
        elif way.binding and (
            (is_complement and self._is(head, "hypothetical") and not self._is_done(at, head))
            or (at in way.predicate.anchors and self._is_doubted(at, head))
        ):
            telling.hypothesise(word)
        elif (dep == "prep" and self._is(head, "speech_nouns")) or (is_said and self._is(head, "unattributed")):
            telling.is_unattributed = True  # "reports of an attack", "it is rumoured that"
        elif dep == "compound" and self._is(head, "hypothetical"):
            telling.hypothesise(word)

    def _is_doubted(self, at: int, head: int) -> bool:
        """Whether the clause of a word is doubted, or nothing speaks for it: "I doubt that", "there is no evidence that"."""
        clauses = self._clauses
        if not any(child.text.lower() == "that" for child in clauses.children(at, "mark")):
            return False
        if any(clauses.children(at, "acomp")):
            return False  # "no evidence that the raid was deliberate": there was one
        if clauses.is_verb(head):
            return self._is(head, "doubting") and self._of_verb(head) != "negated"
        return self._is(head, "proofs") and any(
            self._lower[child.index] in ("little", "no") for child in clauses.children(head, "det", "amod")
        )

    def _read_preposition(self, at: int, head: int, telling: Telling) -> None:
        """Read a preposition that undoes what it governs: "without", "instead of", "warned against", "threatened with"."""
        above, word = self._clauses.tokens[head].head, self._lower[head]
        if (
            word == "without"
            # "Instead of shelling X" at the head of a sentence may hang on either of the two words.
            or (word == "of" and "instead" in (self._lower[above], self._lower[head - 1]))
            or (word == "from" and self._lower[above] == "far" and self._clauses.tokens[at].dep == "pcomp")
            or (word == "from" and self._is(above, "refraining"))
            or (word in ("of", "from") and self._is(above, "sparing"))
        ):
            telling.is_negated = True
        elif (word == "against" and self._is(above, "hypothetical")) or (
            word == "with" and self._is(above, "threatening")
        ):
            telling.hypothesise(self._clauses.tokens[above].text)

    def _read_verb_of_denying(self, at: int, verb: int, way: _Way, telling: Telling) -> None:
        """Read who denies it, or only what it cost."""
        finding = (at, *(child.index for child in self._clauses.children(at, "acomp", "attr")))
        if self._is_unsaid(verb) or any(self._is(one, "untrue", "faked") for one in finding):
            # "Nobody denies that", "denied that the video was fake": somebody says it, and nobody's denial is told.
            telling.is_unattributed = True
            way.binding = False
        elif self._clauses.tokens[at].dep == "ccomp" and at in way.predicate.outcomes and self._is_given(way.predicate):
            telling.are_figures_denied = True
            way.binding = False
        elif not way.is_of_involvement and not self._is_of_a_court(verb):
            telling.denied_by = self._speaker(verb) or "one side"
            telling.is_denied_not_to_be = telling.is_negated

    def _read_verb_of_saying(self, dep: str, verb: int, telling: Telling) -> None:
        """Read who says it, the one nearest to the predicate; "it is reported" names nobody."""
        if any(map(self._is_nobody, self._clauses.subjects(verb))):
            return  # "no group has claimed the attack"
        speaker = None if self._is_passive_object(dep, verb) else self._speaker(verb)
        if speaker is not None:
            telling.claimed_by = telling.claimed_by or speaker
        elif self._clauses.is_passive(verb) and not self._is(verb, "proclaim"):
            telling.is_unattributed = True

    def _is_mentioned(self, prep: int, verb: int, predicate: Predicate) -> bool:
        """Whether somebody tells of something new by its noun: "spoke of fierce battles", and not "spoke of the attack"."""
        return (
            predicate.is_noun
            and self._lower[prep] == "of"
            and self._is(verb, "mentioning")
            and not self._is_given(predicate)
        )

    def _is_planned_by(self, dep: str, head: int, predicate: Predicate) -> bool:
        """Whether a word sets a date for what hangs on it: "plans to", "a raid is due"."""
        return (
            dep in ("xcomp", "ccomp", "nsubjpass", "dobj")
            and self._is(head, "scheduled")
            and (self._clauses.is_verb(head) or dep == "xcomp")
            and not (dep in ("dobj", "nsubjpass") and self._concludes(head, predicate))
            and not self._is_set_off(head)
        )

    def _is_true_all_the_same(self, predicate: Predicate, verb: int) -> bool:
        """Whether the "not" of a verb leaves an event as it was: it denies only what it did, or who did it."""
        return self._is_harm_alone(predicate, verb) or self._is_told_by_its_clause(predicate, verb)

    def _is_harm_alone(self, predicate: Predicate, verb: int) -> bool:
        """Whether a verb tells only what an event taken for granted did: "nobody was killed in the attack"."""
        tells_harm = verb in predicate.outcomes or self._lower[verb] in casualty_words().by_form
        return tells_harm and verb != predicate.token and self._is_given(predicate)

    def _is_told_by_its_clause(self, predicate: Predicate, verb: int) -> bool:
        """Whether a clause of its own tells what was done, whoever did not do it: "X did not carry out the raid that killed 12"."""
        told = [child.index for child in self._clauses.children(predicate.token, "relcl")]
        tells_harm = any(at in predicate.outcomes or self._lower[at] in casualty_words().by_form for at in told)
        return tells_harm and verb not in told and self._is_given(predicate)

    def _is_given(self, predicate: Predicate) -> bool:
        """Whether a noun is taken for granted by its article: "the attack on X"."""
        determiners = {child.text.lower() for child in self._clauses.children(predicate.token, "det", "poss")}
        return predicate.is_noun and bool(determiners) and determiners.isdisjoint(("a", "an", "any", "no"))

    def _is_only_named(self, predicate: Predicate) -> bool:
        """Whether nothing is told of what a noun names: "a potential assault", and not "the planned attack killed nine"."""
        is_alone = not predicate.outcomes and predicate.anchors <= {predicate.token}
        return is_alone and self._clauses.tokens[predicate.token].dep not in ("nsubj", "nsubjpass")

    def _comes_to_nothing(self, predicate: Predicate) -> bool:
        """Whether what a noun names ended before it began: "a planned truce collapsed"."""
        token = self._clauses.tokens[predicate.token]
        return token.dep == "nsubj" and self._is(token.head, "collapsing")

    def _is_to_come(self, verb: int) -> bool:
        """Whether somebody will do it, has agreed, been asked or ordered to: "will stop", "ordered it to stop"."""
        auxiliaries = {self._lower[child.index] for child in self._clauses.children(verb, "aux")}
        if any(not auxiliaries.isdisjoint(self._words[name]) for name in ("modal_future", "modal_possible")):
            return True
        above = self._clauses.tokens[verb].head
        return "to" in auxiliaries and (
            self._is(above, "settling", "asking", "parley")
            or any(self._is(at, "parley") for at in self._clauses.objects(above))  # "held talks to end the clashes"
        )

    def _is_asked(self, end: int) -> int | None:
        """Return what demands, hopes or agrees that it end: "demanded that it end", "agreed on an end to it"."""
        token = self._clauses.tokens[end]
        if token.dep not in ("pobj", "ccomp", "xcomp", "dobj"):
            return None
        above = self._clauses.tokens[token.head].head if token.dep == "pobj" else token.head
        return above if self._is(above, "hypothetical", "settling") else None

    def _has_clause_of_its_own(self, predicate: Predicate) -> bool:
        """Whether a clause hangs on the noun and tells of it: "agreed to halt the fighting that broke out on Monday"."""
        return bool(self._clauses.children(predicate.token, "relcl", "acl"))

    def _is_purpose(self, at: int) -> bool:
        """Whether the clause is an infinitive of purpose or content: "troops sent to seize", "a plan to attack"."""
        return any(child.dep == "aux" and self._lower[child.index] == "to" for child in self._clauses.children(at))

    def _came_to_protest(self, at: int, head: int) -> bool:
        """Whether people who had come together protested by that: "thousands gathered to protest"."""
        tokens = self._clauses.tokens
        is_done = tokens[head].tag == "VBD" and tokens[head].lemma.lower() in grammar("coming_together")
        return is_done and tokens[at].lemma.lower() in ("demonstrate", "protest", "rally")

    def _is_one_of_a_row(self, noun: int) -> bool:
        """Whether an infinitive tells what befell one of several: "the third journalist to be killed"."""
        below = self._clauses.children(noun, "amod", "advmod", "nummod")
        return any(self._is(child.index, "in_a_row") for child in below)

    def _is_known_of(self, clause: int, noun: int) -> bool:
        """Whether a past participle tells what befell some who are counted, definite or set off: "the two drivers, abducted ..."."""
        tokens, clauses = self._clauses.tokens, self._clauses
        if tokens[clause].tag != "VBN" or clauses.preps(noun, "of"):
            return False
        before = [child.text.lower() for child in clauses.children(noun, "det", "poss", "nummod") if child.index < noun]
        counted = bool(clauses.children(noun, "nummod"))
        return "any" not in before and (counted or "the" in before or self._lower[clause - 1] == ",")

    def _is_finite_beside(self, at: int, head: int) -> bool:
        """Whether a verb in the past was joined to an infinitive: "refused to surrender and fired" tells that they fired."""
        tokens = self._clauses.tokens
        return tokens[at].tag == "VBD" and tokens[head].tag == "VB" and self._is_purpose(head)

    def _is_of_a_court(self, verb: int) -> bool:
        """Whether a court dismisses or rejects something: a plea, and no account of what happened."""
        subjects = self._clauses.subjects(verb)
        return any(self._clauses.tokens[at].lemma.lower() in grammar("courts") for at in subjects)

    def _is_passive_object(self, dep: str, head: int) -> bool:
        """Whether the way up goes through the subject of a passive "is reported", whose speaker is not named."""
        return dep == "nsubjpass" and not self._clauses.preps(head, "by")

    def _concludes(self, verb: int, predicate: Predicate) -> bool:
        """Whether the verb makes the agreement rather than plans it: "agreed a ceasefire"."""
        return self._clauses.tokens[verb].lemma.lower() in ("agree", "arrange") and predicate.sense.sub_event_type in (
            "ceasefire",
            "agreement",
        )

    def _is_set_off(self, verb: int) -> bool:
        """Whether bombs were set off, or houses set on fire: no date was set."""
        behind = [child.index for child in self._clauses.children(verb, "prt", "acomp", "advmod", "oprd")]
        return self._lower[verb] == "set" and any(self._is(at, "set_going") for at in behind)

    def _is_done(self, below: int, word: int) -> bool:
        """Whether a word of plans tells what was done: "the murder was committed", "aimed at X", "were able to land"."""
        token = self._clauses.tokens[below]
        if self._is(word, "doing_to"):
            return token.dep in ("nsubj", "nsubjpass", "dobj")
        if self._is(word, "naming"):
            # The parser takes "what" in "what witnesses called an attack" for a part of the subject.
            named = token.dep == "dobj" and "what" in self._lower[max(0, word - _LONGEST_CALLER) : word]
            return named or token.dep == "oprd" or (token.dep == "nsubjpass" and not self._clauses.preps(word, "for"))
        return self._lower[word] == "able" and self._lower[self._clauses.tokens[word].head] in ("was", "were")
