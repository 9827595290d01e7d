// The columns of the table: what stands in a cell, and what rows are sorted by.
import { figuresOf } from "./figures.js";
import { PRECISIONS, WHERE } from "./model.js";
import { formatNumber, tr, wordFor } from "./text.js";

/** @type {Intl.Collator | null} made for the first column that is sorted: it takes some 20 ms */
let collator = null;

// Ranks of words in the order of a dictionary; an empty one has none.
/** @param {string[]} words */
function ranksOf(words) {
  const { compare } = (collator ??= new Intl.Collator(undefined, { numeric: true, sensitivity: "base" }));
  const ranks = new Float64Array(words.length).fill(NaN);
  words.map((_, k) => k).filter((k) => words[k] !== "").sort((a, b) => compare(words[a], words[b]) || a - b)
    .forEach((k, rank, order) => (ranks[k] = rank && compare(words[k], words[order[rank - 1]]) === 0 ? ranks[order[rank - 1]] : rank));
  return ranks;
}

/**
 * @typedef {{key: string, isNumber: boolean, text: (i: number) => string, keys: () => Float64Array}} Column
 * `keys` gives a whole number from 0 an event to sort by, NaN where nothing is stated.
 */

/**
 * @param {Model} model
 * @param {Words} words of `createWords`
 * @returns {Column[]}
 */
export function tableColumns(model, words) {
  const c = model.columns;
  /** @param {(i: number) => number} keyOf */
  const each = (keyOf) => () => Float64Array.from({ length: model.n }, (_, i) => keyOf(i));
  /** @param {CodeColumn} codes @param {Float64Array} ranks */
  const byCode = (codes, ranks) => each((i) => ranks[codes.codes[i]]);
  /** @param {Figure} what */
  const figure = (what) => each(figuresOf(c, what).rank);
  /** @param {Float64Array} ranks */
  const byPlace = (ranks) => each((i) => (c.place[i] ? ranks[c.place[i] - 1] : NaN));
  /** @param {number} i */
  const precisionAt = (i) => (c.place[i] ? c.place_precision.at(c.place[i] - 1) : "");
  /** @param {number} i */
  const actors = (i) => c.actors.of(i).join(", ");

  // By the first two, as far as one number can hold both.
  function byActors() {
    const { starts, codes, values } = c.actors;
    const ranks = ranksOf(values);
    const n = values.length + 1;
    const isExact = n * n * model.n < Number.MAX_SAFE_INTEGER;
    return Float64Array.from({ length: model.n }, (_, i) => {
      const [first, second] = [starts[i], starts[i] + 1];
      if (first === starts[i + 1]) return NaN;
      return isExact ? ranks[codes[first]] * n + (second < starts[i + 1] ? ranks[codes[second]] + 1 : 0) : ranks[codes[first]];
    });
  }
  function byPrecision() {
    /** @param {string} value */
    const rank = (value) => (PRECISIONS.includes(value) ? PRECISIONS.indexOf(value) : NaN);
    return byPlace(Float64Array.from({ length: model.nPlaces }, (_, p) => rank(c.place_precision.at(p))))();
  }
  return [
    // Rows of the block are sorted by first day.
    { key: "date", isNumber: false, text: words.shortDate, keys: each((i) => (c.dated[i] ? i : NaN)) },
    { key: "type", isNumber: false, text: words.type, keys: () => byCode(c.event_type, ranksOf(c.event_type.values.map((value) => wordFor("type", value))))() },
    { key: "sub", isNumber: false, text: words.subType, keys: () => byCode(c.sub_event_type, ranksOf(c.sub_event_type.values.map((value) => wordFor("sub", value))))() },
    { key: "place", isNumber: false, text: (i) => words.place(i)[0], keys: () => byPlace(ranksOf(c.place_name.all().map((_, p) => model.placeTitle(p))))() },
    { key: "precision", isNumber: false, text: (i) => wordFor("precisionName", precisionAt(i)) || "", keys: byPrecision },
    { key: "actors", isNumber: false, text: actors, keys: byActors },
    { key: "killed", isNumber: true, text: (i) => words.shortCount(i, "killed"), keys: figure("killed") },
    { key: "wounded", isNumber: true, text: (i) => words.shortCount(i, "wounded"), keys: figure("wounded") },
    { key: "status", isNumber: false, text: (i) => (model.where[i] === WHERE.UNSURE ? tr("table.unsure", { status: words.status(i) }) : words.status(i)),
      keys: () => byCode(c.status, ranksOf(c.status.values.map((value) => wordFor("status", value))))() },
    { key: "sources", isNumber: true, text: (i) => formatNumber(c.n_sources[i]), keys: each((i) => c.n_sources[i]) },
  ];
}
