// Columns of events made up at random, of the shapes that a data block gives.
import { randomFrom } from "./check.js";

export function codesOf(values) {
  const dictionary = [...new Set(values)];
  return { values: dictionary, codes: Int32Array.from(values, (value) => dictionary.indexOf(value)), length: values.length, at: (i) => values[i] };
}
export function listsOf(rows) {
  const values = [...new Set(rows.flat())];
  const starts = Uint32Array.from([0, ...rows.map((_, i) => rows.slice(0, i + 1).flat().length)]);
  return { values, starts, codes: Int32Array.from(rows.flat(), (value) => values.indexOf(value)), length: rows.length, of: (i) => rows[i] };
}
export const textsOf = (values) => ({ length: values.length, at: (i) => values[i], all: () => [...values] });

const TYPES = ["Battles", "Protests", "Riots"], SUBS = ["Armed clash", "Attack", "Other"];
const STATUSES = ["occurred", "claimed", "denied", "scheduled", "hypothetical"];
const PRECISIONS = ["exact", "town", "near", "area", "admin1", "country", "of a new kind"];
const NAMES = ["Army", "Militia", "Union", "Crowd"], OUTLETS = ["", "Agency", "Paper"];

/**
 * `n` events on days around 1970, some long, some undated, some nowhere.
 * @returns {{columns: DrawnColumns, rows: Object[]}} the columns, and each event as an object
 */
export function randomEvents(seed, n, { nDays = 40, undated = 8, longest = 12 } = {}) {
  const next = randomFrom(seed);
  const nPlaces = n ? 1 + next(6) : 0;
  const places = Array.from({ length: nPlaces }, (_, p) => ({ name: `Place ${p}`, precision: next.pick(PRECISIONS), lon: next(3600000) - 1800000, lat: next(1600000) - 800000 }));
  const rows = Array.from({ length: n }, () => {
    const dated = undated && next(undated) === 0 ? 0 : 1;
    return {
      dated, day: dated ? next(nDays) - 15 : 0, days: dated && next(4) === 0 ? 1 + next(longest) : 0, place: next(nPlaces + 1), unsure: next(9) === 0 ? 1 : 0,
      type: next.pick(TYPES), sub: next.pick(SUBS), status: next.pick(STATUSES), actors: next.some(NAMES, 3), claimants: next.some(NAMES, 2), sources: next.some(OUTLETS, 2),
      killed_low: next(3) ? 0 : 1 + next(20), killed_best: next(3) ? 0 : 1 + next(60), killed_high: 0,
    };
  });
  rows.sort((a, b) => b.dated - a.dated || a.day - b.day);
  const ints = (of) => Int32Array.from(rows, of);
  const columns = {
    day: ints((one) => one.day), days: ints((one) => one.days), dated: ints((one) => one.dated), place: ints((one) => one.place), unsure: ints((one) => one.unsure),
    event_type: codesOf(rows.map((one) => one.type)), sub_event_type: codesOf(rows.map((one) => one.sub)), status: codesOf(rows.map((one) => one.status)),
    actors: listsOf(rows.map((one) => one.actors)), claimants: listsOf(rows.map((one) => one.claimants)), sources: listsOf(rows.map((one) => one.sources)),
    killed_low: ints((one) => one.killed_low), killed_best: ints((one) => one.killed_best), killed_high: ints((one) => one.killed_high),
    place_name: textsOf(places.map((one) => one.name)), place_precision: codesOf(places.map((one) => one.precision)),
    place_lon: Int32Array.from(places, (one) => one.lon), place_lat: Int32Array.from(places, (one) => one.lat), place_shape: new Int32Array(nPlaces),
    place_radius_m: new Int32Array(nPlaces), shape_kind: new Int32Array(0), shape_parts: new Int32Array(0), part_points: new Int32Array(0), x: new Int32Array(0), y: new Int32Array(0),
  };
  return { columns, rows: rows.map((one) => ({ ...one, precision: one.place ? places[one.place - 1].precision : "" })) };
}
