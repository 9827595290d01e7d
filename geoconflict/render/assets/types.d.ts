// The types that the modules share, global, for the checker alone: nothing of this gets into a page. See CONTRIBUTING.md.
// Days are whole numbers since 1970-01-01. Mercator coordinates run from 0 to 1, y southwards; px are CSS pixels.

// ---------------------------------------------------------------- the modules' own classes
type Model = import("./model.js").Model;
type PlaceGeometry = import("./place_geometry.js").PlaceGeometry;
type Crowd = import("./crowd.js").Crowd;
type Shape = import("./geometry.js").Shape;
type OneOf = import("./dimensions.js").OneOf;
type AnyOf = import("./dimensions.js").AnyOf;
type Words = ReturnType<typeof import("./words.js").createWords>;
type Card = ReturnType<typeof import("./card.js").createCard>;
type EventRecord = ReturnType<ReturnType<typeof import("./records.js").createRecords>>;

// ---------------------------------------------------------------- what a data block holds: render/payload.py
/** Where a column of numbers lies in a block. */
interface IntsSpec {
  n: number;
  at: number;
  width: number;
  zigzag?: boolean;
  delta?: boolean;
}
interface TextsSpec {
  n: number;
  at: number;
  lengths: IntsSpec;
}
interface CodesSpec {
  codes: IntsSpec;
  dictionary: TextsSpec;
}
type WordsSpec = TextsSpec & { dictionary: TextsSpec };
/** The first digits of ids, and more of them where they need them. */
interface HeadsSpec {
  n: number;
  digits: number;
  heads: IntsSpec;
  rows: IntsSpec;
  longer: TextsSpec;
}
type ListsSpec = CodesSpec & { counts: IntsSpec };
interface TextColumn {
  readonly length: number;
  at(row: number): string;
  all(): string[];
}
interface CodeColumn {
  readonly length: number;
  codes: Int32Array;
  values: string[];
  at(row: number): string;
}
/** The codes of a row are codes[starts[row]] up to codes[starts[row + 1]]. */
interface ListColumn {
  readonly length: number;
  codes: Int32Array;
  values: string[];
  starts: Uint32Array;
  of(row: number): string[];
}

type Bound = "low" | "best" | "high";
type Figure = "killed" | "wounded" | "captured" | "displaced";
/** Figures are stored one higher: 0 is "not stated", 1 is nobody. */
type FigureColumns = { [name in `${Figure}_${Bound}`]: Int32Array };

interface ShapeColumns {
  /** 1 a line, 2 an area. */
  shape_kind: Int32Array;
  shape_parts: Int32Array;
  part_points: Int32Array;
  /** Longitude and latitude in ten-thousandths of a degree. */
  x: Int32Array;
  y: Int32Array;
}

/** The block of what is drawn: render/columns.py. One row an event, a place (`place_`) or a shape. */
interface DrawnColumns extends FigureColumns, ShapeColumns {
  day: Int32Array;
  days: Int32Array;
  dated: Int32Array;
  open_start: Int32Array;
  open_end: Int32Array;
  unsure: Int32Array;
  /** Number of the place from 1; 0 is none. */
  place: Int32Array;
  event_type: CodeColumn;
  sub_event_type: CodeColumn;
  status: CodeColumn;
  date_precision: CodeColumn;
  date_basis: CodeColumn;
  n_sources: Int32Array;
  actors: ListColumn;
  /** One for each code of `actors`: bit 1 the agent, 2 the target. */
  actor_parts: Int32Array;
  sources: ListColumn;
  claimants: ListColumn;
  n_claimed: Int32Array;
  place_name: TextColumn;
  place_precision: CodeColumn;
  place_kind: CodeColumn;
  place_country: CodeColumn;
  place_admin1: CodeColumn;
  place_radius_m: Int32Array;
  place_lon: Int32Array;
  place_lat: Int32Array;
  place_shape: Int32Array;
}

