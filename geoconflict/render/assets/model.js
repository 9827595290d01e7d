// What the map shows and why: columns, filters, time window, counts. No drawing, no DOM.
//
// Every filter is a dimension with a bit of its own in `fails`. An event is shown when no bit is set and it falls into the
// time window. The counts of a dimension ignore that dimension alone, so they say what switching a value on would bring: an
// event with exactly one bit set counts for that dimension and nowhere else. A step of the window looks only at the
// events of the window, found by binary search in the days; all others count nowhere.
import { Among, AnyOf, AtLeast, OneOf } from "./dimensions.js";
import { figuresOf, isToldStatus } from "./figures.js";
import { mercatorX, mercatorY, readShapes } from "./geometry.js";
import { usualStep } from "./time_steps.js";

// Where an event is told: on the map, or in the list of what is not, with the reason.
const ON_MAP = 0, COUNTRY = 1, UNLOCATED = 2, UNDATED = 3, UNSURE = 4, OUTSIDE = 5;
export const WHERE = { ON_MAP, COUNTRY, UNLOCATED, UNDATED, UNSURE, OUTSIDE };
const nothingOff = () => Object.values(WHERE).map(() => 0);

// How precise a place is, the sharpest first; the slider of precision cuts this list.
export const PRECISIONS = ["exact", "town", "near", "unstated", "line", "area", "admin2", "admin1", "region", "country", "sea"];
const SPOT_PRECISIONS = ["exact", "town", "near", "unstated"];

// A type beyond these is one of the others on the map, in the legend and in the layer control: more symbols tell nobody
// anything. The search, the table and the cards know it by its name.
const MOST_TYPES = 40;
/** Stands for all the others; no text of the data is half a surrogate pair. */
export const OTHER_TYPES = "\ud800";

const KILLED_STEPS = [1, 5, 10, 50, 100];
/** @type {DimensionName[]} */
const DIMENSIONS = ["type", "status", "actors", "claimants", "sources", "precision", "killed", "search", "extent", "periods"];

/** @param {DimensionName} name */
const bitOf = (name) => 1 << DIMENSIONS.indexOf(name);

/**
 * As `Kind.from(values, make)`, many times faster.
 * @template {Uint8Array | Int32Array | Float64Array} T
 * @param {new (length: number) => T} Kind
 * @param {ArrayLike<number>} values
 * @param {(value: number, i: number) => number} make
 */
function mapped(Kind, values, make) {
  const made = new Kind(values.length);
  for (let i = 0; i < values.length; i += 1) made[i] = make(values[i], i);
  return made;
}

/** What the window means: its events; everything up to its last day; its events, fading with their age. */
/** @type {Mode[]} */
export const MODES = ["window", "cumulative", "trail"];

export class Model {
  // What the methods below set while the columns are read.
  nPlaces = 0;
  /** @type {string[]} */
  placeNames = [];
  placeX = new Float64Array(0);
  placeY = new Float64Array(0);
  isSpot = new Uint8Array(0);
  placeCounts = new Int32Array(0);
  placeTypes = new Int32Array(0);
  placeDenied = new Int32Array(0);
  placeEvent = new Int32Array(0);
  placeLast = new Int32Array(0);
  /** @type {Int32Array} */
  day = new Int32Array(0);
  /** @type {Int32Array} */
  dated = new Int32Array(0);
  last = new Int32Array(0);
  where = new Uint8Array(0);
  nDated = 0;
  firstDay = 0;
  lastDay = 0;
  from = 0;
  to = 0;
  hasDays = false;
  long = new Int32Array(0);
  outside = new Int32Array(0);
  /** Events by where they are told, as WHERE numbers it: of all, and of those that are listed now. */
  totals = nothingOff();
  nOff = nothingOff();
  nShown = 0;
  /** @type {{type: number, sub: number}[]} */
  pairs = [];
  lengthBefore = 0;
  /** @type {{version: number, from: number, to: number, end: number, nMisses: Int32Array} | null} what was counted last */
  counted = null;

