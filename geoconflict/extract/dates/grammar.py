"""The shapes of English time expressions, as regular expressions over lower-case text.

:func:`grammar` builds them once from ``resources/lexicons/dates.toml``. A rule is a name and a pattern with named groups;
:mod:`geoconflict.extract.dates.counts` and its bases know what each rule means. Rules stand in order of preference: at one place in the text
the first that matches wins. The scan is fast because it looks words up first: a word or figure without which no rule can
match names the family of rules to try, and those are tried only where an expression can begin.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from geoconflict.extract.lexicon import any_form, read_lexicon

__all__ = ["Grammar", "grammar"]


class Patterns(dict[str, re.Pattern[str]]):
    """Patterns by name, each compiled when it is first asked for: a process that reads one report needs few of them.

    Parameters
    ----------
    sources
        The text of each pattern by its name.
    """

    def __init__(self, sources: Mapping[str, str]) -> None:
        super().__init__()
        self.sources = sources

    def __missing__(self, name: str) -> re.Pattern[str]:
        pattern = self[name] = re.compile(self.sources[name])
        return pattern


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled rules and the word lists that their meaning needs."""

    lexicon: Mapping[str, Any]
    word: re.Pattern[str]
    """Finds words and figures; `lastgroup` is the family of rules that a figure calls for."""
    family_of: dict[str, str]
    """The family of rules that a word calls for."""
    opener: re.Pattern[str]
    """Finds the places where an expression can begin."""
    families: Patterns
    """The rules of a family as one alternation; `lastgroup` names the rule."""
    rules: Patterns
    months: dict[str, int]
    weekdays: dict[str, int]
    tense: re.Pattern[str]
    """Finds words that decide the tense: group `future`, `past`, `over` (a plan that is past), `present` or `participle` (any word in -ed: a name, if capitalised)."""
    plans: frozenset[str]
    """Past verbs whose day may lie ahead: "has set 10 November"."""
    no_participles: frozenset[str]
    present_before: re.Pattern[str]
    """Matches a verb in the present right before an expression, at the end of the text given: "they meet on Monday"."""
    deadline: re.Pattern[str]
    """Finds what makes "until Tuesday" lie ahead."""
    ahead: re.Pattern[str]
    """Matches after a day, with or without its genitive: what may lie ahead."""
    signal: re.Pattern[str]
    """Matches at the end of the text before an expression: since, until, before ..."""
    later_year: re.Pattern[str]
    """Matches after a day or month without year when a second one with a year follows: "2 October to 5 November 2020"."""
    document: re.Pattern[str]
    """Matches at the end of the text before a day on which something was written: "in a report published on"."""
    not_year_before: re.Pattern[str]
    not_year_after: re.Pattern[str]
    year_behind_in: re.Pattern[str]


def either(words: Iterable[str]) -> str:
    """Return an alternation as :func:`any_form`, with any kind of apostrophe."""
    return any_form(words).replace("'", "['’]")


