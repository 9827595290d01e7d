"""What the entries of a corrections file say together of each telling, and where reviewers differ.

The latest entry of a reviewer on one thing takes the place of the earlier ones. Where the latest ones of several reviewers
differ, none of them is applied and the telling is contested. Every outcome depends on the set of entries alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from geoconflict.corrections.entry import Correction, Deed, TellingRef
from geoconflict.corrections.particulars import aspect_words
from geoconflict.corrections.saying import told, votes
from geoconflict.corrections.standing import reviewer_key, standing
from geoconflict.ids import content_id

__all__ = ["Conflict", "Found", "Orphan", "Ruling", "Rulings", "rule"]

Found = Mapping[str, str]
"""The tellings that a reference stands for: mention_id to report_id."""

_EVENT_WIDE = (Deed.ACCEPT, Deed.MOVE, Deed.RETYPE, Deed.REDATE, Deed.RESTATUS, Deed.ACTORS, Deed.FIGURES)
"""Who decides so on an event has seen its tellings as one event: they stay one."""


class Conflict(NamedTuple):
    """Two reviewers who say different things of one event."""

    event: str
    """Its id when the later entry was made."""
    aspect: str
    """event, place, type, date, status, agents, targets, killed and so on, or "one event" of a merge and a split."""
    said: tuple[tuple[str, str, str], ...]
    """Who says what, by which entry; sorted by who."""

    @property
    def words(self) -> str:
        """All of it in one sentence."""
        return f"Reviewers differ on {aspect_words(self.aspect)}: {', '.join(f'{who} says {what}' for who, what, _ in self.said)}. Neither is applied."


class Orphan(NamedTuple):
    """An entry of which something is not in the store."""

    entry: Correction
    n_gone: int
    """How many of its tellings are not there; 0 where it withdraws an entry that is not there."""

    @property
    def words(self) -> str:
        """What is gone, for a person."""
        entry = self.entry
        of = f"{entry.what.value} of event {entry.event[:8]} by {entry.who} on {entry.when.date()} ({entry.entry_id})"
        if not entry.tellings:
            return f"{of}: there is no correction {entry.value.get('correction')}"
        quote = " ".join(entry.tellings[0].quote.split())[:80]
        return f"{of}: {self.n_gone} of its {len(entry.tellings)} tellings are not in the store: {quote!r}"


@dataclass(kw_only=True)
class Ruling:
    """What stands of one telling."""

    mention_id: str
    report_id: str
    applied: dict[str, tuple[Correction, tuple[str, ...]]] = field(default_factory=dict)
    """Aspect: the entry that gives its value and who agrees, where they do."""
    accepted: Correction | None = None
    contested: list[str] = field(default_factory=list)
    joins: list[Correction] = field(default_factory=list)
    parts: list[Correction] = field(default_factory=list)
    comments: list[Correction] = field(default_factory=list)
    adds: list[Correction] = field(default_factory=list)
    """Those who added it; empty where the program found it."""
    companies: list[str] = field(default_factory=list)
    """Keys of the sets of tellings of one event that it belongs to: another company changes its event, whatever else stands."""

    @property
    def is_rejected(self) -> bool:
        """Whether it is no telling of an event."""
        return "event" in self.applied and self.applied["event"][0].what is Deed.REJECT

    @property
    def apart(self) -> str | None:
        """Under what it is parted from its event."""
        return "+".join(sorted(entry.entry_id for entry in self.parts)) or None

    @property
    def key(self) -> str:
        """The key of all of it."""
        applied = [[aspect, entry.entry_id, list(who)] for aspect, (entry, who) in sorted(self.applied.items())]
        others = [[one.entry_id for one in entries] for entries in (self.joins, self.parts, self.comments, self.adds)]
        accepted = self.accepted.entry_id if self.accepted else ""
        said = [self.mention_id, applied, accepted, sorted(self.contested), others, sorted(self.companies)]
        return content_id("ruling", said)


@dataclass(frozen=True, kw_only=True)
class Rulings:
    """What stands of all tellings."""

    by_mention: Mapping[str, Ruling]
    together: tuple[frozenset[str], ...]
    """Tellings that are of one event, by their mention_ids."""
    conflicts: tuple[Conflict, ...]
    orphans: tuple[Orphan, ...]
    n_applied: int
    """How many entries change or confirm something."""

    @property
    def n_rejected(self) -> int:
        """How many tellings are told to be of no event."""
        return sum(ruling.is_rejected for ruling in self.by_mention.values())

    def report_keys(self) -> Mapping[str, str]:
        """Return the key of what stands of the tellings of each report that is concerned."""
        keys: dict[str, list[str]] = defaultdict(list)
        for ruling in self.by_mention.values():
            keys[ruling.report_id].append(ruling.key)
        return {report_id: content_id("rulings", sorted(found)) for report_id, found in keys.items()}


def rule(entries: Iterable[Correction], find: Callable[[TellingRef], Found]) -> Rulings:
    """Return what stands of the tellings that entries refer to.

    Parameters
    ----------
    entries
        All of them, in the order of their instants.
    find
        Returns the tellings in the store that a reference stands for; empty where there are none.
    """
    return _Bench(list(entries), find).rulings()


class _Bench:
    """Gathers what is said of each telling, then decides."""

    def __init__(self, entries: Sequence[Correction], find: Callable[[TellingRef], Found]) -> None:
        known = {one.entry_id for one in entries}
        self.orphans = [
            Orphan(one, 0) for one in entries if one.what is Deed.WITHDRAW and one.value["correction"] not in known
        ]
        self.entries = standing(entries)
        self.found: dict[str, dict[str, set[str]]] = {}
        """Entry, side: the mention_ids."""
        self.rulings_of: dict[str, Ruling] = {}
        self.conflicts: dict[tuple[str, tuple[tuple[str, str, str], ...]], Conflict] = {}
        self.used: set[str] = set()
        for entry in self.entries:
            sides: dict[str, set[str]] = defaultdict(set)
            n_gone = 0
            for ref in entry.tellings:
                tellings = find(ref)
                n_gone += not tellings
                for mention_id, report_id in tellings.items():
                    sides[ref.side].add(mention_id)
                    self.rulings_of.setdefault(mention_id, Ruling(mention_id=mention_id, report_id=report_id))
            self.found[entry.entry_id] = sides
            if n_gone:
                self.orphans.append(Orphan(entry, n_gone))

    def rulings(self) -> Rulings:
        """Return what stands."""
        self._values()
        together = self._company()
        for company in together:
            key = content_id("company", sorted(company))
            for mention_id in company:
                self.rulings_of[mention_id].companies.append(key)
        for entry in self.entries:
            for ruling in self._rulings(entry) if entry.what in (Deed.COMMENT, Deed.ADD) else ():
                (ruling.comments if entry.what is Deed.COMMENT else ruling.adds).append(entry)
        return Rulings(
            by_mention=self.rulings_of,
            together=tuple(together),
            conflicts=tuple(sorted(self.conflicts.values())),
            orphans=tuple(self.orphans),
            n_applied=len(self.used),
        )

    def _rulings(self, entry: Correction) -> list[Ruling]:
        return [self.rulings_of[one] for side in self.found[entry.entry_id].values() for one in sorted(side)]

    # ------------------------------------------------------------ event, place, type, date and particulars
    def _values(self) -> None:
        said: dict[str, dict[str, list[tuple[str, str, Correction]]]] = defaultdict(lambda: defaultdict(list))
        for entry in self.entries:
            for ruling in self._rulings(entry):
                for aspect, value in votes(entry):
                    said[ruling.mention_id][aspect].append((reviewer_key(entry.who), value, entry))
        for mention_id, aspects in said.items():
            ruling = self.rulings_of[mention_id]
            for aspect, all_votes in aspects.items():
                self._decide(ruling, aspect, all_votes)

    def _decide(self, ruling: Ruling, aspect: str, all_votes: Sequence[tuple[str, str, Correction]]) -> None:
        latest = {who: (value, entry) for who, value, entry in all_votes}
        values = {value for value, _ in latest.values()}
        if len(values) > 1:
            said = tuple(sorted((entry.who, told(entry, aspect), entry.entry_id) for _, entry in latest.values()))
            newest = max((entry for _, entry in latest.values()), key=lambda entry: (entry.when, entry.entry_id))
            self._contest(Conflict(newest.event, aspect, said), [ruling])
            return
        (value,) = values
        agreeing = [entry for _, one, entry in all_votes if one == value]
        giving = [entry for entry in agreeing if entry.what is not Deed.ACCEPT]
        who = tuple(sorted({entry.who for _, entry in latest.values()}))
        ruling.applied[aspect] = ((giving or agreeing)[-1], who)
        self.used |= {entry.entry_id for _, entry in latest.values()}
        accepts = [entry for _, entry in latest.values() if entry.what is Deed.ACCEPT]
        if aspect == "event" and accepts:
            ruling.accepted = max(accepts, key=lambda entry: (entry.when, entry.entry_id))

    def _contest(self, conflict: Conflict, rulings: Iterable[Ruling]) -> None:
        self.conflicts.setdefault((conflict.aspect, conflict.said), conflict)
        for ruling in rulings:
            if conflict.words not in ruling.contested:
                ruling.contested.append(conflict.words)

    # ------------------------------------------------------------ which tellings are of one event
    def _company(self) -> list[frozenset[str]]:
        said_of: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self.entries):
            if entry.what in _SIDES:
                for mention_id in set().union(*self._sides(entry)):
                    said_of[mention_id].append(number)
        together: list[frozenset[str]] = []
        for entry in self.entries:
            if entry.what in (Deed.MERGE, Deed.SPLIT):
                against = self._against(entry, said_of)
                if against is None:
                    continue
                if against:
                    said = tuple(sorted((one.who, _WORDS[one.what], one.entry_id) for one in (entry, *against)))
                    self._contest(Conflict(entry.event, "one event", said), self._rulings(entry))
                    continue
                if not all(self.found[entry.entry_id].get(side) for side in _SIDES[entry.what]):
                    continue
                self.used.add(entry.entry_id)
                if entry.what is Deed.MERGE:
                    together.append(frozenset().union(*self.found[entry.entry_id].values()))
                    for ruling in self._rulings(entry):
                        ruling.joins.append(entry)
                else:
                    for mention_id in sorted(self.found[entry.entry_id]["out"]):
                        self.rulings_of[mention_id].parts.append(entry)
        for entry in self.entries:
            if entry.what in _EVENT_WIDE:
                by_part: dict[str | None, set[str]] = defaultdict(set)
                for ruling in self._rulings(entry):
                    by_part[ruling.apart].add(ruling.mention_id)
                together += [frozenset(mentions) for mentions in by_part.values() if len(mentions) > 1]
        return sorted(set(together), key=sorted)

    def _sides(self, entry: Correction) -> tuple[set[str], set[str]]:
        one, other = _SIDES[entry.what]
        return self.found[entry.entry_id].get(one, set()), self.found[entry.entry_id].get(other, set())

    def _against(self, entry: Correction, said_of: Mapping[str, Sequence[int]]) -> list[Correction] | None:
        """Return the entries of other reviewers that say the opposite of a pair of its tellings and are their latest on it.

        None where the reviewer has since said the opposite too.
        """
        sides = self._sides(entry)
        if not all(sides):
            return []
        # A pair has one telling on the smaller side: what says nothing of any there says nothing of the pairs.
        numbers = sorted({number for mention_id in min(sides, key=len) for number in said_of[mention_id]})
        against: dict[str, Correction] = {}
        for at, number in enumerate(numbers):
            other = self.entries[number]
            if other.what is entry.what:
                continue
            who = reviewer_key(other.who)
            later = [self.entries[one] for one in numbers[at + 1 :] if reviewer_key(self.entries[one].who) == who]
            if not self._is_latest(sides, self._sides(other), [self._sides(one) for one in later]):
                continue
            if who == reviewer_key(entry.who):
                return None
            against[other.entry_id] = other
        return [against[entry_id] for entry_id in sorted(against)]

    @staticmethod
    def _is_latest(sides: _Sides, others: _Sides, later: Sequence[_Sides]) -> bool:
        """Return whether two entries speak of a pair of tellings in common of which none of the later ones speaks.

        An entry speaks of each telling of the one side with each of the other. That are too many to be listed: for each telling
        its whole other side is taken at once.
        """
        for one, other in ((others[0], others[1]), (others[1], others[0])):
            rest = sides[1] & other
            for mention_id in sorted(sides[0] & one):
                left = rest - {mention_id}
                for a, b in later:
                    if not left:
                        break
                    left = left - b if mention_id in a else left
                    left = left - a if mention_id in b else left
                if left:
                    return True
        return False


_Sides = tuple[set[str], set[str]]
_SIDES = {Deed.MERGE: ("a", "b"), Deed.SPLIT: ("out", "stay")}
_WORDS = {Deed.MERGE: "one event", Deed.SPLIT: "two events"}
