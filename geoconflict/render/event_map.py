"""EventMap: conflict events as a folium map that is written as one self-contained HTML file.

It checks the frames, packs them (:mod:`~geoconflict.render.columns`, :mod:`~geoconflict.render.payload`), lets folium
render whatever layers the user added, and hands all of it to the page (:mod:`~geoconflict.render.page`). Nothing but this
module and :mod:`~geoconflict.render.folium_tree` knows folium. Events never pass through folium's templates, which would put their text into
JavaScript source.
"""

# ruff: noqa: SLF001 - branca and folium offer no public way to their trees and ids

from __future__ import annotations

import gzip
import html
import inspect
import os
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Self, get_args

import folium
from branca.element import Figure
from folium.template import Template

from geoconflict.civil_day import Day, civil_span
from geoconflict.errors import MapError
from geoconflict.frame_checks import credit_lines
from geoconflict.geo import Bounds, to_lat_lon
from geoconflict.ids import canonical_json
from geoconflict.kinds import check_kind
from geoconflict.render import page
from geoconflict.render.added_layers import AddedLayers
from geoconflict.render.any_frame import event_frames
from geoconflict.render.basemap import country_names
from geoconflict.render.basemap_around import KeptBasemap, Labels, basemap_around
from geoconflict.render.columns import map_columns
from geoconflict.render.context_columns import context_columns
from geoconflict.render.folium_tree import (
    CONSTRUCTION_IDS,
    RENDER_IDS,
    children_restored,
    counted_ids,
    refuse_remote_files,
    rendered,
    renumbered,
    take_copies,
    walk,
)
from geoconflict.render.gallery import MapCard, map_card
from geoconflict.render.look import Phase, checked_theme, coloured_style, day_number, phase_rows
from geoconflict.render.map_options import check_options
from geoconflict.render.payload import pack_block, to_base64
from geoconflict.render.thumbnail import thumbnail
from geoconflict.render.tiles import Tiles
from geoconflict.render.told_columns import without_sentences
from geoconflict.render.vendor import leaflet_assets, leaflet_icons, local_copy
from geoconflict.settings_checks import MapPeriods, Theme

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["EventMap"]

MAX_ZOOM: Final = 13
"""The basemap has no streets: closer than this the map would promise what it does not show."""

NOTEBOOK_TEXT_BYTES: Final = 1_000_000
"""The most packed text that a map puts into a notebook, some 20,000 events."""

_LATE: Final = "gc-text"
"""The block that nothing is drawn from: most of a large map."""
_LEAST_MARGIN_DEG: Final = 0.05
_WORLD: Final = Bounds(-130.0, -50.0, 150.0, 70.0)