_GROUP = re.compile(r"\(\?P<\w+>")
_YEAR = r"(?:1[0-9]\d\d|20\d\d)(?!\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_DASH = r"\s?[-–—/]\s?"
_UNIT = r"(?:day|week|weekend|fortnight|month|quarter|year|decade|centur|hour|minute|second)"
_NUMERAL = (
    r"(?:(?:a|one)\s+(?:couple|pair)(?:\s+of)?|a\s+few|a\s+dozen|half\s+a\s+dozen|two\s+dozen|several|many|some|few|half\s+an?|\d{1,3}(?:,\d{3})+"
    r"|\d+(?:\.\d+)?(?:\s+\d/\d)?|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-]+(?:one|two|three|four|five|six|seven"
    r"|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|(?:a|one|two|three|four|five)\s+hundred|a\s+thousand|an?)"
)
_APPROX = (
    r"(?:about|around|nearly|almost|roughly|approximately|some|more\s+than|less\s+than|fewer\s+than|over|under|just|only|at\s+least|up\s+to"
    r"|just\s+over|barely|the\s+full|another)\s+"
)
_MODIFIER = (
    r"(?:(?:the\s+)?(?P<mod>early|mid|late|(?:very\s+)?beginning\s+of|start\s+of|onset\s+of|first\s+half\s+of|second\s+half\s+of"
    r"|middle\s+of|end\s+of|close\s+of|first\s+days?\s+of|last\s+days?\s+of|final\s+days\s+of|latter\s+part\s+of|earl(?:y|ier)\s+part\s+of"
    r"|first\s+weeks?\s+of|last\s+weeks?\s+of|early\s+in|late\s+in|earlier\s+in|later\s+in|earlier|later|turn\s+of)(?:\s+|-)(?:the\s+)?)?"
)
_RELATIVE = (
    r"(?:the\s+)?(?:last|next|this|past|coming|previous|following|preceding|current|same|upcoming)(?:\s+(?:same|past|coming|last|next))?"
    r"|that\s+same|that|this\s+very|that\s+very"
)
_TIME_OF_DAY = (
    r"(?:\d{1,2}(?:[:.]\d\d)?\s?(?:a\.?m\.?|p\.?m\.?)(?!\w)|\d{1,2}:\d\d(?::\d\d)?|noon|midnight|midday)"
    r"(?:\s?(?:hours|hrs|local\s+time|gmt|utc|e[sd]t|c[sd]t|p[sd]t|bst|cet|msk)(?!\w))?"
)


def _before_day(lexicon: Mapping[str, Any]) -> tuple[str, str]:
    """Return what may stand before a day: "the evening of", "early morning on"; and the weekday behind that."""
    part = either(lexicon["parts_of_day"])
    weekday = either([*lexicon["weekdays"], *lexicon["weekday_abbreviations"]])
    return (
        rf"(?P<part>(?:the\s+)?(?:(?:early|late)\s+)?(?:overnight|{part})\s+(?:of|on)\s+(?:the\s+)?)?",
        rf"(?:(?P<wd>(?:(?:{weekday})(?![a-z])\.?)),?\s+(?:the\s+)?)?",
    )


