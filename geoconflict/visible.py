"""Text of others made safe to show: characters that hide or reorder what stands there are shown as escapes.

A zero-width space inside a name, or a right-to-left override, makes a reader see something else than the program reads;
an escape sequence can rewrite a terminal. Scripts written from right to left need none of them.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

__all__ = ["clean_text", "is_linkable", "visible", "visible_json", "visible_title"]

_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\uf8ff\ufeff\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
    # Letters and marks that draw nothing: Hangul fillers, the braille blank, variation selectors.
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\ufe00-\ufe0f\uffa0]"
)
"""Controls, format characters, surrogates, private characters, line separators, and what draws nothing."""

_BESIDE = "\u0600-\u0dff\u1000-\u109f\u1780-\u18af"
"""Letters of scripts that join or part by a character that is not seen: Arabic, those of India, Burmese, Khmer, Mongolian."""
_NEEDED = re.compile(
    f"((?<=[{_BESIDE}])[\u200c\u200d](?=[{_BESIDE}])|(?<=[\u2190-\u2bff\U0001f000-\U0001faff])[\u200d\ufe0f])|{_HIDDEN.pattern}"
)
"""Group 1: what is not seen and still needed, a joiner inside a word or what makes a sign a picture. Else as `_HIDDEN`."""

_WHITE = re.compile(r"[ \t\r\n]*[\t\r\n][ \t\r\n]*")


def clean_text(text: str) -> str:
    """Return `text` as UTF-8 can carry it: a surrogate without its other half becomes U+FFFD."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def visible(text: str) -> str:
    r"""Return `text` in one line, with every character that would not be seen as its escape: ``Mar\u200btuni``.

    Tabs and line breaks become one space.
    """
    return _HIDDEN.sub(_escape, _WHITE.sub(" ", text))


def visible_title(text: str) -> str:
    r"""Return a title as :func:`visible` does, with the joiners that its script needs: Persian words hold them."""
    return _NEEDED.sub(lambda found: found[1] or _escape(found), _WHITE.sub(" ", text))


def visible_json(document: str) -> str:
    r"""Return a JSON document with hidden characters in its strings escaped; it holds the same data.

    ``json.dumps`` escapes the ASCII controls alone. The document must be in one line.
    """
    return _HIDDEN.sub(_escape_json, document)


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _escape_json(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def is_linkable(address: str) -> bool:
    """Whether an address leads to the web and hides not where: no user name, no character that is not seen.

    The pages keep the same rule in ``safeUrl`` of ``dom.js``.
    """
    if any(unicodedata.category(letter)[0] in "CZ" and letter != " " for letter in address):
        return False
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and "@" not in parts.netloc and address[:1] != " "
