"""What common nouns make of a nationality: forces, police, rebels, protesters, civilians."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from geoconflict.extract.actors.commanders import followers_of
from geoconflict.extract.actors.names import ActorNames
from geoconflict.extract.lexicon import lexicon_words, read_demonyms
from geoconflict.models import Actor, ActorKind

__all__ = ["ARMY", "CIVILIANS", "GOVERNMENT", "JOINT_FORCES", "NO_NAMES", "PATTERNS", "CommonNouns"]

# What a common noun makes of a nationality: (class in [nouns], kind, pattern of the name, name without a nationality,
# PLOVER sector where the kind does not say it). The first that matches wins.
PATTERNS: tuple[tuple[str, ActorKind, str, str, str], ...] = (
    ("protesters", ActorKind.PROTESTERS, "Protesters ({})", "Protesters", ""),
    ("rioters", ActorKind.RIOTERS, "Rioters ({})", "Rioters", ""),
    ("police", ActorKind.STATE_FORCES, "Police Forces of {}", "Police Forces", "COP"),
    ("rebels", ActorKind.REBEL_GROUP, "Rebels ({})", "Rebels", ""),
    ("militia", ActorKind.POLITICAL_MILITIA, "Unidentified Armed Group ({})", "Unidentified Armed Group", "UAF"),
    ("forces_strong", ActorKind.STATE_FORCES, "Military Forces of {}", "Military Forces", ""),
    ("government", ActorKind.GOVERNMENT, "Government of {}", "Government", ""),
    ("civilians", ActorKind.CIVILIANS, "Civilians ({})", "Civilians", ""),
    ("security", ActorKind.STATE_FORCES, "Security Forces of {}", "Security Forces", ""),
    ("forces", ActorKind.STATE_FORCES, "Military Forces of {}", "Military Forces", ""),
)
ARMY: Final = Actor(name="Military Forces of {}", kind=ActorKind.STATE_FORCES)
_ARMED_GROUP = Actor(name="Unidentified Armed Group ({})", kind=ActorKind.POLITICAL_MILITIA, sectors=("UAF",))
CIVILIANS = Actor(name="Civilians ({})", kind=ActorKind.CIVILIANS)
NO_NAMES = ("Rebels", "Unidentified")
"""How the names of armed groups begin of which nobody says who they are."""
JOINT_FORCES = Actor(name="Military Forces of {}", kind=ActorKind.UNKNOWN)
"""Forces of several: of one state only where the text names one."""
GOVERNMENT = Actor(name="Government of {}", kind=ActorKind.GOVERNMENT)


class CommonNouns(ActorNames):
    """Reads the common nouns for armed people, governments and civilians in one document."""

    def _pattern(self, index: int, words: set[str], head: str, *, part: str) -> tuple[Actor, str] | None:
        """Return what the common nouns of a phrase make of a nationality, and the name without one."""
        nouns = self._lexicon.nouns
        if (joint := self._joint(index)) is not None:
            return JOINT_FORCES, self._joint_name(joint)
        if head in nouns["bombers"] and self._are_planes(index, words):
            return ARMY, "Military Forces"
        if head in nouns["bodies"] and "armed" in words:  # "ethnic armed groups"
            return _ARMED_GROUP, "Unidentified Armed Group"
        if part != "target" and head in nouns["somebody"] and not words.isdisjoint(nouns["unidentified"] | {"armed"}):
            return _ARMED_GROUP, "Unidentified Armed Group"  # "unknown persons threw a grenade", "armed youths"
        if head in nouns["rebels"] and not words.isdisjoint(nouns["of_peoples"]):
            return _ARMED_GROUP, "Unidentified Armed Group"  # "clan fighters"
        if part == "target" and head in nouns["civilians_as_targets"] and "armed" not in words:
            return CIVILIANS, "Civilians"
        if head in lexicon_words("event_grammar", "aged"):
            return CIVILIANS, "Civilians"  # "a 17-year-old was shot"
        is_of_no_state = head in nouns["leaders"] and not words.isdisjoint(nouns["of_no_state"])
        if is_of_no_state and part == "target" and head not in nouns["fighting_persons"]:
            return CIVILIANS, "Civilians"  # "an opposition leader was arrested"
        may_be_rebels = head in nouns["forces"] or head in nouns["leaders"] or head in nouns["bodies"]
        if may_be_rebels and self._are_against_the_state(index):
            return Actor(name="Rebels ({})", kind=ActorKind.REBEL_GROUP), "Rebels"
        if head in nouns["forces"] and "paramilitary" in words and not self._is_a_states(index, words):
            return _ARMED_GROUP, "Unidentified Armed Group"  # "the paramilitary force attacked an army camp"
        if is_of_no_state:
            if part == "agent":  # "tribal leaders took control": they are no government, and have men
                return (_ARMED_GROUP, "Unidentified Armed Group") if "tribal" in words else None
            return (CIVILIANS, "Civilians") if part == "target" else None
        # "A police patrol" is no army's.
        is_of_police = head in nouns["parts_of_armies"] and not words.isdisjoint(nouns["police"])
        if head in nouns["leaders"] and not words.isdisjoint(lexicon_words("event_grammar", "bands")):
            return _ARMED_GROUP, "Unidentified Armed Group"  # "a cartel leader"
        for wanted in (words,) if is_of_police else ({head}, words):
            for name, kind, named, bare, sector in PATTERNS:
                if name == "forces" and wanted is words:
                    continue
                if name == "security" and not (words & nouns["forces"] or head in ("forces", "services")):
                    continue
                if not nouns[name].isdisjoint(wanted):
                    own = self._lexicon.sectors.get(head, sector) if head in nouns[name] else sector
                    return Actor(name=named, kind=kind, sectors=(own,) if own else ()), bare
        if any(
            word in self._offices for word in (self._words[token.index] for token in self._clauses.phrase_tokens(index))
        ):
            return GOVERNMENT, "Government"
        return None

    def _are_planes(self, index: int, words: set[str]) -> bool:
        """Whether bombers are aircraft: a nation's, and none who brought the bomb themselves, "Ruritanian suicide bombers"."""
        if not words.isdisjoint(self._lexicon.nouns["of_bombers_on_foot"]):
            return False
        return any(self.nation_at(token.index) is not None for token in self._clauses.phrase_tokens(index))

    def _is_a_states(self, index: int, words: set[str]) -> bool:
        """Whether a phrase names a nation or a government whose the armed people are: "Ruritanian paramilitary forces"."""
        of_government = {"government", "police", "pro-government", "state"}
        tokens = self._clauses.phrase_tokens(index)
        return not of_government.isdisjoint(words) or any(self.nation_at(token.index) is not None for token in tokens)

    def _followers(self, index: int) -> Actor | None:
        """Return whose men a noun for armed people means by the name of a person, if it names one."""
        nouns = self._lexicon.nouns
        armed = nouns["forces"] | nouns["forces_strong"] | nouns["rebels"] | nouns["militia"] | nouns["men"]
        if self._clauses.lower[index] not in armed:
            return None
        return followers_of(self._clauses, index, self.leader_at, nouns)

    def _is_bare_nation(self, tokens: Sequence[Any]) -> bool:
        """Whether the phrase is a country's name alone: "Armenia", "the United States", "Azerbaijan's"."""
        rest = [token for token in tokens if token.dep not in ("det", "case", "punct") and token.pos != "PART"]
        found = self.nation_at(rest[0].index) if rest else None
        return found is not None and found[1] > rest[-1].index

    def _are_persons(self, index: int) -> bool:
        """Whether a noun for those of a nation means some of them: "an Iraqi", "66 Palestinians", "the Tunisian".

        "The Russians" are all of the nation, and so are "the Chinese": a word with no plural of its own may be one.
        """
        word = self._clauses.lower[index]
        name = f"{self._clauses.lower[index - 1]} {word}" if index else word
        name = name if name in read_demonyms() else word
        if name not in read_demonyms() or self._clauses.tokens[index].dep in ("amod", "compound", "nmod"):
            return False  # "Afghan-Pakistani clashes"
        before = self._clauses.children(index, "det", "nummod")
        if any(child.dep == "nummod" or child.text.lower() in ("a", "an", "another", "some") for child in before):
            return True
        plural = f"{name.removesuffix('man')}men" if name.endswith("man") else f"{name}s"
        # "Azeri and Armenian forces", "government and Russian airstrikes": an adjective without its noun.
        is_noun = bool(before) or self._clauses.tokens[index].head == index + 1
        return plural in read_demonyms() and is_noun and not self._clauses.children(index, "conj")

    def _joint(self, index: int) -> int | None:
        """Return the word "joint" of a phrase where it says that forces are of several: "the Darfur joint forces"."""
        for token in self._clauses.phrase_tokens(index):
            behind = self._words[token.index + 1 : token.index + 2]
            if token.text.lower() == "joint" and behind and behind[0].lower() in ("force", "forces"):
                return token.index
        return None

    def _joint_name(self, joint: int) -> str:
        """Return how forces of several are called that name no state: by the region that stands before them, if any."""
        first = joint
        while first and self._words[first - 1][:1].isupper() and self._clauses.tokens[first - 1].pos == "PROPN":
            first -= 1
        region = " ".join(self._words[first:joint])
        return f"Joint Forces ({region})" if region else "Joint Forces"

    def _are_against_the_state(self, index: int) -> bool:
        """Whether a word right before a noun of forces says that they fight the state: "resistance forces", "rebel leaders"."""
        nouns = self._lexicon.nouns
        own = {
            child.text.lower()
            for child in self._clauses.children(index, "compound", "amod", "nmod")
            if child.index < index
        }
        if not own.isdisjoint(nouns["against_the_state"]):
            return True
        at = index - 1
        if self._words[max(0, at - 1) : at + 1] == ["-", "led"]:
            at -= 2  # "rebel-led forces"
        before = self._words[at].lower() if at >= 0 else ""
        if at > 1 and self._words[at - 1] == "-":
            before = f"{self._words[at - 2].lower()}-{before}"  # "an anti-junta group"
        return before in nouns["against_the_state"]  # "the government and rebel leaders"

    def _is_anyones(self, head: str, words: set[str], pattern: Actor) -> bool:
        """Whether a phrase is taken for state forces for its weapon alone, and rebels have such weapons too."""
        nouns = self._lexicon.nouns
        told = (words | {head}) & nouns["forces_strong"] | {head} & nouns["forces"]
        return pattern.kind is ActorKind.STATE_FORCES and bool(told) and told <= nouns["anyones"]