class EventMap(AddedLayers, folium.Map):
    """Conflict events on a map with a timeline; a :class:`folium.Map`, so folium layers can be added.

    Parameters
    ----------
    events
        Located events: the columns of :data:`geoconflict.frames.EVENT_COLUMNS`, or any GeoDataFrame with a geometry and
        a column of dates. Another CRS is turned into EPSG:4326; rows without a geometry count as unlocated; times with a
        zone fall on the day of that zone. May be empty: the page then says so.
    title, description
        Plain text for the heading and the paragraph below it.
    lines
        Dated lines and areas drawn below the events as of the end of the time window, with the columns ``name``,
        ``valid_from``, ``valid_to`` (dates, missing is open), ``approximate`` (drawn dashed), ``note``, ``geometry``.
    unlocated
        Events without a place (the same columns but for the geometry): counted and listed, never dropped.
    tolls
        Cumulative figures with the columns of :data:`geoconflict.frames.TOLL_COLUMNS`, listed with who gives them.
    attribution
        Lines of credit for the data, besides those of the basemap and those in ``events.attrs["attribution"]``, which the
        readers of other data put there.
    labels
        Further place names for the basemap: (name, longitude, latitude, least zoom level, kind), or a function that
        returns them for a box, such as :meth:`geoconflict.Tools.town_labels`; of many, those near events are taken.
    basemap
        True draws outlines clipped to the data (:func:`geoconflict.render.basemap.clip_basemap`), False none; or a
        basemap in that function's format. :class:`geoconflict.render.basemap_around.KeptBasemap` is True for maps that are
        drawn again and again.
    tiles
        A map from the network that the reader can switch on (:class:`geoconflict.Tiles`); None loads nothing, ever.
    miles
        Whether the scale bar has miles besides kilometres.
    language
        Language of the page, ISO 639-1.
    periods
        Which periods the layer control lists.
    starts_on, ends_on
        First and last day of the timeline; None is the first and last day of the events. An event that began earlier is
        shown with its own days, and does not stretch the timeline by years.
    n_outside
        Events of other days that are left out of `events`: the page counts them beside those that it lists.
    min_score
        Events that score less, 0 to 1, are counted and listed for review, and not drawn.
    theme
        auto follows the reader's device, light or dark does not; the page has a switch.
    colours
        Event type to ``#rrggbb``, used in both themes; types left out keep theirs.
    phases
        Phases of the war and ceasefires, marked on the timeline.
    quotes
        False leaves out what the reports say, their titles and addresses, and the reasons for places, and shortens ids that
        are digests: a file of a third the size. The names of the sources stay, and the page says what is left out.
    date, end_date, event_type, sub_type, name, notes, source, url, actors, killed, event_id, admin1, country, precision
        Of a frame that is not ours, the names of the columns that hold these. Columns of usual names are found without.
        `actors` may name several. Types beyond ours get colours and shapes by :func:`geoconflict.type_styles.style_table`.
    **options
        Passed on to :class:`folium.Map`: its keywords, and the options of Leaflet's map. For instance ``location`` (latitude
        first, as folium wants it) and ``zoom_start``; without them the map opens on the events.

    Raises
    ------
    InputError
        If a frame lacks columns or has wrong ones, all faults at once; if it has no CRS; or if it is ambiguous which column
        holds the dates; or if a day of the timeline or a phase is none.
    MapError
        If a keyword, the language, `periods` or `theme` is unknown, a colour or phase is faulty, or the basemap cannot be
        read.

    Notes
    -----
    Text of folium layers that *you* add (popups, tooltips, layer names) is your own code: folium writes it into the
    page as HTML. Never put report text there.
    """

    _template = Template(
        """
        {% macro html(this, kwargs) %}<div id="{{ this.get_name() }}" class="gc-map"></div>{% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = geoconflict.createMap({{ this.get_name()|tojson }}, {
                center: {{ this.location|tojson }},
                ...{{ this.options|tojavascript }}
            });
        {% endmacro %}
        """
    )

    def __init__(
        self,
        events: gpd.GeoDataFrame,
        *,
        title: str = "",
        description: str = "",
        lines: gpd.GeoDataFrame | None = None,
        unlocated: pd.DataFrame | None = None,
        tolls: pd.DataFrame | None = None,
        attribution: str | Sequence[str] = (),
        labels: Labels | Callable[[Bounds], Labels] = (),
        basemap: bool | Mapping[str, Any] | KeptBasemap = True,
        tiles: Tiles | None = None,
        miles: bool = False,
        language: str = "en",
        periods: MapPeriods = "auto",
        starts_on: Day | None = None,
        ends_on: Day | None = None,
        n_outside: int = 0,
        min_score: float = 0.0,
        theme: Theme = "auto",
        colours: Mapping[str, str] | None = None,
        phases: Sequence[Phase] = (),
        quotes: bool = True,
        date: str | None = None,
        end_date: str | None = None,
        event_type: str | None = None,
        sub_type: str | None = None,
        name: str | None = None,
        notes: str | None = None,
        source: str | None = None,
        url: str | None = None,
        actors: str | Sequence[str] | None = None,
        killed: str | None = None,
        event_id: str | None = None,
        admin1: str | None = None,
        country: str | None = None,
        precision: str | None = None,
        **options: Any,
    ) -> None:
        check_options(options, _keywords(EventMap), _keywords(folium.Map))
        _check_values(title=title, description=description, periods=periods, min_score=min_score)
        self._strings = page.strings_table(language)
        roles = {
            "date": date, "end_date": end_date, "event_type": event_type, "sub_type": sub_type, "name": name, "notes": notes,
            "source": source, "url": url, "actors": actors, "killed": killed, "event_id": event_id, "admin1": admin1,
            "country": country, "precision": precision,
        }  # fmt: skip
        came_with = credit_lines(getattr(events, "attrs", {}).get("attribution", ()))
        attribution = tuple(dict.fromkeys((*credit_lines(attribution), *came_with)))
        events, unlocated = event_frames(events, unlocated, roles)
        first, last = civil_span(starts_on, ends_on, ("starts_on", "ends_on"))
        span = (day_number(first), day_number(last))
        columns = map_columns(
            events,
            unlocated,
            lines,
            tolls,
            min_score=min_score,
            span=span,
            quotes=quotes,
            cut_note=self._strings["text.cut"],
        )
        self._columns, self._lines, self._layers, self._n_outside = columns, lines, [], n_outside
        self._copies: dict[str, tuple[str, str]] = {}
        self._title = title.strip() or self._strings["title.default"]
        self._language, self._tiles = language, tiles
        self._focus = columns.focus or _WORLD
        self._outlines = outlines = basemap_around(self._focus, basemap, labels, events)
        self._blocks = self._data_blocks()
        self._config: dict[str, Any] = {
            "attribution": [*attribution, *(outlines or {}).get("attribution", ())],
            "dataAttribution": list(attribution),
            "countries": country_names(set(events["country"].unique())),
            "bounds": _lat_lon_box(columns.bounds),
            "description": description.strip(),
            "focus": None if options.get("location") is not None else _lat_lon_box(self._focus),
            "hasBasemap": outlines is not None,
            "language": language,
            "layers": self._layers,
            "leftOut": "" if quotes else "reports",
            "miles": miles,
            "nEvents": columns.n_events,
            "nOutside": n_outside,
            "nReports": columns.n_reports,
            "nTolls": 0 if tolls is None else len(tolls),
            "periods": periods,
            "phases": phase_rows(phases),
            "span": list(span),
            "strings": self._strings,
            "style": coloured_style(colours or {}, events["event_type"].unique()),
            "theme": checked_theme(theme),
            "tiles": None if tiles is None else tiles.for_page(),
            "title": self._title,
        }
        self._become_folium_map(options)

    def _data_blocks(self) -> dict[str, bytes]:
        """Return what the page draws and tells, by the names of its data blocks."""
        columns = self._columns
        blocks = {
            "gc-events": pack_block(columns.drawn),
            _LATE: pack_block(columns.text),
            "gc-context": pack_block(context_columns(self._lines, columns.west_of, self._strings["text.cut"])),
        }
        if self._outlines is not None:
            blocks["gc-basemap"] = _packed_json(self._outlines)
        return blocks

    def _become_folium_map(self, options: Mapping[str, Any]) -> None:
        with counted_ids(CONSTRUCTION_IDS):
            super().__init__(**{"tiles": None, "zoom_snap": 0.25, **options})
            self._name = "EventMap"
            # folium hands its zoom limits to the tile layer alone, and there is none.
            self.options |= {"max_zoom": options.get("max_zoom", MAX_ZOOM), "min_zoom": options.get("min_zoom", 2)}
            # Leaflet is inlined by the page. Lists of our own, for folium's belong to the class and so to every map.
            self.default_js, self.default_css = [], []
            _PageFigure(self).add_child(self)

    def save(self, outfile: Any, close_file: bool = True, **kwargs: Any) -> None:
        """Write the map as one HTML file that needs no network.

        Parameters
        ----------
        outfile
            A path, which is written whole or not at all, or a binary file object.
        close_file
            Whether a file object is closed afterwards.
        **kwargs
            Passed on to the templates of folium layers.

        Raises
        ------
        MapError
            If an added folium element needs a file from the network, or `outfile` cannot be written.
        """
        text = self.get_root().render(**kwargs)
        if isinstance(outfile, str | bytes | os.PathLike):
            page.write_page(os.fsdecode(outfile), text)
            return
        outfile.write(text.encode("utf-8"))
        if close_file:
            outfile.close()

    def use_local_copies(self, files: Mapping[str, str | os.PathLike[str]]) -> Self:
        """Put files of a folium plugin into the page in the place of those that it would load from the network.

        Parameters
        ----------
        files
            Address that the plugin asks for (:meth:`save` names it when it refuses the plugin) to a script (``.js``) or
            style sheet (``.css``) on this machine. They run with the page's rights: take them from where you trust.

        Returns
        -------
        EventMap
            The map itself.

        Raises
        ------
        MapError
            If a file cannot be read, is neither script nor style sheet, or a style sheet would load something itself.
        """
        self._copies |= {address: local_copy(path) for address, path in files.items()}
        return self

    def card(self, *, file: str) -> MapCard:
        """Return what a gallery shows of this map: see :func:`geoconflict.render.gallery.map_card`."""
        return map_card(
            self._columns,
            file=file,
            title=self._title,
            description=self._config["description"],
            n_outside=self._n_outside,
            draw=lambda dots: thumbnail(dots, self._focus, self._outlines, self._config["style"]),
        )

    def _page_data(self, *, for_notebook: bool) -> tuple[dict[str, Any], dict[str, bytes]]:
        """Return the settings and the blocks of the page; a notebook gets no sentences of a map that has too many."""
        if not for_notebook or len(self._blocks[_LATE]) <= NOTEBOOK_TEXT_BYTES:
            return self._config, self._blocks
        left = {"leftOut": self._config["leftOut"] or "sentences"}
        return self._config | left, self._blocks | {_LATE: pack_block(without_sentences(self._columns.text))}

    def _repr_html_(self, **kwargs: Any) -> str:
        """Return the page in a frame, for notebooks.

        It loads nothing, so no notebook asks whether to trust another host. A notebook keeps what it shows: above
        :data:`NOTEBOOK_TEXT_BYTES` the sentences of the reports are left out of it, and the page says so.
        """
        text = html.escape(self.get_root().render(for_notebook=True, **kwargs), quote=True)
        name = html.escape(self._title, quote=True)
        return (
            f'<iframe srcdoc="{text}" title="{name}" style="width:100%;height:640px;border:0" '
            'allowfullscreen loading="lazy"></iframe>'
        )