  /**
   * @param {DrawnColumns} columns of the block of what is drawn, by name; rows are sorted by first day, those without one last
   * @param {Strings} countries names of country codes
   * @param {[number | null, number | null]} span first and last day of the timeline, null where the events say
   * @param {number} nOutside events of other days that are counted and not in the columns
   */
  constructor(columns, countries, span, nOutside = 0) {
    const c = (this.columns = columns);
    this.nOutside = nOutside;
    this.countries = countries;
    this.n = c.day.length;
    this.shapes = readShapes(c);
    this.types = c.event_type.values; // the commonest first
    /** What is drawn and switched as one: a type, or all those beyond MOST_TYPES. */
    this.drawnTypes = this.types.length > MOST_TYPES + 1 ? [...this.types.slice(0, MOST_TYPES), OTHER_TYPES] : this.types;
    this.statuses = c.status.values;
    this.told = Uint8Array.from(this.statuses, (status) => (isToldStatus(status) ? 1 : 0));
    this.readPlaces();
    this.readEvents(span);
    this.readDays(span);
    this.dimensions = this.makeDimensions();
    this.fails = new Uint16Array(this.n);
    this.marked = 0; // the dimensions that have set their bit anywhere
    this.typeCounts = new Int32Array(this.drawnTypes.length);
    /** Events on the map that pass every filter and fall into the window: the first `nShown` of `shown`, by day. */
    this.shown = new Int32Array(this.n);
    /** @type {{[name: string]: Int32Array}} */
    this.nearMisses = Object.fromEntries(DIMENSIONS.map((name) => [name, new Int32Array(this.n)]));
    this.query = "";
    /** @type {Period[]} */
    this.periods = [];
    /** @type {((what: Change) => void)[]} */
    this.listeners = [];
    this.selected = -1;
    /** @type {number | null} the day whose lines and areas are shown beside those of the end of the window */
    this.compareDay = null;
    this.filterVersion = 0;
    this.mode = MODES[0];
    this.step = usualStep(this.lastDay - this.firstDay + 1);
    this.compute();
  }

  // ------------------------------------------------------------ reading the columns
  readPlaces() {
    const c = this.columns;
    this.nPlaces = c.place_lon.length;
    this.placeX = mapped(Float64Array, c.place_lon, (v) => mercatorX(v / 1e4));
    this.placeY = mapped(Float64Array, c.place_lat, (v) => mercatorY(v / 1e4));
    this.placeNames = c.place_name.all();
    const isSpot = c.place_precision.values.map((value) => SPOT_PRECISIONS.includes(value));
    this.isSpot = mapped(Uint8Array, c.place_precision.codes, (code) => (isSpot[code] ? 1 : 0));
    this.placeCounts = new Int32Array(this.nPlaces);
    this.placeTypes = new Int32Array(this.nPlaces * this.drawnTypes.length);
    this.placeDenied = new Int32Array(this.nPlaces);
    this.placeEvent = new Int32Array(this.nPlaces); // the latest shown event of a place
    this.placeLast = new Int32Array(this.nPlaces); // the last day in the window on which something may have happened there
  }

  // The same rules as in overview.py.
  /** @param {[number | null, number | null]} span */
  readEvents([start, end]) {
    const { day, days, dated, unsure, place, place_precision: precision } = this.columns;
    this.day = day;
    this.dated = dated;
    this.last = mapped(Int32Array, day, (first, i) => first + days[i]);
    const isCountry = mapped(Uint8Array, precision.codes, (code) => (precision.values[code] === "country" ? 1 : 0));
    this.where = mapped(Uint8Array, place, (p, i) => {
      if (dated[i] && ((start !== null && this.last[i] < start) || (end !== null && day[i] > end))) return OUTSIDE;
      if (!p) return UNLOCATED;
      if (isCountry[p - 1]) return COUNTRY;
      if (!dated[i]) return UNDATED;
      return unsure[i] ? UNSURE : ON_MAP;
    });
  }

