"""The word lists that the evidence for place names reads, gathered once."""

from __future__ import annotations

import re

from geoconflict.extract.actors.lexicon import group_names
from geoconflict.extract.lexicon import kept_by_content, lexicon_words, read_demonyms, read_lexicon

__all__ = ["EvidenceWords", "read_evidence_words"]

_FIGHTERS = ("forces_strong", "rebels", "militia", "against_the_state")


class EvidenceWords:
    """The word lists that the features read."""

    def __init__(self, extras: tuple[str, ...]) -> None:
        def places(key: str) -> frozenset[str]:
            return lexicon_words("places", key, extras)

        self.world_regions = places("world_regions")
        self.common_words = places("common_words")
        self.calendar_words = places("calendar_words")
        self.directions = places("directions")
        self.skippable = self.directions | places("place_epithets")
        self.place_nouns = places("place_nouns")
        self.village_nouns = places("village_nouns")
        self.nouns_before = places("name_nouns_before")
        self.nouns_after = places("name_nouns_after")
        self.locatives = places("locatives")
        self.weak_locatives = places("weak_locatives")
        self.place_verbs = places("place_verbs")
        self.place_only_verbs = places("place_only_verbs")
        self.taking_verbs = places("taking_verbs")
        self.ground_verbs = places("ground_verbs")
        self.auxiliaries = places("passive_auxiliaries")
        self.perfect_auxiliaries = places("perfect_auxiliaries")
        self.adverbs_of_passive = places("passive_adverbs")
        self.place_participles = places("place_participles")
        self.place_only_participles = places("place_only_participles")
        self.place_fates = places("place_fates")
        self.place_only_fates = places("place_only_fates")
        self.headline_links = places("headline_links")
        self.ships = places("ships")
        self.ship_prefixes = places("ship_prefixes")
        self.of_ships = self.ships - {"boat", "carrier", "liner"} | places("of_ships")
        self.people_nouns = places("people_nouns")
        self.openers = places("sentence_openers")
        self.states = places("state_abbreviations")
        self.participles = places("hyphen_participles")
        self.given_names = lexicon_words("persons", "given_names", extras)
        self.titles = lexicon_words("persons", "titles", extras)
        self.surname_endings = tuple(sorted(lexicon_words("persons", "surname_endings", extras)))
        self.outlets = lexicon_words("organisations", "outlets", extras)
        self.outlet_words = lexicon_words("organisations", "outlet_words", extras)
        self.organisation_heads = lexicon_words("organisations", "organisation_heads", extras)
        self.state_bodies = lexicon_words("organisations", "state_bodies", extras)
        self.organisation_words = self.organisation_heads | self.state_bodies
        self.street_words = places("street_words")
        self.name_bearers = lexicon_words("organisations", "name_bearers", extras)
        self.groups = group_names(extras)
        """Names of armed groups and parties."""
        self.groups_spelt = frozenset(" ".join(re.findall(r"[\w.]+", name)) for name in self.groups)
        """The same, without hyphens and apostrophes."""
        nouns = read_lexicon("actors", extras)["nouns"]
        self.fighters = frozenset(word for key in _FIGHTERS for word in nouns[key])
        """Nouns of those who fight."""
        self.shots = places("shots")
        self.saying = lexicon_words("speech", "saying", extras)
        self.demonyms = read_demonyms()


@kept_by_content(maxsize=4)
def read_evidence_words(extras: tuple[str, ...] = ()) -> EvidenceWords:
    """Return the word lists, with what the user's files add; made once."""
    return EvidenceWords(extras)