def _rules(lexicon: Mapping[str, Any]) -> dict[str, str]:
    month = rf"(?:(?:{either(lexicon['months'])})(?![a-z])|(?:{either(lexicon['month_abbreviations'])})(?![a-z])\.?)"
    whole_month = rf"(?:(?:{either(lexicon['months'])})(?![a-z])|(?:{either(lexicon['month_abbreviations'])})\.)"
    weekday = rf"(?:{either(lexicon['weekdays'])})"
    part = rf"(?:{either(lexicon['parts_of_day'])})"
    ordinal = either(lexicon["ordinals"])
    day = rf"(?:{_DAY}|(?:{ordinal}))(?![\w]|:\d|[.,]\d)"
    year = rf"(?:{_YEAR}|['’]\d\d(?!\d))"
    season = rf"(?:{either(lexicon['seasons'])})"
    before, names = _before_day(lexicon)
    after = rf"(?:,?\s+(?:in\s+the\s+|at\s+)?(?P<tod>(?:early\s+|late\s+)?{part}))?(?!\w|-(?!{month})[a-z])"
    to = rf"(?:{_DASH}|\s+(?:to|and|or|until|till|through|into)\s+(?:the\s+)?)"
    end_of_day = r"(?=\s*(?:[.,;:)?!\"”’']|$|\n|(?:in|at|on|when|as|by|for|the|with|after|and|of|of\s+that|near|during|but|while|were|was|are|is)\b))"
    into = rf"(?:(?<=night)s?\s+(?:in)?to\s+(?:early\s+)?(?P<into>{weekday})(?!\w))?"
    to_next = r"(?:\s+(?:in)?to\s+|\s?[-–]\s?)"
    unit = r"(?P<unit>day|weekend|week|fortnight|month|quarter|half|year|decade|century)"
    return {
        "iso": r"(?P<y>\d{4})(?:-(?P<m>\d\d)-(?P<d>\d\d)|/(?P<m2>\d\d)/(?P<d2>\d\d))(?P<clock>t\d\d:\d\d(?::\d\d)?)?(?!\d)",
        "numeric": r"(?P<a>\d{1,2})(?P<sep1>[/.-])(?P<b>\d{1,2})(?P<sep2>[/.-])(?P<y>\d{4}|\d\d)(?![\d/])",
        "clock_day": rf"(?P<clock>{_TIME_OF_DAY}),?\s+(?:on\s+)?(?:(?P<wd>{weekday})(?!\w)|(?P<deictic>today|yesterday|tomorrow)(?!\w))",
        "pair_md": rf"(?P<mon>{month})\s+(?P<d>{day})\s+(?:and|or)\s+(?P<d2>{day})(?:,?\s+(?P<y>{year}))?{end_of_day}",
        "range_md": rf"{before}(?P<mon>{month})\s+(?P<d>{day})(?:{_DASH}|\s+(?:to|through|until)\s+)(?P<d2>{day})(?!\s+{month})(?:,?\s+(?P<y>{year}))?(?!\w|-[a-z])",
        "range_dm": rf"{before}{names}(?:the\s+)?(?P<d>{day})(?:,\s+{day}){{0,5}}{to}(?P<d2>{day})(?:\s+of)?\s+(?P<mon>{month})(?:(?:,|\s+of)?\s+(?P<y>{year}))?{after}",
        "dm": rf"{before}{names}(?:the\s+)?(?P<d>{day})(?:\s+of)?[\s-]+(?P<mon>{month})(?:(?:,|\s+of|-)?\s*(?P<y>{year}))?{after}",
        "md": rf"{before}{names}(?P<mon>{month})\s+(?:the\s+)?(?P<d>{day})(?:(?:,|\s+of)?\s+(?P<y>{year}))?{after}",
        "week_of_month": rf"(?:the\s+)?(?P<which>first|second|third|fourth|last|final)\s+week\s+(?:of|in)\s+(?P<mon>{whole_month})(?:,?\s+(?:of\s+)?(?P<y>{year}))?(?!\w)",
        "month_year": rf"{_MODIFIER}(?P<mon>{month})(?:,?\s+of)?(?:,\s*|\s+)(?P<y>{year})(?![\w%])",
        "month_of": rf"{_MODIFIER}(?P<mon>{whole_month})\s+(?:of\s+)?(?P<rel>(?:last|this|next|that|the\s+same|that\s+same|the\s+previous|the\s+following)\s+year)(?!\w)",
        "rel_month": rf"{_MODIFIER}(?P<rel>{_RELATIVE})\s+(?P<mon>{whole_month})(?!\w|\s+\d{{1,2}}(?!\d))",
        "month": rf"{_MODIFIER}(?P<mon>{whole_month})(?!\w)",
        "season_year": rf"{_MODIFIER}(?:the\s+)?(?P<season>{season})(?:\s+(?:of|in)|,)?\s+(?P<y>{year})(?:{_DASH}(?P<y2>\d{{4}}|\d\d)(?!\d))?(?![\w%])",
        "rel_season": rf"{_MODIFIER}(?P<rel>{_RELATIVE})\s+(?P<season>{season})(?!\w)",
        "season": rf"{_MODIFIER}(?P<season>spring|summer|autumn|winter)(?![\w-])",
        "quarter": r"(?:the\s+(?:(?P<y0>\d{4})\s+)?|its\s+|their\s+|this\s+year['’]s\s+)?(?:fiscal\s+)?(?P<q>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]quarter(?:(?:\s+(?:of|in))?\s+(?:fiscal\s+)?(?:(?P<y>\d{4})(?!\d)|(?P<rel>(?:last|this|next)\s+year)))?(?!\w)",
        "quarter_short": r"q(?P<q>[1-4])(?:(?:\s+of)?\s+(?P<y>\d{4}))?(?!\w)",
        "half": r"(?:the\s+)?(?P<h>first|second)\s+half\s+of\s+(?:(?P<y>\d{4})(?!\d)|(?P<rel>(?:last|this|next|the)\s+year)(?!\w))",
        "weekday": rf"(?:(?P<edge>early|late|later|earlier)\s+(?:on\s+)?)?(?:(?:the\s+)?(?:(?P<night>night|evening|morning|afternoon|eve)\s+of|(?P<eve>night)\s+(?:in)?to)\s+)?(?:(?P<rel>every|each|{_RELATIVE})\s+)?(?P<wd>{weekday})(?P<plural>s)?(?:(?:\s+|-)(?P<tod>(?:early\s+|late\s+)?{part})s?)?{into}(?:\s+(?:of\s+)?(?P<week>(?:last|this|next)\s+week|last|before\s+last))?(?![\w-])",
        "deictic": rf"(?:(?P<edge>early|late|later|earlier)\s+)?(?P<deictic>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|today|yesterday|tomorrow|tonight|overnight|last\s+night|(?:this|yesterday|tomorrow)\s+{part})(?:\s+(?P<tod>{part}))?(?!\w)(?:(?:(?<=night)\s+(?P<until>into|to)\s+(?:early\s+)?|(?<=night)\s+from\s+|(?<=night)\s+(?={weekday}{to_next}{weekday})|\s+on\s+)(?P<wd>{weekday})(?!\w)(?:{to_next}(?:early\s+)?(?P<into>{weekday})(?!\w))?)?",
        "named_day": rf"(?:(?P<rel>{_RELATIVE})\s+)?(?P<name>{either([*lexicon['named_days'], *lexicon['floating_days']])})(?:(?:\s+(?:of|in)|,)?\s+(?P<y>\d{{4}})(?!\d))?{after}",
        "count_ago": rf"(?P<approx>(?:{_APPROX})*)(?:(?P<n0>{_NUMERAL})(?:\s+(?:or|to)\s+|\s?[-–]\s?))?(?P<n>{_NUMERAL})[\s-]+(?P<unit>{_UNIT})(?:s|y|ies)?(?P<half>\s+and\s+a\s+half)?(?:\s+or\s+(?P<more>so|two|more))?\s+(?P<way>ago|earlier|later|hence|from\s+now|back(?=\s*[,.;)])|previously|before(?=\s*[,.;:)?!])|after(?=\s*[,.;:)?!])|beforehand|afterwards?)(?!\w)(?:,?\s+(?:on\s+)?(?P<wd>{weekday})(?!\w))?",
        "beside_event": rf"(?:(?P<n>{_NUMERAL})[\s-]+)?(?P<unit>day|week|hour|minute)s?(?=\s+(?P<way>before|after)\s+the\s+(?:{either(lexicon['counted_from']['nouns'])})(?![\w-]|\s+(?:{either(lexicon['counted_from']['which'])})(?!\w)))",
        "day_beside": r"(?:the\s+)(?P<n>day|week|month|year|night|morning|evening)\s+(?P<way>before|after|earlier|later|following)(?=\s*[,.;:)?!]|\s*$|\s+(?:in|at|near|outside)\s)",
        "count_range": rf"(?:the\s+|these\s+)?(?P<rel>past|last|next|coming|previous|preceding|following)\s+(?:(?P<n>{_NUMERAL})[\s-]+)?(?P<unit>{_UNIT})(?:s|ies)(?!\w)",
        "count_one": r"(?:the\s+)?(?P<rel>past|last)\s+(?P<n>24|48|72|twenty[\s-]four|forty[\s-]eight)[\s-]+(?P<unit>hour)s?(?!\w)",
        "in_count": rf"(?P<within>within|in)\s+(?P<n>{_NUMERAL})[\s-]+(?P<unit>{_UNIT})(?:s|y|ies)?(?:(?:['’]s?)?\s+(?P<way>time))?(?![\w'’-])",
        "recent_units": rf"(?P<rel>recent|coming)\s+(?P<unit>{_UNIT})(?:s|ies)(?!\w)",
        "end_of_unit": r"(?:the\s+)?(?P<mod>(?:very\s+)?beginning|start|middle|end|close|latter\s+part|rest|remainder)\s+of\s+(?:the|this|that)\s+(?P<unit>week|month|quarter|year|decade|century)(?!\w)|(?:earlier|later|early|late)\s+in\s+the\s+(?P<unit2>day|week|month|year|decade)(?!\w)|(?:the\s+)?(?P<unit3>year|month)(?:['’]s\s+|[-\s])end(?!\w)",
        "rel_part": rf"(?:(?:early|late|later|earlier)\s+)?(?P<rel>the\s+next|the\s+following|the\s+previous|the\s+preceding|the\s+same|that\s+same|that|last|next)\s+(?P<tod>{part})(?!\w)",
        "rel_unit": rf"{_MODIFIER}(?P<rel>{_RELATIVE})\s+(?:fiscal\s+|financial\s+|calendar\s+|school\s+)?{unit}(?:['’]s)?(?:\s+(?P<tod>{part}))?(?![\w-])",
        "fiscal": r"(?:fiscal|financial)\s+(?:year\s+)?(?P<y>\d{4})(?!\d)",
        "latest_quarter": r"(?:the|its|their)\s+(?:(?P<rel>latest|year-ago|year-earlier)\s+)?(?P<unit>quarter|period)(?![\w-])",
        "year_ago": r"(?P<w>year-ago|year-earlier)(?!\w)",
        "weekend": r"the\s+(?P<unit>weekend)(?!\w)",
        "decade": rf"(?:the\s+)?(?:(?P<mod>early|mid|late)(?:\s+|-)(?:to\s+(?:mid|late)(?:\s+|-))?)?(?:the\s+)?(?:(?P<d>1[0-9]\d|20\d)0['’]?s|['’](?P<dd>\d)0s|(?P<word>{either(lexicon['decades'])}))(?!\w)",
        "century": rf"(?:the\s+)?(?:(?P<mod>early|mid|late)(?:\s+|-))?(?:the\s+)?(?P<c>\d{{1,2}}(?:st|nd|rd|th)|{ordinal})[\s-]century(?P<bc>\s+b\.?c\.?)?(?!\w)",
        "bc": r"(?:(?:early|mid|late)(?:\s+|-))?(?P<y>\d{1,4})\s+(?:b\.c\.?e?\.?|bce?)(?!\w)",
        "years_range": r"(?P<y>1[0-9]\d\d|20\d\d)\s?[-–—/]\s?(?P<y2>1[0-9]\d\d|20\d\d|\d\d)(?![\w%/-])",
        "mod_year": rf"{_MODIFIER}(?P<y>{_YEAR})(?![\w%]|-\w|[.,]\d)",
        "year_words": r"(?:the\s+year\s+)?(?P<words>nineteen[\s-]+(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-]+(?:one|two|three|four|five|six|seven|eight|nine))?)|the\s+year\s+two\s+thousand)(?!\w)",
        "year_short": r"(?<=\s)['’](?P<yy>\d\d)(?![\w%])",
        "month_day": r"(?<=\bon\s)(?:the\s+)(?P<d>(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th))(?:\s+of\s+(?:that|the\s+same|this)\s+month(?!\w)|(?=\s*(?:[,.;:)]|$|\b(?:and|was|were|it|he|they)\b)))",
        "clock": rf"(?:(?<=\sat\s)|(?<=\saround\s)|(?<=\sby\s)|(?<=\suntil\s)|(?<=\sbefore\s)|(?<=\sabout\s)|(?<=\safter\s)|(?<=\sfrom\s)|(?<=\ssince\s))(?P<clock>{_TIME_OF_DAY})(?:,?\s+on\s+(?P<wd>{weekday})(?!\w))?(?!\w)",
        "every": rf"(?:every|each|per)\s+(?:(?P<n>{_NUMERAL})\s+)?(?P<unit>{_UNIT}|night|morning|evening)(?:s|y|ies)?(?!\w)",
        "set": rf"(?P<word>{either(lexicon['sets'])})(?!\w)",
        "duration": rf"(?P<approx>(?:{_APPROX})*)(?:(?:the\s+)?(?:first|entire|whole|final|full)\s+)?(?P<n>{_NUMERAL})(?:[\s-]+(?:more|whole|full|long|straight|consecutive|successive))?[\s-]+(?P<unit>{_UNIT})(?:s|y|ies)?(?P<half>\s+and\s+a\s+half)?(?![\w]|[\s-]old\b|-olds?\b)",
        "plural": rf"(?P<unit>{_UNIT})(?:s|ies)(?![\w]|[\s-]old\b)(?:\s+(?P<way>later|earlier|ago|(?:before|after)(?=\s*[,.;:)?!]))(?!\w))?",
        "reference": rf"(?P<word>{either(lexicon['references'])})(?![\w-]|\s+(?:[\w-]+\s+){{0,2}}{_UNIT}(?:s|ies)?(?!\w))",
    }