  /** @param {[number | null, number | null]} span */
  readDays(span) {
    const { day, days, dated } = this.columns;
    const { where, last, totals } = Object.assign(this, { totals: nothingOff() });
    this.nDated = dated.indexOf(0) < 0 ? this.n : dated.indexOf(0);
    this.firstDay = this.nDated ? day[0] : Infinity;
    this.lastDay = -Infinity;
    const long = [], outside = [];
    for (let i = 0; i < this.n; i += 1) {
      totals[where[i]] += 1;
      if (where[i] === OUTSIDE) outside.push(i);
      if (i >= this.nDated) continue;
      if (last[i] > this.lastDay) this.lastDay = last[i];
      if (days[i]) long.push(i);
    }
    this.long = Int32Array.from(long); // those that a search by first day alone would miss
    this.outside = Int32Array.from(outside); // no window reaches them, so they are listed in every one, as the undated are
    totals[OUTSIDE] += this.nOutside;
    if (span[0] !== null) this.firstDay = Math.max(this.firstDay, span[0]);
    if (span[1] !== null) this.lastDay = Math.min(this.lastDay, span[1]);
    this.hasDays = this.firstDay <= this.lastDay;
    if (!this.hasDays) this.firstDay = this.lastDay = 0;
    this.from = this.firstDay;
    this.to = this.lastDay;
  }

  makeDimensions() {
    const c = this.columns;
    const types = c.event_type, subTypes = c.sub_event_type;
    // A value of this dimension is a type with a sub-type, since a sub-type may occur under two types.
    const subCodes = subTypes.codes;
    const pairs = new Int32Array(types.values.length * subTypes.values.length).fill(-1);
    this.pairs = []; // {type, sub}: indices into the values of both columns
    const pairCodes = mapped(Int32Array, types.codes, (type, i) => {
      const key = type * subTypes.values.length + subCodes[i];
      if (pairs[key] < 0) pairs[key] = this.pairs.push({ type, sub: subCodes[i] }) - 1;
      return pairs[key];
    });
    const pairNames = this.pairs.map(({ type, sub }) => `${types.values[type]}/${subTypes.values[sub]}`);
    const unplaced = PRECISIONS.length;
    const ranks = c.place_precision.values.map((value) => (PRECISIONS.includes(value) ? PRECISIONS.indexOf(value) : unplaced));
    const rankOf = mapped(Int32Array, c.place_precision.codes, (code) => ranks[code]);
    const precisionCodes = mapped(Int32Array, c.place, (p) => (p ? rankOf[p - 1] : unplaced));
    const killed = figuresOf(c, "killed");
    return {
      type: new OneOf(pairNames, pairCodes),
      status: new OneOf(c.status.values, c.status.codes),
      actors: new AnyOf(c.actors),
      claimants: new AnyOf(c.claimants),
      sources: new AnyOf(c.sources),
      precision: new OneOf([...PRECISIONS, ""], precisionCodes),
      killed: new AtLeast(mapped(Int32Array, c.day, (/** @type {number} */ _, /** @type {number} */ i) => killed.likely(i)), KILLED_STEPS),
      search: new Among(),
      extent: new Among(),
      periods: new Among(),
    };
  }

  /** What a place is called in words: its name, or its coordinates where it has none. On the map it then has no name. @param {number} p */
  placeTitle(p) {
    const { place_name: names, place_lat: lat, place_lon: lon } = this.columns;
    return names.at(p) || `${(lat[p] / 1e4).toFixed(4)}, ${(lon[p] / 1e4).toFixed(4)}`;
  }

  // Latitude first, as Leaflet wants it.
  /** @param {number} p @returns {[number, number]} */
  latLng(p) {
    return [this.columns.place_lat[p] / 1e4, this.columns.place_lon[p] / 1e4];
  }

  /** Whether somebody says that an event happened, as fact or as a claim. @param {number} i */
  isTold(i) {
    return this.told[this.columns.status.codes[i]] === 1;
  }

