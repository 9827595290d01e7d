// What layers of counts add up: events, or the people reported killed.

/**
 * The weight of an event. A figure is the best one, else the lowest; an event without one weighs nothing, nor does one that
 * is denied, planned or feared.
 * @param {"events" | "killed"} measure
 * @returns {(i: number) => number}
 * @param {Model} model
 */
export function weightOf(model, measure) {
  if (measure === "events") return () => 1;
  const { killed_best: best, killed_low: low } = model.columns; // moved up by one; 0 is "not stated"
  return (i) => (model.isTold(i) ? Math.max(0, (best[i] || low[i]) - 1) : 0);
}