def _trie(words: Iterable[str]) -> str:
    """Return an alternation factored by first letters: the scanner then looks at few branches a character."""
    heads: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        heads.setdefault(word[0], []).append(word[1:])
    return "|".join(
        re.escape(head) + (f"(?:{either(tails)})" if tails != [""] else "") for head, tails in sorted(heads.items())
    )


_FAMILIES: dict[str, tuple[str, ...]] = {
    "month": (
        "pair_md", "range_dm", "range_md", "dm", "md", "week_of_month", "month_year", "month_of", "rel_month", "month", "named_day",
    ),
    "weekday": ("clock_day", "range_dm", "dm", "md", "weekday"),
    "unit": (
        "deictic", "named_day", "year_words", "quarter", "half", "beside_event", "count_ago", "day_beside", "count_range", "count_one", "in_count",
        "recent_units", "end_of_unit", "rel_unit", "fiscal", "latest_quarter", "year_ago", "weekend", "century", "every", "duration",
        "plural", "reference",
    ),
    "half": ("half",),
    "part": ("deictic", "clock_day", "clock", "range_dm", "range_md", "dm", "md", "weekday", "rel_part", "day_beside", "every"),
    "deictic": ("deictic", "clock_day"),
    "season": ("season_year", "rel_season", "season"),
    "decade": ("decade",),
    "set": ("set",),
    "reference": ("reference",),
    "named": ("named_day",),
    "year_words": ("year_words",),
    "year": ("iso", "numeric", "quarter", "years_range", "fiscal", "decade", "bc", "mod_year"),
    "ordinal": ("range_dm", "dm", "month_day", "century", "quarter"),
    "clock": ("clock_day", "clock"),
    "numeric": ("numeric", "named_day"),
    "bc": ("bc",),
    "short": ("decade", "year_short"),
    "short_quarter": ("quarter_short",),
}  # fmt: skip
"""Which rules a word or figure can be part of."""


