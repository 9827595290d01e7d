"""Who tells what a sentence says, under the name that the text gives: "Doctors Without Borders", "residents and a local official"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.senses import ARMED_EVENTS
from geoconflict.extract.predicates.triggers import Predicate

__all__ = ["SpeakerReader"]

_CLOCK = re.compile(r"^\d{1,2}[:.]\d{2}(?:\s*(?:[ap]\.?m\.?|gmt|utc|local))?\s*[-–—:|]*\s*", re.IGNORECASE)
"""What entries of live reports begin with: "14:20 - the ministry said"."""
_DATELINE_DASH = re.compile(r"\s(?:--|[–—-])\s")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_FIGURES = frozenset({"count", "estimate", "figure", "number", "tally", "toll", "total"})
_JOINED_LETTERS = re.compile(r"\b[A-Z]{2,}(?:-[A-Z]{2,})+\b")
"""Letters that stand for a group, of which a part may be those of a news agency: "CSP-DPA"."""
_WORDS_OF_NAME = 9
"""Words among which the end of a speaker's name, or its beginning, is looked for."""
_WITH_LISTENERS = frozenset({"inform", "tell"})
_WITHIN_NAMES = frozenset({"of", "for", "the", "and"})
_BRIDGES = frozenset({"across", "against", "beyond", "without"})
"""Written large, they go on with a name that the parser cuts there: "Doctors Without Borders"."""


