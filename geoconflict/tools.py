"""What the stages read with, opened when first needed, and the keys of all that they read, known without opening it."""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from geoconflict.ids import content_id, files_fingerprint, fingerprint
from geoconflict.kinds import check_kind
from geoconflict.settings import Settings

if TYPE_CHECKING:
    from geoconflict.corrections import Corrections
    from geoconflict.extract.actors.lexicon import ActorLexicon
    from geoconflict.extract.reader import Reader
    from geoconflict.geo import Bounds
    from geoconflict.places.gazetteer import Gazetteer
    from geoconflict.places.geocode import Geocoder
    from geoconflict.places.installed import Installed
    from geoconflict.render.basemap import Label

__all__ = ["Tools", "merging_key"]

_PACKAGE = Path(__file__).parent

_RECORDS = [
    _PACKAGE / name
    for name in (
        "record.py",
        "models.py",
        "codes.py",
        "ids.py",
        "geo.py",
        "scripts.py",
        "choices.py",
        "civil_day.py",
        "kinds.py",
        "number_words.py",
        "resources/lexicons/numbers.toml",
    )
]
"""What every stage is made of."""
_FRAMES = [
    _PACKAGE / name
    for name in (
        "frames.py",
        "frame_checks.py",
        "frame_blocks.py",
        "arrow_columns.py",
        "source_rows.py",
        "date_codes.py",
        "place_codes.py",
        "place_labels.py",
    )
]
"""What makes the frames that maps are drawn from."""