class _PageFigure(Figure):
    """The root of the tree: writes our page instead of branca's."""

    def __init__(self, event_map: EventMap) -> None:
        super().__init__()
        self._map = event_map
        self.header._children.clear()

    def render(self, *, for_notebook: bool = False, **kwargs: Any) -> str:
        """Return the page, perhaps as small as a notebook wants it; rendering again gives the same page.

        Raises
        ------
        MapError
            If an element needs a file from the network.
        """
        event_map = self._map
        config, blocks = event_map._page_data(for_notebook=for_notebook)
        with counted_ids(RENDER_IDS) as given_ids, children_restored(self):
            for child in list(self._children.values()):
                child.render(**kwargs)
            elements = list(walk(self))
            copies = take_copies(self, event_map._copies)
            parts = [rendered(part, kwargs) for part in (self.header, self.html, self.script)]
            refuse_remote_files(self, event_map, elements, parts[1:2])
            known_ids = {*given_ids, *(element._id for element in elements)}
        head, body, script, name = renumbered([*parts, event_map.get_name()], known_ids)
        # Leaflet would load the picture of its pin from beside the page.
        icons = leaflet_icons() if re.search(r"L\.(marker|geoJson)\(", script) else None
        leaflet_script, leaflet_style = leaflet_assets()
        return page.render_page(
            title=event_map._title,
            language=event_map._language,
            head=head,
            picture_origins=[] if event_map._tiles is None else [event_map._tiles.origin],
            body=page.page_body(event_map._title, event_map._strings, body),
            styles=[leaflet_style, *page.map_styles(), *(text for kind, text in copies if kind == ".css")],
            scripts=[
                leaflet_script,
                *(text for kind, text in copies if kind == ".js"),
                page.map_script(),
                f"\n{script}\ngeoconflict.start({name});\n",
            ],
            data={
                "gc-config": page.json_block(config | {"markerIcons": icons}),
                **{name: to_base64(data) for name, data in blocks.items() if name != _LATE},
            },
            late_data={_LATE: to_base64(blocks[_LATE])},
        )