type VersionFigure = `version_${"killed" | "wounded"}${"" | "_together"}_${Bound}`;
/** The block of texts, read when a card, a search or a file asks for it. One row an event, a version, a report or a toll. */
interface TextColumns extends Record<VersionFigure, Int32Array> {
  event_id: TextColumn;
  date_text: CodeColumn;
  disagreements: CodeColumn;
  place_reasons: CodeColumn;
  place_score: Int32Array;
  n_versions: Int32Array;
  version_quote: TextColumn;
  version_status: CodeColumn;
  version_claimed_by: CodeColumn;
  version_denied_by: CodeColumn;
  version_figures_by: CodeColumn;
  version_date_text: CodeColumn;
  version_together: CodeColumn;
  version_report: Int32Array;
  version_mark_start: Int32Array;
  version_mark_end: Int32Array;
  report_source: CodeColumn;
  report_url: TextColumn;
  report_title: TextColumn;
  report_published_on: CodeColumn;
  /** Of each report the first that prints the same text: itself, where it is no copy. */
  report_text: Int32Array;
  toll_measure: CodeColumn;
  toll_who: CodeColumn;
  toll_claimed_by: CodeColumn;
  toll_source: CodeColumn;
  toll_quote: TextColumn;
  toll_url: TextColumn;
  toll_low: Int32Array;
  toll_best: Int32Array;
  toll_high: Int32Array;
  toll_places: CodeColumn;
  toll_since: Int32Array;
  toll_begins: Int32Array;
  toll_day: Int32Array;
  toll_dated: Int32Array;
}
type ReadText = () => Promise<TextColumns>;

/** Dated lines and areas: render/context_columns.py. */
interface ContextColumns extends ShapeColumns {
  context_name: TextColumn;
  context_note: TextColumn;
  context_approximate: Int32Array;
  context_from: Int32Array;
  context_has_from: Int32Array;
  context_to: Int32Array;
  context_has_to: Int32Array;
  context_colour: CodeColumn;
  context_shape: Int32Array;
}
/** Areas that are coloured by counts: render/districts.py. */
interface AreaColumns extends ShapeColumns {
  area_name: TextColumn;
  area_shape: Int32Array;
  place_area: Int32Array;
}

// ---------------------------------------------------------------- the model
type Mode = "window" | "cumulative" | "trail";
type Step = "day" | "week" | "month";
type PeriodKind = "week" | "month" | "year" | "decade" | "century";
type Geometry = Exclude<GeoJSON.Geometry, GeoJSON.GeometryCollection>;
type Measure = "events" | "killed";
type Change = "filters" | "window" | "selection" | "compare";
type DimensionName = keyof Model["dimensions"];
/** Dimensions whose values are switched one by one. */
type SwitchedName = "type" | "status" | "actors" | "claimants" | "sources" | "precision";
type ListName = "actors" | "claimants" | "sources";
/** What an address says of the view; what it does not say is null, empty or what a fresh page has. */
interface HashState {
  from: number | null;
  to: number | null;
  /** The day whose lines and areas are drawn as outlines. */
  compare: number | null;
  event: string | null;
  /** Zoom, latitude, longitude. */
  view: [zoom: number, lat: number, lon: number] | null;
  values: { [name in "type" | "status" | ListName]?: string[] };
  off: { [name in "type" | "status" | ListName]?: string[] };
  query: string;
  precision: number | null;
  killed: number;
  mode: Mode;
  step: Step | null;
  marks: string[];
}
interface Period {
  from: number;
  to: number;
  label: string;
  on: boolean;
}
interface Phase {
  from: number;
  /** null is open. */
  to: number | null;
  label: string;
  kind: string;
}

