"""Denials that name no event of their own, and who is blamed: "Armenia denies it", "the ministry blamed the rebels"."""

from __future__ import annotations

from dataclasses import dataclass

from geoconflict.extract.language.model import Token
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.extract.telling.moods import MoodReader

__all__ = ["Denial", "DenialReader"]

_TELLING = ("calling", "deny", "faked", "untrue", "take_back")
"""Classes of words that may deny something by themselves."""
_CALLED_WITHIN = 9
"""Words behind a verb of calling within which it says what it calls false."""
_POINTING = frozenset({"her", "his", "its", "that", "the", "their", "these", "this", "those"})


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial that names no event of its own: "Armenia denies it"."""

    passage: int
    token: int
    by: str | None
    of: str = "event"
    """"event", "part" (who did it: "denied responsibility"), "losses" ("denied any losses"), "figures" ("disputed the figure")
    or "ground" ("insisted that it still held the town", of which `token` is the town)."""
    is_of_teller: bool = False
    """Whether those who told it take it back, or nobody is named who denies it: "later retracted the statement"."""


class DenialReader(MoodReader):
    """Reads what is denied and who is blamed in one document."""

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
            to = "to" if self._is(at, "ascribe") else "on"
            whom = [below for above in (at, *patients) for _, below in clauses.preps(above, to)]
            by = at
            if clauses.tokens[at].dep == "conj" and not self._has_own_frame(at):
                # "X said that nine were killed, and blamed Y": the parser may join it to what X said.
                by = next((one for one in clauses.path_up(at)[1:] if clauses.is_verb(one) and self._is(one, "say")), at)
            found.append((at, whom if to == "to" else whom + patients, self._speaker(by)))
        return found

    def denials(self, owned: frozenset[int]) -> list[Denial]:
        """Return the denials that name no event: "denied the claim", "says it is untrue".

        Parameters
        ----------
        owned
            Tokens that belong to predicates; a denial above one of them is that predicate's own.
        """
        found = []
        owned -= {at for at in owned if self.is_taking_part(at)}
        telling = {"alarm", "hoax"}.union(*(self._words[one].intersection(self._lower) for one in _TELLING))
        for at, word in enumerate(self._lower):
            if word not in telling:
                continue
            token = self._clauses.tokens[at]
            if self._is(at, "deny") and token.pos == "VERB":
                if self._denies_a_bare_deed(at) or self._denies_a_part(at):
                    found.append(Denial(self._clauses.passage_of(at).index, at, self._speaker(at), "part"))
                    continue
                if self._denied_words(at) & owned or self._is_unsaid(at):
                    continue
                contents = {self._lower[child] for child in self._clauses.patients(at)}
                contents = set() if self._denies_the_clause_before(at) else contents
                if len(contents) > 1:
                    contents.discard(
                        "it"
                    )  # "denies it arms the rebels": the parser takes the clause for a second object
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
            elif self._is_untrue(at) and (
                token.dep in ("acomp", "attr", "oprd", "dobj", "pobj") or self._clauses.is_passive(at)
            ):
                verb = self._clauses.clause_head(at)
                if self._denied_words(verb) & owned or self._is_unsaid(verb):
                    continue
                above = self._clauses.tokens[verb].head
                speaker = self._speaker(above) if self._is(above, "say", "deny") else None
                if speaker is not None or self._is_of_what_was_told(verb, at):
                    found.append(Denial(self._clauses.passage_of(at).index, at, speaker, is_of_teller=speaker is None))
        return found

    def is_taking_part(self, verb: int) -> bool:
        """Return whether a verb with its object only says that somebody had to do with it: "took part", "played a role"."""
        return self._clauses.is_verb(verb) and any(map(self.is_part, self._clauses.objects(verb)))

    def is_part(self, noun: int) -> bool:
        """Return whether a noun says that somebody had to do with it: "involvement", "a role"."""
        return self._is(noun, "deniable_part")

    def holders(self) -> list[Denial]:
        """Return where somebody says that he has what others may say they took: "insisted that it still held the town"."""
        found = []
        for at, word in enumerate(self._lower):
            if word in self._words["holding"] and self._clauses.is_verb(at):
                verb, held = at, self._clauses.objects(at)
            elif word in self._words["in_hand"] and self._clauses.tokens[at].dep == "pobj":
                verb = self._clauses.clause_head(at)
                held = self._clauses.subjects(verb)
            else:
                continue
            is_still = any(child.text.lower() == "still" for child in self._clauses.children(verb, "advmod"))
            is_still = is_still or self._clauses.tokens[verb].lemma.lower() in ("remain", "retain", "stay")
            above = self._clauses.tokens[verb].head
            if not (is_still and held and self._clauses.tokens[verb].dep == "ccomp" and self._is(above, "say", "deny")):
                continue
            if (speaker := self._speaker(above)) is not None and self._of_verb(verb) is None:
                found.append(Denial(self._clauses.passage_of(at).index, held[0], speaker, "ground"))
        return found

    def _denies_the_clause_before(self, deny: int) -> bool:
        """Whether what is denied is a clause, though the parser hangs it on the last noun: "said it took X, which Y denied"."""
        return any(
            child.text.lower() == "which" and child.index and self._lower[child.index - 1] == ","
            for child in self._clauses.children(deny, "dobj")
        )

    def _denies_a_bare_deed(self, deny: int) -> bool:
        """Whether somebody denies to have done what was told, by a word for it alone: "denied firing it", "that his men had fired"."""
        if self._is_unsaid(deny):
            return False
        clauses = self._clauses
        for child in clauses.children(deny, "xcomp", "ccomp", "pcomp"):
            is_bare = not clauses.preps(child.index, "at", "in", "into", "on", "near")
            if self._is(child.index, "deniable_deeds") and is_bare:
                return all(self._stands_for_the_deed(one) for one in clauses.objects(child.index))
        return False

    def _denies_a_part(self, deny: int) -> bool:
        """Whether somebody denies to have had to do with what was told: "denied involvement in the attack"."""
        clauses = self._clauses
        return not self._is_unsaid(deny) and any(
            self.is_part(at) and any(self._is_told_before(below) for _, below in clauses.preps(at, "for", "in"))
            for at in clauses.patients(deny)
        )

    def _is_told_before(self, noun: int) -> bool:
        """Whether a noun points back to an incident, and says not where: "the attack", "those killings"."""
        is_definite = any(self._lower[one.index] in _POINTING for one in self._clauses.children(noun, "det"))
        is_bare = is_definite and not self._clauses.preps(noun)
        return is_bare and self._clauses.tokens[noun].lemma.lower() in grammar("incident_nouns")

    def _stands_for_the_deed(self, index: int) -> bool:
        """Whether the object of a verb is what was told before: "it", "the missile"."""
        is_definite = any(self._lower[one.index] in _POINTING for one in self._clauses.children(index, "det"))
        return self._lower[index] in ("it", "them", "this", "that") or (
            is_definite and self._lower[index] in grammar("fired_munitions")
        )

    def _calls_untrue(self, verb: int) -> bool:
        """Whether a verb calls what was told false: "called the report fake news", "described the claim as baseless"."""
        words = self._lower[verb + 1 : min(verb + _CALLED_WITHIN, self._end_of_passage(verb))]
        told = next((at for at, word in enumerate(words) if word in self._words["deniable"]), None)
        return told is not None and not self._words["untrue"].isdisjoint(words[told:])

    def _end_of_passage(self, at: int) -> int:
        tokens = self._clauses.document.tokens_between(self._clauses.tokens[at].start, self._clauses.passage_of(at).end)
        return tokens[-1].index + 1

    def _is_untrue(self, at: int) -> bool:
        """Whether a word says that what was told is not so: "untrue", "staged", "a false alarm"."""
        if self._lower[at] != "alarm":
            return self._is(at, "untrue", "faked")
        return any(self._lower[child.index] == "false" for child in self._clauses.children(at, "amod", "compound"))

    def _is_of_what_was_told(self, verb: int, untrue: int) -> bool:
        """Whether the subject points back to what was told: "the claim turned out to be untrue", "it was a false alarm"."""
        clauses = self._clauses
        while not clauses.subjects(verb) and clauses.tokens[verb].dep == "xcomp":
            verb = clauses.tokens[verb].head
        # "It" that was staged may be the picture that was told of.
        is_no_event = self._lower[untrue] in ("alarm", "hoax") or (
            self._is(untrue, "faked") and self._shows_before(self._clauses.passage_of(verb).index)
        )
        return any(
            self._points_back(at) or (is_no_event and self._lower[at] in ("it", "this", "that"))
            for at in clauses.subjects(verb)
        )

    def _points_back(self, noun: int) -> bool:
        """Whether a noun of saying or showing stands for what was told before, and has no content of its own."""
        clauses = self._clauses
        if not (self._is(noun, "speech_nouns") or clauses.lemma(noun) in self._words["media_of_fakes"]):
            return False
        determiners = {child.text.lower() for child in clauses.children(noun, "det", "poss")}
        has_content = clauses.children(noun, "acl", "ccomp", "relcl") or clauses.preps(noun, "of", "about", "on")
        return not determiners.isdisjoint(_POINTING) and not has_content

    def _shows_before(self, passage: int) -> bool:
        """Whether the passage before one names a picture or a post."""
        before = self._clauses.passages[passage - 1 : passage] if passage else ()
        return any(not self._words["media_of_fakes"].isdisjoint(self._clauses.words_of(one)) for one in before)

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
