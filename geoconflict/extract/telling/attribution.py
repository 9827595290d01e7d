"""Whether the text says that an event happened, and on whose word: status and claimant of predicates."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from geoconflict.extract.lexicon import kept_by_content, read_lexicon
from geoconflict.extract.predicates.triggers import CLAIMS, Predicate
from geoconflict.extract.telling.asides import Aside, AsideReader
from geoconflict.extract.telling.communiques import Communique, communique_at, find_communiques, find_signed
from geoconflict.extract.telling.denials import DenialReader
from geoconflict.extract.telling.fact_checks import BY_THE_REPORT, is_called_false, is_called_unconfirmed
from geoconflict.extract.telling.fakes import ToldByFake, told_by_fake
from geoconflict.extract.telling.governors import GovernorReader, Telling
from geoconflict.extract.telling.half_quotes import is_half_quoted
from geoconflict.extract.telling.hedges import undone_parts
from geoconflict.extract.telling.told_reports import Fate, ToldReport, told_report
from geoconflict.models import EventType, Status

__all__ = ["Attribution", "AttributionReader", "load_attribution_lexicon"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the words around a predicate make of it."""

    status: Status
    claimed_by: str | None
    reasons: tuple[str, ...]
    is_negated: bool = False
    """The text says that it did not happen, in its own voice: no event."""
    is_background: bool = False
    """Told as past history; without a date of its own it is no event of this report."""
    denied_by: str | None = None
    are_figures_denied: bool = False
    """What it is said to have caused is denied, and not the event: "denied that 12 were killed in the attack"."""
    is_of_a_fake: bool = False
    """Only a fake tells of it, so that what else the report tells is not denied by that: "a doctored image shows"."""
    undone: frozenset[int] = frozenset()
    """Tokens of the predicate that tell of what was not done, so that no figure is theirs: "nearly killed 12"."""


@kept_by_content(maxsize=4)
def load_attribution_lexicon(extras: tuple[str, ...] = ()) -> Mapping[str, frozenset[str]]:
    """Return the word classes of ``attribution.toml`` with what the user's files `extras` add."""
    return {name: frozenset(words) for name, words in read_lexicon("attribution", extras).items()}


_REPORTING = frozenset({"add", "announce", "confirm", "declare", "report", "say", "state", "tell", "write"})
"""Verbs whose past alone puts what they tell one tense back: "the agency said troops had taken X"."""


