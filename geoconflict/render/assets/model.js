// What the map shows and why: columns, filters, time window, counts. No drawing, no DOM.
//
// Every filter is a dimension with a bit of its own in `fails`. An event is shown when no bit is set and it falls into the
// time window. The counts of a dimension ignore that dimension alone, so they say what switching a value on would bring: an
// event with exactly one bit set counts for that dimension and nowhere else. A step of the window looks only at the
// events of the window, found by binary search in the days; all others count nowhere.
import { Among, AnyOf, AtLeast, OneOf } from "./dimensions.js";
import { mercatorX, mercatorY, readShapes } from "./geometry.js";
import { usualStep } from "./time_steps.js";

// Where an event is told: on the map, or in the list of what is not, with the reason.
const ON_MAP = 0, COUNTRY = 1, UNLOCATED = 2, UNDATED = 3, UNSURE = 4;
export const WHERE = { ON_MAP, COUNTRY, UNLOCATED, UNDATED, UNSURE };

// How precise a place is, the sharpest first; the slider of precision cuts this list.
export const PRECISIONS = ["exact", "town", "near", "unstated", "line", "area", "admin2", "admin1", "region", "country", "sea"];
const SPOT_PRECISIONS = ["exact", "town", "near", "unstated"];

const TOLD_STATUSES = ["occurred", "claimed", "unstated"];

const KILLED_STEPS = [1, 5, 10, 50, 100];
const DIMENSIONS = ["type", "status", "actors", "claimants", "sources", "precision", "killed", "search", "extent", "periods"];

/** What the window means: its events; everything up to its last day; its events, fading with their age. */
export const MODES = ["window", "cumulative", "trail"];

export class Model {
  /**
   * @param {Object} columns of the block of what is drawn, by name; rows are sorted by first day, those without one last
   * @param {Object<string, string>} countries names of country codes
   * @param {[number | null, number | null]} span first and last day of the timeline, null where the events say
   */
  constructor(columns, countries, span) {
    const c = (this.columns = columns);
    this.countries = countries;
    this.n = c.day.length;
    this.shapes = readShapes(c);
    this.types = c.event_type.values;
    this.statuses = c.status.values;
    this.told = Uint8Array.from(this.statuses, (status) => (TOLD_STATUSES.includes(status) ? 1 : 0));
    this.readPlaces();
    this.last = Int32Array.from(c.day, (day, i) => day + c.days[i]);
    this.where = Uint8Array.from(c.day, (_, i) => this.whereIs(i));
    this.readDays(span);
    this.dimensions = this.makeDimensions();
    this.fails = new Uint16Array(this.n);
    this.typeCounts = new Int32Array(this.types.length);
    /** Events on the map that pass every filter and fall into the window: the first `nShown` of `shown`, by day. */
    this.shown = new Int32Array(this.n);
    this.nearMisses = Object.fromEntries(DIMENSIONS.map((name) => [name, new Int32Array(this.n)]));
    this.query = "";
    this.periods = [];
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
    this.placeX = Float64Array.from(c.place_lon, (v) => mercatorX(v / 1e4));
    this.placeY = Float64Array.from(c.place_lat, (v) => mercatorY(v / 1e4));
    const isSpot = c.place_precision.values.map((value) => SPOT_PRECISIONS.includes(value));
    this.isSpot = Uint8Array.from(c.place_precision.codes, (code) => (isSpot[code] ? 1 : 0));
    this.placeCounts = new Int32Array(this.nPlaces);
    this.placeTypes = new Int32Array(this.nPlaces * this.types.length);
    this.placeDenied = new Int32Array(this.nPlaces);
    this.placeEvent = new Int32Array(this.nPlaces); // the latest shown event of a place
    this.placeLast = new Int32Array(this.nPlaces); // the last day in the window on which something may have happened there
  }

