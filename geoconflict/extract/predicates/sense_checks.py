"""What the entries of the trigger lexicon may hold: what could never hold, or is of the wrong type, stops the run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from geoconflict.choices import not_among
from geoconflict.errors import ConfigError

__all__ = ["INSTRUMENT_KEYS", "NEEDS", "REFINEMENTS", "SENSE_KEYS", "check_classes", "check_name", "check_row"]

_TEXT: Final = "text in quotation marks"
_TEXTS: Final = "a list of texts, none of them empty"
_SCORE: Final = "a number from 0 to 1"
_FLAG: Final = "true or false"
_CODES: Final = "a table of words and their codes"

SENSE_KEYS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("name", "type", "sub", "plover"), _TEXT),
    **dict.fromkeys(("verbs", "nouns", "refine", "needs", "requires"), _TEXTS),
    **dict.fromkeys(("object", "subject", "modifier"), _TEXT),
    **dict.fromkeys(("not_object", "not_subject", "not_modifier", "not_with", "not_clause", "not_instrument"), _TEXT),
    "plover_by": _CODES,
    "score": _SCORE,
    "effect": _FLAG,
}
"""The keys of a sense, and what each holds."""
INSTRUMENT_KEYS: Final = dict.fromkeys(("words", "type", "sub", "plover"), _TEXT)

NEEDS: Final = frozenset({
    "abductors", "agreed", "agreed_strict", "carried_out", "crowd", "dead", "declared", "deliberate", "demands", "denied", "does_damage", "explosive",
    "fallen_to", "fighters_there", "forces", "forces_agent", "forces_target", "harm_or_arms", "killer", "lines", "marched_against", "no_harm",
    "outbreak", "outbreak_verb", "packed", "place", "place_claimed", "place_entered", "place_held", "place_or_capital", "place_reached",
    "place_suffers", "place_taken", "post_held", "protesting", "soldiers_agent", "struck_again", "talk_frame", "talk_parties", "target_of_arms",
    "told_as_news", "town_cleared", "war", "weapon", "withdraw_ok",
})  # fmt: skip
"""What a sense may need or require besides a word of a class; :mod:`geoconflict.extract.events.sense_needs` looks for it."""
REFINEMENTS: Final = frozenset({
    "air", "air_war", "bomber", "crowd", "crowd_attack", "crowd_clash", "crowd_damage", "fired_from", "fired_on_town", "fired_with", "heard", "held",
    "instrument", "own_death", "sexual", "target", "territory",
})  # fmt: skip
"""What may change the type of a sense; :mod:`geoconflict.extract.events.refining` does it."""


def check_row(row: Mapping[str, Any], keys: Mapping[str, str], here: str) -> None:
    """Check the keys of an entry, and the type of what each holds.

    Raises
    ------
    ConfigError
        With all unknown keys, or the first that holds something else than it should.
    """
    unknown = sorted(set(row) - set(keys))
    if unknown:
        msg = f"{here} has unknown keys {', '.join(unknown)}; there are {', '.join(sorted(keys))}"
        raise ConfigError(msg)
    for key, value in row.items():
        if not _is(keys[key], value):
            msg = f"{here}: {key} must be {keys[key]}, not {value!r}"
            raise ConfigError(msg)


def _is(wanted: str, value: Any) -> bool:
    if wanted == _TEXT:
        return isinstance(value, str)
    if wanted == _TEXTS:
        return _are_words(value)
    if wanted == _CODES:
        return (
            isinstance(value, dict) and _are_words(list(value)) and all(isinstance(one, str) for one in value.values())
        )
    if wanted == _SCORE:
        return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    return isinstance(value, bool)


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)


def check_classes(tables: Mapping[str, Any], names: Iterable[str], here: str) -> None:
    """Check that the tables `names` hold lists of words and nothing else; users may add to each.

    Raises
    ------
    ConfigError
        With the first that does not.
    """
    for name in names:
        for key, words in tables[name].items():
            if not _are_words(words):
                msg = f"{here}: {name}.{key} must be {_TEXTS}, not {words!r}"
                raise ConfigError(msg)


def check_name(name: str, known: Collection[str], what: str) -> None:
    """Check that an entry names something that there is.

    Raises
    ------
    ConfigError
        With the nearest of the known names, or all of them.
    """
    if name not in known:
        msg = f"{what}: {not_among(name, sorted(known))}"
        raise ConfigError(msg)