  // ------------------------------------------------------------ filters
  /**
   * Switch values of a dimension on or off, by their codes.
   * @param {SwitchedName} name @param {Iterable<number>} codes @param {boolean} on
   */
  setValues(name, codes, on) {
    this.dimensions[name].set(codes, on);
    this.filtersChanged([name]);
  }
  /** The index into `drawnTypes` of an index into `types`. @param {number} type */
  drawnAs(type) {
    return Math.min(type, this.drawnTypes.length - 1);
  }
  /** What follows takes indices into `drawnTypes`. */
  /** @param {number} type */
  pairsOfType(type) {
    return this.pairs.flatMap((pair, code) => (this.drawnAs(pair.type) === type ? [code] : []));
  }
  /** @param {number} type */
  isTypeOn(type) {
    return this.pairs.some((pair, code) => this.drawnAs(pair.type) === type && this.dimensions.type.isOn(code));
  }
  /** @param {number} type @param {boolean} on */
  setType(type, on) {
    this.setValues("type", this.pairsOfType(type), on);
  }
  /** Leave out places less precise than PRECISIONS[last]. What has no place is listed all the same. @param {number} last */
  setLeastPrecise(last) {
    const { precision } = this.dimensions;
    PRECISIONS.forEach((_, code) => precision.set([code], code <= last));
    this.filtersChanged(["precision"]);
  }
  /** @param {number} least */
  setLeastKilled(least) {
    this.dimensions.killed.least = least;
    this.filtersChanged(["killed"]);
  }
  /** @param {string} query what was searched for @param {Uint8Array | null} within 1 for each event found */
  setSearch(query, within) {
    this.query = within ? query : "";
    this.dimensions.search.within = within;
    this.filtersChanged(["search"]);
  }
  /** @param {Uint8Array | null} within 1 for each event in the view of the map */
  setExtent(within) {
    this.dimensions.extent.within = within;
    this.filtersChanged(["extent"]);
  }
  /**
   * Periods are {from, to, label, on}; a day is open when a checked period holds it. None listed: all days are open.
   * @param {Period[]} periods
   */
  setPeriods(periods) {
    this.periods = periods;
    this.periodsChanged();
  }
  periodsChanged() {
    const sums = this.periods.some((period) => !period.on) ? this.openDaysBefore() : null;
    this.dimensions.periods.within = sums && Uint8Array.from(this.where, (_, i) => (this.isInOpenPeriod(i, sums) ? 1 : 0));
    this.filtersChanged(["periods"]);
  }
  openDaysBefore() {
    const sums = new Int32Array(this.lastDay - this.firstDay + 2);
    for (const period of this.periods)
      if (period.on)
        for (let day = Math.max(period.from, this.firstDay); day <= Math.min(period.to, this.lastDay); day += 1)
          sums[day - this.firstDay + 1] = 1;
    for (let i = 1; i < sums.length; i += 1) sums[i] += sums[i - 1];
    return sums;
  }
  /** @param {number} i @param {Int32Array} sums */
  isInOpenPeriod(i, sums) {
    if (!this.dated[i] || this.where[i] === OUTSIDE) return true;
    const first = Math.max(this.day[i], this.firstDay), last = Math.min(this.last[i], this.lastDay);
    return first <= last && sums[last - this.firstDay + 1] > sums[first - this.firstDay];
  }
  /** Names of the filters that leave something out, the periods of the layer control apart. */
  activeFilters() {
    return DIMENSIONS.filter((name) => name !== "periods" && this.dimensions[name].isActive);
  }
  clearFilters() {
    const names = this.activeFilters();
    for (const name of names) this.dimensions[name].clear();
    this.query = "";
    this.filtersChanged(names);
  }
  /** @param {DimensionName[]} names */
  filtersChanged(names) {
    // One that lets all through, now as before, has no bit to set or to take back.
    const due = names.filter((name) => this.dimensions[name].isActive || this.marked & bitOf(name));
    for (const name of due) {
      this.dimensions[name].mark(this.fails, bitOf(name));
      this.marked = this.dimensions[name].isActive ? this.marked | bitOf(name) : this.marked & ~bitOf(name);
    }
    if (!due.length) return;
    this.filterVersion += 1;
    this.changed("filters");
  }