_FIGURES = {
    "short": r"(?<=['’])\d\d(?!\d)",
    "short_quarter": r"(?<=\bq)[1-4](?!\w)",
    "bc": r"\d{1,4}\s+b\.?c",
    "numeric": r"\d{1,2}[/.-]\d{1,2}[/.-]\d|9/11",
    "year": r"\d{4}(?!\d)",
    "ordinal": r"\d{1,2}(?:st|nd|rd|th)",
    "clock": r"\d{1,2}(?::\d\d|(?:[.:]\d\d)?\s?[ap]\.?m)",
}
"""The families that figures call for, by what stands at the figures: "'92", "Q3", "44 BC", "9/11", "2020", "27th", "6 a.m."."""


def _alternation(rules: Mapping[str, str], openings: Iterable[str]) -> str:
    """Return rules as one alternation, in which `lastgroup` names the rule; an opening that several in a row share is matched once."""

    def opening(name: str) -> str:
        return next((opening for opening in openings if rules[name].startswith(opening)), "")

    parts = []
    for shared, names in itertools.groupby(rules, opening):
        each = "|".join(f"(?P<{name}>{_GROUP.sub('(?:', rules[name].removeprefix(shared))})" for name in names)
        parts.append(f"{_GROUP.sub('(?:', shared)}(?:{each})")
    return "|".join(parts)


