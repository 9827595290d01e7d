// Free-text search: in what the reports say, in their titles, in the names of places and actors.
import { firstVersions } from "./versions.js";

/** The most letters that are searched for. */
export const LONGEST_QUERY = 200;

/** Text as it is compared: small letters without accents, and one space wherever there is white space. @param {string} text */
export const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").toLowerCase();

/**
 * Rows of text as one string, so that a search is one pass over it.
 */
class Haystack {
  /** @param {string[]} texts */
  constructor(texts) {
    this.starts = new Uint32Array(texts.length + 1);
    const folded = texts.map(fold);
    folded.forEach((text, row) => (this.starts[row + 1] = this.starts[row] + text.length + 1));
    this.text = folded.join("\n");
  }
  /** Call `found(row)` once for each row that holds `word`. @param {string} word @param {(row: number) => void} found */
  find(word, found) {
    const { text, starts } = this;
    let row = 0;
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, starts[row + 1])) {
      let low = row, high = starts.length - 1;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (starts[middle] <= at) low = middle;
        else high = middle;
      }
      row = low;
      found(row);
    }
  }
}

/**
 * @param {Model} model
 * @param {ReadText} readText returns the columns of the block of texts
 */
export function createSearch(model, readText) {
  /** @type {[Haystack, (row: number, hits: Uint8Array) => void][] | null} */
  let index = null;

  async function open() {
    if (index) return index;
    const text = await readText();
    const eventOf = new Uint32Array(text.version_quote.length);
    const first = firstVersions(text);
    for (let i = 0; i < model.n; i += 1) eventOf.fill(i, first[i], first[i + 1]);
    /** @type {number[][]} */
    const versionsOf = Array.from({ length: text.report_title.length }, () => []);
    text.version_report.forEach((report, v) => versionsOf[report].push(v));
    const { place, actors } = model.columns;
    /** @type {number[][]} */
    const eventsOfPlace = Array.from({ length: model.nPlaces }, () => []);
    place.forEach((p, i) => p && eventsOfPlace[p - 1].push(i));
    /** @type {number[][]} */
    const eventsOfActor = Array.from({ length: actors.values.length }, () => []);
    for (let i = 0; i < model.n; i += 1)
      for (let at = actors.starts[i]; at < actors.starts[i + 1]; at += 1) eventsOfActor[actors.codes[at]].push(i);
    /** @param {number[][]} events */
    const mark = (events) => (/** @type {number} */ row, /** @type {Uint8Array} */ hits) => events[row].forEach((i) => (hits[i] = 1));
    index = [
      [new Haystack(text.version_quote.all()), (row, hits) => (hits[eventOf[row]] = 1)],
      [new Haystack(text.report_title.all()), (row, hits) => versionsOf[row].forEach((v) => (hits[eventOf[v]] = 1))],
      [new Haystack(model.placeNames), mark(eventsOfPlace)],
      [new Haystack(actors.values), mark(eventsOfActor)],
    ];
    return index;
  }

  /**
   * Return 1 for every event that holds all words of `query` (words in quotation marks stay together); null for no words.
   * @param {string} query
   */
  async function find(query) {
    const words = (fold(query).match(/"[^"]+"|[^\s"]+/g) || []).map((word) => word.replace(/"/g, "").trim()).filter(Boolean);
    if (!words.length) return null;
    const haystacks = await open();
    const all = new Uint8Array(model.n).fill(1);
    for (const word of words) {
      const hits = new Uint8Array(model.n);
      for (const [haystack, mark] of haystacks) haystack.find(word, (row) => mark(row, hits));
      for (let i = 0; i < hits.length; i += 1) all[i] &= hits[i];
    }
    return all;
  }
  return { find };
}
