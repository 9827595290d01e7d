"""What a verb's own words make of its deed: denied, possible, to come, told by nobody."""

from __future__ import annotations

from geoconflict.extract.casualties.words import words as casualty_words
from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.telling.speakers import SpeakerReader

__all__ = ["MoodReader"]

_WORDS_OF_NOBODY = 3
"""How many words before a noun phrase may still belong to it: "not even" of "not even one soldier"."""
_BEFORE_A_VERB = 12
_IN_AN_ARRANGEMENT = frozenset({"also", "be", "now", "soon", "still", "then"})
"""What may stand between the parts of "is to" and the verb: "is then to be handed over"."""


class MoodReader(SpeakerReader):
    """Reads what is said of single verbs in one document."""

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
        may_be = auxiliaries & self._words["modal_possible"] and not self._is_perceived(at, auxiliaries)
        if may_be and not self._came_about_at_last(at, auxiliaries):
            return "possible"
        if auxiliaries & self._words["modal_future"]:
            return "future"
        if "to" in auxiliaries and self._clauses.tokens[at].dep == "ROOT":
            return "future"
        if "to" in auxiliaries and (arranged := self._of_arrangement(at)) is not None:
            return arranged
        if "had" in auxiliaries:
            return "background"
        if any(self._is(child.index, "unattributed") and child.dep == "advmod" for child in children):
            return "unattributed"
        return None

    def _of_arrangement(self, verb: int) -> str | None:
        """Return what "X is to hand over Y" tells of: what is still to come, or, in the past, what was only meant."""
        token = self._clauses.tokens[verb]
        above = self._clauses.tokens[token.head]
        if token.dep != "xcomp" or above.lemma.lower() != "be" or above.index > verb:
            return None
        between = [word for word in self._lower[above.index + 1 : verb] if word not in _IN_AN_ARRANGEMENT]
        if between != ["to"]:
            return None  # "was about to", "is likely to"
        if any(self._is(at, "aims") for at in self._clauses.subjects(above.index)):
            return "possible"  # "their aim is to capture X"
        return "future" if self._lower[above.index] in ("is", "are", "'s", "’s", "am") else "possible"

    def _is_perceived(self, verb: int, auxiliaries: set[str]) -> bool:
        """Whether it was there to be heard or seen: "explosions could be heard"."""
        return auxiliaries <= self._words["perceived_by"] and self._is(verb, "perceiving")

    def _came_about_at_last(self, verb: int, auxiliaries: set[str]) -> bool:
        """Whether what could be done on no day before was done then: "could only enter on Monday", "could enter only on Monday"."""
        if auxiliaries & self._words["modal_possible"] != {"could"}:
            return False
        clauses = self._clauses
        clauses_of_it = clauses.children(verb, "advcl")
        if any(self._is(one.index, "condition") for it in clauses_of_it for one in clauses.children(it.index, "mark")):
            return False
        for preposition in (verb, *(child.index for child in clauses.children(verb, "prep"))):
            if any(self._lower[child.index] == "only" for child in clauses.children(preposition, "advmod")):
                return any(
                    self._lower[day] in lexicon_words("dates", "weekdays") and not clauses.children(day, "amod")
                    for _, day in clauses.preps(verb, "on")
                )
        return False

    def _is_nobody(self, noun: int) -> bool:
        """Whether a noun phrase stands for nobody: "no civilian", "neither side", "not a single soldier", "hardly any shells"."""
        if self._lower[noun] in self._words["negation"]:
            return not self._is_before_number(noun)
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
        is_no = self._lower[determiner] == "no" and not self._is_before_number(determiner)
        return is_no and not self._words["comparing"].intersection(follows)

    def _is_before_number(self, at: int) -> bool:
        """Whether "no" is short for number: "School No. 4"."""
        behind = [one for one in self._lower[at + 1 : at + 3] if one != "."]
        return self._lower[at] in ("no", "no.") and bool(behind) and behind[0].isdigit()

    def _is_at_no_time(self, verb: int) -> bool:
        """Whether it is said before a verb that it never was: "at no time did they shell", "had at no point shelled"."""
        passage = self._clauses.passage_of(verb)
        for at in range(verb - 3, max(0, verb - _BEFORE_A_VERB) - 1, -1):
            if self._clauses.tokens[at].start < passage.start or self._clauses.tokens[at + 2].pos == "VERB":
                return False
            if " ".join(self._lower[at : at + 3]) in self._words["at_no_time"]:
                return True
        return False

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

    def _is_ended_by_parley(self, end: int) -> bool:
        """Whether a verb tells that what was signed or agreed ended something: "a statement that ended the fighting"."""
        clauses = self._clauses
        ends = clauses.is_verb(end) and clauses.lemma(end) in self._words["ceasing"]
        if not ends:
            return False
        by = list(clauses.subjects(end))
        if (
            clauses.tokens[end].dep == "relcl"
        ):  # "signed a statement on Monday that ended it": the parser may hang it on the day
            by += clauses.objects(clauses.clause_head(clauses.tokens[end].head))
        return any(self._is(at, "parley") for at in by)
