"""The names of places in one document: of what kind they are, and how neighbouring ones stand to each other.

Names stand side by side in a list ("A, B and C"), or one says where the other lies ("A, B").
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from geoconflict.extract.lexicon import any_form, lexicon_words
from geoconflict.extract.predicates.aftermath import verbs_of_release
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import Toponym

__all__ = ["LARGE_KINDS", "PlaceNames"]

_CONJUNCTIONS = frozenset({"and", "or", "&"})
_JOINERS = _CONJUNCTIONS | {",", "including"}
_LONGEST_LIST = 12
"""Names to look ahead for the end of a list; a report that is nothing but names must not cost the square of them."""
_MOST_KIND_WORDS = 5
"""More than may stand before the comma of "the X refugee camp, north of Y", "the X camp for displaced people, north of Y"."""
_WHERE_IT_HAPPENS = frozenset({"against", "at", "during", "in", "into", "near", "of", "on", "outside", "targeting"})
"""Prepositions behind which a meeting is where something happens, and not what it happens in spite of."""
LARGE_KINDS = frozenset({"country", "admin1", "admin2", "area"})
"""Kinds of places that are no settlements, but what settlements lie in."""
_ALONG = frozenset({"between", "from", "into", "to", "toward", "towards"})
_AND = re.compile(r",?\s(?:and|or|&)\s", re.IGNORECASE)
_SPARED = re.compile(
    r"\b(?:not|except(?:\s+for)?|excluding|apart\s+from|unlike)\s+(?:(?:in|at|for|the)\s+)*$", re.IGNORECASE
)

_NAMED = r"(?:the\s+)?(?:(?:[a-z-]+\s+)?(?:port|town|city|village|capital)\s+of\s+)?"
_ON_THE_WAY = re.compile(
    r"\b(?:(?:on|along)\s+(?:its|his|her|their|the)\s+way(?:\s+(?:back|home|north|south|east|west))?|en\s+route|(?:travell?ing|sailing|headed)"
    rf"(?:\s+(?:back|home))?)\s+(?:from\s+{_NAMED}(?:[A-Z][\w'’-]*\s+){{1,4}}to|from|to)\s+{_NAMED}$"
    rf"|\b(?:bound|destined|headed|heading|making|sailing)\s+(?:for|to)\s+{_NAMED}$"
)
"""Right before a name, what makes it an end of the way of what was on it: "a tanker on its way to X", "a bus bound for X"."""
_FARTHEST_WAY = 120


_RULERS_IN = re.compile(
    r"\b(?:administration|government|junta|leadership|regime|rulers)\s+(?:based\s+)?in\s+(?:the\s+capital,?\s+)?$",
    re.IGNORECASE,
)
"""Right before a capital, whose seat it is."""

_AVENGED = re.compile(
    rf"\b(?:(?:{any_form(lexicon_words('event_grammar', 'avenging'))})\s+(?:for|to)|aveng(?:e|ed|es|ing))\b[^.;\n]{{0,80}}$",
    re.IGNORECASE,
)
"""Right before a name, what makes it a place of what another deed is done for."""

_MOST_JOINED = 2
"""Names of a list, up to the first: "gave up X and Y"."""
_HELD = frozenset({"administered", "controlled", "held", "occupied", "run"})
"""Behind whose a land or a town is: "rebel-held"."""


class PlaceNames:
    """The toponyms of one document; all arguments and results named `index` count into them.

    Parameters
    ----------
    kinds
        Toponym -> the kinds of the places that bear the name; empty when unknown.
    """

    def __init__(
        self, clauses: Clauses, toponyms: Sequence[Toponym], kinds: Callable[[Toponym], frozenset[str]]
    ) -> None:
        self.clauses = clauses
        self.toponyms = toponyms
        self._starts = [toponym.start for toponym in toponyms]
        self.kinds = [kinds(toponym) for toponym in toponyms]
        self.large = tuple(bool(one) and one <= LARGE_KINDS for one in self.kinds)
        """For each name, whether its place is no settlement: a country, a province or a region."""
        self.heads = [clauses.head_of_span(toponym.start, toponym.end) for toponym in toponyms]
        """The token that heads each name."""
        self._country_heads = frozenset(head for index, head in enumerate(self.heads) if self.is_country(index))
        self._where_spoken: dict[int, bool] = {}

    def within(self, start: int, end: int) -> range:
        """Return the indexes of the names that begin in the half-open range [start, end) of code points."""
        return range(bisect.bisect_left(self._starts, start), bisect.bisect_left(self._starts, end))

    def covers(self, offset: int) -> bool:
        """Whether the code point `offset` is part of a name."""
        at = bisect.bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self.toponyms[at].end

    def is_large(self, index: int) -> bool:
        """Whether the place is no settlement: a country, a province or a region."""
        return self.large[index]

    def is_country(self, index: int) -> bool:
        """Whether the name is a country's."""
        return "country" in self.kinds[index]

    def is_water(self, index: int) -> bool:
        """Whether the name is that of a river, a lake or a sea, and of no town."""
        return "water" in self.kinds[index] and "settlement" not in self.kinds[index]

    def is_country_token(self, token: int) -> bool:
        """Whether a token heads the name of a country."""
        return token in self._country_heads

    def is_where_spoken(self, index: int) -> bool:
        """Whether the name says where somebody speaks: "officials in X said", "announced in X"."""
        found = self._where_spoken.get(index)
        if found is None:
            found = self._where_spoken[index] = self._reads_where_spoken(index)
        return found

    def is_where_talked(self, index: int) -> bool:
        """Whether a name says only where talks are held: "despite talks in X"."""
        head = self.heads[index]
        if head is None:
            return False
        prep = self.clauses.tokens[self.clauses.tokens[head].head]
        return prep.dep == "prep" and self.are_talks(prep.head)

    def are_talks(self, index: int) -> bool:
        """Whether a token is a noun for talks that are held elsewhere: a meeting may be what is struck, "during a meeting in X"."""
        noun = self.clauses.tokens[index]
        governor = self.clauses.tokens[noun.head]
        is_held_there = noun.dep == "pobj" and governor.text.lower() in _WHERE_IT_HAPPENS
        return noun.pos == "NOUN" and noun.lemma.lower() in lexicon_words("roles", "talks_nouns") and not is_held_there

    def is_spared(self, index: int) -> bool:
        """Whether the text excepts the place: "blasts shook X but not Y"."""
        start = self.toponyms[index].start
        return _SPARED.search(self.clauses.document.text[max(0, start - 24) : start]) is not None

    def is_of_tellers(self, index: int, token: int) -> bool:
        """Whether a name stands in a clause on those who tell, and `token` does not: "residents who reached X described ..."."""
        head = self.heads[index]
        path = self.clauses.path_up(head) if head is not None else []
        return any(self._is_of_tellers(at) and token not in self.clauses.document.subtree(at) for at in path)

    def tells_of_somebody(self, index: int, token: int) -> bool:
        """Whether a name stands in a clause on somebody's life, and `token` does not, or says by what somebody is known.

        "The colonel, who studied in X, was shot", "a friend of the X attack suspects was shot"; whose car is shot at is
        somebody of the name: "shot at X's car".
        """
        head = self.heads[index]
        path = self.clauses.path_up(head) if head is not None else []
        tokens = self.clauses.tokens
        if len(path) > 1 and tokens[path[0]].dep == "poss" and self.clauses.lower[path[1]] in grammar("of_somebody"):
            return True
        if len(path) > 2 and all(tokens[at].dep == "compound" for at in path[:2]):
            return tokens[path[2]].lemma.lower() in grammar("known_by_deeds")
        return any(
            tokens[at].dep in ("relcl", "acl")
            and (tokens[at].lemma.lower() in grammar("life_verbs") or self._is_home_of_doer(at, token))
            and token not in self.clauses.document.subtree(at)
            for at in path
        )

    def _is_home_of_doer(self, clause: int, token: int) -> bool:
        """Whether a clause says where somebody lives who does something else: "the governor, who lives in X, condemned the attack"."""
        tokens = self.clauses.tokens
        somebody = tokens[tokens[clause].head]
        while somebody.dep == "pobj" and tokens[somebody.head].text.lower() == "of":
            somebody = tokens[
                tokens[somebody.head].head
            ]  # "the governor of the province, who": the parser takes the province
        is_home = tokens[clause].lemma.lower() in grammar("home_verbs")
        return is_home and somebody.dep == "nsubj" and somebody.head != token

    def is_seat_of_rulers(self, index: int) -> bool:
        """Whether a capital may only say which rulers are meant, wherever it happened: "supporters of the government in X"."""
        one = self.toponyms[index]
        return (
            one.surface.lower() in lexicon_words("places", "capital_cities")
            and _RULERS_IN.search(self.clauses.document.text, max(0, one.start - 50), one.start) is not None
        )

    def is_of_a_reason(self, index: int, token: int) -> bool:
        """Whether a name is told of what something was done for, and `token` is not: "in revenge for the killing of two in X".

        So is "because it has troops in X".
        """
        start = self.toponyms[index].start
        avenged = _AVENGED.search(self.clauses.document.text, max(0, start - 100), start)
        if avenged is not None and not avenged.start() < self.clauses.tokens[token].start < start:
            return True
        head = self.heads[index]
        reasons = (
            at
            for at in (self.clauses.path_up(head) if head is not None else ())
            if self.clauses.tokens[at].dep == "advcl"
            and any(child.text.lower() == "because" for child in self.clauses.children(at, "mark"))
        )
        return any(at not in self.clauses.path_up(token) for at in reasons)

    def is_of_what_ends_it(self, index: int, token: int) -> bool:
        """Whether `token` is what something is done to stop, and a name what that is done to: "gave up X to avert an offensive".

        "Went into X to stop the fighting" tells where they fought.
        """
        clauses, head = self.clauses, self.heads[index]
        if head is None or not any(clauses.tokens[at].dep == "dobj" for at in clauses.path_up(head)[:_MOST_JOINED]):
            return False
        aims = (
            at
            for at in clauses.path_up(token)
            if clauses.is_verb(at)
            and clauses.lemma(at) in grammar("stopping")
            and any(child.tag == "TO" for child in clauses.children(at, "aux"))
        )
        aim = next(aims, None)
        return aim is not None and head not in clauses.document.subtree(aim)

    def is_on_the_way(self, index: int) -> bool:
        """Whether what something befell was only on its way to or from the place: "hijacked a tanker on its way to X"."""
        start = self.toponyms[index].start
        return _ON_THE_WAY.search(self.clauses.document.text, max(0, start - _FARTHEST_WAY), start) is not None

    def is_end_of_a_way(self, index: int, token: int) -> bool:
        """Whether a name is an end of the way of what carries something, and `token` is not told there: "a bus carrying pilgrims from X to Y".

        "To a camp in Y" may be as near as can be, and so may a country.
        """
        head = self.heads[index]
        path = self.clauses.path_up(head) if head is not None else []
        tokens = self.clauses.tokens
        if any(self.clauses.lower[at] == "to" and tokens[at - 1].lemma.lower() in grammar("flights") for at in path):
            return True  # "waiting for a plane to X"
        return not self.is_country(index) and any(
            tokens[at].dep in ("relcl", "acl")
            and tokens[at].lemma.lower() in grammar("carrying")
            and tokens[below].text.lower() in _ALONG
            and (tokens[below].text.lower() == "from" or self._is_the_town_itself(path[1 : path.index(below)]))
            and token not in self.clauses.document.subtree(at)
            for below, at in pairwise(path)
        )

    def _is_the_town_itself(self, between: Sequence[int]) -> bool:
        """Whether nothing, or no more than "the town of", stands between a name and what it hangs on."""
        return all(
            self.clauses.lower[at] == "of" or self.clauses.tokens[at].lemma.lower() in grammar("settlements")
            for at in between
        )

    def is_of_release(self, index: int, predicate: Predicate) -> bool:
        """Whether a name is where those got away who were taken elsewhere: "four who were abducted were freed in X"."""
        released = verbs_of_release(self.clauses, predicate)
        head = self.heads[index] if released else None
        path = self.clauses.path_up(head) if head is not None else []
        return next((at in released for at in path if self.clauses.is_verb(at)), False)

    def _is_of_tellers(self, clause: int) -> bool:
        """Whether a clause describes those who tell: "residents who reached X described air strikes"."""
        tokens = self.clauses.tokens
        noun = tokens[tokens[clause].head]
        verb = tokens[noun.head]
        return (
            tokens[clause].dep in ("relcl", "acl")
            and noun.dep == "nsubj"
            and verb.lemma.lower() in lexicon_words("speech", "saying")
        )

    def _reads_where_spoken(self, index: int) -> bool:
        head = self.heads[index]
        if head is None:
            return False
        tokens, saying = self.clauses.tokens, lexicon_words("speech", "saying")
        for at in self.clauses.path_up(head):
            governor = tokens[at].head
            if self._is_of_tellers(governor):
                return True
            if tokens[at].lemma.lower() in grammar("witnesses"):
                return False  # "residents of X said": they tell of their own place
            if governor != at and tokens[governor].lemma.lower() in saying and tokens[at].dep in ("nsubj", "prep"):
                return True
            if self.clauses.is_verb(governor):
                return False
        return False

    def only_describes(self, index: int) -> bool:
        """Whether a name says whose something is: "the X media", "X delegates"; not so "the X region", "X residents"."""
        head = self.heads[index]
        if head is None:
            return False
        token = self.clauses.tokens[head]
        noun = self.clauses.tokens[token.head].lemma.lower()
        kinds = ("settlements", "regions", "place_nouns", "facilities", "witnesses")
        is_place = any(noun in grammar(name) for name in kinds)
        return token.dep in ("compound", "amod", "nmod", "poss") and not is_place

    def is_line(self, index: int) -> bool:
        """Whether the name is a border's or another line's: along it many towns may lie."""
        kinds, words = self.kinds[index], self.toponyms[index].surface.lower()
        if words in ("border", "borders", "frontier"):  # villages are called so, too
            return True
        return "settlement" not in kinds and ("line" in kinds or words.endswith(("border", "borders", "frontier")))

    def names_part_of(self, outer: int, inner: int) -> bool:
        """Whether the outer name only says of whom the inner place is: "the X capital of Y", "X's second city Y"."""
        head = self.heads[outer]
        other = self.heads[inner]
        if head is None or other is None:
            return False
        token = self.clauses.tokens[head]
        if token.dep not in ("compound", "amod", "poss", "nmod"):
            return False
        below = self.clauses.document.subtree(token.head)
        between = self.clauses.document.text[self.toponyms[outer].end : self.toponyms[inner].start].lower()
        return (
            other in below
            and self.toponyms[outer].end <= self.toponyms[inner].start
            and not re.search(r"\b(?:and|or|from|by)\b|,", between)
        )

    def lies_around(self, index: int, chosen: Sequence[int]) -> bool:
        """Whether a place already chosen lies in this one: nothing but a comma between, or an address, "X, Y district, Z"."""
        text = self.clauses.document.text
        if any(
            text[self.toponyms[one].end : self.toponyms[index].start].strip() == ","
            for one in chosen
            if self.toponyms[one].end <= self.toponyms[index].start
        ):
            return True
        farthest = max(index - _LONGEST_LIST, 0)
        while index > farthest and self.is_containment(index - 1, index):
            index -= 1
            if index in chosen:
                return True
        return False

    def names_region(self, index: int) -> bool:
        """Whether a place name is a region's, by its kinds or by the word behind it: "the Y province"."""
        end = self.toponyms[index].end
        following = re.match(r"\s+(\w+)", self.clauses.document.text[end : end + 24])
        return self.is_large(index) or (following is not None and following[1].lower() in grammar("regions"))

    def are_coordinate(self, left: int, right: int) -> bool:
        """Whether two neighbouring place names stand side by side in a list."""
        words = self._between(left, right)
        if not words or not self._are_list_words(left, right) or not _JOINERS.intersection(words):
            return False
        if words[-1] == "in" and self._is_in_row_of_in(left, right, words):
            return True  # "in X, in Y and in Z"
        if words[-1] == "in" and not (grammar("place_nouns").intersection(words) and "and" in words):
            return False
        return not self.is_containment(left, right)

    def _is_in_row_of_in(self, left: int, right: int, words: Sequence[str]) -> bool:
        """Whether two names stand in a row of three or more that are each told with "in", the last after "and"."""
        if words == [",", "in"]:
            return self._list_goes_on(right) and not self.names_region(right)
        before = self._between(left - 1, left) if left > 0 else []
        return words in (["and", "in"], [",", "and", "in"]) and before == [",", "in"] and not self.names_region(left)

    def is_containment(self, left: int, right: int) -> bool:
        """Whether the right place says where the left one lies: "Shusha in Karabakh", "Fallujah, Iraq"."""
        words = self._between(left, right)
        if words[-1:] == ["of"] and (words[0] == "," or len(words) == 2) and _is_part(words[-2]):
            return True  # "the X neighbourhood of Y", "X, a district of Y"; but "the X town of Y" is Y
        if words[1:2] == ["in"] and (_is_part(words[0]) or words[0] in grammar("place_nouns")):
            words = words[1:]
        if words[1:3] == [",", "in"] and words[0] in grammar("quarters"):
            words = words[1:]  # "the X neighbourhood, in eastern Y"
        if words and words[0] == "in" and len(words) <= 3:
            return True
        if words[:2] == [",", "in"] and len(words) <= 4:
            # "near X, in the Y region"; but "in X, in Y and in Z" is a list.
            return self.names_region(right) or not self._list_goes_on(right)
        if len(words) == 2 and words[0] in grammar("place_nouns") | grammar("regions") and words[1] == ",":
            return not self._list_goes_on(right)  # "the X district, Y"
        if len(words) == 2 and words[0] in grammar("same_grounds") and words[1] == "," and self.names_region(right):
            return not self._list_goes_on(right)  # "the X site, Y district"
        if "capital" in words and (words[-1] == "of" or words[-2:] == ["capital", ","]):
            return True  # "a hotel in the capital, Y"
        if words[:1] == [","] and words[-1] == "of" and self.is_country(right) and not self.is_country(left):
            return True  # "Ganja, the second city of Azerbaijan"
        if self._only_describes(words):
            return True
        if words[:1] == [","] and len(words) == 3 and words[2] in _HELD:
            return True  # "Jaramana, government-controlled Damascus"
        if words == [","] and self.is_country(right) and self.kinds[left] and not self.is_country(left):
            return True  # "Lahore, Pakistan, and the group claimed it"
        # "Azaz, Aleppo" tells where; only a list that ends in "and" sets names side by side.
        return words == [","] and not self._list_goes_on(right)

    def only_tells_where(self, left: int, right: int) -> bool:
        """Whether the right name is only what the left one, or a thing named by it, is counted from: "the X camp, 10 km west of Y".

        Without a comma a side of the world stands in its place, "X camp south of Y"; the north of a region is finer than the region.
        """
        words = self._between(left, right)
        has_comma = "," in words
        begins = (",",) if has_comma else () if self.names_region(left) else tuple(grammar("near_of"))
        behind = next((at for at, word in enumerate(words) if word in begins), len(words))
        between = self.clauses.document.tokens_between(self.toponyms[left].end, self.toponyms[right].start)
        kind = between[: next((at for at, one in enumerate(between) if one.text.lower() in begins), 0)]
        return (
            len(kind) < _MOST_KIND_WORDS
            and all(
                one.pos in ("NOUN", "PROPN", "ADJ") or one.dep == "amod" or one.text.lower() == "for" for one in kind
            )
            and self._only_describes(words[behind:] if has_comma else [",", *words[behind:]])
        )

    def _only_describes(self, words: Sequence[str]) -> bool:
        """Whether the words between two names say that the right one is where the left one is counted from."""
        rest = words[1:] if words and words[0] in grammar("place_nouns") else words
        if len(rest) < 3 or rest[0] != "," or rest[-1] not in ("of", "from"):
            return False
        return all(word.isdigit() or word in grammar("describing") for word in rest[1:])

    def _list_goes_on(self, index: int) -> bool:
        """Whether the list of names after toponym `index` ends in "and" or "or"."""
        farthest = index + _LONGEST_LIST
        while index + 1 < len(self.toponyms):
            words = self._between(index, index + 1)
            if not words or any(word not in grammar("list_words") for word in words):
                break
            if _CONJUNCTIONS.intersection(words) or index >= farthest:
                return True  # so long a row of names is a list, however it ends
            index += 1
        return _AND.match(self.clauses.document.text, self.toponyms[index].end) is not None

    def _are_list_words(self, left: int, right: int) -> bool:
        """Whether only list words, adjectives and determiners stand between two names."""
        words = self._between(left, right)
        plain = {
            token.text.lower()
            for token in self.clauses.document.tokens_between(self.toponyms[left].end, self.toponyms[right].start)
            if token.pos in ("ADJ", "DET", "NUM")
        }
        return all(word in grammar("list_words") or word in plain for word in words)

    def _between(self, left: int, right: int) -> list[str]:
        text = self.clauses.document.text[self.toponyms[left].end : self.toponyms[right].start].lower()
        text = re.sub(r"\([^)]*\)|\)", " ", text)
        return re.findall(r"[\w'’]+|[,&]", text)


def _is_part(word: str) -> bool:
    """Whether the word is one for a part of a town or of a land: "neighbourhood", "district"."""
    return word in grammar("quarters") or word in grammar("regions")