def _check_values(*, title: str, description: str, periods: str, min_score: float) -> None:
    """Refuse values of which no map can be made.

    Raises
    ------
    InputError
        If title or description is no text.
    MapError
        If another is none of those that there are.
    """
    for name_of, text in (("title", title), ("description", description)):
        check_kind(text, str, f"{name_of}: text, empty for none,")
    if periods not in get_args(MapPeriods):
        msg = f"periods is {periods!r}; it is auto, week, month, year or none"
        raise MapError(msg)
    if not 0 <= min_score <= 1:
        msg = f"min_score is {min_score!r}; it is 0 to 1"
        raise MapError(msg)


def _keywords(kind: type[folium.Map]) -> list[str]:
    names = inspect.signature(kind).parameters.values()
    return [one.name for one in names if one.kind is not inspect.Parameter.VAR_KEYWORD]


def _packed_json(value: Mapping[str, Any]) -> bytes:
    return gzip.compress(canonical_json(value).encode("utf-8", "replace"), compresslevel=6, mtime=0)


def _lat_lon_box(bounds: Bounds | None) -> list[tuple[float, float]] | None:
    """Return the south-west and north-east corners, latitude first, of a box that is never smaller than a district."""
    if bounds is None:
        return None
    box = bounds.padded(0.03, _LEAST_MARGIN_DEG)
    return [to_lat_lon(box.west, box.south), to_lat_lon(box.east, box.north)]