def _family_of(lexicon: Mapping[str, Any]) -> dict[str, str]:
    def plural(words: Iterable[str]) -> set[str]:
        return {form for word in words for form in (word, f"{word}s")}

    families = {
        "named": {
            word.split()[0] for key in ("named_days", "floating_days") for word in lexicon[key] if word[0].isalpha()
        }
        - {"new", "may", "d-day"},
        "reference": {re.findall("[a-z]+", word)[-1] for word in lexicon["references"]},
        "set": set(lexicon["sets"]),
        "unit": plural(
            [
                "day",
                "week",
                "weekend",
                "fortnight",
                "month",
                "quarter",
                "year",
                "decade",
                "hour",
                "minute",
                "second",
                "period",
            ]
        )
        | {"century", "centuries"},
        "half": {"half"},
        "deictic": {"today", "yesterday", "tomorrow", "tonight", "overnight"},
        "part": plural(lexicon["parts_of_day"]),
        "season": set(lexicon["seasons"]),
        "decade": set(lexicon["decades"]),
        "year_words": {"nineteen"},
        "weekday": plural(lexicon["weekdays"]),
        "month": set(lexicon["months"]) | set(lexicon["month_abbreviations"]),
    }
    return {word: family for family, words in families.items() for word in sorted(words)}


