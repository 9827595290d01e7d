// What the map shows and why: columns, filters, time window, counts. No drawing, no DOM.
import { mercatorX, mercatorY, readShapes } from "./geometry.js";

// Where an event is told: on the map, or in the list of what is not, with the reason.
const ON_MAP = 0, COUNTRY = 1, UNLOCATED = 2, UNDATED = 3, UNSURE = 4;
export const WHERE = { ON_MAP, COUNTRY, UNLOCATED, UNDATED, UNSURE };

export class Model {
  // `countries` gives the names of country codes; `span` the first and last day of the timeline, null where the events say.
  constructor(columns, countries, span) {
    const c = (this.columns = columns);
    this.countries = countries;
    this.n = c.day.length;
    this.shapes = readShapes(c);
    this.types = c.event_type.values;
    this.statuses = c.status.values;
    this.nPlaces = c.place_lon.length;
    this.placeX = Float64Array.from(c.place_lon, (v) => mercatorX(v / 1e4));
    this.placeY = Float64Array.from(c.place_lat, (v) => mercatorY(v / 1e4));
    this.last = Int32Array.from(c.day, (day, i) => day + c.days[i]);
    this.where = Uint8Array.from(c.day, (_, i) => this.whereIs(i));
    this.firstDay = Infinity;
    this.lastDay = -Infinity;
    this.totals = [0, 0, 0, 0, 0];
    for (let i = 0; i < this.n; i += 1) {
      this.totals[this.where[i]] += 1;
      if (!c.dated[i]) continue;
      this.firstDay = Math.min(this.firstDay, c.day[i]);
      this.lastDay = Math.max(this.lastDay, this.last[i]);
    }
    if (span[0] !== null) this.firstDay = Math.max(this.firstDay, span[0]);
    if (span[1] !== null) this.lastDay = Math.min(this.lastDay, span[1]);
    this.hasDays = this.firstDay <= this.lastDay;
    if (!this.hasDays) this.firstDay = this.lastDay = 0;
    this.from = this.firstDay;
    this.to = this.lastDay;
    this.typeOn = new Uint8Array(this.types.length).fill(1);
    this.statusOn = new Uint8Array(this.statuses.length).fill(1);
    this.typeCounts = new Int32Array(this.types.length);
    this.statusCounts = new Int32Array(this.statuses.length);
    this.placeCounts = new Int32Array(this.nPlaces);
    this.placeTypes = new Int32Array(this.nPlaces * this.types.length);
    this.placeDenied = new Int32Array(this.nPlaces);
    this.placeEvent = new Int32Array(this.nPlaces);
    this.periods = [];
    this.listeners = [];
    this.selected = -1;
    this.filterVersion = 0;
    this.compute();
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

  // Periods are {from, to, label, on}; a day is open when a checked period holds it. None listed: all days are open.
  setPeriods(periods) {
    this.periods = periods;
    this.filtersChanged();
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
  isInOpenPeriod(i) {
    if (!this.openDays) return true;
    const first = Math.max(this.columns.day[i], this.firstDay), last = Math.min(this.last[i], this.lastDay);
    return first <= last && this.openDays[last - this.firstDay + 1] > this.openDays[first - this.firstDay];
  }

  passesFilters(i) {
    return (
      this.typeOn[this.columns.event_type.codes[i]] === 1 &&
      this.statusOn[this.columns.status.codes[i]] === 1 &&
      (!this.columns.dated[i] || this.isInOpenPeriod(i))
    );
  }
  isInWindow(i) {
    return !this.columns.dated[i] || (this.columns.day[i] <= this.to && this.last[i] >= this.from);
  }
  isShown(i) {
    return this.where[i] === ON_MAP && this.isInWindow(i) && this.passesFilters(i);
  }

  compute() {
    const type = this.columns.event_type.codes, status = this.columns.status.codes, place = this.columns.place;
    const nTypes = this.types.length;
    for (const counts of [this.typeCounts, this.statusCounts, this.placeCounts, this.placeTypes, this.placeDenied]) counts.fill(0);
    this.nShown = 0;
    this.nOff = [0, 0, 0, 0, 0];
    for (let i = 0; i < this.n; i += 1) {
      if (!this.isInWindow(i) || (this.columns.dated[i] && !this.isInOpenPeriod(i))) continue;
      const typeOn = this.typeOn[type[i]], statusOn = this.statusOn[status[i]];
      if (this.where[i] !== ON_MAP) {
        this.nOff[this.where[i]] += typeOn & statusOn;
        continue;
      }
      // A filter's own counts ignore that filter: they say what checking it again would bring.
      this.typeCounts[type[i]] += statusOn;
      this.statusCounts[status[i]] += typeOn;
      if (!(typeOn & statusOn)) continue;
      this.nShown += 1;
      const p = place[i] - 1;
      this.placeCounts[p] += 1;
      this.placeTypes[p * nTypes + type[i]] += 1;
      if (this.statuses[status[i]] === "denied") this.placeDenied[p] += 1;
      this.placeEvent[p] = i;
    }
  }

  eventsAt(places) {
    const found = [];
    for (let i = 0; i < this.n; i += 1) if (places.includes(this.columns.place[i] - 1) && this.isShown(i)) found.push(i);
    return found;
  }
  shownEvents() {
    const found = [];
    for (let i = 0; i < this.n; i += 1) if (this.isShown(i)) found.push(i);
    return found;
  }
  eventsOff(reason) {
    const found = [];
    for (let i = 0; i < this.n; i += 1)
      if (this.where[i] === reason && this.isInWindow(i) && this.passesFilters(i)) found.push(i);
    return found;
  }

  setWindow(from, to) {
    from = Math.max(this.firstDay, Math.min(from, this.lastDay));
    to = Math.max(from, Math.min(to, this.lastDay));
    if (from === this.from && to === this.to) return;
    this.from = from;
    this.to = to;
    this.changed("window");
  }
  isWholeWindow() {
    return this.from === this.firstDay && this.to === this.lastDay;
  }
  setType(code, on) {
    this.typeOn[code] = on ? 1 : 0;
    this.filtersChanged();
  }
  setStatus(code, on) {
    this.statusOn[code] = on ? 1 : 0;
    this.filtersChanged();
  }
  filtersChanged() {
    this.openDays = this.periods.length && this.periods.some((period) => !period.on) ? this.openDaysBefore() : null;
    this.filterVersion += 1;
    this.changed("filters");
  }
  select(i) {
    this.selected = i;
    for (const listener of this.listeners) listener("selection");
  }

  changed(what) {
    this.compute();
    for (const listener of this.listeners) listener(what);
  }
  onChange(listener) {
    this.listeners.push(listener);
  }

  // Events per bin and type over the whole period, filters applied: `sure` where the day is known to fall in one bin,
  // `spread` the shares of events that may have happened on any of several days.
  histogram(binDays) {
    const nBins = Math.ceil((this.lastDay - this.firstDay + 1) / binDays);
    const nTypes = this.types.length;
    const sure = new Float32Array(nBins * nTypes);
    const spread = new Float32Array(nBins);
    const { day, event_type: type } = this.columns;
    for (let i = 0; i < this.n; i += 1) {
      if (this.where[i] !== ON_MAP || !this.passesFilters(i)) continue;
      // What began before the timeline, or ends after it, stands in its outermost bins.
      const first = Math.max(0, Math.floor((day[i] - this.firstDay) / binDays));
      const last = Math.min(nBins - 1, Math.floor((this.last[i] - this.firstDay) / binDays));
      if (first > last) continue;
      if (first === last) sure[first * nTypes + type.codes[i]] += 1;
      else for (let bin = first; bin <= last; bin += 1) spread[bin] += 1 / (last - first + 1);
    }
    return { nBins, nTypes, sure, spread };
  }
}
