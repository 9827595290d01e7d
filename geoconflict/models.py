"""The records that travel between the rooms, and the vocabularies they use. Standard library only.

Every record is frozen, slotted and keyword-only, and round-trips through a JSON-ready dict
(:class:`~geoconflict.record.Record`).

Suffixes are law: ``_at`` an aware UTC instant, ``_on`` a civil date, ``_m`` metres, ``_id`` a key, ``n_`` a count.
Offsets are code points into ``Report.text``, end exclusive. Geometries are WKT in EPSG:4326, longitude first.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from geoconflict.record import Record

__all__ = [
    "CUT",
    "SUB_EVENT_TYPES",
    "Actor",
    "ActorKind",
    "Blame",
    "Casualties",
    "Count",
    "DateBasis",
    "DatePrecision",
    "DateSpan",
    "EquipmentLoss",
    "Event",
    "EventMention",
    "EventSource",
    "EventType",
    "NameMatch",
    "Place",
    "PlacePrecision",
    "Reading",
    "Relation",
    "Report",
    "Resolution",
    "Review",
    "Role",
    "RunFailure",
    "RunReport",
    "ScoredPlace",
    "StageCount",
    "Status",
    "TimeExpression",
    "TimexType",
    "Toll",
    "Toponym",
]


# ---------------------------------------------------------------- vocabularies
class Role(StrEnum):
    """What a place name does in its sentence; each mention has one role."""

    EVENT_PLACE = "event_place"
    """Something happened there."""
    REGION_CONTEXT = "region_context"
    """It says where the event place, the territory or the conflict lies."""
    TALKS_VENUE = "talks_venue"
    """People meet or speak there."""
    ACTOR_METONYM = "actor_metonym"
    """It stands for a government or a force: "Baku said"."""
    DATELINE = "dateline"
    """It stands in the dateline: "YEREVAN (Agency) -"."""
    ORIGIN = "origin"
    """Somebody or something comes from there: "fired from X", "rebels from X"."""
    OTHER = "other"
    """Part of a title, an outlet's name, a football club and so on."""

    @property
    def is_on_no_ground(self) -> bool:
        """Whether the name speaks of a government or of people, who may be anywhere."""
        return self in (Role.OTHER, Role.ACTOR_METONYM, Role.ORIGIN)


class Relation(StrEnum):
    """How the event lies to the named place."""

    AT = "at"
    NEAR = "near"


class PlacePrecision(StrEnum):
    """What a geometry stands for, from the sharpest to the vaguest."""

    EXACT = "exact"
    TOWN = "town"
    NEAR = "near"
    LINE = "line"
    AREA = "area"
    ADMIN2 = "admin2"
    ADMIN1 = "admin1"
    REGION = "region"
    COUNTRY = "country"
    SEA = "sea"

    @property
    def vagueness(self) -> int:
        """How many are sharper: 0 of the sharpest."""
        return _VAGUENESS[self]


CUT = "[…]"
"""Between sentences of one quote that are apart in the text."""
_VAGUENESS = {precision: sharper for sharper, precision in enumerate(PlacePrecision)}


class DatePrecision(StrEnum):
    """How much of the calendar a date span leaves open."""

    DAY = "day"
    RANGE = "range"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class DateBasis(StrEnum):
    """Where a date comes from."""

    STATED = "stated"
    """The text names it: "27 September"."""
    RELATIVE = "relative"
    """The text counts from the publication date or another date: "on Thursday"."""
    PUBLISHED = "published"
    """The text names none; the publication date is an upper bound, not the date."""


class Status(StrEnum):
    """Whether the text says that the event happened, and on whose word."""

    OCCURRED = "occurred"
    CLAIMED = "claimed"
    SCHEDULED = "scheduled"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"


class EventType(StrEnum):
    """ACLED's six event types, and Diplomacy."""

    BATTLES = "Battles"
    EXPLOSIONS = "Explosions/Remote violence"
    VIOLENCE_AGAINST_CIVILIANS = "Violence against civilians"
    PROTESTS = "Protests"
    RIOTS = "Riots"
    STRATEGIC = "Strategic developments"
    DIPLOMACY = "Diplomacy"


