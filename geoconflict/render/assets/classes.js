// Classes of counts for maps: few, with round bounds, the finest at the low end where most areas lie.
import { formatNumber } from "./text.js";

const LADDER = [1, 2, 5];
const MOST_CLASSES = 5;

/** The lowest count of each class, ascending from 1; at most five. A count of 0 is in none. @param {number} max */
export function classBounds(max) {
  const bounds = [];
  for (let power = 1; power <= max; power *= 10) for (const step of LADDER) if (step * power <= max) bounds.push(step * power);
  const kept = bounds.slice(-MOST_CLASSES);
  if (kept.length) kept[0] = 1;
  return kept;
}

/** The class of a count, -1 for none. @param {number[]} bounds @param {number} count */
export function classOf(bounds, count) {
  let found = -1;
  while (found + 1 < bounds.length && bounds[found + 1] <= count) found += 1;
  return found;
}

/**
 * What a class is called: "2–4", and the last "20 or more" as a bare lower bound with a plus.
 * @param {number[]} bounds @param {number} k
 */
export function classLabel(bounds, k) {
  const low = bounds[k];
  if (k === bounds.length - 1) return formatNumber(low) + "+";
  const high = bounds[k + 1] - 1;
  return low === high ? formatNumber(low) : `${formatNumber(low)}–${formatNumber(high)}`;
}

/**
 * The number of the colour, 1 to 5, of a class: few classes take colours from the whole ramp.
 * @param {number} nClasses @param {number} k
 */
export const classColour = (nClasses, k) => (nClasses === 1 ? 3 : 1 + Math.round((k * (MOST_CLASSES - 1)) / (nClasses - 1)));
