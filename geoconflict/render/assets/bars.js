// The numbers behind the bars of the histogram: events or people killed, by day and type, filters applied.
import { figuresOf } from "./figures.js";
import { WHERE } from "./model.js";

/**
 * Bars over the whole period of `binDays` days each, of what `measure` counts: `sure` a bin and type, where the day is known
 * to fall in one bin; `spread` what is unsure on top of it, the shares of events that may have happened on any of several
 * days and the upper ends of figures; `most` the upper ends of what falls in one bin; `reach` how many events may have
 * happened in a bin or in another. The dead of what is denied, planned or feared do not count.
 * @param {import("./model.js").Model} model
 * @param {number} binDays
 * @param {"events" | "killed"} measure
 */
export function countBars(model, binDays, measure) {
  const nBins = Math.ceil((model.lastDay - model.firstDay + 1) / binDays);
  const nTypes = model.drawnTypes.length;
  const [sure, spread, most] = [nBins * nTypes, nBins, nBins].map((n) => new Float32Array(n));
  const reach = new Int32Array(nBins);
  const { day, event_type: type } = model.columns;
  const killed = figuresOf(model.columns, "killed");
  const isKilled = measure === "killed";
  for (let i = 0; i < model.nDated; i += 1) {
    if (model.where[i] !== WHERE.ON_MAP || model.fails[i] !== 0) continue;
    if (isKilled && !model.isTold(i)) continue;
    const least = isKilled ? killed.least(i) : 1, top = isKilled ? killed.most(i) : 1;
    if (!top) continue;
    // What began before the timeline, or ends after it, stands in its outermost bins.
    const first = Math.max(0, Math.floor((day[i] - model.firstDay) / binDays));
    const last = Math.min(nBins - 1, Math.floor((model.last[i] - model.firstDay) / binDays));
    if (first > last) continue;
    if (first === last) {
      sure[first * nTypes + model.drawnAs(type.codes[i])] += least;
      spread[first] += top - least;
      most[first] += top;
      continue;
    }
    for (let bin = first; bin <= last; bin += 1) {
      spread[bin] += top / (last - first + 1);
      reach[bin] += 1;
    }
  }
  return { nBins, nTypes, sure, spread, most, reach };
}
