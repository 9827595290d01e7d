// Data blocks of the page to columns; the format is described in render/payload.py.
import { byId } from "./dom.js";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** @param {Uint8Array} bytes @param {IntsSpec} spec */
function readInts(bytes, spec) {
  const { n, width, at } = spec;
  const values = new Int32Array(n);
  values.set(bytes.subarray(at, at + n)); // the lowest bytes, most often all there are
  for (let byte = 1; byte < width; byte += 1) addBytes(values, bytes, at + byte * n, 8 * byte);
  if (spec.zigzag) for (let i = 0; i < n; i += 1) values[i] = (values[i] >>> 1) ^ -(values[i] & 1);
  if (spec.delta) for (let i = 1; i < n; i += 1) values[i] += values[i - 1];
  return values;
}
/** @param {Int32Array} values @param {Uint8Array} bytes @param {number} at @param {number} shift */
function addBytes(values, bytes, at, shift) {
  for (let i = 0; i < values.length; i += 1) values[i] |= bytes[at + i] << shift;
}

// What is long to make and may never be asked for is made when it is.
/** @template T @param {() => T} make @returns {() => T} */
function once(make) {
  /** @type {T | null} */
  let made = null;
  return () => (made ??= make());
}

/** @param {ArrayLike<number>} counts */
function sums(counts) {
  const starts = new Uint32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i += 1) starts[i + 1] = starts[i] + counts[i];
  return starts;
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

// The first digits of ids, as unsigned numbers; of some, more of them as text.
class Heads {
  /** @param {Uint8Array} bytes @param {HeadsSpec} spec */
  constructor(bytes, spec) {
    this.length = spec.n;
    this.digits = spec.digits;
    this.heads = readInts(bytes, spec.heads);
    const rows = readInts(bytes, spec.rows);
    const longer = new Texts(bytes, spec.longer).all();
    this.longer = new Map(longer.map((id, k) => [rows[k], id]));
  }
  /** @param {number} i */
  at(i) {
    return this.longer.get(i) ?? (this.heads[i] >>> 0).toString(16).padStart(this.digits, "0");
  }
  all() {
    return Array.from({ length: this.length }, (_, i) => this.at(i));
  }
}

class Codes {
  /** @param {Uint8Array} bytes @param {CodesSpec} spec */
  constructor(bytes, spec) {
    this.read = once(() => readInts(bytes, spec.codes));
    this.values = new Texts(bytes, spec.dictionary).all();
    this.length = spec.codes.n;
  }
  get codes() {
    return this.read();
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
    this.read = once(() => readInts(bytes, spec.codes));
    this.sum = once(() => sums(readInts(bytes, spec.counts)));
    this.values = new Texts(bytes, spec.dictionary).all();
    this.length = spec.counts.n;
  }
  get codes() {
    return this.read();
  }
  get starts() {
    return this.sum();
  }
  /** @param {number} i */
  of(i) {
    return Array.from(this.codes.subarray(this.starts[i], this.starts[i + 1]), (code) => this.values[code]);
  }
}

/** @param {string} text */
function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const chars = atob(text);
  const bytes = new Uint8Array(chars.length);
  for (let i = 0; i < chars.length; i += 1) bytes[i] = chars.charCodeAt(i);
  return bytes;
}

/** @param {string} id */
async function inflate(id) {
  // Written and read at once. A Blob would do the same by way of another process.
  const { readable, writable } = new DecompressionStream("gzip");
  const whole = new Response(readable).arrayBuffer();
  const writer = writable.getWriter();
  const written = writer.write(fromBase64(byId(id).textContent)).then(() => writer.close());
  const [bytes] = await Promise.all([whole, written]);
  return new Uint8Array(bytes);
}

/** Resolves when the whole page has been read: what reports say stands behind the scripts. @returns {Promise<Event | void>} */
export const wholePage = () => new Promise((done) => {
  if (document.readyState !== "loading") done();
  else document.addEventListener("DOMContentLoaded", done, { once: true });
});

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
  // A column is read when it is first asked for: what only a card or a download shows costs nothing at the start.
  for (const spec of JSON.parse(decoder.decode(raw.subarray(4, start))))
    Object.defineProperty(columns, spec.name, { get: once(() => readColumn(columns, body, spec)), enumerable: true });
  return columns;
}
/** @param {any} columns @param {Uint8Array} body @param {any} spec */
function readColumn(columns, body, spec) {
  if (spec.kind !== "ints") {
    /** @type {{[kind: string]: new (bytes: Uint8Array, spec: any) => object}} */
    const kinds = { texts: Texts, words: Words, hex: Hex, heads: Heads, codes: Codes, lists: Lists };
    const Kind = kinds[spec.kind];
    return new Kind(body, spec);
  }
  const values = readInts(body, spec);
  if (!spec.plus) return values;
  const base = columns[spec.plus];
  for (let i = 0; i < values.length; i += 1) values[i] += base[i];
  return values;
}

/** @param {string} id */
export const readJson = async (id) => JSON.parse(decoder.decode(await inflate(id)));
