// Data blocks of the page to columns; the format is described in render/payload.py.
import { byId } from "./dom.js";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** @param {Uint8Array} bytes @param {IntsSpec} spec */
function readInts(bytes, spec) {
  const { n, width, at } = spec;
  const values = new Int32Array(n);
  let before = 0;
  for (let i = 0; i < n; i += 1) {
    let value = 0;
    for (let byte = 0; byte < width; byte += 1) value |= bytes[at + byte * n + i] << (8 * byte);
    if (spec.zigzag) value = (value >>> 1) ^ -(value & 1);
    if (spec.delta) value = before = (before + value) | 0;
    values[i] = value;
  }
  return values;
}

// Strings stay bytes until they are asked for.
class Texts {
  /** @param {Uint8Array} bytes @param {TextsSpec} spec */
  constructor(bytes, spec) {
    const lengths = readInts(bytes, spec.lengths);
    this.length = spec.n;
    this.bytes = bytes;
    this.ends = new Uint32Array(spec.n + 1);
    this.ends[0] = spec.at;
    for (let i = 0; i < spec.n; i += 1) this.ends[i + 1] = this.ends[i] + lengths[i];
  }
  /** @param {number} i */
  at(i) {
    return decoder.decode(this.bytes.subarray(this.ends[i], this.ends[i + 1]));
  }
  all() {
    return Array.from({ length: this.length }, (_, i) => this.at(i));
  }
}

// Sentences as codes of their words.
class Words {
  /** @param {Uint8Array} bytes @param {WordsSpec} spec */
  constructor(bytes, spec) {
    const lengths = readInts(bytes, spec.lengths);
    this.length = spec.n;
    this.bytes = bytes;
    this.values = new Texts(bytes, spec.dictionary).all();
    this.starts = new Uint32Array(spec.n + 1);
    this.starts[0] = spec.at;
    for (let i = 0; i < spec.n; i += 1) this.starts[i + 1] = this.starts[i] + lengths[i];
  }
  // The codes of the words of row i.
  /** @param {number} i */
  codes(i) {
    const { bytes } = this;
    const codes = [];
    for (let at = this.starts[i]; at < this.starts[i + 1]; at += 1) {
      const first = bytes[at];
      if (first < 208) codes.push(first);
      else if (first < 254) codes.push(208 + ((first - 208) << 8) + bytes[(at += 1)]);
      else if (first === 254) codes.push(11984 + (bytes[(at += 1)] << 8) + bytes[(at += 1)]);
      else codes.push(77520 + (bytes[(at += 1)] << 16) + (bytes[(at += 1)] << 8) + bytes[(at += 1)]);
    }
    return codes;
  }
  /** @param {number} i */
  at(i) {
    return this.codes(i).map((code) => this.values[code]).join(" ");
  }
  all() {
    return Array.from({ length: this.length }, (_, i) => this.at(i));
  }
}

// Ids in hexadecimal, kept as bytes.
class Hex {
  /** @param {Uint8Array} bytes @param {IntsSpec} spec */
  constructor(bytes, spec) {
    this.length = spec.n;
    this.width = spec.width;
    this.bytes = bytes.subarray(spec.at, spec.at + spec.n * spec.width);
  }
  /** @param {number} i */
  at(i) {
    const id = this.bytes.subarray(i * this.width, (i + 1) * this.width);
    return Array.from(id, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  all() {
    return Array.from({ length: this.length }, (_, i) => this.at(i));
  }
}

class Codes {
  /** @param {Uint8Array} bytes @param {CodesSpec} spec */
  constructor(bytes, spec) {
    this.codes = readInts(bytes, spec.codes);
    this.values = new Texts(bytes, spec.dictionary).all();
    this.length = this.codes.length;
  }
  /** @param {number} i */
  at(i) {
    return this.values[this.codes[i]];
  }
}

// Several dictionary codes a row: those of row i are codes[starts[i]] up to codes[starts[i + 1]].
class Lists {
  /** @param {Uint8Array} bytes @param {ListsSpec} spec */
  constructor(bytes, spec) {
    const counts = readInts(bytes, spec.counts);
    this.codes = readInts(bytes, spec.codes);
    this.values = new Texts(bytes, spec.dictionary).all();
    this.length = counts.length;
    this.starts = new Uint32Array(this.length + 1);
    for (let i = 0; i < this.length; i += 1) this.starts[i + 1] = this.starts[i] + counts[i];
  }
  /** @param {number} i */
  of(i) {
    return Array.from(this.codes.subarray(this.starts[i], this.starts[i + 1]), (code) => this.values[code]);
  }
}

/** @param {string} id */
async function inflate(id) {
  const text = atob(byId(id).textContent);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** @type {{[kind: string]: new (bytes: Uint8Array, spec: any) => object}} */
const KINDS = { texts: Texts, words: Words, hex: Hex, codes: Codes, lists: Lists };

export const canInflate = () => typeof DecompressionStream === "function";

/**
 * The columns of a block by name; whoever reads it says which they are.
 * @param {string} id @returns {Promise<any>}
 */
export async function readBlock(id) {
  const raw = await inflate(id);
  const start = 4 + new DataView(raw.buffer).getUint32(0, true);
  const body = raw.subarray(start);
  /** @type {any} */
  const columns = {};
  for (const spec of JSON.parse(decoder.decode(raw.subarray(4, start)))) {
    const Kind = KINDS[spec.kind];
    columns[spec.name] = spec.kind === "ints" ? readInts(body, spec) : new Kind(body, spec);
    if (spec.plus) columns[spec.plus].forEach((/** @type {number} */ value, /** @type {number} */ i) => (columns[spec.name][i] += value));
  }
  return columns;
}

/** @param {string} id */
export const readJson = async (id) => JSON.parse(decoder.decode(await inflate(id)));