  readDays(span) {
    const c = this.columns;
    this.nDated = c.dated.indexOf(0) < 0 ? this.n : c.dated.indexOf(0);
    this.firstDay = Infinity;
    this.lastDay = -Infinity;
    this.totals = [0, 0, 0, 0, 0];
    const long = [];
    for (let i = 0; i < this.n; i += 1) {
      this.totals[this.where[i]] += 1;
      if (!c.dated[i]) continue;
      this.firstDay = Math.min(this.firstDay, c.day[i]);
      this.lastDay = Math.max(this.lastDay, this.last[i]);
      if (c.days[i]) long.push(i);
    }
    this.long = Int32Array.from(long); // those that a search by first day alone would miss
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
    const pairs = new Map();
    this.pairs = []; // {type, sub}: indices into the values of both columns
    const pairCodes = Int32Array.from(types.codes, (type, i) => {
      const key = type * subTypes.values.length + subTypes.codes[i];
      if (!pairs.has(key)) {
        pairs.set(key, this.pairs.length);
        this.pairs.push({ type, sub: subTypes.codes[i] });
      }
      return pairs.get(key);
    });
    const pairNames = this.pairs.map(({ type, sub }) => `${types.values[type]}/${subTypes.values[sub]}`);
    const unplaced = PRECISIONS.length;
    const ranks = c.place_precision.values.map((value) => (PRECISIONS.includes(value) ? PRECISIONS.indexOf(value) : unplaced));
    const precisionCodes = Int32Array.from(c.place, (p) => (p ? ranks[c.place_precision.codes[p - 1]] : unplaced));
    return {
      type: new OneOf(pairNames, pairCodes),
      status: new OneOf(c.status.values, c.status.codes),
      actors: new AnyOf(c.actors),
      claimants: new AnyOf(c.claimants),
      sources: new AnyOf(c.sources),
      precision: new OneOf([...PRECISIONS, ""], precisionCodes),
      killed: new AtLeast(Int32Array.from(c.killed_best, (best, i) => Math.max(best, c.killed_low[i]) - 1), KILLED_STEPS),
      search: new Among(),
      extent: new Among(),
      periods: new Among(),
    };
  }

  /** What a place is called in words: its name, or its coordinates where it has none. On the map it then has no name. */
  placeTitle(p) {
    const { place_name: names, place_lat: lat, place_lon: lon } = this.columns;
    return names.at(p) || `${(lat[p] / 1e4).toFixed(4)}, ${(lon[p] / 1e4).toFixed(4)}`;
  }

  // Latitude first, as Leaflet wants it.
  latLng(p) {
    return [this.columns.place_lat[p] / 1e4, this.columns.place_lon[p] / 1e4];
  }

  whereIs(i) {
    const c = this.columns;
    if (!c.place[i]) return UNLOCATED;
    if (c.place_precision.at(c.place[i] - 1) === "country") return COUNTRY;
    if (!c.dated[i]) return UNDATED;
    return c.unsure[i] ? UNSURE : ON_MAP;
  }

  /** Whether somebody says that an event happened, as fact or as a claim. */
  isTold(i) {
    return this.told[this.columns.status.codes[i]] === 1;
  }

