"""What the sources of one event say differently, in sentences a person can read."""

from __future__ import annotations

from collections.abc import Sequence

from geoconflict.models import Count, EventSource, Status

__all__ = ["count_in_words", "disagreements", "speaker"]

_MEASURES = ("killed", "wounded", "captured", "displaced")
_COMPARED = ("killed", "wounded")
"""In these reports are compared; in the others only where a reviewer gives a number."""
_REVIEWER = "a reviewer"


def speaker(source: EventSource) -> str:
    """Return who says it: the claimant, as told by the outlet, or the outlet itself."""
    outlet = source.source or "one report"
    if source.mention.claimed_by:
        return f"{source.mention.claimed_by} ({outlet})"
    return outlet


def count_in_words(count: Count) -> str:
    """Return a count as words: "12", "at least 12", "at most 20", "12 to 15"."""
    if count.best is not None:
        return str(count.best)
    if count.low is not None and count.high is not None:
        return str(count.low) if count.low == count.high else f"{count.low} to {count.high}"
    if count.low is not None:
        return f"at least {count.low}"
    if count.high is not None:
        return f"at most {count.high}"
    return "an unknown number"


def disagreements(sources: Sequence[EventSource]) -> tuple[str, ...]:
    """Return one sentence for each thing on which the sources of an event differ, naming who says what.

    `sources` are in the order of the event. What only some sources say is no disagreement.
    """
    sentences = (
        _denial(sources),
        _denied_in_part(sources),
        *_blamed(sources),
        *(_counts(sources, measure) for measure in _MEASURES),
        _agents(sources),
    )
    return tuple(sentence for sentence in sentences if sentence)


def _denial(sources: Sequence[EventSource]) -> str | None:
    deniers = [source.mention.denied_by or "a side not named" for source in sources if _is_denied(source)]
    deniers += [
        (source.review.said_by if source.review else None) or _REVIEWER
        for source in sources
        if source.status is Status.DENIED and not _is_denied(source)
    ]
    if not deniers:
        return None
    claimants = [source.mention.claimed_by for source in sources if source.mention.claimed_by]
    outlets = [speaker(source) for source in sources if source.mention.claimed_by is None and not _is_denied(source)]
    said = [f"Claimed by {_join(claimants)}"] if claimants else []
    if outlets:
        said.append(f"{'told' if said else 'Told'} without a denial by {_join(outlets)}")
    said.append(f"{'denied' if said else 'Denied'} by {_join(deniers)}")
    return "; ".join(said) + "."


def _denied_in_part(sources: Sequence[EventSource]) -> str | None:
    deniers = [one.mention.denied_by for one in sources if one.mention.denied_by and not _is_denied(one)]
    return f"Denied in part by {_join(deniers)}: who did it, whom it hit, or what it cost." if deniers else None


def _blamed(sources: Sequence[EventSource]) -> list[str]:
    """Return who is blamed by whom, where that is not what a source claims as a whole."""
    said: dict[str, list[str]] = {}
    for source in sources:
        agents = {actor.name for actor in source.mention.actors if actor.part == "agent"}
        for one in source.mention.blamed:
            if one.name not in agents:
                said.setdefault(one.name, []).extend([one.by] if one.by else [])
    return [
        f"Blamed on {name} by {_join(who)}." if who else f"Blamed on {name}; by whom is not said."
        for name, who in said.items()
    ]


def _is_denied(source: EventSource) -> bool:
    return source.mention.status is Status.DENIED


def _counts(sources: Sequence[EventSource], measure: str) -> str | None:
    """Return who gives which number; one that a reviewer gives stands beside those of the reports, and does not hide them."""
    said: dict[str, list[str]] = {}
    for source in sources:
        casualties = source.mention.casualties
        count: Count | None = getattr(casualties, measure) if casualties else None
        if count is not None:
            said.setdefault(count_in_words(count), []).append(speaker(source))
    reviewed = [source.figure(measure) for source in sources if source.is_decided(measure)]
    if not reviewed and measure not in _COMPARED:
        return None
    for one in reviewed if said else ():
        said.setdefault(count_in_words(one) if one is not None else "not stated", []).append(_REVIEWER)
    if len(said) < 2:
        return None
    versions = "; ".join(f"{words} according to {_join(who)}" for words, who in said.items())
    return f"{measure.capitalize()}: {versions}."


def _agents(sources: Sequence[EventSource]) -> str | None:
    said: dict[str, list[str]] = {}
    for source in sources:
        agents = sorted(actor.name for actor in source.mention.actors if actor.part == "agent")
        if agents:
            who = _REVIEWER if source.is_decided("agents") else speaker(source)
            said.setdefault(" and ".join(agents), []).append(who)
    for words in [words for words in said if any(other.startswith(f"{words} of ") for other in said)]:
        del said[words]  # "the army" says no other than "Sudan's army"
    if len(said) < 2:
        return None
    versions = "; ".join(f"{words} according to {_join(who)}" for words, who in said.items())
    return f"Done by: {versions}."


def _join(names: Sequence[str]) -> str:
    unique = list(dict.fromkeys(names))
    if len(unique) == 1:
        return unique[0]
    return ", ".join(unique[:-1]) + " and " + unique[-1]