class AttributionReader(GovernorReader, DenialReader, AsideReader):
    """Reads the status and the claimant of predicates in one document."""

    def of(self, predicate: Predicate) -> Attribution:
        """Return the status and the claimant of a predicate."""
        telling = Telling()
        undone = undone_parts(self._clauses, predicate, self._words)
        if predicate.token in undone:
            telling.hypothesise(undone[predicate.token])
        report = told_report(self._clauses, predicate, self._words)
        fake = told_by_fake(self._clauses, predicate)
        telling.is_unattributed = fake is ToldByFake.OCCASION
        self.read_modifiers(predicate, telling)
        self.climb(predicate, telling)
        if report is not None:
            self._read_report(report, telling)
        if predicate.sense.name == CLAIMS:
            telling.claimed_by = telling.claimed_by or self._speaker(predicate.token)
        self._settle_claimant(predicate, telling)
        if telling.status is Status.OCCURRED and predicate.sense.event_type is EventType.DIPLOMACY:
            self._read_complements(predicate, telling)
        self._settle_denial(predicate, telling, is_fake=fake is ToldByFake.CONTENT)
        if telling.status is Status.HYPOTHETICAL and self._has_taken_lives(predicate):
            telling.status = Status.OCCURRED
            telling.reasons.append("its dead are told")
        elif telling.status is Status.HYPOTHETICAL and (repelled := self._was_repelled(predicate)) is not None:
            telling.status = Status.OCCURRED
            telling.reasons.append(f"it was fought: {self._clauses.tokens[repelled].text!r}")
        if self._is_question(predicate):
            telling.is_negated = True
        is_untold = telling.claimed_by is None and telling.denied_by is None and report is None
        is_untold = is_untold and not self._is_reported(predicate)
        is_denied_alone = telling.denied_by is not None and not telling.is_denied_not_to_be
        return Attribution(
            status=telling.status,
            claimed_by=None if telling.status in (Status.SCHEDULED, Status.HYPOTHETICAL) else telling.claimed_by,
            reasons=tuple(dict.fromkeys(telling.reasons)),
            is_negated=telling.is_ending or (telling.is_negated and not is_denied_alone),
            is_background=telling.is_background or (telling.is_backshifted and is_untold),
            denied_by=telling.denied_by,
            are_figures_denied=telling.are_figures_denied,
            is_of_a_fake=fake is ToldByFake.CONTENT,
            undone=frozenset(undone),
        )

    @functools.cached_property
    def communiques(self) -> tuple[Communique, ...]:
        """What parties tell under headings of their own."""
        return find_communiques(self._clauses)

    @functools.cached_property
    def signed(self) -> tuple[Communique, ...]:
        """What is told in lines that end with the name of who tells them."""
        return find_signed(self._clauses)

    def _told_under(self, offset: int) -> Communique | None:
        """Return whose words a place of the text is in by its layout: the end of its line, else the heading above."""
        return communique_at(self.signed, offset) or communique_at(self.communiques, offset)

    def teller_at(self, index: int) -> str | None:
        """Return who tells what token `index` says, in its sentence or by the heading of that part of the report."""
        if (claimant := self.claimant_at(index)) is not None:
            return claimant
        communique = self._told_under(self._clauses.tokens[index].start)
        return None if communique is None else communique.teller

    def is_denied_at(self, index: int) -> bool:
        """Whether somebody denies what token `index` tells: "denied losing any vehicles"."""
        clauses = self._clauses
        for at, head in itertools.pairwise(clauses.path_up(index)):
            if clauses.tokens[at].dep in ("advcl", "conj", "parataxis", "relcl"):
                return False
            if self._is(head, "deny") and clauses.is_verb(head):
                return clauses.tokens[at].dep not in ("nsubj", "nsubjpass") and not self._is_unsaid(head)
        return False

    def armed_teller_at(self, offset: int) -> tuple[int, int] | None:
        """Return where the name of the party with troops stands under whose heading a place of the text is, if any."""
        communique = self._told_under(offset)
        return communique.named if communique is not None and communique.is_of_armed else None

    def _is_reported(self, predicate: Predicate) -> bool:
        """Whether somebody, if only a news agency, said it had happened: the tense is that of the saying, and no time before."""
        clauses = self._clauses
        passage = clauses.passage_of(predicate.token).index
        for at, above in itertools.pairwise(clauses.path_up(predicate.token)):
            token, verb = clauses.tokens[at], clauses.tokens[above]
            if token.dep in ("acl", "advcl", "parataxis", "relcl") or clauses.passage_of(above).index != passage:
                return False
            if token.dep == "ccomp":
                return verb.tag in ("VBD", "VBN") and verb.lemma.lower() in _REPORTING
        return False

    def _read_report(self, report: ToldReport, telling: Telling) -> None:
        """Read what becomes of a report or claim whose content the event is."""
        if report.fate is Fate.CHECKED:
            telling.claimed_by, telling.is_admitted = None, False
            if telling.status is Status.OCCURRED:
                telling.status = Status.CLAIMED
                telling.reasons.append(f"not confirmed: {self._clauses.tokens[report.by].text!r}")
                # "Could not be confirmed" leaves open what was to be confirmed.
                telling.is_negated = telling.is_negated and not self._is(report.by, "confirming")
        elif report.fate is Fate.TAKEN_BACK:
            by = telling.denied_by or self._speaker(report.by) or telling.claimed_by or "one side"
            telling.denied_by, telling.claimed_by = by, None
        elif report.fate is Fate.WRONG:
            telling.denied_by = telling.denied_by or BY_THE_REPORT
            telling.claimed_by = telling.claimed_by or self._speaker(report.by)
        elif not telling.is_admitted and telling.status is Status.OCCURRED:
            telling.claimed_by = telling.claimed_by or self._teller(report.noun)
            telling.is_unattributed = True

    def _settle_claimant(self, predicate: Predicate, telling: Telling) -> None:
        """Settle on whose word it is told, by whoever was met on the way up, else by the rest of the sentence."""
        if telling.claimed_by is not None and telling.status is Status.OCCURRED and not telling.is_admitted:
            telling.claim(telling.claimed_by, f"told by {telling.claimed_by}")
        if telling.claimed_by is None and telling.status is Status.OCCURRED:
            if speaker := self._according_to(predicate.token):
                telling.claim(speaker, f"told by {speaker}: 'according to'")
            elif speaker := self._root_speaker(predicate) or self._proclaimer(predicate):
                telling.claim(speaker, f"told by {speaker}")
            elif aside := self.aside_about(predicate):
                self._read_aside(aside, telling)
            elif speaker := self._teller_of_described(predicate):
                telling.claim(speaker, f"told by {speaker}: of what is described")
            elif communique := self._told_under(predicate.start):
                telling.claim(communique.teller, f"told by {communique.teller}: heading or end of line")
        if telling.status is Status.OCCURRED and is_called_unconfirmed(self._clauses, predicate):
            telling.is_unattributed = True
        if telling.status is Status.OCCURRED and telling.is_unattributed:
            telling.status = Status.CLAIMED
            telling.reasons.append("told without a name: reportedly")
        elif telling.status is Status.OCCURRED and not telling.is_admitted and is_half_quoted(self._clauses, predicate):
            telling.status = Status.CLAIMED
            telling.reasons.append("told without a name: in quotation marks")

    def _read_aside(self, aside: Aside, telling: Telling) -> None:
        """Read who says it in passing; "he said" of nobody who was named leaves it a claim."""
        if aside.speaker is not None:
            telling.claim(aside.speaker, f"told by {aside.speaker}: between commas")
        elif aside.is_by_pronoun:
            telling.is_unattributed = True

    def _teller_of_described(self, predicate: Predicate) -> str | None:
        """Return who tells of something new by what it did: "the agency said that they fired a rocket that killed 25".

        What is told of something known, "the rocket that killed 25", is taken for granted, whoever speaks of it.
        """
        clauses = self._clauses
        for at, head in itertools.pairwise(clauses.path_up(predicate.token)):
            if clauses.tokens[at].dep != "relcl":
                continue
            noun = self._noun_before_whose(at) or head
            determiners = [child.text.lower() for child in clauses.children(noun, "det")]
            above = clauses.tokens[head].head
            is_bare = not determiners and clauses.tokens[noun].pos == "NOUN" and not clauses.children(noun, "poss")
            is_new = is_bare or determiners in (["a"], ["an"], ["another"])
            is_speaker = clauses.tokens[head].dep == "nsubj" and self._is(
                above, "say"
            )  # "observers who watch the truce said"
            is_new = is_new and not is_speaker and not self._is(above, "presupposing")
            return self.claimant_at(head) if is_new else None
        return None

    def _noun_before_whose(self, clause: int) -> int | None:
        """Return the noun whose a clause tells of, of "the death of a man whose house was hit" the man; None without "whose"."""
        for subject in self._clauses.children(clause, "nsubj", "nsubjpass"):
            for owner in self._clauses.children(subject.index, "poss"):
                if owner.tag == "WP$" and owner.index:
                    return owner.index - 1
        return None

    def _read_complements(self, predicate: Predicate, telling: Telling) -> None:
        """Read the complement of the verb that carries a noun: "talks were due to start"."""
        for carried in sorted(predicate.anchors):
            for child in self._clauses.children(carried, "acomp", "xcomp", "oprd"):
                if self._is(child.index, "scheduled"):
                    telling.schedule(child.text)

    def _settle_denial(self, predicate: Predicate, telling: Telling, *, is_fake: bool) -> None:
        """Settle who denies it, if anybody does; a claim that is called false is denied by whoever tells of it."""
        telling.denied_by = telling.denied_by or self._misread_denial(predicate)
        if telling.denied_by is None and self._is_called_untrue(predicate):
            telling.denied_by, telling.claimed_by = telling.claimed_by or "one side", None
        if telling.denied_by is None and (is_fake or is_called_false(self._clauses, predicate)):
            telling.denied_by, telling.claimed_by = telling.claimed_by or BY_THE_REPORT, None
        if telling.denied_by is not None:
            telling.status = Status.DENIED
            telling.reasons.append(f"denied by {telling.denied_by}")

    def _teller(self, noun: int) -> str | None:
        """Return whose report or claim it is: "the army's claim", "a claim by the army", "repeated its claim"."""
        clauses = self._clauses
        for _, below in clauses.preps(noun, "by", "from"):
            return self._name(below)
        for owner in clauses.children(noun, "poss"):
            if self._lower[owner.index] not in ("her", "his", "its", "our", "their"):
                return (self._name(owner.index) or "").removesuffix("'s").removesuffix("'") or None
            verb = clauses.tokens[noun].head
            return self._speaker(verb) if clauses.tokens[noun].dep == "dobj" and clauses.is_verb(verb) else None
        return None

    def _has_taken_lives(self, predicate: Predicate) -> bool:
        """Whether a clause behind its noun tells in the past what it cost: "ordered the bombing, in which scores were killed"."""
        if not predicate.is_noun:
            return False
        clauses = self._clauses
        passage = clauses.passage_of(predicate.token)
        for clause in clauses.document.tokens_between(predicate.end, passage.end):
            if clause.dep != "relcl" or predicate.token not in clauses.path_up(clause.index):
                continue
            is_harm = clause.index in predicate.outcomes or clause.lemma.lower() in ("die", "kill")
            tags = {clause.tag, *(child.tag for child in clauses.children(clause.index, "aux", "auxpass"))}
            if is_harm and "VBD" in tags and "MD" not in tags:
                return True
        return False

    def _was_repelled(self, predicate: Predicate) -> int | None:
        """Return the verb that tells how an attempt ended, which was fought then: "attempted an assault and were repelled"."""
        if predicate.sense.event_type is not EventType.BATTLES or predicate.tells_of_territory:
            return None  # "tried to enter the town but were repelled": it was not taken
        clauses = self._clauses
        for above in clauses.path_up(predicate.token):
            # "Were repelled" behind the attempt, or "drove back" over those who made it.
            over = [
                one for one in clauses.path_up(above)[:3] if clauses.tokens[above].dep == "acl" and clauses.is_verb(one)
            ]
            for child in (*clauses.children(above, "conj", "advcl"), *(clauses.tokens[one] for one in over)):
                behind = {one.text.lower() for one in clauses.children(child.index, "advmod", "prt")}
                lemma = child.lemma.lower()
                if self._is(child.index, "repelled") or (lemma in self._words["driven_back"] and "back" in behind):
                    return child.index
        return None

    def _is_called_untrue(self, predicate: Predicate) -> bool:
        """Whether the clause above says that it is not so: "claims that they shelled X are false"."""
        clauses = self._clauses
        path = clauses.path_up(predicate.token)
        for at, head in itertools.pairwise(path):
            if clauses.tokens[at].dep in ("nsubj", "nsubjpass") and (
                self._is(at, "speech_nouns") or self._is_told_by(at, path)
            ):
                name = "untrue"  # "reports" at the head of a sentence may be tagged as a verb
            elif at not in predicate.anchors and clauses.is_verb(at) and not self._is(at, "say"):
                return False  # what the claims are told of is another act
            elif self._is(at, "speech_nouns") and self._is_without_truth(at):
                return True
            elif clauses.tokens[at].dep in ("ccomp", "csubj") or self._is_content(at):
                name = "untrue_clause"
            else:
                continue
            called = [head, *(child.index for child in clauses.children(head, "acomp", "attr", "oprd"))]
            if self._is(head, "proving"):  # "turned out to be false"
                below = [child.index for child in clauses.children(head, "xcomp")]
                called += [one.index for verb in below for one in clauses.children(verb, "acomp", "attr", "oprd")]
            if any(self._is(word, name) for word in called):
                return not any(clauses.children(verb, "neg") for verb in (head, clauses.tokens[head].head))
        return False

    def _is_content(self, at: int) -> bool:
        """Whether a clause tells what the noun above it holds: "it is a lie that they shelled X", and not "no lie that"."""
        clauses = self._clauses
        if clauses.tokens[at].dep not in ("acl", "relcl"):
            return False
        is_none = any(child.text.lower() == "no" for child in clauses.children(clauses.tokens[at].head, "det"))
        return not is_none and any(child.text.lower() == "that" for child in clauses.children(at, "mark"))

    def _is_told_by(self, noun: int, path: list[int]) -> bool:
        """Whether a noun is what tells of the event on the way up: "a video claiming that they seized X"."""
        return any(self._is(one.index, "say") and one.index in path for one in self._clauses.children(noun, "acl"))

    def _is_without_truth(self, noun: int) -> bool:
        """Whether nothing is true of what a noun of saying tells: "there is no truth to reports that"."""
        clauses = self._clauses
        prep = clauses.tokens[noun].head
        for above in (clauses.tokens[prep].head, *clauses.objects(clauses.tokens[prep].head)):
            if self._is(above, "truth") and any(
                self._lower[child.index] in ("no", "little") for child in clauses.children(above, "det", "amod")
            ):
                return clauses.tokens[noun].dep == "pobj"
        return False

    def _misread_denial(self, predicate: Predicate) -> str | None:
        """Return who denies, where the parser took the verb of denying for a noun: "X rejects reports of the strike"."""
        passage = self._clauses.passage_of(predicate.token)
        for at in range(predicate.token - 1, max(0, predicate.token - 7), -1):
            token = self._clauses.tokens[at]
            if token.start < passage.start:
                break
            if self._is(at, "deny") and not self._clauses.is_verb(at) and self._clauses.tokens[at - 1].pos == "PROPN":
                return self._name(at - 1)
        return None

    def _is_question(self, predicate: Predicate) -> bool:
        passage = self._clauses.passage_of(predicate.token)
        return self._clauses.document.text[passage.start : passage.end].rstrip(" \n\"'”’").endswith("?")