  // ------------------------------------------------------------ filters
  /** Switch values of a dimension on or off, by their codes. */
  setValues(name, codes, on) {
    this.dimensions[name].set(codes, on);
    this.filtersChanged([name]);
  }
  pairsOfType(type) {
    return this.pairs.flatMap((pair, code) => (pair.type === type ? [code] : []));
  }
  isTypeOn(type) {
    return this.pairs.some((pair, code) => pair.type === type && this.dimensions.type.isOn(code));
  }
  setType(type, on) {
    this.setValues("type", this.pairsOfType(type), on);
  }
  /** Leave out places less precise than PRECISIONS[last]. What has no place is listed all the same. */
  setLeastPrecise(last) {
    const { precision } = this.dimensions;
    PRECISIONS.forEach((_, code) => precision.set([code], code <= last));
    this.filtersChanged(["precision"]);
  }
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
  /** Periods are {from, to, label, on}; a day is open when a checked period holds it. None listed: all days are open. */
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
  isInOpenPeriod(i, sums) {
    if (!this.columns.dated[i]) return true;
    const first = Math.max(this.columns.day[i], this.firstDay), last = Math.min(this.last[i], this.lastDay);
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
  filtersChanged(names) {
    for (const name of names) this.dimensions[name].mark(this.fails, 1 << DIMENSIONS.indexOf(name));
    this.filterVersion += 1;
    this.changed("filters");
  }

  // ------------------------------------------------------------ time
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
  /** How recent the latest event of places is in a fading trail: 1 on the last day of the window, down to 0 at its first. */
  freshness(places) {
    if (this.mode !== "trail") return 1;
    const latest = places.reduce((most, p) => (this.placeCounts[p] ? Math.max(most, this.placeLast[p]) : most), this.from);
    return this.to === this.from ? 1 : (latest - this.from) / (this.to - this.from);
  }
  isWholeWindow() {
    return this.from === this.firstDay && this.to === this.lastDay;
  }
  isInWindow(i) {
    return !this.columns.dated[i] || (this.columns.day[i] <= this.to && this.last[i] >= this.from);
  }
  // The number of dated events that begin before a day.
  beforeDay(day) {
    let low = 0, high = this.nDated;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.columns.day[middle] < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  isShown(i) {
    return this.where[i] === ON_MAP && this.isListed(i);
  }
  /** Whether an event passes the filters and falls into the window, be it on the map or not. */
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
      this.nOff = [0, 0, 0, 0, 0];
    }
    const nBefore = this.nShown, missesBefore = nMisses.slice();
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
    this.counted = { version: this.filterVersion, from: this.from, to: this.to, end, nMisses };
    DIMENSIONS.forEach((name, k) => {
      const dimension = this.dimensions[name];
      if (!dimension.counts) return;
      if (!grown) dimension.counts.fill(0);
      dimension.count(shown.subarray(nBefore), this.nShown - nBefore);
      dimension.count(nearMisses[name].subarray(missesBefore[k]), nMisses[k] - missesBefore[k]);
    });
    this.typeCounts.fill(0);
    this.pairs.forEach(({ type }, code) => (this.typeCounts[type] += this.dimensions.type.counts[code]));
    this.countPlaces(nBefore);
  }
  // What was counted last, if the window has only grown at its end since: then what came with that is added to it. A trail
  // fades anew with each day.
  grownFrom() {
    const { counted, mode } = this;
    const isGrown = counted && mode !== "trail" && counted.version === this.filterVersion && counted.from === this.from && counted.to < this.to;
    return isGrown ? counted : null;
  }
  countPlaces(nBefore) {
    const { shown, placeCounts, placeTypes, placeDenied, placeEvent, placeLast, last, from, to } = this;
    const place = this.columns.place, type = this.columns.event_type.codes, status = this.columns.status.codes;
    const nTypes = this.types.length, denied = this.statuses.indexOf("denied");
    if (!nBefore) {
      for (const counts of [placeCounts, placeTypes, placeDenied]) counts.fill(0);
      placeLast.fill(from);
    }
    for (let k = nBefore; k < this.nShown; k += 1) {
      const i = shown[k], p = place[i] - 1;
      placeCounts[p] += 1;
      placeTypes[p * nTypes + type[i]] += 1;
      if (status[i] === denied) placeDenied[p] += 1;
      placeEvent[p] = i;
      placeLast[p] = Math.max(placeLast[p], Math.min(last[i], to));
    }
  }
  /**
   * Sum of a figure over the shown events that are told to have happened: {low, high, nStated}. What is denied, planned or
   * feared adds nothing. `what` is "killed" or "wounded".
   */
  sum(what) {
    const low = this.columns[`${what}_low`], best = this.columns[`${what}_best`], high = this.columns[`${what}_high`];
    const total = { low: 0, high: 0, nStated: 0 };
    for (let k = 0; k < this.nShown; k += 1) {
      const i = this.shown[k];
      if (!this.isTold(i)) continue;
      const least = low[i] || best[i], most = high[i] || best[i] || low[i];
      if (!least && !most) continue;
      total.nStated += 1;
      total.low += (least || 1) - 1;
      total.high += most - 1;
    }
    return total;
  }

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
  eventsOff(reason) {
    const found = [];
    for (let i = 0; i < this.n; i += 1)
      if (this.where[i] === reason && this.fails[i] === 0 && this.isInWindow(i)) found.push(i);
    return found;
  }

  // ------------------------------------------------------------ telling others
  select(i) {
    this.selected = i;
    this.tell("selection");
  }
  /** @param {number | null} day */
  setCompareDay(day) {
    this.compareDay = day;
    this.tell("compare");
  }
  changed(what) {
    this.compute();
    this.tell(what);
  }
  tell(what) {
    for (const listener of this.listeners) listener(what);
  }
  /** @param {(what: "filters" | "window" | "selection" | "compare") => void} listener */
  onChange(listener) {
    this.listeners.push(listener);
  }
}
