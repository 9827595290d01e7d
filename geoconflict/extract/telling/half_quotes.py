"""A deed in the words of somebody who is not named: "Rebels 'capture key town of X'", "have “killed 12 soldiers” in X".

Headlines set so what one side says. One word in quotation marks only keeps away from the word: 'the army "liberated" X'.
"""

from __future__ import annotations

from geoconflict.extract.predicates.clauses import Clauses
from geoconflict.extract.predicates.triggers import Predicate

__all__ = ["is_half_quoted"]

_OPENING = frozenset({'"', "'", "“", "‘", "``", "«"})
_CLOSING = {'"': '"', "'": "'", "“": "”", "‘": "’", "``": "''", "«": "»"}
_FEWEST_WORDS = 2
"""Words of a quotation that tells a deed: the verb, and what was done to whom."""
# The parser takes the first word of a headline, "Rebels", for a verb at times; so no subject is asked of the verb.
_BEFORE_VERB = frozenset({"aux", "auxpass", "neg", "advmod"})


def is_half_quoted(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether a quotation begins at the predicate's verb, behind its subject, and has more than the verb."""
    return any(
        clauses.tokens[at].tag.startswith("VB") and _opens_quotation(clauses, at)
        for at in sorted(predicate.anchors | predicate.outcomes | {predicate.token})
    )


def _opens_quotation(clauses: Clauses, verb: int) -> bool:
    tokens, passage = clauses.tokens, clauses.passage_of(verb)
    first = verb
    while first > 0 and tokens[first - 1].head == verb and tokens[first - 1].dep in _BEFORE_VERB:
        if tokens[first - 1].text in _OPENING:
            break  # a mark may be read as "have", shortened
        first -= 1
    mark = tokens[first - 1] if first > 0 else None
    if mark is None or mark.text not in _OPENING or mark.start <= passage.start:
        return False
    before = tokens[mark.index - 1]
    is_behind_doer = (
        before.tag.startswith(("NN", "PRP")) or before.lemma in ("be", "have") or before.start == passage.start
    )
    if not is_behind_doer and tokens[verb].dep != "conj":
        return False
    closing = next(
        (
            token.index
            for token in clauses.document.tokens_between(tokens[verb].end, passage.end)
            if token.text == _CLOSING[mark.text]
        ),
        None,
    )
    return closing is not None and closing - first >= _FEWEST_WORDS