SUB_EVENT_TYPES: Mapping[EventType, tuple[str, ...]] = types.MappingProxyType(
    {
        EventType.BATTLES: (
            "Armed clash",
            "Government regains territory",
            "Non-state actor overtakes territory",
        ),
        EventType.EXPLOSIONS: (
            "Chemical weapon",
            "Air/drone strike",
            "Suicide bomb",
            "Shelling/artillery/missile attack",
            "Remote explosive/landmine/IED",
            "Grenade",
        ),
        EventType.VIOLENCE_AGAINST_CIVILIANS: ("Sexual violence", "Attack", "Abduction/forced disappearance"),
        EventType.PROTESTS: (
            "Peaceful protest",
            "Protest with intervention",
            "Excessive force against protesters",
        ),
        EventType.RIOTS: ("Violent demonstration", "Mob violence"),
        EventType.STRATEGIC: (
            "Agreement",
            "Arrests",
            "Change to group/activity",
            "Disrupted weapons use",
            "Headquarters or base established",
            "Looting/property destruction",
            "Non-violent transfer of territory",
            "Other",
        ),
        EventType.DIPLOMACY: ("talks", "agreement", "ceasefire", "statement"),
    }
)
"""The 25 sub-types of ACLED's codebook by event type, and geoconflict's four of Diplomacy."""


class ActorKind(StrEnum):
    """ACLED's kinds of actor, and governments as they speak and negotiate."""

    STATE_FORCES = "state forces"
    REBEL_GROUP = "rebel group"
    POLITICAL_MILITIA = "political militia"
    IDENTITY_MILITIA = "identity militia"
    RIOTERS = "rioters"
    PROTESTERS = "protesters"
    CIVILIANS = "civilians"
    EXTERNAL = "external/other forces"
    GOVERNMENT = "government"
    UNKNOWN = "unknown"


