"""What the parser misreads again and again, mended in its trees before anything is read from them."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import TYPE_CHECKING

from geoconflict.extract.language.misread_clauses import (
    with_doers_before_times,
    with_doers_before_verbs,
    with_doers_known_as,
    with_objects_before_participles,
    with_objects_before_times,
    with_objects_of_first_clauses,
    with_results_behind_asides,
    with_second_doers,
    with_whose_clauses,
)
from geoconflict.extract.language.misread_days import (
    with_days_of_saying,
    with_may_as_month,
    with_numbers_behind_days,
    with_when_behind_days,
    with_where_behind_days,
)
from geoconflict.extract.language.misread_deeds import (
    with_deeds_before_participles,
    with_deeds_before_tellers,
    with_deeds_behind_names,
    with_deeds_in_relatives,
    with_doers_of_names,
    with_fallen_names,
    with_people_shot_by_armed,
    with_people_shot_dead,
    with_unknown_passives,
    with_unknown_pasts,
)
from geoconflict.extract.language.misread_headlines import with_verbs_behind_acts
from geoconflict.extract.language.misread_lists import with_named_parties_in_lists, with_passives_of_lists
from geoconflict.extract.language.misread_speakers import (
    with_clauses_behind_asides,
    with_deeds_before_speakers,
    with_sayings_behind_speakers,
    with_speakers_apart,
    with_speakers_behind_names,
    with_what_listeners_are_told,
)
from geoconflict.extract.language.misread_subjects import (
    with_acts_behind_doers,
    with_deeds_of_the_disguised,
    with_deeds_of_the_loyal,
    with_fired_munitions,
    with_firing_by_letters,
    with_parties_behind_places,
    with_pasts_before_objects,
    with_people_called_by_age,
    with_places_before_doers,
    with_second_ones_as_subjects,
    with_subjects_before_prepositions,
)
from geoconflict.extract.language.misread_verbs import (
    with_acts_as_subjects,
    with_denied_acts,
    with_offensives,
    with_perfect_verbs,
    with_verbs_before_articles,
    with_verbs_behind_listed_names,
    with_verbs_behind_single_doers,
    with_verbs_behind_subjects,
    with_verbs_between_names,
    with_verbs_of_headlines,
)

if TYPE_CHECKING:
    from geoconflict.extract.language.model import Sentence, Token

__all__ = ["with_misreadings_mended"]

_MENDS = (
    with_may_as_month,
    with_speakers_apart,
    with_speakers_behind_names,
    with_deeds_before_speakers,
    with_sayings_behind_speakers,
    with_clauses_behind_asides,
    with_what_listeners_are_told,
    with_verbs_of_headlines,
    with_verbs_behind_acts,
    with_verbs_before_articles,
    with_verbs_behind_single_doers,
    with_verbs_behind_subjects,
    with_acts_as_subjects,
    with_denied_acts,
    with_perfect_verbs,
    with_offensives,
    with_verbs_between_names,
    with_verbs_behind_listed_names,
    with_objects_before_participles,
    with_objects_before_times,
    with_objects_of_first_clauses,
    with_results_behind_asides,
    with_whose_clauses,
    with_second_doers,
    with_unknown_pasts,
    with_unknown_passives,
    with_passives_of_lists,
    with_named_parties_in_lists,
    with_doers_before_times,
    with_doers_before_verbs,
    with_fallen_names,
    with_doers_of_names,
    with_deeds_before_participles,
    with_deeds_behind_names,
    with_deeds_in_relatives,
    with_deeds_before_tellers,
    with_people_shot_dead,
    with_people_shot_by_armed,
    with_acts_behind_doers,
    with_deeds_of_the_disguised,
    with_deeds_of_the_loyal,
    with_fired_munitions,
    with_firing_by_letters,
    with_parties_behind_places,
    with_places_before_doers,
    with_people_called_by_age,
    with_subjects_before_prepositions,
    with_pasts_before_objects,
    with_second_ones_as_subjects,
    with_doers_known_as,
    with_days_of_saying,
    with_when_behind_days,
    with_where_behind_days,
    with_numbers_behind_days,
)


def with_misreadings_mended(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> list[Token]:
    """Return the tokens of a text with what is known to be misread mended.

    Whoever reads the tokens climbs from head to head. Where two mends in one sentence bite each other's tail ("..., said X,
    an aide, said X, an aide"), the sentence stays as the parser read it.
    """
    tokens = list(tokens)
    for mend in _MENDS:
        mended = mend(tokens)
        if all(map(operator.is_, mended, tokens)):
            continue
        changed = {token.index for token, before in zip(mended, tokens, strict=True) if token is not before}
        for sentence in sentences:
            span = range(sentence.first_token, sentence.end_token)
            if not changed.isdisjoint(span) and not _is_forest(mended, span):
                mended[span.start : span.stop] = tokens[span.start : span.stop]
        tokens = mended
    return tokens


def _is_forest(tokens: Sequence[Token], sentence: range) -> bool:
    """Whether every token of a sentence leads up to one that is its own head."""
    known: set[int] = set()
    for index in sentence:
        path: set[int] = set()
        at = index
        while at not in known and tokens[at].head != at:
            if at in path:
                return False
            path.add(at)
            at = tokens[at].head
        known |= path
    return True