// ---------------------------------------------------------------- drawing
type Point = [x: number, y: number];
type Box = [left: number, top: number, right: number, bottom: number];
type Pen = CanvasRenderingContext2D;
/** What a layer draws on, once: x and y turn Mercator coordinates into pixels of the canvas. */
interface Frame {
  ctx: Pen;
  width: number;
  height: number;
  /** Pixels of the canvas itself. */
  deviceWidth: number;
  deviceHeight: number;
  zoom: number;
  scale: number;
  ratio: number;
  sight: Box;
  x(mercatorX: number): number;
  y(mercatorY: number): number;
  fromContainer(point: L.Point): L.Point;
}
/** A piece of a line or of a ring, on one side of the date line. */
interface Piece {
  isEast: boolean;
  part: Point[];
}
/** A canvas over the map; `frame` is that of the last drawing. */
interface CanvasLayer extends L.Layer {
  frame: Frame;
  schedule(): void;
  redraw(): void;
  drawAt(ratio: number, use: (canvas: HTMLCanvasElement, x: number, y: number, width: number, height: number) => void): void;
}
interface CanvasLayerClass {
  new (draw: (frame: Frame) => void, options: L.LayerOptions): CanvasLayer;
}
/** A symbol on the canvas: its places, how many events they have, where it stands and its radius. */
interface Item {
  places: number[];
  n: number;
  x: number;
  y: number;
  r: number;
}
/** x, y and the length of the run up to there. */
type RunPoint = [x: number, y: number, length: number];
/** A line or an area that the map's maker gave as context. */
interface ContextItem {
  name: string;
  note: string;
  approximate: boolean;
  from: number | null;
  to: number | null;
  ownColour: string;
  shape: Shape;
}
/** A polygon, x and y in turn, and where in it lines are gone and where they are whole: x0, y0, x1, y1. */
interface RegionPart {
  corners: number[];
  fade: [number, number, number, number] | null;
}
interface BasemapPath {
  xy: Float64Array;
  box: Box;
  name: string;
}
type LabelKind = "country" | "sea" | "lake" | "town" | "admin1" | "river";
interface LabelStyle {
  weight: number;
  size: number;
  colour: string;
  halo: string;
  spacing: number;
  upper?: boolean;
  italic?: boolean;
  once?: boolean;
  dot?: boolean;
}
interface Label {
  name: string;
  kind: LabelKind;
  minZoom: number;
  x: number;
  y: number;
}
type WrittenNames = Map<string, Point[]>;
/** Outlines, waters and names: render/basemap.py. */
interface Basemap {
  scale: number;
  box?: [west: number, south: number, east: number, north: number];
  layers: { [name: string]: { rings?: number[][]; lines?: number[][]; names?: string[] } };
  labels: [name: string, lon: number, lat: number, minZoom: number, kind: string][];
}
/** A part of the panel: an element, and what brings it up to date. */
interface Part {
  element: HTMLElement;
  show: () => void;
}
/** A list that an event was picked from; `isOfShown` is that of all events shown, which follows the filters. */
interface EventList {
  events: number[];
  title: string;
  note: string;
  isOfShown?: boolean;
}
interface PanelParts {
  map: L.Map;
  card: Card;
  search: Search;
  contextItems: ContextItem[];
  readText: ReadText;
  showAll: () => void;
  showFound: () => void;
}
/** What `el` makes of an element: plain attributes, but for "class", "text" and "on". */
interface Attributes {
  text?: string;
  class?: string;
  // Listeners of every kind of event.
  on?: { [event: string]: (event: any) => void };
  [name: string]: unknown;
}
interface MenuItem {
  label: string;
  picture: string;
  run: () => void;
  isOffered?: () => boolean;
}
/** A row of a legend as it is drawn into a picture or onto paper. */
interface LegendEntry {
  picture: HTMLCanvasElement | null;
  text: string;
  count: string;
  group: Element | null;
}
type Row = "status" | "date" | "killed" | "wounded";
/** What the reports of one side say of an event. */
interface Side {
  who: string;
  status: string;
  killed: string;
  wounded: string;
  dates: Set<string>;
  versions: number[];
}
type Search = ReturnType<typeof import("./search.js").createSearch>;
/** A layer with an entry of its own in the layer control. */
interface FurtherLayer {
  label: string;
  layer: CanvasLayer;
  on: boolean;
}

// ---------------------------------------------------------------- settings of the page: render/event_map.py
type DayStyle = "full" | "long" | "medium" | "short" | "month" | "shortMonth" | "year";
type Strings = { [key: string]: string };
type Values = { readonly [name: string]: unknown } | Tiles;
interface TypeLook {
  shape: string;
  colour: string;
  dark: string;
}
interface Style {
  types: { [type: string]: TypeLook };
  other: TypeLook;
}
interface Tiles {
  url: string;
  host: string;
  name: string;
  attribution: string;
  kind: string;
  isOn: boolean;
  maxZoom: number;
}
interface LayerOptions {
  kind: string;
  label: string;
  on: boolean;
  measure: Measure;
}
interface HeatOptions extends LayerOptions {
  kind: "heat";
  block?: undefined;
  radius: number;
}
interface AreaOptions extends LayerOptions {
  kind: "areas";
  block: string;
  period: PeriodKind;
}
interface Config {
  attribution: string[];
  dataAttribution: string[];
  bounds: [[number, number], [number, number]] | null;
  countries: Strings;
  description: string;
  focus: [[number, number], [number, number]] | null;
  hasBasemap: boolean;
  language: string;
  /** What a small file leaves out of the reports: nothing, the sentences, or all they say. */
  leftOut: "" | "sentences" | "reports";
  layers: (HeatOptions | AreaOptions)[];
  markerIcons?: L.IconOptions;
  miles: boolean;
  nOutside: number;
  nReports: number;
  nTolls: number;
  periods: string;
  phases: Phase[];
  span: [first: number | null, last: number | null];
  strings: Strings;
  style: Style;
  theme: string;
  tiles: Tiles | null;
  title: string;
}
interface Uint8ArrayConstructor {
  /** Not in every browser yet. */
  fromBase64?: (text: string) => Uint8Array<ArrayBuffer>;
}
interface Window {
  geoconflict: { app?: object };
}