class Tools:
    """The gazetteer, the reader and the geocoder that the settings ask for, opened when first needed.

    Their fingerprints are known without opening them, so a run with nothing to do loads nothing heavy.

    Raises
    ------
    InputError
        If what is given is no settings.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = Settings() if settings is None else settings
        check_kind(self.settings, Settings, "settings: what load_settings(PATH) returns")

    @functools.cached_property
    def installed(self) -> Installed:
        """What the user has installed and added with ``geoconflict gazetteer``."""
        from geoconflict.places.installed import installed_places

        return installed_places(self.settings)

    @functools.cached_property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer, with installed places and the user's own."""
        from geoconflict.places.installed import open_gazetteer

        return open_gazetteer(self.settings, self.installed)

    def town_labels(self, bounds: Bounds) -> list[Label]:
        """Return names of towns for a map of the box `bounds` (EPSG:4326 degrees): ``EventMap(labels=...)`` takes this.

        >>> EventMap(events, labels=Tools().town_labels)  # doctest: +SKIP
        """
        from geoconflict.render.town_labels import town_labels

        return town_labels(self.gazetteer.towns_within(bounds))

    @functools.cached_property
    def reader(self) -> Reader:
        """The extraction, with the language model."""
        from geoconflict.extract.reader import Reader

        settings = self.settings.extract
        lexicons = [self.settings.resolve(path) for path in settings.lexicons]
        return Reader(self.gazetteer, model=settings.model, lexicons=lexicons)

    @functools.cached_property
    def actor_lexicon(self) -> ActorLexicon:
        """The names of actors that reports are read with; no language model is loaded."""
        from geoconflict.extract.actors.lexicon import load_actor_lexicon

        return load_actor_lexicon(tuple(str(self.settings.resolve(path)) for path in self.settings.extract.lexicons))

    @functools.cached_property
    def geocoder(self) -> Geocoder:
        """The geocoding chain: overrides, gazetteer, cache, online services."""
        from geoconflict.places.geocode import Geocoder

        return Geocoder.from_settings(self.gazetteer, self.settings)

    @property
    def corrections(self) -> Corrections:
        """What reviewers decided on events, read anew each time, for a watch goes on for days; empty where there is no such file yet."""
        from geoconflict.corrections import Corrections, load_corrections

        path = self.settings.review.corrections
        return load_corrections(self.settings.resolve(path)) if path else Corrections()

    @functools.cached_property
    def reading_parts(self) -> Mapping[str, str]:
        """The keys of what extraction makes of a report, by what a person calls it."""
        settings = self.settings
        own_places = [settings.resolve(path) for path in settings.places.extra] + self.installed.added_paths()
        names = [
            *_PACKAGE.glob("resources/gazetteer/*"),
            *_PACKAGE.glob("resources/places/*"),
            *own_places,
        ]
        own_words = [settings.resolve(path) for path in settings.extract.lexicons]
        code = [
            *_RECORDS,
            *_PACKAGE.glob("extract/**/*.py"),
            *_PACKAGE.glob("places/gazetteer*.py"),
            *_PACKAGE.glob("places/name*.py"),
            _PACKAGE / "places" / "spelling.py",
        ]
        model = [*_installed(settings.extract.model, "meta.json"), *_installed("spacy", "about.py")]
        return {
            "the program": files_fingerprint(code),
            "the language model": files_fingerprint(model),
            "the lexicons": fingerprint(
                files_fingerprint(_PACKAGE.glob("resources/lexicons/*")).encode(),
                *(files_fingerprint([path]).encode() for path in own_words),  # in their order: a later one wins
            ),
            "the gazetteer": self._with_installed(names),
        }

    @functools.cached_property
    def reading_key(self) -> str:
        """The key of what extraction makes of a report: its code, the language model, the lexicons, the names known."""
        return content_id("reading", dict(self.reading_parts))

    @functools.cached_property
    def resolution_parts(self) -> Mapping[str, str]:
        """The keys of the places that a report's toponyms get, by what a person calls them, besides those of reading."""
        places = self.settings.places
        own = [self.settings.resolve(places.overrides)] if places.overrides else []
        servers = (places.nominatim_url, places.photon_url, places.geonames_url, places.arcgis_url)
        choices = (places.countries, places.min_score, places.services, *servers)
        installing = _PACKAGE / "places" / "installing"  # what it made is counted as data; nothing here runs it
        code = (path for path in _PACKAGE.glob("places/**/*.py") if installing not in path.parents)
        return {
            "the program of places": files_fingerprint(
                [*code, _PACKAGE / "place_codes.py", *_PACKAGE.glob("resources/places/*")]
            ),
            "the overrides": files_fingerprint(own),
            "the settings of places": fingerprint(repr(choices).encode()),
        }

    @functools.cached_property
    def resolution_key(self) -> str:
        """The key of the places that a report's toponyms get."""
        return content_id("resolution", [self.reading_key, dict(self.resolution_parts)])

    @functools.cached_property
    def drawing_key(self) -> str:
        """The key of how maps are drawn, whatever they show."""
        return self._with_installed(
            [
                *_RECORDS,
                *_PACKAGE.glob("render/*.py"),
                *_PACKAGE.glob("render/assets/*"),
                *_PACKAGE.glob("resources/basemap/*"),
                *_PACKAGE.glob("resources/maps/*"),
                *_PACKAGE.glob("places/gazetteer*.py"),
                *_PACKAGE.glob("resources/gazetteer/*"),
                *_FRAMES,
                _PACKAGE / "map_stage.py",
                _PACKAGE / "map_choice.py",
                _PACKAGE / "vector_file.py",
                _PACKAGE / "colours.py",
                _PACKAGE / "type_styles.py",
                _PACKAGE / "visible.py",
                _PACKAGE / "places" / "online" / "known.py",
                # the country that the region of a map names
                _PACKAGE / "places" / "countries.py",
                _PACKAGE / "places" / "names.py",
                _PACKAGE / "resources" / "places" / "countries.csv",
                *_installed("folium", "_version.py"),
            ]
        )

    def _with_installed(self, files: Iterable[Path]) -> str:
        from geoconflict.places.installed import installed_key

        return fingerprint(files_fingerprint(files).encode(), installed_key(self.installed).encode())


def _installed(package: str, name: str) -> list[Path]:
    """Return a file of an installed package that tells its version, without importing the package."""
    found = importlib.util.find_spec(package)
    return [Path(found.origin).parent / name] if found and found.origin else []


def merging_key() -> str:
    """Return the key of how reports are merged: its code, weights and records."""
    return files_fingerprint(
        [
            *_RECORDS,
            _PACKAGE / "ledger.py",
            _PACKAGE / "merge_stage.py",
            _PACKAGE / "correction_stage.py",
            *_PACKAGE.glob("corrections/*.py"),
            *_PACKAGE.glob("events/*.py"),
            *_PACKAGE.glob("resources/events/*"),
        ]
    )
