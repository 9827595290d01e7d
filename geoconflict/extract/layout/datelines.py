"""Where and when a report was filed, as its first words say: "KABUL, Oct 8 (Agency) -", "(Geneva, October 8, 2021) –".

A dateline tells nothing of what happened. It is told apart from the sentence behind it before any of that is read.
"""

from __future__ import annotations

import re

__all__ = ["dateline_of"]

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
_NTH = r"(?:st|nd|rd|th)?"
_DATE = (
    rf"(?i:(?:{_WEEKDAY}\.?,?[ ]+)?(?:{_MONTH}\.?[ ]+\d{{1,2}}{_NTH}(?:,?[ ]+\d{{4}})?"
    rf"|\d{{1,2}}{_NTH}[ ]+(?:of[ ]+)?{_MONTH}\.?(?:,?[ ]+\d{{4}})?|{_MONTH}\.?[ ]+\d{{4}}|\d{{4}}-\d\d-\d\d"
    rf"|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|{_WEEKDAY}))(?![\w])"
)
_NO_PLACE = (
    rf"(?!(?i:{_MONTH}|{_WEEKDAY}|after|as|at|before|between|by|during|early|from|in|late|of|on|since|the|until)\b)"
)
_WORD = r"[^\W\d_a-z][\w.'’]{0,30}"
_PLACE = rf"{_NO_PLACE}{_WORD}(?:[ /-](?:(?:of|the|and|de|la|el|al|ul|es|as)[ -]){{0,2}}{_NO_PLACE}{_WORD}){{0,5}}"
_AGENCY = r"\([^\W\d_a-z][^()\n]{0,30}\)|/[^\W\d_a-z][^/\n]{1,30}/"
_DASH = r"(?:--?|[\u2010-\u2015])"
_BEHIND = rf"(?=[\"'“‘«(]?(?!{_DATE})[^\W_a-z])"
"""What follows opens a sentence, and is no date: "Sept 8 - Oct 3" is a period."""
_DATELINE = re.compile(
    rf"^[ \t]*(?:(?P<named>{_PLACE}(?:,[ ]*{_PLACE}){{0,2}})"
    rf"(?P<dated>,?[ ]*(?:{_DASH}[ ]+)?{_DATE},?)?(?:[ ]*(?P<agency>{_AGENCY}))?(?(dated)|(?P<late>,?[ ]*{_DATE},?)?)"
    rf"(?:[ ]+{_DASH}|(?<=[)\d/]){_DASH})[ \t]+"
    rf"|\({_PLACE}(?:[,/][ ]*{_PLACE}){{0,3}}(?:,[ ]*{_DATE})?\)[ ]*{_DASH}[ \t]*){_BEHIND}",
    re.MULTILINE,
)
_LOWER = re.compile(r"[^\W\d_A-Z]{2}")
_LOOK_AHEAD = 120
_LONGEST = 120
_WITHIN = 10_000
"""Characters in which a dateline is looked for: it stands at the head of a report."""


def dateline_of(text: str) -> tuple[int, int] | None:
    """Return where the dateline of a report begins and where the sentence behind it does, as code points; None without one.

    It names a place and is set off by a dash, and has a day, an agency, brackets or capitals to be known by: "Hamas - the
    group" is none. Where several lines open so and with days, they are a list of incidents, each on its own day.
    """
    first: tuple[int, int] | None = None
    days = 0
    for match in _DATELINE.finditer(text, 0, _WITHIN):
        start = match.end() - len(match[0].lstrip())
        line = match[0].strip()
        if len(line) > _LONGEST or not _is_marked(match, text):
            continue
        days += bool(match["dated"] or match["late"])
        if days > 1:
            return None
        first = first or (start, match.end())
    return first


def _is_marked(match: re.Match[str], text: str) -> bool:
    if match["named"] is None or match["dated"] or match["late"] or match["agency"]:
        return True
    # A name in capitals is one only where the rest is not in capitals, too.
    return (
        match["named"].partition(",")[0].isupper()
        and _LOWER.search(text, match.end(), match.end() + _LOOK_AHEAD) is not None
    )
