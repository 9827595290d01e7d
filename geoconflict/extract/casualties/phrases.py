"""Noun phrases with a number, as victims of casualties: by parts of speech, with lists summed.

No dependency tree is needed here: small models tag well and often parse badly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from geoconflict.extract.casualties.words import LIST, Trigger, Victims, is_one, plus, words
from geoconflict.extract.language.model import Document, Sentence, Token
from geoconflict.extract.lexicon import lexicon_words, read_demonyms
from geoconflict.extract.numbers import Quantity, find_quantities

__all__ = ["PhraseReader"]

_YEAR = re.compile(r"(?:1[89]|20)\d\d")
"""Four digits that are a year unless people follow: "the 2003 occupation"."""
_OF_AND = re.compile(
    r"\s+(?:of|from)\s+(?:the\s+)?(?:(?!(?:are|died|had|has|have|is|was|were)\b)[\w.'’-]+\s+){1,4}?and\s+"
)
"""Between the parts of a list, "two generals of the army and three soldiers", but not "of the army died and three"."""
_NAMED = re.compile(r"\s*,\s+(?:[A-Z][\w'’-]+\s?){1,4},\s+and\s+")
"""A name between the parts of a list: "a leader, Jane Doe, and two other militants"."""
_IN_LAW = re.compile(r"-(?:(?:in|by|at|of|to|de)-\w+|by\b)")
_SET_OFF = re.compile(r",\s\d{1,2},")
_BODIES = frozenset({"band", "crew", "family", "gang", "group", "household", "party", "patrol", "squad", "team"})
"""Nouns for several people, of whom "of six" says how many they are."""
_QUOTES = frozenset({'"', "“", "'", "‘"})
_DASHES = frozenset({"-", "--", "–", "—", "―"})
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|March|Mar|April|Apr|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}\.?\s+\Z")
_MONTH_BEHIND = re.compile(rf"\s+(?:of\s+)?{_MONTH}\b")
_AND_BEHIND = re.compile(r"\s*,\s*and\s+")
_SEVERAL_PARTS = re.compile(r",|\band\b")
_ONE_MORE = re.compile(r"\s*(?:,\s*)?and\s+(?:the|his|her|their|its)\s+\w+")


class PhraseReader:
    """Reads one sentence, or a part of it that stands alone."""

    def __init__(self, document: Document, low: str, sentence: Sentence, start: int, end: int) -> None:
        self._document = document
        self._low = low
        self._whole = sentence
        tokens = [t for t in document.tokens[sentence.first_token : sentence.end_token] if start <= t.start < end]
        self._tokens = tokens
        self._sentence = Sentence(
            index=sentence.index,
            start=start,
            end=end,
            first_token=tokens[0].index if tokens else sentence.first_token,
            end_token=tokens[-1].index + 1 if tokens else sentence.first_token,
        )
        self._words = words()
        self._triggers = list(self._find_triggers())

    def _find_triggers(self) -> Iterable[Trigger]:
        for match in self._words.triggers.finditer(self._low, self._sentence.start, self._sentence.end):
            voices = self._words.by_form[" ".join(match[0].split())]
            for measure in dict.fromkeys(measure for measure, _ in voices):
                kinds = {voice for m, voice in voices if m == measure}
                yield Trigger(
                    start=match.start(),
                    end=match.end(),
                    measure=measure,
                    active=bool(kinds & {"active", "active_people"}),
                    passive="passive" in kinds,
                    subject="subject" in kinds,
                    of="nouns_of" in kinds,
                    people=bool(self._words.measures[measure]["people"]) or "active_people" in kinds,
                )

    # ------------------------------------------------------------ noun phrases with a number
    def _groups(self) -> list[Victims]:
        chunks: list[Victims] = []
        position = self._sentence.start
        for quantity in find_quantities(self._low, self._sentence.start, self._sentence.end):
            if quantity.start < position:
                continue
            chunk = self._chunk(quantity)
            if chunk is not None:
                chunks.append(chunk)
                position = chunk.end
        return self._without_parts(self._lists(chunks))

    def _without_parts(self, groups: list[Victims]) -> list[Victims]:
        """Leave out what a number is made up of: "nine people, including two children" are nine."""
        kept: list[Victims] = []
        has_parts = False
        for group in groups:
            opened = self._words.part.search(self._low, self._sentence.start, group.start)
            if opened is None and has_parts and self._same_list(kept[-1], group):
                # A list goes on behind the aside: "ten soldiers, among them two officers, and six rebels".
                kept[-1] = self._both(kept[-1], group)
            elif opened is None:
                kept.append(group)
                has_parts = False
            elif kept and kept[-1].end <= opened.start() and not self._low[kept[-1].end : opened.start()].strip(" ,"):
                kept[-1] = replace(kept[-1], end=group.end)
                has_parts = True
        return kept

    def _both(self, before: Victims, after: Victims) -> Victims:
        return replace(
            before,
            end=after.end,
            count=plus(before.count, after.count),
            who=self._document.text[before.start : after.end],
            explicit=True,
        )

    def _kind(self, head: Token | None) -> str:
        if head is None:
            return "unknown"
        word = head.text.lower()
        if word in lexicon_words("event_grammar", "aged") and head.pos == "NOUN":
            return "person"  # "a 17-year-old was shot"
        if word in self._words.people or head.lemma.lower() in self._words.people:
            return "person"
        if word in self._words.things or head.lemma.lower() in self._words.things:
            return "thing"
        if head.text[:1].isupper() and word in read_demonyms():
            return "person"  # "an 18-year-old Palestinian"
        if word.endswith(self._words.endings) or (head.pos == "PROPN" and word.endswith("s") and head.tag == "NNPS"):
            return "person"
        return "unknown"

    def _chunk(self, quantity: Quantity) -> Victims | None:
        """Return the noun phrase that a number opens, by parts of speech."""
        if self._counts_nobody(quantity):
            return None
        text, low = self._document.text, self._low
        number = low[quantity.start : quantity.end]
        explicit = not re.search(r"(?:^|\s)(?:a|an|another|a single|no|both|some|many|few|various)$", number)
        head, last = self._noun_behind(quantity)
        if head is None and last is not None and last.text[:1].isupper() and last.text.lower() in read_demonyms():
            head = last  # "one Ruritanian and two Utopian soldiers"
        end = (
            last.end
            if last is not None and head is not None and last.end >= head.end
            else head.end
            if head is not None
            else quantity.end
        )
        if head is None and number.endswith("couple"):
            head = last = self._document.token_at(quantity.end - 1)  # "a couple and their two sons"
        kind = self._kind(head)
        if head is not None and head.lemma.lower() in self._words.nouns:
            kind = "noun"
        if head is None and self._stands_for_one(number, last):
            end = last.end if last is not None else quantity.end
            return Victims(quantity.start, end, quantity.count, None, None, "unknown", explicit=False)
        if not explicit and kind not in {"person", "noun"}:
            return None
        if kind not in {"person", "noun"} and _YEAR.fullmatch(number):
            return None
        if kind not in {"person", "noun"} and _MONTH_BEFORE.search(text, max(0, quantity.start - 12), quantity.start):
            return None
        if head is None and self._is_age(quantity.start, quantity.end):
            return None
        who = None
        if head is not None:
            who = (
                re.sub(
                    r"^(?:(?:of|more|other|others|further|additional)\b\s*)+", "", text[quantity.end : end].strip()
                ).strip()
                or None
            )
            if who is not None and who.lower() in {"others", "other", "people", "persons", "dead", "more"}:
                who = None
            if who is not None and is_one(quantity.count) and not explicit:
                who = text[quantity.start : end]
        return Victims(quantity.start, end, quantity.count, who, head, kind, explicit)

    def _counts_nobody(self, quantity: Quantity) -> bool:
        """Whether a number is "no", or part of a date, a share, an age or an order: "5 May", "7%", "3-year-old", "4th"."""
        text, low = self._document.text, self._low
        if low[quantity.end : quantity.end + 1] in {"-", "–", "%", ":", "/"} or re.match(
            r"[.,]\d|\s?%|\s+per\s?cent|th\b|st\b|nd\b", low[quantity.end : quantity.end + 10]
        ):
            return True
        if re.match(r"[\s-]+(?:year|month|week|day)s?[\s-]old\b", low[quantity.end : quantity.end + 14]):
            return True
        return _MONTH_BEHIND.match(text, quantity.end) is not None or low[quantity.start : quantity.end] == "no"

    def _noun_behind(self, quantity: Quantity) -> tuple[Token | None, Token | None]:
        """Return the noun that a number counts and the last word of its phrase; None where there is none."""
        low = self._low
        last: Token | None = None
        head: Token | None = None
        noun_done = False
        tokens = [token for token in self._tokens if token.start >= quantity.end]
        trigger_starts = {trigger.start for trigger in self._triggers}
        for at, token in enumerate(tokens[:12]):
            after = tokens[at + 1] if at + 1 < len(tokens) else None
            word = token.text.lower()
            if token.text in _DASHES and low[token.start - 1].isspace() and low[token.end : token.end + 1].isspace():
                break
            if token.start in trigger_starts and not (at == 0 and after is not None and self._kind(after) == "person"):
                break
            if word in {"more", "other", "others", "further", "additional"} and not noun_done:
                if word == "others":
                    head, last, noun_done = token, token, True
                    continue
                last = token
                continue
            if _IN_LAW.match(low, token.end) and self._kind(token) == "person":
                head = last = token  # "a son-in-law", "a passer-by"
                noun_done = True
                break
            if token.pos in {"NOUN", "PROPN"}:
                last = token
                if after is not None and (after.text in {"-", "–"} or after.tag == "POS"):
                    continue  # the first half of "Russia-backed", of "a teacher's aide"
                head = token if not noun_done else head
                noun_done = noun_done or not (
                    after is not None and after.pos in {"NOUN", "PROPN"} and self._kind(token) != "person"
                )
                if (
                    noun_done
                    and head is token
                    and after is not None
                    and after.pos in {"NOUN", "PROPN"}
                    and (self._kind(after) != "unknown" or after.lemma.lower() in self._words.nouns)
                ):
                    noun_done = False  # "nine rebel bodies"
                continue
            if word == "of" and after is not None and (head is None or (at and self._kind(head) != "thing")):
                if head is None:
                    last = token
                    continue
                if after.pos in {"NOUN", "PROPN", "DET", "PRON", "ADJ"} and at < 6:
                    break
            if noun_done:
                break
            if (
                token.pos in {"ADJ", "NUM", "DET", "PART"}
                or token.text in {"-", "’s", "'s", "–"}
                or (token.text in _QUOTES and at == 0)
                or (token.tag in {"PRP$", "POS"})
            ):
                last = token
                continue
            if (
                (token.tag in {"VBN", "VBG"} or word.endswith("ed"))
                and after is not None
                and (after.pos in {"NOUN", "ADJ", "PROPN"} or after.text == "-")
            ):
                last = token
                continue
            if (
                token.pos == "ADV"
                and after is not None
                and after.pos in {"ADJ", "VERB", "NOUN"}
                and self._kind(after) == "person"
            ):
                last = token
                continue
            break
        return head, last

    def _stands_for_one(self, number: str, last: Token | None) -> bool:
        """Whether a phrase without a noun means one more person: "another", "a third"."""
        if number.endswith("another"):
            return last is None
        return number in {"a", "an"} and last is not None and last.text.lower() in self._words.ordinals

    def _is_age(self, offset: int, end: int) -> bool:
        """Whether a bare number is an age: "a boy of 13", "aged 13", "a woman, 22, died"."""
        if _SET_OFF.fullmatch(self._low, max(self._sentence.start, offset - 2), end + 1) is not None:
            return any(token.pos in {"NOUN", "PROPN"} for token in self._tokens if token.end == offset - 2)
        before = re.search(
            r"(?:\b(\w+)\s+of|\baged(?:\s+\d{1,3},?)*(?:\s+(?:and|to|or))?)\s+$",
            self._low[max(self._sentence.start, offset - 30) : offset],
        )
        if before is None:
            return False
        noun = before[1]
        return noun is None or (noun in self._words.people and not noun.endswith(("s", "family", "crew", "staff")))

    def _lists(self, chunks: list[Victims]) -> list[Victims]:
        """Join "two soldiers and a child"; a phrase with a verb of its own stays alone."""
        joined: list[Victims] = []
        for at, chunk in enumerate(chunks):
            before = joined[-1] if joined else None
            if before is not None and self._counts_a_body(before, chunk):
                joined[-1] = replace(chunk, start=before.start, who=before.who, head=before.head, kind="person")
                continue
            if before is not None and self._is_of_a_body(before, chunk):
                joined[-1] = replace(before, end=chunk.end)
                continue
            if before is not None and self._same_list(before, chunk) and not self._explains(before, chunks[at:]):
                joined[-1] = self._both(before, chunk)
            else:
                joined.append(chunk)
        return joined

    def _counts_a_body(self, before: Victims, chunk: Victims) -> bool:
        """Whether a number says of how many a family or a crew is: "a family of six" are six."""
        is_body = before.head is not None and before.head.text.lower() in _BODIES
        return is_body and chunk.explicit and self._low[before.end : chunk.start].strip() == "of"

    def _is_of_a_body(self, before: Victims, chunk: Victims) -> bool:
        """Whether one family or crew is only whose members are counted: "four members of one family" are four."""
        is_body = chunk.head is not None and chunk.head.text.lower() in _BODIES and is_one(chunk.count)
        return is_body and before.kind == "person" and self._low[before.end : chunk.start].strip() in {"of", "from"}

    def _explains(self, before: Victims, following: list[Victims]) -> bool:
        """Whether a list tells who the people of a number were: "two civilians, a mother and her child" are two."""
        first = following[0]
        if not before.explicit or first.explicit or "and" in self._low[before.end : first.start]:
            return False
        total, end = 0, first.start
        for chunk in following:
            if total and not LIST.fullmatch(self._low, end, chunk.start):
                break
            if total and re.match(r"\s*,\s*and\b", self._low[end : chunk.start]):
                return False  # "two guards, a cook, and a child" are four
            total, end = total + (chunk.count.low or 1), chunk.end
        if _ONE_MORE.match(self._low, end, self._sentence.end):
            total += 1
        return total == (before.count.low or before.count.best or before.count.high)

    def _same_list(self, before: Victims, after: Victims) -> bool:
        if not (
            LIST.fullmatch(self._low, before.end, after.start)
            or (before.kind == "person" and _NAMED.fullmatch(self._document.text, before.end, after.start))
            or (before.kind == "person" and _OF_AND.fullmatch(self._low, before.end, after.start))
        ):
            return False
        if (
            before.head is None
            or after.head is None
            or "thing" in {before.kind, after.kind}
            or "noun" in {before.kind, after.kind}
        ):
            return False
        if before.kind != "person" and after.kind != "person":
            return False
        if not after.explicit and self._speaks(after.end):
            return False  # "abducted 26 men, a local official said"
        if self._ends_an_aside(before, after):
            return False
        follows = self._trigger_after(after.end)
        is_told = follows is not None and any(trigger.end <= before.start for trigger in self._triggers)
        if is_told and self._words.part.search(self._low, self._sentence.start, before.start):
            return False  # "killing three, including an officer, and nine others were wounded"
        return not (follows is not None and self._trigger_before(before.start) is not None)

    def _ends_an_aside(self, before: Victims, after: Victims) -> bool:
        """Whether a part of a number that commas set off ends between two phrases: ", among them two officers, and six rebels"."""
        opened = self._words.part.search(self._low, self._sentence.start, before.start)
        return (
            opened is not None
            and after.explicit
            and self._low[: opened.start()].rstrip()[-1:] == ","
            and _AND_BEHIND.fullmatch(self._low, before.end, after.start) is not None
            and _SEVERAL_PARTS.search(self._low, before.start, before.end) is None
        )

    def _speaks(self, offset: int) -> bool:
        """Whether the next word is a verb of saying."""
        following = next((token for token in self._tokens if token.start >= offset), None)
        return following is not None and self._says(following)

    @staticmethod
    def _says(token: Token) -> bool:
        return token.lemma.lower() in lexicon_words("speech", "saying")

    def _trigger_after(self, offset: int) -> Trigger | None:
        for trigger in self._triggers:
            if trigger.start >= offset:
                gap = self._low[offset : trigger.start]
                aux = r"\s*(?:(?:were|was|are|is|been|have|has|had|being|be|also|reportedly|seriously|critically|slightly|badly|severely|got)\s+)*"
                return trigger if re.fullmatch(aux, gap) and (trigger.passive or trigger.subject) else None
        return None

    def _trigger_before(self, offset: int) -> Trigger | None:
        for trigger in reversed(self._triggers):
            if trigger.end <= offset:
                return trigger if trigger.active and not self._low[trigger.end : offset].strip() else None
        return None
