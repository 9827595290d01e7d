// What the tests of the modules share: registering, comparing, and numbers that are random but the same each time.
const tests = new Map();

/** Register a test; its name stands on one line, for pytest reads it from the source. */
export function test(name, run) {
  tests.set(name, run);
}
export const runTest = (name) => tests.get(name)();

const plain = (value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);
const shown = (value) => JSON.stringify(plain(value), (_, one) => (typeof one === "number" && !Number.isFinite(one) ? String(one) : plain(one)));

/** Fail unless two values are equal: numbers and strings, or what is made of them. */
export function equal(found, wanted, about = "") {
  if (shown(found) !== shown(wanted)) throw new Error(`${about} found ${shown(found)?.slice(0, 2000)}, wanted ${shown(wanted)?.slice(0, 2000)}`);
}
export function ok(value, about) {
  if (!value) throw new Error(about);
}

/** Whole numbers from a seed: next(n) is from 0 to n - 1. */
export function randomFrom(seed) {
  let state = seed + 1;
  const next = (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
  next.pick = (list) => list[next(list.length)];
  next.some = (list, most) => [...new Set(Array.from({ length: next(most + 1) }, () => next.pick(list)))];
  return next;
}

/** What a path of the server holds, as JSON. */
export async function fetched(path) {
  return (await fetch(path)).json();
}

/** Put a base64 block into the page, as the page of a map has it. */
export function putBlock(id, text) {
  document.getElementById(id)?.remove();
  const block = document.createElement("script");
  block.type = "application/octet-stream";
  block.id = id;
  block.textContent = text;
  document.body.append(block);
}
