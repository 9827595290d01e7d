"""Lists that the small model misreads: of what befell people, "ten were killed, 20 wounded and 30 captured", and of parties.

In the first only the first verb has its auxiliary, and a later one is taken for the main one, for an active one, or for a
trait of its number. In "between the army and the rebel X" the word before a name is taken for the party.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from geoconflict.extract.language.token_trees import hanging_on
from geoconflict.extract.lexicon import lexicon_words, read_lexicon

if TYPE_CHECKING:
    from geoconflict.extract.language.model import Token

__all__ = ["with_named_parties_in_lists", "with_passives_of_lists"]

_LONGEST_COUNT = 6
"""Tokens of a number and who is counted, "more than 100 other people"."""
_FARTHEST_COMMA = 8
"""Tokens between the first verb and the end of its part of the list, "killed by rebels on Monday,"."""
_OF_A_COUNT = frozenset({"ADJ", "ADP", "ADV", "DET", "NOUN", "NUM", "PROPN"})
_PARTING = frozenset({",", "and", "&"})
_AS_WHAT = frozenset({"captive", "captives", "hostage", "hostages", "prisoner", "prisoners"})


class _Item(NamedTuple):
    """A part of a list: "more than 20 people wounded"."""

    first: int
    verb: int
    end: int


def with_passives_of_lists(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "ten were killed, 20 wounded and 30 captured" all three verbs are passive and stand in a row."""
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    inside: set[int] = set()
    for auxiliary in tokens:
        first = tokens[auxiliary.head]
        if auxiliary.dep != "auxpass" or first.index < auxiliary.index or first.index in inside or first.pos != "VERB":
            continue
        items = _items_behind(tokens, first)
        if items:
            inside.update(item.verb for item in items)
            _put_in_a_row(mended, tokens, below, first, items)
    return mended


def with_named_parties_in_lists(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "the army and the paramilitary X Forces" the second party is the Forces, of that kind.

    The parser takes the word before the name for the party, and the name for another word for it, though no comma is between.
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for name in tokens:
        kind = tokens[name.head]
        between = tokens[kind.index + 1 : name.index]
        if (
            (kind.dep, name.dep) != ("conj", "appos")
            or kind.tag not in ("JJ", "NN")
            or not kind.text.islower()
            or name.pos != "PROPN"
            or not kind.index < name.index
            or any(token.pos != "PROPN" or token.head != name.index for token in between)
        ):
            continue
        for token in hanging_on(tokens, below, (kind.index,)):
            mended[token.index] = replace(token, head=name.index)
        mended[name.index] = replace(name, dep=kind.dep, head=kind.head)
        mended[kind.index] = replace(kind, dep="amod", head=name.index)
    return mended


def _items_behind(tokens: Sequence[Token], first: Token) -> list[_Item]:
    """Return the parts of a list behind its first verb, in text order."""
    items: list[_Item] = []
    at = first.index + 1
    for token in tokens[at : at + _FARTHEST_COMMA]:
        if token.text in _PARTING or token.pos in ("VERB", "AUX"):
            break
        at = token.index + 1
    while (item := _item_at(tokens, at)) is not None:
        items.append(item)
        at = item.end
    return items


def _item_at(tokens: Sequence[Token], at: int) -> _Item | None:
    """Return the part of a list that begins with the comma or the "and" at a token; None where none does."""
    start = at
    while at < len(tokens) and tokens[at].text.lower() in _PARTING:
        at += 1
    if at == start:
        return None
    for verb in tokens[at + 1 : at + 1 + _LONGEST_COUNT]:
        if verb.text.lower() in lexicon_words("event_grammar", "listed_participles"):
            break
        if verb.pos not in _OF_A_COUNT:
            return None
    else:
        return None
    end = verb.index + 1
    if end < len(tokens) and tokens[end].text.lower() in _AS_WHAT:
        end += 1
    is_counted = any(one.pos == "NUM" or _is_vague(one) for one in tokens[at : verb.index])
    is_plain = all(one.pos in _OF_A_COUNT for one in tokens[at : verb.index])
    has_object = end < len(tokens) and tokens[end].pos in ("DET", "NOUN", "NUM", "PRON", "PROPN", "ADJ")
    return _Item(at, verb.index, end) if is_counted and is_plain and not has_object else None


def _is_vague(token: Token) -> bool:
    """Whether a word stands for a number that nobody says: "dozens"."""
    return token.text.lower() in read_lexicon("numbers")["vague"]


def _put_in_a_row(
    mended: list[Token],
    tokens: Sequence[Token],
    below: dict[int, list[Token]],
    first: Token,
    items: Sequence[_Item],
) -> None:
    """Hang the verbs of a list on its first one, and on each who suffered it."""
    listed = {at for item in items for at in range(item.first, item.end)}
    above = first
    while above.head in listed and above.head != above.index:  # the model took a later verb for the main one
        above = tokens[above.head]
    if above is not first:
        is_root = above.head == above.index
        mended[first.index] = replace(first, dep=above.dep, head=first.index if is_root else above.head)
    for item in items:
        verb, whom = tokens[item.verb], tokens[item.verb - 1]
        mended[verb.index] = replace(verb, pos="VERB", tag="VBN", dep="conj", head=first.index)
        mended[whom.index] = replace(whom, dep="nsubjpass", head=verb.index)
        count = range(item.first, whom.index)
        for one in tokens[item.first : whom.index]:
            if one.head not in count:
                dep = one.dep if one.dep in ("advmod", "amod", "det", "nummod", "quantmod") else "nummod"
                mended[one.index] = replace(one, dep=dep, head=whom.index)
        for one in tokens[verb.index + 1 : item.end]:
            mended[one.index] = replace(one, dep="oprd", head=verb.index)
    for one in hanging_on(tokens, below, listed):
        if one.index in listed or one.index == first.index:
            continue
        nearest = next((item for item in reversed(items) if item.verb < one.index), None)
        mended[one.index] = replace(one, head=first.index if nearest is None else nearest.verb)
