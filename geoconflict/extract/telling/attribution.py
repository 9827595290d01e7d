"""Whether the text says that an event happened, and on whose word: status, claimant and denials.

The status is read on the way up the dependency tree from the predicate: negation, modals, conditions, verbs of
planning, wishing and saying. "is scheduled to meet" and "threatened to shell" never become events that occurred.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from geoconflict.extract.casualties.words import words as casualty_words
from geoconflict.extract.language.model import Token
from geoconflict.extract.lexicon import read_lexicon
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.extract.telling.fact_checks import BY_THE_REPORT, is_called_false
from geoconflict.extract.telling.hedges import is_elliptic, stands_ahead, undone_parts
from geoconflict.extract.telling.speakers import SpeakerReader
from geoconflict.extract.telling.told_reports import Fate, told_report
from geoconflict.models import EventType, Status

__all__ = ["Attribution", "AttributionReader", "Denial", "load_attribution_lexicon"]

_TELLING = ("calling", "deny", "untrue", "take_back")
"""Classes of words that may deny something by themselves."""
_WORDS_OF_NOBODY = 3
"""How many words before a noun phrase may still belong to it: "not even" of "not even one soldier"."""
_BEFORE_A_VERB = 12
_CALLED_WITHIN = 9
"""Words behind a verb of calling within which it says what it calls false."""
_POINTING = frozenset({"her", "his", "its", "that", "the", "their", "these", "this", "those"})
_COMPLEMENTS = frozenset({"ccomp", "xcomp", "dobj", "nsubjpass", "prep", "acl", "oprd", "dep", "parataxis"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the words around a predicate make of it."""

    status: Status
    claimed_by: str | None
    reasons: tuple[str, ...]
    is_negated: bool = False
    """The text says that it did not happen, in its own voice: no event."""
    is_background: bool = False
    """Told as past history; without a date of its own it is no event of this report."""
    denied_by: str | None = None
    are_figures_denied: bool = False
    """What it is said to have caused is denied, and not the event: "denied that 12 were killed in the attack"."""
    undone: frozenset[int] = frozenset()
    """Tokens of the predicate that tell of what was not done, so that no figure is theirs: "nearly killed 12"."""


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial that names no event of its own: "Armenia denies it"."""

    passage: int
    token: int
    by: str | None
    of: str = "event"
    """"event", "part" (who did it: "denied responsibility"), "losses" ("denied any losses") or "figures" ("disputed the figure")."""
    is_of_teller: bool = False
    """Whether those who told it take it back, or nobody is named who denies it: "later retracted the statement"."""


@functools.lru_cache(maxsize=4)
def load_attribution_lexicon(extras: tuple[str, ...] = ()) -> Mapping[str, frozenset[str]]:
    """Return the word classes of ``attribution.toml`` with what the user's files `extras` add."""
    return {name: frozenset(words) for name, words in read_lexicon("attribution", extras).items()}