def _opener(lexicon: Mapping[str, Any]) -> str:
    """Return what can begin an expression: the first words of all rules, digits and quotation marks; an article or preposition only before one of them."""
    words = {
        "early", "mid", "late", "later", "earlier", "beginning", "start", "onset", "first", "second", "middle", "end", "close", "last", "final",
        "latter", "very", "turn", "next", "this", "past", "coming", "previous", "following", "preceding", "current", "same", "upcoming", "that",
        "its", "their", "fiscal", "financial", "third", "fourth", "every", "each", "per", "today", "yesterday", "tomorrow", "tonight", "overnight",
        "about", "around", "nearly", "almost", "roughly", "approximately", "more than", "less than", "fewer than", "under", "just", "least", "up to", "barely",
        "another", "couple", "pair", "few", "several", "many", "half", "recent", "within", "these", "rest", "remainder", "whole", "entire",
        "full", "latest", "year-", "calendar", "day", "week", "month", "year", "fortnight", "decade", "centur", "hour", "minute", "quarter",
        "present", "period", "near future",
    }  # fmt: skip
    for key in (
        "months",
        "month_abbreviations",
        "weekdays",
        "weekday_abbreviations",
        "seasons",
        "parts_of_day",
        "ordinals",
        "decades",
        "references",
    ):
        words |= {re.split(r"[\s-]", word)[0] for word in lexicon[key]}
    words |= set(lexicon["sets"]) | {
        word for key in ("named_days", "floating_days") for word in lexicon[key] if word[0].isalpha()
    }
    words |= {word for key in ("units", "tens", "collective", "scales") for word in read_lexicon("numbers")[key]}
    words -= {"the", "in", "at"}
    months = either([*lexicon["months"], *lexicon["month_abbreviations"]])
    behind_a_range = rf"(?<=\d-)(?=(?:{months})(?![a-z]))"  # "April 30-May 2"
    return rf"(?<![\w/:])(?:(?<!\d[.,-])|{behind_a_range})(?=(?:(?:the|an?|in|at|over|some|only|q)\s*)?(?:\d|['’]\d|(?:{_trie(words)})))"


