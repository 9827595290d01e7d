// What layers of counts add up: events, or the people reported killed.
import { figuresOf } from "./figures.js";

/**
 * The weight of an event. A figure is the best one, else the lowest; an event without one weighs nothing, nor does one that
 * is denied, planned or feared.
 * @param {"events" | "killed"} measure
 * @returns {(i: number) => number}
 * @param {Model} model
 */
export function weightOf(model, measure) {
  if (measure === "events") return () => 1;
  const killed = figuresOf(model.columns, "killed");
  return (i) => (model.isTold(i) ? killed.likely(i) : 0);
}
