"""Questions about a sentence's dependency tree, asked the same way everywhere: who, to whom, with what, how far apart.

The small model's trees are often wrong in detail, so every question tolerates the usual mistakes: an agent phrase
labelled as an ordinary preposition, a participle without its passive auxiliary, a list read as a chain of appositions.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from geoconflict.extract.language.model import Document, Token
from geoconflict.extract.lexicon import lexicon_words, read_lexicon
from geoconflict.extract.predicates.passages import Passage, hyphened_words, split_passages

__all__ = ["CLAUSE_DEPS", "FINITE_TAGS", "MONTHS", "WHERE", "Clauses", "grammar"]

CLAUSE_DEPS = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "csubj", "csubjpass", "parataxis"})
"""Dependency labels that open a clause; ``conj`` opens one too when both ends are verbs."""

_SUBJECT_DEPS = frozenset({"nsubj", "nsubjpass", "csubj"})
_OBJECT_DEPS = frozenset({"dobj", "obj", "dative", "oprd", "attr"})
_NAME_DEPS = frozenset({"compound", "amod", "nmod", "poss", "nummod", "det", "appos", "npadvmod", "advmod", "quantmod"})
WHERE = frozenset({"at", "in", "inside", "near", "outside"})
"""Prepositions of where something happens."""
MONTHS = frozenset(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"])
"""How names of months begin."""
FINITE_TAGS = frozenset({"MD", "VBD", "VBP", "VBZ"})
"""Of the first verb of a clause that stands by itself."""
_RELATIVE = frozenset({"that", "which", "who", "whom", "whose"})


@functools.cache  # asked of every word of a sentence
def grammar(key: str) -> frozenset[str]:
    """Return the words listed under `key` of ``event_grammar.toml``."""
    return lexicon_words("event_grammar", key)


class Clauses:
    """The dependency tree of one document, with the questions that event extraction asks of it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tokens = document.tokens
        self.lower = [token.text.lower() for token in document.tokens]
        """Each token in small letters."""
        self.plain = [word.replace("’", "'") for word in self.lower] if "’" in document.text else self.lower
        """The same with plain apostrophes."""
        self.passages = split_passages(document)
        self._passage_of = self._index_passages()
        self._hyphened = hyphened_words(document)
        self._words_of: dict[int, frozenset[str]] = {}
        self._finds: dict[tuple[str, int], bool] = {}
        # What many rules ask of the same token is found once.
        self._children = [[self.tokens[at] for at in document.children(index)] for index in range(len(self.tokens))]
        self._paths: dict[int, list[int]] = {}
        self._paths_within: dict[int, list[int]] = {}
        self._ancestors: dict[int, frozenset[int]] = {}
        self._clauses: dict[int, list[Token]] = {}
        self._phrases: dict[tuple[int, bool], list[Token]] = {}
        self._words_at: dict[int, frozenset[str]] = {}
        self._passives: dict[int, bool] = {}
        self._preps: dict[int, list[tuple[str, int]]] = {}
        self._subjects: dict[int, list[int]] = {}

    def _index_passages(self) -> list[int]:
        owner: list[int] = []
        at = 0
        for token in self.tokens:
            while at + 1 < len(self.passages) and token.start >= self.passages[at + 1].start:
                at += 1
            owner.append(at)
        return owner

    def passage_of(self, index: int) -> Passage:
        """Return the passage that holds token `index`."""
        return self.passages[self._passage_of[index]]

    def words_of(self, passage: Passage) -> frozenset[str]:
        """Return the words of a passage, lower case, as written and as lemma."""
        if passage.index not in self._words_of:
            self._words_of[passage.index] = self._forms(self.document.tokens_between(passage.start, passage.end))
        return self._words_of[passage.index]

    def finds(self, pattern: re.Pattern[str], passage: Passage) -> bool:
        """Whether a pattern finds anything in a passage, of which each of its predicates asks."""
        key = (pattern.pattern, passage.index)
        found = self._finds.get(key)
        if found is None:
            match = pattern.search(self.document.text, passage.start, passage.end)
            found = self._finds[key] = match is not None
        return found

    def lemma(self, index: int) -> str:
        """Return the lemma of token `index`, lower case."""
        return self.tokens[index].lemma.lower()

    # ------------------------------------------------------------ the tree
    def path_up(self, index: int) -> list[int]:
        """Return token `index` and its ancestors up to the root of the sentence; not to be changed, for it is found once."""
        path = self._paths.get(index)
        if path is None:
            path = self._paths[index] = [index]
            while (head := self.tokens[path[-1]].head) != path[-1]:
                path.append(head)
        return path

    def path_in_passage(self, index: int) -> list[int]:
        """Return of :meth:`path_up` what stands in the passage of token `index`; not to be changed, for it is found once."""
        path = self._paths_within.get(index)
        if path is None:
            owner = self._passage_of
            path = self._paths_within[index] = [at for at in self.path_up(index) if owner[at] == owner[index]]
        return path

    def lies_in_since(self, index: int) -> bool:
        """Whether token `index` only says from when something is counted: "the worst since the town on X fell"."""
        return any(
            self.tokens[at].dep == "advcl" and any(mark.text.lower() == "since" for mark in self.children(at, "mark"))
            for at in self.path_up(index)
        )

    def is_verb(self, index: int) -> bool:
        """Whether token `index` is used as a verb."""
        return self.tokens[index].pos in ("VERB", "AUX")

    def opens_clause(self, index: int) -> bool:
        """Whether token `index` heads a clause of its own."""
        token = self.tokens[index]
        if token.dep in CLAUSE_DEPS:
            return token.dep in ("ROOT", "ccomp", "advcl", "relcl") or self.is_verb(index)
        return token.dep == "conj" and self.is_verb(index) and self.is_verb(token.head)

    def clause_head(self, index: int) -> int:
        """Return the head of the clause that token `index` stands in: usually a verb."""
        for at in self.path_up(index):
            if self.opens_clause(at):
                return at
        return self.path_up(index)[-1]

    def children(self, index: int, *deps: str) -> Sequence[Token]:
        """Return the children of token `index`, of the labels `deps` when given."""
        found = self._children[index]
        return [token for token in found if token.dep in deps] if deps else found

    def conjuncts(self, index: int) -> list[int]:
        """Return token `index` and the tokens coordinated with it below it."""
        found = [index]
        for at in found:
            found.extend(token.index for token in self.children(at, "conj"))
        return found

    def is_passive(self, verb: int) -> bool:
        """Whether the verb is passive: by its auxiliary, or a bare participle after a noun ("troops killed in ...")."""
        found = self._passives.get(verb)
        if found is None:
            found = self._passives[verb] = self._reads_passive(verb)
        return found

    def _reads_passive(self, verb: int) -> bool:
        if any(token.dep in ("auxpass", "nsubjpass") for token in self.children(verb)):
            return True
        token = self.tokens[verb]
        if token.text.lower() in grammar("headline_participles") and self._ends_phrase(verb):
            # A headline drops the auxiliary: "46 insurgents killed in raid". "Shot and killed him" shares its object.
            if any(self.is_verb(one.index) and self.children(one.index, "dobj") for one in self.children(verb, "conj")):
                return False
            if token.tag == "VBD" and self._is_aimed(verb):
                return False
            return not any(child.dep in ("dobj", "ccomp", "aux") for child in self.children(verb))
        if token.tag != "VBN":
            return False
        if any(child.dep in ("aux", "nsubj", "dobj") for child in self.children(verb)):
            return False
        return token.dep in ("acl", "relcl", "amod", "ROOT", "conj", "ccomp", "advcl", "dep")

    def _is_aimed(self, verb: int) -> bool:
        """Whether "at" behind a verb names what was aimed at: "soldiers shot at a bus"; "two shot at a checkpoint" tells where."""
        if self.lower[verb + 1 : verb + 2] != ["at"]:
            return False
        people = read_lexicon("casualties")["people"]["nouns"]
        aims = (noun.lemma.lower() for noun in self.children(verb + 1, "pobj"))
        return any(noun in grammar("vehicles") or noun in people for noun in aims)

    def shares_auxiliary(self, verb: int) -> bool:
        """Whether a verb goes on with a list whose first one has the auxiliary: "ten were killed and 30 captured"."""
        token = self.tokens[verb]
        has_own = self.children(verb, "aux", "auxpass") or not self.children(verb, "nsubjpass")
        return (token.dep, token.tag) == ("conj", "VBN") and not has_own

    def _ends_phrase(self, verb: int) -> bool:
        """Whether nothing that may be an object follows the verb, whatever the parser calls it."""
        behind = verb + 2 if self.lower[verb + 1 : verb + 2] == ["dead"] else verb + 1  # "21 people shot dead in X"
        following = self.tokens[behind : behind + 1]
        if following and following[0].pos == "ADV" and following[0].text[:1].isupper():
            return False  # an unknown name
        return not following or following[0].pos in ("ADP", "ADV", "PUNCT", "CCONJ", "SCONJ", "SPACE")

    def subjects(self, verb: int) -> list[int]:
        """Return the grammatical subjects, borrowed from the governing clause where the verb has none."""
        found = self._subjects.get(verb)
        if found is None:
            found = self._subjects[verb] = self._read_subjects(verb)
        return found

    def _read_subjects(self, verb: int, depth: int = 0) -> list[int]:
        own = [token.index for token in self.children(verb) if token.dep in _SUBJECT_DEPS]
        if len(own) > 1:
            # "Drug War: The army kills ...": what stands before a colon heads the item.
            headed = [at for at in own if not any(self.lower[mark] == ":" for mark in range(at + 1, own[-1]))]
            own = headed or own
        if own:
            return [self._antecedent(at, verb) for at in own]
        token = self.tokens[verb]
        if depth > 4 or token.head == verb:
            return []
        if token.dep in ("acl", "relcl"):
            return [token.head]
        if token.dep == "xcomp":
            objects = [child.index for child in self.children(token.head, "dobj")]
            return objects or self._read_subjects(token.head, depth + 1)
        if token.dep in ("conj", "advcl", "dep"):
            return self._read_subjects(token.head, depth + 1)
        if token.dep == "pcomp":
            verb = self.clause_head(token.head)
            accused = self.objects(verb) if self.tokens[verb].lemma.lower() in grammar("object_does") else []
            if self.is_passive(verb) and self.tokens[verb].lemma.lower() in grammar("object_does"):
                accused = self.patients(verb) if depth < 4 else []
            return accused or self._read_subjects(verb, depth + 1)
        return []

    def _antecedent(self, index: int, verb: int) -> int:
        """Return the noun that a relative pronoun stands for."""
        token = self.tokens[index]
        if token.text.lower() in _RELATIVE and self.tokens[verb].head != verb and self.tokens[verb].dep != "ccomp":
            return self.tokens[verb].head
        if token.text.lower() in _RELATIVE and self.tokens[self.tokens[verb].head].pos in ("NOUN", "PROPN"):
            return self.tokens[verb].head
        return index

    def objects(self, verb: int) -> list[int]:
        """Return the direct objects."""
        found = [token.index for token in self.children(verb) if token.dep in _OBJECT_DEPS]
        if found:
            return found
        # A name behind the verb may be read as an adverb, or as a day without a preposition: "captured Xanth".
        return [
            token.index
            for token in self.children(verb, "advmod", "npadvmod")
            if token.text[:1].isupper()
            and (token.dep, token.pos) in (("advmod", "ADV"), ("advmod", "PROPN"), ("npadvmod", "PROPN"))
            and self.phrase_tokens(token.index, with_of=False)[0].index == verb + 1
            and token.text.casefold() not in lexicon_words("places", "calendar_words")
        ]

    def preps(self, index: int, *words: str) -> list[tuple[str, int]]:
        """Return (preposition, object) pairs under token `index`, chains of prepositions followed ("close to X")."""
        found = self._preps.get(index)
        if found is None:
            found = self._preps[index] = self._read_preps(index)
        return [pair for pair in found if not words or pair[0].split()[-1] in words]

    def _read_preps(self, index: int) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        for child in self.children(index):
            if child.dep not in ("prep", "agent", "prt", "advmod", "dep", "dative") or child.pos not in (
                "ADP",
                "SCONJ",
                "ADV",
                "VERB",
                "ADJ",
            ):
                continue
            word = child.text.lower()
            for grandchild in self.children(child.index):
                if grandchild.dep in ("pobj", "pcomp"):
                    found.append((word, grandchild.index))
                elif grandchild.dep == "prep":
                    found.extend((f"{word} {inner}", at) for inner, at in self._below_prep(grandchild))
        return found

    def _below_prep(self, prep: Token) -> list[tuple[str, int]]:
        return [(prep.text.lower(), token.index) for token in self.children(prep.index, "pobj", "pcomp")]

    def names_a_place(self, verb: int) -> bool:
        """Whether a preposition of place leads from a verb, or from whom it befell, to a name: "killed five in X"."""
        return any(
            word.split()[-1] in WHERE
            and any(token.pos == "PROPN" and token.text[:3] not in MONTHS for token in self.phrase_tokens(below))
            for at in (verb, *self.objects(verb))
            for word, below in self.preps(at)
        )

    def agents(self, verb: int) -> list[int]:
        """Return who does it: the by-phrase of a passive, the subject of an active verb."""
        if self.is_passive(verb):
            by = self.preps(verb, "by")  # "was shelled, but not by us" clears whom it names
            return [at for _, at in by if not any(self.children(self.tokens[at].head, "neg"))]
        return self.subjects(verb)

    def patients(self, verb: int) -> list[int]:
        """Return whom it is done to: the subject of a passive, the object of an active verb."""
        if self.is_passive(verb):
            return self.subjects(verb)
        return self.objects(verb)

    # ------------------------------------------------------------ phrases
    def phrase(self, index: int) -> tuple[int, int]:
        """Return the code-point range of the noun phrase headed by token `index`, without clauses that hang on it."""
        tokens = self.phrase_tokens(index)
        return tokens[0].start, tokens[-1].end

    def phrase_tokens(self, index: int, *, with_of: bool = True) -> Sequence[Token]:
        """Return the tokens of the noun phrase headed by token `index`: modifiers before it and its of-phrase."""
        found = self._phrases.get((index, with_of))
        if found is None:
            found = self._phrases[index, with_of] = self._read_phrase(index, with_of=with_of)
        return found

    def _read_phrase(self, index: int, *, with_of: bool) -> list[Token]:
        found = {index}
        queue = [index]
        while queue:
            at = queue.pop()
            for child in self.children(at):
                if child.dep == "conj" and at != index and self.tokens[at].dep in ("amod", "nmod", "compound", "poss"):
                    # "Azerbaijani and Armenian forces": both name the forces.
                    found.add(child.index)
                    queue.append(child.index)
                elif child.dep in _NAME_DEPS and child.dep != "appos" and (child.index < at or at != index):
                    found.add(child.index)
                    queue.append(child.index)
                elif child.dep == "case":
                    found.add(child.index)
                elif with_of and child.dep == "prep" and child.text.lower() == "of":
                    found.add(child.index)
                    queue.extend(token.index for token in self.children(child.index, "pobj"))
                    found.update(token.index for token in self.children(child.index, "pobj"))
        return [self.tokens[at] for at in sorted(found)]

    def words(self, index: int) -> frozenset[str]:
        """Return the words of the noun phrase at token `index`, lower case, as written and as lemma."""
        found = self._words_at.get(index)
        if found is None:
            found = self._words_at[index] = self._forms(self.phrase_tokens(index))
        return found

    def _forms(self, tokens: Iterable[Token]) -> frozenset[str]:
        """Return words as written and as lemma, and whole what the tokeniser cut at a hyphen: "sit-in"."""
        return frozenset(
            form
            for token in tokens
            for form in (self.lower[token.index], token.lemma.lower(), *self._hyphened.get(token.index, ()))
        )

    def clause_tokens(self, head: int) -> Sequence[Token]:
        """Return the tokens of the clause headed by token `head`, without the clauses below it."""
        tokens = self._clauses.get(head)
        if tokens is None:
            found = [head]
            for at in found:
                found.extend(child.index for child in self.children(at) if not self.opens_clause(child.index))
            tokens = self._clauses[head] = [self.tokens[at] for at in sorted(found)]
        return tokens

    # ------------------------------------------------------------ distance
    def head_of_span(self, start: int, end: int) -> int | None:
        """Return the token that governs the others in the half-open range of code points, or None."""
        tokens = self.document.tokens_between(start, end)
        inside = {token.index for token in tokens}
        for token in reversed(tokens):
            if token.head not in inside or token.head == token.index:
                return token.index
        return tokens[-1].index if tokens else None

    def distance(self, lower: int, trigger: int, anchors: frozenset[int]) -> tuple[float, list[int]]:
        """Return how loosely token `lower` hangs on the predicate, and the way up from it.

        Parameters
        ----------
        lower
            The head of a place or a date.
        trigger
            The predicate.
        anchors
            The predicate with the light verbs and auxiliary nouns that carry it ("launched an attack").

        Returns
        -------
        cost, path
            0 is a direct argument; each clause border adds about 1, the border to a verb of saying 2.
        """
        up = self.path_up(lower)
        if not anchors.isdisjoint(up):
            at = next(place for place, index in enumerate(up) if index in anchors)
            return self._edges(up[: at + 1], skip_last=True), up[: at + 1]
        down = self.path_up(trigger)
        above = self._ancestors.get(trigger)
        if above is None:
            above = self._ancestors[trigger] = frozenset(down)
        common = next((index for index in up if index in above), None)
        if common is None:
            return 4.0, up
        rise = up[: up.index(common) + 1]
        fall = down[: down.index(common) + 1]
        first_anchor = max((place for place, index in enumerate(fall) if index in anchors), default=0)
        cost = self._edges(rise, skip_last=True)
        for index in fall[first_anchor:-1]:
            dep = self.tokens[index].dep
            if dep == "ccomp":
                cost += 2.0
            elif dep in ("advcl", "relcl", "acl", "pcomp", "xcomp", "parataxis"):
                cost += 0.8
            elif dep == "conj" and self.is_verb(index):
                cost += 1.0
            else:
                cost += 0.25
        return cost, rise

    def _edges(self, path: list[int], *, skip_last: bool) -> float:
        cost = 0.0
        for index in path[:-1] if skip_last else path:
            dep = self.tokens[index].dep
            if dep in ("relcl", "acl", "advcl", "ccomp", "parataxis") or (dep == "conj" and self.is_verb(index)):
                cost += 1.0
            elif dep in ("pcomp", "xcomp"):
                cost += 0.6
            elif dep in ("pobj", "prep", "dobj", "nsubjpass", "conj", "appos", "agent"):
                cost += 0.02
            else:
                cost += 0.05
        return cost