@functools.cache
def grammar() -> Grammar:
    """Return the grammar, made once a process; its rules are compiled as texts need them."""
    lexicon = read_lexicon("dates")
    rules = _rules(lexicon)
    before, weekday = _before_day(lexicon)
    openings = (before + weekday, before, _MODIFIER)
    families = {
        family: _alternation({name: rule for name, rule in rules.items() if name in members}, openings)
        for family, members in _FAMILIES.items()
    }
    months = {**lexicon["months"], **lexicon["month_abbreviations"]}
    month = rf"(?:{either(months)})\.?"
    tense = lexicon["tense"]
    shorter = lexicon["not_a_year"]
    figures = "|".join(f"(?P<{family}>{form})" for family, form in _FIGURES.items())
    return Grammar(
        lexicon=lexicon,
        word=re.compile(rf"[a-z]{{3,}}|(?=\d)(?:(?={figures})|)\d+"),
        family_of=_family_of(lexicon),
        opener=re.compile(_opener(lexicon)),
        families=Patterns(families),
        rules=Patterns(rules),
        months=months,
        weekdays={**lexicon["weekdays"], **lexicon["weekday_abbreviations"]},
        tense=re.compile(
            rf"(?<![\w-])(?:(?P<over>had\s+(?:\w+ly\s+)?been\s+(?:{either(tense['planned'])})(?:\s+to\s+\w+)?)"
            rf"|(?P<future>{either(tense['future'])})(?!\s+(?:{either(tense['perceived'])})\b)|(?P<past>{either(tense['past'])})|(?P<present>(?:is|are)\s+(?!going\b)[a-z]+ing)"
            r"|(?<!\ba\s)(?<!\ban\s)(?<!\bthe\s)(?P<participle>[a-z]+ed))(?![\w-])"
        ),
        plans=frozenset(tense["plans"]),
        no_participles=frozenset(tense["no_participles"]),
        present_before=re.compile(
            rf"(?<![\w'’-])(?<!\bto\s)(?:{either(tense['present_ahead'])})(?:\s+\w+ly)?(?:\s+again)?\s+(?:early\s+|late\s+)?(?:on\s+)?$"
        ),
        deadline=re.compile(rf"(?<!\w)(?:{either(tense['deadline'])})(?!\w)"),
        ahead=re.compile(rf"(?:['’]s)?\s+(?:[\w-]+\s+){{0,2}}?(?:{either(tense['ahead'])})(?!\w)"),
        signal=re.compile(
            r"(?<!\w)(?:(?P<since>since)|(?P<until>until|till|through|by)|(?P<before>before|prior\s+to|ahead\s+of)|(?P<after>after)"
            r"|(?P<open>from|between))\s+(?:the\s+|about\s+|around\s+|at\s+least\s+)?$"
        ),
        later_year=re.compile(
            rf"(?:\s+(?:and|or|to|until|till|through)\s+|\s?[-–—/]\s?)(?:(?:early|mid|late)[\s-])?(?:the\s+)?(?:{_DAY}\s+(?:of\s+)?)?{month}(?:\s+{_DAY})?,?\s+(?P<y>{_YEAR})"
            rf"|\s*(?:\([^()\n]{{0,50}}\)|\)),\s+(?P<apart>{_YEAR})"
        ),
        document=re.compile(
            rf"(?<!\w)(?:{either(lexicon['documents']['nouns'])})\s+(?:[\w-]+\s+)?(?:{either(lexicon['documents']['written'])})\s+(?:on\s+)?(?:the\s+)?$"
        ),
        not_year_before=re.compile(
            rf"(?:(?<!\w)(?:{either(w for w in shorter['before'] if w[0].isalpha())})\s+|[$£€#]\s?)$"
        ),
        not_year_after=re.compile(rf"[\s-]+(?:{either(shorter['after'])})(?!\w)"),
        year_behind_in=re.compile(rf"\s+(?:{either(shorter['behind_in'])})(?!\w)"),
    )
