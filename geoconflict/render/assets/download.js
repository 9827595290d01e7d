// What is shown as files: CSV for spreadsheets, GeoJSON for geographic tools. Made in the page, sent nowhere.
import { isDrawn } from "./context.js";
import { el } from "./dom.js";
import { createRecords } from "./records.js";
import { shapeGeometry } from "./shape_geometry.js";
import { isoDay } from "./text.js";

// What begins a formula, full-width signs too: at the head of a cell, or behind what parts cells in other locales. The same
// rule as in interchange/files.py.
const FORMULA_HEAD = /^'*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]/;
const FORMULA_WITHIN = /([;\t\r\n][ "]*)(?='*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;
const ROWS_A_PART = 2000;
/** @type {[column: string, key: keyof EventRecord["sources"][number]][]} */
const OF_SOURCES = [["sources", "source"], ["urls", "url"], ["source_titles", "title"], ["published_on", "published_on"], ["quotes", "quote"]];

/**
 * A name for a file: the letters and digits of the title, and the days shown.
 * @param {Model} model @param {string} title @param {string} suffix
 */
export function fileName(model, title, suffix) {
  const words = title.normalize("NFKC").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  let name = "";
  for (const word of words) if (name.length + word.length < 60) name += (name && "-") + word;
  const days = model.hasDays ? `${isoDay(model.from)}_${isoDay(model.to)}` : "undated";
  return `${name || "map"}_${days}.${suffix}`;
}

/** Hand a file to the reader. @param {Blob} blob @param {string} name */
export function saveFile(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = el("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

// Text is always in quotation marks. A spreadsheet runs text that starts like a formula; an apostrophe keeps it text.
/** @param {string | number | boolean | null} value */
function cell(value) {
  if (value === null || value === "") return "";
  if (typeof value !== "string") return String(value);
  const text = value.replaceAll("\0", "\ufffd").replace(FORMULA_WITHIN, "$1'");
  return `"${(FORMULA_HEAD.test(text) ? "'" + text : text).replaceAll('"', '""')}"`;
}
// One line a source; line breaks within become spaces, so that the lines of all these columns belong together.
/** @param {EventRecord["sources"]} sources @param {keyof EventRecord["sources"][number]} key */
const linesOf = (sources, key) => (sources.some((one) => one[key]) ? sources.map((one) => one[key].replace(/[\r\n\u2028\u2029]+/g, " ")).join("\n") : "");

// Text for all events, a part at a time, so that the page does not freeze.
/** @param {number[]} events @param {(i: number) => string} textOf */
async function inParts(events, textOf) {
  const parts = [];
  for (let at = 0; at < events.length; at += ROWS_A_PART) {
    parts.push(events.slice(at, at + ROWS_A_PART).map(textOf).join(""));
    await new Promise((resolve) => setTimeout(resolve));
  }
  return parts;
}

/**
 * @param {Model} model
 * @param {TextColumns} text columns of the block of texts
 * @param {string} credit lines that must go with the data
 */
export async function csvOf(model, text, credit) {
  const record = createRecords(model, text);
  /** @param {number} i */
  const flat = (i) => {
    const { sources, ...rest } = record(i);
    return { ...rest, ...Object.fromEntries(OF_SOURCES.map(([name, key]) => [name, linesOf(sources, key)])), attribution: credit };
  };
  const names = Object.keys(model.n ? flat(0) : {});
  const rows = await inParts(model.listedEvents(), (i) => Object.values(flat(i)).map(cell).join(",") + "\r\n");
  // Without the mark at its head spreadsheets take UTF-8 for something else.
  return new Blob(["\ufeff", names.join(","), "\r\n", ...rows], { type: "text/csv;charset=utf-8" });
}

/** @param {Model} model @param {EventRecord} record @param {number} i */
function eventGeometry(model, record, i) {
  if (record.lon === null) return null;
  const shape = model.shapes[model.columns.place_shape[model.columns.place[i] - 1]];
  return (shape && shapeGeometry(shape)) || { type: "Point", coordinates: [record.lon, record.lat] };
}
/** @param {ContextItem} item */
function contextFeature(item) {
  /** @param {number | null} number */
  const day = (number) => (number === null ? null : isoDay(number));
  return {
    type: "Feature", geometry: shapeGeometry(item.shape),
    properties: { layer: "context", name: item.name, note: item.note, approximate: item.approximate, valid_from: day(item.from), valid_to: day(item.to) },
  };
}

/**
 * The listed events, and the lines and areas given as context that are valid on the last day shown.
 * @param {Model} model
 * @param {TextColumns} text columns of the block of texts
 * @param {string} title
 * @param {string[]} credits lines that must go with the data
 * @param {ContextItem[]} contextItems of `contextItems`
 */
export async function geoJsonOf(model, text, title, credits, contextItems) {
  const record = createRecords(model, text);
  const head = { type: "FeatureCollection", title, attribution: credits };
  if (model.hasDays) Object.assign(head, { from: isoDay(model.from), to: isoDay(model.to) });
  const context = contextItems.filter((item) => isDrawn(model, item)).map(contextFeature);
  const features = await inParts(model.listedEvents(), (i) => {
    const one = record(i);
    return ",\n" + JSON.stringify({ type: "Feature", geometry: eventGeometry(model, one, i), properties: { layer: "event", ...one } });
  });
  const all = [...features, ...context.map((feature) => ",\n" + JSON.stringify(feature))];
  if (all.length) all[0] = all[0].slice(1);
  return new Blob([JSON.stringify(head).slice(0, -1), ',"features":[', ...all, "\n]}\n"], { type: "application/geo+json" });
}
