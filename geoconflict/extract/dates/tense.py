"""Whether the words around a time expression look back or ahead: it decides between the last such day and the next."""

from __future__ import annotations

import datetime as dt
import re

from geoconflict.extract.dates.grammar import Grammar

__all__ = ["Tenses"]

_PASSIVE = re.compile(r"\s+(?:(?:be|have|been|not|also|then|first|still|now|again|soon|only|\w+ly)\s+)*")
_RIGHT_BEFORE = re.compile(r"\s+(?:(?:out|up|down|off|back|away|on|in|early|late|at)\s+)*")
_SENTENCE_END = re.compile(
    r"[.;?!\n](?:(?<=\.)(?<!\b[A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\b[A-LN-Z][a-z]{2}\.)(?<!\bMa[jr]\.)(?<!\bSept\.)\s+|(?<=[;?!])\s|(?<=\n))"
)
"""A full stop after one capital or a short capitalised word ends an abbreviation (U.S., Mr., Gen., Nov.), no sentence.

It begins with the signs themselves, so that the search passes over all other characters at once."""
_BESIDE_MONTH = re.compile(r"\d.?may|may.{0,2}\d")
_ONLY = re.compile(r"\bonly\b")
_CONDITION = re.compile(r"\b(?:if|once|unless|when)\b")
_GUESSING = frozenset({"could", "may", "might", "must"})
_LEFT, _RIGHT = 160, 120
"""How many characters on each side are looked at."""


class Tenses:
    """The tense around the expressions of one text.

    Parameters
    ----------
    low
        The text in lower case, of the same length as the original.
    text
        The original: a capital tells names from verbs, "May" and "March" from words, and ends of sentences from abbreviations.
    published_on
        The publication date, or None: then years come from the story.
    """

    def __init__(self, low: str, text: str, grammar: Grammar, published_on: dt.date | None) -> None:
        self._low = low
        self._text = text
        self._grammar = grammar
        self._published = published_on

    def tense(self, match: re.Match[str]) -> str:
        """Return past, future or unknown: from the nearest word before the expression in its sentence, else after it."""
        start, cue = match.start(), None
        if start and (begin := self._sentence_start(match)) < start:
            if self._grammar.present_before.search(self._low, begin, start) or self._runs_to_a_deadline(begin, match):
                return "future"
            cue = self._last_cue(begin, start)
        if cue is None:
            cue = self._first_cue_behind(match)
        if cue is None or cue["present"]:
            return "unknown"
        return "future" if cue["future"] and not self._came_about_at_last(cue, match) else "past"

    def signal(self, match: re.Match[str]) -> str | None:
        """Return what stands before the expression: "since", "until" (or "through", "by"), "before", "after", "open" ("from")."""
        start = match.start()
        if not start:
            return None
        signal = self._grammar.signal.search(self._low, max(0, start - 22), start)
        return signal.lastgroup if signal is not None else None

    def _plans(self, match: re.Match[str]) -> bool:
        """Whether the nearest verb before speaks of what is to come, though it is past: "invited them to talks on"."""
        cue = self._last_cue(self._sentence_start(match), match.start())
        return cue is not None and self._is_plan(cue)

    def _follows_past_verb(self, match: re.Match[str]) -> bool:
        """Whether a past verb stands right before: "was signed on 5 November", "broke out on"; but not "has set 5 November"."""
        cue = self._last_cue(max(0, match.start() - 60), match.start())
        if cue is None or cue["future"] or cue["present"] or self._is_plan(cue):
            return False
        return _RIGHT_BEFORE.fullmatch(self._low, cue.end(), match.start()) is not None

    # ------------------------------------------------------------ how it is seen
    def _sentence_start(self, match: re.Match[str]) -> int:
        start = max(0, match.start() - _LEFT)
        for end in _SENTENCE_END.finditer(self._text, start, match.start()):
            start = end.end()
        return start

    def _came_about_at_last(self, cue: re.Match[str], match: re.Match[str]) -> bool:
        """Whether what could be done before no other day was done on it: "could only enter on Monday", "only on Monday could they"."""
        if cue[0] != "could":
            return False
        start = min(cue.start(), max(0, match.start() - len("only on ")))
        if _ONLY.search(self._low, start, max(cue.start(), match.start())) is None:
            return False
        stop = _SENTENCE_END.search(self._text, match.end(), match.end() + _RIGHT)
        return _CONDITION.search(self._low, start, stop.start() if stop else match.end() + _RIGHT) is None

    def _is_plan(self, cue: re.Match[str]) -> bool:
        return cue["over"] is not None or cue[0] in self._grammar.plans

    def _runs_to_a_deadline(self, begin: int, match: re.Match[str]) -> bool:
        """Whether something was put off or extended to the day: "postponed until Tuesday"."""
        if self.signal(match) != "until":
            return False
        return self._grammar.deadline.search(self._low, begin, match.start()) is not None

    def _last_cue(self, start: int, stop: int) -> re.Match[str] | None:
        """Return the last word that decides the tense; "will be held" looks ahead, for all its participle, "may have" does not."""
        cue = None
        for found in self._grammar.tense.finditer(self._low, start, stop):
            if self._is_name(found):
                continue
            if (
                cue is not None
                and cue["future"]
                and not found["future"]
                and not self._is_guess(cue, found)
                and _PASSIVE.fullmatch(self._low, cue.end(), found.start())
            ):
                continue
            cue = found
        return cue

    def _is_guess(self, cue: re.Match[str], participle: re.Match[str]) -> bool:
        """Whether it is guessed what was done: "may have killed ten on Monday"."""
        return cue[0] in _GUESSING and "have" in self._low[cue.end() : participle.start()].split()

    def _first_cue_behind(self, match: re.Match[str]) -> re.Match[str] | None:
        """Return the first word in the rest of the sentence that decides the tense."""
        end = match.end()
        if end == len(self._low):
            return None
        stop = _SENTENCE_END.search(self._text, end, end + _RIGHT)
        cues = self._grammar.tense.finditer(self._low, end, stop.start() if stop else end + _RIGHT)
        return next((cue for cue in cues if not self._is_name(cue)), None)

    def _is_name(self, cue: re.Match[str]) -> bool:
        """Whether a word in -ed is a capitalised name, as Mohamed, or no verb at all."""
        if cue[0] == "may":
            # The month: "in May", "4 MAY".
            written = self._text[cue.start() : cue.end()]
            around = self._low[max(0, cue.start() - 3) : cue.end() + 3]
            return written == "May" or _BESIDE_MONTH.search(around) is not None
        if cue["participle"] is None:
            return False
        name = self._text[cue.start()].isupper() and not self._text[cue.start() + 1].isupper()
        return name or cue[0] in self._grammar.no_participles
