"""Which entries stand, and what merges and splits say together: against all pairs of tellings, one by one."""

import datetime as dt
import itertools

from builders import report, source
from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.corrections import Corrections, Deed, by_reviewer, correction, rule, standing
from geoconflict.corrections.applying import corrected
from geoconflict.corrections.entry import ref_to

NOON = dt.datetime(2021, 7, 1, 12, tzinfo=dt.UTC)
TELLINGS = [source(report(f"Shells fell, {n}.")) for n in range(6)]
SIDES = {Deed.MERGE: ("a", "b"), Deed.SPLIT: ("out", "stay")}


def entry(what, *, who="anna", hours=0, value=None, tellings=()):
    refs = [ref_to(TELLINGS[n], side) for n, side in (tellings or [(0, "")])]
    return correction(what, who=who, when=NOON + dt.timedelta(hours=hours), event="e", tellings=refs, value=value)


def withdrawal(of, *, who="anna", hours=1):
    when = NOON + dt.timedelta(hours=hours)
    return correction(
        Deed.WITHDRAW, who=who, when=when, event="", tellings=[], value={"correction": of.entry_id}, why="wrong"
    )


def test_what_is_withdrawn_does_not_stand_whoever_withdrew_it():
    first, second = entry(Deed.REJECT), entry(Deed.ACCEPT, who="ANNA ", hours=2)
    third = entry(Deed.REJECT, who="ben", hours=3)
    given_entries = [third, withdrawal(third, who="ben", hours=4), second, first, withdrawal(first, who="ben")]
    assert standing(given_entries) == [second]
    assert by_reviewer(given_entries) == {"anna": [second], "ben": []}


def test_of_one_instant_acceptances_come_first():
    accepted, rejected = entry(Deed.ACCEPT), entry(Deed.REJECT)
    assert standing([rejected, accepted]) == list(Corrections([rejected, accepted])) == [accepted, rejected]


def test_whose_company_changes_is_merged_anew_though_nothing_else_of_it_does():
    """A decision on several tellings holds them together; a later one on some of them may leave that of another without its words."""
    there = {one.mention.mention_id: one.mention.report_id for one in TELLINGS[:3]}
    wide = entry(Deed.ACCEPT, value={"place": "x"}, tellings=[(0, ""), (1, ""), (2, "")])
    ids = [one.mention.mention_id for one in TELLINGS[:3]]
    every = rule([wide], lambda ref: {ref.mention: there[ref.mention]})
    fewer = rule([wide], lambda ref: {ref.mention: there[ref.mention]} if ref.mention != ids[2] else {})
    assert every.together == (frozenset(ids),)
    assert fewer.together == (frozenset(ids[:2]),)
    assert all(every.by_mention[one].key != fewer.by_mention[one].key for one in ids[:2])
    told = [corrected([TELLINGS[0]], rulings.by_mention)[0].review for rulings in (every, fewer)]
    assert told[0] != told[1]


@st.composite
def merges_and_splits(draw):
    entries = []
    for hours in range(draw(st.integers(1, 6))):
        what = draw(st.sampled_from(list(SIDES)))
        sides = draw(st.lists(st.sampled_from([*SIDES[what], None]), min_size=6, max_size=6))
        told = [(n, side) for n, side in enumerate(sides) if side]
        if {side for _, side in told} == set(SIDES[what]):
            who = draw(st.sampled_from(["anna", "Anna", "ben", "cleo"]))
            entries.append(entry(what, who=who, hours=hours, tellings=told))
    return entries


def pairs_of(one):
    sides = [[ref.mention for ref in one.tellings if ref.side == side] for side in SIDES[one.what]]
    return [frozenset(pair) for pair in itertools.product(*sides)]


@given(merges_and_splits())
@settings(max_examples=300)
def test_merges_and_splits_say_what_their_pairs_say_one_by_one(entries):
    rulings = rule(entries, lambda ref: {ref.mention: ref.report})
    latest = {}
    for one in entries:
        for pair in pairs_of(one):
            latest.setdefault(pair, {})[one.who.casefold()] = one
    together, conflicts = set(), set()
    for one in entries:
        own = [latest[pair] for pair in pairs_of(one)]
        if any(said[one.who.casefold()].what is not one.what for said in own):
            continue
        against = {other.entry_id for said in own for other in said.values() if other.what is not one.what}
        if against:
            conflicts.add(frozenset({one.entry_id, *against}))
        elif one.what is Deed.MERGE:
            together.add(frozenset(ref.mention for ref in one.tellings))
    assert set(rulings.together) == together
    assert {frozenset(entry_id for _, _, entry_id in one.said) for one in rulings.conflicts} == conflicts
