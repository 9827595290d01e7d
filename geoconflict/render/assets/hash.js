// The view in the address, so that it can be shared: #t=2020-10-01..2020-10-15&m=trail&s=week&type=...&e=EVENT_ID. Values stand by name,
// never by number, so a link outlives a rebuild. Anybody can write an address, so it is read strictly.
import { MODES, PRECISIONS } from "./model.js";
import { isoDay, parseDay } from "./text.js";
import { LONGEST_QUERY } from "./search.js";
import { STEPS, usualStep } from "./time_steps.js";

const WRITE_MS = 250;
const MAX_LENGTH = 16_000; // the longest address that is read; none longer is written
/** @type {("actors" | "claimants" | "sources")[]} */
const CHOSEN = ["actors", "claimants", "sources"];
/** @type {("type" | "status")[]} */
const SWITCHED = ["type", "status"];
// Words in an address that stand alone: the table is open; nothing but the map and the timeline is shown; only what lies in
// the view of the map is shown.
const MARKS = ["table", "embed", "extent"];

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return ""; // a broken escape names nothing
  }
}

/** Days, ids and names out of an address; what is not understood is left out. @param {string} hash */
export function readHash(hash) {
  /** @type {HashState} */
  const state = { from: null, to: null, event: null, compare: null, view: null, values: {}, off: {}, query: "", precision: null, killed: 0, mode: MODES[0], step: null, marks: [] };
  if (hash.length > MAX_LENGTH) return state;
  for (const part of hash.replace(/^#/, "").split("&")) {
    if (MARKS.includes(part)) state.marks.push(part);
    const found = /^([a-z.]+)=([^&]*)$/.exec(part);
    if (!found) continue;
    const [, key, value] = found;
    const chosen = [...CHOSEN, ...SWITCHED].find((name) => name === key), left = SWITCHED.find((name) => `not.${name}` === key);
    const days = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(value);
    const view = /^(\d{1,2}(?:\.\d{1,2})?)\/(-?\d{1,2}(?:\.\d{1,5})?)\/(-?\d{1,3}(?:\.\d{1,5})?)$/.exec(value);
    if (key === "t" && days) {
      const [from, to] = [parseDay(days[1]), parseDay(days[2])];
      if (from !== null && to !== null && from <= to) [state.from, state.to] = [from, to];
    } else if (key === "c") state.compare = parseDay(value);
    else if (key === "e" && /^[A-Za-z0-9_.:%!~*'()-]{1,2000}$/.test(value)) state.event = decode(value) || null;
    else if (key === "v" && view) state.view = [Number(view[1]), Number(view[2]), Number(view[3])];
    else if (chosen) state.values[chosen] = value.split(",").map(decode);
    else if (left) state.off[left] = value.split(",").map(decode);
    else if (key === "q") state.query = Array.from(decode(value)).slice(0, LONGEST_QUERY).join(""); // by code points: half a pair cannot be written
    else if (key === "m") state.mode = MODES.find((mode) => mode === value) ?? state.mode;
    else if (key === "s") state.step = STEPS.find((step) => step === value) ?? state.step;
    else if (key === "p" && PRECISIONS.includes(value)) state.precision = PRECISIONS.indexOf(value);
    else if (key === "k" && /^\d{1,4}$/.test(value)) state.killed = Number(value);
  }
  return state;
}

/** Set the window of a model and what it means to those of a state. @param {Model} model @param {HashState} state */
export function applyTime(model, state) {
  model.setMode(state.mode);
  model.setStep(state.step || usualStep(model.lastDay - model.firstDay + 1));
  model.setWindow(state.from ?? model.firstDay, state.to ?? model.lastDay);
  if (model.hasDays) model.setCompareDay(state.compare);
}

/** Set the filters of a model to those of a state; the search and the view of the map are set by those who know them. @param {Model} model @param {HashState} state */
export function applyFilters(model, state) {
  for (const name of [...SWITCHED, ...CHOSEN]) {
    const dimension = model.dimensions[name];
    /** @param {string[] | undefined} names */
    const codes = (names) => (names || []).map((value) => dimension.values.indexOf(value)).filter((code) => code >= 0);
    const all = dimension.values.map((_, code) => code);
    dimension.clear();
    if (codes(state.values[name]).length) {
      if (name === "type" || name === "status") dimension.set(all, false);
      dimension.set(codes(state.values[name]), true);
    }
    dimension.set(codes(state.off[name]), false);
  }
  const { precision, killed } = model.dimensions;
  precision.clear();
  const least = state.precision;
  if (least !== null) PRECISIONS.forEach((_, code) => precision.set([code], code <= least));
  killed.least = killed.values.includes(state.killed) ? state.killed : 0;
  model.filtersChanged([...SWITCHED, ...CHOSEN, "precision", "killed"]);
}

/** The parts of an address that say how a model is filtered. @param {Model} model */
function filterParts(model) {
  const parts = [];
  /** @param {OneOf | AnyOf} dimension @param {(code: number) => boolean} isWanted */
  const list = (dimension, isWanted) => dimension.values.filter((_, code) => isWanted(code)).map(encodeURIComponent).join(",");
  for (const name of SWITCHED) {
    const dimension = model.dimensions[name];
    if (!dimension.isActive) continue;
    const nOn = dimension.on.reduce((sum, on) => sum + on, 0);
    // The shorter list; one that leaves out also fits values that a later build brings.
    if (nOn && nOn < dimension.values.length / 2) parts.push(`${name}=${list(dimension, (code) => dimension.isOn(code))}`);
    else parts.push(`not.${name}=${list(dimension, (code) => !dimension.isOn(code))}`);
  }
  for (const name of CHOSEN)
    if (model.dimensions[name].isActive) parts.push(`${name}=${list(model.dimensions[name], (code) => model.dimensions[name].isOn(code))}`);
  const { precision, killed } = model.dimensions;
  if (precision.isActive) parts.push(`p=${PRECISIONS[precision.on.lastIndexOf(1, PRECISIONS.length - 1)]}`);
  if (killed.isActive) parts.push(`k=${killed.least}`);
  if (model.query) parts.push(`q=${encodeURIComponent(model.query.replace(/\p{Cs}/gu, "\ufffd"))}`);
  if (model.dimensions.extent.isActive) parts.push("extent");
  return parts;
}

// `apply(state)` is called for every address that we did not write ourselves; `viewOf()` tells where the map looks, or null;
// `isTable()` whether the table is open.
/**
 * @param {Model} model @param {ReadText} readText @param {() => (number | string)[] | null} viewOf
 * @param {(state: HashState) => void} apply @param {() => boolean} isTable
 */
export function createHash(model, readText, viewOf, apply, isTable) {
  let written = location.hash;
  let timer = 0;
  async function address() {
    const parts = isTable() ? ["table"] : [];
    if (model.hasDays && !model.isWholeWindow()) parts.push(`t=${isoDay(model.from)}..${isoDay(model.to)}`);
    if (model.compareDay !== null) parts.push(`c=${isoDay(model.compareDay)}`);
    if (model.mode !== MODES[0]) parts.push(`m=${model.mode}`);
    if (model.step !== usualStep(model.lastDay - model.firstDay + 1)) parts.push(`s=${model.step}`);
    parts.push(...filterParts(model));
    const view = viewOf();
    if (view) parts.push(`v=${view.join("/")}`);
    if (model.selected >= 0) parts.push(`e=${encodeURIComponent((await readText()).event_id.at(model.selected))}`);
    // A list too long for an address is left out: the link then shows more, never nothing of what was meant.
    while (parts.join("&").length + "#embed&".length > MAX_LENGTH) {
      const longest = Math.max(...parts.map((part) => part.length));
      parts.splice(parts.findIndex((part) => part.length === longest), 1);
    }
    return parts.length ? "#" + parts.join("&") : "";
  }
  async function write() {
    // Whoever embedded the page goes on embedding it; the address that is shared leads to the whole page.
    const isEmbedded = readHash(location.hash).marks.includes("embed");
    const hash = isEmbedded ? (await address()).replace(/^#?/, "#embed&").replace(/&$/, "") : await address();
    // An address that the reader has just set, and whose event is still to come, is never overwritten.
    if (hash === location.hash || location.hash !== written) return;
    try {
      history.replaceState(null, "", hash || location.pathname + location.search);
    } catch {
      location.hash = hash; // in a srcdoc frame
    }
    written = location.hash;
  }
  window.addEventListener("hashchange", () => {
    if (location.hash === written) return;
    written = location.hash;
    apply(readHash(location.hash));
  });
  return {
    address,
    write: () => {
      clearTimeout(timer);
      timer = setTimeout(write, WRITE_MS);
    },
  };
}