class AttributionReader(SpeakerReader):
    """Reads the status and the claimant of predicates in one document."""

    # ------------------------------------------------------------ status
    def of(self, predicate: Predicate) -> Attribution:
        """Return the status and the claimant of a predicate."""
        clauses = self._clauses
        status = Status.OCCURRED
        claimed_by: str | None = None
        denied_by: str | None = None
        unattributed = negated = background = admitted = involvement = backshifted = False
        figures_denied = False
        ending = False  # "agreed in X to end attacks": the day and the place are those of the promise
        denied_not = False  # "denied that it had not shelled X": whether it did is not said
        reasons: list[str] = []
        seen: set[int] = set()

        def hypothesise(word: int) -> None:
            nonlocal status
            if status is not Status.HYPOTHETICAL:
                status = Status.HYPOTHETICAL
                reasons.append(f"not said to have happened: {clauses.tokens[word].text!r}")

        def schedule(word: int) -> None:
            nonlocal status
            if status is Status.OCCURRED:
                status = Status.SCHEDULED
                reasons.append(f"still to come: {clauses.tokens[word].text!r}")

        undone = undone_parts(clauses, predicate, self._words)
        if predicate.token in undone:
            status = Status.HYPOTHETICAL
            reasons.append(f"not said to have happened: {undone[predicate.token]!r}")
        report = told_report(clauses, predicate, self._words)
        at = predicate.token
        for carried in sorted(predicate.anchors | {predicate.token}):
            for child in clauses.children(carried):
                if child.dep == "neg" or (child.dep == "det" and self._is_no(child.index)):
                    negated = negated or not self._is_harm_alone(predicate, carried)
                if self._is(child.index, "unattributed") and child.dep in ("advmod", "amod", "nsubj"):
                    unattributed = True
                if self._is(child.index, "background") and child.dep in ("amod", "advmod"):
                    background = True
                if self._is(child.index, "supposed") and child.dep == "amod" and self._is_only_named(predicate):
                    hypothesise(child.index)
        passage = clauses.passage_of(at).index
        binding = True  # whether what is said of the clause above holds for the predicate too
        is_besides = False  # "denied it, saying that": what is said besides is not what is denied
        n_governors = 0  # content words passed on the way up that do not carry the predicate
        for _ in range(24):
            token = clauses.tokens[at]
            if at not in seen and (clauses.is_verb(at) or clauses.opens_clause(at)):
                seen.add(at)
                found = self._of_verb(at) if binding else None
                if at == predicate.token and any(map(self._is_nobody, clauses.objects(at))):
                    found = "negated"  # "killed no civilians"
                negated = negated or (found == "negated" and not self._is_harm_alone(predicate, at))
                backshifted = backshifted or found == "background"
                if found == "possible":
                    hypothesise(at)
                elif found == "future":
                    schedule(at)
                elif found == "unattributed":
                    unattributed = True
            head = token.head
            if head == at or clauses.passage_of(head).index != passage:
                break
            if any(self._lower[child.index] == "why" for child in clauses.children(at, "advmod")):
                break  # "nobody knows why shells hit the school": that they did is known
            if is_elliptic(clauses, at):
                break  # "X was shelled, Y was not": what is said of Y binds nothing
            dep, word = token.dep, self._lower[head]
            if (
                head not in predicate.anchors
                and dep != "conj"  # "planned the kidnap and murder": both were planned
                and clauses.tokens[head].pos in ("NOUN", "PROPN", "VERB", "ADJ")
                and self._lower[head] not in grammar("transparent")
            ):
                n_governors += 1
            if predicate.is_noun and n_governors > 1 and not clauses.is_verb(predicate.token):
                # "will name those implicated in the murder": a noun deep in a clause is taken for granted.
                binding = False
            is_complement = dep in _COMPLEMENTS and (
                dep != "prep"
                or self._lower[at] in grammar("content_prepositions")
                or (self._lower[at] == "as" and self._is(head, "deny"))  # "rejected as untrue reports that"
            )
            if dep in ("dobj", "xcomp", "nsubj", "nsubjpass") and self._is(head, "ceasing") and self._is_to_come(head):
                background = True
                ending = ending or not self._has_clause_of_its_own(predicate)
            if word in self._words["presupposing"] and dep in ("prep", "dobj", "nsubj", "nsubjpass", "compound"):
                # "Demanded that the siege end": it goes on, and the demand is no event of its day.
                if self._is(head, "ceasing") and (said := self._is_asked(head)) is not None:
                    background = True
                    ending = ending or (
                        self._is(said, "settling", "asking") and not self._has_clause_of_its_own(predicate)
                    )
                break  # "an end to fighting", "condemned the attack": there was one
            is_verb = clauses.is_verb(head)
            if dep in ("advcl", "acl", "relcl") and self._is_purpose(at) and not self._is_one_of_a_row(head):
                hypothesise(at)
            if binding and dep == "xcomp" and word == "going":
                schedule(head)
            elif binding and dep == "xcomp" and self._is(head, "refusing"):
                negated = True
            if binding and dep == "advcl" and stands_ahead(clauses, at, self._words):
                hypothesise(at)
            if dep == "relcl":
                if self._is(clauses.tokens[head].head, "imagining") and clauses.tokens[head].dep in ("dobj", "pobj"):
                    hypothesise(clauses.tokens[head].head)  # "imagine a world in which they shelled X"
                break  # what hangs on a noun is told as known; the clause above says nothing about it
            if dep == "acl" and self._is_known_of(at, head):
                binding = False  # "asked to free two drivers abducted on Friday": they were
            if dep in ("pobj", "pcomp"):
                above = clauses.tokens[head].head
                if (
                    word == "without"
                    or (word == "of" and self._lower[above] == "instead")
                    or (word == "from" and self._is(above, "refraining"))
                    or (word in ("of", "from") and self._is(above, "sparing"))
                ):
                    negated = True
                elif (word == "against" and self._is(above, "hypothetical")) or (
                    word == "with" and self._is(above, "threatening")
                ):
                    hypothesise(above)
            elif dep == "dobj" and is_verb and predicate.is_noun and self._lower[head] == "spared":
                negated = True  # "the town was spared the strikes"
            elif is_complement and is_verb and self._is(head, "deny") and not is_besides:
                if self._is_unsaid(head):
                    unattributed = True  # "nobody denies that": somebody says it, and nobody's denial is told
                    binding = False
                elif dep == "ccomp" and at in predicate.outcomes and self._is_given(predicate):
                    figures_denied = True
                    binding = False
                elif not involvement and not self._is_of_a_court(head):
                    denied_by = self._speaker(head) or "one side"
                    denied_not = negated
            elif is_complement and is_verb and self._is(head, "admit"):
                claimed_by = claimed_by or self._speaker(head)
                reasons.append(f"confirmed: {clauses.tokens[head].text!r}")
                admitted = True
            elif (
                is_complement
                and is_verb
                and self._is(head, "say")
                and not (dep in ("dobj", "prep") and self._is(head, "proclaim"))
            ):
                speaker = None if self._is_passive_object(dep, head) else self._speaker(head)
                if speaker is not None and claimed_by is None:
                    claimed_by = speaker
                elif speaker is None and clauses.is_passive(head) and not self._is(head, "proclaim"):
                    unattributed = True
            elif (
                binding
                and dep in ("xcomp", "ccomp", "nsubjpass", "dobj")
                and self._is(head, "scheduled")
                and (is_verb or dep == "xcomp")
                and not (dep in ("dobj", "nsubjpass") and self._concludes(head, predicate))
                and not self._is_set_off(head)
            ):
                schedule(head)
            elif binding and is_complement and self._is(head, "hypothetical") and not self._is_done(at, head):
                hypothesise(head)
            elif dep == "prep" and self._is(head, "speech_nouns"):
                unattributed = True
            elif dep == "compound" and self._is(head, "hypothetical"):
                hypothesise(head)
            involvement = involvement or word in grammar("involvement")
            is_besides = is_besides or (
                dep in ("advcl", "parataxis") and self._is(at, "say") and claimed_by is not None
            )
            is_apart = dep == "conj" and (self._has_own_frame(at) or self._is_finite_beside(at, head))
            if dep in ("advcl", "parataxis") or is_apart:
                binding = False
            at = head
        if report is not None and report.fate is Fate.CHECKED:
            claimed_by, admitted = None, False
            if status is Status.OCCURRED:
                status = Status.CLAIMED
                reasons.append(f"not confirmed: {clauses.tokens[report.by].text!r}")
                negated = negated and not self._is_confirming(report.by)
        elif report is not None and report.fate is Fate.TAKEN_BACK:
            denied_by, claimed_by = denied_by or self._speaker(report.by) or claimed_by or "one side", None
        elif report is not None and report.fate is Fate.WRONG:
            denied_by, claimed_by = denied_by or BY_THE_REPORT, claimed_by or self._speaker(report.by)
        elif report is not None and not admitted and status is Status.OCCURRED:
            claimed_by = claimed_by or self._teller(report.noun)
            unattributed = True
        if claimed_by is not None and status is Status.OCCURRED and not admitted:
            status = Status.CLAIMED
            reasons.append(f"told by {claimed_by}")
        if claimed_by is None and status is Status.OCCURRED:
            claimed_by = self._according_to(predicate.token)
            if claimed_by is not None:
                status = Status.CLAIMED
                reasons.append(f"told by {claimed_by}: 'according to'")
        if claimed_by is None and status is Status.OCCURRED:
            speaker = self._root_speaker(predicate)
            if speaker is not None:
                claimed_by, status = speaker, Status.CLAIMED
                reasons.append(f"told by {speaker}")
        if claimed_by is None and status is Status.OCCURRED and (speaker := self._proclaimer(predicate)) is not None:
            claimed_by, status = speaker, Status.CLAIMED
            reasons.append(f"told by {speaker}")
        if unattributed and status is Status.OCCURRED:
            status = Status.CLAIMED
            reasons.append("told without a name: reportedly")
        if status is Status.OCCURRED and predicate.sense.event_type is EventType.DIPLOMACY:
            # "talks were due to start": the complement of the verb that carries the noun.
            for carried in sorted(predicate.anchors):
                for child in clauses.children(carried, "acomp", "xcomp", "oprd"):
                    if self._is(child.index, "scheduled"):
                        schedule(child.index)
        denied_by = denied_by or self._misread_denial(predicate)
        if denied_by is None and self._is_called_untrue(predicate):
            denied_by, claimed_by = claimed_by or "one side", None
        if denied_by is None and is_called_false(clauses, predicate):
            denied_by, claimed_by = claimed_by or BY_THE_REPORT, None
        if denied_by is not None:
            status = Status.DENIED
            reasons.append(f"denied by {denied_by}")
        if status is Status.HYPOTHETICAL and self._has_taken_lives(predicate):
            status = Status.OCCURRED
            reasons.append("its dead are told")
        if self._is_question(predicate):
            negated = True
        return Attribution(
            status=status,
            claimed_by=claimed_by if status not in (Status.SCHEDULED, Status.HYPOTHETICAL) else None,
            reasons=tuple(dict.fromkeys(reasons)),
            is_negated=ending or (negated and (denied_by is None or denied_not)),
            # "said it had captured": after a verb of saying the past perfect is plain past.
            is_background=background or (backshifted and claimed_by is None and denied_by is None and report is None),
            denied_by=denied_by,
            are_figures_denied=figures_denied,
            undone=frozenset(undone),
        )

    def _is_confirming(self, word: int) -> bool:
        """Whether the word is one of confirming, whose negation leaves open what was to be confirmed."""
        return self._is(word, "confirming")

    def _teller(self, noun: int) -> str | None:
        """Return whose report or claim it is: "the army's claim", "a claim by the army", "repeated its claim"."""
        clauses = self._clauses
        for _, below in clauses.preps(noun, "by", "from"):
            return self._name(below)
        for owner in clauses.children(noun, "poss"):
            if self._lower[owner.index] not in ("her", "his", "its", "our", "their"):
                return (self._name(owner.index) or "").removesuffix("'s").removesuffix("'") or None
            verb = clauses.tokens[noun].head
            return self._speaker(verb) if clauses.tokens[noun].dep == "dobj" and clauses.is_verb(verb) else None
        return None

    def _has_taken_lives(self, predicate: Predicate) -> bool:
        """Whether a clause behind its noun tells in the past what it cost: "ordered the bombing, in which scores were killed"."""
        if not predicate.is_noun:
            return False
        clauses = self._clauses
        passage = clauses.passage_of(predicate.token)
        for clause in clauses.document.tokens_between(predicate.end, passage.end):
            if clause.dep != "relcl" or predicate.token not in clauses.path_up(clause.index):
                continue
            is_harm = clause.index in predicate.outcomes or clause.lemma.lower() in ("die", "kill")
            tags = {clause.tag, *(child.tag for child in clauses.children(clause.index, "aux", "auxpass"))}
            if is_harm and "VBD" in tags and "MD" not in tags:
                return True
        return False

    def _is_given(self, predicate: Predicate) -> bool:
        """Whether a noun is taken for granted by its article: "the attack on X"."""
        determiners = {child.text.lower() for child in self._clauses.children(predicate.token, "det", "poss")}
        return predicate.is_noun and bool(determiners) and determiners.isdisjoint(("a", "an", "any", "no"))

    def _concludes(self, verb: int, predicate: Predicate) -> bool:
        """Whether the verb makes the agreement rather than plans it: "agreed a ceasefire"."""
        return self._clauses.tokens[verb].lemma.lower() in ("agree", "arrange") and predicate.sense.sub_event_type in (
            "ceasefire",
            "agreement",
        )

    def _is_called_untrue(self, predicate: Predicate) -> bool:
        """Whether the clause above says that it is not so: "claims that they shelled X are false"."""
        clauses = self._clauses
        path = clauses.path_up(predicate.token)
        for at, head in itertools.pairwise(path):
            if clauses.tokens[at].dep in ("nsubj", "nsubjpass") and (
                self._is(at, "speech_nouns") or self._is_told_by(at, path)
            ):
                name = "untrue"  # "reports" at the head of a sentence may be tagged as a verb
            elif at not in predicate.anchors and clauses.is_verb(at) and not self._is(at, "say"):
                return False  # what the claims are told of is another act
            elif self._is(at, "speech_nouns") and self._is_without_truth(at):
                return True
            elif clauses.tokens[at].dep in ("ccomp", "csubj"):
                name = "untrue_clause"
            else:
                continue
            called = [head, *(child.index for child in clauses.children(head, "acomp", "attr", "oprd"))]
            if self._is(head, "proving"):  # "turned out to be false"
                below = [child.index for child in clauses.children(head, "xcomp")]
                called += [one.index for verb in below for one in clauses.children(verb, "acomp", "attr", "oprd")]
            if any(self._is(word, name) for word in called):
                return not any(clauses.children(verb, "neg") for verb in (head, clauses.tokens[head].head))
        return False

    def _is_told_by(self, noun: int, path: list[int]) -> bool:
        """Whether a noun is what tells of the event on the way up: "a video claiming that they seized X"."""
        return any(self._is(one.index, "say") and one.index in path for one in self._clauses.children(noun, "acl"))

    def _is_without_truth(self, noun: int) -> bool:
        """Whether nothing is true of what a noun of saying tells: "there is no truth to reports that"."""
        clauses = self._clauses
        prep = clauses.tokens[noun].head
        for above in (clauses.tokens[prep].head, *clauses.objects(clauses.tokens[prep].head)):
            if self._is(above, "truth") and any(
                self._lower[child.index] in ("no", "little") for child in clauses.children(above, "det", "amod")
            ):
                return clauses.tokens[noun].dep == "pobj"
        return False

    def _misread_denial(self, predicate: Predicate) -> str | None:
        """Return who denies, where the parser took the verb of denying for a noun: "X rejects reports of the strike"."""
        passage = self._clauses.passage_of(predicate.token)
        for at in range(predicate.token - 1, max(0, predicate.token - 7), -1):
            token = self._clauses.tokens[at]
            if token.start < passage.start:
                break
            if self._is(at, "deny") and not self._clauses.is_verb(at) and self._clauses.tokens[at - 1].pos == "PROPN":
                return self._name(at - 1)
        return None

    def _of_verb(self, at: int) -> str | None:
        children = self._clauses.children(at)
        auxiliaries = {self._lower[child.index] for child in children if child.dep in ("aux", "auxpass")}
        if any(
            child.dep == "neg" or (child.dep == "advmod" and self._lower[child.index] in self._words["negation"])
            for child in children
        ):
            return "negated"
        for child in children:
            if child.dep in ("nsubj", "nsubjpass") and self._is_nobody(child.index):
                return "negated"
        if self._is_at_no_time(at):
            return "negated"
        if any(child.dep in ("mark", "advmod") and self._is(child.index, "condition") for child in children):
            return "possible"
        if auxiliaries & self._words["modal_possible"] and not self._is_perceived(at, auxiliaries):
            return "possible"
        if auxiliaries & self._words["modal_future"]:
            return "future"
        if "to" in auxiliaries and self._clauses.tokens[at].dep == "ROOT":
            return "future"
        if "had" in auxiliaries:
            return "background"
        if any(self._is(child.index, "unattributed") and child.dep == "advmod" for child in children):
            return "unattributed"
        return None

    def _is_perceived(self, verb: int, auxiliaries: set[str]) -> bool:
        """Whether it was there to be heard or seen: "explosions could be heard"."""
        return auxiliaries <= self._words["perceived_by"] and self._is(verb, "perceiving")

    def _is_done(self, below: int, word: int) -> bool:
        """Whether a word of plans tells what was done: "the murder was committed", "aimed at X", "were able to land"."""
        token = self._clauses.tokens[below]
        if self._is(word, "doing_to"):
            return token.dep in ("nsubj", "nsubjpass", "dobj")
        if self._is(word, "naming"):
            return token.dep == "oprd" or (token.dep == "nsubjpass" and not self._clauses.preps(word, "for"))
        return self._lower[word] == "able" and self._lower[self._clauses.tokens[word].head] in ("was", "were")

    def _is_set_off(self, verb: int) -> bool:
        """Whether bombs were set off, or houses set on fire: no date was set."""
        behind = [child.index for child in self._clauses.children(verb, "prt", "acomp", "advmod", "oprd")]
        return self._lower[verb] == "set" and any(self._is(at, "set_going") for at in behind)

    def _is_one_of_a_row(self, noun: int) -> bool:
        """Whether an infinitive tells what befell one of several: "the third journalist to be killed"."""
        below = self._clauses.children(noun, "amod", "advmod", "nummod")
        return any(self._is(child.index, "in_a_row") for child in below)

    def _is_nobody(self, noun: int) -> bool:
        """Whether a noun phrase stands for nobody: "no civilian", "neither side", "not a single soldier", "hardly any shells"."""
        if self._lower[noun] in self._words["negation"]:
            return True
        determiners = self._clauses.children(noun, "det", "preconj")
        if any(self._lower[one.index] == "neither" or self._is_no(one.index) for one in determiners):
            return True
        first = max(0, min(one.index for one in self._clauses.phrase_tokens(noun)) - _WORDS_OF_NOBODY)
        tokens = self._clauses.tokens
        passage = self._clauses.passage_of(noun)
        before = " ".join(self._lower[at] for at in range(first, noun) if tokens[at].start >= passage.start)
        return casualty_words().nobody.search(f"{before} ") is not None

    def _is_no(self, determiner: int) -> bool:
        """Whether a determiner is "no" and opens no number: "no fewer than 12"."""
        follows = self._lower[determiner + 1 : determiner + 2]
        return self._lower[determiner] == "no" and not self._words["comparing"].intersection(follows)

    def _is_at_no_time(self, verb: int) -> bool:
        """Whether it is said before a verb that it never was: "at no time did they shell", "had at no point shelled"."""
        passage = self._clauses.passage_of(verb)
        for at in range(verb - 3, max(0, verb - _BEFORE_A_VERB) - 1, -1):
            if self._clauses.tokens[at].start < passage.start or self._clauses.tokens[at + 2].pos == "VERB":
                return False
            if " ".join(self._lower[at : at + 3]) in self._words["at_no_time"]:
                return True
        return False

    def _is_harm_alone(self, predicate: Predicate, verb: int) -> bool:
        """Whether a verb tells only what an event taken for granted did: "nobody was killed in the attack"."""
        tells_harm = verb in predicate.outcomes or self._lower[verb] in casualty_words().by_form
        return tells_harm and verb != predicate.token and self._is_given(predicate)

    def _is_unsaid(self, verb: int) -> bool:
        """Whether a verb of denying tells of no denial: "did not deny", "neither confirmed nor denied", "refused to deny"."""
        while True:
            token = self._clauses.tokens[verb]
            joined = token.dep == "conj" and self._clauses.is_verb(token.head)
            above = self._clauses.tokens[token.head].head if token.dep == "pcomp" else token.head
            withheld = token.dep in ("xcomp", "pcomp") and self._is(above, "withholding")
            if withheld or self._of_verb(verb) in ("negated", "possible", "future"):
                return True
            if not joined:
                return any(self._lower[child.index] == "neither" for child in self._clauses.children(verb))
            if self._has_own_frame(verb):
                return False
            if any(self._lower[child.index] == "nor" for child in self._clauses.children(token.head, "cc")):
                return True
            verb = token.head

    def _has_own_frame(self, at: int) -> bool:
        """Whether a coordinated verb has its own subject or auxiliary, so that the first verb's do not hold for it."""
        return any(child.dep in ("nsubj", "nsubjpass", "aux", "auxpass") for child in self._clauses.children(at))

    def _is_only_named(self, predicate: Predicate) -> bool:
        """Whether nothing is told of what a noun names: "a potential assault", and not "the planned attack killed nine"."""
        is_alone = not predicate.outcomes and predicate.anchors <= {predicate.token}
        return is_alone and self._clauses.tokens[predicate.token].dep not in ("nsubj", "nsubjpass")

    def _is_of_a_court(self, verb: int) -> bool:
        """Whether a court dismisses or rejects something: a plea, and no account of what happened."""
        subjects = self._clauses.subjects(verb)
        return any(self._clauses.tokens[at].lemma.lower() in grammar("courts") for at in subjects)

    def _is_finite_beside(self, at: int, head: int) -> bool:
        """Whether a verb in the past was joined to an infinitive: "refused to surrender and fired" tells that they fired."""
        tokens = self._clauses.tokens
        return tokens[at].tag == "VBD" and tokens[head].tag == "VB" and self._is_purpose(head)

    def _is_purpose(self, at: int) -> bool:
        """Whether the clause is an infinitive of purpose or content: "troops sent to seize", "a plan to attack"."""
        return any(child.dep == "aux" and self._lower[child.index] == "to" for child in self._clauses.children(at))

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

    def _is_passive_object(self, dep: str, head: int) -> bool:
        """Whether the way up goes through the subject of a passive "is reported", whose speaker is not named."""
        return dep == "nsubjpass" and not self._clauses.preps(head, "by")

    def _is_known_of(self, clause: int, noun: int) -> bool:
        """Whether a past participle tells what befell some who are counted, definite or set off: "the two drivers, abducted ..."."""
        tokens, clauses = self._clauses.tokens, self._clauses
        if tokens[clause].tag != "VBN" or clauses.preps(noun, "of"):
            return False
        before = [child.text.lower() for child in clauses.children(noun, "det", "poss", "nummod") if child.index < noun]
        counted = bool(clauses.children(noun, "nummod"))
        return "any" not in before and (counted or "the" in before or self._lower[clause - 1] == ",")

    def _is_question(self, predicate: Predicate) -> bool:
        passage = self._clauses.passage_of(predicate.token)
        return self._clauses.document.text[passage.start : passage.end].rstrip(" \n\"'”’").endswith("?")

    # ------------------------------------------------------------ denials
    @property
    def authoring(self) -> frozenset[str]:
        """Verbs that say who did an act: "carried out the attack"."""
        return self._words["authoring"]

    @property
    def aiming(self) -> frozenset[str]:
        """Words that say at whom an act was aimed: "targeted", "deliberately"."""
        return self._words["aiming"]

    def blames(self) -> list[tuple[int, list[int], str | None]]:
        """Return verbs that say who did something, each with the tokens of who may be meant and the words for who says so."""
        clauses = self._clauses
        found = []
        for at, word in enumerate(self._lower):
            if word not in self._words["blame"] or not clauses.is_verb(at):
                continue
            if self._of_verb(at) in ("negated", "possible", "future"):
                continue
            # "Blamed the attack on X", "an attack blamed on X": the parser may hang X on either.
            patients = clauses.patients(at)
            whom = [below for above in (at, *patients) for _, below in clauses.preps(above, "on")]
            by = at
            if clauses.tokens[at].dep == "conj" and not self._has_own_frame(at):
                # "X said that nine were killed, and blamed Y": the parser may join it to what X said.
                by = next((one for one in clauses.path_up(at)[1:] if clauses.is_verb(one) and self._is(one, "say")), at)
            found.append((at, whom + patients, self._speaker(by)))
        return found

    def denials(self, owned: frozenset[int]) -> list[Denial]:
        """Return the denials that name no event: "denied the claim", "says it is untrue".

        Parameters
        ----------
        owned
            Tokens that belong to predicates; a denial above one of them is that predicate's own.
        """
        found = []
        telling = {"alarm", "hoax"}.union(*(self._words[one].intersection(self._lower) for one in _TELLING))
        for at, word in enumerate(self._lower):
            if word not in telling:
                continue
            token = self._clauses.tokens[at]
            if self._is(at, "deny") and token.pos == "VERB":
                if self._denied_words(at) & owned or self._is_unsaid(at):
                    continue
                contents = {self._lower[child] for child in self._clauses.patients(at)}
                clausal = [
                    inner
                    for child in self._clauses.children(at, "xcomp", "ccomp", "pcomp", "advcl")
                    if not self._is_said_besides(child)
                    for inner in self._clauses.document.subtree(child.index)
                ]
                if clausal and not contents:
                    # "denied using the school" denies another thing; "denied doing so", "denied that it was behind it" do not.
                    contents = {self._lower[inner] for inner in clausal}
                    names = [
                        ("deniable_part_clause", "part"),
                        ("deniable_clause", "event"),
                        ("deniable_losses", "losses"),
                    ]
                else:
                    names = [
                        ("deniable_part", "part"),
                        ("deniable", "event"),
                        ("deniable_losses", "losses"),
                        ("deniable_figures", "figures"),
                    ]
                of = next((of for name, of in names if contents & self._words[name]), None if contents else "event")
                if of is not None:
                    found.append(Denial(self._clauses.passage_of(at).index, at, self._speaker(at), of))
            elif self._is(at, "calling") and self._clauses.is_verb(at):
                if self._calls_untrue(at):
                    found.append(Denial(self._clauses.passage_of(at).index, at, self._speaker(at)))
            elif self._is(at, "take_back") and self._clauses.is_verb(at):
                if self._takes_back_what_was_told(at, owned):
                    found.append(Denial(self._clauses.passage_of(at).index, at, self._speaker(at), is_of_teller=True))
            elif self._is_untrue(at) and token.dep in ("acomp", "attr", "oprd", "dobj", "pobj"):
                verb = self._clauses.clause_head(at)
                if not owned.isdisjoint(self._clauses.document.subtree(verb)) or self._is_unsaid(verb):
                    continue
                above = self._clauses.tokens[verb].head
                speaker = self._speaker(above) if self._is(above, "say", "deny") else None
                if speaker is not None or self._is_of_what_was_told(verb, at):
                    found.append(Denial(self._clauses.passage_of(at).index, at, speaker, is_of_teller=speaker is None))
        return found

    def _calls_untrue(self, verb: int) -> bool:
        """Whether a verb calls what was told false: "called the report fake news", "described the claim as baseless"."""
        words = self._lower[verb + 1 : min(verb + _CALLED_WITHIN, self._end_of_passage(verb))]
        told = next((at for at, word in enumerate(words) if word in self._words["deniable"]), None)
        return told is not None and not self._words["untrue"].isdisjoint(words[told:])

    def _end_of_passage(self, at: int) -> int:
        tokens = self._clauses.document.tokens_between(self._clauses.tokens[at].start, self._clauses.passage_of(at).end)
        return tokens[-1].index + 1

    def _is_untrue(self, at: int) -> bool:
        """Whether a word says that what was told is not so: "untrue", "a false alarm"."""
        if self._lower[at] != "alarm":
            return self._is(at, "untrue") or self._lower[at] == "hoax"
        return any(self._lower[child.index] == "false" for child in self._clauses.children(at, "amod", "compound"))

    def _is_of_what_was_told(self, verb: int, untrue: int) -> bool:
        """Whether the subject points back to what was told: "the claim turned out to be untrue", "it was a false alarm"."""
        clauses = self._clauses
        while not clauses.subjects(verb) and clauses.tokens[verb].dep == "xcomp":
            verb = clauses.tokens[verb].head
        is_no_event = self._lower[untrue] in ("alarm", "hoax")
        return any(
            self._points_back(at) or (is_no_event and self._lower[at] in ("it", "this", "that"))
            for at in clauses.subjects(verb)
        )

    def _points_back(self, noun: int) -> bool:
        """Whether a noun of saying stands for what was told before, and has no content of its own."""
        clauses = self._clauses
        if not self._is(noun, "speech_nouns"):
            return False
        determiners = {child.text.lower() for child in clauses.children(noun, "det", "poss")}
        has_content = clauses.children(noun, "acl", "ccomp", "relcl") or clauses.preps(noun, "of", "about", "on")
        return not determiners.isdisjoint(_POINTING) and not has_content

    def _takes_back_what_was_told(self, verb: int, owned: frozenset[int]) -> bool:
        """Whether a claim told before is withdrawn: "later retracted the statement", "the report was withdrawn"."""
        clauses = self._clauses
        if self._denied_words(verb) & owned - {verb} or self._of_verb(verb) in ("negated", "possible", "future"):
            return False
        return any(
            self._points_back(at)
            for at in (*clauses.patients(verb), *(one for _, one in clauses.preps(verb, "on", "from")))
        )

    def _denied_words(self, deny: int) -> set[int]:
        """Return the tokens that hang on a verb of denying, without what is said besides: "denied it, saying that"."""
        clauses = self._clauses
        passage = clauses.passage_of(deny)
        # "... took the town; the army denied this": the parser may hang the one on the other.
        own = {token.index for token in clauses.document.tokens_between(passage.start, passage.end)}
        besides = {
            inner
            for child in clauses.children(deny)
            if self._is_said_besides(child)
            for inner in clauses.document.subtree(child.index)
        }
        return own & set(clauses.document.subtree(deny)) - besides

    def _is_said_besides(self, child: Token) -> bool:
        """Whether a clause beside a verb of denying tells what the denier says instead: "and said", ", saying that"."""
        return child.dep in ("advcl", "conj", "parataxis") and self._is(child.index, "say")