  // ------------------------------------------------------------ time
  /** @param {number} from @param {number} to */
  setWindow(from, to) {
    from = this.mode === "cumulative" ? this.firstDay : Math.max(this.firstDay, Math.min(from, this.lastDay));
    to = Math.max(from, Math.min(to, this.lastDay));
    if (from === this.from && to === this.to) return;
    this.from = from;
    this.to = to;
    this.changed("window");
  }
  /** @param {"window" | "cumulative" | "trail"} mode */
  setMode(mode) {
    if (mode === this.mode) return;
    const wasCumulative = this.mode === "cumulative";
    this.mode = mode;
    // A window that gave way to everything before it comes back with its length.
    if (mode === "cumulative") [this.lengthBefore, this.from] = [this.to - this.from, this.firstDay];
    else if (wasCumulative) this.from = Math.max(this.firstDay, this.to - this.lengthBefore);
    this.changed("window");
  }
  /** @param {"day" | "week" | "month"} step what the window is stepped and played by */
  setStep(step) {
    if (step === this.step) return;
    this.step = step;
    this.tell("window");
  }
  /**
   * How recent the latest event of places is in a fading trail: 1 on the last day of the window, down to 0 at its first.
   * @param {number[]} places
   */
  freshness(places) {
    if (this.mode !== "trail") return 1;
    const latest = places.reduce((most, p) => (this.placeCounts[p] ? Math.max(most, this.placeLast[p]) : most), this.from);
    return this.to === this.from ? 1 : (latest - this.from) / (this.to - this.from);
  }
  isWholeWindow() {
    return this.from === this.firstDay && this.to === this.lastDay;
  }
  /** @param {number} i */
  isInWindow(i) {
    return !this.dated[i] || this.where[i] === OUTSIDE || (this.day[i] <= this.to && this.last[i] >= this.from);
  }
  // The number of dated events that begin before a day.
  /** @param {number} day */
  beforeDay(day) {
    let low = 0, high = this.nDated;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.day[middle] < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  /** @param {number} i */
  isShown(i) {
    return this.where[i] === ON_MAP && this.isListed(i);
  }
  /** Whether an event passes the filters and falls into the window, be it on the map or not. @param {number} i */
  isListed(i) {
    return this.fails[i] === 0 && this.isInWindow(i);
  }

  // ------------------------------------------------------------ counting
  compute() {
    const { fails, where, shown, nearMisses, long } = this;
    const grown = this.grownFrom();
    const nMisses = grown ? grown.nMisses : new Int32Array(DIMENSIONS.length);
    if (!grown) {
      this.nShown = 0;
      this.nOff = nothingOff();
      // Nobody can say here which filters those would pass that are counted alone.
      if (!this.activeFilters().length) this.nOff[OUTSIDE] = this.nOutside;
    }
    const nBefore = this.nShown, missesBefore = nMisses.slice();
    /** @param {number} i */
    const take = (i) => {
      const failed = fails[i];
      if (where[i] !== ON_MAP) {
        if (failed === 0) this.nOff[where[i]] += 1;
      } else if (failed === 0) {
        shown[this.nShown] = i;
        this.nShown += 1;
      } else if ((failed & (failed - 1)) === 0) {
        const k = 31 - Math.clz32(failed);
        nearMisses[DIMENSIONS[k]][nMisses[k]] = i;
        nMisses[k] += 1;
      }
    };
    const first = this.hasDays ? this.beforeDay(this.from) : 0;
    const end = this.hasDays ? this.beforeDay(this.to + 1) : 0;
    for (let k = 0; !grown && k < long.length && long[k] < first; k += 1) if (this.last[long[k]] >= this.from) take(long[k]);
    for (let i = grown ? grown.end : first; i < end; i += 1) take(i);
    for (let i = this.nDated; !grown && i < this.n; i += 1) take(i);
    for (let k = 0; !grown && k < this.outside.length; k += 1) take(this.outside[k]);
    this.counted = { version: this.filterVersion, from: this.from, to: this.to, end, nMisses };
    DIMENSIONS.forEach((name, k) => {
      const dimension = this.dimensions[name];
      if (!("add" in dimension)) return;
      if (!grown) dimension.restart();
      dimension.add(shown.subarray(nBefore, this.nShown));
      dimension.add(nearMisses[name].subarray(missesBefore[k], nMisses[k]));
    });
    this.typeCounts.fill(0);
    this.pairs.forEach(({ type }, code) => (this.typeCounts[this.drawnAs(type)] += this.dimensions.type.counts[code]));
    this.countPlaces(nBefore);
  }
  // What was counted last, if the window has only grown at its end since: then what came with that is added to it. A trail
  // fades anew with each day.
  grownFrom() {
    const { counted, mode } = this;
    const isGrown = counted && mode !== "trail" && counted.version === this.filterVersion && counted.from === this.from && counted.to < this.to;
    return isGrown ? counted : null;
  }
  /** @param {number} nBefore */
  countPlaces(nBefore) {
    const { shown, placeCounts, placeTypes, placeDenied, placeEvent, placeLast, last, from, to } = this;
    const place = this.columns.place, type = this.columns.event_type.codes, status = this.columns.status.codes;
    const nTypes = this.drawnTypes.length, denied = this.statuses.indexOf("denied");
    if (!nBefore) {
      for (const counts of [placeCounts, placeTypes, placeDenied]) counts.fill(0);
      placeLast.fill(from);
    }
    for (let k = nBefore; k < this.nShown; k += 1) {
      const i = shown[k], p = place[i] - 1;
      placeCounts[p] += 1;
      placeTypes[p * nTypes + this.drawnAs(type[i])] += 1;
      if (status[i] === denied) placeDenied[p] += 1;
      placeEvent[p] = i;
      placeLast[p] = Math.max(placeLast[p], Math.min(last[i], to));
    }
  }
  /**
   * Sum of a figure over the shown events that are told to have happened: {low, high, nStated}. What is denied, planned or
   * feared adds nothing. `what` is "killed" or "wounded".
   * @param {Figure} what
   */
  sum(what) {
    const figures = figuresOf(this.columns, what);
    const total = { low: 0, high: 0, nStated: 0 };
    for (let k = 0; k < this.nShown; k += 1) {
      const i = this.shown[k];
      if (!this.isTold(i) || !figures.isStated(i)) continue;
      total.nStated += 1;
      total.low += figures.least(i);
      total.high += figures.most(i);
    }
    return total;
  }

  /** @param {number[]} places */
  eventsAt(places) {
    const wanted = new Set(places);
    return this.shownEvents().filter((i) => wanted.has(this.columns.place[i] - 1));
  }
  shownEvents() {
    return Array.from(this.shown.subarray(0, this.nShown));
  }
  listedEvents() {
    return Array.from({ length: this.n }, (_, i) => i).filter((i) => this.isListed(i));
  }
  /** @param {number} reason */
  eventsOff(reason) {
    const found = [];
    for (let i = 0; i < this.n; i += 1)
      if (this.where[i] === reason && this.fails[i] === 0 && this.isInWindow(i)) found.push(i);
    return found;
  }

  // ------------------------------------------------------------ telling others
  /** @param {number} i */
  select(i) {
    this.selected = i;
    this.tell("selection");
  }
  /** @param {number | null} day */
  setCompareDay(day) {
    if (day === this.compareDay) return;
    this.compareDay = day;
    this.tell("compare");
  }
  /** @param {Change} what */
  changed(what) {
    this.compute();
    this.tell(what);
  }
  /** @param {Change} what */
  tell(what) {
    for (const listener of this.listeners) listener(what);
  }
  /** @param {(what: "filters" | "window" | "selection" | "compare") => void} listener */
  onChange(listener) {
    this.listeners.push(listener);
  }
}