class TimexType(StrEnum):
    """TimeML's types of time expression."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


# ---------------------------------------------------------------- reports
@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Record):
    """One dated news report, as it came in."""

    report_id: str
    """Content hash over source, url, title, text and published_on."""
    text: str
    """The whole text with newlines normalised (length is kept, so offsets into the original hold)."""
    published_on: dt.date | None = None
    """The civil date of publication; None only where a caller allows undated input."""
    title: str | None = None
    source: str | None = None
    """The outlet or agency that published it."""
    url: str | None = None
    language: str = "en"
    """ISO 639-1."""
    body_start: int = 0
    """Offset in `text` where the report begins, after a header such as a date line."""
    external_id: str | None = None
    """The id under which the input knows the report."""
    published_at: dt.datetime | None = None
    retrieved_at: dt.datetime | None = None
    origin: str | None = None
    """The file it was read from, with a line number where one file holds many; a relative path."""


# ---------------------------------------------------------------- what the text says
@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch(Record):
    """A gazetteer name found in a text at a given offset: what extraction may know of places without resolving them."""

    end: int
    """Offset after the last character matched."""
    n_candidates: int
    """How many places bear the name."""
    max_population: int
    """The largest population among them; 0 when unknown."""
    has_primary: bool
    """Whether some place bears it as its main name."""
    is_spelling: bool = False
    """Whether, though no place's main name, it is a spelling of one: "Sukhumi" of Sokhumi, not "Stalingrad" of Volgograd."""
    kinds: tuple[str, ...]
    """The kinds of the candidates, sorted: country, admin1, admin2, settlement, area, line, water, landmark."""
    countries: tuple[str, ...]
    """Their countries (ISO 3166-1 alpha-3), sorted; the first 8."""
    curated: bool
    """Whether a hand-curated row bears the name."""
    states: tuple[str, ...] = ()
    """The countries that bear the name themselves, sorted: GEO of "Georgia", and not the USA, where a state is called so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym(Record):
    """A mention of a place in a report."""

    start: int
    end: int
    surface: str
    score: float
    """How surely the span is a mention of a place, 0 to 1."""
    role: Role = Role.OTHER
    relation: Relation = Relation.AT
    reasons: tuple[str, ...] = ()
    """Why it was taken as a place and given its role, in words a person can read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSpan(Record):
    """The days on which something happened: the earliest and the latest possible, both inclusive."""

    starts_on: dt.date | None
    """None when nothing bounds it from below."""
    ends_on: dt.date | None
    precision: DatePrecision
    basis: DateBasis
    surface: str | None = None
    """The words that say so; None when the text names no date."""

    @property
    def best_day(self) -> dt.date | None:
        """The one day to give where a format holds only one: the first possible day.

        Where the publication date is the only basis, and where nothing bounds the span from below, it is the last.
        """
        if self.starts_on is None or self.basis is DateBasis.PUBLISHED:
            return self.ends_on
        return self.starts_on


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression(Record):
    """A time expression in the text, with its normalised value (TIMEX3)."""

    start: int
    end: int
    surface: str
    timex_type: TimexType
    value: str
    """ISO 8601 or TIMEX3: 2020-09-27, 2020-09, 2020-W39, P1D, PAST_REF; empty when it cannot be said."""
    span: DateSpan | None = None
    """The civil days it covers; None for durations, sets and expressions that cannot be anchored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Record):
    """A number of people as a range. None is "not stated" and never 0."""

    low: int | None
    best: int | None
    """Given only when one number is meant."""
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Casualties(Record):
    """The people killed, wounded, captured and displaced in one event, as one source tells it."""

    killed: Count | None = None
    wounded: Count | None = None
    captured: Count | None = None
    """Taken prisoner or abducted; an arrest is none."""
    displaced: Count | None = None
    """Driven from their homes: fled, evacuated, made homeless."""
    who: str | None = None
    """Who they were, in the words of the text: "civilians", "two soldiers and a child"."""
    claimed_by: str | None = None
    """Who gives the figures, '; ' between several; None when the outlet does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll(Record):
    """A cumulative figure: it belongs to a war, a period, or several places together, never to one event."""

    report_id: str
    start: int
    end: int
    """The evidence span."""
    surface: str
    measure: str
    """killed, wounded, captured, missing or displaced."""
    count: Count
    who: str | None
    as_of: DateSpan
    claimed_by: str | None
    scope: str = "war"
    """war (a war or a period), place (a settlement over a period), addition (to the losses of a side) or places (one event told
    of several places together)."""
    reasons: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    """Where people are counted, in the words of the text; empty where that is the whole war."""
    since_on: dt.date | None = None
    """The first day that it counts; None when not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentLoss(Record):
    """Equipment that somebody lost, as one source tells it: no people, and of no event."""

    report_id: str
    start: int
    end: int
    """The evidence span."""
    surface: str
    what: str
    """tank, armoured_vehicle, vehicle, drone, aircraft, helicopter, artillery, air_defence, ship or missile."""
    name: str
    """In the words of the text: "T-72 tanks"."""
    count: Count
    fate: str
    """destroyed, shot_down, intercepted, captured, damaged or lost."""
    owner: str | None
    """Whose it was, in the words of the text; None when not said."""
    when: DateSpan
    cumulative: bool = False
    """Whether the number counts a war or a period."""
    claimed_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor(Record):
    """A party to an event."""

    name: str
    """Normalised: "Military Forces of Azerbaijan", "Artsakh Defence Army", "Civilians (Azerbaijan)"."""
    kind: ActorKind = ActorKind.UNKNOWN
    country: str | None = None
    """ISO 3166-1 alpha-3, or None."""
    part: str = "party"
    """agent (did it), target (suffered it) or party (took part, direction not said)."""
    surface: str | None = None
    sectors: tuple[str, ...] = ()
    """PLOVER sectors, the primary one first; empty where the kind says it all (:func:`geoconflict.codes.sectors_of`)."""
    body: str | None = None
    """What PLOVER writes for the country of a body that belongs to none: IGO, UNO, EUR, NGO, ISM, IMG, MNC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blame(Record):
    """Who is said to have done an event, on somebody's word: "residents blamed X". No agent of it is made of that."""

    name: str
    """Normalised, as of an :class:`Actor`."""
    by: str | None = None
    """Who says so, in the words of the text; None when not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMention(Record):
    """One event as one passage of one report tells it, with the passage."""

    mention_id: str
    """Content hash over report, trigger span, type and place span."""
    report_id: str
    start: int
    end: int
    """The evidence span: the words that support the event."""
    trigger_start: int
    trigger_end: int
    event_type: EventType
    sub_event_type: str
    status: Status
    when: DateSpan
    place: Toponym | None
    """The mention of the place where it happened; None when the passage names none."""
    actors: tuple[Actor, ...] = ()
    casualties: Casualties | None = None
    claimed_by: str | None = None
    denied_by: str | None = None
    """Who says that it did not happen so; where the status is not denied: who denies its losses, whom it hit, or having done it."""
    score: float = 0.5
    reasons: tuple[str, ...] = ()
    plover: str = ""
    """PLOVER's ``TYPE:mode`` or ``TYPE`` for what the words say; "" is none."""
    blamed: tuple[Blame, ...] = ()
    """Who is blamed for it or accused of it."""
    together: Casualties | None = None
    """What is told of this place and others as one figure, and so is no figure of this event."""
    places_together: tuple[str, ...] = ()
    """The names of the places that `together` counts, in the words of the text."""
    claimed_for: str | None = None
    """The side that `claimed_by` speaks for: a country (ISO 3166-1 alpha-3) or the name of a group; None when not known."""
    likelihood: float | None = None
    """How likely its words tell of a conflict event, 0 to 1; None where that is not weighed, as of talks and protests."""
    doubts: tuple[str, ...] = ()
    """What speaks against that, the heaviest first, where a person should look; empty where nobody need."""
    figures_at: tuple[tuple[int, int], ...] = ()
    """Where the figures of `casualties` stand in the text, sorted; often in another sentence than the evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlikelyEvent(Record):
    """Words that read like a conflict event and are too unlikely to tell of one, so that none was made of them."""

    start: int
    end: int
    """The span of the trigger."""
    surface: str
    event_type: EventType
    """The type that it would have had."""
    likelihood: float
    """How likely the words tell of a conflict event, 0 to 1."""
    reasons: tuple[str, ...] = ()
    """What speaks against it, the heaviest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Record):
    """All that extraction found in one report. A function of the text, the publication date and the lexicons alone."""

    report_id: str
    toponyms: tuple[Toponym, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    mentions: tuple[EventMention, ...] = ()
    tolls: tuple[Toll, ...] = ()
    equipment: tuple[EquipmentLoss, ...] = ()
    unlikely: tuple[UnlikelyEvent, ...] = ()


# ---------------------------------------------------------------- places
@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Record):
    """A place, with what its geometry stands for."""

    place_id: str
    """Source and key: "geonames:587124", "curated:karabakh-line-of-contact"."""
    name: str
    lon: float
    """Longitude of the representative point, EPSG:4326 degrees."""
    lat: float
    geometry: str
    """WKT, EPSG:4326, longitude first: POINT, LINESTRING, POLYGON or their MULTI forms."""
    kind: str
    """country, admin1, admin2, settlement, area, line, water or landmark."""
    precision: PlacePrecision
    radius_m: float
    """Half the extent that the representative point stands for, in metres."""
    country: str | None = None
    """ISO 3166-1 alpha-3, de jure; None when disputed between states or in several."""
    admin1: str | None = None
    admin2: str | None = None
    population: int = 0
    """0 is unknown."""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    source: str = ""
    """Where the data come from, with the licence: "GeoNames (CC BY 4.0)"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredPlace(Record):
    """A candidate for a toponym, with its score and the reasons for it."""

    place: Place
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution(Record):
    """The answer to "which place is meant": one place or none, and what else was considered."""

    toponym: Toponym
    place: Place | None
    score: float
    """How surely the place is the right one, 0 to 1; for an abstention, the score of the best candidate."""
    alternatives: tuple[ScoredPlace, ...] = ()
    """The runners-up, best first; with `place` None, all candidates."""
    reasons: tuple[str, ...] = ()


# ---------------------------------------------------------------- events
@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Record):
    """What reviewers decided on one telling of an event (``docs/review.md``)."""

    notes: tuple[str, ...] = ()
    """What was corrected or confirmed, who says so and why, in words a person can read."""
    contested: tuple[str, ...] = ()
    """On what reviewers differ: nothing of that is applied."""
    decided: tuple[str, ...] = ()
    """What stands as reviewers say it, uncontested: event (that it happened), place, type, date, status, agents, targets, killed,
    wounded, captured, displaced, merge (which tellings are of one event); sorted."""
    apart: str | None = None
    """Under what it was parted from the event that it was in; None where it was not."""
    together: tuple[str, ...] = ()
    """Keys of the sets of tellings that decisions hold to be of one event and that it belongs to, sorted."""
    accepted: tuple[str, ...] = ()
    """The place_id, sub-type, days ("2020-09-27/2020-09-27") and status ("" where the entry does not say it) with which somebody
    accepted its event; empty where nobody did."""
    figures: Casualties | None = None
    """The figures that reviewers give, of those that are `decided`; those of the report are its mention's."""
    status: Status | None = None
    """The status that reviewers give, where it is `decided`; that of the report is its mention's."""
    said_by: str | None = None
    """Of that status: who claims or denies it, as reviewers say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSource(Record):
    """One report's version of an event: the mention, where it was placed, and the quote."""

    mention: EventMention
    place: Place | None
    place_score: float
    place_reasons: tuple[str, ...]
    source: str | None
    url: str | None
    title: str | None
    published_on: dt.date | None
    quote: str
    """The sentence or sentences around the evidence."""
    quote_start: int
    """Offset of `quote` in the report's text."""
    country: Place | None = None
    """With no `place`: the country that the report is about, if it is about one. Merging asks it only of what the report takes for known."""
    countries: tuple[str, ...] = ()
    """With no `place`: the countries in which the places lie that the report names, ISO 3166-1 alpha-3. For merging alone."""
    names: tuple[str, ...] = ()
    """With no `place`, or none as sharp as a town: the names of spots and people that the report tells around it, folded. For merging alone."""
    day_near: DateSpan | None = None
    """With no day of its own: the days of what the report tells beside it. For merging alone."""
    corrects: bool = False
    """Whether its report says that it corrects what its outlet has published."""
    copy_of: str | None = None
    """The report whose text this one prints, as an agency's article in another outlet; None where it speaks for itself."""
    review: Review | None = None
    """What reviewers decided on it; its mention, place and reasons are as they say. None where nobody did."""
    figures_quote: str | None = None
    """The sentences that its figures stand in, where `quote` does not hold them all; "[…]" stands between those that are apart."""

    @property
    def full_quote(self) -> str:
        """The quote with the sentences of its figures behind it: all that the event is made of."""
        return self.quote if self.figures_quote is None else f"{self.quote} {CUT} {self.figures_quote}"

    def is_decided(self, aspect: str) -> bool:
        """Whether reviewers decided on its "event", "place", "type", "date", "merge" or another thing of :attr:`Review.decided`."""
        return self.review is not None and aspect in self.review.decided

    def figure(self, measure: str) -> Count | None:
        """Return how many were "killed", "wounded", "captured" or "displaced": as reviewers say where they do, else as the report does."""
        said = self.review.figures if self.review is not None and self.is_decided(measure) else self.mention.casualties
        count: Count | None = getattr(said, measure) if said is not None else None
        return count

    @property
    def status(self) -> Status:
        """Whether it happened: as reviewers say where they do, else as the report does."""
        said = self.review.status if self.review is not None and self.is_decided("status") else None
        return said or self.mention.status

    @property
    def claimant(self) -> str | None:
        """Who claims it: whom reviewers name where they say that it is claimed, else whom the report does."""
        said = self.review.said_by if self.review is not None and self.is_decided("status") else None
        return said if said is not None and self.status is Status.CLAIMED else self.mention.claimed_by

    @property
    def voice(self) -> str:
        """Who speaks: the report, or the one that it is a copy of. Copies of one text are one voice."""
        return self.copy_of or self.mention.report_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """One event, with every report that tells it."""

    event_id: str
    event_type: EventType
    sub_event_type: str
    status: Status
    when: DateSpan
    place: Place | None
    place_score: float
    actors: tuple[Actor, ...]
    killed: Count | None
    wounded: Count | None
    """As reviewers give it, else the range over all sources; None is "not stated"."""
    claimed_by: tuple[str, ...]
    sources: tuple[EventSource, ...]
    """Ordered by publication date, report id and offset."""
    disagreements: tuple[str, ...] = ()
    """What the sources say differently, one sentence each, naming who says what."""
    score: float = 0.5
    captured: Count | None = None
    displaced: Count | None = None

    @property
    def n_voices(self) -> int:
        """How many reports tell it: all copies of one text count once, and so do those of an outlet that corrects itself."""
        corrected = {source.source for source in self.sources if source.corrects and source.source}
        return len({(source.source if source.source in corrected else source.voice) for source in self.sources})


# ---------------------------------------------------------------- runs
@dataclass(frozen=True, slots=True, kw_only=True)
class StageCount(Record):
    """What one stage of a run did."""

    stage: str
    n_seen: int = 0
    n_skipped: int = 0
    n_done: int = 0
    n_not_found: int = 0
    n_failed: int = 0
    seconds: float = 0.0
    n_copies: int = 0
    """Of the merge stage: how many reports of the store print the text of another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFailure(Record):
    """One thing that failed: what, where, and how to repair it."""

    stage: str
    where: str
    """A file with line, or a report id."""
    what: str
    repair: str = ""
    external_id: str | None = None
    """The id under which the input knows the report, where it was readable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport(Record):
    """What a run did, stage by stage, and what failed."""

    stages: tuple[StageCount, ...] = ()
    failures: tuple[RunFailure, ...] = ()
    """The first failures; the counts are in `stages`."""
    n_failures: int = 0
    notes: tuple[str, ...] = ()
    """What is to be known of the run besides, and is no failure."""
