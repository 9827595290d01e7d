"""Scripts of words: which one a word is written in, and the marks that stand inside words. Standard library only."""

from __future__ import annotations

import functools
import unicodedata

__all__ = ["MARKS", "begins_like_a_name", "mixed_scripts", "script_of", "why_mixed"]

MARKS = r"\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
"""For a character class: combining diacritics, the points of Hebrew, the vowels of Arabic."""
_LATIN = ("LATIN", "MODIFIER", "FEMININE", "MASCULINE", "MICRO", "KELVIN", "ANGSTROM")
"""What the Unicode names of the letters of Latin texts begin with."""
_ENGLISH = {"Hiragana": "Japanese", "Katakana": "Japanese", "Katakana-hiragana": "Japanese", "Cjk": "Chinese"}
_WRITTEN_TOGETHER = frozenset({"Japanese", "Chinese", "Hangul", "Bopomofo"})
_FIRST_NOT_LATIN = "\u0370"


def begins_like_a_name(word: str) -> bool:
    """Return whether a word begins with a capital, or in a script whose words do not: Arabic, Hebrew, Georgian, Chinese.

    >>> [begins_like_a_name(word) for word in ("Homs", "homs", "حمص", "თბილისი", "мир")]
    [True, False, True, True, False]
    """
    first = word[0]
    return first.isupper() or (first >= _FIRST_NOT_LATIN and first.isalpha() and first.title() == first)


def script_of(word: str) -> str:
    """Return the script of the first letter of a word, as English names it; empty where that is Latin or none is known.

    >>> script_of("Мартуни"), script_of("斯捷"), script_of("Martuni")
    ('Cyrillic', 'Chinese', '')
    """
    return _script(word[0])


def mixed_scripts(word: str) -> tuple[str, ...]:
    r"""Return the scripts of a word whose letters are of several, in the order in which they come; else nothing.

    Scripts that are written together, as in Japanese, are no mixture.

    >>> mixed_scripts("M\u0430rtuni"), mixed_scripts("Martuni"), mixed_scripts("Мартуни")
    (('Latin', 'Cyrillic'), (), ())
    """
    if word.isascii():
        return ()
    scripts = tuple(dict.fromkeys(_script(char) or "Latin" for char in word if char.isalpha()))
    return () if len(scripts) < 2 or _WRITTEN_TOGETHER.issuperset(scripts) else scripts


def why_mixed(text: str) -> str:
    """Return what to say of the first word of mixed scripts in a text, empty where there is none."""
    for word in () if text.isascii() else text.split():
        if scripts := mixed_scripts(word):
            return f"mixed scripts: one word of {' and '.join(scripts)} letters, which is not the name that it may look like"
    return ""


@functools.lru_cache(maxsize=4096)
def _script(char: str) -> str:
    if char.isascii():
        return ""
    name = unicodedata.name(
        unicodedata.normalize("NFKC", char)[0], ""
    )  # a wide or a stylised letter is what it stands for
    if not name or name.startswith(_LATIN):
        return ""
    script = name.split(maxsplit=1)[0].capitalize()
    return _ENGLISH.get(script, script)
