"""Whose forces are told by a person's name: "Savimbi's men", "forces loyal to Muammar Gaddafi", "troops of General Ratko Mladic".

Of the persons that :file:`leaders.toml` has it is known which group or which state they lead. The men of another person with a
rank are an armed group of their own: armies of states are seldom called by the names of their generals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.predicates.clauses import Clauses
from geoconflict.models import Actor, ActorKind

__all__ = ["followers_of"]


def followers_of(
    clauses: Clauses, index: int, leader_at: Callable[[int], Actor | None], nouns: Mapping[str, frozenset[str]]
) -> Actor | None:
    """Return whom the noun for armed people at token `index` means, by the person whom it names as theirs; None without one.

    Parameters
    ----------
    leader_at
        Token -> the group or the forces that the person leads whose name begins there.
    nouns
        The common nouns of the lexicon of actors.
    """
    for name in _leaders(clauses, index):
        tokens = [token for token in clauses.phrase_tokens(name, with_of=False) if token.dep not in ("case", "det")]
        for token in tokens:
            if (actor := leader_at(token.index)) is not None:
                is_of_state = actor.kind is ActorKind.STATE_FORCES
                return None if is_of_state and clauses.lower[index] in nouns["rebels"] | nouns["militia"] else actor
        titles = {token.text.lower().rstrip(".") for token in tokens}
        is_fallen = not titles.isdisjoint(lexicon_words("leaders", "fallen"))
        if not is_fallen and not titles.isdisjoint(lexicon_words("leaders", "of_state")):
            return None
        words = [
            token.text
            for token in tokens
            if token.pos == "PROPN"
            and token.text[:1].isupper()
            and token.text.lower().rstrip(".") not in lexicon_words("leaders", "ranks")
        ]
        if is_fallen and not titles.isdisjoint(lexicon_words("leaders", "of_state")):
            # The state's forces are no longer his.
            return Actor(
                name=f"Forces of {' '.join(words)}" if words else "Unidentified Armed Group",
                kind=ActorKind.POLITICAL_MILITIA,
                sectors=("UAF",),
            )
        are_plain = clauses.lower[index] in nouns["forces"] | nouns["forces_strong"] | nouns["men"]
        if are_plain and words and not titles.isdisjoint(lexicon_words("leaders", "ranks")):
            return Actor(name=f"Forces of {' '.join(words)}", kind=ActorKind.POLITICAL_MILITIA, sectors=("UAF",))
    return None


def _leaders(clauses: Clauses, index: int) -> Iterator[int]:
    """Yield the tokens of names behind "of", "under", "loyal to" and "led by", and of the owner before the noun."""
    yield from (child.index for child in clauses.children(index, "poss"))
    # "The army and supporters of X": the parser may hang X on the first of the two.
    next_one = min((child.index for child in clauses.children(index, "conj")), default=len(clauses.tokens))
    yield from (below for _, below in clauses.preps(index, "of", "under") if below < next_one)
    for child in clauses.children(index):
        lemma = child.lemma.lower()
        if lemma in lexicon_words("leaders", "loyal"):
            yield from (below for _, below in clauses.preps(child.index, "to", "with"))
        elif lemma in lexicon_words("leaders", "leading"):
            yield from (below for _, below in clauses.preps(child.index, "by"))
