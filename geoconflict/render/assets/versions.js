// Which versions belong to which event: what each report says of an event is a version, and they stand in the order of events.

/** Bits of what an actor did in an event; without either, it is not told. */
export const AGENT = 1;
export const TARGET = 2;

/** @type {WeakMap<Object, Int32Array>} */
const firsts = new WeakMap();

/** The first version of each event; after the last event, the number of all. @param {{n_versions: ArrayLike<number>}} text */
export function firstVersions(text) {
  const known = firsts.get(text);
  if (known) return known;
  const first = new Int32Array(text.n_versions.length + 1);
  for (let i = 0; i < text.n_versions.length; i += 1) first[i + 1] = first[i] + text.n_versions[i];
  firsts.set(text, first);
  return first;
}

/** The versions of an event. @param {{n_versions: ArrayLike<number>}} text @param {number} i */
export const versionsOf = (text, i) => Array.from({ length: text.n_versions[i] }, (_, k) => firstVersions(text)[i] + k);

/**
 * Names of the actors of an event that did a part in it; with 0, of those of whom no part is told.
 * @param {DrawnColumns} columns @param {number} i @param {number} part
 */
export function actorsWith(columns, i, part) {
  const { actors, actor_parts: parts } = columns;
  return actors.of(i).filter((_, k) => (part ? parts[actors.starts[i] + k] & part : !parts[actors.starts[i] + k]));
}