class SpeakerReader:
    """Reads who speaks in one document."""

    def __init__(self, clauses: Clauses, lexicon: Mapping[str, frozenset[str]]) -> None:
        self._clauses = clauses
        self._words = lexicon
        self._lower = clauses.plain

    def _is(self, index: int, *classes: str) -> bool:
        word = self._lower[index]
        for name in classes:  # noqa: SIM110  # asked of every word: a generator costs three times as much
            if word in self._words[name]:
                return True
        return False

    def claimant_at(self, index: int) -> str | None:
        """Return who tells what token `index` says: the subject of the verb of saying above it, or "according to"."""
        passage = self._clauses.passage_of(index).index
        for at in self._clauses.path_up(index):
            if self._clauses.passage_of(at).index != passage:
                break
            tells = self._is(at, "say", "admit") or self._is_reckoning(at)
            if tells and self._clauses.is_verb(at) and (speaker := self._speaker(at)):
                return speaker
        return self._according_to(index)

    def counter_at(self, index: int) -> str | None:
        """Return who gives the figure that token `index` tells: "spoke of 60 dead", "gave a toll of nine dead", "counted 17 bodies"."""
        passage = self._clauses.passage_of(index).index
        below = index
        for at in self._clauses.path_up(index):
            if self._clauses.passage_of(at).index != passage:
                break
            if self._clauses.is_verb(at):
                of = self._is(at, "mentioning") and self._lower[below] == "of"
                gives = self._is(at, "giving") and self._lower[below] in _FIGURES
                if of or gives or (self._is(at, "counting") and below in self._clauses.objects(at)):
                    return self._speaker(at)
            below = at
        return None

    def claimant_from(self, start: int) -> str | None:
        """Return who tells what stands from a position of the text on, or gives it as a figure."""
        token = self._clauses.document.token_at(start)
        return None if token is None else self.claimant_at(token.index) or self.counter_at(token.index)

    def _is_reckoning(self, verb: int) -> bool:
        """Whether the verb gives a toll: "the ministry puts the toll at 78"."""
        return self._is(verb, "reckoning") and any(
            self._lower[at] in ("dead", "figure", "number", "toll") for at in self._clauses.objects(verb)
        )

    def _speaker(self, verb: int) -> str | None:
        if (teller := self._inverted(verb)) is not None:
            return self._name(teller)
        subjects = (
            [at for _, at in self._clauses.preps(verb, "by")]
            if self._clauses.is_passive(verb)
            else self._clauses.subjects(verb)
        )
        for at in sorted(subjects, reverse=True):
            if self._is_dateline(at) or self._is(at, "deniable_losses"):
                continue  # "with no casualties reported"
            if self._lower[at] in grammar("pronouns"):
                return self._earlier_speaker(verb)
            return self._behind_comma(verb, at) or self._name(self._author_of(at))
        return None if self._clauses.is_passive(verb) else self._behind_comma(verb, None)

    def _inverted(self, verb: int) -> int | None:
        """Return who stands behind a verb of saying that begins right behind a comma: "Rebels captured X, claimed the army".

        The parser takes them for what is said. What may be claimed otherwise is told apart by its word: "claimed five lives".
        """
        tokens = self._clauses.tokens
        before = self._lower[max(0, verb - 2) : verb]
        is_behind_comma = "," in before and not any(one.isalnum() for one in before[before.index(",") :])
        if not is_behind_comma or self._is(verb, "asking") or tokens[verb].tag == "VBG":
            return None  # "told residents to leave", ", blaming the rebels"
        for at in self._clauses.objects(verb):
            # "Claims Ukraine", as a headline has it; "claimed Kharkiv" may be what was taken.
            is_headline = tokens[verb].tag == "VBZ" and tokens[at].pos == "PROPN" and self._ends_behind(at)
            tells = self._is(at, "armed_bodies", "telling_bodies", "telling_titles") or self._is_of_leaders(at)
            if at > verb and (tells or is_headline):
                return at
        return None

    def _ends_behind(self, at: int) -> bool:
        return all(not token.text[:1].isalnum() for token in self._clauses.tokens[at + 1 : at + 2])

    def _is_of_leaders(self, noun: int) -> bool:
        return self._clauses.tokens[noun].lemma.lower() in lexicon_words("leaders", "ranks") | grammar("witnesses")

    def _author_of(self, subject: int) -> int:
        """Return whose statement says it, where that is told: "a statement by the army said that"."""
        if self._is(subject, "speech_nouns"):
            for prep, author in self._clauses.preps(subject, "by", "from"):
                pos = self._clauses.tokens[author].pos
                if author > subject and (pos == "NOUN" or (pos == "PROPN" and prep == "by")):
                    return author  # "a report from Geneva" is nobody's
        return subject

    def _is_dateline(self, at: int) -> bool:
        """Whether the token stands before the dash of a dateline, which the parser may take for a subject."""
        passage = self._clauses.passage_of(at)
        head = self._clauses.document.text[passage.start : passage.start + 90]
        dash = _DATELINE_DASH.search(head)
        if dash is None or self._clauses.tokens[at].end > passage.start + dash.start():
            return False
        before = self._clauses.document.tokens_between(passage.start, passage.start + dash.start())
        return not any(
            token.tag in ("VBD", "VBZ", "VBP") for token in before
        )  # "The army denies that. 11:30 - Three ..."

    def _name(self, at: int) -> str | None:
        """Return the speaker's name as in the text, quotation marks normalised, articles left out."""
        if self._clauses.tokens[at].pos not in ("NOUN", "PROPN", "ADJ", "NUM"):
            return None
        parts: list[str] = []
        known: set[int] = set()
        end = 0
        for index in self._clauses.conjuncts(at):
            tokens = [] if index in known else self._clauses.phrase_tokens(index)
            known.update(token.index for token in tokens)
            while tokens and tokens[0].pos in ("DET", "PUNCT", "SPACE", "CCONJ"):
                tokens = tokens[1:]
            if tokens and tokens[0].start >= end:
                end = self._end_of_body(tokens[-1].index)
                parts.append(self._clauses.document.text[tokens[0].start : end])
        return self._as_named(" and ".join(parts))

    def _as_named(self, words: str) -> str | None:
        """Return the name of a speaker, None for an outlet; a state's own speaks for it: "state television"."""
        name = _CLOCK.sub("", " ".join(words.translate(_QUOTES).split())).strip(" ,")
        spoken = {word.lower() for word in re.findall(r"\w+", _JOINED_LETTERS.sub("", name))}
        if not name or (spoken & self._words["outlets"] and "state" not in spoken):
            return None
        return name

    def _end_of_body(self, last: int) -> int:
        """Return where a name ends that a token belongs to and the parser cut: "Doctors Without Borders said"."""
        tokens = self._clauses.tokens
        if not tokens[last].text[:1].isupper():
            return tokens[last].end
        end, is_bridged = last, False
        for at in self._behind_name(last):
            if tokens[at].text[:1].isupper() and tokens[at].pos != "PUNCT":
                end = at
                is_bridged = is_bridged or self._lower[at] in _BRIDGES
            elif self._lower[at] not in _WITHIN_NAMES:
                is_whole = is_bridged or self._is(at, "say", "deny", "admit")
                return tokens[end].end if is_whole else tokens[last].end
        return tokens[last].end

    def _behind_name(self, last: int) -> Iterator[int]:
        """Yield the tokens behind the end of a name as far as it may go on, without letters that stand for it: "(MSF)"."""
        in_brackets = False
        for at in range(last + 1, min(len(self._lower), last + _WORDS_OF_NAME)):
            in_brackets = in_brackets or self._lower[at] == "("
            if not in_brackets:
                yield at
            in_brackets = in_brackets and self._lower[at] != ")"

    def _behind_comma(self, verb: int, subject: int | None) -> str | None:
        """Return who stands between the last comma and a verb of saying at the end of a sentence: "..., the Northland Observatory said".

        The parser may give the verb another subject, or none; one that stands there, or is listed with what does, is right.
        """
        tokens = self._clauses.tokens
        comma = next((at for at in range(verb - 1, max(-1, verb - _WORDS_OF_NAME), -1) if self._lower[at] == ","), None)
        if (
            comma is None or comma == verb - 1 or tokens[verb].tag in ("VBN", "VBG")
        ):  # ", with explosions reported in X"
            return None
        between = tokens[comma + 1 : verb]
        if subject is not None:
            listed = any(at > comma for at in self._clauses.conjuncts(subject))
            does_another = any(token.pos == "VERB" for token in tokens[subject + 1 : comma])  # and says nothing
            if subject > comma or (listed and not does_another) or not self._ends(verb):
                return None
        is_name = any(token.pos in ("NOUN", "PROPN") for token in between) and not any(
            token.pos in ("VERB", "AUX", "PRON", "SCONJ") for token in between
        )
        if (
            not is_name
            or self._clauses.passage_of(comma) is not self._clauses.passage_of(verb)
            or between[0].pos == "ADP"
        ):
            return None
        while between and between[0].pos in ("DET", "PUNCT", "SPACE"):
            between = between[1:]
        return self._as_named(self._clauses.document.text[between[0].start : between[-1].end]) if between else None

    def _ends(self, verb: int) -> bool:
        """Whether a sentence ends with a verb, or with when or where somebody said it."""
        following = self._clauses.tokens[verb + 1 : verb + 2]
        return not following or following[0].pos in ("PUNCT", "ADP", "NOUN", "PROPN", "ADV", "SPACE")

    def _earlier_speaker(self, verb: int) -> str | None:
        """Return the last named speaker before a verb whose subject is a pronoun."""
        for at in range(verb - 1, max(-1, verb - 120), -1):
            is_said = self._is(at, "say", "admit", "deny") and self._clauses.is_verb(at)
            if is_said and not self._clauses.is_passive(at):  # "no deaths were reported"
                for subject in self._clauses.subjects(at):
                    if self._lower[subject] not in grammar("pronouns") and (name := self._name(subject)):
                        return name
        return None

    def _according_to(self, index: int) -> str | None:
        passage = self._clauses.passage_of(index)
        for token in self._clauses.document.tokens_between(passage.start, passage.end):
            if self._lower[token.index] in self._words["according"]:
                for _, at in self._clauses.preps(token.index, "to"):
                    return self._name(at)
                following = token.index + 2
                if following < len(self._lower) and self._lower[token.index + 1] == "to":
                    head = self._clauses.tokens[following]
                    while head.dep in ("det", "compound", "amod", "poss", "nmod") and head.head != head.index:
                        head = self._clauses.tokens[head.head]
                    return self._name(head.index)
        return None

    def _proclaimer(self, predicate: Predicate) -> str | None:
        """Return who announces a deed of force by its noun: "the rebels announced the liberation of X"; a truce is announced to be."""
        if not predicate.is_noun or predicate.sense.event_type not in ARMED_EVENTS:
            return None
        for at in sorted(predicate.anchors):
            if self._clauses.is_verb(at) and self._is(at, "proclaim") and predicate.token in self._clauses.objects(at):
                return self._speaker(at)
        return None

    def _root_speaker(self, predicate: Predicate) -> str | None:
        """Return the speaker of a sentence that ends in "..., the ministry said", however the parser read it."""
        passage = self._clauses.passage_of(predicate.token)
        tokens = self._clauses.document.tokens_between(passage.start, passage.end)
        for token in reversed(tokens[-8:]):
            if (
                token.index > predicate.token + 1
                and token.tag != "VBG"  # "the ministry said, blaming X"
                and self._is(token.index, "say")
                and self._clauses.is_verb(token.index)
            ):
                known = (self._inverted(token.index), self._listener(token.index))
                if any(
                    child.dep in ("dobj", "ccomp", "xcomp") and child.index > token.index and child.index not in known
                    for child in self._clauses.children(token.index)
                ):
                    return None
                return self._speaker(token.index)
        return None

    def _is_told(self, dep: str, verb: int) -> bool:
        """Whether a verb tells what hangs on it; what is announced by its noun is done by saying so."""
        return self._is(verb, "say") and not (dep in ("dobj", "prep") and self._is(verb, "proclaim"))

    def _listener(self, verb: int) -> int | None:
        """Return to whom it is said: of "..., refugees told aid workers" the object, where the speaker stands behind a comma."""
        subjects = self._clauses.children(verb, "nsubj")
        listeners = self._clauses.children(verb, "dative", "dobj")
        if self._clauses.tokens[verb].lemma.lower() not in _WITH_LISTENERS or not (subjects and listeners):
            return None
        first = self._clauses.phrase_tokens(subjects[0].index)[0].index
        return listeners[0].index if first < verb and self._lower[first - 1 : first] == [","] else None
